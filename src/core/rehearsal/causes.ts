/**
 * What came from outside, recovered from the events that it led to. It needs no function
 * of the plan: which event was a cause follows from its type and from how the run stood.
 */
import type { Node, Program } from '../plan/program.ts';
import { attemptName, attemptNamed } from '../run/attempt-name.ts';
import type { Command } from '../run/commands.ts';
import { isOpenFailure } from '../run/ending.ts';
import type { AttemptRef, Fault, HeldQuestion, Payload, RunEvent } from '../run/events.ts';
import { reservationId } from '../run/money.ts';
import { attemptsInHand } from '../run/outstanding.ts';
import type { Run } from '../run/state.ts';
import { taskAt } from '../run/tasks.ts';
import { dueAt } from './time-did.ts';

/** One attempt, whatever the plan. */
export interface Attempt {
  readonly step: string;
  readonly item?: number;
  readonly undo?: true;
  readonly visit: number;
  readonly attempt: number;
}

export type Of<T extends RunEvent['type']> = Extract<RunEvent, { type: T }>;

export type Cause =
  /** A fork keeps results of steps, or that they were skipped, and how joins were decided. */
  | {
      readonly is: 'start';
      readonly event: Of<'run.started'>;
      readonly kept: readonly (readonly [step: string, output: Payload | 'skipped' | 'overtaken'])[];
      readonly joins: readonly (readonly [step: string, live: readonly string[]])[];
    }
  | { readonly is: 'tick' }
  | { readonly is: 'command'; readonly command: Command }
  /** About one attempt, which must be in hand, or held, or have reserved money. */
  | {
      readonly is: 'attempt';
      readonly of: Attempt;
      readonly when: 'running' | 'held' | 'reserved';
      readonly command: (ref: AttemptRef) => Command;
    }
  | { readonly is: 'migration'; readonly plan: string; readonly by: string | undefined };

export interface Found {
  readonly cause: Cause;
  /** The events up to this one belong to it, whatever they are. */
  readonly through: number;
}

export interface Place {
  readonly program: Program;
  readonly run: Run;
  readonly at: number;
}

/** The cause that begins with this event; undefined where it follows from the one before, which is `open`. */
export function causeOf(place: Place, events: readonly RunEvent[], offset: number, open: Cause | undefined): Found | undefined {
  const event = events[offset];
  if (event === undefined) return undefined;
  if (dueAt(place, event, events[offset - 1])) {
    const known = open?.is === 'tick' || (open?.is === 'command' && open.command.type === 'resume');
    return known ? undefined : { cause: { is: 'tick' }, through: offset };
  }
  const before = prelude(place, events, offset);
  if (before !== undefined) {
    const found = causeOf(place, events, before, open);
    return found === undefined ? undefined : { ...found, through: before };
  }
  if (event.type === 'run.started') return startOf(place, events, offset, event);
  if (event.type === 'run.retried') return retryOf(place, events, offset, event);
  const cause = ofAttempt(place, event) ?? ofRun(place, event);
  return cause === undefined ? undefined : { cause, through: offset };
}

/** Events that a command puts before the one that tells which it was: where that one is. */
function prelude({ run }: Place, events: readonly RunEvent[], offset: number): number | undefined {
  const event = events[offset];
  if (event?.type === 'money.raised') return events[offset + 1]?.type === 'task.released' ? offset + 1 : undefined;
  if (event?.type !== 'money.settled' || run.money.reserved[event.id]?.amount !== event.amount) return undefined;
  let at = offset;
  while (events[at]?.type === 'money.settled') at++;
  const next = events[at];
  const ends = next?.type === 'task.completed' || next?.type === 'task.failed' || next?.type === 'task.held';
  return ends && event.id.startsWith(reservationId(run, refOf(next), '')) ? at : undefined;
}

/** The attempt that an event names, without the rest of the event. */
function refOf(event: AttemptRef): AttemptRef {
  const { step, item, undo, visit, attempt, epoch } = event;
  return {
    step,
    ...(item === undefined ? {} : { item }),
    ...(undo === undefined ? {} : { undo }),
    visit,
    attempt,
    ...(epoch === undefined ? {} : { epoch }),
  };
}

