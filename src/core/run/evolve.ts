/**
 * The fold: a run after one more event.
 *
 * V1. Pure and total: the same run and event give the same run, and no event that
 *     decide made in that state throws.
 * V2. It decides nothing. Whatever needs a rule (may this start? is it the last?) was
 *     decided before and is written in events.
 */
import { ContinuoError } from '../errors.ts';
import { Vector } from '../data/vector.ts';
import type { Program } from '../plan/program.ts';
import { keepUndo, park } from './active.ts';
import type { Entry, RunEvent } from './events.ts';
import { withError } from './error-history.ts';
import { evolveLoop } from './evolve-loop.ts';
import { evolveStep } from './evolve-step.ts';
import { evolveTask } from './evolve-task.ts';
import type { Ending, Money, Run, StepState } from './state.ts';

const idle: StepState = { is: 'idle', visit: 0 };

/** The first event makes the run. */
export function begin(id: string, event: Extract<RunEvent, { type: 'run.started' }>, at: number): Run {
  return {
    id,
    seq: 1,
    plan: event.plan,
    epoch: 0,
    workflow: event.workflow,
    project: event.project,
    phase: event.queued === true ? { is: 'queued' } : { is: 'forward' },
    input: event.input,
    priority: event.priority ?? 0,
    depth: event.depth ?? 0,
    ...(event.parent === undefined ? {} : { parent: event.parent }),
    ...(event.forkedFrom === undefined ? {} : { forkedFrom: event.forkedFrom }),
    ...(event.trace === undefined ? {} : { trace: event.trace }),
    startedAt: at,
    began: at,
    updatedAt: at,
    stoodStill: 0,
    steps: Vector.filled(event.steps, idle),
    active: [],
    completions: 0,
    loops: {},
    joins: {},
    signals: [],
    early: [],
    heard: 0,
    decisions: [],
    money: { ...(event.budget === undefined ? {} : { limit: event.budget }), spent: 0, reserved: {}, byStep: {} },
  };
}

export function evolve(program: Program, run: Run, event: RunEvent, at: number): Run {
  return stamped(run, withError(program, change(program, run, event, at), event, at), at);
}

/** A run that was made just now is nobody else's yet: it is not copied once more for the two fields of every event. */
function stamped(before: Run, after: Run, at: number): Run {
  const own: { -readonly [K in keyof Run]: Run[K] } = after === before ? { ...after } : after;
  own.seq = before.seq + 1;
  own.updatedAt = at;
  return own;
}

/** A whole journal, or the rest of one after a snapshot. */
export function replay(program: Program, id: string, entries: readonly Entry[], from?: Run): Run | undefined {
  let run = from;
  for (const entry of entries) {
    for (const event of entry.events) {
      if (run === undefined) {
        if (event.type !== 'run.started') return undefined;
        run = begin(id, event, entry.at);
      } else run = evolve(program, run, event, entry.at);
    }
  }
  return run;
}

