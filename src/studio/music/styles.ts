/** What is played in each mood. Patterns have sixteen places a bar: `X` is loud, `x` less so, `o` soft, `.` nothing. */
import type { Mood } from './mood.ts';
import type { DrumVoice, PitchedVoice } from './score.ts';

type Several<T> = readonly [T, ...T[]];
/** Four chords, a bar each. */
type Progression = readonly [string, string, string, string];

export interface Figure {
  readonly voice: PitchedVoice;
  readonly level: number;
  readonly register: { readonly low: number; readonly high: number };
  /** `steps`: which note of the chord, from below, is played at each place; `strum`: all of them, `d`own or `u`p. */
  readonly play:
    { readonly as: 'steps'; readonly patterns: Several<string> } | { readonly as: 'strum'; readonly patterns: Several<string> };
  /** Sixteenths for which a note is held. */
  readonly held: number;
}

type Drums = Partial<Readonly<Record<DrumVoice, string>>>;

export interface Style {
  readonly tempo: readonly [number, number];
  /** Pitches of the octave: 0 is C. */
  readonly keys: Several<number>;
  /** Of each pair of eighths (or sixteenths), the share that the first one takes. */
  readonly swing: { readonly share: number; readonly pairs: 'eighths' | 'sixteenths' };
  readonly verse: Several<Progression>;
  readonly chorus: Several<Progression>;
  /** The two bars before the last chord, and the last chord. */
  readonly cadence: readonly [string, string];
  readonly last: string;
  readonly figure: Figure;
  /** Joins in the chorus. */
  readonly counter: Figure;
  /** `1` is the root, `5` the fifth, `8` the octave; `-` holds. */
  readonly bass: { readonly level: number; readonly patterns: Several<string> };
  readonly pad: { readonly level: number };
  readonly melody: {
    readonly voice: PitchedVoice;
    readonly level: number;
    readonly centre: number;
    /** Two bars: `x` begins a note, `-` holds it. */
    readonly rhythms: Several<string>;
  };
  readonly drums: { readonly verse: Drums; readonly chorus: Drums };
  readonly drumLevel: number;
  readonly room: { readonly seconds: number; readonly level: number };
}

const mid = { low: 57, high: 76 };
const high = { low: 69, high: 86 };

