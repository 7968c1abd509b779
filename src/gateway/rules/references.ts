import type { Reference } from './grammar.ts';

const reference = /##|#(?:([A-Za-z_][\w-]*):)?([A-Za-z_][\w-]*)#/g;

/** The symbols of a text: `#symbol#`, or `#name:symbol#` to remember what it becomes. */
export function referencesIn(source: string): readonly Reference[] {
  return [...source.matchAll(reference)].flatMap(([, as, symbol]) =>
    symbol === undefined ? [] : [{ symbol, ...(as === undefined ? {} : { as }) }],
  );
}

/** The text as a template in which `mark` stands for the symbol with that place among the references; `##` is one `#`. */
export function withMarks(source: string, mark: (place: number) => string): string {
  let place = 0;
  return source.replaceAll(reference, (_, __, symbol: string | undefined) => (symbol === undefined ? '#' : mark(place++)));
}
