/** Soft gradients over a photograph, as strong as the words on it need to be read. Pixels are those of the whole picture. */
import { layoutOf, type Aspect, type Box } from '../../film/aspect.ts';
import { leastContrast } from '../../lettering/contrast.ts';
import type { Palette } from '../../film/palette.ts';
import type { SceneKind } from '../../film/scene.ts';

export interface Veil {
  readonly from: { readonly x: number; readonly y: number };
  readonly to: { readonly x: number; readonly y: number };
  /** `#rrggbb` */
  readonly colour: string;
  readonly stops: readonly { readonly at: number; readonly alpha: number }[];
}

/** The photograph, small; four bytes a pixel. */
export interface Looks {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

/** It is drawn in any case: a photograph is never calm. */
const weakest = 0.35;
const strongest = 0.92;
/** Of the frame's length, over which a veil comes and goes. */
const soft = 0.2;

export function veilsFor(
  aspect: Aspect,
  kind: SceneKind,
  overscan: { readonly x: number; readonly y: number },
  { ink, shade }: Pick<Palette, 'ink' | 'shade'>,
  looks: Looks,
): readonly Veil[] {
  const { frame, heading } = layoutOf(aspect);
  const whole = { width: frame.width + 2 * overscan.x, height: frame.height + 2 * overscan.y };
  const words = wordsOf(aspect, kind);
  const strengthIn = (box: Box): number => strength(looks, inside(box, overscan, whole), ink, shade);
  const top = strengthIn(heading);
  const bottomOfHeading = overscan.y + heading.y + heading.height;
  const above: Veil = {
    from: { x: 0, y: 0 },
    to: { x: 0, y: bottomOfHeading + soft * frame.height },
    colour: shade,
    stops: fading(bottomOfHeading / (bottomOfHeading + soft * frame.height), top),
  };
  const main = strengthIn(words);
  if (aspect === '16:9') {
    const begin = overscan.x + words.x;
    const room = whole.width - begin + soft * frame.width;
    const beside: Veil = {
      from: { x: whole.width, y: 0 },
      to: { x: whole.width - room, y: 0 },
      colour: shade,
      stops: fading((whole.width - begin) / room, main),
    };
    return [above, beside];
  }
  const begin = overscan.y + words.y;
  const room = whole.height - begin + soft * frame.height;
  const below: Veil = {
    from: { x: 0, y: whole.height },
    to: { x: 0, y: whole.height - room },
    colour: shade,
    stops: fading((whole.height - begin) / room, main),
  };
  return [above, below];
}

/** Full until `share` of the way, then gone without an edge that one could see. */
function fading(share: number, alpha: number): Veil['stops'] {
  const rest = 1 - share;
  return [
    { at: 0, alpha },
    { at: share, alpha },
    { at: share + 0.3 * rest, alpha: 0.72 * alpha },
    { at: share + 0.65 * rest, alpha: 0.24 * alpha },
    { at: 1, alpha: 0 },
  ];
}

/** Where the larger words of the scene stand, captions among them. */
function wordsOf(aspect: Aspect, kind: SceneKind): Box {
  const { captions, picture } = layoutOf(aspect);
  const share = kind === 'materials' ? 0.45 : kind === 'title' || kind === 'ending' ? 0.32 : 0;
  if (share === 0) return captions;
  if (aspect === '16:9') {
    const x = kind === 'materials' ? picture.x + picture.width / 2 : captions.x;
    return { ...captions, x, width: captions.x + captions.width - x };
  }
  const y = picture.y + picture.height * (1 - share);
  return { ...captions, y, height: captions.y + captions.height - y };
}

/** As shares of the whole picture. */
function inside(
  box: Box,
  overscan: { readonly x: number; readonly y: number },
  whole: { readonly width: number; readonly height: number },
): Box {
  return {
    x: (box.x + overscan.x) / whole.width,
    y: (box.y + overscan.y) / whole.height,
    width: box.width / whole.width,
    height: box.height / whole.height,
  };
}

/** As little as makes nearly every place under the words dark (or light) enough. */
function strength(looks: Looks, box: Box, ink: string, shade: string): number {
  const target = luminance(coloursOf(ink));
  const veil = coloursOf(shade);
  const pixels = pixelsIn(looks, box);
  for (let alpha = weakest; alpha < strongest; alpha += 0.05) {
    const veiled = (colours: Colours): Colours => {
      const mixed = (at: 0 | 1 | 2): number => colours[at] * (1 - alpha) + veil[at] * alpha;
      return [mixed(0), mixed(1), mixed(2)];
    };
    const readable = pixels.filter((pixel) => contrast(luminance(veiled(pixel)), target) >= leastContrast).length;
    if (readable >= 0.95 * pixels.length) return alpha;
  }
  return strongest;
}

type Colours = readonly [number, number, number];

function pixelsIn({ width, height, data }: Looks, box: Box): readonly Colours[] {
  const pixels: Colours[] = [];
  for (let y = Math.floor(box.y * height); y < Math.min(height, Math.ceil((box.y + box.height) * height)); y++)
    for (let x = Math.floor(box.x * width); x < Math.min(width, Math.ceil((box.x + box.width) * width)); x++) {
      const at = 4 * (y * width + x);
      pixels.push([(data[at] ?? 0) / 255, (data[at + 1] ?? 0) / 255, (data[at + 2] ?? 0) / 255]);
    }
  return pixels;
}

function coloursOf(hex: string): Colours {
  const at = (from: number): number => Number.parseInt(hex.slice(from, from + 2), 16) / 255;
  return [at(1), at(3), at(5)];
}

function luminance([red, green, blue]: Colours): number {
  const linear = (value: number): number => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

const contrast = (one: number, other: number): number => (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
