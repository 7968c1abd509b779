import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { compose } from './compose.ts';
import { formOf, musicSeconds } from './form.ts';
import { chordOf, voiced } from './harmony.ts';
import { moodFor } from './mood-for.ts';
import { moods } from './mood.ts';
import { swung } from './parts/performed.ts';
import { styles } from './styles.ts';

const seeds = Array.from({ length: 12 }, (_, seed) => seed);
const lengths = [0.5, 3, 8, 15, 31, 47.3, 60, 90, 184];

describe('the form', () => {
  test('whole bars end exactly where the last chord begins, at a tempo that suits the mood', () => {
    for (const seconds of lengths.filter((length) => length >= 15))
      for (const mood of moods) {
        const [slow, fast] = styles[mood].tempo;
        const { tempo, bars, last } = formOf(seconds, [slow, fast]);
        assert.ok(Math.abs((bars.length * 240) / tempo - last) < 1e-9);
        assert.ok(tempo > slow * 0.87 && tempo < fast * 1.13, `${mood}, ${seconds} s: ${tempo}`);
        assert.ok(seconds - last >= 2.9 && seconds - last <= 6, `${mood}, ${seconds} s: rings for ${seconds - last}`);
      }
  });

  test('a film of a minute has an intro, verses, a chorus and a turn', () => {
    const { bars } = formOf(60, styles.upbeat.tempo);
    const sections = bars.filter(({ place }) => place === 0).map(({ section }) => section);
    assert.deepEqual(sections, ['intro', 'verse', 'verse', 'chorus', 'verse', 'chorus', 'turn']);
  });

  test('a moment is one chord', () => assert.deepEqual(formOf(0.5, [100, 110]).bars, []));

  test('a film that becomes a second longer mostly keeps the length of its music', () => {
    assert.deepEqual([8.2, 57, 61.8, 63, 64, 64.01].map(musicSeconds), [16, 64, 64, 64, 64, 72]);
  });
});

describe('harmony', () => {
  test('numerals are read in their key', () => {
    assert.deepEqual(chordOf('ii7', 0), { root: 2, tones: [2, 5, 9, 0] });
    assert.deepEqual(chordOf('bVII', 2), { root: 0, tones: [0, 4, 7] });
    assert.deepEqual(chordOf('Imaj9', 10).tones, [10, 2, 5, 9, 0]);
    assert.throws(() => chordOf('VIIx', 0), /no chord/);
  });

  test('a chord comes in the inversion that is nearest to the one before it', () => {
    const register = { low: 57, high: 76 };
    const first = voiced(chordOf('I', 0), register, undefined);
    const second = voiced(chordOf('V', 0), register, first);
    assert.ok(
      second.every((pitch) => Math.min(...first.map((other) => Math.abs(other - pitch))) <= 2),
      `${first.join(' ')} → ${second.join(' ')}`,
    );
  });
});

describe('a piece', () => {
  test('the same seed gives the same piece, another seed another', () => {
    for (const mood of moods) {
      assert.deepEqual(compose(mood, 30, 7), compose(mood, 30, 7));
      assert.equal(new Set(seeds.map((seed) => JSON.stringify(compose(mood, 30, seed).notes))).size, seeds.length);
    }
  });

  test('every note lies within it, whatever its length', () => {
    for (const mood of moods)
      for (const seconds of lengths)
        for (const { at, seconds: held, pitch, loudness } of compose(mood, seconds, 3).notes) {
          assert.ok(at >= 0 && at < seconds && held > 0, `${mood}, ${seconds} s: a note at ${at} for ${held}`);
          assert.ok(loudness > 0 && loudness <= 1 && (pitch === 0 || (pitch >= 36 && pitch <= 100)), `${mood}: pitch ${pitch}`);
        }
  });

  test('the tune never grinds against the chord under it where it lasts', () => {
    for (const mood of moods)
      for (const seed of seeds) {
        const { notes } = compose(mood, 40, seed);
        const chords = notes.filter(({ voice }) => voice === 'pad');
        for (const note of notes.filter(({ pan, seconds }) => pan === 0.12 && seconds > 0.3)) {
          const under = chords.filter(({ at, seconds }) => at < note.at + 0.15 && at + seconds > note.at + note.seconds * 0.7);
          const grinding = under.filter(({ pitch }) => Math.abs(pitch - note.pitch) % 12 === 1 && note.pitch - pitch < 12);
          assert.deepEqual(grinding, [], `${mood} ${seed} at ${note.at}`);
        }
      }
  });

  test('the tune comes back', () => {
    const { notes, tempo } = compose('upbeat', 60, 4);
    const bar = 240 / tempo;
    const rhythm = (index: number): string =>
      notes
        .filter(({ pan, at }) => pan === 0.12 && Math.floor(at / bar + 0.02) === index)
        .map(({ at }) => Math.round((at / bar - index) * 16))
        .join(' ');
    assert.notEqual(rhythm(2), '');
    assert.equal(rhythm(2), rhythm(6));
  });

  test('swing makes the first of a pair longer, and leaves the beats where they are', () => {
    const swing = { share: 0.6, pairs: 'eighths' } as const;
    assert.deepEqual(
      [0, 2, 4, 8].map((place) => swung(place, swing)),
      [0, 2.4, 4, 8],
    );
  });
});

test('the mood follows the topic, and children come first', () => {
  const cases = {
    'how to make paper airplanes that fly far': 'upbeat',
    'how to bake sourdough bread': 'cozy',
    'how does a volcano work': 'curious',
    'fix a leaking tap': 'curious',
    'plant a herb garden': 'calm',
    'learn to juggle three balls': 'energetic',
    如何折纸飞机: 'upbeat',
    '': 'upbeat',
  };
  for (const [topic, mood] of Object.entries(cases)) assert.equal(moodFor(topic, 'adult'), mood, topic);
  assert.equal(moodFor('how to bake bread', 'kid'), 'kid-playful');
});
