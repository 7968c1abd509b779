import type { Colour } from './colour.ts';
import type { Planes } from './planes.ts';

/** Moves the whole picture sideways, to the right where `by` is positive, and fills what it leaves with a colour. */
export function pushAside({ width, height, y, u, v }: Planes, by: number, colour: Colour): void {
  const even = Math.round(by / 2) * 2;
  pushPlane(y, width, height, even, colour.y);
  pushPlane(u, width / 2, height / 2, even / 2, colour.u);
  pushPlane(v, width / 2, height / 2, even / 2, colour.v);
}

function pushPlane(plane: Uint8Array, width: number, height: number, by: number, value: number): void {
  const far = Math.min(width, Math.abs(by));
  for (let row = 0, start = 0; row < height; row++, start += width) {
    if (by > 0) {
      plane.copyWithin(start + far, start, start + width - far);
      plane.fill(value, start, start + far);
    } else {
      plane.copyWithin(start, start + far, start + width);
      plane.fill(value, start + width - far, start + width);
    }
  }
}
