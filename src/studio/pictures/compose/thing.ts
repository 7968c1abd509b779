/** A thing of the library, drawn large. */
import type { Image, SKRSContext2D } from '@napi-rs/canvas';
import { ContinuoError } from '../../../core/errors.ts';
import { canvasPackage } from '../../lettering/canvas.ts';
import { thingSize, thingSvg } from '../things/things.ts';

/** As large as it will be shown: what is made larger afterwards is blurred. */
export async function thingImage(name: string, size: number): Promise<Image> {
  const body = thingSvg(name, 'thing-');
  if (body === undefined) throw new ContinuoError('INTERNAL', `a picture wants ${JSON.stringify(name)}, which nobody has drawn`);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 ${thingSize} ${thingSize}">${body}</svg>`;
  return canvasPackage().loadImage(Buffer.from(svg));
}

export interface Stance {
  readonly size: number;
  /** Degrees; a tilted thing is made smaller, so that no corner is cut off. */
  readonly tilt: number;
  /** On the ground below it. */
  readonly shadow: boolean;
}

/** Room that the shadow takes below. */
const standing = 0.93;

export const sizeOf = ({ size, tilt, shadow }: Stance): number => {
  const radians = (Math.abs(tilt) * Math.PI) / 180;
  return Math.round((size * (shadow ? standing : 1) * 0.98) / (Math.cos(radians) + Math.sin(radians)));
};

export function paintThing(pen: SKRSContext2D, image: Image, stance: Stance): void {
  const { size, tilt, shadow } = stance;
  const own = sizeOf(stance);
  if (shadow) paintShadow(pen, size);
  pen.translate(size / 2, size * (shadow ? 0.475 : 0.5));
  pen.rotate((tilt * Math.PI) / 180);
  pen.drawImage(image, -own / 2, -own / 2, own, own);
}

function paintShadow(pen: SKRSContext2D, size: number): void {
  pen.save();
  pen.translate(size / 2, size * 0.934);
  pen.scale(1, 0.174);
  const radius = size * 0.36;
  const shade = pen.createRadialGradient(0, 0, 0, 0, 0, radius);
  shade.addColorStop(0, 'rgba(0,0,0,.42)');
  shade.addColorStop(1, 'rgba(0,0,0,0)');
  pen.fillStyle = shade;
  pen.beginPath();
  pen.arc(0, 0, radius, 0, Math.PI * 2);
  pen.fill();
  pen.restore();
}
