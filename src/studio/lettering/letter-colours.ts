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
  /** The upper edge of a pill, in another light. */
  readonly sheen: string;
  readonly onPill: string;
  readonly plate: string;
  readonly shadow: string;
}

/** How much of the plate hides what lies behind it. */
export const plateAlpha = 0.72;

/** The palette's own colours, mended where one could not be read on the other. */
export function letterColours({ ink, shade, accent, onAccent, glows }: Palette): LetterColours {
  const outline = groundFor(ink, shade);
  const plates = platesOf(outline);
  const letters = readable(ink, ...plates);
  const onPill = readable(onAccent, accent);
  // Away from the letters, so that they are read there as well.
  const sheen = mixed(accent, contrastRatio(onPill, '#ffffff') > contrastRatio(onPill, '#000000') ? '#ffffff' : '#000000', 0.16);
  // An accent made for light grounds may be lost on a dark one: then another colour of the film stands in for it.
  const lit = (grounds: readonly string[]): string => {
    const stands = (colour: string): boolean =>
      grounds.every((ground) => contrastRatio(colour, ground) >= leastContrast) && contrastRatio(colour, letters) > 1.2;
    return [accent, ...glows].find(stands) ?? readable(accent, ...grounds);
  };
  return {
    letters,
    outline,
    litOutlined: lit([outline]),
    litOnPlate: lit(plates),
    pill: accent,
    sheen,
    onPill,
    plate: withAlpha(outline, plateAlpha),
    shadow: withAlpha(mixed(outline, '#000000', 0.6), 0.45),
  };
}

/** A plate as it looks over the brightest and over the darkest picture. */
const platesOf = (shade: string): readonly string[] => ['#ffffff', '#000000'].map((behind) => mixed(behind, shade, plateAlpha));

/** The shade itself, unless it is so near to the middle that no letters could be read on a plate of it everywhere. */
function groundFor(ink: string, shade: string): string {
  const [letters, away] =
    contrastRatio(ink, '#000000') >= contrastRatio(shade, '#000000') ? ['#ffffff', '#000000'] : ['#000000', '#ffffff'];
  const shares = [0, 0.2, 0.4, 0.6, 0.8];
  const tried = shares.map((share) => mixed(shade, away, share));
  return tried.find((ground) => platesOf(ground).every((plate) => contrastRatio(letters, plate) >= leastContrast)) ?? away;
}
