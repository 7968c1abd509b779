/** What stands on a page: pictures, links, fields, words. */
import { within, type HtmlElement } from '../html/reading.ts';
import type { Finding } from '../specification.ts';
import { at, named, perPage, type Check } from './finding.ts';

type PageFinding = Omit<Finding, 'file'>;

const error = (where: string, what: string, fix: string): PageFinding => ({ where, severity: 'error', what, fix });
const warning = (where: string, what: string, fix: string): PageFinding => ({ where, severity: 'warning', what, fix });

const label = (element: HtmlElement): string =>
  element.attributes['aria-label'] ?? element.attributes['aria-labelledby'] ?? element.attributes.title ?? '';

export const pictures: Check = perPage(({ document }) => [
  ...named(document, 'img').flatMap((image) =>
    image.attributes.alt === undefined
      ? [error(at(image), 'The picture has no alternative text.', 'Add alt with what it shows, or alt="" where it only decorates.')]
      : /^(?:image|picture|photo|img)\b|\.(?:png|jpe?g|gif|webp|svg)$/i.test(image.attributes.alt)
        ? [warning(at(image), `The alternative text "${image.attributes.alt}" says nothing.`, 'Say what the picture shows.')]
        : [],
  ),
  ...named(document, 'svg').flatMap((svg) =>
    svg.attributes['aria-hidden'] === 'true' || label(svg) !== '' || within(svg, 'a') || within(svg, 'button')
      ? []
      : [
          error(
            at(svg),
            'The drawing has no name and is not hidden.',
            'Add aria-hidden="true" where it decorates, else role="img" and aria-label.',
          ),
        ],
  ),
]);

const vague = /^(?:click here|here|more|read more|link|this)$/i;

export const links: Check = perPage(({ path, document }, { files, pages }) =>
  named(document, 'a').flatMap((link) => {
    const target = link.attributes.href;
    const hasName =
      link.text !== '' ||
      label(link) !== '' ||
      document.elements.some((element) => element.parent === link && (element.attributes.alt ?? '') !== '');
    const findings: PageFinding[] = [];
    if (!hasName) findings.push(error(at(link), 'The link has no text.', 'Say where it leads.'));
    else if (vague.test(link.text))
      findings.push(warning(at(link), `"${link.text}" does not say where the link leads.`, 'Let the words of the link name its goal.'));
    if (target === undefined || target === '' || target === '#')
      return [...findings, error(at(link), 'The link leads nowhere.', 'Give it an href, or make it a button.')];
    if (/^javascript:/i.test(target)) return [...findings, error(at(link), 'The link runs a script.', 'Use a button.')];
    if (/^(?:[a-z][a-z+.-]*:|\/\/)/i.test(target)) return findings;
    const [file = '', fragment] = target.split('#');
    const goal = file === '' ? path : file.replace(/^\.\//, '');
    if (!files.some((other) => other.path === goal))
      return [...findings, error(at(link), `There is no file "${goal}".`, 'Write the page, or correct the link.')];
    const page = pages.find((other) => other.path === goal);
    const there =
      fragment === undefined ||
      fragment === '' ||
      page === undefined ||
      page.document.elements.some(({ attributes }) => attributes.id === fragment);
    return there
      ? findings
      : [...findings, error(at(link), `There is no element with id="${fragment}" in ${goal}.`, 'Add the id, or correct the link.')];
  }),
);

export const fields: Check = perPage(({ document }) => {
  const labelled = new Set(named(document, 'label').map(({ attributes }) => attributes.for ?? ''));
  const unnamed = named(document, 'input', 'select', 'textarea').filter(
    (field) =>
      !['hidden', 'submit', 'button', 'reset'].includes(field.attributes.type ?? '') &&
      label(field) === '' &&
      !within(field, 'label') &&
      !labelled.has(field.attributes.id ?? ' '),
  );
  return [
    ...unnamed.map((field) => error(at(field), 'The field has no label.', 'Add a <label for> with its id.')),
    ...named(document, 'button')
      .filter((button) => button.text === '' && label(button) === '')
      .map((button) => error(at(button), 'The button has no name.', 'Write what it does into it, or add aria-label.')),
  ];
});

export const words: Check = perPage(({ document }) => {
  const text = named(document, 'body')[0]?.text ?? '';
  const filler = /lorem ipsum|dolor sit amet|\bTODO\b|your text here|insert \w+ here|\bxxx+\b|undefined|\[object Object\]|\{\{/i.exec(
    text,
  )?.[0];
  const findings = filler === undefined ? [] : [error('<body>', `"${filler}" is a placeholder.`, 'Write what is meant for the readers.')];
  const main = named(document, 'main')[0]?.text ?? '';
  return main.split(/\s+/).length < 12
    ? [...findings, warning('<main>', 'There is hardly any text.', 'Say what a visitor wants to know.')]
    : findings;
});

export const outside: Check = perPage(({ document }) =>
  document.elements.flatMap((element) => {
    const source =
      element.name === 'link'
        ? element.attributes.href
        : element.name === 'a'
          ? undefined
          : (element.attributes.src ?? element.attributes.data);
    return source !== undefined && /^(?:https?:)?\/\//i.test(source) && !['canonical', 'alternate'].includes(element.attributes.rel ?? '')
      ? [error(at(element), `"${source}" is loaded from elsewhere.`, 'Put the file into the site, or do without it.')]
      : [];
  }),
);
