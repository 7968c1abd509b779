import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkLines } from './check-lines.ts';
import type { Check } from './check.ts';

const check: Check = {
  id: 'loudness',
  passed: true,
  severity: 'ok',
  measured: '−14.1 LUFS',
  threshold: '−15 to −13 LUFS',
  weight: 1.5,
  sentence: 'It is as loud as the films around it.',
  scenes: [],
  fix: 'audio',
};

test('what is fine takes one line, and all that was measured stands in one column', () => {
  assert.deepEqual(checkLines([check, { ...check, id: 'true-peak', measured: '−1.6 dBTP' }], 60), [
    '✓ loudness   −14.1 LUFS',
    '✓ true peak  −1.6 dBTP',
  ]);
});

test('what is not fine is told below it, with its scenes counted from one', () => {
  const lines = checkLines(
    [{ ...check, severity: 'fail', passed: false, sentence: 'It is quieter than the films around it.', scenes: [0, 4] }],
    40,
  );
  assert.deepEqual(lines, [
    '✗ loudness  −14.1 LUFS',
    '    It is quieter than the films around',
    '    it. In scenes 1, 5. (−15 to −13',
    '    LUFS)',
  ]);
});

test('no line is wider than there is room', () => {
  const long = { ...check, severity: 'warn', measured: '“ANTIDISESTABLISHMENTARIANISM” is not said', sentence: 'x'.repeat(90) } as const;
  assert.ok(checkLines([long, check], 24).every((line) => line.length <= 24));
  assert.deepEqual(checkLines([], 80), []);
});
