/** Plays a score: each different note is made once, and then laid wherever it is played. */
import { biquad, highPass, highShelf, peaking, type Coefficients } from '../sound/biquad.ts';
import { frequencyOf } from './harmony.ts';
import { addRoom } from './room.ts';
import type { Note, Score, Voice } from './score.ts';
import { drums } from './voices/drums.ts';
import type { Instrument } from './voices/instrument.ts';
import { fadeOut } from './voices/partials.ts';
import { tuned } from './voices/tuned.ts';

const instruments: Readonly<Record<Voice, Instrument>> = { ...tuned, ...drums };
/** Degrees of force for which a note is made anew. */
const forces = 3;

/** Seconds in which the last chord is gone. */
const closing = 2.5;

interface Desk {
  readonly rate: number;
  readonly left: Float32Array;
  readonly right: Float32Array;
  /** What the room hears. */
  readonly sent: Float32Array;
}

export function play({ notes, seconds, room }: Score, rate: number, share: (done: number) => void): readonly [Float32Array, Float32Array] {
  const length = Math.round(seconds * rate);
  const desk: Desk = { rate, left: new Float32Array(length), right: new Float32Array(length), sent: new Float32Array(length) };
  const sounds = soundsOf(notes, rate);
  for (const [index, note] of notes.entries()) {
    lay(desk, note, sounds.get(keyOf(note)) ?? new Float32Array(0));
    if (index % 64 === 0) share((0.6 * index) / notes.length);
  }
  filter(desk.sent, rate, [highPass(rate, 220)]);
  for (const [side, samples] of [desk.left, desk.right].entries()) {
    addRoom(samples, desk.sent, { rate, side, seconds: room.seconds, level: room.level });
    // Takes away what lies below every note, and makes room where voices are understood.
    filter(samples, rate, [highPass(rate, 32), peaking(rate, 2300, 0.6, -4.5), highShelf(rate, 9000, -1.5)]);
    for (let index = 0; index < length; index++) samples[index] = warm(samples[index] ?? 0);
    fadeOut(samples, rate, Math.min(closing, seconds / 4));
    share(0.8 + 0.2 * side);
  }
  return [desk.left, desk.right];
}

/** In place, a second at a time: a long piece is never in memory twice. */
function filter(samples: Float32Array, rate: number, by: readonly Coefficients[]): void {
  const filters = by.map(biquad);
  for (let first = 0; first < samples.length; first += rate) {
    const piece = samples.subarray(first, first + rate);
    piece.set(filters.reduce((filtered, one) => one(filtered), piece));
  }
}

/** Bends the peaks a little, as tape does. */
const warm = (sample: number): number => {
  const bounded = sample < -1.4 ? -1.4 : sample > 1.4 ? 1.4 : sample;
  return bounded - (bounded * bounded * bounded) / 7;
};

const forceOf = ({ loudness }: Note): number => Math.min(forces - 1, Math.floor(loudness * forces)) / (forces - 1);

const keyOf = (note: Note): string => `${note.voice}/${note.pitch}/${forceOf(note)}/${note.take}`;

/** Every different note, as long as it is needed at most. */
function soundsOf(notes: readonly Note[], rate: number): ReadonlyMap<string, Float32Array> {
  const longest = new Map<string, Note>();
  for (const note of notes) if (note.seconds > (longest.get(keyOf(note))?.seconds ?? 0)) longest.set(keyOf(note), note);
  return new Map(
    [...longest].map(([key, note]) => {
      const { sound, rings, release } = instruments[note.voice];
      const samples = Math.round(Math.min(rings, note.seconds + release) * rate);
      const made = sound({ rate, samples, frequency: frequencyOf(note.pitch), force: forceOf(note), take: note.take });
      fadeOut(made, rate, 0.05);
      return [key, made];
    }),
  );
}

function lay({ rate, left, right, sent }: Desk, { voice, at, seconds, loudness, pan }: Note, sound: Float32Array): void {
  const { gain, release, room } = instruments[voice];
  const first = Math.round(at * rate);
  const held = Math.round(seconds * rate);
  const fade = Math.round(release * rate);
  const end = Math.min(sound.length, held + fade, left.length - first);
  const level = gain * loudness;
  // Equally loud wherever it stands.
  const angle = ((pan + 1) * Math.PI) / 4;
  const toLeft = level * Math.cos(angle);
  const toRight = level * Math.sin(angle);
  const toRoom = level * room;
  for (let index = 0; index < end; index++) {
    const sample = (sound[index] ?? 0) * (index < held ? 1 : fallen((index - held) / fade));
    const place = first + index;
    left[place] = (left[place] ?? 0) + sample * toLeft;
    right[place] = (right[place] ?? 0) + sample * toRight;
    sent[place] = (sent[place] ?? 0) + sample * toRoom;
  }
}

const fallen = (share: number): number => (1 - share) * (1 - share);
