/**
 * Says the same thing a few times, and then how often it was not said.
 *
 * R1. Of each thing at most `few` are said in a span of time; the next one that is said counts the others.
 * R2. Memory is bounded: when too many different things are said, all are forgotten.
 */
const few = 20;
const span = 10_000;
const most = 1000;

interface Said {
  readonly from: number;
  said: number;
  unsaid: number;
}

export class Repeats {
  readonly #known = new Map<string, Said>();

  /** Undefined where it is not to be said now; else how many like it were not said since the last. */
  say(what: string, now: number): number | undefined {
    const before = this.#known.get(what);
    if (before !== undefined && now - before.from < span) {
      if (before.said >= few) {
        before.unsaid++;
        return undefined;
      }
      before.said++;
      return 0;
    }
    if (this.#known.size >= most) this.#known.clear();
    this.#known.set(what, { from: now, said: 1, unsaid: 0 });
    return before?.unsaid ?? 0;
  }
}
