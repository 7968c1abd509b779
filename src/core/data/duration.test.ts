import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import * as fc from 'fast-check';
import { formatDuration, parseDuration } from './duration.ts';
import type { Duration } from './duration.ts';

test('durations become whole milliseconds', () => {
  const cases: readonly (readonly [Duration, number])[] = [
    [0, 0],
    [1.6, 2],
    ['500ms', 500],
    ['1.5s', 1500],
    ['.5s', 500],
    ['10m', 600_000],
    ['2h', 7_200_000],
    ['7d', 604_800_000],
    ['3650d', 315_360_000_000],
    ['1e-3s', 1],
    ['1e-7h', 0],
  ];
  for (const [value, ms] of cases) assert.equal(parseDuration(value), ms, String(value));
  assert.ok(Object.is(parseDuration(-0), 0));
});

test('anything else is undefined', () => {
  const wrong = [
    -1,
    NaN,
    Infinity,
    '',
    '5',
    's',
    '-1s',
    '1 s',
    ' 1s',
    '1s ',
    '1S',
    '1w',
    '1m30s',
    '1.2.3s',
    '0x1s',
    '4000d',
    '1e999s',
    4e11,
    null,
    undefined,
    {},
    [1],
    5n,
  ];
  for (const value of wrong) assert.equal(parseDuration(value), undefined, inspect(value));
});

test('people read the two largest units', () => {
  const cases: readonly (readonly [number, string])[] = [
    [0, '0 ms'],
    [850, '850 ms'],
    [999.6, '1 s'],
    [1200, '1.2 s'],
    [59_940, '59.9 s'],
    [59_960, '1 m'],
    [200_000, '3 m 20 s'],
    [3_599_600, '1 h'],
    [7_500_000, '2 h 5 m'],
    [86_399_000, '1 d'],
    [273_600_000, '3 d 4 h'],
    [-1200, '-1.2 s'],
    [Infinity, 'Infinity ms'],
  ];
  for (const [ms, text] of cases) assert.equal(formatDuration(ms), text, String(ms));
});

test('what is shown is within half a unit of its smallest step', () => {
  const units: { readonly [unit: string]: number } = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
  fc.assert(
    fc.property(fc.oneof(fc.nat(100_000), fc.nat(100_000_000), fc.nat(2 ** 31 - 1)), (ms) => {
      const parts = [...formatDuration(ms).matchAll(/([\d.]+) (ms|s|m|h|d)/g)];
      const shown = parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (units[unit ?? ''] ?? NaN), 0);
      const step = ms < 999.5 ? 1 : ms < 59_950 ? 100 : ms < 3_599_500 ? 1000 : ms < 86_370_000 ? 60_000 : 3_600_000;
      assert.ok(Math.abs(shown - ms) <= step / 2 + 1e-6, `${ms} is shown as ${formatDuration(ms)}`);
    }),
  );
});
