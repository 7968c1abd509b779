/** Chance that comes from a seed: the same seed, the same music, on every machine. */

export interface Chance {
  /** From 0 to below 1. */
  readonly share: () => number;
  readonly between: (low: number, high: number) => number;
  readonly pick: <T>(of: readonly [T, ...T[]]) => T;
}

/** Each purpose has a stream of its own, so that a part that asks once more leaves the other parts as they are. */
export function chanceOf(seed: number, purpose: string): Chance {
  let state = hashOf(`${seed}/${purpose}`);
  const share = (): number => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 0x100000000;
  };
  return {
    share,
    between: (low, high) => low + (high - low) * share(),
    pick: (of) => of[Math.floor(share() * of.length)] ?? of[0],
  };
}

function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash;
}
