/** The ground of a scene: glows on a gradient, and one of a few patterns, soft enough to be read over. */
import type { Canvas, SKRSContext2D } from '@napi-rs/canvas';
import type { Box, Size } from '../../film/aspect.ts';
import type { Palette } from '../../film/palette.ts';
import { chanceFrom } from '../../chance.ts';

export interface Backdrop {
  readonly size: Size;
  readonly palette: Palette;
  /** Which pattern. */
  readonly ground: number;
  readonly seed: number;
  /** Where the picture stands: light comes from behind it. */
  readonly focus: Box;
}

type Chance = () => number;
type Pattern = (pen: SKRSContext2D, backdrop: Backdrop, chance: Chance) => void;

export function paintBackdrop(canvas: Canvas, backdrop: Backdrop): void {
  const pen = canvas.getContext('2d');
  const chance = chanceFrom(backdrop.seed);
  paintGround(pen, backdrop);
  paintGlows(pen, backdrop, chance);
  const pattern = patterns[backdrop.ground % patterns.length];
  pattern?.(pen, backdrop, chance);
  paintDust(pen, backdrop, chance);
  paintVignette(pen, backdrop);
  addGrain(pen, backdrop, chance);
}

/** `#rrggbb` with an opacity from 0 to 1. */
const veil = (colour: string, opacity: number): string =>
  `${colour}${Math.round(opacity * 255)
    .toString(16)
    .padStart(2, '0')}`;

function paintGround(pen: SKRSContext2D, { size: { width, height }, palette }: Backdrop): void {
  const gradient = pen.createLinearGradient(0, 0, width * 0.35, height);
  gradient.addColorStop(0, palette.ground[0]);
  gradient.addColorStop(1, palette.ground[1]);
  pen.fillStyle = gradient;
  pen.fillRect(0, 0, width, height);
}

function paintGlows(pen: SKRSContext2D, { size: { width, height }, palette }: Backdrop, chance: Chance): void {
  const reach = Math.max(width, height);
  for (const [at, colour] of palette.glows.entries()) {
    const x = (at % 2 === 0 ? 0.55 + 0.4 * chance() : 0.05 + 0.4 * chance()) * width;
    const y = ((at + 0.15 + 0.6 * chance()) / palette.glows.length) * height;
    const radius = (0.26 + 0.14 * chance()) * reach;
    const glow = pen.createRadialGradient(x, y, 0, x, y, radius);
    glow.addColorStop(0, veil(colour, 0.78));
    glow.addColorStop(0.55, veil(colour, 0.28));
    glow.addColorStop(1, veil(colour, 0));
    pen.fillStyle = glow;
    pen.fillRect(x - radius, y - radius, radius * 2, radius * 2);
  }
}

const focusOf = ({ focus }: Backdrop): readonly [number, number] => [focus.x + focus.width / 2, focus.y + focus.height / 2];

/** Light that comes from behind the picture. */
const rays: Pattern = (pen, backdrop, chance) => {
  const [x, y] = focusOf(backdrop);
  const reach = Math.max(backdrop.size.width, backdrop.size.height);
  const count = 16 + Math.floor(chance() * 3) * 2;
  const turn = chance() * Math.PI;
  const light = pen.createRadialGradient(x, y, reach * 0.1, x, y, reach * 0.62);
  light.addColorStop(0, veil('#ffffff', 0.15));
  light.addColorStop(1, veil('#ffffff', 0));
  pen.fillStyle = light;
  for (let at = 0; at < count; at++) {
    const from = turn + (at / count) * Math.PI * 2;
    const to = from + Math.PI / count;
    pen.beginPath();
    pen.moveTo(x, y);
    pen.lineTo(x + Math.cos(from) * reach, y + Math.sin(from) * reach);
    pen.lineTo(x + Math.cos(to) * reach, y + Math.sin(to) * reach);
    pen.fill();
  }
};

/** Circles that widen from the picture. */
const ripples: Pattern = (pen, backdrop, chance) => {
  const [x, y] = focusOf(backdrop);
  const step = backdrop.focus.height * (0.14 + chance() * 0.03);
  pen.lineWidth = step * 0.42;
  for (let at = 3; at < 13; at++) {
    pen.strokeStyle = veil('#ffffff', Math.max(0, 0.085 - at * 0.005));
    pen.beginPath();
    pen.arc(x, y, step * at, 0, Math.PI * 2);
    pen.stroke();
  }
};

/** Hills at the foot of the frame. */
const hills: Pattern = (pen, { size: { width, height }, palette }, chance) => {
  for (let layer = 0; layer < 3; layer++) {
    const base = height * (0.66 + layer * 0.11);
    const swing = height * (0.045 + chance() * 0.03);
    const phase = chance() * Math.PI * 2;
    const waves = 1 + chance() * 0.9;
    pen.fillStyle = veil(palette.glows[layer % palette.glows.length] ?? palette.accent, 0.2 + layer * 0.06);
    pen.beginPath();
    pen.moveTo(0, height);
    for (let at = 0; at <= 24; at++) pen.lineTo((width * at) / 24, base + Math.sin(phase + (at / 24) * Math.PI * 2 * waves) * swing);
    pen.lineTo(width, height);
    pen.fill();
  }
};

