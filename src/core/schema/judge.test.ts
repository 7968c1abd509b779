import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Json } from '../data/json.ts';
import { judgeOf } from './judge.ts';

/** Everything that is wrong with the value, as far as it is told. */
function faultsIn(schema: Json, value: Json): readonly { readonly path?: readonly unknown[]; readonly message: string }[] {
  const result = judgeOf(schema)['~standard'].validate(value);
  // Nothing in it waits.
  return 'issues' in result ? ((result.issues ?? []) as ReturnType<typeof faultsIn>) : [];
}

const messages = (schema: Json, value: Json): readonly string[] =>
  faultsIn(schema, value).map(({ path = [], message }) => `${path.join('.')}: ${message}`);

const made = (schema: Json, value: unknown): unknown => {
  const result = judgeOf(schema)['~standard'].validate(value);
  assert.ok('value' in result, JSON.stringify(result));
  return result.value;
};

describe('what does not fit is told, with its place:', () => {
  const cases: readonly (readonly [Json, Json, readonly string[]])[] = [
    [{ type: 'string' }, 7, [': must be a string, is 7']],
    [{ type: ['integer', 'null'] }, 0.5, [': must be a whole number or null, is 0.5']],
    [false, 1, [': must not be there']],
    [
      { properties: { a: { type: 'string' }, b: { items: { minimum: 3 } } }, required: ['c'], additionalProperties: false },
      { a: 1, b: [4, 2, 1], d: 1 },
      [
        ': must have a field "c"',
        'a: must be a string, is 1',
        'b.1: must be at least 3, is 2',
        'b.2: must be at least 3, is 1',
        'd: must not be there',
      ],
    ],
    [{ enum: ['a', { b: [1] }] }, { b: [2] }, [': must be one of "a", an object, is an object']],
    [{ const: 'a' }, 'b', [': must be "a", is "b"']],
    [{ pattern: '^(a+)+$' }, `${'a'.repeat(50)}!`, [`: must fit ^(a+)+$, is "${'a'.repeat(50)}!"`]],
    [{ anyOf: [{ type: 'string' }, { minimum: 2 }] }, 1, [': fits none of 2 forms that it may have']],
    [{ oneOf: [true, true] }, 1, [': fits 2 of 2 forms of which it must have one']],
    [{ not: {} }, 1, [': has a form that it must not have']],
    [{ uniqueItems: true }, [1, { a: 1, b: 2 }, { b: 2, a: 1 }], [': must not have an item twice, has an object']],
    [{ $ref: '#/$defs/a%20b', $defs: { 'a b': { type: 'null' } } }, 1, [': must be null, is 1']],
    [{ $ref: 'https://example.com' }, 1, [': cannot be judged: nothing stands at https://example.com of the schema']],
    [{ allOf: [{ $ref: '#' }] }, 1, [': leads the schema back to itself, so that it cannot be judged']],
    [
      { pattern: '(a)\\1' },
      'a',
      [': cannot be held against its schema: a pattern in it cannot be used: it refers back to what a group found (\\1)'],
    ],
    [{ required: ['toString', '__proto__'] }, {}, [': must have a field "toString"', ': must have a field "__proto__"']],
    [JSON.parse('{"properties":{"__proto__":{"type":"string"}}}'), JSON.parse('{"__proto__":1}'), ['__proto__: must be a string, is 1']],
    [{ properties: { constructor: { type: 'string' } } }, { constructor: 1 }, ['constructor: must be a string, is 1']],
    [{ format: 'date-time' }, '2026-02-30T10:00:00Z', [': must be of the format date-time, is "2026-02-30T10:00:00Z"']],
  ];
  for (const [schema, value, told] of cases)
    test(JSON.stringify(schema).slice(0, 100), () => assert.deepEqual(messages(schema, value), told));

  test('of very many, the first twenty', () => assert.equal(messages({ items: false }, Array(1000).fill(1)).length, 20));
});

test('formats are those of the standard', () => {
  const fits: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ['date', ['2024-02-29', '2000-02-29'], ['2023-02-29', '1900-02-29', '2024-13-01', '2024-00-01', '2024-1-1']],
    ['time', ['10:00:00Z', '23:59:60.5+02:00'], ['24:00:00Z', '10:00:00']],
    ['date-time', ['2026-11-21T10:00:00.123Z'], ['2026-11-21', '2026-11-21T10:00:00']],
    ['email', ['a.b+c@example.com', 'a@localhost'], ['a', 'a@', 'a@b..c', 'a b@c.d']],
    ['uri', ['https://example.com/a?b', 'urn:a'], ['example.com', 'https://a b']],
    ['uuid', ['123e4567-e89b-12d3-a456-426614174000'], ['123e4567']],
    ['ipv4', ['127.0.0.1'], ['256.0.0.1', '1.2.3', '1.2.3.4.']],
    ['poem', ['anything'], []],
    ['toString', ['anything'], []],
  ];
  for (const [format, good, bad] of fits) {
    for (const text of good) assert.deepEqual(messages({ format }, text), [], `${format} ${text}`);
    for (const text of bad) assert.equal(messages({ format }, text).length, 1, `${format} ${text}`);
  }
});