function change(program: Program, run: Run, event: RunEvent, at: number): Run {
  switch (event.type) {
    case 'run.started':
      return run;
    case 'run.admitted':
      // A queued run's time begins when its turn comes.
      return { ...run, phase: { is: 'forward' }, stoodStill: run.stoodStill + (at - queuedSince(run)) };
    case 'run.paused':
      return { ...run, pausedAt: at };
    case 'run.resumed': {
      const { pausedAt = at, ...rest } = run;
      return { ...rest, stoodStill: run.stoodStill + (at - pausedAt) };
    }
    case 'run.failing': {
      const end: Ending = { as: 'failed', error: event.error };
      const draining: Run = { ...run, phase: { is: 'draining', end } };
      return event.drain ? draining : park(draining);
    }
    case 'run.cancelling': {
      const end: Ending = { as: 'cancelled', ...(event.reason === undefined ? {} : { reason: event.reason }) };
      const { pausedAt = at, ...rest } = run;
      return park({ ...keepUndo(rest), stoodStill: run.stoodStill + (at - pausedAt), phase: { is: 'draining', end } });
    }
    case 'run.undoing':
      return { ...park(run), phase: { is: 'undoing', end: endingOf(run), todo: event.steps } };
    case 'run.fallback': {
      const end = endingOf(run);
      const parked = park(run);
      return end.as === 'failed' ? { ...parked, phase: { is: 'fallback', error: end.error, plan: event.plan, since: run.seq } } : parked;
    }
    case 'run.succeeded':
      return { ...run, phase: { is: 'succeeded', at, output: event.output }, money: spendReserved(run.money) };
    case 'run.failed':
      return { ...park(run), phase: { is: 'failed', at, error: event.error }, money: spendReserved(run.money) };
    case 'run.cancelled':
      return {
        ...park(run),
        phase: { is: 'cancelled', at, ...(event.reason === undefined ? {} : { reason: event.reason }) },
        money: spendReserved(run.money),
      };
    case 'run.retried':
      return retried(run, event, at);
    case 'run.migrated':
      return migrated(run, event);
    case 'signal.received': {
      const { name, data, by, emit } = event;
      const signal = { name, data, ...(by === undefined ? {} : { by }) };
      return { ...run, signals: [...run.signals, signal], heard: emit ?? run.heard };
    }
    case 'signal.taken': {
      const first = run.signals.findIndex((signal) => signal.name === event.name);
      return { ...run, signals: run.signals.filter((_, index) => index !== first) };
    }
    case 'emitted':
      return run;
    case 'money.reserved': {
      const { id, step, amount } = event;
      return { ...run, money: { ...run.money, reserved: { ...run.money.reserved, [id]: { id, step, amount } } } };
    }
    case 'money.settled':
      return settled(run, event.id, event.amount);
    case 'money.raised':
      return { ...run, money: { ...run.money, limit: event.limit } };
    case 'step.reopened':
    case 'gate.refused':
    case 'gate.kept':
      return evolveLoop(program, run, event);
    case 'map.opened':
    case 'map.closed':
    case 'item.kept':
    case 'step.completed':
    case 'step.skipped':
    case 'step.joined':
    case 'step.failed':
    case 'ask.opened':
    case 'ask.answered':
    case 'wait.opened':
      return evolveStep(run, event, at);
    case 'task.started':
    case 'task.completed':
    case 'task.failed':
    case 'task.held':
    case 'task.released':
    case 'task.recorded':
    case 'job.intended':
    case 'job.submitted':
      return evolveTask(run, event, at);
    default:
      throw unknownEvent(run, event);
  }
}

/** Every type of event has its case above, so that this one is of a later version of the code. */
function unknownEvent(run: Run, event: never): ContinuoError {
  const { type } = event as { readonly type?: unknown };
  return new ContinuoError(
    'JOURNAL_NEWER',
    `event ${run.seq} of run ${run.id} is of a type that this version does not know: ${JSON.stringify(type)}`,
  );
}

function endingOf(run: Run): Ending {
  const phase = run.phase;
  return phase.is === 'draining' || phase.is === 'undoing' ? phase.end : { as: 'cancelled' };
}

function feedbackIn(state: StepState): Pick<Extract<StepState, { is: 'idle' }>, 'feedback'> {
  return 'feedback' in state && state.feedback !== undefined ? { feedback: state.feedback } : {};
}

function queuedSince({ phase, startedAt }: Run): number {
  return (phase.is === 'queued' ? phase.since : undefined) ?? startedAt;
}

