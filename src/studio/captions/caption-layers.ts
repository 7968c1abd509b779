/** The captions of a scene, as bitmaps with times: one for every word that lights up. */
import { layoutOf, type Aspect } from '../film/aspect.ts';
import type { Bitmap } from '../film/bitmap.ts';
import type { Palette } from '../film/palette.ts';
import type { CaptionTemplate, ShownCaption } from '../film/scene.ts';
import type { Word } from '../film/speech.ts';
import type { TextLayer } from '../film/text-layer.ts';
import { drawn } from '../lettering/canvas.ts';
import { familiesFor, lettered, mustBeDrawable } from '../lettering/fonts.ts';
import { measure } from '../lettering/measure.ts';
import { isRightToLeft } from '../lettering/tokens.ts';
import { chunksOf, lead, leastScale, type Chunk } from './chunks.ts';
import { letterColours } from '../lettering/letter-colours.ts';
import { painters, type CaptionState } from './paint.ts';
import { piecesOf, type Piece } from './pieces.ts';
import { fontOf, lineWidth, scaleOf, setCaption, type Typesetting } from './setting.ts';
import { looks } from './templates.ts';

export interface CaptionsOf {
  /** In seconds from the scene's begin. */
  readonly words: readonly Word[];
  readonly seconds: number;
  readonly template: CaptionTemplate;
  readonly aspect: Aspect;
  readonly palette: Palette;
}

/** The bitmap of a layer is drawn each time that it is asked for, so that a scene's captions are not all in memory at once. */
export function captionLayers({ words: spoken, seconds, template, aspect, palette }: CaptionsOf): {
  readonly layers: readonly TextLayer[];
  readonly shown: readonly ShownCaption[];
} {
  const texts = spoken.map(({ text }) => text);
  mustBeDrawable(texts);
  const look = looks[template];
  const typesetting: Typesetting = {
    look,
    size: look.size[aspect],
    families: familiesFor(texts),
    area: layoutOf(aspect).captions,
    direction: isRightToLeft(texts.join(' ')) ? 'rtl' : 'ltr',
  };
  const pieces = piecesIn(spoken, seconds, typesetting);
  const chunks = chunksOf(pieces, { ...look, seconds, scaleOf: (some) => scaleOf(some, typesetting) });
  const colours = letterColours(palette);
  const scenes = chunks.map((chunk) => ({ chunk, caption: setCaption(chunk.pieces, typesetting) }));
  return {
    layers: scenes.flatMap(({ chunk, caption }) =>
      moments(chunk, template).map(({ lit, share, start, end }, at): TextLayer => {
        const state: CaptionState = { caption, look, colours, lit, share };
        return {
          get bitmap(): Bitmap {
            return drawn(caption.box, (pen) => painters[template](pen, state));
          },
          box: caption.box,
          start,
          end,
          entrance: at === 0 ? 'pop' : 'none',
        };
      }),
    ),
    shown: scenes.map(({ chunk, caption }) => ({
      text: textOf(chunk),
      start: chunk.start,
      end: chunk.end,
      lines: caption.lines,
      box: caption.ink,
    })),
  };
}

function piecesIn(words: readonly Word[], seconds: number, typesetting: Typesetting): readonly Piece[] {
  const { look, size } = typesetting;
  const smallest = leastScale * size;
  const widest = lineWidth(typesetting, smallest);
  return piecesOf(words, {
    seconds,
    write: (text) => look.write(lettered(text)),
    partsFor: (text) => Math.ceil((measure(text, fontOf(typesetting, size)).width * leastScale) / widest),
  });
}

interface Moment {
  readonly lit: number;
  readonly share: number;
  readonly start: number;
  readonly end: number;
}

/** What happens while a chunk is on the screen: word after word is spoken, in karaoke each little by little. */
function moments({ pieces, start, end }: Chunk, template: CaptionTemplate): readonly Moment[] {
  // Two words may begin at once, or before the caption that they are in can be shown.
  const lights = (at: number): number => Math.min(end, Math.max(start, (pieces[at]?.start ?? start) - lead));
  return pieces
    .flatMap((piece, lit): readonly Moment[] => {
      const from = lit === 0 ? start : lights(lit);
      const to = lit === pieces.length - 1 ? end : lights(lit + 1);
      return template === 'karaoke' ? filled(lit, from, to, piece.end - lead) : [{ lit, share: 1, start: from, end: to }];
    })
    .filter((moment) => moment.end - moment.start > 1e-6);
}

/** Seconds between two steps of the fill; the first waits until a caption has sprung up. */
const step = 0.1;
const firstStep = 0.2;

function filled(lit: number, start: number, end: number, spoken: number): readonly Moment[] {
  const steps: Moment[] = [];
  const whole = Math.min(end, Math.max(spoken, start + step));
  let at = start;
  while (at < whole - 1e-6) {
    const width = lit === 0 && at === start ? firstStep : step;
    const to = Math.min(at + width, end);
    steps.push({ lit, share: Math.min(1, (to - start) / (whole - start)), start: at, end: to });
    at = to;
  }
  const last = steps.at(-1);
  if (last === undefined) return [{ lit, share: 1, start, end }];
  return last.share >= 1 ? [...steps.slice(0, -1), { ...last, end }] : [...steps, { lit, share: 1, start: at, end }];
}

const textOf = ({ pieces }: Chunk): string =>
  pieces.reduce((text, { source, glued }, at) => `${text}${at === 0 || glued ? '' : ' '}${lettered(source)}`, '').trim();