describe('defaults', () => {
  test('are filled in, wherever a field is absent', () => {
    const schema: Json = {
      properties: {
        a: { default: 1 },
        b: { $ref: '#/$defs/b' },
        c: { items: { properties: { d: { default: [] } } } },
        __proto__x: { default: 2 },
      },
      allOf: [{ properties: { e: { default: null } } }],
      required: ['a'],
      $defs: { b: { properties: { x: { default: 'y' } } } },
    };
    assert.deepEqual(made(schema, { b: {}, c: [{}, { d: 1 }] }), { a: 1, b: { x: 'y' }, c: [{ d: [] }, { d: 1 }], __proto__x: 2, e: null });
  });

  test('must fit', () => {
    assert.ok('issues' in judgeOf({ properties: { a: { type: 'string', default: 1 } } })['~standard'].validate({}));
  });

  test('change no prototype, and not the value that was given', () => {
    const given: Json = JSON.parse('{"b":1}');
    const whole = made(JSON.parse('{"properties":{"__proto__":{"default":{"polluted":true}}}}'), given);
    assert.deepEqual(Object.keys(Object(whole)), ['b', '__proto__']);
    assert.equal(Object(whole).polluted, undefined);
    assert.deepEqual(given, { b: 1 });
  });
});

describe('nobody’s schema takes for ever:', () => {
  const doubling: Record<string, Json> = { d0: { type: 'string' } };
  for (let n = 1; n <= 60; n++) doubling[`d${n}`] = { allOf: [{ $ref: `#/$defs/d${n - 1}` }, { $ref: `#/$defs/d${n - 1}` }] };
  const within = (levels: number, inner: Json): Json => (levels === 0 ? inner : { next: within(levels - 1, inner) });

  test('references that double', () => {
    assert.deepEqual(messages({ $ref: '#/$defs/d60', $defs: doubling }, 'a'), []);
    assert.notEqual(messages({ $ref: '#/$defs/d60', $defs: doubling }, 1).length, 0);
  });

  test('alternatives that each go down again', () => {
    const schema: Json = {
      $defs: {
        a: { properties: { next: { anyOf: [{ $ref: '#/$defs/a' }, { $ref: '#/$defs/b' }] } } },
        b: { required: ['never'], properties: { next: { anyOf: [{ $ref: '#/$defs/b' }, { $ref: '#/$defs/a' }] } } },
      },
      $ref: '#/$defs/b',
    };
    assert.notEqual(messages(schema, within(60, {})).length, 0);
    assert.deepEqual(messages({ ...schema, $ref: '#/$defs/a' }, within(60, {})), []);
  });

  test('a list of which every item differs from every other', () => {
    assert.deepEqual(
      messages(
        { uniqueItems: true },
        Array.from({ length: 50_000 }, (_, n) => ({ n })),
      ),
      [],
    );
  });

  test('very many allowed values', () => {
    const values = Array.from({ length: 50_000 }, (_, n) => ({ n }));
    assert.deepEqual(messages({ items: { enum: values } }, values), []);
  });

  const tooMuch = 'cannot be held against its schema: that takes too much work';
  for (const [what, schema, value] of [
    [
      'names that must be there, of very many objects',
      { items: { required: Array(20_000).fill('a') } },
      Array.from({ length: 20_000 }, () => ({ a: 1 })),
    ],
    ['a pattern of many ways on a long text', { pattern: '(a?){3000}b' }, 'a'.repeat(200_000)],
    ['defaults without an end', { $ref: '#', properties: { a: { $ref: '#' } } }, {}],
    [
      'patterns of names',
      { patternProperties: Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`a?.*${n}x`, true])) },
      Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [`name-${n}`, 1])),
    ],
  ] as const satisfies readonly (readonly [string, Json, Json])[])
    test(`${what}: it is given up`, () => {
      const result = judgeOf(schema)['~standard'].validate(value);
      assert.deepEqual(result, { issues: [{ path: [], message: tooMuch }] });
    });

  test('a name of one schema means nothing in another', () => {
    const named = (type: string): Json => ({ $id: 'https://example.com/one', id: 'one', type });
    assert.deepEqual(messages(named('string'), 'a'), []);
    assert.deepEqual(messages(named('number'), 1), []);
    assert.deepEqual(messages(named('string'), 1), [': must be a string, is 1']);
  });
});