/** Rows of dots that fade away from a corner. */
const halftone: Pattern = (pen, { size: { width, height } }, chance) => {
  const step = Math.max(width, height) / 44;
  const corner = chance() < 0.5 ? 0 : width;
  pen.fillStyle = '#ffffff';
  for (let y = step / 2; y < height; y += step) {
    for (let x = (Math.round(y / step) % 2) * (step / 2); x < width; x += step) {
      const near = 1 - Math.min(1, Math.hypot((x - corner) / width, (y - height) / height) / 0.95);
      if (near <= 0.02) continue;
      pen.globalAlpha = near * 0.16;
      pen.beginPath();
      pen.arc(x, y, step * 0.32 * near, 0, Math.PI * 2);
      pen.fill();
    }
  }
  pen.globalAlpha = 1;
};

/** Broad bands across the frame. */
const bands: Pattern = (pen, { size: { width, height } }, chance) => {
  const tilt = (chance() < 0.5 ? -1 : 1) * (0.38 + chance() * 0.16);
  const step = Math.max(width, height) / 7;
  pen.save();
  pen.translate(width / 2, height / 2);
  pen.rotate(tilt);
  const reach = Math.hypot(width, height);
  for (let at = -6; at < 7; at++) {
    pen.fillStyle = veil('#ffffff', at % 2 === 0 ? 0.05 : 0.018);
    pen.fillRect(-reach, at * step + chance() * step * 0.2, reach * 2, step * 0.55);
  }
  pen.restore();
};

/** Large soft bubbles. */
const bubbles: Pattern = (pen, { size: { width, height } }, chance) => {
  for (let at = 0; at < 15; at++) {
    const [x, y, radius] = [chance() * width, chance() * height, Math.max(width, height) * (0.02 + chance() * 0.06)];
    const shine = pen.createRadialGradient(x - radius * 0.3, y - radius * 0.3, radius * 0.1, x, y, radius);
    shine.addColorStop(0, veil('#ffffff', 0.03));
    shine.addColorStop(0.85, veil('#ffffff', 0.06));
    shine.addColorStop(1, veil('#ffffff', 0.17));
    pen.fillStyle = shine;
    pen.beginPath();
    pen.arc(x, y, radius, 0, Math.PI * 2);
    pen.fill();
  }
};

const patterns: readonly Pattern[] = [rays, ripples, hills, bubbles, bands, halftone];

/** How many patterns there are. */
export const grounds: number = patterns.length;

function paintDust(pen: SKRSContext2D, { size: { width, height } }: Backdrop, chance: Chance): void {
  pen.fillStyle = '#ffffff';
  for (let at = 0; at < 46; at++) {
    pen.globalAlpha = 0.06 + chance() * 0.2;
    pen.beginPath();
    pen.arc(chance() * width, chance() * height, 1.5 + chance() * 3.2, 0, Math.PI * 2);
    pen.fill();
  }
  pen.globalAlpha = 1;
}

function paintVignette(pen: SKRSContext2D, backdrop: Backdrop): void {
  const { width, height } = backdrop.size;
  const [x, y] = focusOf(backdrop);
  const reach = Math.hypot(width, height) * 0.62;
  const shade = pen.createRadialGradient(x, y, reach * 0.42, x, y, reach * 1.1);
  shade.addColorStop(0, veil('#000000', 0));
  shade.addColorStop(1, veil('#000000', 0.5));
  pen.fillStyle = shade;
  pen.fillRect(0, 0, width, height);
}

/** Of the side of the square that is repeated. */
const grainSize = 128;

/** A breath of noise: eight bits would show the gradients in steps. */
function addGrain(pen: SKRSContext2D, { size: { width, height } }: Backdrop, chance: Chance): void {
  const pixels = pen.getImageData(0, 0, width, height);
  const grain = Int8Array.from({ length: grainSize * grainSize }, () => Math.round((chance() + chance() - 1) * 2.4));
  const { data } = pixels;
  for (let y = 0; y < height; y++) {
    const line = (y % grainSize) * grainSize;
    for (let x = 0, at = y * width * 4; x < width; x++, at += 4) {
      const shift = grain[line + (x % grainSize)] ?? 0;
      // The array clamps.
      data[at] = (data[at] ?? 0) + shift;
      data[at + 1] = (data[at + 1] ?? 0) + shift;
      data[at + 2] = (data[at + 2] ?? 0) + shift;
    }
  }
  pen.putImageData(pixels, 0, 0);
}
