import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runInNewContext } from 'node:vm';
import * as fc from 'fast-check';
import { NotJsonError, toJson } from './json.ts';

// Depth is bounded so that generated values stay small; the depth guard has its own tests.
const anyJson = fc.jsonValue({ maxDepth: 5, noUnicodeString: false });

const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

function deepFrozen(value: unknown): boolean {
  return typeof value !== 'object' || value === null || (Object.isFrozen(value) && Object.values(value).every(deepFrozen));
}

function refuses(value: unknown, message: string | RegExp): void {
  assert.throws(
    () => toJson(value, 'output'),
    (error: unknown) => {
      assert.ok(error instanceof NotJsonError);
      if (typeof message === 'string') assert.equal(error.message, message);
      else assert.match(error.message, message);
      return true;
    },
  );
}

test('plain JSON comes back as the same reference, deeply frozen', () => {
  fc.assert(
    fc.property(anyJson, (drawn) => {
      // Parsed, since fast-check may draw -0 and objects without a prototype.
      const value = asJson(drawn);
      const result = toJson(value, 'output');
      assert.ok(Object.is(result, value));
      assert.ok(deepFrozen(result));
      assert.ok(Object.is(toJson(result, 'output'), result));
    }),
  );
});

test('whatever is accepted equals what the journal gives back', () => {
  const messy = fc.object({
    maxDepth: 4,
    withDate: true,
    withNullPrototype: true,
    withSparseArray: true,
    withMap: true,
    withBigInt: true,
  });
  let accepted = 0;
  fc.assert(
    fc.property(messy, (value) => {
      let result: unknown;
      try {
        result = toJson(value, 'output');
      } catch (error) {
        assert.ok(error instanceof NotJsonError, String(error));
        return;
      }
      accepted++;
      assert.deepEqual(result, asJson(value));
      assert.deepEqual(result, asJson(result));
      assert.ok(deepFrozen(result));
    }),
    { numRuns: 500 },
  );
  assert.ok(accepted > 50, `only ${accepted} values were accepted`);
});

test('undefined is null at the top and in an array, and dropped from an object', () => {
  assert.equal(toJson(undefined, 'output'), null);
  assert.deepEqual(toJson([1, undefined], 'output'), [1, null]);
  assert.deepEqual(toJson(Object.assign([], { length: 2, 1: 'x' }), 'output'), [null, 'x']);
  assert.deepEqual(toJson({ a: undefined, b: 1, c: undefined }, 'output'), { b: 1 });
});

test('minus zero becomes zero, wherever it is', () => {
  assert.ok(Object.is(toJson(-0, 'output'), 0));
  assert.deepEqual(toJson({ a: [-0], b: -0 }, 'output'), { a: [0], b: 0 });
});

test('an object that must change is copied and itself left alone', () => {
  const kept = { x: 1 };
  const value = { kept, gone: undefined };
  const result = toJson(value, 'output') as { kept: unknown };
  assert.deepEqual(Object.keys(value), ['kept', 'gone']);
  assert.ok(!Object.isFrozen(value));
  assert.equal(result.kept, kept);
});

test('a frozen input is never changed, and its unfrozen inside is still cleaned', () => {
  const value = Object.freeze({ list: [undefined, new Date(0)] });
  assert.deepEqual(toJson(value, 'output'), { list: [null, '1970-01-01T00:00:00.000Z'] });
  assert.deepEqual(value.list, [undefined, new Date(0)]);
  refuses(Object.freeze({ map: new Map() }), /output\.map is a Map/);
});

test('toJSON replaces the object, is told its key, and is asked once', () => {
  assert.deepEqual(toJson({ at: new Date(0) }, 'output'), { at: '1970-01-01T00:00:00.000Z' });
  assert.deepEqual(toJson({ a: [{ toJSON: (key: string) => key }] }, 'output'), { a: ['0'] });
  assert.deepEqual(toJson({ a: { toJSON: () => undefined } }, 'output'), {});
  const self = Object.create({ toJSON: () => self }) as { x: number };
  self.x = 1;
  assert.deepEqual(toJson(self, 'output'), { x: 1 });
  assert.deepEqual(toJson({ toJSON: 'just data' }, 'output'), { toJSON: 'just data' });
});

test('a class instance with fields becomes a plain object', () => {
  class Scene {
    title = 'dawn';
    hidden = undefined;
    shout(): string {
      return this.title;
    }
  }
  const scene = new Scene();
  assert.deepEqual(toJson([scene], 'output'), [{ title: 'dawn' }]);
  assert.ok(!Object.isFrozen(scene));
});

