/**
 * Runs as they stand, for whoever looks at many of them, again and again.
 *
 * L1. What is worked here is told from memory. It is never ahead of the journal: an actor takes over what it decided
 *     when that is durable.
 * L2. Of what is not worked here, the states that were looked at last are kept, and only what came since is read.
 */
import { Roster } from '../core/data/roster.ts';
import type { Program } from '../core/plan/program.ts';
import type { Run } from '../core/run/state.ts';
import type { Backend } from '../ports/backend.ts';
import type { RunRecord } from '../ports/journal.ts';
import type { Reader } from './reader.ts';
import type { Residents } from './residents.ts';

export interface Standing {
  readonly run: Run;
  readonly program: Program;
}

const kept = 256;

export class Standings {
  readonly #backend: Backend;
  readonly #residents: Residents;
  readonly #reader: Reader;
  /** L2. Those that were looked at last are at the end. */
  readonly #seen = new Roster<Standing>();

  constructor(backend: Backend, residents: Residents, reader: Reader) {
    this.#backend = backend;
    this.#residents = residents;
    this.#reader = reader;
  }

  /** A run that must be there. */
  async get(id: string): Promise<Standing> {
    const { run, program } = this.#residents.here(id) ?? (await this.#load(id));
    return { run, program };
  }

  /** What the index says of a run; of one that is worked here, also while the store is away. */
  async record(id: string): Promise<RunRecord | undefined> {
    return this.#residents.here(id)?.lastRecord ?? this.#backend.runs.get(id);
  }

  async #load(id: string): Promise<Standing> {
    const seen = this.#seen.get(id);
    const now = (seen === undefined ? undefined : await this.#reader.since(seen)) ?? (await this.#reader.must(id));
    this.#seen.delete(id);
    this.#seen.set(id, { run: now.run, program: now.program });
    const oldest = this.#seen.size > kept ? this.#seen.first : undefined;
    if (oldest !== undefined) this.#seen.delete(oldest.name);
    return now;
  }
}
