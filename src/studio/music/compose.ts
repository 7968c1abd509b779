/** Writes a piece: chords, bass, a figure, a tune and drums, over a form that ends when the film does. */
import { chanceOf } from './chance.ts';
import { chordOf, voiced } from './harmony.ts';
import { formOf, type Bar } from './form.ts';
import type { Mood } from './mood.ts';
import { bassOf } from './parts/bass.ts';
import { drumsOf } from './parts/drums.ts';
import { endingOf } from './parts/ending.ts';
import { figureOf } from './parts/figure.ts';
import { melodyOf } from './parts/melody.ts';
import { padOf } from './parts/pad.ts';
import type { Part, PlayedBar } from './parts/part.ts';
import { performed } from './parts/performed.ts';
import type { Score } from './score.ts';
import { styles, type Style } from './styles.ts';

export function compose(mood: Mood, seconds: number, seed: number): Score {
  const style = styles[mood];
  const form = formOf(seconds, style.tempo);
  const chance = chanceOf(seed, 'harmony');
  const key = chance.pick(style.keys);
  const verse = chance.pick(style.verse);
  const chorus = chance.pick(style.chorus);
  let before: readonly number[] | undefined;
  const playedAs = (bar: Bar, numeral: string, index: number): PlayedBar => {
    const chord = chordOf(numeral, key);
    before = voiced(chord, style.figure.register, before);
    return { ...bar, index, chord, voicing: before };
  };
  const bars = form.bars.map((bar, index) => playedAs(bar, numeralOf(bar, style, verse, chorus), index));
  const last = playedAs({ section: 'turn', time: 0, place: 0, length: 1 }, style.last, bars.length);
  const music: Part = { style, key, seed, bars };
  const beats = [...figureOf(music), ...bassOf(music), ...padOf(music), ...melodyOf(music), ...drumsOf(music)];
  return {
    seconds,
    tempo: form.tempo,
    notes: [...performed(beats, { tempo: form.tempo, swing: style.swing, seed }), ...endingOf(last, style, form.last, seconds)],
    room: style.room,
  };
}

function numeralOf(bar: Bar, { cadence }: Style, verse: readonly string[], chorus: readonly string[]): string {
  if (bar.section === 'turn') return cadence[bar.length === 1 ? 1 : bar.place === 0 ? 0 : 1];
  const progression = bar.section === 'chorus' ? chorus : verse;
  return progression[bar.place % progression.length] ?? 'I';
}
