/** `parallel: false`: one step after another, written out as dependencies. */
import { dependencyArrows, failureArrows, placesOf } from './edges.ts';
import { forwardOf } from './forward.ts';
import { Graph, type Arrow } from './graph.ts';
import type { Step } from './model.ts';

/**
 * Every step comes after the one before it: in the order of declaration, except that
 * what a step needs goes before it. A step that takes over after a failure is passed
 * by: what follows waits for it, but it waits for nothing but the failure.
 */
export function inSequence(steps: readonly Step[]): readonly Step[] {
  const places = placesOf(steps);
  const needed = dependencyArrows(steps, places);
  const rescues = forwardOf(
    steps.length,
    needed,
    failureArrows(steps, places).filter(({ max }) => max === undefined),
  );
  const order = firstNeeded(steps.length, [...needed, ...rescues]);
  if (order === undefined) return steps;
  const rescue = new Set(rescues.map(({ to }) => to));
  const before = new Map<number, readonly string[]>();
  let last: readonly string[] = [];
  for (const place of order) {
    const id = steps[place]?.id ?? '';
    if (rescue.has(place)) last = [...last, id];
    else {
      before.set(place, last);
      last = [id];
    }
  }
  return steps.map((step, place) => ({ ...step, dependencies: [...new Set([...step.dependencies, ...(before.get(place) ?? [])])] }));
}

/** The order of declaration with what is needed moved before; undefined where there is a circle. */
function firstNeeded(count: number, arrows: readonly Arrow[]): readonly number[] | undefined {
  const graph = new Graph(count, arrows);
  if (graph.circles().length > 0) return undefined;
  const order: number[] = [];
  const placed = new Uint8Array(count);
  for (let start = 0; start < count; start++) {
    const todo = [start];
    for (let node = todo.at(-1); node !== undefined; node = todo.at(-1)) {
      const missing = placed[node] === 1 ? undefined : graph.before(node).find((one) => placed[one] === 0);
      if (missing !== undefined) todo.push(missing);
      else {
        if (placed[node] === 0) order.push(node);
        placed[node] = 1;
        todo.pop();
      }
    }
  }
  return order;
}
