import assert from 'node:assert/strict';
import { test } from 'node:test';
import { writeUtf8 } from './utf8.ts';

// The only test in this file, so that its process meets every stage of compilation here: the fault
// it guards against showed in one stage only, and passed again once V8 had optimized further.
test('a string cut inside a pair never takes the other half from the string it was cut from', () => {
  const encoder = new TextEncoder();
  for (let i = 0; i < 3000; i++) {
    for (const unit of ['a', '😀']) {
      const length = 1 + ((i * 37) % 3000);
      const text = unit.repeat(length).slice(0, length);
      const bytes = new Uint8Array(length * 3);
      const written = writeUtf8(text, bytes);
      const expected = encoder.encode(text);
      assert.equal(written, expected.length, `length ${length}, round ${i}`);
      if (Buffer.compare(bytes.subarray(0, written), expected) !== 0) assert.fail(`length ${length}, round ${i}`);
    }
  }
});
