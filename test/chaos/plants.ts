/** Bugs that are planted on purpose, as changes of the source text: the suite must find each of them, or it proves nothing. */
import type { Planted } from '../sim/planted.ts';

export const plants: readonly Planted[] = [];
