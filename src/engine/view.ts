/** A run as it is shown: by the command line, the server, and `orchestrator.get`. */
import type { Json } from '../core/data/json.ts';
import type { Program } from '../core/plan/program.ts';
import type { StepKind } from '../core/plan/model.ts';
import type { Fault, Payload } from '../core/run/events.ts';
import { questions, type Question } from '../core/run/outstanding.ts';
import { hasEnded, statusOf } from '../core/run/phases.ts';
import { Shelf } from '../core/run/scope.ts';
import { signalName } from '../core/run/signals.ts';
import type { Item, Output, Run, Status, StepState, Task } from '../core/run/state.ts';
import { wakeAt } from '../core/run/deadlines.ts';

export interface StepView {
  readonly kind: StepKind;
  readonly status: 'pending' | 'running' | 'retrying' | 'waiting' | 'done' | 'skipped' | 'overtaken' | 'failed' | 'undone';
  readonly attempts: number;
  readonly visits: number;
  readonly output?: Json;
  readonly error?: Fault;
  /** Of a map: how its items stand. */
  readonly items?: {
    readonly total: number;
    readonly done: number;
    readonly failed: number;
    readonly running: number;
    readonly waiting: number;
  };
  readonly source?: string;
  readonly retryAt?: number;
  readonly waitsFor?: string;
}

export interface RunView {
  readonly runId: string;
  readonly workflow: string;
  readonly project: string;
  readonly plan: string;
  readonly status: Status;
  /** Finer than the status: queued, forward, draining, undoing, fallback. */
  readonly phase: string;
  readonly input: Json;
  readonly output?: Json;
  readonly error?: Fault;
  readonly startedAt: number;
  readonly updatedAt: number;
  readonly endedAt?: number;
  readonly wakeAt?: number;
  readonly steps: Readonly<Record<string, StepView>>;
  readonly questions: readonly Question[];
  readonly decisions: readonly {
    readonly step: string;
    readonly at: number;
    readonly choice?: string;
    readonly value?: Json;
    readonly by: string;
    readonly note?: string;
  }[];
  /** Signals that came and that nothing has taken yet. */
  readonly signals: readonly string[];
  readonly money: { readonly limit?: number; readonly spent: number; readonly reserved: number };
  /** Functions of its plan that are not loaded here: it cannot go on without them. */
  readonly lacks?: readonly string[];
  readonly parent?: string;
  readonly forkedFrom?: { readonly run: string; readonly step: string };
}

export type OpenPayload = (payload: Payload) => Promise<Json>;

export async function viewOf(program: Program, run: Run, open: OpenPayload): Promise<RunView> {
  const steps: Record<string, StepView> = {};
  for (const node of program.nodes) steps[node.id] = await stepView(program, run, node.place, open);
  const { phase, money } = run;
  const wake = wakeAt(program, run);
  const decisions = await Promise.all(
    run.decisions.map(async ({ step, at, answer }) => ({
      step: program.node(step).id,
      at,
      ...(answer.choice === undefined ? {} : { choice: answer.choice }),
      ...(answer.value === undefined ? {} : { value: await open(answer.value) }),
      by: answer.by,
      ...(answer.note === undefined ? {} : { note: answer.note }),
    })),
  );
  return {
    runId: run.id,
    workflow: run.workflow,
    project: run.project,
    plan: run.plan,
    status: statusOf(run),
    phase: phase.is,
    input: await open(run.input),
    ...(phase.is === 'succeeded' ? { output: await open(phase.output) } : {}),
    ...errorOf(run),
    startedAt: run.startedAt,
    updatedAt: run.updatedAt,
    ...(phase.is === 'succeeded' || phase.is === 'failed' || phase.is === 'cancelled' ? { endedAt: phase.at } : {}),
    ...(wake === undefined ? {} : { wakeAt: wake }),
    steps,
    questions: await openQuestions(program, run, open),
    decisions,
    signals: run.signals.map((signal) => signal.name),
    money: {
      ...(money.limit === undefined ? {} : { limit: money.limit }),
      spent: money.spent,
      reserved: Object.values(money.reserved).reduce((sum, one) => sum + one.amount, 0),
    },
    ...(program.missing.length === 0 ? {} : { lacks: program.missing }),
    ...(run.parent === undefined ? {} : { parent: run.parent.run }),
    ...(run.forkedFrom === undefined ? {} : { forkedFrom: run.forkedFrom }),
  };
}

