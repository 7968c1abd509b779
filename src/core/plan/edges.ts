/**
 * The edges of a plan, by position of its steps.
 *
 * L1. Forward edges form a DAG if `dependencies` do: a transition on failure that would
 *     close a circle is a back edge.
 * L2. Where a step that depends on another is also its rescue, the edge is for failure only.
 * L3. Names that no step has are left out; validation reports them.
 */
import { forwardOf } from './forward.ts';
import { Graph, type Arrow } from './graph.ts';
import type { Plan, Step } from './model.ts';

export interface Edge extends Arrow {
  readonly on: 'success' | 'failure';
}

/** A way back, of a gate or of a step with `onFailure.goTo`. One without a bound, which is invalid, is never taken. */
export interface BackEdge extends Arrow {
  readonly max: number;
}

/** Everything that follows from who depends on whom and where failures lead. */
export interface Links {
  readonly edges: readonly Edge[];
  readonly back: readonly BackEdge[];
  /** From a step to the later one that takes over when it fails. */
  readonly rescues: ReadonlyMap<number, number>;
  /** Over all forward edges. */
  readonly graph: Graph;
  readonly places: ReadonlyMap<string, number>;
}

export function edgesOf(plan: Plan): readonly Edge[] {
  return linksOf(plan).edges;
}

export function backEdgesOf(plan: Plan): readonly BackEdge[] {
  return linksOf(plan).back;
}

export function linksOf(plan: Plan): Links {
  const count = plan.steps.length;
  const places = placesOf(plan.steps);
  const needed = dependencyArrows(plan.steps, places);
  const wishes = failureArrows(plan.steps, places);
  // A bound says that a way back is meant, so the others have the first choice of going forward.
  const rescues = [
    ...forwardOf(
      count,
      needed,
      wishes.filter(({ max }) => max === undefined),
    ),
  ];
  rescues.push(
    ...forwardOf(
      count,
      [...needed, ...rescues],
      wishes.filter(({ max }) => max !== undefined),
    ),
  );
  const rescueOf = new Map(rescues.map(({ from, to }) => [from, to]));
  const edges = mergeEdges(needed, rescueOf);
  return {
    edges,
    back: backArrows(
      plan.steps,
      places,
      wishes.filter(({ from }) => !rescueOf.has(from)),
    ),
    rescues: rescueOf,
    graph: new Graph(count, edges),
    places,
  };
}

export function placesOf(steps: readonly Step[]): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  for (const [place, { id }] of steps.entries()) if (!places.has(id)) places.set(id, place);
  return places;
}

export function dependencyArrows(steps: readonly Step[], places: ReadonlyMap<string, number>): readonly Arrow[] {
  const arrows: Arrow[] = [];
  for (const [to, { dependencies }] of steps.entries()) {
    for (const id of new Set(dependencies)) {
      const from = places.get(id);
      if (from !== undefined && from !== to) arrows.push({ from, to });
    }
  }
  return arrows;
}

export interface FailureArrow extends Arrow {
  readonly max: number | undefined;
}

export function failureArrows(steps: readonly Step[], places: ReadonlyMap<string, number>): readonly FailureArrow[] {
  return steps.flatMap(({ onFailure }, from) => {
    const to = typeof onFailure === 'object' ? places.get(onFailure.goTo) : undefined;
    return to === undefined || typeof onFailure !== 'object' ? [] : [{ from, to, max: onFailure.max }];
  });
}

function mergeEdges(needed: readonly Arrow[], rescueOf: ReadonlyMap<number, number>): readonly Edge[] {
  const edges: Edge[] = [];
  const merged = new Set<number>();
  for (const { from, to } of needed) {
    const rescue = rescueOf.get(from) === to;
    if (rescue) merged.add(from);
    edges.push({ from, to, on: rescue ? 'failure' : 'success' });
  }
  for (const [from, to] of rescueOf) if (!merged.has(from)) edges.push({ from, to, on: 'failure' });
  return edges;
}

function backArrows(steps: readonly Step[], places: ReadonlyMap<string, number>, failures: readonly FailureArrow[]): readonly BackEdge[] {
  const gates = steps.flatMap((step, from) => {
    const to = step.kind === 'gate' && step.otherwise !== undefined ? places.get(step.otherwise.backTo) : undefined;
    return step.kind !== 'gate' || step.otherwise === undefined || to === undefined ? [] : [{ from, to, max: step.otherwise.max }];
  });
  return [...gates, ...failures.map(({ from, to, max }) => ({ from, to, max: max ?? 0 }))];
}
