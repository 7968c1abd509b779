/** Random JSON with everything that is hard about it: hostile keys, lone surrogates, numbers at their limits. */
import * as fc from 'fast-check';
import type { Json } from '../../src/core/data/json.ts';

const key = fc.oneof(
  fc.constantFrom(
    '__proto__',
    'constructor',
    'toJSON',
    'length',
    '$vector',
    '$plain',
    '$literal',
    '$from',
    '',
    '0',
    '1',
    '10',
    '-1',
    '1e3',
    'a',
    'b',
    '\u{1f600}',
    '\ufb33',
    '\ud800',
    '\udfff',
  ),
  fc.string({ unit: 'binary', maxLength: 3 }),
);

const leaf: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(null, true, false, 0, 1, -1, 1e21, 1e-7, 5e-324, 2 ** 53, 0.1, '', '0', 'a', '\ud800', '"\\\n\u2028'),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (number === 0 ? 0 : number)),
  fc.integer(),
  fc.string({ unit: 'binary', maxLength: 4 }),
);

/** A record whose keys are fields, whatever they are called. */
export function recordOf(entries: readonly (readonly [string, Json])[]): { readonly [key: string]: Json } {
  return Object.fromEntries(entries);
}

export const values: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.uniqueArray(fc.tuple(key, tie('value')), { maxLength: 4, selector: ([name]) => name }).map(recordOf),
  ),
})).value;

/** The same value, written down in another order. */
export function reordered(value: Json, turn: number): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return (value as readonly Json[]).map((one) => reordered(one, turn));
  const entries = Object.entries(value as { readonly [key: string]: Json }).map(([name, one]) => [name, reordered(one, turn)] as const);
  const at = entries.length === 0 ? 0 : turn % entries.length;
  return recordOf([...entries.slice(at).reverse(), ...entries.slice(0, at)]);
}
