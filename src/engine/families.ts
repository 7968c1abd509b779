/**
 * How many runs of a family wait for each other: a plan whose runs call two others each would be tens of thousands.
 *
 * F1. A family belongs to one engine, which knows of every called run that it began or took over, until it has ended.
 * F2. What is unknown here counts as ended: a bound may come late, and never too early.
 */
import { ContinuoError } from '../core/errors.ts';

export const largestFamily = 10_000;

export interface Called {
  readonly id: string;
  readonly depth: number;
}

export class Families {
  readonly #most: number;
  /** Called runs that have not ended, by the run that nobody called. */
  readonly #unfinished = new Map<string, Set<string>>();

  constructor(most: number = largestFamily) {
    this.#most = most;
  }

  /** Before it begins: who asks twice is counted once. */
  admit(run: Called): void {
    const family = rootOf(run);
    const known = this.#unfinished.get(family);
    if (known !== undefined && known.size >= this.#most && !known.has(run.id))
      throw new ContinuoError(
        'CALL_TOO_WIDE',
        `run ${family} and those that it called have ${this.#most} runs that have not ended: no more can be called until some have`,
      );
    this.count(run);
  }

  /** It is there already, whatever the bound says. */
  count(run: Called): void {
    const family = rootOf(run);
    const known = this.#unfinished.get(family);
    if (known === undefined) this.#unfinished.set(family, new Set([run.id]));
    else known.add(run.id);
  }

  ended(run: Called): void {
    const family = rootOf(run);
    const known = this.#unfinished.get(family);
    known?.delete(run.id);
    if (run.depth === 0 || known?.size === 0) this.#unfinished.delete(family);
  }

  /** It is another engine's now: one family, or all of them. */
  letGo(run?: Called): void {
    if (run === undefined) this.#unfinished.clear();
    else this.#unfinished.delete(rootOf(run));
  }
}

/** The run at the top, which nobody called. Each level of calls has added one part to the id. */
export function rootOf({ id, depth }: Called): string {
  let root = id;
  for (let level = 0; level < depth; level++) root = root.slice(0, root.lastIndexOf('~'));
  return root;
}
