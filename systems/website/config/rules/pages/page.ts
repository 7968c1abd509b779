/** A whole page around its sections. */
import { slug } from '../../../../english/text.ts';
import { element, escaped, indented } from '../html/writing.ts';
import type { Page, Specification } from '../specification.ts';
import { sectionHtml, type Place } from './sections.ts';

function navigation(pages: readonly Page[], current: Page): string {
  const links = pages.map((page) =>
    element('li', '', `<a href="${escaped(page.path)}"${page === current ? ' aria-current="page"' : ''}>${escaped(page.nav)}</a>`),
  );
  return element('nav', 'aria-label="Main"', element('ul', '', links.join('\n')));
}

/** Ids that come once, whatever was specified; none of them is one of the page's own. */
function placesOf(page: Page, seed: number): readonly Place[] {
  const taken = new Set(['main']);
  return page.sections.map((section, at) => {
    const wanted = slug(section.id, `part-${at + 1}`);
    const id = taken.has(wanted) ? `${wanted}-${at + 1}` : wanted;
    taken.add(id);
    return { section, id, seed, main: at === 0 };
  });
}

export function pageHtml(page: Page, specification: Specification, seed: number): string {
  const { name, pages, language } = specification;
  const home = pages.find(({ path }) => path === 'index.html') ?? page;
  const sections = placesOf(page, seed).map(sectionHtml).join('\n');
  const main = page.sections.length === 0 ? element('div', 'class="wide"', element('h1', '', escaped(page.title))) : sections;
  const body = [
    '<a class="skip" href="#main">Skip to content</a>',
    element(
      'header',
      'class="site-header"',
      element('div', 'class="wide"', `<a class="brand" href="${escaped(home.path)}">${escaped(name)}</a>\n${navigation(pages, page)}`),
    ),
    element('main', 'id="main"', main),
    element(
      'footer',
      'class="site-footer"',
      element('div', 'class="wide"', `<p>${escaped(name)}. This site sets no cookies and loads nothing from elsewhere.</p>`),
    ),
    '<script src="site.js" defer></script>',
  ].join('\n');
  return `<!DOCTYPE html>
<html lang="${escaped(language)}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${escaped(page.title)}</title>
    <meta name="description" content="${escaped(page.description)}">
    <link rel="stylesheet" href="styles.css">
    <link rel="icon" href="icon.svg" type="image/svg+xml">
  </head>
  <body>
${indented(body, 2)}
  </body>
</html>
`;
}
