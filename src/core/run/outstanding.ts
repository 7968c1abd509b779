/**
 * What ought to be in the world right now for this run: attempts and child runs in
 * hand, alarms, open questions, awaited signals. The engine makes the world match.
 *
 * O1. A run that has not ended has at least one of these, or it is paused or queued.
 * O2. `workAt` gives the same for one task as `outstanding` does for all, so that an
 *     engine may follow the tasks that events name instead of comparing everything.
 */
import type { Json } from '../data/json.ts';
import type { AskStep, Worker } from '../plan/model.ts';
import type { Node, Program } from '../plan/program.ts';
import { listOf } from './advance.ts';
import { wakeAt } from './deadlines.ts';
import type { AttemptRef, HeldQuestion, RunEvent } from './events.ts';
import { hasEnded } from './phases.ts';
import { feedbackOf, openOutput, scopeOf, type Shelf } from './scope.ts';
import { signalName } from './signals.ts';
import type { Records, Run, Task, Work } from './state.ts';
import { epochOf, taskAt, taskKey, timeoutOf, workOf } from './tasks.ts';
import { wallTime } from './time.ts';

/** An attempt that should be made by an agent, or a child run that should be there. */
export class TaskWork {
  readonly kind: 'task' | 'child';
  readonly key: string;
  readonly ref: AttemptRef;
  readonly node: Node;
  readonly worker: Worker;
  readonly records: Records;
  /** How long this attempt may take, and be silent: the engine counts from when it is really made. */
  readonly timeout: number | undefined;
  readonly heartbeat: number | undefined;
  readonly #program: Program;
  readonly #run: Run;
  readonly #shelf: Shelf;

  constructor(program: Program, run: Run, ref: AttemptRef, task: Task, shelf: Shelf) {
    const node = program.node(ref.step);
    const { undo, worker, heartbeat } = workOf(node);
    this.worker = ref.undo === true && undo !== undefined ? { agentId: undo.agentId, action: undo.action } : worker;
    this.kind = 'agentId' in this.worker || 'capability' in this.worker ? 'task' : 'child';
    this.key = taskKey(node, ref);
    this.ref = ref;
    this.node = node;
    this.records = task.records;
    this.timeout = timeoutOf(node, ref.undo === true).attempt;
    this.heartbeat = heartbeat;
    this.#program = program;
    this.#run = run;
    this.#shelf = shelf;
  }

