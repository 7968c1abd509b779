/** What runs have spent, read from their journals: what agents paid outside is in no other book. */
import { restore } from '../../core/run/snapshot.ts';
import type { Backend } from '../../ports/backend.ts';
import type { RunRecord } from '../../ports/journal.ts';

/** What was read of runs that have ended; a retry changes when its record was written. */
const kept = 10_000;

export class Spent {
  readonly #backend: Pick<Backend, 'journal'>;
  readonly #known = new Map<string, { readonly updatedAt: number; readonly amount: number }>();

  constructor(backend: Pick<Backend, 'journal'>) {
    this.#backend = backend;
  }

  /** In dollars; what it called counts in it. */
  async of({ run, updatedAt, endedAt }: RunRecord): Promise<number> {
    const known = this.#known.get(run);
    if (known?.updatedAt === updatedAt) return known.amount;
    const amount = await this.#read(run);
    if (endedAt === undefined) return amount;
    this.#known.set(run, { updatedAt, amount });
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= kept) break;
      this.#known.delete(oldest);
    }
    return amount;
  }

  async #read(run: string): Promise<number> {
    const snapshot = await this.#backend.journal.snapshot(run);
    const before = snapshot === undefined ? undefined : restore(snapshot.state);
    let amount = before?.money.spent ?? 0;
    for (const { events } of await this.#backend.journal.read(run, before?.seq ?? 0)) {
      for (const event of events) if (event.type === 'money.settled') amount += event.amount;
    }
    return amount;
  }
}
