import type { Box } from '../film/aspect.ts';
import type { Pen } from './canvas.ts';

export interface PlateLook {
  readonly radius: number;
  /** May let through what lies behind. */
  readonly colour: string;
  readonly shadow: { readonly colour: string; readonly blur: number; readonly down: number };
}

/** A rounded ground for letters. Its shadow falls around it alone: seen through it, it would spoil the colour. */
export function paintPlate(pen: Pen, { x, y, width, height }: Box, { radius, colour, shadow }: PlateLook): void {
  const outline = (): void => {
    pen.beginPath();
    pen.roundRect(x, y, width, height, radius);
  };
  const far = 2 * shadow.blur + shadow.down;
  pen.save();
  outline();
  pen.rect(x - far, y - far, width + 2 * far, height + 2 * far);
  pen.clip('evenodd');
  pen.shadowColor = shadow.colour;
  pen.shadowBlur = shadow.blur;
  pen.shadowOffsetY = shadow.down;
  pen.fillStyle = '#000000';
  outline();
  pen.fill();
  pen.restore();
  pen.fillStyle = colour;
  outline();
  pen.fill();
}
