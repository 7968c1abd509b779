/** The figure that goes through the piece, and the one that joins it in the chorus. */
import { chanceOf, type Chance } from '../chance.ts';
import { voiced } from '../harmony.ts';
import type { Figure } from '../styles.ts';
import { placesInBar, type Part, type PlayedBar, type WrittenNote } from './part.ts';

/** Seconds between two strings that are strummed. */
const strumming = 0.014;

export function figureOf({ style, seed, bars }: Part): WrittenNote[] {
  const chance = chanceOf(seed, 'figure');
  const { figure, counter } = style;
  const verse = chance.pick(figure.play.patterns);
  const chorus = chance.pick(figure.play.patterns);
  const joining = chance.pick(counter.play.patterns);
  let before: readonly number[] | undefined;
  return bars.flatMap((bar) => {
    const pattern = bar.section === 'chorus' ? chorus : verse;
    const level = bar.section === 'intro' ? 0.95 : bar.section === 'break' ? 1.15 : 1;
    const notes = played({ figure, pattern, bar, voicing: bar.voicing, share: level, pan: -0.28, chance });
    // A second verse is no repetition: what joins in the chorus is heard in its second half. In a break it takes the tune's place.
    const joins = bar.section === 'chorus' || bar.section === 'break' || (bar.section === 'verse' && bar.time > 0 && bar.place > 1);
    if (!joins) return notes;
    before = voiced(bar.chord, counter.register, before);
    const share = bar.section === 'verse' ? 0.8 : 1;
    return [...notes, ...played({ figure: counter, pattern: joining, bar, voicing: before, share, pan: 0.34, chance })];
  });
}

interface Playing {
  readonly figure: Figure;
  readonly pattern: string;
  readonly bar: PlayedBar;
  readonly voicing: readonly number[];
  /** Of the figure's own level. */
  readonly share: number;
  readonly pan: number;
  readonly chance: Chance;
}

function played({
  figure: { voice, level, held, play },
  pattern,
  bar: { index, place, length, section },
  voicing,
  share,
  pan,
  chance,
}: Playing): WrittenNote[] {
  // The last bar of a phrase leaves room for what fills it.
  const ends = section !== 'intro' && place === length - 1 && length > 1;
  return pattern.split('').flatMap((letter, at) => {
    if (letter === '.' || (ends && at > 12 && chance.share() < 0.4)) return [];
    const note = { voice, place: index * placesInBar + at, held, pan };
    const loudness = level * share * (at % 8 === 0 ? 1 : at % 4 === 0 ? 0.9 : 0.78);
    if (play.as === 'steps') {
      const pitch = voicing[Number(letter) % voicing.length] ?? 60;
      return [{ ...note, pitch: Number(letter) >= voicing.length ? pitch + 12 : pitch, loudness }];
    }
    const strings = letter === 'd' ? voicing : voicing.toReversed();
    // Upward strokes touch the high strings alone, and lightly.
    const touched = letter === 'd' ? strings : strings.slice(0, 3);
    return touched.map((pitch, string) => ({
      ...note,
      pitch,
      loudness: loudness * (letter === 'd' ? 0.72 : 0.5),
      after: string * strumming * (voice === 'ukulele' ? 1 : 0.6),
    }));
  });
}
