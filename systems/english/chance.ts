/** Choices that are drawn by lot, from the seed of a rules context. */
import type { RulesContext } from 'continuo';

export function oneOf<T>(ctx: RulesContext, list: readonly T[]): T {
  const [first, ...rest] = list;
  if (first === undefined) throw new Error('There is nothing to choose from');
  return ctx.pick([first, ...rest]);
}

/** Different ones, at most as many as there are. */
export function someOf<T>(ctx: RulesContext, list: readonly T[], count: number): readonly T[] {
  return ctx.shuffle(list).slice(0, count);
}

/** A whole number from `low` to `high`, both included. */
export function between(ctx: RulesContext, low: number, high: number): number {
  return low + Math.floor(ctx.random() * (Math.max(high, low) - low + 1));
}

/** A context that goes its own way: what one part draws does not move what another one gets. */
export function branchOf(seed: number, name: string): RulesContext {
  let state = seed >>> 0;
  for (const letter of name) state = Math.imul(state ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  const own = state;
  const random = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x100000000;
  };
  const place = (count: number): number => Math.floor(random() * count);
  return {
    seed: own,
    random,
    pick: (list) => list[place(list.length)] ?? list[0],
    shuffle: (list) =>
      list
        .map((item) => ({ item, key: random() }))
        .sort((one, other) => one.key - other.key)
        .map(({ item }) => item),
  };
}
