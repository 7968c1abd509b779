import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Roster } from './roster.ts';

describe('a roster', () => {
  test('has who was set and not deleted, in the order in which they came', () => {
    const roster = new Roster<number>();
    for (const [name, value] of [
      ['b', 1],
      ['7', 2],
      ['a', 3],
      ['1', 4],
    ] as const)
      roster.set(name, value);
    roster.set('7', 20);
    assert.deepEqual(roster.names(), ['b', '7', 'a', '1'], 'numbers are names as others are');
    assert.deepEqual(roster.values(), [1, 20, 3, 4]);
    assert.deepEqual([roster.get('7'), roster.get('c'), roster.has('a'), roster.has('c'), roster.size], [20, undefined, true, false, 4]);
    assert.deepEqual([roster.delete('b'), roster.delete('b')], [true, false]);
    assert.deepEqual({ ...roster.first }, { name: '7', value: 20 });
    roster.set('b', 5);
    assert.deepEqual(roster.names(), ['7', 'a', '1', 'b'], 'who comes again comes last');
    roster.clear();
    assert.deepEqual([roster.size, roster.first, roster.get('a')], [0, undefined, undefined]);
  });

  test('takes any name for a name', () => {
    const roster = new Roster<string>();
    for (const name of ['__proto__', 'constructor', 'toString', '']) {
      assert.equal(roster.has(name), false);
      roster.set(name, `of ${name}`);
      assert.equal(roster.get(name), `of ${name}`);
    }
    assert.equal(roster.size, 4);
    assert.equal(roster.delete('__proto__'), true);
    assert.equal(roster.has('__proto__'), false);
  });

  test('does not keep who left: they are collected young, however long it has been there', () => {
    const [ofRoster, ofMap] = [grownOldIn(new Roster<object>()), grownOldIn(new Map<string, object>())];
    assert.ok(ofRoster < 2e6, `of those who left a roster ${ofRoster} bytes grew old`);
    assert.ok(ofMap > 6e6, `of those who left a Map only ${ofMap} bytes grew old: then a roster is no longer worth while`);
  });
});

/** Of 20,000 that come and leave, a hundred at a time, the bytes that outlive collections of the young. */
function grownOldIn(held: Pick<Map<string, object>, 'set' | 'delete'> | Roster<object>): number {
  setFlagsFromString('--expose-gc');
  // The flag gives new contexts the function that it exposes.
  const collect = runInNewContext('gc') as (how: { readonly type: 'minor' | 'major' }) => void;
  collect({ type: 'major' });
  const before = oldBytes();
  for (let n = 0; n < 20_000; n++) {
    held.set(`run-${n}`, new Array<number>(100).fill(n));
    held.delete(`run-${n - 100}`);
    if (n % 500 === 0) collect({ type: 'minor' });
  }
  return oldBytes() - before;
}

function oldBytes(): number {
  return getHeapSpaceStatistics().find(({ space_name: name }) => name === 'old_space')?.space_used_size ?? 0;
}
