import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import type { Json } from '../../core/data/json.ts';
import { prettyJson } from './pretty-json.ts';

const uncut = { lines: Infinity, columns: Infinity };
const plain = (_style: unknown, text: string): string => text;

suite('a value as people read it', () => {
  test('is still the value when nothing is cut', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        // fast-check's JSON values are JSON.
        const lines = prettyJson(value as Json, uncut, plain);
        const clean = (one: unknown): unknown => JSON.parse(JSON.stringify(one).replaceAll(/[\u007f-\u009f\u2028\u2029]/g, ''));
        assert.deepEqual(JSON.parse(lines.join('\n')), clean(value));
      }),
    );
  });

  test('keeps short lists on one line, whatever is in their strings', () => {
    assert.deepEqual(prettyJson({ a: [1, 2, 'x,1'] }, uncut, plain), ['{', '  "a": [1, 2, "x,1"]', '}']);
  });

  test('says how many lines it left out', () => {
    assert.deepEqual(prettyJson({ a: 1, b: 2, c: 3 }, { lines: 3, columns: 80 }, plain), ['{', '  "a": 1,', '… 3 more lines']);
  });

  test('cuts long strings, and leaves them quoted', () => {
    assert.deepEqual(prettyJson({ text: 'x'.repeat(100) }, { lines: 9, columns: 30 }, plain), ['{', `  "text": "${'x'.repeat(17)}…"`, '}']);
  });
});
