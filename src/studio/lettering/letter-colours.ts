import type { Palette } from '../film/palette.ts';
import { contrastRatio, leastContrast, mixed, readable, withAlpha } from './contrast.ts';

export interface LetterColours {
  readonly letters: string;
  /** Around the letters. */
  readonly outline: string;
  /** The spoken word's letters where they stand on the outline or the plate. */
  readonly lit: string;
  readonly pill: string;
  readonly onPill: string;
  readonly plate: string;
  readonly shadow: string;
}

/** How much of the plate hides what lies behind it. */
export const plateAlpha = 0.78;

/** The palette's own colours, mended where one could not be read on the other. */
export function letterColours({ ink, shade, accent, onAccent, glows }: Palette): LetterColours {
  // The plate over the brightest and the darkest picture that may lie behind it; the outline is the plate without either.
  const grounds = [shade, mixed('#ffffff', shade, plateAlpha), mixed('#000000', shade, plateAlpha)];
  const letters = readable(ink, ...grounds);
  // An accent made for light grounds may be lost on the plate: then another colour of the film stands in for it.
  const stands = (colour: string): boolean =>
    grounds.every((ground) => contrastRatio(colour, ground) >= leastContrast) && contrastRatio(colour, letters) > 1.2;
  return {
    letters,
    outline: shade,
    lit: [accent, ...glows].find(stands) ?? readable(accent, ...grounds),
    pill: accent,
    onPill: readable(onAccent, accent),
    plate: withAlpha(shade, plateAlpha),
    shadow: withAlpha(mixed(shade, '#000000', 0.6), 0.45),
  };
}