function startOf({ program }: Place, events: readonly RunEvent[], offset: number, event: Of<'run.started'>): Found {
  const id = (place: number): string => program.node(place).id;
  const kept: [string, Payload | 'skipped' | 'overtaken'][] = [];
  const joins: [string, readonly string[]][] = [];
  let through = offset;
  for (let last = -1; event.forkedFrom !== undefined; through++) {
    const next = events[through + 1];
    if (next?.type === 'step.joined' && kept.length === 0) {
      joins.push([id(next.step), next.live.map(id)]);
      continue;
    }
    const output = keptOf(next);
    if (output === undefined || next === undefined || !('step' in next) || next.step === undefined || next.step <= last) break;
    kept.push([id(next.step), output]);
    last = next.step;
  }
  return { cause: { is: 'start', event, kept, joins }, through };
}

function keptOf(event: RunEvent | undefined): Payload | 'skipped' | 'overtaken' | undefined {
  if (event?.type === 'step.completed' && event.source === 'fork') return event.output;
  if (event?.type !== 'step.skipped' || event.why === 'dependencies') return undefined;
  return event.why === 'overtaken' ? 'overtaken' : 'skipped';
}

function retryOf({ program, run }: Place, events: readonly RunEvent[], offset: number, event: Of<'run.retried'>): Found {
  const { by, parent, queued } = event;
  const next = events[offset + 1];
  if (next?.type === 'step.completed' && next.source === 'skip') return { cause: skipOf(program, next, queued), through: offset + 1 };
  const step = onlyStep(program, run, event.steps);
  const command: Command = {
    type: 'retry',
    ...(queued === undefined ? {} : { queued }),
    ...(by === undefined ? {} : { by }),
    ...(parent === undefined ? {} : { parent }),
    ...(step === undefined ? {} : { step }),
  };
  return { cause: { is: 'command', command }, through: offset };
}

/** The step that the retry was for, where it was not for all that failed. */
function onlyStep(program: Program, run: Run, steps: readonly number[]): string | undefined {
  const failed = program.nodes.filter(({ place }) => isOpenFailure(run.steps.get(place)));
  if (failed.every(({ place }) => steps.includes(place))) return undefined;
  const anyway = new Set<number>();
  for (const { place } of program.nodes) {
    const state = run.steps.get(place);
    if (state.is === 'done' && state.undone === true) for (const next of program.following(place)) anyway.add(next);
  }
  const tried = failed.filter(({ place }) => steps.includes(place));
  return (tried.find(({ place }) => !anyway.has(place)) ?? tried[0])?.id;
}

function skipOf(program: Program, { step, output, by }: Of<'step.completed'>, queued?: true): Cause {
  const how = { ...(by === undefined ? {} : { by }), ...(queued === undefined ? {} : { queued }) };
  return { is: 'command', command: { type: 'skip', step: program.node(step).id, value: output, ...how } };
}

function named(program: Program, { step, item, undo, visit, attempt }: AttemptRef): Attempt {
  return {
    step: program.node(step).id,
    ...(item === undefined ? {} : { item }),
    ...(undo === undefined ? {} : { undo }),
    visit,
    attempt,
  };
}

function ofAttempt({ program, run }: Place, event: RunEvent): Cause | undefined {
  const about = (ref: AttemptRef, command: (ref: AttemptRef) => Command): Cause => ({
    is: 'attempt',
    of: named(program, ref),
    when: 'running',
    command,
  });
  switch (event.type) {
    case 'task.started':
      return event.lost === true ? about({ ...refOf(event), attempt: event.attempt - 1 }, (ref) => ({ type: 'lost', ref })) : undefined;
    case 'task.completed': {
      const { output, source, agent } = event;
      const rest = { ...(source === undefined ? {} : { source }), ...(agent === undefined ? {} : { agent }) };
      return about(event, (ref) => ({ type: 'completed', ref, output, ...rest }));
    }
    case 'task.failed': {
      const { error, agent } = event;
      return about(event, (ref) => ({ type: 'failed', ref, error, ...(agent === undefined ? {} : { agent }) }));
    }
    case 'task.held': {
      const { question } = event;
      return about(event, (ref) => ({ type: 'failed', ref, error: faultBehind(question) }));
    }
    case 'task.recorded':
      return about(event, (ref) => ({ type: 'record', ref, name: event.name, value: event.value }));
    case 'job.intended':
      return about(event, (ref) => ({ type: 'intend-job', ref, name: event.name }));
    case 'job.submitted':
      return about(event, (ref) => ({ type: 'submit-job', ref, name: event.name, job: event.job }));
    case 'task.released':
      return released(program, run, event);
    case 'emitted':
      return told(program.nodes[event.step ?? -1], run, event, about);
    case 'money.reserved':
    case 'money.settled': {
      const slash = event.id.indexOf('/');
      const name = attemptNamed(event.id.slice(0, slash));
      const id = event.id.slice(slash + 1);
      if (name === undefined) return undefined;
      // Reserved by one that was lost, it is another's now.
      const lost = taskAt(run, name)?.lost ?? 0;
      const ref = { ...name, attempt: name.attempt + lost };
      const { amount } = event;
      if (event.type === 'money.reserved') return about(ref, (today) => ({ type: 'reserve', ref: today, id, amount }));
      const command = (today: AttemptRef): Command => ({
        type: 'settle',
        id: `${attemptName({ ...today, attempt: today.attempt - lost })}/${id}`,
        amount,
      });
      return { is: 'attempt', of: named(program, ref), when: 'reserved', command };
    }
    default:
      return undefined;
  }
}

