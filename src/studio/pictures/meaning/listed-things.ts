import type { Fields } from './fields.ts';
import { mentionsIn } from './mentions.ts';

/** The things of a list such as "glass jar, wick with metal base, two sticks or pencils": one of each entry, in its order. */
export function listedThings(text: string, fields: Fields): readonly string[] {
  const things = new Set<string>();
  for (const entry of text.split(/[,;]|\band\b|\bor\b|&|\+/)) {
    const named = mentionsIn(entry, 'description', fields).filter(({ implied }) => !implied);
    const best = named.toSorted((a, b) => Number(a.minor) - Number(b.minor) || b.weight - a.weight).find(({ thing }) => !things.has(thing));
    if (best !== undefined) things.add(best.thing);
  }
  return [...things];
}
