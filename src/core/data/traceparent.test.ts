import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { formatTraceparent, parseTraceparent } from './traceparent.ts';

const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
const span = '00f067aa0ba902b7';

suite('a traceparent', () => {
  test('is read and written alike', () => {
    for (const sampled of [true, false])
      assert.deepEqual(parseTraceparent(formatTraceparent({ trace, span, sampled })), { trace, span, sampled });
  });

  test('of a later version is read as far as it is known', () => {
    assert.deepEqual(parseTraceparent(`01-${trace}-${span}-03-and-more`), { trace, span, sampled: true });
  });

  for (const [what, text] of [
    ['nothing', ''],
    ['another header', 'Bearer 4bf9'],
    ['capitals', `00-${trace.toUpperCase()}-${span}-01`],
    ['no trace', `00-${'0'.repeat(32)}-${span}-01`],
    ['no span', `00-${trace}-${'0'.repeat(16)}-01`],
    ['a trace that is too short', `00-${trace.slice(1)}-${span}-01`],
    ['a version that there is not', `ff-${trace}-${span}-01`],
    ['more than this version says', `00-${trace}-${span}-01-00`],
    ['flags that are none', `00-${trace}-${span}-zz`],
    ['two of them', `00-${trace}-${span}-01,00-${trace}-${span}-01`],
  ] as const)
    test(`is not ${what}`, () => assert.equal(parseTraceparent(text), undefined));
});