  /** Evaluates the plan's transformer: may throw a TRANSFORMER_* error, or BlobNeeded. */
  input(): Json {
    return inputOf(this.#program, this.#run, this.node, this.ref, this.#shelf);
  }

  feedback(): Json | undefined {
    return feedbackOf(this.#program, this.#run.steps.get(this.ref.step), this.#shelf);
  }

  /** For a call of a plan that an earlier step produced. */
  plan(): Json | undefined {
    return this.node.plan?.(scopeOf(this.#program, this.#run, this.#shelf, this.node));
  }
}

export type Outstanding =
  | TaskWork
  | { readonly kind: 'fallback'; readonly plan: string }
  | { readonly kind: 'timer'; readonly at: number }
  | { readonly kind: 'question'; readonly question: Question }
  | { readonly kind: 'signal'; readonly step: string; readonly name: string };

/** A question that waits for a person, as it should be shown. */
export interface Question {
  readonly step: string;
  readonly item?: number;
  readonly question: string;
  readonly show?: Json;
  readonly choices?: readonly string[];
  readonly form?: Json;
  readonly who?: readonly string[];
  /** Wall time of the deadline. */
  readonly deadline?: number;
  readonly otherwise?: Json;
  readonly answers: number;
  readonly quorum: number;
  readonly held?: HeldQuestion;
}

export function* outstanding(program: Program, run: Run, shelf: Shelf): Generator<Outstanding> {
  if (hasEnded(run)) return;
  for (const ref of attemptsInHand(run)) {
    const work = workAt(program, run, ref, shelf);
    if (work !== undefined) yield work;
  }
  if (run.phase.is === 'fallback') yield { kind: 'fallback', plan: run.phase.plan };
  const at = wakeAt(program, run);
  if (at !== undefined) yield { kind: 'timer', at };
  for (const question of questions(program, run, shelf)) yield { kind: 'question', question };
  for (const place of run.phase.is === 'forward' ? run.active : []) {
    const { step, id } = program.node(place);
    const name = step.kind === 'wait' ? signalName(step) : undefined;
    if (name !== undefined) yield { kind: 'signal', step: id, name };
  }
}

/** Names of all attempts that count. */
export function* attemptsInHand(run: Run): Generator<AttemptRef> {
  const epoch = epochOf(run);
  for (const place of run.active) {
    const state = run.steps.get(place);
    if (state.is !== 'active') continue;
    const { work, visit } = state;
    if (work.do === 'task' && work.task.is === 'running') yield { step: place, visit, attempt: work.task.attempt, ...epoch };
    if (work.do !== 'map' || work.open === 0) continue;
    let item = 0;
    for (const one of work.items) {
      if (one.is === 'active' && one.task.is === 'running') yield { step: place, item, visit, attempt: one.task.attempt, ...epoch };
      item++;
    }
  }
  if (run.phase.is === 'undoing' && run.phase.task?.is === 'running') {
    const step = run.phase.todo[0] ?? 0;
    yield { step, undo: true, visit: run.steps.get(step).visit, attempt: run.phase.task.attempt, ...epoch };
  }
}

/** The work at a place, if an attempt ought to be in hand there. */
export function workAt(program: Program, run: Run, place: Omit<AttemptRef, 'attempt'>, shelf: Shelf): TaskWork | undefined {
  const task = taskAt(run, place);
  if (task?.is !== 'running') return undefined;
  const { step, item, visit } = place;
  const ref: AttemptRef = {
    step,
    ...(item === undefined ? {} : { item }),
    ...(place.undo === true ? { undo: true } : {}),
    visit,
    attempt: task.attempt,
    ...epochOf(run),
  };
  return new TaskWork(program, run, ref, task, shelf);
}

function inputOf(program: Program, run: Run, node: Node, place: Omit<AttemptRef, 'attempt'>, shelf: Shelf): Json {
  const scope = scopeOf(program, run, shelf, node);
  if (place.undo === true) return undoInput(program, run, node, shelf);
  if (place.item === undefined) return node.main(scope) ?? null;
  const items = shelf.list({ place: node.place, visit: place.visit, epoch: run.epoch }, () => listOf(node.id, node.main(scope)));
  const item = items[place.item] ?? null;
  return node.each(scopeOf(program, run, shelf, node, { item, index: place.item })) ?? null;
}

function undoInput(program: Program, run: Run, node: Node, shelf: Shelf): Json {
  const state = run.steps.get(node.place);
  const output = state.is === 'done' ? openOutput(state.output, shelf) : null;
  const input = node.main(scopeOf(program, run, shelf, node)) ?? null;
  const own = { input, output };
  return node.undoInput === undefined ? own : (node.undoInput(scopeOf(program, run, shelf, node, { own })) ?? null);
}

export function* questions(program: Program, run: Run, shelf: Shelf): Generator<Question> {
  if (run.phase.is !== 'forward') return;
  for (const place of run.active) {
    const node = program.node(place);
    const state = run.steps.get(place);
    if (state.is !== 'active') continue;
    const { work } = state;
    if (work.do === 'ask' && node.step.kind === 'ask') yield asked(run, node.step, work, shelf);
    else if (work.do === 'task') yield* heldQuestion(node, work.task, undefined);
    else if (work.do === 'map' && work.open > 0) {
      let index = 0;
      for (const item of work.items) {
        if (item.is === 'active') yield* heldQuestion(node, item.task, index);
        index++;
      }
    }
  }
}

function asked(run: Run, step: AskStep, work: Extract<Work, { do: 'ask' }>, shelf: Shelf): Question {
  return {
    step: step.id,
    question: work.question,
    ...(work.show === undefined ? {} : { show: shelf.open(work.show) }),
    ...(step.choices === undefined ? {} : { choices: step.choices }),
    ...(step.form === undefined ? {} : { form: step.form }),
    ...(step.who === undefined ? {} : { who: step.who }),
    ...(work.deadline === undefined ? {} : { deadline: wallTime(run, work.deadline) }),
    ...(step.otherwise === undefined ? {} : { otherwise: step.otherwise }),
    answers: work.answers.length,
    quorum: step.quorum ?? 1,
  };
}

function* heldQuestion(node: Node, task: Task, item: number | undefined): Generator<Question> {
  if (task.is !== 'held' || task.question === undefined) return;
  yield {
    step: node.id,
    ...(item === undefined ? {} : { item }),
    question: task.question.text,
    ...(task.question.about === 'limit' ? { choices: ['retry'] } : {}),
    answers: 0,
    quorum: 1,
    held: task.question,
  };
}

/** The piece of work that an event opened or closed, if it is about one. */
export function placeOf(event: RunEvent, run: Run): Omit<AttemptRef, 'attempt'> | undefined {
  if (!event.type.startsWith('task.') || !('step' in event) || event.step === undefined || event.step >= run.steps.length) return undefined;
  const item = 'item' in event ? event.item : undefined;
  const undo = 'undo' in event ? event.undo : undefined;
  return {
    step: event.step,
    ...(item === undefined ? {} : { item }),
    ...(undo === true ? { undo } : {}),
    visit: run.steps.get(event.step).visit,
  };
}
