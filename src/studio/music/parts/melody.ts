/** A short tune that is recognised when it comes back, and is never quite the same. */
import { chanceOf, type Chance } from '../chance.ts';
import { nearest, type Chord } from '../harmony.ts';
import { placesInBar, type Part, type PlayedBar, type WrittenNote } from './part.ts';

/** A tune without its harmony: when its notes begin, how long they are, and where it goes from each to the next. */
interface Motif {
  readonly notes: readonly { readonly place: number; readonly held: number; readonly step: number }[];
}

/** The five tones of the key that go with every chord of it. */
const pentatonic = [0, 2, 4, 7, 9];

export function melodyOf(part: Part): WrittenNote[] {
  const chance = chanceOf(part.seed, 'melody');
  const { rhythms } = part.style.melody;
  const verse = motifOf(chance.pick(rhythms), chance);
  const chorus = motifOf(chance.pick(rhythms), chance);
  const notes: WrittenNote[] = [];
  for (const bar of part.bars) {
    if (bar.place % 2 === 1 || bar.section === 'turn' || bar.section === 'break') continue;
    if (bar.section === 'intro' && bar.place + 2 < bar.length) continue;
    const next = part.bars[bar.index + 1];
    notes.push(...sung(part, bar, next, bar.section === 'chorus' ? chorus : verse, chance));
  }
  return notes;
}

function motifOf(rhythm: string, chance: Chance): Motif {
  const begins = [...rhythm.matchAll(/x(-*)/g)];
  // It rises, and comes back to where it began: a line that people can sing.
  const top = Math.max(1, Math.round(begins.length * chance.between(0.35, 0.6)));
  const notes = begins.map((match, index) => {
    const leap = chance.share() < 0.22 ? 2 : 1;
    const rest = chance.share() < 0.2;
    const step = index === 0 || rest ? 0 : index <= top ? leap : -leap;
    return { place: match.index, held: match[0].length, step };
  });
  return { notes };
}

function sung(part: Part, bar: PlayedBar, next: PlayedBar | undefined, { notes }: Motif, chance: Chance): WrittenNote[] {
  const { voice, level, centre } = part.style.melody;
  const answers = bar.place >= 2;
  const ladder = ladderOf(part.key, centre);
  let pitch = nearest(bar.chord.tones, centre - (bar.section === 'chorus' ? 0 : 2));
  const sungNotes: WrittenNote[] = [];
  for (const [index, { place, held, step }] of notes.entries()) {
    const within = next === undefined || place < placesInBar ? bar : next;
    const isLast = index === notes.length - 1;
    // The answer goes the other way at its end, and comes to rest.
    const turned = answers && index > notes.length / 2 ? -step : step;
    pitch = stepped(ladder, pitch, turned + (bar.time > 0 && !isLast && chance.share() < 0.12 ? 1 : 0));
    if (place % 8 === 0 || held >= 4 || isLast) pitch = nearest(within.chord.tones, pitch);
    else pitch = clear(within.chord, pitch);
    if (next === undefined && place >= placesInBar) break;
    sungNotes.push({
      voice,
      place: bar.index * placesInBar + place,
      held: isLast && answers ? held + 2 : held,
      pitch,
      loudness: level * (place % 8 === 0 ? 1 : 0.84) * (bar.section === 'intro' ? 0.9 : 1),
      pan: 0.12,
    });
  }
  // In a chorus the long notes have a third or a sixth below them.
  return bar.section === 'chorus' ? [...sungNotes, ...seconds(sungNotes, bar, next)] : sungNotes;
}

function seconds(notes: readonly WrittenNote[], bar: PlayedBar, next: PlayedBar | undefined): WrittenNote[] {
  return notes
    .filter(({ held }) => held >= 3)
    .map((note) => {
      const { chord } = note.place >= (bar.index + 1) * placesInBar && next !== undefined ? next : bar;
      const below = nearest(chord.tones, note.pitch - 4);
      return { ...note, pitch: below === note.pitch ? note.pitch - 12 : below, loudness: note.loudness * 0.6, pan: -0.2 };
    });
}

function ladderOf(key: number, centre: number): readonly number[] {
  const pitches: number[] = [];
  for (let pitch = centre - 10; pitch <= centre + 11; pitch++) if (pentatonic.includes((pitch - key + 120) % 12)) pitches.push(pitch);
  return pitches;
}

function stepped(ladder: readonly number[], pitch: number, steps: number): number {
  let at = 0;
  for (let index = 0; index < ladder.length; index++)
    if (Math.abs((ladder[index] ?? 0) - pitch) < Math.abs((ladder[at] ?? 0) - pitch)) at = index;
  return ladder[Math.max(0, Math.min(ladder.length - 1, at + steps))] ?? pitch;
}

/** A tone a half step beside one of the chord's grinds against it: then that one instead. */
function clear({ tones }: Chord, pitch: number): number {
  const beside = tones.find((tone) => [1, 11].includes((((pitch - tone) % 12) + 12) % 12));
  return beside === undefined || tones.includes(pitch % 12) ? pitch : nearest([beside], pitch);
}
