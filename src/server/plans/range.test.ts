import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { rangeOf, type Range } from './range.ts';

const part = (from: number, to: number): Range => ({ is: 'part', from, to });
const whole: Range = { is: 'whole' };
const beyond: Range = { is: 'beyond' };

suite('ranges', () => {
  test('both ends, one end, and the last bytes', () => {
    const cases: readonly (readonly [string | undefined, number, Range])[] = [
      ['bytes=0-4', 10, part(0, 4)],
      ['bytes=9-9', 10, part(9, 9)],
      ['bytes=4-', 10, part(4, 9)],
      ['bytes=-3', 10, part(7, 9)],
      ['bytes=-30', 10, part(0, 9)],
      ['bytes=5-99999999999999999999999', 10, part(5, 9)],
      ['Bytes = 1 - 2 ', 10, part(1, 2)],
      ['bytes=10-', 10, beyond],
      ['bytes=99999999999999999999999-', 10, beyond],
      ['bytes=-0', 10, beyond],
      ['bytes=0-', 0, beyond],
      ['bytes=-1', 0, beyond],
    ];
    for (const [header, size, expected] of cases) assert.deepEqual(rangeOf(header, size), expected, String(header));
  });

  test('what cannot be read is passed over', () => {
    for (const header of [
      undefined,
      '',
      'bytes',
      'bytes=',
      'bytes=-',
      'bytes=a-b',
      'bytes=4-2',
      'bytes=0-1,3-4',
      'items=0-1',
      'bytes=--1',
      'bytes=1.5-2',
      'bytes=0x1-2',
    ])
      assert.deepEqual(rangeOf(header, 10), whole, String(header));
  });

  test('a part always lies within the bytes that there are', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.tuple(fc.nat(), fc.nat()).map(([a, b]) => `bytes=${a}-${b}`),
          fc.nat().map((n) => `bytes=-${n}`),
        ),
        fc.nat(),
        (header, size) => {
          const range = rangeOf(header, size);
          if (range.is === 'part') assert.ok(range.from >= 0 && range.from <= range.to && range.to < size);
        },
      ),
    );
  });
});
