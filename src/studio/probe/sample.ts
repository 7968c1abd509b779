/** A frame as it is looked at: its luma alone, so small that looking costs nothing. */

/** Pixels on each side, whatever the shape of the film. */
export const sampleSide = 96;
export const bytesPerSample: number = sampleSide * sampleSide;

/** A sample is divided into as many cells on each side. */
export const cellsOnSide = 16;
const cellSide = sampleSide / cellsOnSide;

/** Every third frame is looked at: a flash of a tenth of a second is seen. */
export const framesPerSample = 3;

/** For each cell, row by row, the mean of what `of` gives for its pixels. */
function meanOverCells(of: (place: number) => number): Float64Array {
  const means = new Float64Array(cellsOnSide * cellsOnSide);
  for (let y = 0; y < sampleSide; y++)
    for (let x = 0; x < sampleSide; x++) {
      const cell = Math.floor(y / cellSide) * cellsOnSide + Math.floor(x / cellSide);
      means[cell] = (means[cell] ?? 0) + of(y * sampleSide + x) / (cellSide * cellSide);
    }
  return means;
}

export const cellsOf = (sample: Uint8Array): Float64Array => meanOverCells((place) => sample[place] ?? 0);

/** The share of the cells in which one sample differs from the other by more than an encoder's noise. */
export function movedShare(one: Uint8Array, other: Uint8Array): number {
  const differences = meanOverCells((place) => Math.abs((one[place] ?? 0) - (other[place] ?? 0)));
  return differences.filter((difference) => difference > 0.75).length / differences.length;
}

/** Black is what a good screen shows as nothing: luma below 29 of the 16–235 that it goes over. */
export function isBlack(sample: Uint8Array): boolean {
  let dark = 0;
  for (const luma of sample) if (luma < 29) dark++;
  return dark >= 0.98 * sample.length;
}
