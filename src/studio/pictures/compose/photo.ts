/** A photograph in a picture: all over the ground, or as a print that lies on it. */
import type { Canvas, Image, SKRSContext2D } from '@napi-rs/canvas';
import type { Size } from '../../film/aspect.ts';
import { canvasPackage } from '../../lettering/canvas.ts';
import { withAlpha } from '../../lettering/contrast.ts';
import type { PictureBrief } from '../brief.ts';
import { veilsFor, type Looks } from './veils.ts';

/** What of a picture is shown where it has to fill a shape: the middle. */
export function cover(
  image: Size,
  shape: Size,
): { readonly x: number; readonly y: number; readonly width: number; readonly height: number } {
  const scale = Math.max(shape.width / image.width, shape.height / image.height);
  const [width, height] = [shape.width / scale, shape.height / scale];
  return { x: (image.width - width) / 2, y: (image.height - height) / 2, width, height };
}

/** Of a frame's shape, how much a photograph may be cut to fill it. */
const mostCut = 0.42;
const leastShare = 0.55;

/** Whether it is large enough, and near enough to the shape of the frame, to be all there is to see. */
export function fillsFrame(photo: Size, frame: Size): boolean {
  const kept = cover(photo, frame);
  const share = (kept.width * kept.height) / (photo.width * photo.height);
  return share >= 1 - mostCut && photo.width >= frame.width * leastShare && photo.height >= frame.height * leastShare;
}

/** Over everything, veiled where words will stand. */
export function paintOver(
  canvas: Canvas,
  image: Image,
  { aspect, kind, palette }: Pick<PictureBrief, 'aspect' | 'kind' | 'palette'>,
  overscan: { readonly x: number; readonly y: number },
): void {
  const pen = canvas.getContext('2d');
  const { x, y, width, height } = cover(image, canvas);
  pen.imageSmoothingQuality = 'high';
  pen.drawImage(image, x, y, width, height, 0, 0, canvas.width, canvas.height);
  for (const { from, to, colour, stops } of veilsFor(aspect, kind, overscan, palette, looksOf(canvas))) {
    const veil = pen.createLinearGradient(from.x, from.y, to.x, to.y);
    for (const { at, alpha } of stops) veil.addColorStop(at, withAlpha(colour, alpha));
    pen.fillStyle = veil;
    pen.fillRect(0, 0, canvas.width, canvas.height);
  }
}

/** Small enough to look at every pixel. */
function looksOf(canvas: Canvas): Looks {
  const scale = 64 / Math.max(canvas.width, canvas.height);
  const [width, height] = [Math.round(canvas.width * scale), Math.round(canvas.height * scale)];
  const pen = canvasPackage().createCanvas(width, height).getContext('2d');
  pen.imageSmoothingQuality = 'high';
  pen.drawImage(canvas, 0, 0, width, height);
  return { width, height, data: pen.getImageData(0, 0, width, height).data };
}

/** As a print with a white edge. */
export function paintPrint(pen: SKRSContext2D, image: Image, { width, height }: Size): void {
  const edge = Math.round(Math.min(width, height) * 0.028);
  const corner = edge * 1.4;
  pen.shadowColor = 'rgba(0,0,0,.45)';
  pen.shadowBlur = edge;
  pen.shadowOffsetY = edge * 0.4;
  pen.fillStyle = '#ffffff';
  pen.beginPath();
  pen.roundRect(edge, edge * 0.6, width - edge * 2, height - edge * 2, corner);
  pen.fill();
  pen.shadowColor = 'transparent';
  pen.beginPath();
  pen.roundRect(edge * 1.9, edge * 1.5, width - edge * 3.8, height - edge * 3.8, corner * 0.6);
  pen.clip();
  pen.imageSmoothingQuality = 'high';
  pen.drawImage(image, edge * 1.9, edge * 1.5, width - edge * 3.8, height - edge * 3.8);
}
