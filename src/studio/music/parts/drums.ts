import { chanceOf } from '../chance.ts';
import type { DrumVoice } from '../score.ts';
import { accents, placesInBar, type Part, type PlayedBar, type WrittenNote } from './part.ts';

const sides: Readonly<Record<DrumVoice, number>> = {
  kick: 0,
  clap: 0.08,
  snap: -0.12,
  rim: 0.18,
  shaker: 0.42,
  hat: -0.36,
  block: -0.5,
  swell: 0,
};

/** Only what keeps time quietly, for where the rest of the drums is silent. */
const light: ReadonlySet<DrumVoice> = new Set(['shaker', 'hat']);

export function drumsOf({ style, seed, bars }: Part): WrittenNote[] {
  const chance = chanceOf(seed, 'drums');
  const { verse, chorus } = style.drums;
  return bars.flatMap((bar, index) => {
    if (bar.section === 'intro' && bar.place < bar.length / 2) return [];
    const quiet = bar.section === 'intro' || (bar.section === 'break' && bar.place < 2);
    // The patterns' names are those of drums.
    const patterns = Object.entries(bar.section === 'chorus' ? chorus : verse) as [DrumVoice, string][];
    const notes = patterns.flatMap(([voice, pattern]) => (quiet && !light.has(voice) ? [] : beaten(bar, voice, pattern, style.drumLevel)));
    const next = bars[index + 1];
    if (next === undefined || next.section === bar.section) return notes;
    const filled = [...notes, ...filling(bar, style.drumLevel, chance.share() < 0.5 ? 'snap' : 'rim')];
    return next.section === 'chorus' ? [...filled, { ...drum(bar, 'swell', 8, style.drumLevel * 0.6), held: 8 }] : filled;
  });
}

const beaten = (bar: PlayedBar, voice: DrumVoice, pattern: string, level: number): WrittenNote[] =>
  pattern.split('').flatMap((letter, at) => {
    const loudness = (accents[letter] ?? 0) * level;
    return loudness === 0 ? [] : [drum(bar, voice, at, loudness)];
  });

/** Leads from one part of the piece into the next. */
const filling = (bar: PlayedBar, level: number, voice: DrumVoice): WrittenNote[] => [
  drum(bar, voice, 13, level * 0.4),
  drum(bar, voice, 14, level * 0.5),
  drum(bar, voice, 15, level * 0.6),
];

const drum = (bar: PlayedBar, voice: DrumVoice, at: number, loudness: number): WrittenNote => ({
  voice,
  place: bar.index * placesInBar + at,
  held: 4,
  pitch: 0,
  loudness,
  pan: sides[voice],
});
