/** States of runs whose journal is long, so that loading one does not cost its whole history. */
import { save } from '../core/run/snapshot.ts';
import type { Journal } from '../ports/journal.ts';
import type { RunActor } from './run-actor.ts';

export class Snapshots {
  readonly #journal: Journal;
  readonly #after: number;
  readonly #guard: (run: string, work: () => Promise<void>) => Promise<void>;

  /** One is worth its bytes once the tail is longer than `after`. `guard` hears of one that could not be kept: it is no harm. */
  constructor(journal: Journal, after: number, guard: (run: string, work: () => Promise<void>) => Promise<void>) {
    this.#journal = journal;
    this.#after = after;
    this.#guard = guard;
  }

  /** As long a tail as the snapshot before it costs: the bytes of all snapshots stay below twice the journal's. */
  grown(actor: RunActor, added: number): void {
    const { tail } = actor;
    tail.events += added;
    if (tail.events < Math.max(this.#after, tail.covered)) return;
    tail.covered += tail.events;
    tail.events = 0;
    const { id, run } = actor;
    void this.#guard(id, () => this.#journal.saveSnapshot(id, { seq: run.seq, state: save(run) }));
  }
}
