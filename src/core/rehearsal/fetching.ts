/**
 * Evaluation that may need large values, without I/O: the generator names a blob, and
 * whoever drives it gives its value, or nothing where it is not to be had.
 */
import type { Json } from '../data/json.ts';
import { BlobNeeded } from '../plan/expression.ts';
import type { Shelf } from '../run/scope.ts';

export type Fetching<T> = Generator<string, T, Json | undefined>;

/** A value that nobody has: the evaluation cannot be made. */
export class BlobAbsent {
  readonly blob: string;
  constructor(blob: string) {
    this.blob = blob;
  }
}

export function* withBlobs<T>(shelf: Shelf, how: () => T): Fetching<T> {
  for (;;) {
    try {
      return how();
    } catch (error) {
      if (!(error instanceof BlobNeeded)) throw error;
      const value = yield error.blob;
      if (value === undefined) throw new BlobAbsent(error.blob);
      shelf.put(error.blob, value);
    }
  }
}
