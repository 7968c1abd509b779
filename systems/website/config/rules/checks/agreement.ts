/** Whether the site is the one that was specified. */
import type { Finding } from '../specification.ts';
import { named, type Check } from './finding.ts';

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

export const pagesThere: Check = ({ pages, specification }) =>
  specification.pages.flatMap((wanted): readonly Finding[] => {
    const page = pages.find(({ path }) => path === wanted.path);
    if (page === undefined)
      return [
        {
          file: wanted.path,
          where: 'the site',
          severity: 'error',
          what: `The page "${wanted.nav}" is missing.`,
          fix: `Write ${wanted.path} with its ${wanted.sections.length} sections.`,
        },
      ];
    const headings = named(page.document, 'h1', 'h2', 'h3', 'h4').map(({ text }) => plain(text));
    const text = plain(named(page.document, 'main')[0]?.text ?? '');
    const linked = new Set(named(page.document, 'a').map(({ attributes }) => (attributes.href ?? '').split('#')[0]?.replace(/^\.\//, '')));
    return [
      ...wanted.sections
        .filter(({ heading }) => !headings.some((other) => other.includes(plain(heading))))
        .map((section): Finding => ({
          file: page.path,
          where: section.id,
          severity: 'error',
          what: `The section "${section.heading}" is missing.`,
          fix: 'Add it with its heading, in the order of the specification.',
        })),
      ...wanted.sections.flatMap((section) => {
        const lost = section.items.filter(({ title }) => !text.includes(plain(title)));
        return lost.length === 0
          ? []
          : [
              {
                file: page.path,
                where: section.id,
                severity: 'warning' as const,
                what: `Of "${section.heading}" these are missing: ${lost.map(({ title }) => title).join(', ')}.`,
                fix: 'Add them.',
              },
            ];
      }),
      ...specification.pages
        .filter(({ path }) => path !== wanted.path && !linked.has(path))
        .map((other): Finding => ({
          file: page.path,
          where: '<nav>',
          severity: 'error',
          what: `There is no way from here to "${other.nav}".`,
          fix: `Link ${other.path} in the navigation.`,
        })),
    ];
  });

export const nameThere: Check = ({ pages, specification }) =>
  pages
    .filter(({ document }) => !plain(named(document, 'body')[0]?.text ?? '').includes(plain(specification.name)))
    .map(({ path }): Finding => ({
      file: path,
      where: '<body>',
      severity: 'warning',
      what: `The name "${specification.name}" is nowhere on the page.`,
      fix: 'Put it into the header.',
    }));
