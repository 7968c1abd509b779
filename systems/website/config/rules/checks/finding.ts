/** What a check gets, and how it tells what it found. */
import type { HtmlDocument, HtmlElement } from '../html/reading.ts';
import type { File, Finding, Specification } from '../specification.ts';

export interface PageToCheck {
  readonly path: string;
  readonly document: HtmlDocument;
}

export interface SiteToCheck {
  readonly files: readonly File[];
  readonly pages: readonly PageToCheck[];
  readonly specification: Specification;
}

export type Check = (site: SiteToCheck) => readonly Finding[];

/** A check that looks at one page after the other. */
export function perPage(check: (page: PageToCheck, site: SiteToCheck) => readonly Omit<Finding, 'file'>[]): Check {
  return (site) => site.pages.flatMap((page) => check(page, site).map((finding) => ({ file: page.path, ...finding })));
}

export function at(element: HtmlElement): string {
  const id = element.attributes.id;
  return `line ${element.line}, <${element.name}${id === undefined ? '' : ` id="${id}"`}>`;
}

export function named(document: HtmlDocument, ...names: readonly string[]): readonly HtmlElement[] {
  return document.elements.filter(({ name }) => names.includes(name));
}
