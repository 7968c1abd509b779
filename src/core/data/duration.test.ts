import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { parseDuration } from './duration.ts';
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
