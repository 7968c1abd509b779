/**
 * How a run stands, as it goes over the wire.
 *
 * S1. All of it follows from the run's state and plan: the same state is the same text, and its number is its name (ETag).
 * S2. It is bounded where a run is not: tasks in hand are listed up to a number; values that lie in blobs are opened until
 *     there is enough of them, and named from then on.
 */
import type { Json } from '../../core/data/json.ts';
import type { Program } from '../../core/plan/program.ts';
import type { Payload } from '../../core/run/events.ts';
import { reservedIn } from '../../core/run/money.ts';
import { attemptsInHand, workAt } from '../../core/run/outstanding.ts';
import { hasEnded, statusOf } from '../../core/run/phases.ts';
import { Shelf } from '../../core/run/scope.ts';
import type { Output, Run } from '../../core/run/state.ts';
import type { Standing } from '../../engine/standings.ts';
import { openQuestions } from '../../engine/view.ts';
import { questionOf } from './questions.ts';
import { allFields, mostTasks, type PendingTask, type RunState, type StateField, type StateFields } from './run-state-form.ts';
import { type ErrorOfRun, isoOf } from './wire.ts';

/** Characters of values in blobs that one answer holds at most. */
const mostOpened = 16 * 1024 * 1024;

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

/** Nothing where a value would have to be fetched for it, or where it cannot be made: the attempt will say why. */
function inputOf(program: Program, make: () => Json): Json | undefined {
  if (program.missing.length > 0) return undefined;
  try {
    return make();
  } catch {
    return undefined;
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
