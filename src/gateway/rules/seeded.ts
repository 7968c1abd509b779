/** Chance that is the same again: sfc32, seeded by a hash. */
import { contentHash } from '../../core/data/sha256.ts';
import type { Json } from '../../core/data/json.ts';
import type { RulesContext } from './rules.ts';

/** The same for the same value, in every process. */
export function seededBy(value: Json): RulesContext {
  const hash = contentHash(value);
  const word = (place: number) => Number.parseInt(hash.slice(place * 8, place * 8 + 8), 16);
  const next = sfc32(word(0), word(1), word(2));
  const random = () => next() / 2 ** 32;
  const below = (limit: number) => Math.floor(random() * limit);
  return {
    seed: word(0),
    random,
    // Below the length, which is above 0.
    pick: <T>(list: readonly [T, ...T[]]) => list[below(list.length)] as T,
    shuffle(list) {
      const copy = [...list];
      for (let i = copy.length - 1; i > 0; i--) {
        const j = below(i + 1);
        // Both are inside of the list.
        [copy[i], copy[j]] = [copy[j] as (typeof copy)[number], copy[i] as (typeof copy)[number]];
      }
      return copy;
    },
  };
}

function sfc32(a: number, b: number, c: number): () => number {
  let counter = 1;
  const state: [number, number, number] = [a | 0, b | 0, c | 0];
  const next = (): number => {
    const [x, y, z] = state;
    const made = (x + y + counter++) | 0;
    state[0] = y ^ (y >>> 9);
    state[1] = (z + (z << 3)) | 0;
    state[2] = (((z << 21) | (z >>> 11)) + made) | 0;
    return made >>> 0;
  };
  // Until every bit of the seed is in every bit of the state.
  for (let i = 0; i < 12; i++) next();
  return next;
}