function retried(run: Run, event: Extract<RunEvent, { type: 'run.retried' }>, at: number): Run {
  let steps = run.steps;
  for (const place of event.steps) {
    const state = steps.get(place);
    const keep = 'keep' in state && state.keep !== undefined ? { keep: state.keep } : {};
    steps = steps.set(place, {
      is: 'idle',
      visit: state.visit,
      ...feedbackIn(state),
      ...(state.is === 'failed' || state.is === 'idle' ? keep : {}),
    });
  }
  // A join that is tried again goes by what decided it, unless that is done again too.
  const anew = new Set(event.steps);
  const joins = Object.fromEntries(
    Object.entries(run.joins).filter(([place, live]) => !anew.has(Number(place)) || !live.some((one) => anew.has(one))),
  );
  const parent = event.parent ?? run.parent;
  const phase: Run['phase'] = event.queued === true ? { is: 'queued', since: at } : { is: 'forward' };
  const again = { tries: (run.again?.tries ?? 0) + 1, at };
  return { ...run, steps, joins, phase, began: at - run.stoodStill, again, ...(parent === undefined ? {} : { parent }) };
}

/** Feedback names steps by their places. Where the one that sent back is gone, so is what it said. */
function movedState(state: StepState, places: ReadonlyMap<number, number>): StepState {
  if (!('feedback' in state) || state.feedback === undefined) return state;
  const { feedback, ...rest } = state;
  const by = places.get(feedback.by);
  if (by === undefined) return rest;
  const previous = feedback.previous.flatMap(([old, output]) => {
    const step = places.get(old);
    return step === undefined ? [] : [[step, output] as const];
  });
  return { ...rest, feedback: { ...feedback, by, previous } };
}

function migrated(run: Run, event: Extract<RunEvent, { type: 'run.migrated' }>): Run {
  let steps = Vector.filled(event.steps, idle);
  const place = new Map(event.moved);
  for (const [from, to] of event.moved) steps = steps.set(to, movedState(run.steps.get(from), place));
  const move = (old: number): number => place.get(old) ?? -1;
  const moveKeys = <T>(record: Readonly<Record<number, T>>): Record<number, T> =>
    Object.fromEntries(Object.entries(record).flatMap(([old, value]) => (place.has(Number(old)) ? [[move(Number(old)), value]] : [])));
  return {
    ...run,
    plan: event.plan,
    epoch: run.epoch + 1,
    steps,
    active: run.active.map(move),
    // The best round of a loop names steps by their old places; a loop starts afresh in the new plan.
    loops: moveKeys(Object.fromEntries(Object.entries(run.loops).map(([gate, loop]) => [gate, { round: loop.round }]))),
    joins: moveKeys(joinsThatStay(run, place)),
    ...(run.visits === undefined ? {} : { visits: moveKeys(run.visits) }),
    ...(run.undos === undefined ? {} : { undos: moveKeys(run.undos) }),
    early: run.early.flatMap((one) => (place.has(one.step) ? [{ ...one, step: move(one.step) }] : [])),
    decisions: run.decisions.map((one) => ({ ...one, step: move(one.step) })),
    money: { ...spendReserved(run.money), byStep: moveKeys(spendReserved(run.money).byStep) },
  };
}

/** A join whose step has not begun, or has failed, is decided anew under the new plan. */
function joinsThatStay(run: Run, place: ReadonlyMap<number, number>): Run['joins'] {
  return Object.fromEntries(
    Object.entries(run.joins).flatMap(([join, live]) => {
      const { is } = run.steps.get(Number(join));
      return is === 'idle' || is === 'failed' ? [] : [[join, live.flatMap((from) => place.get(from) ?? [])]];
    }),
  );
}

/** Whose attempts are gone without a settlement: the calls may have been made. */
function spendReserved(money: Money): Money {
  const left = Object.values(money.reserved);
  if (left.length === 0) return money;
  const byStep: Record<number, number> = { ...money.byStep };
  for (const { step, amount } of left) byStep[step] = (byStep[step] ?? 0) + amount;
  return { ...money, spent: left.reduce((sum, { amount }) => sum + amount, money.spent), reserved: {}, byStep };
}

function settled(run: Run, id: string, amount: number): Run {
  const { [id]: reservation, ...reserved } = run.money.reserved;
  if (reservation === undefined) return run;
  const byStep = { ...run.money.byStep, [reservation.step]: (run.money.byStep[reservation.step] ?? 0) + amount };
  return { ...run, money: { ...run.money, spent: run.money.spent + amount, reserved, byStep } };
}
