/**
 * Steps that do not wait for all of their dependencies.
 *
 * N1. A join is decided once in a visit, as soon as enough of its dependencies are done;
 *     `step.joined` says which they were. Whatever the others come to changes nothing
 *     for it: it does not read them, and going back to before them does not repeat it.
 * N2. With `rest: 'cancel'`, no dependency is open once the join is decided, nor a step
 *     on whose success nothing but such dependencies waited. (A fork may do one again.)
 */
import type { Join } from '../plan/model.ts';
import type { Edge, Node, Program } from '../plan/program.ts';
import type { Draft } from './draft.ts';
import type { Run } from './state.ts';

/** Whether a step's turn has come. */
export type Turn = 'now' | 'not yet' | 'never';

export function turnOf(program: Program, run: Run, node: Node): Turn {
  const { join } = node.step;
  if (join !== undefined) return run.joins[node.place] === undefined ? turnOfJoin(run, node, join) : 'now';
  let isAlive = node.edges.length === 0;
  for (const edge of node.edges) {
    const life = lifeOf(program, run, edge);
    if (life === 'open') return 'not yet';
    if (life === 'live') isAlive = true;
  }
  return isAlive ? 'now' : 'never';
}

/** Whether what leads along this edge has not happened yet, has, or never will. */
function lifeOf(program: Program, run: Run, edge: Edge): 'open' | 'live' | 'dead' {
  const state = run.steps.get(edge.from);
  switch (state.is) {
    case 'idle':
    case 'active':
      return 'open';
    case 'skipped':
      return 'dead';
    case 'done':
      return edge.on === 'success' ? 'live' : 'dead';
    case 'failed':
      if (!state.handled) return 'open';
      return (edge.on === 'failure') === (program.node(edge.from).step.onFailure !== 'continue') ? 'live' : 'dead';
  }
}

/** For a join, success alone counts, also where the plan goes on after a failure. */
function turnOfJoin(run: Run, node: Node, { atLeast }: Join): Turn {
  const live = doneBefore(run, node).length;
  if (live >= atLeast) return 'now';
  const open = node.edges.filter(({ from }) => {
    const state = run.steps.get(from);
    return state.is === 'idle' || state.is === 'active' || (state.is === 'failed' && !state.handled);
  }).length;
  return live + open >= atLeast ? 'not yet' : 'never';
}

function doneBefore(run: Run, node: Node): readonly number[] {
  return node.edges.map(({ from }) => from).filter((place) => run.steps.get(place).is === 'done');
}

/** The join's turn has come. */
export function decideJoin(draft: Draft, node: Node): void {
  if (node.step.join === undefined || draft.run.joins[node.place] !== undefined) return;
  draft.push({ type: 'step.joined', step: node.place, live: doneBefore(draft.run, node) });
  overtakeFor(draft, node);
}

/** N2, after something was set back: what a join was decided without is not done again for it. */
export function overtakeAgain(draft: Draft): void {
  for (const place of Object.keys(draft.run.joins)) overtakeFor(draft, draft.program.node(Number(place)));
}

function overtakeFor(draft: Draft, node: Node): void {
  if (node.step.join?.rest !== 'cancel') return;
  const todo = node.edges.map(({ from }) => from);
  for (let place = todo.pop(); place !== undefined; place = todo.pop()) {
    if (!isOpen(draft.run, place)) continue;
    const before = draft.program.node(place);
    const isWanted = !node.edges.some(({ from }) => from === place) && isWaitedFor(draft, before);
    if (isWanted) continue;
    draft.push({ type: 'step.skipped', step: place, why: 'overtaken' });
    draft.settled(place);
    for (const edge of before.edges) if (edge.on === 'success') todo.push(edge.from);
  }
}

function isOpen(run: Run, place: number): boolean {
  const { is } = run.steps.get(place);
  return is === 'idle' || is === 'active';
}

/** Whether anything but its rescue still counts on the step. */
function isWaitedFor(draft: Draft, node: Node): boolean {
  return node.dependents.some((next) => {
    const edge = draft.program.node(next).edges.find(({ from }) => from === node.place);
    return edge?.on === 'success' && draft.run.steps.get(next).is !== 'skipped';
  });
}

/** Whether the step leads to the reader, by way of what joins were decided by. */
export function leadsTo(program: Program, run: Run, place: number, reader: number): boolean {
  if (Object.keys(run.joins).length === 0) return program.precedes(place, reader);
  const seen = new Set<number>();
  const todo = [reader];
  for (let at = todo.pop(); at !== undefined; at = todo.pop()) {
    for (const from of run.joins[at] ?? program.node(at).edges.map((edge) => edge.from)) {
      if (from === place) return true;
      if (seen.has(from)) continue;
      seen.add(from);
      todo.push(from);
    }
  }
  return false;
}

/**
 * The step and everything that is done again with it, in plan order: all that follows from
 * it, except for joins that were decided without it, unless `by`, which sends back, comes
 * after them.
 */
export function doneAgain(program: Program, run: Run, place: number, by?: number): readonly number[] {
  if (Object.keys(run.joins).length === 0) return program.following(place);
  const again = new Set([place]);
  const todo = [place];
  for (let at = todo.pop(); at !== undefined; at = todo.pop()) {
    for (const next of program.node(at).dependents) {
      const live = run.joins[next];
      const isBeforeSender = by !== undefined && (next === by || program.precedes(next, by));
      if (again.has(next) || (live !== undefined && !live.includes(at) && !isBeforeSender)) continue;
      again.add(next);
      todo.push(next);
    }
  }
  return [...again].sort((a, b) => a - b);
}
