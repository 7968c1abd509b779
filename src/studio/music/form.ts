/** How a piece is laid out in time: as many bars as fit, at the tempo at which they fit exactly. */

export type SectionKind = 'intro' | 'verse' | 'chorus' | 'break' | 'turn';

export interface Bar {
  readonly section: SectionKind;
  /** How often there has been a phrase of this kind, from 0. */
  readonly time: number;
  /** Position in its phrase of four bars (in an intro or a turn: of those that there are), and how many those are. */
  readonly place: number;
  readonly length: number;
}

export interface Form {
  /** Beats a minute; a bar has four. */
  readonly tempo: number;
  readonly bars: readonly Bar[];
  /** Seconds at which the last chord is struck; it rings out until the end. */
  readonly last: number;
}

const beats = 4;

export function formOf(seconds: number, [slow, fast]: readonly [number, number]): Form {
  const ring = seconds < 10 ? seconds * 0.4 : Math.min(5, 3 + seconds * 0.03);
  const body = Math.max(0, seconds - ring);
  const middle = (slow + fast) / 2;
  let best = { count: 0, tempo: middle, cost: Infinity };
  for (let count = 1; ; count++) {
    const tempo = (count * beats * 60) / body;
    if (tempo > fast * 1.12) break;
    if (tempo < slow * 0.88) continue;
    // Whole phrases sound planned; a tempo at the edge of what suits the mood is the price that may be paid.
    const cost = Math.abs(tempo - middle) / (fast - slow) + (count % 4 === 0 ? 0 : count % 2 === 0 ? 0.4 : 0.9);
    if (cost < best.cost) best = { count, tempo, cost };
  }
  const { count, tempo } = best;
  return { tempo, bars: barsOf(count), last: (count * beats * 60) / tempo };
}

function barsOf(count: number): readonly Bar[] {
  const turn = Math.min(2, count >> 1);
  const intro = count < 12 ? 0 : count % 4 === 2 ? 4 : 2;
  const bars: Bar[] = [];
  const add = (section: SectionKind, length: number): void => {
    const time = bars.filter((bar) => bar.section === section && bar.place === 0).length;
    for (let place = 0; place < length; place++) bars.push({ section, time, place, length });
  };
  add('intro', intro);
  const phrases = Math.ceil((count - intro - turn) / 4);
  for (let phrase = 0; phrase < phrases; phrase++) add(sectionOf(phrase, phrases), Math.min(4, count - turn - bars.length));
  add('turn', turn);
  return bars;
}

const order: readonly SectionKind[] = ['verse', 'verse', 'chorus', 'verse', 'break', 'chorus', 'chorus'];

/** What comes before the ending is at its fullest. */
const sectionOf = (phrase: number, phrases: number): SectionKind =>
  phrases > 2 && phrase === phrases - 1 ? 'chorus' : (order[phrase % order.length] ?? 'verse');

/**
 * The length for which music is best made for a film: rounded up, so that a film that becomes a little longer keeps
 * its music. The mix cuts what is too much off the last chord, with a fade; it still rings, as it was made to ring longer.
 */
export function musicSeconds(filmSeconds: number): number {
  return Math.ceil(filmSeconds / lengthStep) * lengthStep;
}

const lengthStep = 8;
