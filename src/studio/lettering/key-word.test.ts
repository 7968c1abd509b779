import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyWord } from './key-word.ts';

const of = (title: string): string | undefined => title.split(' ')[keyWord(title.split(' ')) ?? -1];

test('the word that a title is about stands out', () => {
  assert.equal(of('How to make paper airplanes that fly far'), 'airplanes');
  assert.equal(of('5 easy ways to clean your keyboard'), 'keyboard');
  assert.equal(of('Tie a tie'), 'tie');
});

test('a title of one word, or of plain words alone, has none', () => {
  assert.equal(of('Origami'), undefined);
  assert.equal(of('How to do it'), undefined);
  assert.equal(of(''), undefined);
});
