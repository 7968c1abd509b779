import type { Alternative, Grammar } from './grammar.ts';

/** How deep each symbol goes at least until it is text; Infinity for one that never is. */
export function heightsOf(symbols: Grammar['symbols']): ReadonlyMap<string, number> {
  const heights = new Map([...symbols.keys()].map((name) => [name, Infinity]));
  for (let changed = true; changed;) {
    changed = false;
    for (const [name, alternatives] of symbols) {
      const height = 1 + Math.min(...alternatives.map((alternative) => heightOf(alternative, heights)));
      if (height < (heights.get(name) ?? Infinity)) {
        heights.set(name, height);
        changed = true;
      }
    }
  }
  return heights;
}

/** What is remembered under a name is text already. */
export function heightOf({ text }: Alternative, heights: ReadonlyMap<string, number>): number {
  return Math.max(0, ...text.references.map(({ symbol }) => heights.get(symbol) ?? 0));
}
