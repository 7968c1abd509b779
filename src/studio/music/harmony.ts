/** Chords: from a numeral ("vi7", "bVII") to the notes that are played, led so that each voice moves little. */

/** Notes are numbers as in MIDI: 60 is the middle C, 12 are an octave. */
export interface Chord {
  /** Of the octave: 0 is C. */
  readonly root: number;
  /** All of its tones, of the octave, the root first. */
  readonly tones: readonly number[];
}

const degrees: Readonly<Record<string, number>> = { i: 0, ii: 2, iii: 4, iv: 5, v: 7, vi: 9, vii: 11 };

/** Semitones above the root; a numeral in small letters lowers the third. */
const kinds: Readonly<Record<string, readonly number[]>> = {
  '': [0, 4, 7],
  '6': [0, 4, 7, 9],
  '7': [0, 4, 7, 10],
  '9': [0, 4, 7, 10, 14],
  add9: [0, 4, 7, 14],
  maj7: [0, 4, 7, 11],
  maj9: [0, 4, 7, 11, 14],
  sus4: [0, 5, 7],
  sus2: [0, 2, 7],
};

export function chordOf(numeral: string, key: number): Chord {
  const [, flat = '', degree = '', kind = ''] = /^(b?)([iv]+)(.*)$/i.exec(numeral) ?? [];
  const step = degrees[degree.toLowerCase()];
  const tones = kinds[kind];
  if (step === undefined || tones === undefined) throw new Error(`${numeral} is no chord`);
  const minor = degree === degree.toLowerCase();
  const root = (key + step - flat.length + 12) % 12;
  return { root, tones: tones.map((tone) => (root + (minor && tone === 4 ? 3 : tone)) % 12) };
}

export interface Register {
  readonly low: number;
  readonly high: number;
}

/** The chord within the register, as near as can be to what sounded before it. Ascending. */
export function voiced(chord: Chord, register: Register, before: readonly number[] | undefined): readonly number[] {
  const middle = (register.low + register.high) / 2;
  let best: readonly number[] = [];
  let least = Infinity;
  for (const voicing of voicingsOf(chord, register)) {
    const centre = voicing.reduce((sum, pitch) => sum + pitch, 0) / voicing.length;
    const cost = (before === undefined ? 0 : movement(before, voicing)) + Math.abs(centre - middle) * 0.35 + crowding(voicing);
    if (cost >= least) continue;
    best = voicing;
    least = cost;
  }
  return best;
}

/** Every inversion in close position, in every octave that holds it, and the one whose second voice is an octave higher. */
function* voicingsOf({ tones }: Chord, { low, high }: Register): Generator<readonly number[]> {
  // Of five tones the root is left to the bass.
  const played = tones.length > 4 ? tones.slice(1) : tones;
  for (let first = 0; first < played.length; first++) {
    const close: number[] = [];
    for (let index = 0; index < played.length; index++) {
      const tone = played[(first + index) % played.length] ?? 0;
      const above = close.at(-1) ?? low - 1;
      close.push(above + 1 + ((((tone - above - 1) % 12) + 12) % 12));
    }
    for (let octave = 0; (close.at(-1) ?? 0) + octave <= high; octave += 12) yield close.map((pitch) => pitch + octave);
  }
}

function movement(before: readonly number[], after: readonly number[]): number {
  let sum = 0;
  for (const pitch of after) sum += Math.min(...before.map((other) => Math.abs(other - pitch)));
  const tops = Math.abs((before.at(-1) ?? 0) - (after.at(-1) ?? 0));
  return sum + tops * 0.5;
}

/** Half tones and whole tones side by side are muddy where it is low. */
function crowding(voicing: readonly number[]): number {
  let sum = 0;
  for (let index = 1; index < voicing.length; index++) {
    const lower = voicing[index - 1] ?? 0;
    const distance = (voicing[index] ?? 0) - lower;
    if (distance < 3) sum += lower < 60 ? 6 : distance === 1 ? 3 : 0.5;
  }
  return sum;
}

/** The note of the octave that is nearest to a pitch. */
export function nearest(tones: readonly number[], pitch: number): number {
  let best = pitch;
  let least = Infinity;
  for (const tone of tones) {
    const up = (((tone - pitch) % 12) + 12) % 12;
    const step = up > 6 ? up - 12 : up;
    if (Math.abs(step) >= least) continue;
    least = Math.abs(step);
    best = pitch + step;
  }
  return best;
}

export const frequencyOf = (pitch: number): number => 440 * 2 ** ((pitch - 69) / 12);
