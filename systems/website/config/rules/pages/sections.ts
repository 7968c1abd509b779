/** How each kind of section becomes HTML. */
import { branchOf } from '../../../../english/chance.ts';
import { slug } from '../../../../english/text.ts';
import { art } from '../design/art.ts';
import { element, escaped, paragraphs } from '../html/writing.ts';
import type { Item, Section, SectionKind } from '../specification.ts';

export interface Place {
  readonly section: Section;
  /** Its id, once on its page. */
  readonly id: string;
  readonly seed: number;
  /** Whether its heading is the page's main one. */
  readonly main: boolean;
}

const heading = ({ section, id, main }: Place): string => element(main ? 'h1' : 'h2', `id="${id}-heading"`, escaped(section.heading));

const lead = ({ section }: Place): string => paragraphs(section.text).replaceAll('<p>', '<p class="lead">');

const button = ({ section: { link } }: Place): string =>
  link === null ? '' : `<p><a class="button" href="${escaped(link.href)}">${escaped(link.label)}</a></p>`;

const lines = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join('\n');

/** An item's heading is one level below that of its section. */
const words = ({ main }: Place, { title, text }: Item): string =>
  lines(element(main ? 'h2' : 'h3', 'class="item"', escaped(title)), text === '' ? '' : paragraphs(text));

function list(name: string, attributes: string, items: readonly Item[], content: (item: Item, at: number) => string): string {
  return items.length === 0 ? '' : element(name, attributes, items.map((item, at) => element('li', '', content(item, at))).join('\n'));
}

const picture = (place: Place, name: string): string => art(branchOf(place.seed, `${place.id} ${name}`));

const isAddress = ({ note, text }: Item): boolean => note === 'email' || /^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$/.test(text);

const contents: Readonly<Record<SectionKind, (place: Place) => string>> = {
  hero: (place) => lines(element('div', '', lines(heading(place), lead(place), button(place))), picture(place, 'hero')),
  text: (place) => lines(heading(place), paragraphs(place.section.text), button(place)),
  cards: (place) =>
    lines(
      heading(place),
      lead(place),
      list('ul', 'class="grid"', place.section.items, (item) => element('div', 'class="card"', words(place, item))),
      button(place),
    ),
  menu: (place) =>
    lines(
      heading(place),
      lead(place),
      list('ul', 'class="menu"', place.section.items, (item) =>
        lines(words(place, item), item.note === null ? '' : `<p>${escaped(item.note)}</p>`),
      ),
      button(place),
    ),
  gallery: (place) =>
    lines(
      heading(place),
      lead(place),
      list('ul', 'class="grid gallery"', place.section.items, (item, at) =>
        element('figure', '', lines(picture(place, `${at} ${item.title}`), element('figcaption', '', words(place, item)))),
      ),
      button(place),
    ),
  steps: (place) =>
    lines(
      heading(place),
      lead(place),
      list('ol', 'class="steps"', place.section.items, (item) => words(place, item)),
      button(place),
    ),
  schedule: (place) =>
    lines(
      heading(place),
      lead(place),
      list('ol', 'class="schedule"', place.section.items, (item) =>
        lines(`<p class="when">${escaped(item.note ?? '·')}</p>`, element('div', '', words(place, item))),
      ),
      button(place),
    ),
  faq: (place) =>
    lines(
      heading(place),
      lead(place),
      place.section.items
        .map(({ title, text }) => element('details', '', lines(element('summary', '', escaped(title)), paragraphs(text))))
        .join('\n'),
      button(place),
    ),
  posts: (place) =>
    lines(
      heading(place),
      lead(place),
      element(
        'div',
        'class="posts"',
        place.section.items
          .map((item, at) => element('article', `id="${place.id}-${slug(item.title, String(at + 1))}-${at + 1}"`, words(place, item)))
          .join('\n'),
      ),
      button(place),
    ),
  contact: (place) =>
    lines(
      heading(place),
      paragraphs(place.section.text),
      list('ul', '', place.section.items, (item) =>
        isAddress(item)
          ? `<a class="button" href="mailto:${escaped(item.text)}">${escaped(item.title)} to ${escaped(item.text)}</a>`
          : `<strong>${escaped(item.title)}:</strong> ${escaped(item.text)}`,
      ),
      button(place),
    ),
  cta: (place) => lines(heading(place), paragraphs(place.section.text), button(place)),
};

export function sectionHtml(place: Place): string {
  const { section, id } = place;
  return element(
    'section',
    `id="${id}" class="${section.kind}" aria-labelledby="${id}-heading"`,
    element('div', 'class="wide"', contents[section.kind](place)),
  );
}
