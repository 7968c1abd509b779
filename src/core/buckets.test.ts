import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { Buckets } from './buckets.ts';

const one = (id: string): { readonly id: string; readonly capacity: number; readonly refill: number } => ({
  id,
  capacity: 1,
  refill: 0.001,
});

suite('buckets', () => {
  test('B1: those that nobody asked for the longest are forgotten, and are full then', () => {
    const buckets = new Buckets(3);
    for (const id of ['a', 'b', 'c']) assert.equal(buckets.take([one(id)], 0).granted, true);
    assert.deepEqual(buckets.take([one('a')], 500), { granted: false, bucket: 'a', retryAt: 1000 });
    assert.equal(buckets.take([one('a')], 1000).granted, true);
    assert.equal(buckets.take([one('d')], 1000).granted, true);
    assert.equal(buckets.take([one('a')], 1000).granted, false, 'a was asked for after b');
    assert.equal(buckets.take([one('c')], 500).granted, false);
    assert.equal(buckets.take([one('b')], 500).granted, true, 'b was forgotten');
  });

  test('one bucket that is asked for twice in a take gives two or none', () => {
    const buckets = new Buckets();
    assert.deepEqual(buckets.take([one('a'), one('a')], 0), { granted: false, bucket: 'a', retryAt: 1000 });
    assert.equal(buckets.take([one('a')], 0).granted, true);
  });
});
