import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import type { Json } from '../../core/data/json.ts';
import { mend } from './mend.ts';
import { Schemas } from './schemas.ts';

const schemas = new Schemas();
const scene = {
  type: 'object',
  properties: {
    title: { type: 'string' },
    seconds: { type: 'integer' },
    tags: { type: 'array', items: { type: 'string' } },
    mood: { enum: ['very happy', 'sad'] },
    hook: { type: 'string' },
    loud: { type: 'boolean' },
    lang: { type: 'string', default: 'en' },
  },
  required: ['title', 'seconds', 'lang'],
  additionalProperties: false,
};
const good = { title: 'a', seconds: 1, lang: 'en' };

function rung(text: string, value: Json, schema: Json = scene): string {
  const mended = mend(text, schemas.validator(schema));
  if (mended.is === 'bad') return `bad: ${mended.problems.join('; ')}`;
  assert.deepEqual(mended.value, value);
  return mended.rung;
}

suite('the ladder', () => {
  const text = JSON.stringify(good);

  test('leaves alone what is valid', () => {
    assert.equal(rung(text, good), 'none');
    assert.equal(rung(` ${text}\n`, good), 'none');
  });

  test('extracts from code blocks, sentences and thoughts', () => {
    for (const around of [
      `\`\`\`json\n${text}\n\`\`\``,
      `Sure [1], here {it} is:\n${text}\nDoes it {"fit"}?`,
      `<think>Maybe {"title":"x","seconds":2,"lang":"de","mood":"sad"}?</think>\n${text}`,
      `Maybe {"title":"x","seconds":2,"lang":"de","mood":"sad"}?</think>\n${text}`,
      `First <thinking>[1]</thinking> then ${text}`,
      `It was {"title":"x"} and is ${text}`,
      JSON.stringify(text),
    ]) {
      assert.equal(rung(around, good), 'extracted', around);
    }
    assert.equal(rung('```\n42\n```', 42, { type: 'number' }), 'extracted');
    const quoting = { ...good, title: '<think>no ``` {" </think>' };
    assert.equal(rung(`Here: ${JSON.stringify(quoting)}`, quoting), 'extracted');
  });

  test('takes the longest that validates', () => {
    assert.equal(
      rung(`${text} or {"title":"longer","seconds":2,"lang":"de"} or {"title":1}`, { title: 'longer', seconds: 2, lang: 'de' }),
      'extracted',
    );
  });

  test('mends the syntax', () => {
    const value = { title: 'it\'s "so"', seconds: 1, lang: 'en', tags: ['a', 'b'], loud: true };
    for (const damaged of [
      `{'title': 'it\\'s "so"', 'seconds': 1, 'lang': 'en', 'tags': ['a', 'b'], 'loud': True}`,
      `{title: "it's "so"", seconds: 1, lang: "en", tags: ["a", "b",], loud: true,}`,
      `{"title": "it's \\"so\\"", // a comment\n "seconds": 1, /* { */ "lang": "en", "tags": ["a", "b"], # more\n "loud": true}`,
      `{“title”: “it's "so"”, “seconds”: +1, “lang”: “en”, “tags”: [“a”, “b”], “loud”: TRUE}`,
      `Here you are:\n\`\`\`json\n{"title": "it's \\"so\\"", "seconds": 1, "lang": "en", "loud": true, "tags": ["a", "b"\n\`\`\`\nBye!`,
      `{"title": "it's \\"so\\""\n "seconds": 1\n "lang": "en", "tags": ["a", "b", "loud": true}`.replace('"b", ', '"b"], '),
    ]) {
      assert.equal(rung(damaged, value), 'syntax', damaged);
    }
    assert.equal(
      rung(
        '{"a": NaN, "b": [undefined, -Infinity], "c": "x\ny", "d": .5, "e": 0x1F, "f": 007}',
        { a: null, b: [null, null], c: 'x\ny', d: 0.5, e: 31, f: '007' },
        true,
      ),
      'syntax',
    );
    assert.equal(rung('{"a": [{"b": [1, 2}]}', { a: [{ b: [1, 2] }] }, true), 'syntax');
    assert.equal(
      rung(String.raw`{"re": "\d+\.x", "tex": "\alpha", "q": "\'"}`, { re: String.raw`\d+\.x`, tex: String.raw`\alpha`, q: "'" }, true),
      'syntax',
    );
    assert.equal(rung('{"__proto__": {"x": 1},}', JSON.parse('{"__proto__": {"x": 1}}') as Json, true), 'syntax');
    assert.equal(rung('True', true, { type: 'boolean' }), 'syntax');
  });

  test('coerces to the schema where nothing is lost', () => {
    const cases: readonly (readonly [Json, Json])[] = [
      [
        { title: 3, seconds: '4', lang: true },
        { title: '3', seconds: 4, lang: 'true' },
      ],
      [
        { ...good, loud: ' True ', tags: 'x', mood: 'Very_Happy' },
        { ...good, loud: true, tags: ['x'], mood: 'very happy' },
      ],
      [
        { ...good, title: ['a'], seconds: ['1'], tags: [1] },
        { ...good, tags: ['1'] },
      ],
      [{ ...good, hook: null, tags: null, more: 1 }, good],
      [{ title: 'a', seconds: 1 }, good],
      [{ result: good }, good],
      [{ scene: { ...good, seconds: '1' } }, good],
      [[good], good],
      [
        { ...good, tags: '["a","b"]' },
        { ...good, tags: ['a', 'b'] },
      ],
    ];
    for (const [from, to] of cases) assert.equal(rung(JSON.stringify(from), to), 'coerced', JSON.stringify(from));
    assert.equal(rung('Sad', 'sad', { enum: ['happy', 'sad'] }), 'coerced');
    assert.equal(rung('Just words.', 'Just words.', { type: 'string' }), 'coerced');
    assert.equal(rung('["2026-01-01"]', '2026-01-01', { type: 'string', format: 'date' }), 'coerced');
  });

  test('coerces through references, unions, tuples and maps', () => {
    const schema = {
      $defs: {
        n: { type: 'number' },
        tree: {
          type: 'object',
          properties: { value: { $ref: '#/$defs/n' }, next: { anyOf: [{ $ref: '#/$defs/tree' }, { type: 'null' }] } },
          required: ['value', 'next'],
        },
      },
      type: 'object',
      properties: {
        tree: { $ref: '#/$defs/tree' },
        pair: { type: 'array', prefixItems: [{ type: 'string' }, { $ref: '#/$defs/n' }], items: { type: 'boolean' } },
        either: {
          oneOf: [
            { type: 'object', properties: { is: { const: 'a' }, x: { type: 'number' } }, required: ['is', 'x'] },
            { type: 'object', properties: { is: { const: 'b' }, y: { type: 'string' } }, required: ['is', 'y'] },
          ],
        },
        'a/b %': { type: 'number' },
      },
      patternProperties: { '^x-': { type: 'number' } },
      additionalProperties: { allOf: [{ type: 'string' }] },
    };
    const from = {
      tree: { value: '1', next: { value: '2', next: null } },
      pair: [1, '2', 'true'],
      either: { is: 'B', y: 3 },
      'a/b %': '4',
      'x-1': '5',
      other: 6,
    };
    const to = {
      tree: { value: 1, next: { value: 2, next: null } },
      pair: ['1', 2, true],
      either: { is: 'b', y: '3' },
      'a/b %': 4,
      'x-1': 5,
      other: '6',
    };
    assert.equal(rung(JSON.stringify(from), to, schema), 'coerced');
  });

  test('stays calm where a schema leads back to itself, or has parts with bases of their own', () => {
    const based = {
      type: 'object',
      properties: {
        a: { $id: 'https://example.com/a', anyOf: [{ type: 'number' }, { $ref: '#/$defs/x' }], $defs: { x: { type: 'null' } } },
      },
    };
    assert.notEqual(rung('{"a": "1"}', { a: 1 }, based), 'none');
    assert.match(
      rung('{"a": 1}', null, { if: { not: { type: 'object', required: ['a'] } }, else: { $ref: '#' } }),
      /^bad: .*leads the schema back to itself/,
    );
  });

  test('refuses what it would have to guess, and says what is wrong', () => {
    const bad: readonly (readonly [string, RegExp])[] = [
      ['{"title":"a","seconds":"3s","lang":"en"}', /^bad: seconds: must be a whole number, is "3s"$/],
      ['{"title":"a","seconds":1.5,"lang":"en"}', /seconds: must be a whole number, is 1\.5/],
      ['{"title":["a","b"],"seconds":"12345678901234567890","lang":"en"}', /title: .*seconds: /],
      ['{"title":"a","seconds":1,"lang":"en","mood":"glad"}', /mood: must be one of/],
      ['{"unknown":"x"}', /title: is missing/],
      ['{"title": "the answer was cut', /middle of a string/],
      ['{"title": "a", "seconds": 1, ', /after a comma/],
      ['{"title": "a", "seconds":', /no value/],
      ['I cannot do that.', /there is no JSON in the answer/],
      ['', /there is no JSON/],
      ['<think>{"title":"a","seconds":1,"lang":"en"}', /there is no JSON/],
    ];
    for (const [answer, why] of bad) assert.match(rung(answer, null), why, answer);
    assert.match(rung('[1, 2]', null, { type: 'number' }), /must be a number/);
    assert.match(rung('{"a": {}, "b": 1}', null, { type: 'object', properties: { c: {} }, additionalProperties: false }), /is no field/);
    assert.deepEqual(mend('no').is, 'bad');
  });

  test('does without a schema', () => {
    assert.deepEqual(mend('Here: {"a": 1}'), { is: 'good', value: { a: 1 }, rung: 'extracted' });
    assert.deepEqual(mend('"text"'), { is: 'good', value: 'text', rung: 'none' });
    assert.deepEqual(mend('{"a": {"b": 1}, "c": [1, 2'), { is: 'good', value: { a: { b: 1 }, c: [1, 2] }, rung: 'syntax' });
  });
});

