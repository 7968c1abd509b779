import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Bitmap } from '../film/bitmap.ts';
import { evenBitmap } from './fixtures/scene.ts';
import { opaquePlanes } from './planes/opaque-planes.ts';
import { spritePlanes } from './planes/sprite-planes.ts';
import { textContrast } from './text-contrast.ts';

/** Upright strokes, 12 pixels wide, as letters have them; around each `rim` pixels of an outline. */
function strokes(letters: readonly [number, number, number], outline: readonly [number, number, number, number] | undefined): Bitmap {
  const bitmap = evenBitmap(120, 60, [0, 0, 0, 0]);
  for (let y = 0; y < 60; y++) {
    for (let x = 0; x < 120; x++) {
      const place = x % 40;
      const at = (y * 120 + x) * 4;
      if (place >= 14 && place < 26 && y >= 10 && y < 50) bitmap.data.set([...letters, 255], at);
      else if (outline !== undefined && place >= 5 && place < 35 && y >= 1 && y < 59) bitmap.data.set(outline, at);
    }
  }
  return bitmap;
}

const white = [255, 255, 255] as const;
const measured = (text: Bitmap, ground: readonly [number, number, number]): number | undefined =>
  textContrast(spritePlanes(text, { x: 20, y: 20 }), opaquePlanes(evenBitmap(160, 100, [...ground, 255])));

suite('the contrast of a text', () => {
  test('is that of its letters with what lies behind them', () => {
    assert.ok((measured(strokes(white, undefined), [0, 0, 0]) ?? 0) > 20);
    assert.ok((measured(strokes(white, undefined), [255, 255, 255]) ?? 21) < 1.05);
    const grey = measured(strokes(white, undefined), [118, 118, 118]) ?? 0;
    assert.ok(Math.abs(grey - 4.54) < 0.3, `${grey}`);
  });

  test('counts the outline that the text brings along', () => {
    assert.ok((measured(strokes(white, [10, 10, 30, 255]), [255, 255, 255]) ?? 0) > 15);
    const half = measured(strokes(white, [0, 0, 0, 128]), [255, 255, 255]) ?? 0;
    assert.ok(half > 3 && half < 6, `${half}`);
  });

  test('is unknown where nothing of it is opaque', () => {
    assert.equal(measured(evenBitmap(40, 40, [255, 255, 255, 90]), [0, 0, 0]), undefined);
    assert.equal(measured(evenBitmap(40, 40, [0, 0, 0, 0]), [0, 0, 0]), undefined);
  });
});
