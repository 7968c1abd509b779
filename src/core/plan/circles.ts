/** Circles in a graph: the sets of nodes that all lead to each other, and the way round one. */

export type Successors = (node: number) => Iterable<number> & { readonly length: number; readonly [index: number]: number };

interface Visit {
  readonly node: number;
  next: number;
}

/** Sets of at least two nodes that all lead to each other, each sorted; Tarjan's algorithm without recursion. */
export function circlesOf(count: number, after: Successors): readonly (readonly number[])[] {
  const found: number[][] = [];
  // 0: not met; otherwise one more than the node's place in the order of meeting.
  const met = new Int32Array(count);
  const lowest = new Int32Array(count);
  const open = new Uint8Array(count);
  const stack: number[] = [];
  let meetings = 0;
  const meet = (node: number): Visit => {
    met[node] = lowest[node] = ++meetings;
    open[node] = 1;
    stack.push(node);
    return { node, next: 0 };
  };
  const lower = (node: number, to: number): void => {
    if (to < (lowest[node] ?? 0)) lowest[node] = to;
  };
  const close = (root: number): void => {
    const set = stack.splice(stack.lastIndexOf(root));
    for (const node of set) open[node] = 0;
    if (set.length > 1) found.push(set.sort((a, b) => a - b));
  };
  for (let start = 0; start < count; start++) {
    if (met[start] !== 0) continue;
    const path = [meet(start)];
    for (let visit = path.at(-1); visit !== undefined; visit = path.at(-1)) {
      const { node } = visit;
      const next = after(node)[visit.next++];
      if (next === undefined) {
        path.pop();
        if (lowest[node] === met[node]) close(node);
        const parent = path.at(-1);
        if (parent !== undefined) lower(parent.node, lowest[node] ?? 0);
      } else if (met[next] === 0) path.push(meet(next));
      else if (open[next] === 1) lower(node, met[next] ?? 0);
    }
  }
  return found;
}

/** A shortest way from the first node of a circle back to it: each node once, in walking order. */
export function wayRound(circle: readonly number[], after: Successors): readonly number[] {
  const inside = new Set(circle);
  const start = circle[0] ?? 0;
  const cameFrom = new Map<number, number>();
  const todo = [start];
  for (const node of todo) {
    for (const next of after(node)) {
      if (next === start) return wayTo(node, cameFrom);
      if (!inside.has(next) || cameFrom.has(next)) continue;
      cameFrom.set(next, node);
      todo.push(next);
    }
  }
  return circle;
}

function wayTo(end: number, cameFrom: ReadonlyMap<number, number>): readonly number[] {
  const way: number[] = [];
  for (let node: number | undefined = end; node !== undefined; node = cameFrom.get(node)) way.push(node);
  return way.reverse();
}
