/**
 * How a run stands, as it goes over the wire.
 *
 * S1. All of it follows from the run's state and plan: the same state is the same text, and its number is its name (ETag).
 * S2. It is bounded where a run is not: tasks in hand are listed up to a number; values that lie in blobs are opened until
 *     there is enough of them, and named from then on.
 */
import { z } from 'zod';
import type { Json } from '../../core/data/json.ts';
import type { Program } from '../../core/plan/program.ts';
import { BlobNeeded } from '../../core/plan/expression.ts';
import type { Payload } from '../../core/run/events.ts';
import { reservedIn } from '../../core/run/money.ts';
import { attemptsInHand, workAt } from '../../core/run/outstanding.ts';
import { hasEnded, statusOf } from '../../core/run/phases.ts';
import { Shelf } from '../../core/run/scope.ts';
import type { Output, Run, Status } from '../../core/run/state.ts';
import type { Standing } from '../../engine/standings.ts';
import { openQuestions } from '../../engine/view.ts';
import { questionOf, questionView, type QuestionView } from './questions.ts';
import { errorOfRun, type ErrorOfRun, instant, isoOf, jsonValue, status } from './wire.ts';

const mostTasks = 100;
/** Characters of values in blobs that one answer holds at most. */
const mostOpened = 16 * 1024 * 1024;

export interface PendingTask {
  readonly agent: string;
  readonly step: string;
  readonly item?: number | undefined;
  readonly attempt: number;
  readonly data?: Json | undefined;
}

export interface UserDecision {
  readonly step: string;
  readonly at: string;
  readonly by: string;
  readonly choice?: string | undefined;
  readonly value?: Json | undefined;
  readonly note?: string | undefined;
}

export interface PastErrorView {
  readonly step?: string | undefined;
  readonly item?: number | undefined;
  readonly attempt?: number | undefined;
  readonly error: ErrorOfRun;
  readonly at: string;
}

/** What `?fields=` may name. */
export interface StateFields {
  readonly plan_id?: string | undefined;
  readonly phase?: string | undefined;
  readonly current_step?: string | null | undefined;
  readonly current_steps?: readonly string[] | undefined;
  readonly completed_steps?: readonly string[] | undefined;
  readonly failed_steps?: readonly string[] | undefined;
  readonly skipped_steps?: readonly string[] | undefined;
  readonly pending_tasks?: readonly PendingTask[] | undefined;
  readonly input?: Json | undefined;
  readonly results?: Readonly<Record<string, Json>> | undefined;
  readonly user_decisions?: readonly UserDecision[] | undefined;
  readonly error_history?: readonly PastErrorView[] | undefined;
  readonly questions?: readonly QuestionView[] | undefined;
  readonly created_at?: string | undefined;
  readonly updated_at?: string | undefined;
  readonly ended_at?: string | undefined;
  readonly output?: Json | undefined;
  readonly error?: ErrorOfRun | undefined;
  readonly cost?: { readonly limit?: number | undefined; readonly spent: number; readonly reserved: number } | undefined;
  readonly priority?: number | undefined;
  readonly parent_id?: string | undefined;
  readonly forked_from?: { readonly workflow_id: string; readonly step: string } | undefined;
}

export type StateField = keyof StateFields;

export interface RunState extends StateFields {
  readonly workflow_id: string;
  readonly project_id?: string | undefined;
  readonly workflow?: string | undefined;
  readonly status: Status;
  readonly as_of?: string | undefined;
}

const list = <T>(schema: z.ZodType<T>): z.ZodType<readonly T[]> => z.array(schema).readonly();
const steps = list(z.string());

