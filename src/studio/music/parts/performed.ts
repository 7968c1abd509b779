/** From what is written to what is played: swing, and the small inexactness of hands. */
import { chanceOf } from '../chance.ts';
import type { Note, Voice } from '../score.ts';
import type { Style } from '../styles.ts';
import type { WrittenNote } from './part.ts';

export interface Performance {
  readonly tempo: number;
  readonly swing: Style['swing'];
  readonly seed: number;
}

/** Seconds by which hands are early or late at most; who keeps the time is steadier. */
const unsteadiness = 0.006;
const steady: ReadonlySet<Voice> = new Set(['kick', 'clap', 'snap', 'hat', 'bass']);
const takes = 3;

export function performed(notes: readonly WrittenNote[], { tempo, swing, seed }: Performance): Note[] {
  const chance = chanceOf(seed, 'hands');
  const sixteenth = 60 / tempo / 4;
  return notes.map(({ voice, place, held, pitch, loudness, pan, after = 0 }, index) => ({
    voice,
    at: Math.max(0, swung(place, swing) * sixteenth + after + chance.between(-1, 1) * unsteadiness * (steady.has(voice) ? 0.3 : 1)),
    seconds: held * sixteenth,
    pitch,
    loudness: Math.min(1, loudness * chance.between(0.9, 1.08)),
    pan,
    take: index % takes,
  }));
}

/** Where a place in sixteenths lies once the pairs are uneven. */
export function swung(place: number, { share, pairs }: Style['swing']): number {
  const pair = pairs === 'eighths' ? 4 : 2;
  const begin = Math.floor(place / pair) * pair;
  const within = (place - begin) / pair;
  return begin + pair * (within < 0.5 ? within * 2 * share : share + (within - 0.5) * 2 * (1 - share));
}