export const styles: Readonly<Record<Mood, Style>> = {
  'kid-playful': {
    tempo: [108, 122],
    keys: [0, 2, 5, 7],
    swing: { share: 0.58, pairs: 'eighths' },
    verse: [
      ['I', 'vi', 'IV', 'V'],
      ['I', 'IV', 'I', 'V'],
      ['I', 'V', 'vi', 'IV'],
    ],
    chorus: [
      ['IV', 'V', 'iii', 'vi'],
      ['IV', 'I', 'ii', 'V'],
    ],
    cadence: ['ii', 'V7'],
    last: 'I6',
    figure: {
      voice: 'ukulele',
      level: 0.5,
      register: { low: 60, high: 74 },
      play: { as: 'strum', patterns: ['d...d.u...u.d.u.', 'd...d...d.u.d.u.', 'd.....u.d...d.u.'] },
      held: 4,
    },
    counter: {
      voice: 'pizzicato',
      level: 0.4,
      register: high,
      play: { as: 'steps', patterns: ['0...1...2...1...', '2...1...0...1...'] },
      held: 2,
    },
    bass: { level: 0.62, patterns: ['1---....5---....', '1---....5---..1-', '1-----1-5---....'] },
    pad: { level: 0.1 },
    melody: {
      voice: 'marimba',
      level: 0.5,
      centre: 79,
      rhythms: ['x-x-x---x-x-x---x-x-x-x-x-------', 'x---x-x-x-------x---x-x-x-x-x---', 'x-x-..x-x-..x-..x-x-..x-x-------'],
    },
    drums: {
      verse: { kick: 'X.......x.......', snap: '....X.......X...', shaker: 'o.x.o.x.o.x.o.x.', block: '..............x.' },
      chorus: { kick: 'X.......x.x.....', snap: '....X.......X...', shaker: 'x.o.x.o.x.o.x.o.' },
    },
    drumLevel: 0.8,
    room: { seconds: 0.9, level: 0.16 },
  },
  calm: {
    tempo: [70, 82],
    keys: [0, 2, 3, 5, 7, 10],
    swing: { share: 0.5, pairs: 'eighths' },
    verse: [
      ['Iadd9', 'vi7', 'IVmaj7', 'Vsus4'],
      ['Imaj7', 'IVmaj7', 'vi7', 'V'],
      ['Iadd9', 'iii7', 'IVmaj7', 'V'],
    ],
    chorus: [
      ['IVmaj7', 'V', 'iii7', 'vi7'],
      ['vi7', 'IVmaj7', 'Iadd9', 'V'],
    ],
    cadence: ['IVmaj7', 'Vsus4'],
    last: 'Iadd9',
    figure: {
      voice: 'piano',
      level: 0.6,
      register: mid,
      play: { as: 'steps', patterns: ['0.1.2.3.2.1.2.1.', '0.2.1.2.3.2.1.2.', '0...1.2.3...2.1.'] },
      held: 8,
    },
    counter: {
      voice: 'kalimba',
      level: 0.3,
      register: high,
      play: { as: 'steps', patterns: ['....2.......3...', '..3.....2.....1.'] },
      held: 8,
    },
    bass: { level: 0.64, patterns: ['1-------------..', '1---------5---..'] },
    pad: { level: 0.36 },
    melody: {
      voice: 'piano',
      level: 0.5,
      centre: 76,
      rhythms: ['x-------x---x---x---------------', 'x-----x-x-------x-----x-x-------', '....x---x-------....x---x-------'],
    },
    drums: {
      verse: { shaker: '....o.......o...', kick: 'o...............' },
      chorus: { shaker: '..o...o...o...o.', kick: 'o.......o.......' },
    },
    drumLevel: 0.5,
    room: { seconds: 2.2, level: 0.3 },
  },
  upbeat: {
    tempo: [102, 116],
    keys: [0, 2, 4, 7, 9],
    swing: { share: 0.5, pairs: 'eighths' },
    verse: [
      ['I', 'V', 'vi', 'IV'],
      ['I', 'iii', 'vi', 'IV'],
      ['Iadd9', 'IV', 'vi', 'V'],
    ],
    chorus: [
      ['IV', 'I', 'V', 'vi'],
      ['vi', 'IV', 'I', 'V'],
    ],
    cadence: ['IV', 'Vsus4'],
    last: 'Iadd9',
    figure: {
      voice: 'guitar',
      level: 0.56,
      register: mid,
      play: { as: 'steps', patterns: ['0.2.1.2.0.2.1.2.', '0.1.2.1.0.1.2.1.', '0..2..1.0..2..1.'] },
      held: 3,
    },
    counter: {
      voice: 'kalimba',
      level: 0.34,
      register: high,
      play: { as: 'steps', patterns: ['0.1.2...0.1.2...', '2..1..0.2..1..0.'] },
      held: 4,
    },
    bass: { level: 0.6, patterns: ['1-----1-....1-5-', '1---..1-1---..5-', '1--1--1-....1---'] },
    pad: { level: 0.2 },
    melody: {
      voice: 'marimba',
      level: 0.52,
      centre: 78,
      rhythms: ['x--x--x-..x-x---x--x--x-x-------', 'x-x-x---..x-x-x-x---x-----------', '..x-x-x-x---....x-x-x-----------'],
    },
    drums: {
      verse: { kick: 'X.......X.x.....', clap: '....x.......x...', shaker: 'x.o.x.o.x.o.x.o.', hat: '..o...o...o...o.' },
      chorus: { kick: 'X.....x.X.......', clap: '....x.......x...', shaker: 'xooxooxoxooxooxo' },
    },
    drumLevel: 0.85,
    room: { seconds: 1.2, level: 0.18 },
  },
  curious: {
    tempo: [90, 104],
    keys: [0, 2, 5, 7, 9],
    swing: { share: 0.5, pairs: 'eighths' },
    verse: [
      ['vi', 'IV', 'I', 'V'],
      ['vi7', 'ii7', 'IVmaj7', 'V'],
      ['ii7', 'vi7', 'IV', 'V'],
    ],
    chorus: [
      ['IVmaj7', 'V', 'vi7', 'Iadd9'],
      ['I', 'bVII', 'IV', 'I'],
    ],
    cadence: ['IV', 'V'],
    last: 'Iadd9',
    figure: {
      voice: 'pizzicato',
      level: 0.56,
      register: mid,
      play: { as: 'steps', patterns: ['0...2.1.0...2.1.', '0.1...2.0.1...2.', '0..1..2...1.2...'] },
      held: 2,
    },
    counter: {
      voice: 'marimba',
      level: 0.36,
      register: high,
      play: { as: 'steps', patterns: ['0.1.2.1.0.1.2.1.', '2.1.0.1.2.1.0.1.'] },
      held: 2,
    },
    bass: { level: 0.58, patterns: ['1---....1---..5-', '1-......8-..5-..', '1-----..5---....'] },
    pad: { level: 0.26 },
    melody: {
      voice: 'kalimba',
      level: 0.6,
      centre: 77,
      rhythms: ['x---..x-x-..x---..x-x---........', '..x-x---..x-x---x---x-----------', 'x-..x-..x-x-x---....x-x-x-------'],
    },
    drums: {
      verse: { kick: 'x.......x.......', rim: '....o.......o...', shaker: 'o.o.o.o.o.o.o.o.', block: '......x.........' },
      chorus: { kick: 'x.....x.........', snap: '....x.......x...', shaker: 'o.x.o.x.o.x.o.x.', block: '...........x..o.' },
    },
    drumLevel: 0.75,
    room: { seconds: 1.5, level: 0.22 },
  },
  cozy: {
    tempo: [74, 86],
    keys: [0, 3, 5, 8, 10],
    swing: { share: 0.58, pairs: 'sixteenths' },
    verse: [
      ['Imaj9', 'vi7', 'ii9', 'V9'],
      ['IVmaj7', 'iii7', 'ii7', 'Imaj7'],
      ['Imaj7', 'iii7', 'IVmaj7', 'V9'],
    ],
    chorus: [
      ['IVmaj9', 'V9', 'iii7', 'vi9'],
      ['ii9', 'V9', 'Imaj9', 'vi7'],
    ],
    cadence: ['ii9', 'V9'],
    last: 'Imaj9',
    figure: {
      voice: 'electric-piano',
      level: 0.56,
      register: { low: 54, high: 73 },
      play: { as: 'strum', patterns: ['d.....d.........', 'd.......d..d....', 'd.........d.....'] },
      held: 10,
    },
    counter: {
      voice: 'guitar',
      level: 0.36,
      register: { low: 62, high: 79 },
      play: { as: 'steps', patterns: ['..0.1.2.....2.1.', '....2.1.0.1.....'] },
      held: 6,
    },
    bass: { level: 0.64, patterns: ['1-----..5-..1---', '1---..1-..5-----', '1-------..8-5-..'] },
    pad: { level: 0.2 },
    melody: {
      voice: 'guitar',
      level: 0.5,
      centre: 73,
      rhythms: ['..x-x---x-----..x---x-----------', 'x---..x-x-x-----..x-x-----------', 'x--x----x-..x---x---------------'],
    },
    drums: {
      verse: { kick: 'X.....o.x.......', rim: '....x.......x...', hat: 'o.o.o.o.o.o.o.o.', shaker: '..o...o...o...o.' },
      chorus: { kick: 'X.......o.x.....', rim: '....x.......x..o', hat: 'x.o.x.o.x.o.x.oo' },
    },
    drumLevel: 0.6,
    room: { seconds: 1.4, level: 0.2 },
  },
  energetic: {
    tempo: [118, 130],
    keys: [0, 2, 4, 5, 9],
    swing: { share: 0.5, pairs: 'eighths' },
    verse: [
      ['vi', 'IV', 'I', 'V'],
      ['I', 'V', 'vi', 'IV'],
      ['IV', 'vi', 'I', 'V'],
    ],
    chorus: [
      ['IV', 'V', 'vi', 'I'],
      ['I', 'bVII', 'IV', 'V'],
    ],
    cadence: ['IV', 'V'],
    last: 'Iadd9',
    figure: {
      voice: 'synth',
      level: 0.46,
      register: mid,
      play: { as: 'steps', patterns: ['0.1.2.1.0.1.2.1.', '0.12.1.20.12.1.2', '2.1.0.1.2.1.0.1.'] },
      held: 2,
    },
    counter: {
      voice: 'bells',
      level: 0.22,
      register: high,
      play: { as: 'steps', patterns: ['0.....1.....2...', '2...1...0...1...'] },
      held: 6,
    },
    bass: { level: 0.6, patterns: ['..1-..1-..1-..1-', '1-1-..1-1-1-..5-', '1-..1-..1-..1-1-'] },
    pad: { level: 0.26 },
    melody: {
      voice: 'guitar',
      level: 0.5,
      centre: 76,
      rhythms: ['x--x--x-..x-x---x--x--x---------', '....x-x-x---x---....x-x-x-------', 'x-----x-x---x---x---------------'],
    },
    drums: {
      verse: { kick: 'X...x...X...x...', clap: '....X.......X...', hat: '..x...x...x...x.', shaker: '....o.......o...' },
      chorus: { kick: 'X...x...X...x...', clap: '....X.......X...', hat: 'o.xoo.xoo.xoo.xo', shaker: 'xooxooxoxooxooxo' },
    },
    drumLevel: 0.9,
    room: { seconds: 1.1, level: 0.16 },
  },
};
