import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { order, seedOf } from './assign.ts';

const episodes = Array.from({ length: 20_000 }, (_, at) => `episode-${at}`);
const share = (hits: number): number => hits / episodes.length;

suite('the order of variants', () => {
  test('is the same whenever it is asked, and another for another function', () => {
    const weights = { a: 1, b: 1, c: 1 };
    const first = episodes.slice(0, 200).map((episode) => order(weights, seedOf('writer', episode)));
    assert.deepEqual(
      episodes.slice(0, 200).map((episode) => order({ c: 1, b: 1, a: 1 }, seedOf('writer', episode))),
      first,
    );
    const same = episodes.filter((episode) => order(weights, seedOf('f', episode))[0] === order(weights, seedOf('g', episode))[0]);
    assert.ok(Math.abs(share(same.length) - 1 / 3) < 0.02);
  });

  test('begins with each variant as often as its weight says, and goes on so among those that are left', () => {
    const orders = episodes.map((episode) => order({ a: 70, b: 20, c: 10 }, seedOf('f', episode)));
    const firsts = (variant: string): number => share(orders.filter(([first]) => first === variant).length);
    assert.ok(Math.abs(firsts('a') - 0.7) < 0.015 && Math.abs(firsts('b') - 0.2) < 0.015 && Math.abs(firsts('c') - 0.1) < 0.015);
    const afterA = orders.filter(([first]) => first === 'a');
    assert.ok(Math.abs(afterA.filter(([, second]) => second === 'b').length / afterA.length - 2 / 3) < 0.02);
  });

  test('holds every candidate once, those without weight last', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.double({ min: 0, max: 10, noNaN: true })), fc.string(), (weights, seed) => {
        const found = order(weights, seed);
        assert.deepEqual(found.toSorted(), Object.keys(weights).toSorted());
        const kinds = found.map((variant) => (weights[variant] ?? 0) > 0);
        assert.deepEqual(
          kinds,
          kinds.toSorted((a, b) => Number(b) - Number(a)),
        );
      }),
      { seed: 1 },
    );
  });

  test('stays as it is among the others when one drops out', () => {
    for (const episode of episodes.slice(0, 300)) {
      const all = order({ a: 3, b: 2, c: 1 }, seedOf('f', episode));
      assert.deepEqual(
        order({ a: 3, c: 1 }, seedOf('f', episode)),
        all.filter((variant) => variant !== 'b'),
      );
    }
  });

  test('changes for no more episodes than new weights ask for', () => {
    const moved = episodes.filter((episode) => {
      const seed = seedOf('f', episode);
      return order({ a: 50, b: 50 }, seed)[0] !== order({ a: 60, b: 40 }, seed)[0];
    });
    assert.ok(Math.abs(share(moved.length) - 0.1) < 0.015);
  });

  test('does not confuse a function’s name with an episode’s', () => {
    assert.notEqual(seedOf('a', 'b","c'), seedOf('a","b', 'c'));
  });
});
