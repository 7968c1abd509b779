import type { Palette } from '../film/palette.ts';
import { contrastRatio, leastContrast, mixed, readable, withAlpha } from './contrast.ts';

export interface LetterColours {
  readonly letters: string;
  /** Around the letters. */
  readonly outline: string;
  /** What is to stand out among the letters: where they have an outline, and where they stand on a plate. */
  readonly litOutlined: string;
  readonly litOnPlate: string;
  readonly pill: string;
  /** Where light falls on a pill. */
  readonly sheen: string;
  readonly onPill: string;
  readonly plate: string;
  readonly shadow: string;
}

/** How much of the plate hides what lies behind it. */
export const plateAlpha = 0.72;

/** The palette's own colours, mended where one could not be read on the other. */
export function letterColours({ ink, shade, accent, onAccent, glows }: Palette): LetterColours {
  // The plate over the brightest and the darkest picture that may lie behind it.
  const plates = [shade, mixed('#ffffff', shade, plateAlpha), mixed('#000000', shade, plateAlpha)];
  const letters = readable(ink, ...plates);
  const sheen = mixed(accent, '#ffffff', 0.16);
  // An accent made for light grounds may be lost on a dark one: then another colour of the film stands in for it.
  const lit = (grounds: readonly string[]): string => {
    const stands = (colour: string): boolean =>
      grounds.every((ground) => contrastRatio(colour, ground) >= leastContrast) && contrastRatio(colour, letters) > 1.2;
    return [accent, ...glows].find(stands) ?? readable(accent, ...grounds);
  };
  return {
    letters,
    outline: shade,
    litOutlined: lit([shade]),
    litOnPlate: lit(plates),
    pill: accent,
    sheen,
    onPill: readable(onAccent, accent, sheen),
    plate: withAlpha(shade, plateAlpha),
    shadow: withAlpha(mixed(shade, '#000000', 0.6), 0.45),
  };
}
