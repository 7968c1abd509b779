import { chanceOf } from '../chance.ts';
import { placesInBar, type Part, type PlayedBar, type WrittenNote } from './part.ts';

/** Lowest note that small speakers still let guess: the E of a bass guitar. */
const lowest = 40;

export function bassOf({ style, seed, bars }: Part): WrittenNote[] {
  const chance = chanceOf(seed, 'bass');
  const verse = chance.pick(style.bass.patterns);
  const chorus = chance.pick(style.bass.patterns);
  return bars.flatMap((bar) => {
    if (bar.section === 'intro' && bar.place < bar.length / 2) return [];
    if (bar.section === 'break' || bar.section === 'intro') return played(bar, '1-----------....', style.bass.level * 0.9);
    return played(bar, bar.section === 'chorus' ? chorus : verse, style.bass.level);
  });
}

function played({ index, chord }: PlayedBar, pattern: string, level: number): WrittenNote[] {
  const root = lowest + ((chord.root - lowest + 120) % 12);
  // The fifth lies below where that is not too low.
  const fifth = root - 5 >= lowest ? root - 5 : root + 7;
  const pitches: Readonly<Record<string, number>> = { '1': root, '5': fifth, '8': root + 12 };
  return [...pattern.matchAll(/([158])(-*)/g)].map((match) => ({
    voice: 'bass',
    place: index * placesInBar + match.index,
    held: match[0].length,
    pitch: pitches[match[1] ?? '1'] ?? root,
    loudness: level * (match.index % 8 === 0 ? 1 : 0.85),
    pan: 0,
  }));
}
