/**
 * A run moves to another plan, if everything that it has done keeps its place.
 * Attempts in hand are made again under the new plan; open maps, questions and waits
 * go on, and so must be the same in both.
 */
import { ContinuoError } from '../errors.ts';
import { canonicalJson } from '../data/canonical.ts';
import type { Json } from '../data/json.ts';
import type { Step } from '../plan/model.ts';
import type { Node, Program } from '../plan/program.ts';
import type { Migrate } from './commands.ts';
import type { RunEvent } from './events.ts';
import type { Run, StepState } from './state.ts';

export function migrate(from: Program, run: Run, { to, by }: Migrate): Extract<RunEvent, { type: 'run.migrated' }> {
  const reasons = obstacles(from, run, to);
  if (reasons.length > 0) {
    throw new ContinuoError(
      'MIGRATION_REFUSED',
      `run ${run.id} cannot move to this version of ${to.plan.id}: ${reasons.join('; ')}`,
      reasons,
    );
  }
  const moved: (readonly [number, number])[] = [];
  for (const node of from.nodes) {
    const target = nodeNamed(to, node.id);
    if (target !== undefined && target.step.kind === node.step.kind) moved.push([node.place, target.place]);
  }
  return { type: 'run.migrated', plan: to.hash, steps: to.nodes.length, moved, ...(by === undefined ? {} : { by }) };
}

const nodeNamed = (program: Program, id: string): Program['nodes'][number] | undefined => program.nodes.find((node) => node.id === id);

function obstacles(from: Program, run: Run, to: Program): readonly string[] {
  const reasons: string[] = [];
  if (run.phase.is !== 'forward' && run.phase.is !== 'failed' && run.phase.is !== 'queued') reasons.push(`it is ${run.phase.is}`);
  for (const node of from.nodes) {
    const state = run.steps.get(node.place);
    if (state.is === 'idle' || state.is === 'skipped') continue;
    const target = nodeNamed(to, node.id);
    const what = state.is === 'active' ? 'in hand' : state.is;
    if (target === undefined) reasons.push(`${node.id} is ${what} and the new plan has no such step`);
    else if (target.step.kind !== node.step.kind)
      reasons.push(`${node.id} is ${what} as a ${node.step.kind}, and the new plan makes it a ${target.step.kind}`);
    else {
      if (state.is === 'active' && state.work.do !== 'task' && !sameStep(node.step, target.step))
        reasons.push(`${node.id} is in hand, and the new plan changes it`);
      // What failed is to be done again anyway: it may well come after something new.
      for (const edge of (state.is === 'failed' && !state.handled) || hasJoined(from, run, to, target) ? [] : target.edges) {
        const before = to.node(edge.from).id;
        if (!settledBefore(from, run, before))
          reasons.push(`${node.id} is ${what}, and the new plan puts ${before} before it, which is not`);
      }
    }
  }
  return reasons;
}

// Steps are plain JSON by P1, which the interface types cannot say.
const sameStep = (a: Step, b: Step): boolean => canonicalJson(a as unknown as Json) === canonicalJson(b as unknown as Json);

/** A join does not wait for all that comes before it. */
function hasJoined(from: Program, run: Run, to: Program, target: Node): boolean {
  const { join } = target.step;
  if (join === undefined) return false;
  const done = target.edges.filter((edge) => {
    const before = nodeNamed(from, to.node(edge.from).id);
    return before !== undefined && run.steps.get(before.place).is === 'done';
  });
  return done.length >= join.atLeast;
}

function settledBefore(from: Program, run: Run, id: string): boolean {
  const node = nodeNamed(from, id);
  if (node === undefined) return false;
  const state: StepState = run.steps.get(node.place);
  return state.is === 'done' || state.is === 'skipped' || (state.is === 'failed' && state.handled);
}
