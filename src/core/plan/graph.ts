/**
 * A directed graph over the positions 0..count-1, for questions about plans.
 *
 * G1. No recursion: a chain of any length must not overflow the stack.
 * G2. Building one is linear in its nodes and arrows.
 * G3. A search looks at nothing that stands before the wanted node in topological
 *     order, and passes a strand (nodes in a row that have one predecessor each) at once.
 * G4. Who is asked about again and again is searched behind once: any number of questions about one node cost its
 *     search and one step each.
 */
import { circlesOf, wayRound } from './circles.ts';

export interface Arrow {
  readonly from: number;
  readonly to: number;
}

export class Graph {
  readonly count: number;
  readonly #after: Neighbours;
  readonly #before: Neighbours;
  /** Position in a topological order; `count` for what stands in or behind a circle. */
  readonly #order: Int32Array;
  readonly #strand: Int32Array;
  readonly #heads: number[] = [];
  /** The number of the last search that passed this strand. */
  readonly #passed: Int32Array;
  #search = 0;
  /** Whom the last question was about, and what leads to him once it was the second. */
  #asked = -1;
  #reach: Int32Array | undefined;
  #circles: readonly (readonly number[])[] | undefined;

  constructor(count: number, arrows: readonly Arrow[]) {
    this.count = count;
    this.#after = neighbours(count, arrows, 'from', 'to');
    this.#before = neighbours(count, arrows, 'to', 'from');
    this.#order = new Int32Array(count).fill(count);
    this.#strand = new Int32Array(count);
    this.#passed = new Int32Array(count);
    this.#sort();
  }

  before(node: number): Int32Array {
    return near(this.#before, node);
  }

  /** Whether the node stands in a circle or behind one, so that no topological order has a place for it. */
  isStuck(node: number): boolean {
    return this.#order[node] === this.count;
  }

  /** Whether the arrows lead from one node to the other. */
  precedes(earlier: number, later: number): boolean {
    if (earlier === later) return false;
    if (later !== this.#asked) {
      this.#asked = later;
      this.#reach = undefined;
      return this.#isFound(earlier, later);
    }
    this.#reach ??= this.#reachOf(later);
    return at(this.#order, earlier) <= at(this.#reach, at(this.#strand, earlier));
  }

  /** Of each strand, how far along it stands what leads to the node: what precedes that in the strand leads there, too. */
  #reachOf(later: number): Int32Array {
    const reach = new Int32Array(this.#heads.length).fill(-1);
    const todo = [...near(this.#before, later)];
    for (let node = todo.pop(); node !== undefined; node = todo.pop()) {
      const strand = at(this.#strand, node);
      const isNew = reach[strand] === -1;
      reach[strand] = Math.max(at(reach, strand), at(this.#order, node));
      // Behind its head it leads on as before.
      if (isNew) for (const before of near(this.#before, at(this.#heads, strand))) todo.push(before);
    }
    return reach;
  }

  #isFound(earlier: number, later: number): boolean {
    const search = ++this.#search;
    const todo: number[] = [later];
    for (let node = todo.pop(); node !== undefined; node = todo.pop()) {
      const strand = at(this.#strand, node);
      if (strand === at(this.#strand, earlier) && at(this.#order, earlier) <= at(this.#order, node)) return true;
      if (at(this.#passed, strand) === search) continue;
      this.#passed[strand] = search;
      const head = at(this.#heads, strand);
      const end = at(this.#before.starts, head + 1);
      for (let i = at(this.#before.starts, head); i < end; i++) {
        const before = at(this.#before.nodes, i);
        if (before === earlier) return true;
        if (at(this.#order, before) >= at(this.#order, earlier)) todo.push(before);
      }
    }
    return false;
  }

  /** Sets of nodes that all lead to each other, each sorted. */
  circles(): readonly (readonly number[])[] {
    this.#circles ??= circlesOf(this.count, (node) => (this.isStuck(node) ? near(this.#after, node) : none));
    return this.#circles;
  }

  wayRound(circle: readonly number[]): readonly number[] {
    return wayRound(circle, (node) => near(this.#after, node));
  }

  #sort(): void {
    const waiting = new Int32Array(this.count);
    const continued = new Uint8Array(this.count);
    const ready: number[] = [];
    for (let node = 0; node < this.count; node++) {
      waiting[node] = near(this.#before, node).length;
      if (waiting[node] === 0) ready.push(node);
    }
    for (let i = 0; i < ready.length; i++) {
      const node = at(ready, i);
      this.#order[node] = i;
      this.#joinStrand(node, continued);
      for (const next of near(this.#after, node)) {
        waiting[next] = at(waiting, next) - 1;
        if (waiting[next] === 0) ready.push(next);
      }
    }
    for (let node = 0; node < this.count; node++) if (this.isStuck(node)) this.#joinStrand(node, continued);
  }

  #joinStrand(node: number, continued: Uint8Array): void {
    const before = near(this.#before, node);
    const only = before.length === 1 ? before[0] : undefined;
    if (only === undefined || this.isStuck(only) || continued[only] === 1) {
      this.#strand[node] = this.#heads.push(node) - 1;
    } else {
      continued[only] = 1;
      this.#strand[node] = at(this.#strand, only);
    }
  }
}

/** All neighbours in one array: those of a node lie between its start and the next one's. */
interface Neighbours {
  readonly starts: Int32Array;
  readonly nodes: Int32Array;
}

const none = new Int32Array(0);

/** For an index that is known to be inside. */
function at(list: ArrayLike<number>, index: number): number {
  return list[index] ?? 0;
}

function near({ starts, nodes }: Neighbours, node: number): Int32Array {
  return nodes.subarray(at(starts, node), at(starts, node + 1));
}

function neighbours(count: number, arrows: readonly Arrow[], own: keyof Arrow, other: keyof Arrow): Neighbours {
  const starts = new Int32Array(count + 1);
  for (const arrow of arrows) starts[arrow[own] + 1] = at(starts, arrow[own] + 1) + 1;
  for (let node = 0; node < count; node++) starts[node + 1] = at(starts, node + 1) + at(starts, node);
  const next = starts.slice();
  const nodes = new Int32Array(arrows.length);
  for (const arrow of arrows) {
    const place = at(next, arrow[own]);
    nodes[place] = arrow[other];
    next[arrow[own]] = place + 1;
  }
  return { starts, nodes };
}