test('an object of another realm becomes one of this realm', () => {
  assert.deepEqual(toJson(runInNewContext('({ a: [1, {}] })'), 'output'), { a: [1, {}] });
  refuses(runInNewContext('new Map()'), /output is a Map/);
});

test('what JSON would lose or re-compute is not kept in memory either', () => {
  let reads = 0;
  const getter = {
    get next() {
      return ++reads;
    },
  };
  const result = toJson(getter, 'output') as { next: number };
  assert.equal(result.next, 1);
  assert.equal(result.next, 1);

  const symbol = toJson({ a: 1, [Symbol.for('tag')]: 2 }, 'output') as object;
  assert.deepEqual(Object.getOwnPropertySymbols(symbol), []);

  const hidden = toJson(Object.defineProperty({ a: 1 }, 'b', { value: 2 }), 'output') as { b?: number };
  assert.equal(hidden.b, undefined);

  assert.deepEqual(toJson('abc'.match(/b/), 'output'), ['b']);
  assert.deepEqual(toJson(Object.assign(Object.create(null), { a: 1 }), 'output'), { a: 1 });
});

test('a field named __proto__ stays a field', () => {
  const plain: unknown = JSON.parse('{"__proto__": {"admin": true}, "a": 1}');
  assert.equal(toJson(plain, 'output'), plain);
  const changed = toJson({ ...(plain as object), gone: undefined }, 'output') as { admin?: boolean };
  assert.equal(changed.admin, undefined);
  assert.equal(JSON.stringify(changed), '{"__proto__":{"admin":true},"a":1}');
  assert.equal(Object.getPrototypeOf(changed), Object.prototype);
});

test('a refusal says where, what and the mend', () => {
  refuses({ scenes: [1, 2, { when: new Map() }] }, 'output.scenes[2].when is a Map: return an array or an object instead');
  refuses({ 'two words': [new Set()] }, 'output["two words"][0] is a Set: return an array instead');
  refuses({ a: { deep: 1 }, b: NaN }, 'output.b is NaN, which JSON cannot hold: return null or a finite number');
  refuses(new Error('no'), 'output is an Error: throw it, or return its message');
  class Secret {
    #value = 1;
    read(): number {
      return this.#value;
    }
  }
  refuses([new Secret()], 'output[0] is a Secret without fields of its own: return a plain object, or give it a toJSON method');
});

const unfit: readonly (readonly [unknown, RegExp])[] = [
  [Infinity, /Infinity/],
  [10n, /a bigint/],
  [Symbol('s'), /a symbol/],
  [() => 1, /a function/],
  [new WeakMap(), /a WeakMap/],
  [Promise.resolve(1), /a Promise: await it/],
  [new ArrayBuffer(1), /an ArrayBuffer: return a base64 string/],
  [new Uint8Array(1), /an? Uint8Array: return a base64 string/],
  [new DataView(new ArrayBuffer(1)), /a DataView/],
  [/x/, /a RegExp/],
  [new String('x'), /a String: return a plain string/],
  [(function* () {})(), /a Generator/],
  [{ toJSON: () => new Map() }, /a Map/],
];

test('every unfit kind is refused, at the top and inside', () => {
  for (const [value, message] of unfit) {
    refuses(value, message);
    refuses({ in: [value] }, new RegExp(`^output\\.in\\[0\\] is ${message.source}`));
  }
});

test('a circle is named, with what it returns to', () => {
  const tree: { parts: unknown[] } = { parts: [] };
  tree.parts.push({ parent: tree });
  refuses(tree, /^output\S* is circular \(it is output\S* again\): return an id/);
});

test('an object that appears twice is no circle', () => {
  const shared = { x: 1 };
  let value: unknown = [shared, shared];
  for (let i = 0; i < 40; i++) value = { value, shared };
  assert.equal(toJson(value, 'output'), value);
});

test('a circle through toJSON that makes new objects ends in a refusal', () => {
  const next = (): object => ({ a: Object.create({ toJSON: next }) as object });
  refuses(next(), /nested more than 1000 levels/);
});

test('a thousand levels pass, more are refused instead of overflowing the stack', () => {
  const nest = (levels: number): unknown => {
    let value: unknown = 1;
    for (let i = 0; i < levels; i++) value = [value];
    return value;
  };
  assert.ok(Array.isArray(toJson(nest(1000), 'output')));
  refuses(nest(1002), /output is nested more than 1000 levels deep/);
  refuses(nest(100_000), /output is nested more than 1000 levels deep/);
});
