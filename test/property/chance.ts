/**
 * How far the properties look. Each run of the suite draws the same; `SEED=7 TIMES=100` in the
 * environment draws others, a hundred times as many.
 */
import * as fc from 'fast-check';

export const seed: number = Number(process.env['SEED'] ?? 1);
export const times: number = Number(process.env['TIMES'] ?? 1);

export function holds<T>(property: fc.IProperty<T>, numRuns: number = 200): void {
  fc.assert(property, { seed, numRuns: numRuns * times });
}
