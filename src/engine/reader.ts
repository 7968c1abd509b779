/**
 * Looks at runs without working them: any process may, while an engine works elsewhere.
 */
import { ContinuoError } from '../core/errors.ts';
import type { Json } from '../core/data/json.ts';
import type { Plan } from '../core/plan/model.ts';
import type { Program } from '../core/plan/program.ts';
import type { Journal } from '../core/rehearsal/rehearse.ts';
import { evolve, begin } from '../core/run/evolve.ts';
import type { Entry } from '../core/run/events.ts';
import { restore } from '../core/run/snapshot.ts';
import type { Run } from '../core/run/state.ts';
import type { Backend } from '../ports/backend.ts';
import type { RunQuery, RunRecord } from '../ports/journal.ts';
import { deadLettersOf, type DeadLetter } from './dead-letters.ts';
import type { Library } from './library.ts';
import type { Standing } from './standings.ts';
import type { Payloads } from './payloads.ts';
import { viewOf, type RunView } from './view.ts';

export interface Loaded {
  readonly run: Run;
  readonly program: Program;
  readonly record: RunRecord;
  /** Events that a snapshot does not cover. */
  readonly tail: number;
}

export class Reader {
  readonly #backend: Backend;
  readonly #library: Library;
  readonly #payloads: Payloads;

  constructor(backend: Backend, library: Library, payloads: Payloads) {
    this.#backend = backend;
    this.#library = library;
    this.#payloads = payloads;
  }

  async load(id: string): Promise<Loaded | undefined> {
    const first = await this.#look(id);
    // Its start became durable between the looks at journal and index: the next sees all of it.
    const found = first === 'no journal' ? await this.#look(id) : first;
    if (found === 'no journal') throw new ContinuoError('STORE_CORRUPT', `run ${id} is in the index and has no journal`);
    return found;
  }

  async #look(id: string): Promise<Loaded | 'no journal' | undefined> {
    const snapshot = await this.#backend.journal.snapshot(id);
    const from = snapshot === undefined ? undefined : restore(snapshot.state);
    const entries = await this.#backend.journal.read(id, from?.seq ?? 0);
    // Last, so that it is never older than the state: whoever appends to the state must know what the record says.
    const record = await this.#backend.runs.get(id);
    if (record === undefined) return undefined;
    if (from === undefined && entries.length === 0) return 'no journal';
    const folded = await this.#fold(id, entries, from);
    return { ...folded, record, tail: entries.reduce((sum, entry) => sum + entry.events.length, 0) };
  }

  /** A run that must be there. */
  async must(id: string): Promise<Loaded> {
    const loaded = await this.load(id);
    if (loaded === undefined) throw new ContinuoError('RUN_UNKNOWN', `there is no run ${JSON.stringify(id)} in ${this.#backend.location}`);
    return loaded;
  }

  /** The run as it stands now, from how it stood; undefined where it is gone, or another has come to its name. */
  async since({ run, program }: Standing): Promise<Standing | undefined> {
    const record = await this.#backend.runs.get(run.id);
    if (record?.createdAt !== run.startedAt) return undefined;
    const entries = await this.#backend.journal.read(run.id, run.seq);
    // Functions of its plan that were missing may have come.
    return entries.length === 0 && program.missing.length === 0 ? { run, program } : this.#fold(run.id, entries, run);
  }

  /** A run may change its plan on the way: each event is folded under the plan of its time. */
  async #fold(id: string, entries: readonly Entry[], from: Run | undefined): Promise<{ readonly run: Run; readonly program: Program }> {
    let run = from;
    let program = from === undefined ? undefined : await this.#library.program(from.plan);
    for (const { events, at } of entries) {
      for (const event of events) {
        if (event.type === 'run.started' && run === undefined) {
          program = await this.#library.program(event.plan);
          run = begin(id, event, at);
          continue;
        }
        if (run === undefined || program === undefined)
          throw new ContinuoError('STORE_CORRUPT', `the journal of run ${id} does not begin with its start`);
        run = evolve(program, run, event, at);
        if (event.type === 'run.migrated') program = await this.#library.program(event.plan);
      }
    }
    if (run === undefined || program === undefined)
      throw new ContinuoError('STORE_CORRUPT', `the journal of run ${id} has entries and no events`);
    return { run, program };
  }

  async get(id: string): Promise<RunView> {
    const { program, run } = await this.must(id);
    return viewOf(program, run, (payload) => this.#payloads.open(payload));
  }

  list(query: RunQuery = {}): Promise<readonly RunRecord[]> {
    return this.#backend.runs.list(query);
  }

  async history(id: string): Promise<readonly Entry[]> {
    await this.must(id);
    return this.#backend.journal.read(id, 0);
  }

  /** A run's whole journal with the plans that it went by: what it takes to look at it elsewhere. */
  async journal(id: string): Promise<Journal> {
    const entries = await this.history(id);
    const plans: Record<string, Plan> = {};
    for (const event of entries.flatMap(({ events }) => events)) {
      if (event.type === 'run.started' || event.type === 'run.migrated') plans[event.plan] = (await this.#library.program(event.plan)).plan;
    }
    return { run: id, plans, entries };
  }

  /** A large value of a journal; nothing where it is not in the store any more. */
  async blob(blob: string): Promise<Json | undefined> {
    try {
      return await this.#payloads.fetch(blob);
    } catch (error) {
      if (error instanceof ContinuoError && error.code === 'BLOB_MISSING') return undefined;
      throw error;
    }
  }

  async deadLetters(query: Pick<RunQuery, 'project' | 'workflow' | 'after' | 'limit'> = {}): Promise<readonly DeadLetter[]> {
    const letters: DeadLetter[] = [];
    for (const { run } of await this.#backend.runs.list({ ...query, dead: true }))
      letters.push(...(await deadLettersOf(await this.must(run), (payload) => this.#payloads.open(payload))));
    return letters;
  }
}
