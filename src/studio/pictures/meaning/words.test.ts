import assert from 'node:assert/strict';
import test from 'node:test';
import { singular, tokensOf, verbs } from './words.ts';

test('plurals are read as the one thing', () => {
  const pairs =
    'knives knife, loaves loaf, leaves leaf, tomatoes tomato, brushes brush, boxes box, berries berry, cookies cookie, pies pie, mice mouse, shoes shoe, glasses glasses, scissors scissors, tires tyre, glass glass, gas gas, constructor constructor';
  for (const pair of pairs.split(', ')) {
    const [many = '', one = ''] = pair.split(' ');
    assert.equal(singular(many), one);
  }
});

test('a verb is found in each of its forms', () => {
  const pairs =
    'sanding sand, glued glue, cutting cut, tying tie, sewn sew, dries dry, dried dry, mixes mix, drill drill, constructor constructor';
  for (const pair of pairs.split(', ')) {
    const [form = '', verb = ''] = pair.split(' ');
    assert.ok(verbs(form).includes(verb), form);
  }
});

test('a text is taken apart into words, with its stops, its possessives and what has grown together', () => {
  const tokens = tokensOf("A papier-mâché bowl, a hand’s length; it's DONE");
  assert.deepEqual(
    tokens.map(({ text }) => text),
    ['a', 'papier', 'mache', 'bowl', 'a', 'hand', 'length', 'it', 'done'],
  );
  assert.deepEqual(
    tokens.map(({ stop }) => stop),
    ['', '', '', ',', '', '', '.', '', ''],
  );
  assert.deepEqual(
    tokens.filter(({ joined }) => joined).map(({ text }) => text),
    ['mache'],
  );
  assert.deepEqual(
    tokens.filter(({ possessive }) => possessive).map(({ text }) => text),
    ['hand'],
  );
});

test('whatever is no English word is no word', () => {
  for (const text of ['', '纸飞机', '🎉', '—…!?']) assert.deepEqual(tokensOf(text), []);
});
