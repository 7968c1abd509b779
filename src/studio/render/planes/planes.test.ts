import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { evenBitmap } from '../fixtures/scene.ts';
import { colourOf, hexOf, rgbOf, type Colour } from './colour.ts';
import { layMovedSprite } from './lay-moved-sprite.ts';
import { laySprite } from './lay-sprite.ts';
import { opaquePlanes } from './opaque-planes.ts';
import { createPlanes, type Planes } from './planes.ts';
import { spritePlanes } from './sprite-planes.ts';

const still = { dx: 0, dy: 0, scale: 1, rotation: 0, opacity: 1 };

function evenFrame(hex: string, size: number = 32): Planes {
  const frame = createPlanes({ width: size, height: size });
  const { y, u, v } = colourOf(hex);
  frame.y.fill(y);
  frame.u.fill(u);
  frame.v.fill(v);
  return frame;
}

const at = ({ y, u, v, width }: Planes, x: number, row: number): Colour => {
  const chroma = (row >> 1) * (width / 2) + (x >> 1);
  return { y: y[row * width + x] ?? -1, u: u[chroma] ?? -1, v: v[chroma] ?? -1 };
};

const near = (one: number, other: number, by: number): void =>
  assert.ok(Math.abs(one - other) <= by, `${one} is not within ${by} of ${other}`);

suite('colours', () => {
  test('come back from YUV as they went, but for rounding', () => {
    for (const hex of ['#000000', '#ffffff', '#ff0000', '#00ff00', '#0000ff', '#1b1464', '#ffd54a', '#7f8081']) {
      const there = hexOf(rgbOf(colourOf(hex)));
      for (const part of [1, 3, 5])
        near(Number.parseInt(there.slice(part, part + 2), 16), Number.parseInt(hex.slice(part, part + 2), 16), 3);
    }
  });

  test('stay within the limited range', () => {
    assert.deepEqual(colourOf('#000000'), { y: 16, u: 128, v: 128 });
    assert.deepEqual(colourOf('#ffffff'), { y: 235, u: 128, v: 128 });
  });

  test('that are none are grey', () => assert.deepEqual(colourOf('hotpink'), colourOf('#808080')));
});

suite('an opaque picture', () => {
  test('that lies between two levels is dithered to their mean', () => {
    const { y } = opaquePlanes(evenBitmap(16, 16, [100, 101, 100, 255]));
    const mean = y.reduce((sum, value) => sum + value, 0) / y.length;
    near(mean, 16 + (219 / 255) * (100 + 0.7152), 0.02);
    assert.ok(new Set(y).size === 2);
  });

  test('loses an odd last row and column', () => {
    const { width, height } = opaquePlanes(evenBitmap(7, 5, [0, 0, 0, 255]));
    assert.deepEqual([width, height], [6, 4]);
  });
});

suite('a sprite at rest', () => {
  test('covers exactly its pixels, wherever it begins', () => {
    for (const [x, y] of [
      [8, 8],
      [9, 11],
    ] as const) {
      const frame = evenFrame('#000000');
      laySprite(frame, spritePlanes(evenBitmap(6, 6, [255, 255, 255, 255]), { x, y }));
      const covered = frame.y.reduce((count, value) => count + (value === 235 ? 1 : 0), 0);
      assert.equal(covered, 36);
      assert.equal(at(frame, x, y).y, 235);
      assert.equal(at(frame, x + 5, y + 5).y, 235);
    }
  });

  test('mixes with what is below by its transparency, in luma and in chroma', () => {
    const frame = evenFrame('#0000ff');
    laySprite(frame, spritePlanes(evenBitmap(8, 8, [255, 0, 0, 128]), { x: 8, y: 8 }));
    const [r, g, b] = rgbOf(at(frame, 12, 12));
    near(r, 128, 4);
    near(g, 0, 4);
    near(b, 127, 4);
  });

  test('that sticks out of the frame is cut at its rim', () => {
    const sprite = evenBitmap(20, 20, [255, 255, 255, 255]);
    for (const [x, y] of [
      [-10, -11],
      [25, 22],
      [-40, 3],
      [3, 90],
    ] as const) {
      const frame = evenFrame('#000000');
      laySprite(frame, spritePlanes(sprite, { x, y }));
      const overlap = (start: number): number => Math.max(0, Math.min(32, start + 20) - Math.max(0, start));
      assert.equal(
        frame.y.reduce((count, value) => count + (value === 235 ? 1 : 0), 0),
        overlap(x) * overlap(y),
      );
    }
  });

  test('without a single pixel that is seen changes nothing', () => {
    const frame = evenFrame('#336699');
    const sprite = spritePlanes(evenBitmap(9, 9, [255, 255, 255, 0]), { x: 3, y: 3 });
    laySprite(frame, sprite);
    layMovedSprite(frame, sprite, { ...still, rotation: 1 });
    assert.deepEqual(frame.bytes, evenFrame('#336699').bytes);
  });
});

suite('a sprite that moves', () => {
  const half = ((): ReturnType<typeof spritePlanes> => {
    const bitmap = evenBitmap(10, 10, [255, 255, 255, 255]);
    for (let row = 0; row < 10; row++) bitmap.data.fill(0, row * 40 + 20, row * 40 + 40);
    return spritePlanes(bitmap, { x: 11, y: 11 });
  })();

  test('lies where it rests when it moves by nothing', () => {
    const rested = evenFrame('#224466');
    const moved = evenFrame('#224466');
    laySprite(rested, half);
    layMovedSprite(moved, half, still);
    assert.deepEqual(moved.bytes, rested.bytes);
  });

  test('turns about its middle', () => {
    const frame = evenFrame('#000000');
    layMovedSprite(frame, half, { ...still, rotation: Math.PI });
    assert.equal(at(frame, 13, 15).y, 16);
    assert.equal(at(frame, 18, 15).y, 235);
  });

  test('turns clockwise', () => {
    const frame = evenFrame('#000000');
    layMovedSprite(frame, half, { ...still, rotation: Math.PI / 2 });
    assert.equal(at(frame, 15, 13).y, 235);
    assert.equal(at(frame, 15, 18).y, 16);
  });

  test('between two pixels is half in each', () => {
    const frame = evenFrame('#000000');
    layMovedSprite(frame, half, { ...still, dx: 0.5 });
    near(at(frame, 11, 15).y, 125, 2);
    assert.equal(at(frame, 12, 15).y, 235);
    near(at(frame, 16, 15).y, 125, 2);
  });

  test('grows, and covers as much more', () => {
    const frame = evenFrame('#000000', 64);
    layMovedSprite(frame, half, { ...still, dx: 16, dy: 16, scale: 3 });
    const light = frame.y.reduce((sum, value) => sum + (value - 16) / 219, 0);
    near(light, 50 * 9, 12);
  });

  test('beyond every rim of the frame leaves it as it is', () => {
    for (const [dx, dy] of [
      [-100, 0],
      [100, 0],
      [0, -100],
      [0, 100],
    ] as const) {
      const frame = evenFrame('#224466');
      layMovedSprite(frame, half, { ...still, dx, dy, rotation: 0.3, scale: 1.4 });
      assert.deepEqual(frame.bytes, evenFrame('#224466').bytes);
    }
  });

  test('fades', () => {
    const frame = evenFrame('#000000');
    layMovedSprite(frame, half, { ...still, dx: 1, opacity: 0.25 });
    near(at(frame, 14, 15).y, 16 + 219 / 4, 2);
  });
});
