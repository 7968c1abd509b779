/** What all else rests on: canonical text, hashes, JSON as it is recorded, durations. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { canonicalJson } from '../../src/core/data/canonical.ts';
import { parseDuration } from '../../src/core/data/duration.ts';
import { NotJsonError, toJson, type Json } from '../../src/core/data/json.ts';
import type { Plan } from '../../src/core/plan/model.ts';
import { planHash } from '../../src/core/plan/workflow.ts';
import { recordOf, reordered, values } from './json-values.ts';
import { plans } from './plans.ts';
import { holds } from './chance.ts';

describe('canonical text', () => {
  it('is the same in whatever order the keys were written, and parses back to the value', () => {
    holds(
      fc.property(values, fc.nat(), (value, turn) => {
        const text = canonicalJson(value);
        assert.equal(canonicalJson(reordered(value, turn)), text);
        assert.deepEqual(JSON.parse(text), value);
        assert.equal(canonicalJson(JSON.parse(text) as Json), text);
      }),
      500,
    );
  });

  it('is equal exactly where the values are', () => {
    const close = fc.tuple(values, values, fc.nat()).map(([a, b, turn]) => [a, turn % 3 === 0 ? reordered(a, turn) : b] as const);
    holds(
      fc.property(close, ([a, b]) => assert.equal(canonicalJson(a) === canonicalJson(b), isDeepStrictEqual(a, b))),
      500,
    );
  });

  it('of a plan hashes to the same, in whatever order its fields were written', () => {
    holds(
      // A plan is plain JSON (P1), which the interface types cannot say.
      fc.property(plans, fc.nat(), (plan, turn) =>
        assert.equal(planHash(reordered(plan as unknown as Json, turn) as unknown as Plan), planHash(plan)),
      ),
      100,
    );
  });
});

/** What JSON cannot hold, or would change on the way. */
const unfit: readonly unknown[] = [
  NaN,
  Infinity,
  1n,
  Symbol('s'),
  (): number => 1,
  new Map(),
  new Set(),
  Promise.resolve(),
  new Uint8Array(1),
  /x/,
  new Error('e'),
];

/** The value somewhere inside others, and the path to it. */
const planted = fc.tuple(
  fc.constantFrom(...unfit),
  fc.array(fc.tuple(values, fc.oneof(fc.nat({ max: 2 }), fc.constantFrom('a', '__proto__', 'two words'))), { maxLength: 4 }),
);

describe('toJson', () => {
  it('refuses what JSON cannot hold, wherever it is, and says where', () => {
    holds(
      fc.property(planted, ([bad, around]) => {
        let value = bad;
        let path = '';
        for (const [beside, place] of around) {
          value =
            typeof place === 'number'
              ? [...Array.from({ length: place }, () => beside), value]
              : recordOf([
                  ['beside', beside],
                  [place, value as Json],
                ]);
          path = `${typeof place === 'number' ? `[${place}]` : place === 'two words' ? '["two words"]' : `.${place}`}${path}`;
        }
        assert.throws(
          () => toJson(value, 'output'),
          (error: unknown) => error instanceof NotJsonError && error.message.startsWith(`output${path} is `),
        );
      }),
      300,
    );
  });
});

describe('a duration', () => {
  it('is the same in every unit', () => {
    const ms = fc.oneof(fc.nat({ max: 100_000 }), fc.integer({ min: 0, max: 3653 * 86_400_000 }));
    const units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
    holds(
      fc.property(ms, (duration) => {
        assert.equal(parseDuration(duration), duration);
        for (const [unit, length] of Object.entries(units)) assert.equal(parseDuration(`${duration / length}${unit}`), duration, unit);
      }),
    );
  });

  it('is never anything else', () => {
    holds(
      fc.property(fc.oneof(fc.anything(), fc.string()), (value) => {
        const ms = parseDuration(value);
        assert.ok(ms === undefined || (Number.isInteger(ms) && ms >= 0 && ms <= 3653 * 86_400_000));
      }),
    );
  });
});
