import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import type { Json } from '../../core/data/json.ts';
import { findFault } from './json-fault.ts';
import { readJson } from './strict-json.ts';

const read = (text: string): Json => readJson(Buffer.from(text));
const refuses = (text: string | Buffer, message: RegExp): void =>
  assert.throws(() => readJson(Buffer.from(text)), { code: 'BODY_UNREADABLE', message }, String(text).slice(0, 80));

suite('strict JSON', () => {
  test('whatever JSON.stringify writes is read as JSON.parse reads it', () => {
    const noTricks = (value: unknown): boolean =>
      !JSON.stringify(value).includes('__proto__') && !JSON.stringify(value).includes('constructor');
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary', maxDepth: 8 }).filter(noTricks), (value) => {
        const text = JSON.stringify(value);
        assert.deepEqual(read(text), JSON.parse(text));
      }),
    );
  });

  test('a name that stands twice is refused wherever it stands, however it is written', () => {
    refuses('{"a": 1, "a": 1}', /line 1, column 10: the name "a" stands twice/);
    refuses('{"a": 1,\n  "\\u0061": 2}', /line 2, column 3: the name "a" stands twice/);
    refuses('[{"b": {"c": "x", "c": "y"}}]', /the name "c" stands twice/);
    refuses('{"": 0, "": 0}', /the name "" stands twice/);
    refuses('{"1": "\\"", "1": "\\\\"}', /the name "1" stands twice/);
    assert.deepEqual(read('{"a": {"a": "a"}, "A": "\\"a\\": \\\\"}'), { a: { a: 'a' }, A: '"a": \\' });
  });

  test('of any object with a name twice none is read', () => {
    const member = fc.tuple(fc.string({ unit: 'binary' }), fc.jsonValue({ maxDepth: 2 }));
    fc.assert(
      fc.property(fc.array(member, { minLength: 1, maxLength: 6 }), fc.nat(), (members, pick) => {
        const again = [...members, members[pick % members.length] ?? ['', null]];
        const text = `{${again.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(',')}}`;
        assert.throws(() => read(text), { code: 'BODY_UNREADABLE' });
      }),
    );
  });

  test('names that reach behind an object are refused', () => {
    refuses('{"__proto__": {"admin": true}}', /"__proto__" is not taken/);
    refuses('{"a": [{"__pr\\u006fto__": 1}]}', /"__proto__" is not taken/);
    refuses('{"constructor": {"prototype": {"admin": true}}}', /"constructor" with a "prototype"/);
    assert.deepEqual(read('{"constructor": "Bob the builder", "prototype": 1}'), { constructor: 'Bob the builder', prototype: 1 });
  });

  test('what would not be kept as it was sent is refused', () => {
    refuses('{"a": [1, 1e999]}', /column 11: the number is too large/);
    refuses('[-1e999]', /too large/);
    refuses('["\\ud800"]', /half of a surrogate pair/);
    refuses('{"\\udc00x": 1}', /half of a surrogate pair/);
    assert.deepEqual(read('["\\ud83d\\ude00", 1e308, 0.1e-400]'), ['😀', 1e308, 0]);
  });

  test('it is as deep as it may be, and no deeper', () => {
    const nested = (levels: number): string => `${'[{"a":'.repeat(levels / 2)}1${'}]'.repeat(levels / 2)}`;
    assert.doesNotThrow(() => read(nested(64)));
    refuses(nested(66), /more than 64 levels/);
    refuses('['.repeat(1_000_000), /more than 64 levels/);
    refuses(`${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`, /more than 64 levels/);
  });

  test('bytes that are not UTF-8, a byte order mark and other encodings are refused', () => {
    refuses(Buffer.from([0x22, 0xc3, 0x28, 0x22]), /line 1, column 2: bytes that are not UTF-8/);
    refuses(Buffer.concat([Buffer.from('{"ö\uFFFD😀": "'), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from('"}')]), /column 11: bytes/);
    refuses('\uFEFF{}', /byte order mark/);
    refuses(Buffer.from('{}', 'utf16le'), /cannot be read/);
  });

  test('text that is no JSON is refused with the place', () => {
    const faults: readonly (readonly [text: string, fault: RegExp])[] = [
      [' ', /nothing to read/],
      ['{"a": 1}}', /column 9: more stands after the end/],
      ['{"a": 1,}', /column 9: "}" stands where a name in quotes/],
      ["{'a': 1}", /column 2: "'" stands where a name/],
      ['{"a" 1}', /column 6: "1" stands where ":"/],
      ['[1 2]', /column 4: "2" stands where "," or "\]"/],
      ['[1,\n2,\n', /line 3, column 1: the body ends where a value/],
      ['[01]', /column 3: "1" stands/],
      ['[NaN]', /"N" stands where a value/],
      ['["a\nb"]', /column 4: a control character/],
      ['["\\x"]', /column 3: the escape is none/],
      ['["abc', /column 2: a text begins here and does not end/],
      ['// note\n{}', /"\/" stands where a value/],
    ];
    for (const [text, fault] of faults) refuses(text, fault);
  });

  test('the slow reader refuses what JSON.parse refuses, and nothing else of what is plain', () => {
    const letters = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '"a"',
      '\\',
      '1',
      '-',
      '.',
      'e',
      '0',
      'true',
      'null',
      ' ',
      '\n',
      'u00e9',
    );
    fc.assert(
      fc.property(fc.array(letters, { maxLength: 12 }), (signs) => {
        const text = signs.join('');
        let reads = true;
        try {
          JSON.parse(text);
        } catch {
          reads = false;
        }
        const fault = findFault(text);
        if (fault === undefined) assert.ok(reads, text);
        else if (reads) assert.match(fault.what, /stands twice|too large/, text);
      }),
      { numRuns: 3000 },
    );
  });
});