const stateFields: { readonly [F in StateField]: z.ZodType<StateFields[F]> } = {
  plan_id: z.string(),
  phase: z.string().meta({ description: 'Finer than the status: queued, forward, draining, undoing, fallback.' }),
  current_step: z.string().nullable().meta({ description: 'Of the steps that are under way the one that began first.' }),
  current_steps: steps,
  completed_steps: steps.meta({ description: 'In the order in which they were done.' }),
  failed_steps: steps,
  skipped_steps: steps,
  pending_tasks: list<PendingTask>(
    z.object({
      agent: z.string(),
      step: z.string(),
      item: z.int().optional(),
      attempt: z.int(),
      data: jsonValue.optional().meta({ description: 'What the agent was given; left out where that lies in a blob.' }),
    }),
  ).meta({ description: `At most ${mostTasks}.` }),
  input: jsonValue,
  results: z.record(z.string(), jsonValue).readonly().meta({ description: 'The output of each step that is done.' }),
  user_decisions: list<UserDecision>(
    z.object({
      step: z.string(),
      at: instant,
      by: z.string(),
      choice: z.string().optional(),
      value: jsonValue.optional(),
      note: z.string().optional(),
    }),
  ),
  error_history: list<PastErrorView>(
    z.object({
      step: z.string().optional(),
      item: z.int().optional(),
      attempt: z.int().optional(),
      error: errorOfRun,
      at: instant,
    }),
  ).meta({ description: 'The last fifty; the events have all.' }),
  questions: list(questionView),
  created_at: instant,
  updated_at: instant,
  ended_at: instant,
  output: jsonValue,
  error: errorOfRun,
  cost: z.object({ limit: z.number().optional(), spent: z.number(), reserved: z.number() }).meta({ description: 'Dollars.' }),
  priority: z.int(),
  parent_id: z.string(),
  forked_from: z.object({ workflow_id: z.string(), step: z.string() }),
};

// An object of it has the names that it was made of.
export const allFields: readonly StateField[] = Object.keys(stateFields) as StateField[];

export const runState: z.ZodType<RunState> = z
  .object({
    workflow_id: z.string(),
    project_id: z.string().optional(),
    workflow: z.string().optional(),
    status,
    as_of: instant.optional().meta({ description: 'Only while the store is away: this is what was told of the run last.' }),
    ...z.object(stateFields).partial().shape,
  })
  .meta({ id: 'WorkflowState' });

export type Open = (payload: Payload) => Promise<Json>;

export async function runStateOf(standing: Standing, fields: ReadonlySet<StateField>, open: Open): Promise<RunState> {
  const { run } = standing;
  const told: [StateField, unknown][] = [];
  const opener = atMost(mostOpened, open);
  for (const field of allFields) {
    if (!fields.has(field)) continue;
    const value = await tellers[field](standing, opener);
    if (value !== undefined) told.push([field, value]);
  }
  return { workflow_id: run.id, project_id: run.project, workflow: run.workflow, status: statusOf(run), ...Object.fromEntries(told) };
}

type Teller<F extends StateField> = (standing: Standing, open: Open) => StateFields[F] | Promise<StateFields[F]>;

const tellers: { readonly [F in StateField]: Teller<F> } = {
  plan_id: ({ run }) => run.plan,
  phase: ({ run }) => run.phase.is,
  current_step: (standing) => activeSteps(standing)[0] ?? null,
  current_steps: (standing) => activeSteps(standing),
  completed_steps: (standing) => doneSteps(standing).map(({ id }) => id),
  failed_steps: (standing) => stepsThatAre(standing, 'failed'),
  skipped_steps: (standing) => stepsThatAre(standing, 'skipped'),
  pending_tasks: pendingTasks,
  input: ({ run }, open) => open(run.input),
  results: async (standing, open) => {
    const results: Record<string, Json> = {};
    for (const { id, output } of doneSteps(standing)) results[id] = await whole(output, open);
    return results;
  },
  user_decisions: ({ run, program }, open) =>
    Promise.all(
      run.decisions.map(async ({ step, at, answer: { by, choice, value, note } }) => ({
        step: program.nodes[step]?.id ?? '',
        at: isoOf(at),
        by,
        ...(choice === undefined ? {} : { choice }),
        ...(value === undefined ? {} : { value: await open(value) }),
        ...(note === undefined ? {} : { note }),
      })),
    ),
  error_history: ({ run: { errors = [] } }) =>
    errors.map(({ step, item, attempt, code, message, at }) => ({
      ...(step === undefined ? {} : { step }),
      ...(item === undefined ? {} : { item }),
      ...(attempt === undefined ? {} : { attempt }),
      error: { code, message },
      at: isoOf(at),
    })),
  questions: async ({ run, program }, open) => (await openQuestions(program, run, open)).map(questionOf),
  created_at: ({ run }) => isoOf(run.startedAt),
  updated_at: ({ run }) => isoOf(run.updatedAt),
  ended_at: ({ run: { phase } }) => ('at' in phase ? isoOf(phase.at) : undefined),
  output: ({ run: { phase } }, open) => (phase.is === 'succeeded' ? open(phase.output) : undefined),
  error: ({ run }) => errorOf(run),
  cost: ({ run: { money } }) => ({
    ...(money.limit === undefined ? {} : { limit: money.limit }),
    spent: money.spent,
    reserved: reservedIn(money),
  }),
  priority: ({ run }) => run.priority,
  parent_id: ({ run }) => run.parent?.run,
  forked_from: ({ run: { forkedFrom: from } }) => (from === undefined ? undefined : { workflow_id: from.run, step: from.step }),
};

