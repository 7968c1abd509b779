import assert from 'node:assert/strict';
import test from 'node:test';
import { isThing } from '../../things/things.ts';
import { companionNames } from '../companions.ts';
import { familiarNames } from '../familiar.ts';
import { readList } from '../read-list.ts';
import { meanings } from './meanings.ts';
import { tools } from './tools.ts';

const lines = [...meanings, tools].flatMap(readList);

test('whatever a word means, and whatever stands beside it, was drawn', () => {
  const named = [...lines.flatMap(({ thing }) => thing ?? []), ...companionNames, ...familiarNames];
  assert.deepEqual(
    [...new Set(named)].filter((name) => !isThing(name)),
    [],
  );
});

test('no word is explained twice for the same films', () => {
  for (const list of [meanings.flatMap(readList), readList(tools)]) {
    const said = list.flatMap(({ phrases, fields }) =>
      phrases.flatMap((phrase) => (fields.length === 0 ? [phrase] : fields.map((field) => `${field}: ${phrase}`))),
    );
    assert.deepEqual(
      said.filter((one, index) => said.indexOf(one) < index),
      [],
    );
  }
});

test('a line says what is meant, in which films, and how little', () => {
  assert.deepEqual(readList('~ garden, kitchen: pot, old pot = saucepan'), [
    { phrases: ['pot', 'old pot'], thing: 'saucepan', fields: ['garden', 'kitchen'], minor: true },
  ]);
  assert.deepEqual(readList('- light touch'), [{ phrases: ['light touch'], thing: undefined, fields: [], minor: false }]);
  assert.deepEqual(readList('\n  \n'), []);
});

test('a line that says nothing, or speaks of no known field, is told', () => {
  assert.throws(() => readList('pot'), /"pot" .*says nothing/);
  assert.throws(() => readList('- pot = saucepan'), /says nothing/);
  assert.throws(() => readList('moon: rock = rock'), /no field "moon"/);
});
