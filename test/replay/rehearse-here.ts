import type { Json } from '../../src/core/data/json.ts';
import { rehearse, type Coded, type Journal, type Rehearsal } from '../../src/core/rehearsal/rehearse.ts';

/** A rehearsal with the blobs that are given, and no others. */
export function rehearseHere(journal: Journal, coded?: Coded, blobs: ReadonlyMap<string, Json> = new Map()): Rehearsal {
  const going = rehearse(journal, coded);
  let step = going.next();
  while (step.done !== true) step = going.next(blobs.get(step.value));
  return step.value;
}
