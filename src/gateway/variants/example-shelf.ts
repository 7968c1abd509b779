/**
 * Good answers of the past, as the ledger knew them a moment ago.
 *
 * E1. The ledger is asked once in a period for a function and a metric, however many want examples at the same time.
 * E2. A ledger that stumbles costs what could have been shown: what was known before, or nothing.
 */
import type { Clock } from '../../ports/clock.ts';
import type { Example, Ledger } from '../../ports/ledger.ts';

const period = 60_000;
/** How many of the best answers are looked through. */
const most = 500;

interface ShelfParts {
  readonly ledger: Pick<Ledger, 'examples'>;
  readonly clock: Clock;
  /** Hears of what the ledger refused. */
  readonly told: (error: unknown) => undefined;
}

export class ExampleShelf {
  readonly #parts: ShelfParts;
  readonly #known = new Map<string, { readonly at: number; readonly examples: Promise<readonly Example[]> }>();

  constructor(parts: ShelfParts) {
    this.#parts = parts;
  }

  best(fn: string, metric: string, best: 'max' | 'min'): Promise<readonly Example[]> {
    const key = JSON.stringify([fn, metric]);
    const before = this.#known.get(key);
    const { ledger, clock, told } = this.#parts;
    const now = clock.now();
    // A clock that was set back must not stop the looks.
    if (before !== undefined && Math.abs(now - before.at) < period) return before.examples;
    const examples = ledger.examples(fn, metric, best, most).catch((error: unknown) => told(error) ?? before?.examples ?? []);
    this.#known.set(key, { at: now, examples });
    return examples;
  }
}
