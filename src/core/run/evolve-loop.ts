/** Going back: a gate refuses, or a step fails, and earlier steps are visited again. */
import type { Program } from '../plan/program.ts';
import type { RunEvent } from './events.ts';
import { doneAgain } from './joins.ts';
import type { Feedback, Loop, Output, Run, StepState } from './state.ts';
import { nextVisit } from './visits.ts';

type LoopEvent = Extract<RunEvent, { type: 'step.reopened' | 'gate.refused' | 'gate.kept' }>;

export function evolveLoop(program: Program, run: Run, event: LoopEvent): Run {
  switch (event.type) {
    case 'gate.refused':
      return refused(program, run, event);
    case 'gate.kept':
      return restored(run, event.step);
    case 'step.reopened':
      return reopened(program, run, event);
  }
}

/** Remembers the round, where it is the best so far. */
function refused(program: Program, run: Run, event: Extract<LoopEvent, { type: 'gate.refused' }>): Run {
  const loop: Loop = run.loops[event.step] ?? { round: 0 };
  const back = program.node(event.step).back;
  if (event.score === undefined || back === undefined || (loop.best !== undefined && loop.best.score >= event.score)) return run;
  const again = doneAgain(program, run, back.to, event.step).filter((place) => place !== event.step);
  const steps = again.map((place) => [place, run.steps.get(place)] as const);
  const best = { score: event.score, round: event.round, steps, joins: within(run.joins, new Set(again)) };
  return { ...run, loops: { ...run.loops, [event.step]: { ...loop, best } } };
}

function restored(run: Run, gate: number): Run {
  const best = run.loops[gate]?.best;
  let steps = run.steps;
  const joins: Record<number, readonly number[]> = { ...run.joins };
  const visits: Record<number, number> = { ...run.visits };
  for (const [place, state] of best?.steps ?? []) {
    // What stands after the gate has not run in this visit, nor in the best one.
    if (state.is !== 'done' && state.is !== 'skipped' && state.is !== 'failed') continue;
    visits[place] = nextVisit(run, place) - 1;
    steps = steps.set(place, state);
    delete joins[place];
    const live = best?.joins[place];
    if (live !== undefined) joins[place] = live;
  }
  // A step that the last round has in hand gives way to what the best one had made of it.
  return { ...run, steps, joins, visits, active: run.active.filter((place) => steps.get(place).is === 'active') };
}

/** The joins inside, or outside, of these steps. */
function within(joins: Run['joins'], places: ReadonlySet<number>, inside = true): Run['joins'] {
  return Object.fromEntries(Object.entries(joins).filter(([place]) => places.has(Number(place)) === inside));
}

function reopened(program: Program, run: Run, event: Extract<LoopEvent, { type: 'step.reopened' }>): Run {
  const again = doneAgain(program, run, event.step, event.by);
  const previous: (readonly [number, Output])[] = [];
  for (const place of again) {
    const state = run.steps.get(place);
    if (state.is === 'done') previous.push([place, state.output]);
  }
  const feedback: Feedback = { by: event.by, round: event.round, verdict: event.verdict, previous };
  let steps = run.steps;
  for (const place of again) {
    const visit = run.steps.get(place).visit;
    const fresh: StepState = { is: 'idle', visit, feedback };
    steps = steps.set(place, fresh);
  }
  const reset = new Set(again);
  const loops: Record<number, Loop> = {};
  for (const [gate, loop] of Object.entries(run.loops)) {
    // A loop that goes back less far, to inside of this one, starts anew with it. Never
    // one that goes back as far or farther: that is what bounds them all.
    const to = program.node(Number(gate)).back?.to;
    const inside = to !== undefined && to !== event.step && reset.has(to);
    if (!inside) loops[Number(gate)] = loop;
  }
  loops[event.by] = { ...run.loops[event.by], round: event.round };
  return { ...run, steps, active: run.active.filter((place) => !reset.has(place)), loops, joins: within(run.joins, reset, false) };
}