test('it says what another judge says, of whatever', () => {
  let seed = 7;
  const chance = (below: number): number => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  const pick = <T>(from: readonly T[]): T => from[chance(from.length)] as T;
  // The other one calls a value's own `toString`, and passes over `__proto__`.
  const names = ['a', 'b', 'isPrototypeOf', 'c'];
  const object = (of: () => Json): Json => Object.fromEntries(Array.from({ length: chance(3) }, () => [pick(names), of()]));
  const some = <T>(of: () => T): readonly T[] => Array.from({ length: 1 + chance(2) }, of);
  const value = (depth: number): Json => {
    const leaf = depth === 0 ? 5 : 7;
    switch (chance(leaf)) {
      case 0:
        return pick([null, true, false]);
      case 1:
      case 2:
        return pick([0, 1, 2, 2.5, -1, 0.3]);
      case 3:
      case 4:
        return pick(['', 'a', 'ab', '😀', 'b1']);
      case 5:
        return Array.from({ length: chance(4) }, () => value(depth - 1));
      default:
        return object(() => value(depth - 1));
    }
  };
  const schema = (depth: number): Json => {
    if (depth === 0 || chance(8) === 0)
      return pick<Json>([true, false, { type: pick(['string', 'number', 'integer', 'null', 'object', 'array', 'boolean']) }]);
    const inner = (): Json => schema(depth - 1);
    const words: readonly (() => { readonly [word: string]: Json })[] = [
      () => ({ type: [...new Set(some(() => pick(['string', 'number', 'object', 'array', 'integer', 'null', 'boolean'])))] }),
      () => ({ enum: some(() => value(2)) }),
      () => ({ const: value(2) }),
      () => ({ minimum: chance(3), exclusiveMaximum: 2 }),
      () => ({ maximum: chance(3), exclusiveMinimum: 0 }),
      () => ({ multipleOf: pick([0.1, 1, 2]) }),
      () => ({ minLength: chance(3), maxLength: 1 + chance(2) }),
      () => ({ pattern: pick(['^a', 'b$', '^.$', '\\d', '(?=a)']) }),
      () => ({ items: inner() }),
      () => ({ prefixItems: some(inner), items: inner() }),
      () => ({ contains: inner(), minContains: chance(2), maxContains: 1 + chance(2) }),
      () => ({ uniqueItems: true, minItems: chance(2), maxItems: 1 + chance(3) }),
      () => ({ properties: object(inner), required: [...new Set(some(() => pick(names)))] }),
      () => ({ properties: object(inner), patternProperties: { [pick(['^a$', 'o', ''])]: inner() }, additionalProperties: inner() }),
      () => ({ propertyNames: inner(), minProperties: chance(2), maxProperties: 1 + chance(2) }),
      () => ({ dependentRequired: { a: ['b'] }, dependentSchemas: { b: inner() } }),
      () => ({ allOf: some(inner) }),
      () => ({ anyOf: some(inner) }),
      () => ({ oneOf: some(inner) }),
      () => ({ not: inner() }),
      () => Object.fromEntries(['if', 'then', 'else'].map((word) => [word, inner()])),
      () => ({ items: { $ref: '#/$defs/x' } }),
      () => ({ properties: { a: { $ref: '#' } } }),
    ];
    return Object.assign({}, ...some(() => pick(words)()));
  };
  let fitting = 0;
  const rounds = 1500;
  for (let round = 0; round < rounds; round++) {
    const one = schema(3);
    const whole: Json = typeof one === 'boolean' ? one : { ...(one as object), $defs: { x: schema(2) } };
    const theirs = new Ajv2020({
      strict: false,
      ownProperties: true,
      validateSchema: false,
      logger: false,
      multipleOfPrecision: 9,
    }).compile(whole as object);
    for (let time = 0; time < 5; time++) {
      const asked = value(3);
      const expected = theirs(asked);
      const told = faultsIn(whole, asked);
      assert.equal(told.length === 0, expected, `${JSON.stringify(whole)} of ${JSON.stringify(asked)}: ${JSON.stringify(told)}`);
      if (expected) fitting++;
    }
  }
  assert.ok(fitting > rounds && fitting < 4 * rounds, `${fitting} fit`);
});
