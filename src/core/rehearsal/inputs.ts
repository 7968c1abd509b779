/** What an attempt got, or would get. */
import { ContinuoError, faultOf } from '../errors.ts';
import type { Json } from '../data/json.ts';
import type { Program } from '../plan/program.ts';
import type { AttemptRef, Fault } from '../run/events.ts';
import { workAt } from '../run/outstanding.ts';
import type { Shelf } from '../run/scope.ts';
import type { Run } from '../run/state.ts';
import { BlobAbsent, withBlobs, type Fetching } from './fetching.ts';

export type Input =
  | { readonly value: Json }
  /** A function of the plan failed: the attempt fails with this before any agent sees it. */
  | { readonly error: Fault }
  /** It cannot be computed here; what the plan says of it is known all the same. */
  | { readonly unknown: string; readonly expression: Json };

export function* inputAt(program: Program, run: Run, ref: Omit<AttemptRef, 'attempt'>, shelf: Shelf): Fetching<Input | undefined> {
  const work = workAt(program, run, ref, shelf);
  if (work === undefined) return undefined;
  try {
    return { value: yield* withBlobs(shelf, () => work.input()) };
  } catch (error) {
    const { step } = work.node;
    // Steps are plain JSON by P1, which the interface types cannot say.
    const expression = ('input' in step ? { input: step.input, over: 'over' in step ? step.over : null } : null) as unknown as Json;
    if (error instanceof BlobAbsent) return { unknown: `it reads a large value that is not here, ${error.blob}`, expression };
    if (!(error instanceof ContinuoError)) throw error;
    if (error.code === 'PLAN_CODE_MISSING') return { unknown: 'its function was changed, and the old one is not here', expression };
    return { error: faultOf(error) };
  }
}
