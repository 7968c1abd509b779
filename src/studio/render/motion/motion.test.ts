import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { easeIn, easeInOut, easeOut } from './easing.ts';
import { floatAt } from './float.ts';
import { restsAt, springAt, strikeAt } from './spring.ts';

const times = Array.from({ length: 120 }, (_, frame) => frame / 60);

suite('a spring', () => {
  test('begins at 0 and comes to rest at exactly 1', () => {
    for (const damping of [0.3, 0.6, 1]) {
      const spring = { speed: 20, damping };
      assert.equal(springAt(spring, 0), 0);
      assert.equal(springAt(spring, restsAt(spring)), 1);
      assert.ok(Math.abs(springAt(spring, restsAt(spring) - 0.001) - 1) < 0.002, 'it does not jump there');
    }
  });

  test('passes its goal only when it is damped little', () => {
    assert.ok(Math.max(...times.map((time) => springAt({ speed: 20, damping: 0.5 }, time))) > 1.1);
    assert.ok(Math.max(...times.map((time) => springAt({ speed: 20, damping: 1 }, time))) <= 1);
  });

  test('that is struck at rest swings out and comes back', () => {
    const struck = times.map((time) => strikeAt({ speed: 13, damping: 0.3 }, time));
    assert.equal(struck[0], 0);
    assert.ok(Math.max(...struck) > 0.5);
    assert.equal(strikeAt({ speed: 13, damping: 0.3 }, 10), 0);
  });
});

test('easings go from 0 to 1 without turning back, and hold there', () => {
  for (const ease of [easeIn, easeOut, easeInOut]) {
    const way = times.map((time) => ease(time));
    assert.equal(ease(-1), 0);
    assert.equal(ease(0), 0);
    assert.equal(ease(1), 1);
    assert.equal(ease(7), 1);
    for (const [at, value] of way.entries()) assert.ok(at === 0 || value >= (way[at - 1] ?? 0));
  }
});

test('a thing that floats stays near, and neighbours do not keep step', () => {
  const one = times.map((time) => floatAt(time * 10, { amount: 1, phase: 0, size: 640 }));
  const other = times.map((time) => floatAt(time * 10, { amount: 1, phase: 0.37, size: 640 }));
  for (const { dx, dy, rotation } of one) assert.ok(Math.hypot(dx, dy) < 20 && Math.abs(rotation) < 0.06);
  assert.ok(one.some(({ dy }, at) => Math.abs(dy - (other[at]?.dy ?? 0)) > 10));
  for (const by of Object.values(floatAt(3, { amount: 0, phase: 0.2, size: 640 }))) assert.equal(Math.abs(by), 0);
});
