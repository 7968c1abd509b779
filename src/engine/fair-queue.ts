/**
 * What waits for one worker.
 *
 * Q1. Projects take turns, one item each: a project that queues a hundred thousand does not delay another's ten.
 * Q2. Within a project the higher priority goes first, then whoever came first.
 */
interface Waiting {
  readonly priority: number;
  readonly run: { readonly project: string };
}

export class FairQueue<T extends Waiting> {
  /** In the order of their turns. */
  readonly #lanes = new Map<string, Lane<T>>();

  get isEmpty(): boolean {
    return this.#lanes.size === 0;
  }

  /** With those that were released meanwhile. */
  get size(): number {
    let count = 0;
    for (const lane of this.#lanes.values()) count += lane.size;
    return count;
  }

  add(item: T): void {
    const { project } = item.run;
    const lane = this.#lanes.get(project) ?? new Lane<T>();
    lane.add(item);
    this.#lanes.set(project, lane);
  }

  /** Whose turn it is. */
  peek(): T | undefined {
    for (const lane of this.#lanes.values()) return lane.first;
    return undefined;
  }

  /** Takes away the one whose turn it is; its project is last now. */
  shift(): void {
    for (const [project, lane] of this.#lanes) {
      lane.shift();
      this.#lanes.delete(project);
      if (lane.first !== undefined) this.#lanes.set(project, lane);
      return;
    }
  }
}

class Lane<T extends Waiting> {
  #items: T[] = [];
  #head = 0;

  get size(): number {
    return this.#items.length - this.#head;
  }

  get first(): T | undefined {
    return this.#items[this.#head];
  }

  add(item: T): void {
    let low = this.#head;
    let high = this.#items.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = this.#items[middle];
      if (other !== undefined && other.priority >= item.priority) low = middle + 1;
      else high = middle;
    }
    this.#items.splice(low, 0, item);
  }

  /** What is gone is cut off now and then: taking from the front of a long list is dear. */
  shift(): void {
    this.#head++;
    if (this.#head < 1000 && this.#head < this.#items.length) return;
    this.#items = this.#items.slice(this.#head);
    this.#head = 0;
  }
}
