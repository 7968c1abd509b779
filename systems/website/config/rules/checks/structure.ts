/** How a page is built: its head, landmarks, headings and ids. */
import { within } from '../html/reading.ts';
import type { Finding } from '../specification.ts';
import { at, named, perPage, type Check } from './finding.ts';

type PageFinding = Omit<Finding, 'file'>;

const error = (where: string, what: string, fix: string): PageFinding => ({ where, severity: 'error', what, fix });
const warning = (where: string, what: string, fix: string): PageFinding => ({ where, severity: 'warning', what, fix });

export const head: Check = perPage(({ document }, { specification }) => {
  const findings: PageFinding[] = [];
  const [html] = named(document, 'html');
  const title = named(document, 'title').find((element) => !within(element, 'svg'))?.text ?? '';
  const metas = named(document, 'meta');
  if (!document.doctype) findings.push(error('line 1', 'The document type is missing.', 'Begin the file with <!DOCTYPE html>.'));
  if ((html?.attributes.lang ?? '') === '')
    findings.push(error('<html>', 'The language is missing.', `Write <html lang="${specification.language}">.`));
  if (title === '') findings.push(error('<head>', 'The page has no title.', 'Add a <title> that says what this page is about.'));
  if (!metas.some(({ attributes }) => attributes.charset !== undefined))
    findings.push(error('<head>', 'The character encoding is missing.', 'Add <meta charset="utf-8"> as the first thing in the head.'));
  const viewport = metas.find(({ attributes }) => attributes.name === 'viewport')?.attributes.content;
  if (viewport === undefined)
    findings.push(
      error(
        '<head>',
        'Small screens would show the page shrunk.',
        'Add <meta name="viewport" content="width=device-width, initial-scale=1">.',
      ),
    );
  else if (/user-scalable\s*=\s*no|maximum-scale\s*=\s*1(?:\.0)?(?:\D|$)/i.test(viewport))
    findings.push(error('<meta name="viewport">', 'Zooming is forbidden.', 'Remove user-scalable and maximum-scale.'));
  if (!metas.some(({ attributes }) => attributes.name === 'description' && (attributes.content ?? '') !== ''))
    findings.push(warning('<head>', 'The page has no description.', 'Add <meta name="description"> with one sentence about the page.'));
  return findings;
});

export const landmarks: Check = perPage(({ document }) => {
  const findings: PageFinding[] = [];
  const mains = named(document, 'main');
  if (mains.length !== 1)
    findings.push(error('<body>', `There are ${mains.length} main elements.`, 'Put what the page is about into exactly one <main>.'));
  for (const name of ['header', 'footer'] as const) {
    if (named(document, name).length === 0) findings.push(warning('<body>', `There is no ${name}.`, `Add a <${name}>.`));
  }
  const navs = named(document, 'nav');
  if (navs.length === 0) findings.push(warning('<body>', 'There is no navigation.', 'Add a <nav> with links to all pages.'));
  for (const nav of navs) {
    if (navs.length > 1 && nav.attributes['aria-label'] === undefined && nav.attributes['aria-labelledby'] === undefined) {
      findings.push(error(at(nav), 'One of several navigations has no name.', 'Give each an aria-label.'));
    }
  }
  const [first] = named(document, 'a', 'button', 'input', 'select', 'textarea');
  const target = first?.attributes.href ?? '';
  if (first === undefined || !target.startsWith('#') || within(first, 'main'))
    findings.push(
      error(
        '<body>',
        'The first link does not lead past the navigation.',
        'Begin the body with <a class="skip" href="#main">Skip to content</a>.',
      ),
    );
  return findings;
});

export const headings: Check = perPage(({ document }) => {
  const findings: PageFinding[] = [];
  const all = named(document, 'h1', 'h2', 'h3', 'h4', 'h5', 'h6');
  const main = all.filter(({ name }) => name === 'h1');
  if (main.length !== 1) findings.push(error('<main>', `There are ${main.length} main headings.`, 'Give the page exactly one <h1>.'));
  let before = 0;
  for (const heading of all) {
    const level = Number(heading.name.slice(1));
    if (heading.text === '') findings.push(error(at(heading), 'The heading is empty.', 'Write a heading, or remove the element.'));
    if (before > 0 && level > before + 1)
      findings.push(error(at(heading), `The heading goes from level ${before} to level ${level}.`, `Make it an <h${before + 1}>.`));
    before = level;
  }
  return findings;
});

export const ids: Check = perPage(({ document }) => {
  const groups = Map.groupBy(
    document.elements.filter(({ attributes }) => attributes.id !== undefined),
    ({ attributes }) => attributes.id ?? '',
  );
  const twice = [...groups].flatMap(([id, [, second]]) =>
    second === undefined ? [] : [error(at(second), `The id "${id}" is used more than once.`, 'Give each element an id of its own.')],
  );
  const lost = document.elements.flatMap((element) =>
    ['aria-labelledby', 'aria-describedby', 'for'].flatMap((attribute) =>
      (element.attributes[attribute] ?? '')
        .split(/\s+/)
        .filter((id) => id !== '' && !groups.has(id))
        .map((id) =>
          error(
            at(element),
            `${attribute} names "${id}", which is nowhere on the page.`,
            `Add the element with id="${id}", or name another one.`,
          ),
        ),
    ),
  );
  return [...twice, ...lost];
});

export const tags: Check = perPage(({ document }) =>
  document.slips
    .slice(0, 5)
    .map(({ line, what }) =>
      error(`line ${line}`, `The tags do not fit together: ${what}.`, 'Close every element in the order in which it was opened.'),
    ),
);
