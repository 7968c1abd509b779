/** What one hears: a theme, and how it changes from scene to scene. */
import { rules } from 'continuo';
import type { Concept, Scene } from './concept.ts';
import { lookOf } from './story/data.ts';

export interface Cue {
  readonly scene: number;
  readonly mood: string;
  readonly tempo: number;
  readonly key: string;
  readonly instruments: readonly string[];
  readonly loudness: 'silent' | 'soft' | 'middle' | 'full';
  readonly note: string;
}

export interface Score {
  readonly theme: string;
  readonly key: string;
  readonly cues: readonly Cue[];
}

interface Colour {
  readonly faster: number;
  readonly loudness: Cue['loudness'];
  /** How many of the instruments play. */
  readonly players: number;
  readonly note: string;
}

const colours: Readonly<Record<string, Colour>> = {
  calm: { faster: 0.9, loudness: 'soft', players: 1, note: 'the theme, alone and without its end' },
  astonished: { faster: 0.8, loudness: 'soft', players: 2, note: 'one long note, then the first three of the theme' },
  uneasy: { faster: 0.95, loudness: 'soft', players: 2, note: 'the theme, with one note wrong' },
  determined: { faster: 1.1, loudness: 'middle', players: 3, note: 'a pulse comes in and stays' },
  hopeful: { faster: 1.05, loudness: 'middle', players: 3, note: 'a second voice answers the first' },
  awed: { faster: 0.75, loudness: 'middle', players: 4, note: 'everything opens; the theme in long values' },
  threatening: { faster: 1.2, loudness: 'full', players: 3, note: 'the pulse without the theme' },
  desolate: { faster: 0.7, loudness: 'silent', players: 1, note: 'nothing but the place; one instrument at the very end' },
  quiet: { faster: 0.8, loudness: 'soft', players: 1, note: 'the theme, in the other instrument' },
  tense: { faster: 1.25, loudness: 'full', players: 4, note: 'pulse and theme together for the first time' },
  warm: { faster: 0.95, loudness: 'middle', players: 4, note: 'the theme, with its end' },
};

const otherwise: Colour = { faster: 1, loudness: 'soft', players: 2, note: 'the theme, as it was' };

export default rules<{ readonly concept: Concept; readonly scenes: readonly Scene[] }, Score>(({ concept, scenes }) => {
  const { music } = lookOf(concept.genre);
  return {
    theme: `Five notes for ${concept.subject} in ${music.key}, rising, with a last one that is missing until the end.`,
    key: music.key,
    cues: scenes.map(({ number, mood }) => {
      const { faster, loudness, players, note } = colours[mood] ?? otherwise;
      return {
        scene: number,
        mood,
        tempo: Math.round(music.bpm * faster),
        key: music.key,
        instruments: music.instruments.slice(0, players),
        loudness,
        note,
      };
    }),
  };
});
