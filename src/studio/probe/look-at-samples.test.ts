import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lookAtSamples } from './look-at-samples.ts';
import { bytesPerSample, sampleSide } from './sample.ts';
import { detailOf, pictureDistance, signatureOf } from './signature.ts';

/** One sample after another, of a brightness for each pixel. */
const film = (count: number, luma: (sample: number, x: number, y: number) => number): Uint8Array =>
  Uint8Array.from({ length: count * bytesPerSample }, (_, place) => {
    const pixel = place % bytesPerSample;
    return luma(Math.floor(place / bytesPerSample), pixel % sampleSide, Math.floor(pixel / sampleSide));
  });

const hills = (x: number, y: number): number => 110 + 50 * Math.sin(x / 5) + 30 * Math.sin(y / 7);

test('a picture that stands still is frozen, also where captions change over it', () => {
  const slide = film(30, (sample, x, y) => (y > 57 && y < 76 && x > 8 && x < 88 ? (sample % 7 < 4 ? 235 : 40) : hills(x, y)));
  assert.deepEqual(lookAtSamples(slide).frozen, [{ start: 0, end: 3 }]);
});

test('a picture that drifts very slowly is not frozen', () => {
  const calm = film(30, (sample, x, y) => hills(x + sample * 0.05, y));
  assert.deepEqual(lookAtSamples(calm).frozen, []);
});

test('a picture that stands still after its entrance is frozen from there on', () => {
  const entrance = film(30, (sample, x, y) => hills(x + Math.min(sample, 8) * 2, y));
  assert.deepEqual(lookAtSamples(entrance).frozen, [{ start: 0.8, end: 3 }]);
});

test('a picture that stands still for a second is not frozen', () => {
  const jumps = film(30, (sample, x, y) => hills(x + Math.floor(sample / 10) * 12, y));
  assert.deepEqual(lookAtSamples(jumps).frozen, []);
});

test('what is black is black, and not frozen besides', () => {
  const dark = film(30, (sample, x, y) => (sample >= 5 && sample < 25 ? 16 : hills(x + sample, y)));
  const { black, frozen } = lookAtSamples(dark);
  assert.deepEqual([black, frozen], [[{ start: 0.5, end: 2.5 }], []]);
  assert.deepEqual(lookAtSamples(film(20, () => 16)).black, [{ start: 0, end: 2 }]);
});

test('a dark picture with something in it is not black, nor is the moment between two scenes', () => {
  assert.deepEqual(lookAtSamples(film(20, (_, x, y) => (x > 40 && x < 60 && y > 40 && y < 60 ? 120 : 16))).black, []);
  assert.deepEqual(lookAtSamples(film(20, (sample, x, y) => (sample < 2 ? 16 : hills(x + sample, y)))).black, []);
});

test('nothing at all has nothing to be seen', () => {
  assert.deepEqual(lookAtSamples(new Uint8Array()), { black: [], frozen: [], signature: '' });
});

test('signatures tell two pictures apart, whatever is written below them', () => {
  const write = (text: number) => film(1, (_, x, y) => (y > 60 ? text : hills(x, y)));
  const other = film(1, (_, x, y) => hills(x + 15, y));
  const [one, same, different] = [write(30), write(220), other].map(signatureOf);
  assert.ok(pictureDistance(one ?? '', same ?? '', '9:16') === 0);
  assert.ok(pictureDistance(one ?? '', different ?? '', '9:16') > 10);
  assert.ok(detailOf(one ?? '') > 20);
  assert.equal(detailOf(signatureOf(film(1, () => 90))), 0);
});
