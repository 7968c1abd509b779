/**
 * From a specification to the files of a site.
 *
 * W1. Every page of the specification is written, and linked from every other one.
 * W2. Nothing is loaded from elsewhere, and nothing needs a script.
 * W3. What comes from the specification is text: it never becomes markup.
 */
import { rules } from 'continuo';
import { slug } from '../../../english/text.ts';
import { stylesheet } from './design/stylesheet.ts';
import { icon, script } from './pages/assets.ts';
import { pageHtml } from './pages/page.ts';
import type { File, Finding, Page, Specification } from './specification.ts';

export interface CodingTask {
  readonly specification: Specification;
  readonly findings?: readonly Finding[];
  readonly files?: readonly File[];
}

export interface Site {
  readonly files: readonly File[];
  readonly notes: readonly string[];
}

/** Paths that stay in the site's folder, each once, with a first page among them. */
function withPaths(pages: readonly Page[]): readonly Page[] {
  const taken = new Set<string>();
  return pages.map((page, at) => {
    const wanted = /^[\w-]+\.html$/.test(page.path) ? page.path : `${slug(page.path.replace(/\.html?$/i, ''), `page-${at + 1}`)}.html`;
    const path =
      at === 0 && !pages.some((other) => other.path === 'index.html') ? 'index.html' : taken.has(wanted) ? `page-${at + 1}.html` : wanted;
    taken.add(path);
    return { ...page, path };
  });
}

function answerTo(findings: readonly Finding[]): readonly string[] {
  if (findings.length === 0) return [];
  const files = [...new Set(findings.map(({ file }) => file))];
  return [
    `All pages were written anew from the specification, which answers what can be answered without changing it. It was about: ${files.join(', ')}.`,
  ];
}

export default rules<CodingTask, Site>(({ specification, findings = [] }, ctx) => {
  const site: Specification = { ...specification, pages: withPaths(specification.pages) };
  return {
    files: [
      ...site.pages.map((page) => ({ path: page.path, content: pageHtml(page, site, ctx.seed) })),
      { path: 'styles.css', content: stylesheet(site.design) },
      { path: 'site.js', content: script },
      { path: 'icon.svg', content: icon(site) },
    ],
    notes: [...answerTo(findings), ...site.openQuestions.map((question) => `Open: ${question}`)],
  };
});
