import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { Vector } from './vector.ts';

// Lengths at which the tree gets its first, second and third level of branches.
const edges = [0, 1, 31, 32, 33, 63, 64, 65, 1023, 1024, 1025, 1056, 1057, 32767, 32768, 32769];

function same(vector: Vector<number>, items: readonly number[]): void {
  assert.equal(vector.length, items.length);
  assert.deepEqual(vector.toArray(), items);
  for (let i = 0; i < items.length; i++) {
    if (vector.get(i) !== items[i]) assert.fail(`item ${i} is ${vector.get(i)}, not ${items[i]}`);
  }
}

test('from and filled hold what they were given, at every edge', () => {
  for (const length of edges) {
    const items = Array.from({ length }, (_, i) => i);
    same(Vector.from(items), items);
    same(Vector.filled(length, 7), new Array<number>(length).fill(7));
  }
});

test('push grows through every edge up to two levels of branches', () => {
  let vector = Vector.from<number>([]);
  const items: number[] = [];
  for (let i = 0; i < 1100; i++) {
    vector = vector.push(i);
    items.push(i);
    if (edges.includes(i + 1)) same(vector, items);
  }
  same(vector, items);
  const full = Array.from({ length: 32768 }, (_, i) => i);
  same(Vector.from(full).push(-1), [...full, -1]);
});

type Operation = { readonly at: number; readonly value: number; readonly push: boolean };

const operation = fc.record({ at: fc.nat(), value: fc.integer({ min: 0, max: 5 }), push: fc.boolean() });

function applyTo(items: readonly number[], { at, value, push }: Operation): number[] {
  return push || items.length === 0 ? [...items, value] : items.with(at % items.length, value);
}

test('it behaves as a plain array, and older versions never change', () => {
  const start = fc.constantFrom(0, 5, 30, 32, 33, 64, 1020, 1024, 1056);
  fc.assert(
    fc.property(start, fc.boolean(), fc.array(operation, { maxLength: 60 }), (length, filled, operations) => {
      let items = Array.from({ length }, (_, i) => (filled ? 9 : i));
      let vector = filled ? Vector.filled(length, 9) : Vector.from(items);
      const versions = [{ vector, items }];
      for (const next of operations) {
        vector = next.push || items.length === 0 ? vector.push(next.value) : vector.set(next.at % items.length, next.value);
        items = applyTo(items, next);
        versions.push({ vector, items });
      }
      for (const version of versions) assert.deepEqual(version.vector.toArray(), version.items);
      same(vector, items);
    }),
  );
});

test('the array it came from is not kept', () => {
  const items = [1, 2, 3];
  const vector = Vector.from(items);
  items[0] = 9;
  vector.toArray()[1] = 9;
  assert.deepEqual([...vector], [1, 2, 3]);
});

test('setting the identical value returns the same vector', () => {
  const vector = Vector.from([NaN, 1, 2]);
  assert.equal(vector.set(1, 1), vector);
  assert.equal(vector.set(0, NaN), vector);
  assert.notEqual(vector.set(1, 2), vector);
});

test('items may themselves be arrays or undefined', () => {
  const vector = Vector.filled<readonly number[] | undefined>(40, undefined).set(39, [1]).push([2]);
  assert.deepEqual([vector.get(0), vector.get(39), vector.get(40)], [undefined, [1], [2]]);
});

test('an index outside is a RangeError', () => {
  const vector = Vector.filled(40, 0);
  for (const index of [-1, 40, 1.5, NaN, Infinity, 2 ** 32]) {
    assert.throws(() => vector.get(index), RangeError);
    assert.throws(() => vector.set(index, 1), RangeError);
  }
  assert.throws(() => Vector.filled(-1, 0), RangeError);
  assert.throws(() => Vector.from([]).get(0), RangeError);
});
