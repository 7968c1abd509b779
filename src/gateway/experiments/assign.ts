/** Which variant comes first, which next: chance that is the same whenever and wherever it is asked. */
import { hash } from 'node:crypto';

/**
 * The candidates in the order in which they are tried: drawn without replacement by weight, the same for the same seed.
 * Each candidate's place comes from its own hash, so that one that drops out leaves the order of the others as it is, and
 * weights that change move no more than they must. Those without weight come last.
 */
export function order(weights: Readonly<Record<string, number>>, seed: string): readonly string[] {
  const candidates = Object.entries(weights);
  // Nothing to draw.
  if (candidates.length < 2) return candidates.map(([variant]) => variant);
  return candidates
    .map(([variant, weight]) => ({ variant, weight, turn: -Math.log(uniform(seed, variant)) }))
    .sort((a, b) => Number(b.weight > 0) - Number(a.weight > 0) || (a.weight > 0 ? a.turn / a.weight - b.turn / b.weight : a.turn - b.turn))
    .map(({ variant }) => variant);
}

/** What an episode's assignments are drawn from. */
export function seedOf(fn: string, episode: string): string {
  return JSON.stringify([fn, episode]);
}

/** In (0, 1). */
function uniform(seed: string, variant: string): number {
  const bits = Number.parseInt(hash('sha256', `${seed}\n${variant}`).slice(0, 13), 16);
  return (bits + 0.5) / 2 ** 52;
}