/** An answer to a question of work in hand. */
function released(program: Program, run: Run, event: Of<'task.released'>): Cause {
  const { step, item, answer, by = '' } = event;
  const visit = run.steps.get(step).visit;
  const attempt = taskAt(run, { step, visit, ...(item === undefined ? {} : { item }) })?.attempt ?? 1;
  const isNone = typeof answer === 'object' && answer !== null && 'job' in answer && answer.job === null;
  const of = named(program, { step, ...(item === undefined ? {} : { item }), visit, attempt });
  const value = { value: isNone ? 'not-submitted' : answer };
  return {
    is: 'attempt',
    of,
    when: 'held',
    command: () => ({ type: 'answer', step: of.step, ...(item === undefined ? {} : { item }), value, by }),
  };
}

/** An agent told something: which attempt it was is not written down, and makes no difference. */
function told(
  node: Node | undefined,
  run: Run,
  event: Of<'emitted'>,
  about: (ref: AttemptRef, command: (ref: AttemptRef) => Command) => Cause,
): Cause | undefined {
  if (node === undefined || node.step.kind === 'emit') return undefined;
  const { name, data, agent } = event;
  for (const ref of attemptsInHand(run)) {
    if (ref.step !== node.place) continue;
    return about(ref, (today) => ({ type: 'emit', ref: today, name, data, ...(agent === undefined ? {} : { agent }) }));
  }
  return undefined;
}

function ofRun({ program, run }: Place, event: RunEvent): Cause | undefined {
  const of = (command: Command): Cause => ({ is: 'command', command });
  const by = 'by' in event && typeof event.by === 'string' ? { by: event.by } : {};
  switch (event.type) {
    case 'run.admitted':
      return of({ type: 'admit' });
    case 'run.paused':
      return of({ type: 'pause', ...by });
    case 'run.resumed':
      return of({ type: 'resume', ...by });
    case 'run.cancelling':
      return of({ type: 'cancel', ...by, ...(event.reason === undefined ? {} : { reason: event.reason }) });
    case 'run.migrated':
      return { is: 'migration', plan: event.plan, by: event.by };
    case 'run.succeeded':
      return run.phase.is === 'fallback' ? of({ type: 'fallback-ended', result: { output: event.output } }) : undefined;
    case 'run.failed':
      return run.phase.is === 'fallback' ? of({ type: 'fallback-ended', result: { error: event.error } }) : undefined;
    case 'step.completed':
      return event.source === 'skip' ? skipOf(program, event) : undefined;
    case 'signal.received': {
      const { name, data, emit } = event;
      if (emit !== undefined) return of({ type: 'hear', emission: emit, name: name.slice('event:'.length), data });
      return of({ type: 'signal', name, data, ...by });
    }
    case 'ask.answered': {
      // When a question opens, the answers that came before it are given again.
      const isKept =
        run.steps.get(event.step).is === 'active' && run.early.some((one) => one.step === event.step && one.answer.by === event.by);
      if (isKept) return undefined;
      const { type: _, step, ...answer } = event;
      return of({ type: 'answer', step: program.node(step).id, ...answer });
    }
    default:
      return undefined;
  }
}

/** What an attempt must have failed of to be held with this question. */
function faultBehind(question: HeldQuestion): Fault {
  const { text: message } = question;
  switch (question.about) {
    case 'job':
      return { code: 'JOB_UNKNOWN', message, details: { name: question.name } };
    case 'budget':
      return { code: 'BUDGET_EXCEEDED', message, details: { of: 'run', onLimit: 'ask', needed: question.needed, left: 0 } };
    case 'limit':
      return { code: 'BUDGET_EXCEEDED', message, details: { of: question.of, onLimit: 'ask' } };
  }
}
