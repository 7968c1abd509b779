import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Repeats } from './repeats.ts';

test('the same is said a few times, and the next one that is said counts the others', () => {
  const repeats = new Repeats();
  const said = Array.from({ length: 50 }, () => repeats.say('no key', 1000)).filter((unsaid) => unsaid !== undefined);
  assert.equal(said.length, 20);
  assert.equal(repeats.say('another', 1000), 0, 'it holds nobody else back');
  assert.equal(repeats.say('no key', 11_000), 30);
  assert.equal(repeats.say('no key', 11_001), 0);
});

test('a thousand different things forget the first, and take no more room', () => {
  const repeats = new Repeats();
  for (let place = 0; place < 20; place++) repeats.say('first', 0);
  assert.equal(repeats.say('first', 0), undefined);
  for (let place = 0; place < 1000; place++) repeats.say(`other ${place}`, 0);
  assert.equal(repeats.say('first', 0), 0);
});
