/** Accepting a run: once for each id and key, and only what can run. */
import { randomUUIDv7 } from 'node:crypto';
import { canonicalJson } from '../core/data/canonical.ts';
import type { Json } from '../core/data/json.ts';
import { formatTraceparent, parseTraceparent } from '../core/data/traceparent.ts';
import { ContinuoError } from '../core/errors.ts';
import type { AnyWorkflow } from '../core/plan/workflow.ts';
import { mustHaveWorkers, mustKnowWorkflows, validInput, workflowOf, type Startable } from './admission.ts';
import type { Engine } from './engine.ts';

export interface StartOptions {
  /** The run's id; a new one when absent. Starting an id that is there goes on with it. */
  readonly id?: string;
  readonly project?: string;
  /** A second start with the same key is the same run. */
  readonly idempotencyKey?: string;
  readonly priority?: number;
  /** What it may cost at most, in dollars, where its plan does not say less. */
  readonly budget?: number;
  readonly by?: string;
  /** The trace that the run belongs to, as a `traceparent` header of W3C says it; its own when absent. */
  readonly trace?: string;
}

const idPattern = /^[A-Za-z0-9._~-]{1,128}$/;

export function mustBeRunId(id: string): void {
  if (!idPattern.test(id)) throw new ContinuoError('RUN_ID_INVALID', `${JSON.stringify(id)} cannot be a run id`);
}

function mustBeMoney(budget: number): void {
  if (!(budget >= 0) || !Number.isFinite(budget)) throw new ContinuoError('USAGE', `a budget of ${budget} is not an amount of money`);
}

/** Ids sort by the time at which they were made. */
export function randomId(): string {
  return randomUUIDv7();
}

/** Answers with the id of the run: a new one, or the one that was there. */
export async function startRun(
  engine: Engine,
  what: Startable,
  input: unknown,
  options: StartOptions,
  absent: 'refused' | 'awaited' = 'refused',
): Promise<string> {
  const workflow = workflowOf(what, engine.library);
  const { project = 'default', priority, budget, by, trace, idempotencyKey } = options;
  const id = options.id ?? engine.newId();
  mustBeRunId(id);
  if (budget !== undefined) mustBeMoney(budget);
  engine.library.know(workflow);
  const same = async (there: string): Promise<string> =>
    mustBeSame(engine, there, workflow, input === undefined ? undefined : await validInput(workflow, input));
  const known =
    options.id === undefined && idempotencyKey === undefined ? undefined : await find(engine, options.id, project, idempotencyKey);
  if (known !== undefined) return same(known);
  const valid = await validInput(workflow, input);
  // Nodes come and go: an event that nobody will tell again starts a run that waits for them.
  if (absent === 'awaited' && engine.backend.directory !== undefined) mustKnowWorkflows(workflow, engine.library);
  else await mustHaveWorkers(workflow, engine);
  const how = {
    project,
    input: valid,
    ...(priority === undefined ? {} : { priority }),
    ...(budget === undefined ? {} : { budget }),
    ...(by === undefined ? {} : { by }),
    ...traceGiven(trace),
  };
  try {
    await engine.begin(id, workflow, how, idempotencyKey === undefined ? {} : { idempotencyKey });
    return id;
  } catch (error) {
    // Another start with the same id or key may have been first: that is the run.
    const first = raceLost(error) ? await find(engine, id, project, idempotencyKey) : undefined;
    if (first === undefined) throw error;
    return same(first);
  }
}

/** As the standard has it, what cannot be read is left out, and the trace is begun anew. */
function traceGiven(text: string | undefined): { readonly trace?: string } {
  const given = text === undefined ? undefined : parseTraceparent(text);
  return given === undefined ? {} : { trace: formatTraceparent(given) };
}

async function find(
  engine: Engine,
  id: string | undefined,
  project: string,
  idempotencyKey: string | undefined,
): Promise<string | undefined> {
  const { runs } = engine.backend;
  const byKey = idempotencyKey === undefined ? undefined : await runs.byKey(project, idempotencyKey);
  return (byKey ?? (id === undefined ? undefined : await runs.get(id)))?.run;
}

/** Without an input, whatever input it has is right. */
async function mustBeSame(engine: Engine, id: string, workflow: AnyWorkflow, input: Json | undefined): Promise<string> {
  const { run } = await engine.reader.must(id);
  if (run.workflow !== workflow.id)
    throw new ContinuoError('RUN_EXISTS', `run ${id} exists, of workflow ${run.workflow}, not ${workflow.id}`);
  if (input !== undefined && canonicalJson(await engine.payloads.open(run.input)) !== canonicalJson(input)) {
    throw new ContinuoError('RUN_EXISTS', `run ${id} exists, and it was started with another input`);
  }
  return id;
}

function raceLost(error: unknown): boolean {
  return error instanceof ContinuoError && (error.code === 'JOURNAL_CONFLICT' || error.code === 'RUN_EXISTS');
}