const activeSteps = ({ run, program }: Standing): string[] => run.active.map((place) => program.node(place).id);

function stepsThatAre({ run, program }: Standing, state: 'failed' | 'skipped'): string[] {
  return program.nodes.flatMap(({ place, id }) => (run.steps.get(place).is === state ? [id] : []));
}

/** In the order in which they were done. */
function doneSteps({ run, program }: Standing): readonly { readonly id: string; readonly output: Output }[] {
  const done = program.nodes.flatMap(({ place, id }) => {
    const state = run.steps.get(place);
    return state.is === 'done' ? [{ id, output: state.output, order: state.order }] : [];
  });
  return done.sort((one, other) => one.order - other.order);
}

function whole(output: Output, open: Open): Promise<Json> {
  if (!('items' in output)) return open(output);
  return Promise.all(output.items.toArray().map(async (item) => (item.is === 'done' ? open(item.output) : null)));
}

function pendingTasks({ run, program }: Standing): readonly PendingTask[] {
  const tasks: PendingTask[] = [];
  if (hasEnded(run)) return tasks;
  const shelf = new Shelf();
  for (const ref of attemptsInHand(run)) {
    const work = workAt(program, run, ref, shelf);
    if (work === undefined) continue;
    const { worker } = work;
    const agent =
      'agentId' in worker
        ? worker.agentId
        : 'capability' in worker
          ? worker.capability
          : 'workflow' in worker
            ? `workflow ${worker.workflow}`
            : 'a plan';
    const data = inputOf(program, () => work.input());
    const { item, attempt } = ref;
    tasks.push({ agent, step: work.node.id, ...(item === undefined ? {} : { item }), attempt, ...(data === undefined ? {} : { data }) });
    if (tasks.length === mostTasks) break;
  }
  return tasks;
}

/** Nothing where it cannot be told without fetching something, or at all: the attempt will say why. */
function inputOf(program: Program, make: () => Json): Json | undefined {
  if (program.missing.length > 0) return undefined;
  try {
    return make();
  } catch (error) {
    if (error instanceof BlobNeeded || error instanceof Error) return undefined;
    throw error;
  }
}

function errorOf({ phase }: Run): ErrorOfRun | undefined {
  const error =
    phase.is === 'failed' || phase.is === 'fallback'
      ? phase.error
      : (phase.is === 'draining' || phase.is === 'undoing') && phase.end.as === 'failed'
        ? phase.end.error
        : undefined;
  return error === undefined ? undefined : { code: error.code, message: error.message };
}

/** S2. */
function atMost(most: number, open: Open): Open {
  let left = most;
  return (payload) => {
    if ('value' in payload) return Promise.resolve(payload.value);
    if (payload.bytes > left) return Promise.resolve({ blob: payload.blob, bytes: payload.bytes });
    left -= payload.bytes;
    return open(payload);
  };
}
