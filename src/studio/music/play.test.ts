import assert from 'node:assert/strict';
import { test } from 'node:test';
import { biquad, highPass, lowPass } from '../sound/biquad.ts';
import { compose } from './compose.ts';
import { moods } from './mood.ts';
import { play } from './play.ts';

const rate = 48_000;
const energy = (samples: Float32Array): number => samples.reduce((sum, sample) => sum + sample * sample, 0);
const band = (samples: Float32Array, low: number, high: number): number =>
  energy(biquad(lowPass(rate, high))(biquad(highPass(rate, low))(samples)));

for (const mood of moods)
  test(`${mood} music is clean: no clipping, no offset, room for a voice, and it is over when it ends`, () => {
    const [left, right] = play(compose(mood, 9, 2), rate, () => undefined);
    assert.equal(left.length, 9 * rate);
    for (const side of [left, right]) {
      assert.ok(side.every((sample) => Math.abs(sample) < 0.9));
      assert.ok(Math.abs(side.reduce((sum, sample) => sum + sample, 0) / side.length) < 0.001);
      assert.ok(Math.abs(side[0] ?? 1) < 0.01 && Math.abs(side.at(-1) ?? 1) < 0.0005);
      assert.ok(band(side, 1000, 4000) < 0.35 * band(side, 80, 1000), 'little where voices are understood');
      assert.ok(band(side, 16_000, 23_000) < 0.01 * energy(side), 'no hiss');
    }
    // Wide, and yet one piece: the sides share most of what they have, and not all.
    let shared = 0;
    for (let index = 0; index < left.length; index++) shared += (left[index] ?? 0) * (right[index] ?? 0);
    const likeness = shared / Math.sqrt(energy(left) * energy(right));
    assert.ok(likeness > 0.3 && likeness < 0.98, `likeness ${likeness}`);
  });

test('the same score gives the same samples', () => {
  const score = compose('curious', 4, 1);
  assert.deepEqual(
    play(score, 24_000, () => undefined),
    play(score, 24_000, () => undefined),
  );
});
