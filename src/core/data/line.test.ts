import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Line } from './line.ts';

test('all stand in the order in which they came, wherever others left', () => {
  const line = new Line<string>();
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => line.add(name));
  assert.ok(a !== undefined && b !== undefined && c !== undefined && d !== undefined);
  assert.deepEqual(line.values(), ['a', 'b', 'c', 'd']);
  line.leave(b);
  assert.deepEqual(line.values(), ['a', 'c', 'd']);
  line.leave(a);
  assert.deepEqual([line.first, line.size], ['c', 2]);
  line.leave(d);
  line.add('e');
  assert.deepEqual(line.values(), ['c', 'e']);
  assert.deepEqual([line.shift(), line.shift(), line.shift()], ['c', 'e', undefined]);
  assert.deepEqual([line.first, line.size], [undefined, 0]);
});

test('whoever left has left, however often', () => {
  const line = new Line<string>();
  const place = line.add('a');
  line.add('b');
  line.leave(place);
  line.leave(place);
  assert.deepEqual([line.size, place.value], [1, undefined]);
});

test('what comes and leaves while all are looked at is not seen', () => {
  const line = new Line<number>();
  const places = [1, 2, 3].map((each) => line.add(each));
  const seen: number[] = [];
  for (const each of line.values()) {
    seen.push(each);
    line.add(each + 10);
    for (const place of places) line.leave(place);
  }
  assert.deepEqual(seen, [1, 2, 3]);
  assert.deepEqual(line.values(), [11, 12, 13]);
});
