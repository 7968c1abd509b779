/** What a frame looks like, in a few bytes: the luma of 16 × 16 cells. Alike signatures, alike pictures. */
import { layoutOf, type Aspect } from '../film/aspect.ts';
import { cellsOf, cellsOnSide } from './sample.ts';

/** Base64 of 256 bytes, row by row. */
export const signatureOf = (sample: Uint8Array): string => Buffer.from(cellsOf(sample).map(Math.round)).toString('base64');

/** How much the cells differ from each other (standard deviation of their luma): an empty picture has next to none. */
export function detailOf(signature: string): number {
  const cells = Buffer.from(signature, 'base64');
  if (cells.length === 0) return 0;
  const mean = cells.reduce((sum, cell) => sum + cell, 0) / cells.length;
  return Math.sqrt(cells.reduce((sum, cell) => sum + (cell - mean) ** 2, 0) / cells.length);
}

/**
 * How far two pictures are from each other: the mean difference of luma where the layout has its picture.
 * Captions and headings stand elsewhere, and differ even where the picture is the same.
 */
export function pictureDistance(one: string, other: string, aspect: Aspect): number {
  const [first, second] = [Buffer.from(one, 'base64'), Buffer.from(other, 'base64')];
  const places = pictureCells(aspect);
  const sum = places.reduce((total, place) => total + Math.abs((first[place] ?? 0) - (second[place] ?? 0)), 0);
  return sum / places.length;
}

function pictureCells(aspect: Aspect): readonly number[] {
  const { frame, picture } = layoutOf(aspect);
  const [across, down] = [frame.width / cellsOnSide, frame.height / cellsOnSide];
  const places: number[] = [];
  for (let row = Math.ceil(picture.y / down); (row + 1) * down <= picture.y + picture.height; row++)
    for (let column = Math.ceil(picture.x / across); (column + 1) * across <= picture.x + picture.width; column++)
      places.push(row * cellsOnSide + column);
  return places;
}
