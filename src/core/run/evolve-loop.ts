/** Going back: a gate refuses, or a step fails, and earlier steps are visited again. */
import type { Program } from '../plan/program.ts';
import type { RunEvent } from './events.ts';
import type { Feedback, Loop, Output, Run, StepState } from './state.ts';

type LoopEvent = Extract<RunEvent, { type: 'step.reopened' | 'gate.refused' | 'gate.kept' }>;

export function evolveLoop(program: Program, run: Run, event: LoopEvent): Run {
  switch (event.type) {
    case 'gate.refused':
      return refused(program, run, event);
    case 'gate.kept':
      return restored(run, event.step, event.onward === true);
    case 'step.reopened':
      return reopened(program, run, event);
  }
}

/** Remembers the round, where it is the best so far. */
function refused(program: Program, run: Run, event: Extract<LoopEvent, { type: 'gate.refused' }>): Run {
  const loop: Loop = run.loops[event.step] ?? { round: 0 };
  const back = program.node(event.step).back;
  if (event.score === undefined || back === undefined || (loop.best !== undefined && loop.best.score >= event.score)) return run;
  const steps = program
    .following(back.to)
    .filter((place) => place !== event.step)
    .map((place) => [place, run.steps.get(place)] as const);
  return { ...run, loops: { ...run.loops, [event.step]: { ...loop, best: { score: event.score, round: event.round, steps } } } };
}

function restored(run: Run, gate: number, onward: boolean): Run {
  let steps = run.steps;
  for (const [place, state] of run.loops[gate]?.best?.steps ?? []) {
    // What stands after the gate has not run in this visit, nor in the best one.
    if (state.is !== 'done' && state.is !== 'skipped' && state.is !== 'failed') continue;
    steps = steps.set(place, onward ? { ...state, visit: steps.get(place).visit } : state);
  }
  // A step that the last round has in hand gives way to what the best one had made of it.
  return { ...run, steps, active: run.active.filter((place) => steps.get(place).is === 'active') };
}

function reopened(program: Program, run: Run, event: Extract<LoopEvent, { type: 'step.reopened' }>): Run {
  const again = program.following(event.step);
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
  return { ...run, steps, active: run.active.filter((place) => !reset.has(place)), loops };
}
