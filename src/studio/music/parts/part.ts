/** What the players of a piece share. */
import type { Bar } from '../form.ts';
import type { Chord } from '../harmony.ts';
import type { Voice } from '../score.ts';
import type { Style } from '../styles.ts';

export interface PlayedBar extends Bar {
  /** From the begin of the piece. */
  readonly index: number;
  readonly chord: Chord;
  /** The chord as the figure plays it. */
  readonly voicing: readonly number[];
}

export interface Part {
  readonly style: Style;
  /** Of the octave. */
  readonly key: number;
  readonly seed: number;
  readonly bars: readonly PlayedBar[];
}

/** A note that has its place in the bar, and not yet its time. */
export interface WrittenNote {
  readonly voice: Voice;
  /** Sixteenths from the begin of the piece, and how many it is held. */
  readonly place: number;
  readonly held: number;
  readonly pitch: number;
  readonly loudness: number;
  readonly pan: number;
  /** Seconds after its place: the strings of a strummed chord sound one after another. */
  readonly after?: number;
}

export const placesInBar = 16;

/** How loud a letter of a pattern is. */
export const accents: Readonly<Record<string, number>> = { X: 1, x: 0.72, o: 0.42 };
