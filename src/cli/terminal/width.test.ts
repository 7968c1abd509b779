import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { fit, oneLine, pad, safe, widthOf, wrap } from './width.ts';

suite('text on a terminal', () => {
  const widths: readonly (readonly [text: string, columns: number])[] = [
    ['plain', 5],
    ['\x1b[31mred\x1b[0m', 3],
    ['é', 1],
    ['e\u0301', 1],
    ['全角', 4],
    ['🎉', 2],
    ['👩‍👩‍👧', 2],
    ['✔ ▰▱ ○', 6],
    ['', 0],
  ];
  for (const [text, columns] of widths)
    test(`${JSON.stringify(text)} takes ${columns} columns`, () => assert.equal(widthOf(text), columns));

  test('never takes more columns than it is given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(40), (text, columns) => {
        const line = oneLine(text);
        assert.ok(widthOf(fit(line, columns)) <= columns);
        if (widthOf(line) <= columns) assert.equal(fit(line, columns), line);
      }),
    );
  });

  test('is filled up to a width', () => assert.equal(pad('全角', 6), '全角  '));

  test('cannot move the cursor, clear the screen or change its colour', () => {
    const evil = 'a\x1b[2J\x1b]0;title\x07b\rc\nd\x9b31me\u2028f';
    assert.doesNotMatch(oneLine(evil), /[\p{Cc}\u2028]/u);
    assert.doesNotMatch(safe(evil), /[^\n\P{Cc}]/u);
    assert.equal(safe('two\r\nlines\tand a tab'), 'two\nlines  and a tab');
  });

  test('is broken between words', () => {
    assert.deepEqual(wrap('the quick brown fox\njumps', 10), ['the quick', 'brown fox', 'jumps']);
  });
});