suite('for any value', () => {
  const value = fc.jsonValue() as fc.Arbitrary<Json>;
  const holder = value.filter((each) => typeof each === 'object' && each !== null);

  test('its JSON is read as it is, on no rung', () => {
    fc.assert(
      fc.property(value, (each) =>
        assert.deepEqual(mend(JSON.stringify(each)), { is: 'good', value: JSON.parse(JSON.stringify(each)), rung: 'none' }),
      ),
    );
  });

  const write = (each: Json, style: Style): string => {
    if (typeof each === 'string') return style.string(each);
    if (typeof each !== 'object' || each === null) return style.literal(each);
    const [open, close, items] = Array.isArray(each)
      ? ['[', ']', each.map((item) => write(item as Json, style))]
      : ['{', '}', Object.entries(each).map(([key, item]) => `${style.key(key)}: ${write(item, style)}`)];
    return `${open}${items.join(style.comma)}${items.length > 0 ? style.last : ''}${close}`;
  };
  interface Style {
    string(text: string): string;
    key(text: string): string;
    literal(each: Json): string;
    readonly comma: string;
    readonly last: string;
  }
  const plain: Style = { string: JSON.stringify, key: JSON.stringify, literal: JSON.stringify, comma: ', ', last: '' };
  const quoted = (quote: string) => (text: string) =>
    quote + JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll(quote, `\\${quote}`) + quote;
  const python = { null: 'None', true: 'True', false: 'False' } as Readonly<Record<string, string>>;
  const styles: Readonly<Record<string, Style>> = {
    'trailing commas': { ...plain, last: ',' },
    comments: { ...plain, comma: ', // and, "more" }\n', last: ' /* ] } " */' },
    'single quotes': { ...plain, string: quoted("'"), key: quoted("'") },
    'the literals of Python': { ...plain, literal: (each) => python[JSON.stringify(each)] ?? JSON.stringify(each) },
    'bare keys': { ...plain, key: (text) => (/^[A-Za-z_$][\w$]*$/.test(text) ? text : JSON.stringify(text)) },
    'raw newlines': {
      ...plain,
      string: (text) => JSON.stringify(text).replaceAll(/\\[^]/g, (escape) => (escape === '\\n' ? '\n' : escape)),
    },
  };
  for (const [name, style] of Object.entries(styles)) {
    test(`with ${name}, it is mended`, () => {
      fc.assert(
        fc.property(holder, (each) => {
          const mended = mend(write(each, style));
          assert.deepEqual(mended.is === 'good' ? mended.value : mended, JSON.parse(JSON.stringify(each)));
        }),
        { numRuns: 300 },
      );
    });
  }

  test('between sentences, it is found', () => {
    const prose = fc.string().map((text) => text.replaceAll(/[{}[\]<`]/g, ''));
    fc.assert(
      fc.property(holder, prose, prose, (each, before, after) => {
        fc.pre(Array.isArray(each) ? each.length > 0 : Object.keys(each ?? {}).length > 0);
        const mended = mend(`x ${before}${JSON.stringify(each)}${after} x`);
        assert.deepEqual(mended.is === 'good' ? mended.value : mended, JSON.parse(JSON.stringify(each)));
      }),
    );
  });

  test('without the brackets at its end, it is whole again', () => {
    fc.assert(
      fc.property(holder, fc.nat(), (each, cut) => {
        const whole = JSON.stringify(each);
        const closing = /[\]}]*$/.exec(whole)?.[0].length ?? 0;
        const mended = mend(whole.slice(0, whole.length - (cut % closing)));
        assert.deepEqual(mended.is === 'good' ? mended.value : mended, JSON.parse(whole));
      }),
    );
  });

  test('and for any text, an answer comes and nothing is thrown', () => {
    const validator = schemas.validator({
      $ref: '#/$defs/a',
      $defs: { a: { anyOf: [{ type: 'array', items: { $ref: '#/$defs/a' } }, { type: 'number' }] } },
    });
    const pieces = fc.array(
      fc.constantFrom(
        '{',
        '}',
        '[',
        ']',
        '"',
        "'",
        ',',
        ':',
        '\\',
        '```',
        '\n',
        '/*',
        '//',
        '#',
        'a',
        '1',
        'null',
        '<think>',
        '</think>',
        '“',
        ' ',
      ),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(pieces, (parts) => {
        mend(parts.join(''), validator);
        mend(parts.join(''));
      }),
      { numRuns: 2_000 },
    );
  });
});

suite('hostile answers', () => {
  const recursive = schemas.validator({
    $ref: '#/$defs/a',
    $defs: { a: { type: 'array', items: { anyOf: [{ $ref: '#/$defs/a' }, { type: 'null' }] } } },
  });

  test('of millions of letters are refused, and end', () => {
    const parts = ['[', '{', '{"a":', '{"a":"', '"', '`', '{"a\n```\n', '/*', '[1]', '<think>', '\\', '["', '{a:', '[1,', '#', '``` '];
    for (const part of parts) assert.equal(mend(part.repeat(200_000), recursive).is, 'bad', part);
  });

  test('may nest as deep as they like', () => {
    for (const depth of [99, 499, 500, 501, 5_000, 1_000_000]) {
      mend('['.repeat(depth) + ']'.repeat(depth), recursive);
      mend(`${'['.repeat(depth)}"x"${']'.repeat(depth)}`, recursive);
      mend(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`, recursive);
      mend(`${'[,'.repeat(depth)}${']'.repeat(depth)}`, recursive);
    }
    assert.equal(mend('['.repeat(501) + ']'.repeat(501)).is, 'bad');
  });
});
