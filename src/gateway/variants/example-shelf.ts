/**
 * Good answers of the past, as the ledger knew them a moment ago.
 *
 * E1. The ledger is asked once in a period for a function and a metric, however many want examples at the same time.
 * E2. A ledger that stumbles costs what could have been shown: what was known before, or nothing.
 */
import type { Clock } from '../../ports/clock.ts';
import type { Example, ExampleQuery, Ledger } from '../../ports/ledger.ts';

const period = 60_000;
/** How many of the best answers are looked through. */
const most = 500;
/** Of projects and functions. */
const remembered = 500;

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

  best(query: Omit<ExampleQuery, 'limit'>): Promise<readonly Example[]> {
    const key = JSON.stringify([query.project, query.function, query.metric]);
    const before = this.#known.get(key);
    const { ledger, clock, told } = this.#parts;
    const now = clock.now();
    // A clock that was set back must not stop the looks.
    if (before !== undefined && Math.abs(now - before.at) < period) return before.examples;
    const examples = ledger.examples({ ...query, limit: most }).catch((error: unknown) => told(error) ?? before?.examples ?? []);
    // Set anew, it is the last to go.
    this.#known.delete(key);
    this.#known.set(key, { at: now, examples });
    const [oldest] = this.#known.keys();
    if (this.#known.size > remembered && oldest !== undefined) this.#known.delete(oldest);
    return examples;
  }
}
