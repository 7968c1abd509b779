/** The skeleton with one thing wrong in it. What finds nothing here would find nothing there. */
import { Vector } from '../../src/core/data/vector.ts';
import type { Program } from '../../src/core/plan/program.ts';
import type { RunEvent } from '../../src/core/run/events.ts';
import type { Run, StepState, Task } from '../../src/core/run/state.ts';
import { parts, type Parts } from './skeleton.ts';

/** After each event, the run is changed. */
const spoilt = (change: (run: Run, event: RunEvent, before: Run) => Run): Parts => ({
  ...parts,
  evolve: (program, run, event, at) => change(parts.evolve(program, run, event, at), event, run),
});

/** An event is decided and lost. */
const lost = (is: (event: RunEvent, run: Run) => boolean): Parts => ({
  ...parts,
  decide: (program, run, command, now, shelf) => parts.decide(program, run, command, now, shelf).filter((event) => !is(event, run)),
});

const withStep = (run: Run, place: number, change: (state: StepState) => StepState): Run => ({
  ...run,
  steps: run.steps.set(place, change(run.steps.get(place))),
});

/** After each attempt that takes the place of a lost one, its task is changed. */
const afterALoss = (change: (task: Task) => Task): Parts =>
  spoilt((run, event) =>
    event.type !== 'task.started' || event.lost !== true || event.item !== undefined
      ? run
      : withStep(run, event.step, (state) =>
          state.is === 'active' && state.work.do === 'task' ? { ...state, work: { ...state.work, task: change(state.work.task) } } : state,
        ),
  );

/** A run with other edges. */
const rewired = (change: (program: Program) => Program['nodes']): Parts => ({
  ...parts,
  compile: (plan) => {
    const program = parts.compile(plan);
    return Object.assign(program, { nodes: change(program) });
  },
});

export const mutants: Readonly<Record<string, Parts>> = {
  'a join that counts its first dependency for all': rewired(({ nodes }) =>
    nodes.map((node) => ({ ...node, edges: node.edges.slice(0, 1).concat(node.edges.slice(2)) })),
  ),
  'a rescue that also follows success': rewired(({ nodes }) =>
    nodes.map((node) => ({ ...node, edges: node.edges.map((edge) => ({ ...edge, on: 'success' as const })) })),
  ),
  'a retry that does not count': spoilt((run, event) => {
    if (event.type !== 'task.failed' || event.item !== undefined) return run;
    return withStep(run, event.step, (state) =>
      state.is === 'active' && state.work.do === 'task'
        ? { ...state, work: { ...state.work, task: { ...state.work.task, forgiven: state.work.task.attempt } } }
        : state,
    );
  }),
  'a way back that does not count its rounds': spoilt((run, event) =>
    event.type === 'step.reopened' ? { ...run, loops: { ...run.loops, [event.by]: { ...run.loops[event.by], round: 0 } } } : run,
  ),
  'feedback that is forgotten': spoilt((run, event) =>
    event.type !== 'task.started'
      ? run
      : withStep(run, event.step, (state) => {
          if (state.is !== 'active') return state;
          const { feedback: _, ...rest } = state;
          return rest;
        }),
  ),
  'an answer that is not kept until it is asked for': spoilt((run) => (run.early.length === 0 ? run : { ...run, early: [] })),
  'a second answer that does not replace the first': spoilt((run, event, before) => {
    if (event.type !== 'ask.answered') return run;
    const old = before.steps.get(event.step);
    return withStep(run, event.step, (state) =>
      state.is === 'active' && state.work.do === 'ask' && old.is === 'active' && old.work.do === 'ask'
        ? { ...state, work: { ...state.work, answers: [...old.work.answers, event] } }
        : state,
    );
  }),
  'time that goes on while the run is paused': spoilt((run, event, before) =>
    event.type === 'run.resumed' ? { ...run, stoodStill: before.stoodStill } : run,
  ),
  'undo in the order of completion': spoilt((run, event) =>
    event.type === 'run.undoing' && run.phase.is === 'undoing' ? { ...run, phase: { ...run.phase, todo: event.steps.toReversed() } } : run,
  ),
  'a signal that is taken twice': spoilt((run, event, before) =>
    event.type === 'signal.taken' ? { ...run, signals: before.signals } : run,
  ),
  'the last round in place of the best': lost((event) => event.type === 'gate.kept'),
  'a map that is finished although an item failed': spoilt((run, event) =>
    event.type !== 'task.failed' || event.item === undefined
      ? run
      : withStep(run, event.step, (state) =>
          state.is === 'active' && state.work.do === 'map' ? { ...state, work: { ...state.work, failed: 0 } } : state,
        ),
  ),
  'a retried map that begins all over': spoilt((run, event) =>
    event.type !== 'map.opened'
      ? run
      : withStep(run, event.step, (state) =>
          state.is === 'active' && state.work.do === 'map'
            ? { ...state, work: { ...state.work, items: Vector.filled(event.items, { is: 'idle' as const }) } }
            : state,
        ),
  ),
  'a loss that takes a retry': afterALoss((task) => ({ ...task, forgiven: task.forgiven - 1 })),
  'losses that have no end': afterALoss(({ lost: _, ...task }) => task),
  'a result that counts whatever its attempt': {
    ...parts,
    decide: (program, run, command, now, shelf) => {
      const task = command.type === 'completed' && command.ref.item === undefined ? run.steps.get(command.ref.step) : undefined;
      const late = task?.is === 'active' && task.work.do === 'task' && command.type === 'completed';
      const ref = late && task.work.do === 'task' ? { ...command.ref, visit: task.visit, attempt: task.work.task.attempt } : undefined;
      return parts.decide(program, run, ref === undefined || command.type !== 'completed' ? command : { ...command, ref }, now, shelf);
    },
  },
};
