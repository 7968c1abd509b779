import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Json } from '../../core/data/json.ts';
import { choiceFor } from './ask-person.ts';
import { readField } from './form.ts';

type Case = readonly [typed: string, schema: Readonly<Record<string, Json>>, read: Json | undefined];

suite('a line typed into a form', () => {
  const taken: readonly Case[] = [
    ['Ada', { type: 'string' }, 'Ada'],
    ['36', { type: 'string' }, '36'],
    ['3.5', { type: 'number' }, 3.5],
    ['-2', { type: 'integer' }, -2],
    ['y', { type: 'boolean' }, true],
    ['No', { type: 'boolean' }, false],
    ['', { type: 'boolean', default: true }, true],
    ['GREEN', { enum: ['red', 'green'] }, 'green'],
    ['2', { enum: [1, 2] }, 2],
    ['a, b', { type: 'array', items: { type: 'string' } }, ['a', 'b']],
    ['1,2', { type: 'array', items: { type: 'number' } }, [1, 2]],
    ['["a,b"]', { type: 'array' }, ['a,b']],
    ['{"x":1}', { type: 'object' }, { x: 1 }],
    ['7', {}, 7],
  ];
  for (const [typed, schema, read] of taken) {
    test(`${JSON.stringify(typed)} for ${JSON.stringify(schema)}`, () => assert.deepEqual(readField(typed, schema, true), { value: read }));
  }

  const refused: readonly Omit<Case, 2>[] = [
    ['x', { type: 'number' }, undefined],
    ['1.5', { type: 'integer' }, undefined],
    ['perhaps', { type: 'boolean' }, undefined],
    ['blue', { enum: ['red', 'green'] }, undefined],
    ['{oops', { type: 'object' }, undefined],
    ['', { type: 'integer' }, undefined],
  ];
  for (const [typed, schema] of refused) {
    test(`not ${JSON.stringify(typed)} for ${JSON.stringify(schema)}`, () => assert.ok('problem' in readField(typed, schema, true)));
  }

  test('nothing, where it may be left out', () => assert.deepEqual(readField('', { type: 'integer' }, false), { value: undefined }));
});

suite('a choice', () => {
  const choices = ['publish', 'Revise', 'discard', '2'];
  const found: readonly (readonly [typed: string, choice: string | undefined])[] = [
    ['publish', 'publish'],
    ['revise', 'Revise'],
    ['1', 'publish'],
    ['2', '2'],
    ['3', 'discard'],
    ['dis', 'discard'],
    ['', undefined],
    ['9', undefined],
    ['x', undefined],
  ];
  for (const [typed, choice] of found)
    test(`${JSON.stringify(typed)} is ${choice ?? 'none'}`, () => assert.equal(choiceFor(typed, choices), choice));

  test('is not guessed where two begin alike', () => assert.equal(choiceFor('p', ['publish', 'print']), undefined));
});
