import { placesInBar, type Part, type WrittenNote } from './part.ts';

/** Long soft chords; a tone that stays from one chord to the next is held on. */
export function padOf({ style, bars }: Part): WrittenNote[] {
  const open = new Map<number, WrittenNote>();
  const done: WrittenNote[] = [];
  for (const { index, voicing, section } of bars) {
    const pitches = new Set(voicing.map((pitch) => (pitch > 67 ? pitch - 12 : pitch)));
    for (const [pitch, note] of open) {
      if (pitches.has(pitch) && note.held < placesInBar * 3) continue;
      done.push(note);
      open.delete(pitch);
    }
    const loudness = style.pad.level * (section === 'break' || section === 'intro' ? 1.5 : section === 'chorus' ? 1.1 : 1);
    for (const pitch of pitches) {
      const note = open.get(pitch);
      const begun = { voice: 'pad', place: index * placesInBar, held: 0, pitch, loudness, pan: 0 } as const;
      open.set(pitch, { ...(note ?? begun), held: (note?.held ?? 0) + placesInBar });
    }
  }
  // Two takes, one on each side, make it wide.
  return [...done, ...open.values()].flatMap((note) => [
    { ...note, pan: -0.8 },
    { ...note, pan: 0.8 },
  ]);
}
