/** Tells transitions that lead forward from those that lead back. */
import { Graph, type Arrow } from './graph.ts';

/**
 * Of the wished arrows, those that can be added to the others without closing a circle,
 * earlier wishes first. What is left out leads back.
 */
export function forwardOf<T extends Arrow>(count: number, arrows: readonly Arrow[], wishes: readonly T[]): readonly T[] {
  if (wishes.length === 0) return [];
  const graph = new Graph(count, arrows);
  const open = wishes.filter(({ from, to }) => from !== to && !graph.precedes(to, from));
  const all = [...arrows, ...open];
  const circle = circleNumbers(new Graph(count, all));
  if (circle.size === 0) return open;
  // Wishes can only contradict each other inside one circle, so the search for a way back stays in it.
  const inside = (arrow: Arrow): boolean => circle.has(arrow.from) && circle.get(arrow.from) === circle.get(arrow.to);
  const next = new Map<number, number[]>();
  const add = ({ from, to }: Arrow): void => {
    const known = next.get(from);
    if (known === undefined) next.set(from, [to]);
    else known.push(to);
  };
  for (const arrow of arrows) if (inside(arrow)) add(arrow);
  return open.filter((wish) => {
    if (!inside(wish)) return true;
    if (leads(wish.to, wish.from, next)) return false;
    add(wish);
    return true;
  });
}

function circleNumbers(graph: Graph): ReadonlyMap<number, number> {
  const numbers = new Map<number, number>();
  for (const [number, circle] of graph.circles().entries()) for (const node of circle) numbers.set(node, number);
  return numbers;
}

function leads(from: number, to: number, next: ReadonlyMap<number, readonly number[]>): boolean {
  const seen = new Set([from]);
  for (const node of seen) {
    if (node === to) return true;
    for (const one of next.get(node) ?? []) seen.add(one);
  }
  return false;
}
