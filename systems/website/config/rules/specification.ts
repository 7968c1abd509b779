/** What is handed from the product manager to the coder and the reviewer. */

export interface Item {
  readonly title: string;
  readonly text: string;
  /** Something small beside it: a time, a price, or "email" where the text is an address to write to. */
  readonly note: string | null;
}

export const sectionKinds = ['hero', 'text', 'cards', 'menu', 'gallery', 'steps', 'schedule', 'faq', 'posts', 'contact', 'cta'] as const;
export type SectionKind = (typeof sectionKinds)[number];

export interface Section {
  readonly id: string;
  readonly kind: SectionKind;
  readonly heading: string;
  /** Paragraphs, with an empty line between them. */
  readonly text: string;
  readonly items: readonly Item[];
  readonly link: { readonly label: string; readonly href: string } | null;
}

export interface Page {
  readonly path: string;
  readonly title: string;
  /** In the navigation. */
  readonly nav: string;
  readonly description: string;
  readonly sections: readonly Section[];
}

export interface Palette {
  readonly background: string;
  readonly surface: string;
  readonly text: string;
  readonly muted: string;
  readonly accent: string;
  readonly onAccent: string;
}

export type Layout = 'split' | 'stack' | 'magazine' | 'sidebar' | 'poster';

export interface Design {
  readonly layout: Layout;
  readonly headings: 'serif' | 'sans' | 'rounded' | 'mono';
  readonly corners: 'none' | 'small' | 'large';
  readonly light: Palette;
  readonly dark: Palette;
}

export interface Specification {
  readonly name: string;
  readonly kind: string;
  readonly goal: string;
  readonly tagline: string;
  readonly audience: string;
  readonly tone: string;
  /** As in `<html lang>`. */
  readonly language: string;
  readonly pages: readonly Page[];
  readonly design: Design;
  readonly acceptance: readonly string[];
  /** What only the owner can know. */
  readonly openQuestions: readonly string[];
}

export interface File {
  readonly path: string;
  readonly content: string;
}

export interface Finding {
  readonly file: string;
  readonly where: string;
  readonly severity: 'error' | 'warning' | 'note';
  readonly what: string;
  readonly fix: string;
}
