/** How the captions of each template are set, in shares of the letters' size (em) unless it says pixels. */
import type { Aspect } from '../film/aspect.ts';
import type { CaptionTemplate } from '../film/scene.ts';
import type { Weight } from '../lettering/fonts.ts';

export interface TemplateLook {
  readonly weight: Weight;
  /** Pixels. */
  readonly size: Readonly<Record<Aspect, number>>;
  /** From one line to the next. */
  readonly pitch: number;
  readonly gap: number;
  /** Between words that are written without a space. */
  readonly gluedGap: number;
  /** How far the letters' outline reaches. */
  readonly outline: number;
  /** From the letters to the edge of what is painted behind them: a pill behind a word, or a plate behind all. */
  readonly padding: { readonly x: number; readonly y: number };
  readonly shadow: { readonly blur: number; readonly down: number };
  /** What an empty line of it takes up above and below the line that letters stand on. */
  readonly ascent: number;
  readonly descent: number;
  readonly most: number;
  readonly ideal: number;
  readonly write: (text: string) => string;
}

export const looks: Readonly<Record<CaptionTemplate, TemplateLook>> = {
  'tiktok-bold': {
    weight: 800,
    size: { '9:16': 108, '16:9': 90, '1:1': 86 },
    pitch: 1.3,
    gap: 0.36,
    gluedGap: 0.28,
    outline: 0.085,
    padding: { x: 0.19, y: 0.19 },
    shadow: { blur: 0.14, down: 0.05 },
    ascent: 0.71,
    descent: 0,
    most: 4,
    ideal: 13,
    write: (text) => withoutStops(text).toUpperCase(),
  },
  clean: {
    weight: 700,
    size: { '9:16': 64, '16:9': 58, '1:1': 56 },
    pitch: 1.3,
    gap: 0.26,
    gluedGap: 0,
    outline: 0,
    padding: { x: 0.55, y: 0.36 },
    shadow: { blur: 0.3, down: 0.1 },
    ascent: 0.78,
    descent: 0.23,
    most: 7,
    ideal: 32,
    write: (text) => text,
  },
  karaoke: {
    weight: 800,
    size: { '9:16': 88, '16:9': 78, '1:1': 76 },
    pitch: 1.28,
    gap: 0.27,
    gluedGap: 0.02,
    outline: 0.09,
    padding: { x: 0.02, y: 0.02 },
    shadow: { blur: 0.14, down: 0.05 },
    ascent: 0.8,
    descent: 0.2,
    most: 6,
    ideal: 22,
    write: (text) => text,
  },
};

/** Full stops and commas at the end say nothing that the picture does not; `?` and `!` do. "a.m." keeps its own. */
function withoutStops(text: string): string {
  const stripped = text.replace(/[.,;:…،、。，；：]+(\p{Pe}|\p{Pf}|["'])*$/u, '$1').replace(/^\p{Pd}+|(?<=.)[–—]+$/gu, '');
  return /\p{L}\.\p{L}/u.test(stripped) ? text.replace(/[,;:]+$/u, '') : stripped;
}
