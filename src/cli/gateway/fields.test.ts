import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { FunctionConfig } from '../../compose.ts';
import { exampleInput, fieldsOf, textField } from './fields.ts';

type Schema = FunctionConfig['schemas'][string]['schema'];

const fn = (user: Schema, system?: Schema): FunctionConfig => ({
  name: 'f',
  type: 'chat',
  schemas: {
    user: { path: 'user.json', schema: user },
    ...(system === undefined ? {} : { system: { path: 'system.json', schema: system } }),
  },
  tools: [],
  variants: {},
  experiment: { type: 'static', candidates: {}, fallbacks: [] },
});

const film = {
  type: 'object',
  properties: {
    notes: { type: ['string', 'null'] },
    title: { type: 'string', minLength: 5, description: 'Its name.' },
    mood: { enum: ['calm', 'bold'] },
    length: { type: 'number', exclusiveMinimum: 10, maximum: 300 },
    scenes: { type: 'array', minItems: 2, items: { $ref: '#/$defs/scene' } },
  },
  required: ['title', 'mood', 'length', 'scenes'],
  $defs: {
    scene: {
      type: 'object',
      properties: { text: { type: 'string' }, cut: { type: 'boolean' }, next: { $ref: '#/$defs/scene' } },
      required: ['text', 'cut'],
    },
  },
};

suite('the fields of a function', () => {
  test('the required ones come first, in words', () => {
    assert.deepEqual(
      fieldsOf(fn(film)).map(({ name, takes, isRequired, about }) => [name, takes, isRequired, about]),
      [
        ['title', 'text', true, 'Its name.'],
        ['mood', 'calm or bold', true, ''],
        ['length', 'number, up to 300', true, ''],
        ['scenes', 'a list', true, ''],
        ['notes', 'text', false, ''],
      ],
    );
  });

  test('those of both schemas count, and of a schema that says nothing there are none', () => {
    const system = { properties: { audience: { type: 'string' } }, required: ['audience'] };
    assert.deepEqual(
      fieldsOf(fn({ properties: { topic: {} } }, system)).map(({ name, takes }) => [name, takes]),
      [
        ['audience', 'text'],
        ['topic', 'anything'],
      ],
    );
    for (const schema of [true, {}, { properties: 7 }, { $ref: '#/nowhere' }, { $ref: '#' }]) assert.deepEqual(fieldsOf(fn(schema)), []);
  });

  test('the example has what must be there, and fits', () => {
    const example = exampleInput(fieldsOf(fn(film)));
    const ajv = new Ajv2020();
    assert.ok(ajv.validate(film, example), ajv.errorsText());
    const scene = { text: '…', cut: true };
    assert.deepEqual(example, { title: '…'.repeat(5), mood: 'calm', length: 11, scenes: [scene, scene] });
  });

  test('an example of what contains itself comes to an end', () => {
    const node = { type: 'object', properties: { child: { $ref: '#' } }, required: ['child'] };
    assert.equal(typeof exampleInput(fieldsOf(fn(node))), 'object');
  });

  test('a text is for the only field that must be there, or the only one that there is, if it takes text', () => {
    const of = (properties: Schema, required: readonly string[] = []) =>
      textField(fieldsOf(fn({ properties, required: [...required] })))?.name;
    const [text, number, choice] = [{ type: 'string' }, { type: 'number' }, { type: 'string', enum: ['a'] }];
    assert.equal(of({ a: text, b: number }, ['a']), 'a');
    assert.equal(of({ a: text }), 'a');
    assert.equal(of({ a: text, b: text }), undefined);
    assert.equal(of({ a: text, b: text }, ['a', 'b']), undefined);
    assert.equal(of({ a: number, b: text }, ['a']), undefined);
    assert.equal(of({ a: choice }), undefined);
  });
});
