import { strict as assert } from 'node:assert';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { soundsOf } from '../programs/estimate.ts';
import { readText } from '../reading/read-text.ts';
import type { Spoken } from '../spoken.ts';
import { runFlite } from './flite.ts';
import listed from './pronunciations.json' with { type: 'json' };
import { pronunciationOf } from './pronunciations.ts';
import { speakWithFlite } from './speak.ts';

const folder = mkdtempSync(join(tmpdir(), 'flite-'));
after(() => rmSync(folder, { recursive: true }));
const voice = { name: 'kal', stretch: 1, features: {} };

const speak = (text: string): Promise<readonly Spoken[]> =>
  speakWithFlite(readText(text), { voice, rate: 1, folder, onSentence: () => undefined });
const phonesOf = async (text: string): Promise<string> => {
  const { utterances } = await runFlite({ text, voice: 'kal' }, folder);
  return utterances.map(({ phones }) => phones.map(({ name }) => name).join(' ')).join(' / ');
};

test('every word of a sentence has its time, and pauses that are heard lie between words', async () => {
  const text = 'Make an X, cut 2½ cm off, and glue the origami. (It is DIY, e.g. a T-shirt.) Then, at last, press.';
  const read = readText(text);
  const spoken = await speak(text);
  assert.equal(spoken.length, read.sentences.length);
  for (const [index, { words, samples, rate, stretches }] of spoken.entries()) {
    assert.ok(words.every((word) => word !== undefined && word.end > word.start));
    const pauses = read.sentences[index]?.filter(({ pause }) => pause === 'comma').length ?? 0;
    assert.equal(stretches.length, pauses + 1);
    // What the sound itself shows, apart from what flite says of it.
    const sounds = soundsOf(samples, rate);
    for (const [at, { end }] of sounds.slice(0, -1).entries()) {
      const middle = (end + (sounds[at + 1]?.start ?? end)) / 2;
      const inside = words.find((word) => word !== undefined && word.start + 0.06 < middle && middle < word.end - 0.06);
      assert.equal(inside, undefined, `a pause at ${middle} s lies within a word`);
    }
  }
});

test('words that flite reads wrong are said by their phones, before a comma and with an ending, too', async () => {
  const [sentence] = await speak('Origami, and metres.');
  assert.equal(sentence?.stretches.length, 2);
  assert.equal(pronunciationOf('metres'), 'm iy1 t er z');
  assert.equal(pronunciationOf('sprockets'), 's p r aa1 k ax t s');
  assert.equal(pronunciationOf("d's"), undefined);
  assert.equal(pronunciationOf("D's"), 'd iy1 z');
  assert.equal(pronunciationOf('paper'), undefined);
});

test('the list of pronunciations has only phones that flite knows, in the order of the alphabet', async () => {
  const words = Object.entries(listed);
  assert.deepEqual(
    words.map(([word]) => word),
    words.map(([word]) => word).toSorted(),
  );
  const heard = await phonesOf(
    words.map(([word, phones], index) => `<phoneme ph="${' '.repeat(index % 2)}${phones}">${word},</phoneme>`).join(' '),
  );
  // The quick voice says `ah` as `aa`.
  const expected = words.map(([, phones]) => phones.replaceAll(/\d/g, '').replaceAll('ah', 'aa')).join(' ');
  assert.equal(
    heard
      .split(' ')
      .filter((phone) => !['pau', '/'].includes(phone))
      .join(' '),
    expected,
  );
});

test('a letter is said by its name, as often as it stands there', async () => {
  const [sentence] = await speak('Plan B B B.');
  assert.deepEqual(
    sentence?.words.map((word) => (word?.end ?? 0) > (word?.start ?? 0)),
    [true, true, true, true],
  );
  assert.equal(await phonesOf(`<phoneme ph="${pronunciationOf('W') ?? ''}">W.</phoneme>`), 'pau d aa b ax l y uw pau');
});

test('nothing is left in the folder', async () => {
  await speak('Go.');
  assert.deepEqual(readdirSync(folder), []);
});
