/** Makes a photograph the background of a scene: as large as the frame and what is beyond it, and calm where words stand. */
import type * as Library from '@napi-rs/canvas';
import type { Canvas, Image, SKRSContext2D } from '@napi-rs/canvas';
import { assetFile } from '../asset-file.ts';
import { ContinuoError } from '../../core/errors.ts';
import { layoutOf, type Aspect, type Box } from '../film/aspect.ts';
import type { Palette } from '../film/palette.ts';
import type { SceneKind } from '../film/scene.ts';
import type { TaskContext } from '../threads/tasks.ts';
import { veilsFor, type Veil } from './veils.ts';

export interface FramePictureInput {
  readonly image: Uint8Array;
  readonly aspect: Aspect;
  readonly kind: SceneKind;
  readonly palette: Pick<Palette, 'ink' | 'shade' | 'accent' | 'onAccent'>;
  /** Of a step: shown on a badge. */
  readonly number: number | null;
}

export interface FramedPicture {
  readonly jpeg: Uint8Array;
  readonly overscan: { readonly x: number; readonly y: number };
  readonly badge: { readonly png: Uint8Array; readonly box: Box } | undefined;
}

type Drawing = Pick<typeof Library, 'createCanvas' | 'loadImage' | 'GlobalFonts'>;

const quality = 92;
/** Of the frame's length, beyond it on every side; in even pixels, as video likes them. */
const overscanOf = (length: number): number => 2 * Math.round(length * 0.03);

export async function perform(input: FramePictureInput, { signal }: TaskContext): Promise<FramedPicture> {
  const canvas = await loadCanvas();
  const image = await canvas.loadImage(input.image).catch((error: unknown) => {
    throw new ContinuoError('MEDIA_UNREADABLE', `the picture cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  });
  if (image.width === 0 || image.height === 0) throw new ContinuoError('MEDIA_UNREADABLE', 'the picture is empty');
  signal.throwIfAborted();
  const { frame } = layoutOf(input.aspect);
  const overscan = { x: overscanOf(frame.width), y: overscanOf(frame.height) };
  const surface = canvas.createCanvas(frame.width + 2 * overscan.x, frame.height + 2 * overscan.y);
  const context = surface.getContext('2d');
  cover(context, image, surface);
  const looks = thumbnail(canvas, surface);
  signal.throwIfAborted();
  for (const veil of veilsFor(input.aspect, input.kind, overscan, input.palette, looks)) draw(context, veil, surface);
  const jpeg = await surface.encode('jpeg', quality);
  return { jpeg: new Uint8Array(jpeg), overscan, badge: input.number === null ? undefined : await badgeOf(canvas, input, input.number) };
}

async function loadCanvas(): Promise<Drawing> {
  try {
    return await import('@napi-rs/canvas');
  } catch (error) {
    throw new ContinuoError('STUDIO_UNAVAILABLE', `@napi-rs/canvas: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The middle of the picture, as much of it as there is room for. */
function cover(context: SKRSContext2D, image: Image, { width, height }: Canvas): void {
  const scale = Math.max(width / image.width, height / image.height);
  const [shownWidth, shownHeight] = [image.width * scale, image.height * scale];
  context.imageSmoothingQuality = 'high';
  context.drawImage(image, (width - shownWidth) / 2, (height - shownHeight) / 2, shownWidth, shownHeight);
}

/** Small enough to look at every pixel. */
function thumbnail(
  canvas: Drawing,
  surface: Canvas,
): { readonly width: number; readonly height: number; readonly data: Uint8ClampedArray } {
  const scale = 64 / Math.max(surface.width, surface.height);
  const width = Math.round(surface.width * scale);
  const height = Math.round(surface.height * scale);
  const small = canvas.createCanvas(width, height);
  const context = small.getContext('2d');
  context.imageSmoothingQuality = 'high';
  context.drawImage(surface, 0, 0, width, height);
  return { width, height, data: context.getImageData(0, 0, width, height).data };
}

function draw(context: SKRSContext2D, { from, to, colour, stops }: Veil, { width, height }: Canvas): void {
  const gradient = context.createLinearGradient(from.x, from.y, to.x, to.y);
  for (const { at, alpha } of stops) gradient.addColorStop(at, `${colour}${hex(alpha)}`);
  context.fillStyle = gradient;
  context.fillRect(0, 0, width, height);
}

const hex = (share: number): string =>
  Math.round(share * 255)
    .toString(16)
    .padStart(2, '0');

const family = 'Continuo Poppins ExtraBold';

async function badgeOf(canvas: Drawing, { aspect, palette }: FramePictureInput, number: number): Promise<FramedPicture['badge']> {
  if (!canvas.GlobalFonts.has(family)) canvas.GlobalFonts.registerFromPath(assetFile('fonts/Poppins_800ExtraBold.ttf'), family);
  const { picture, frame } = layoutOf(aspect);
  const size = 2 * Math.round(Math.min(frame.width, frame.height) * 0.075);
  const surface = canvas.createCanvas(size, size);
  const context = surface.getContext('2d');
  const middle = size / 2;
  const radius = size * 0.4;
  context.shadowColor = '#00000073';
  context.shadowBlur = size * 0.09;
  context.shadowOffsetY = size * 0.03;
  context.fillStyle = palette.accent;
  context.beginPath();
  context.arc(middle, middle, radius, 0, 2 * Math.PI);
  context.fill();
  context.shadowColor = 'transparent';
  context.strokeStyle = '#ffffffd9';
  context.lineWidth = size * 0.035;
  context.stroke();
  const text = String(number);
  context.fillStyle = palette.onAccent;
  context.font = `${Math.round(radius * (text.length === 1 ? 1.15 : text.length === 2 ? 0.95 : 0.68))}px "${family}"`;
  context.textAlign = 'center';
  const { actualBoundingBoxAscent: ascent, actualBoundingBoxDescent: descent } = context.measureText(text);
  context.fillText(text, middle, middle + (ascent - descent) / 2);
  const png = new Uint8Array(await surface.encode('png'));
  return { png, box: { x: picture.x, y: picture.y, width: size, height: size } };
}
