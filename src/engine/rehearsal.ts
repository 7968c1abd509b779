/** Rehearsals outside of the core: large values are fetched where there is a store. */
import { ContinuoError } from '../core/errors.ts';
import type { Json } from '../core/data/json.ts';
import { rehearse, type Journal, type Rehearsal } from '../core/rehearsal/rehearse.ts';
import type { AnyWorkflow } from '../core/plan/workflow.ts';

export { readJournal } from '../core/rehearsal/read-journal.ts';

/** Answers with nothing for a value that it does not have. */
export type FetchBlob = (blob: string) => Promise<Json | undefined>;

export async function rehearseJournal(journal: Journal, workflow: AnyWorkflow | undefined, fetch: FetchBlob): Promise<Rehearsal> {
  const going = rehearse(journal, workflow);
  let step = going.next();
  while (step.done !== true) step = going.next(await fetch(step.value));
  return step.value;
}

/** A file alone has no blobs. */
export const noBlobs: FetchBlob = () => Promise.resolve(undefined);

/** Today's plan is one of the workflow that the run was started with, or was moved to. */
export function mustBeOf(journal: Journal, workflow: AnyWorkflow, source: string): void {
  const its = new Set(Object.values(journal.plans).map(({ id }) => id));
  if (its.has(workflow.id)) return;
  throw new ContinuoError('WORKFLOW_OTHER', `run ${journal.run} is of workflow ${[...its].join(', ')}, and ${source} holds ${workflow.id}`);
}
