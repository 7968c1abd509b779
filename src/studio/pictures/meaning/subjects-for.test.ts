import assert from 'node:assert/strict';
import test from 'node:test';
import { isThing } from '../things/things.ts';
import { described } from './fixtures/described.ts';
import { confident, subjectsFor, type SceneWords } from './subjects-for.ts';

const scene = (words: Partial<SceneWords>): SceneWords => ({
  topic: '',
  kind: 'step',
  shows: '',
  action: null,
  narration: '',
  number: 1,
  ...words,
});
const heroOf = (words: Partial<SceneWords>): string => subjectsFor(scene(words))[0]?.name ?? '';
const namesOf = (words: Partial<SceneWords>): readonly string[] => subjectsFor(scene(words)).map(({ name }) => name);

test('the hero is what a person would draw', () => {
  const wrong: string[] = [];
  let texts = 0;
  for (const line of described.trim().split('\n')) {
    const [topic = '', shows = '', right = ''] = line.split(' | ');
    texts += 1;
    const unknown = right.split(' ').filter((name) => !isThing(name));
    if (unknown.length > 0) wrong.push(`no such thing: ${unknown.join(' ')}`);
    const found = subjectsFor(scene({ topic, shows }));
    if (!right.split(' ').includes(found[0]?.name ?? '')) wrong.push(`${topic} | ${shows}: ${found.map(({ name }) => name).join(' ')}`);
  }
  assert.deepEqual(wrong, []);
  assert.ok(texts >= 120, `${texts} texts`);
});

test('candidates are things of the library, surest first, each once, ten at most', () => {
  for (const line of described.trim().split('\n')) {
    const [topic = '', shows = ''] = line.split(' | ');
    const found = subjectsFor(scene({ topic, shows, action: shows, narration: `${shows}. ${topic}.` }));
    assert.ok(found.length > 0 && found.length <= 10, shows);
    assert.equal(new Set(found.map(({ name }) => name)).size, found.length, shows);
    assert.deepEqual(
      found,
      found.toSorted((a, b) => b.sure - a.sure),
    );
    for (const { name, sure } of found) assert.ok(isThing(name) && sure > 0 && sure <= 1, `${name} ${sure}`);
  }
});

test('what is denied is not shown', () => {
  for (const shows of [
    'a bowl, no oven needed',
    'a bowl without an oven',
    'a bowl; do not heat the oven',
    'a bowl; don’t use the oven, never the oven',
    'a no-oven cake in a bowl',
  ])
    assert.ok(!namesOf({ topic: 'how to make a cake', shows }).includes('oven'), shows);
  assert.ok(namesOf({ topic: 'how to make a cake', shows: 'no bowl but an oven' }).includes('oven'));
});

test('what something is only likened to is not its hero', () => {
  assert.equal(heroOf({ shows: 'a sponge as hard as a rock' }), 'sponge');
  assert.equal(heroOf({ shows: 'it looks like an envelope: a folded sheet' }), 'folded-sheet');
});

test('a picture counts more than the order, and the order more than what is said', () => {
  const words = { topic: 'how to bake bread', shows: 'a rolling pin', action: 'Heat the oven.', narration: 'Butter the baking tray.' };
  const names = namesOf(words);
  assert.deepEqual(
    names.filter((name) => ['rolling-pin', 'oven', 'baking-tray'].includes(name)),
    ['rolling-pin', 'oven', 'baking-tray'],
  );
  assert.equal(heroOf({ ...words, shows: '' }), 'oven');
});

test('a verb stands for its tool where no thing is named', () => {
  const tools = {
    'Sand it smooth.': 'sandpaper',
    'Measure twice.': 'tape-measure',
    'Then hammer it in.': 'hammer',
    'Glue it.': 'glue-bottle',
  };
  for (const [action, tool] of Object.entries(tools)) assert.equal(heroOf({ topic: 'how to build it', action }), tool, action);
  assert.notEqual(heroOf({ topic: 'how to wire a plug', action: 'Lift the lid and watch.' }), 'watch');
});

test('what is needed is shown in its order, each thing once', () => {
  const shows = 'glass jar, wick with metal base, scissors or knife, and two more glass jars, laid out side by side';
  assert.deepEqual(namesOf({ topic: 'how to make a candle', kind: 'materials', shows }), [
    'jar-with-lid',
    'wick',
    'scissors',
    'kitchen-knife',
  ]);
});

test('little is needed: what comes of it stands beside it', () => {
  const shows = 'sheet of A4 paper, hard table, laid out side by side';
  assert.deepEqual(namesOf({ topic: 'how to fold a paper airplane', kind: 'materials', shows }).slice(0, 2), [
    'sheet-of-paper',
    'paper-airplane',
  ]);
});

test('words that name nothing get something of their kind, and every step something else', () => {
  const odd = ['', '   ', '折纸飞机', 'كيف تصنع طائرة', '🎉🎉', 'x'.repeat(20_000), '|;,.—', 'constructor __proto__ toString'];
  for (const text of odd) {
    const heroes = [1, 2, 3].map((number) => heroOf({ topic: text, shows: text, action: text, narration: text, number }));
    assert.equal(new Set(heroes).size, 3, text.slice(0, 20));
    assert.ok(subjectsFor(scene({ topic: text, shows: text })).every(({ name, sure }) => isThing(name) && sure < confident));
  }
  for (const kind of ['title', 'materials', 'result', 'ending'] as const) assert.ok(isThing(heroOf({ kind })), kind);
  assert.notEqual(heroOf({ topic: 'how to cook well' }), heroOf({ topic: 'how to garden well' }));
});

test('the same scene gives the same candidates', () => {
  const words = scene({
    topic: 'how to make a kite',
    shows: 'two wooden sticks tied in a cross',
    action: 'Cross the sticks and tie them.',
  });
  assert.deepEqual(subjectsFor(words), subjectsFor({ ...words }));
});