function errorOf(run: Run): { readonly error?: Fault } {
  const { phase } = run;
  if (phase.is === 'failed' || phase.is === 'fallback') return { error: phase.error };
  if ((phase.is === 'draining' || phase.is === 'undoing') && phase.end.as === 'failed') return { error: phase.end.error };
  return {};
}

/** What is asked, with what was shown beside it fetched. */
export async function openQuestions(program: Program, run: Run, open: OpenPayload): Promise<readonly Question[]> {
  if (hasEnded(run)) return [];
  const shelf = new Shelf();
  for (const place of run.active) {
    const state = run.steps.get(place);
    if (state.is === 'active' && state.work.do === 'ask' && state.work.show !== undefined && 'blob' in state.work.show) {
      shelf.put(state.work.show.blob, await open(state.work.show));
    }
  }
  return [...questions(program, run, shelf)];
}

export async function openWhole(output: Output, open: OpenPayload): Promise<Json> {
  if (!('items' in output)) return open(output);
  return Promise.all(output.items.toArray().map(async (item) => (item.is === 'done' ? open(item.output) : null)));
}

async function stepView(program: Program, run: Run, place: number, open: OpenPayload): Promise<StepView> {
  const { step } = program.node(place);
  const state = run.steps.get(place);
  const base = { kind: step.kind, visits: state.visit };
  switch (state.is) {
    case 'idle':
      return { ...base, status: 'pending', attempts: state.keep?.attempts ?? 0 };
    case 'skipped':
      return { ...base, status: state.why === 'overtaken' ? 'overtaken' : 'skipped', attempts: 0 };
    case 'failed':
      return {
        ...base,
        status: 'failed',
        attempts: state.attempts,
        error: state.error,
        ...(state.keep?.items === undefined ? {} : { items: countItems(state.keep.items) }),
      };
    case 'done':
      return {
        ...base,
        status: state.undone === true ? 'undone' : 'done',
        attempts: Math.max(state.attempts, state.source === undefined ? 1 : 0),
        output: await openWhole(state.output, open),
        ...('items' in state.output ? { items: countItems(state.output.items) } : {}),
        ...(state.source === undefined ? {} : { source: state.source }),
      };
    case 'active':
      return { ...base, ...activeView(run, program, place, state) };
  }
}

function activeView(
  run: Run,
  program: Program,
  place: number,
  state: Extract<StepState, { is: 'active' }>,
): Pick<StepView, 'status' | 'attempts' | 'items' | 'error' | 'retryAt' | 'waitsFor'> {
  const { work } = state;
  const { step } = program.node(place);
  switch (work.do) {
    case 'task':
      return taskView(run, work.task);
    case 'map':
      return { status: work.running > 0 ? 'running' : 'retrying', attempts: 1, items: countItems(work.items) };
    case 'ask':
      return { status: 'waiting', attempts: 1, waitsFor: 'an answer' };
    case 'wait': {
      const name = step.kind === 'wait' ? signalName(step) : undefined;
      return { status: 'waiting', attempts: 1, waitsFor: waitedFor(name) };
    }
  }
}

/** What a wait is for, in words. */
export function waitedFor(signal: string | undefined): string {
  if (signal === undefined) return 'its time';
  return signal.startsWith('event:') ? `event ${signal.slice(6)}` : `signal ${signal}`;
}

function taskView(run: Run, task: Task): Pick<StepView, 'status' | 'attempts' | 'error' | 'retryAt' | 'waitsFor'> {
  const error = task.error === undefined ? {} : { error: task.error };
  if (task.is === 'running') return { status: 'running', attempts: task.attempt, ...error };
  if (task.is === 'held') return { status: 'waiting', attempts: task.attempt, waitsFor: 'an answer' };
  return {
    status: 'retrying',
    attempts: task.attempt,
    ...error,
    ...(task.retryAt === undefined ? {} : { retryAt: task.retryAt + run.stoodStill }),
  };
}

function countItems(items: Iterable<Item>): NonNullable<StepView['items']> {
  const count = { total: 0, done: 0, failed: 0, running: 0, waiting: 0 };
  for (const item of items) {
    count.total++;
    if (item.is === 'done') count.done++;
    else if (item.is === 'failed') count.failed++;
    else if (item.is === 'active' && item.task.is === 'running') count.running++;
    else if (item.is === 'active') count.waiting++;
  }
  return count;
}
