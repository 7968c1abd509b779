import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { colourOf } from './colour.ts';
import { driftOver } from './drift.ts';
import { fillShape } from './fill-shape.ts';
import { createPlanes, type Planes } from './planes.ts';
import { pushAside } from './push-aside.ts';
import { band, disc, roundedBar } from './shape.ts';
import { zoomOver } from './zoom.ts';

/** A ramp: each pixel is as bright as its place along the axis. */
function ramp(width: number, height: number, axis: 'x' | 'y'): Planes {
  const planes = createPlanes({ width, height });
  const fill = (plane: Uint8Array, columns: number, step: number): void => {
    for (let at = 0; at < plane.length; at++) plane[at] = step * (axis === 'x' ? at % columns : Math.floor(at / columns));
  };
  fill(planes.y, width, 4);
  fill(planes.u, width / 2, 8);
  fill(planes.v, width / 2, 8);
  return planes;
}

const frame = { width: 16, height: 16 };

suite('a ground that drifts', () => {
  for (const axis of ['x', 'y'] as const) {
    test(`moves by quarters of a pixel along ${axis}`, () => {
      const drift = driftOver(ramp(axis === 'x' ? 40 : 16, axis === 'x' ? 16 : 40, axis), frame, axis);
      const shown = createPlanes(frame);
      for (const quarters of [4, 5, 6, 7, 8, 21, 60]) {
        drift.show(shown, quarters);
        assert.equal(shown.y[0], quarters);
        assert.equal(shown.y[5 * 16 + 5], 20 + quarters);
        // Chroma is half as large, and follows every second time.
        assert.equal(shown.u[0], 2 * (quarters >> 1));
      }
    });
  }

  test('says how far it may go, and shows its last row there', () => {
    const drift = driftOver(ramp(16, 40, 'y'), frame, 'y');
    const shown = createPlanes(frame);
    drift.show(shown, drift.room);
    assert.equal(shown.y.at(-1), 4 * 39);
  });

  test('shows its middle across the way', () => {
    const drift = driftOver(ramp(40, 20, 'x'), frame, 'y');
    const shown = createPlanes(frame);
    drift.show(shown, 0);
    assert.equal(shown.y[0], 4 * 12);
    assert.equal(shown.u[0], 8 * 6);
  });
});

suite('a ground that is zoomed over', () => {
  test('is what it is where the view is as large as the frame', () => {
    const ground = ramp(24, 24, 'x');
    const shown = createPlanes(frame);
    zoomOver(ground, frame)(shown, { x: 4, y: 4, ...frame });
    assert.equal(shown.y[0], 16);
    assert.equal(shown.y[15], 4 * 19);
    assert.equal(shown.u[0], 16);
  });

  test('lies between its pixels where the view does', () => {
    const shown = createPlanes(frame);
    zoomOver(ramp(24, 24, 'y'), frame)(shown, { x: 2, y: 2.25, ...frame });
    assert.equal(shown.y[0], 9);
    assert.equal(shown.y[16], 13);
  });

  test('does not reach beyond its rim', () => {
    const shown = createPlanes(frame);
    zoomOver(ramp(16, 16, 'x'), frame)(shown, { x: -1, y: -1, width: 18, height: 18 });
    assert.equal(shown.y[0], 0);
    assert.equal(shown.y.at(-1), 60);
  });
});

suite('a solid shape', () => {
  const white = colourOf('#ffffff');
  const lightOf = (planes: Planes): number => planes.y.reduce((sum, value) => sum + (value - 16) / 219, 0);
  const black = (): Planes => {
    const planes = createPlanes({ width: 64, height: 64 });
    planes.y.fill(16);
    return planes;
  };

  test('covers its area, between pixels too', () => {
    const planes = black();
    fillShape(planes, disc({ x: 31.3, y: 32.6, radius: 20.5 }), { colour: white, opacity: 1, side: 'inside' });
    assert.ok(Math.abs(lightOf(planes) - Math.PI * 20.5 ** 2) < 8, `${lightOf(planes)}`);
  });

  test('and everything outside of it are the whole frame', () => {
    const planes = black();
    const shape = disc({ x: 20, y: 70, radius: 30 });
    fillShape(planes, shape, { colour: white, opacity: 1, side: 'outside' });
    const outside = lightOf(planes);
    const other = black();
    fillShape(other, shape, { colour: white, opacity: 1, side: 'inside' });
    assert.ok(Math.abs(outside + lightOf(other) - 64 * 64) < 2);
  });

  test('that has shrunk to nothing leaves all to the outside', () => {
    const planes = black();
    fillShape(planes, disc({ x: 32, y: 32, radius: 0 }), { colour: white, opacity: 1, side: 'outside' });
    assert.ok(planes.y.every((value) => value === 235));
  });

  test('lets through what its opacity leaves', () => {
    const planes = black();
    fillShape(planes, roundedBar({ x: 4, y: 4, width: 40, height: 10 }), { colour: white, opacity: 0.5, side: 'inside' });
    assert.equal(planes.y[9 * 64 + 20], 126);
    assert.equal(planes.y[4 * 64 + 4], 16, 'its corners are round');
  });

  test('may be a slanted band that is wider than the frame', () => {
    const planes = black();
    fillShape(planes, band({ from: -500, to: 32, slope: -0.5, height: 64 }), { colour: white, opacity: 1, side: 'inside' });
    assert.ok(Math.abs(lightOf(planes) - (64 * 64) / 4) < 4);
  });
});

suite('a picture that is pushed aside', () => {
  test('leaves the colour behind it, on either side', () => {
    for (const by of [6, -6]) {
      const planes = ramp(16, 16, 'x');
      pushAside(planes, by, { y: 200, u: 1, v: 2 });
      assert.equal(planes.y[by > 0 ? 0 : 15], 200);
      assert.equal(planes.u[by > 0 ? 0 : 7], 1);
      assert.equal(planes.y[8], 4 * (8 - by));
    }
  });

  test('is gone once it was pushed as far as it is wide', () => {
    const planes = ramp(16, 16, 'x');
    pushAside(planes, -16, { y: 200, u: 1, v: 2 });
    assert.ok(planes.y.every((value) => value === 200));
  });
});
