// V1. A vector never changes; `set` and `push` copy the path from the root to one leaf and share the rest.
// V2. `shift` is 5 × the number of branch levels; up to 32 items there are none, and the root is the plain array of items.
// V3. Every node but those on the right edge holds 32 children, so an index spells its own path, five bits a level.
const bits = 5;
const width = 32;
const mask = 31;

// A branch holds nodes and a leaf holds items; the level says which (V2), so each cast below follows from the level it is at.
type Node = readonly unknown[];

export class Vector<T> implements Iterable<T> {
  readonly length: number;
  private readonly shift: number;
  private readonly root: Node;

  private constructor(length: number, shift: number, root: Node) {
    this.length = length;
    this.shift = shift;
    this.root = root;
  }

  static filled<T>(length: number, value: T): Vector<T> {
    if (!Number.isInteger(length) || length < 0 || length > 2 ** 30) throw new RangeError(`A vector cannot have length ${length}`);
    const shift = shiftFor(length);
    return new Vector<T>(length, shift, filledNode(length, shift, value));
  }

  static from<T>(items: readonly T[]): Vector<T> {
    let nodes: Node[] = [];
    for (let i = 0; i < items.length; i += width) nodes.push(items.slice(i, i + width));
    let shift = 0;
    for (; nodes.length > 1; shift += bits) {
      const parents: Node[] = [];
      for (let i = 0; i < nodes.length; i += width) parents.push(nodes.slice(i, i + width));
      nodes = parents;
    }
    return new Vector<T>(items.length, shift, nodes[0] ?? []);
  }

  get(index: number): T {
    this.check(index);
    let node = this.root;
    for (let level = this.shift; level > 0; level -= bits) node = node[(index >>> level) & mask] as Node;
    return node[index & mask] as T;
  }

  set(index: number, value: T): Vector<T> {
    if (Object.is(this.get(index), value)) return this;
    return new Vector<T>(this.length, this.shift, withItem(this.root, this.shift, index, value));
  }

  push(value: T): Vector<T> {
    const index = this.length;
    if (index < width << this.shift) return new Vector<T>(index + 1, this.shift, withItem(this.root, this.shift, index, value));
    const shift = this.shift + bits;
    return new Vector<T>(index + 1, shift, withItem([this.root], shift, index, value));
  }

  toArray(): T[] {
    if (this.shift === 0) return this.root.slice() as T[];
    return [...this];
  }

  *[Symbol.iterator](): Generator<T, void, undefined> {
    for (const leaf of leaves(this.root, this.shift)) yield* leaf as readonly T[];
  }

  private check(index: number): void {
    if (index >>> 0 !== index || index >= this.length) {
      throw new RangeError(`Index ${index} is outside a vector of length ${this.length}`);
    }
  }
}

function withItem(node: Node | undefined, level: number, index: number, value: unknown): Node {
  const copy = node === undefined ? [] : node.slice();
  const slot = (index >>> level) & mask;
  // Past the right edge the child is missing and is made anew.
  copy[slot] = level === 0 ? value : withItem(copy[slot] as Node | undefined, level - bits, index, value);
  return copy;
}

/** Equal subtrees are one shared node, so filling takes time in the depth, not in the length. */
function filledNode(length: number, level: number, value: unknown): Node {
  if (level === 0) return new Array<unknown>(length).fill(value);
  const childSize = 1 << level;
  const whole = Math.floor(length / childSize);
  const rest = length % childSize;
  const node: Node[] = new Array<Node>(whole).fill(filledNode(childSize, level - bits, value));
  if (rest > 0) node.push(filledNode(rest, level - bits, value));
  return node;
}

function* leaves(node: Node, level: number): Generator<Node, void, undefined> {
  if (level === 0) yield node;
  else for (const child of node) yield* leaves(child as Node, level - bits);
}

function shiftFor(length: number): number {
  let shift = 0;
  while (length > width * 2 ** shift) shift += bits;
  return shift;
}
