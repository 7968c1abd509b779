/** The last chord: everybody strikes it once, and it rings out. */
import { nearest } from '../harmony.ts';
import type { Note, Voice } from '../score.ts';
import type { Style } from '../styles.ts';
import type { PlayedBar } from './part.ts';

export function endingOf({ chord, voicing }: PlayedBar, style: Style, at: number, until: number): Note[] {
  const note = (voice: Voice, pitch: number, loudness: number, after: number, pan: number, take: number): Note => ({
    voice,
    at: at + after,
    seconds: Math.max(0.1, until - at - after),
    pitch,
    loudness,
    pan,
    take,
  });
  const { figure, melody, pad, bass, drumLevel } = style;
  const root = 40 + ((chord.root - 40 + 120) % 12);
  const top = nearest([chord.root], melody.centre + 2);
  return [
    ...voicing.map((pitch, index) => note(figure.voice, pitch, figure.level * 0.85, index * 0.03, -0.2 + index * 0.14, index % 3)),
    ...voicing.flatMap((pitch) =>
      [-0.8, 0.8].map((pan, take) => note('pad', pitch > 67 ? pitch - 12 : pitch, Math.max(0.2, pad.level), 0, pan, take)),
    ),
    ...[9, 5, 0].map((below, index) =>
      note(melody.voice, nearest(chord.tones, top - below), melody.level * 0.7, 0.06 + index * 0.09, 0.2, index),
    ),
    note('bells', top + 12, 0.16, 0.36, 0.25, 0),
    note('bass', root, bass.level, 0, 0, 0),
    note('kick', 0, drumLevel * 0.8, 0, 0, 0),
  ];
}
