import { Library } from '../../engine/library.ts';

/** Nothing is kept: it only knows names. */
export function emptyLibrary(): Library {
  return new Library({ save: () => Promise.resolve(), load: () => Promise.resolve(undefined) });
}
