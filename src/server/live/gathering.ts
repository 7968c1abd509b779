/**
 * All runs of a project (or of all projects), told together to whoever reads them.
 *
 * G1. What is told is what comes from when somebody began to read: of runs under way what they do from then on, of those
 *     that begin later everything. Each run's events are in its order.
 * G2. Runs of this node are heard of at once; those of others soon.
 * G3. So many runs are followed at a time, and no more: beyond that, those that are found later wait until others end,
 *     and what they do meanwhile is not told. Readers hear that it is so.
 * G4. A reader who leaves too much lying is given up, and keeps nobody waiting.
 */
import type { Orchestrator } from '../../engine/orchestrator.ts';
import type { Backend } from '../../ports/backend.ts';
import type { Clock } from '../../ports/clock.ts';
import type { RunQuery, RunRecord } from '../../ports/journal.ts';
import { Batch } from './batch.ts';
import type { Feeds } from './feeds.ts';
import { written, type Written } from './message.ts';
import { Reader, type Ending, type Outlet, type Patience } from './reader.ts';

export type Choice = (message: Written) => boolean;

const followedAtMost = 1000;
/** Runs of other projects, and runs that were followed to their end: they need not be looked up again. */
const rememberedAtMost = 10_000;
/** How often other nodes' runs are looked for, in milliseconds. */
const lookEvery = 1000;
const foundAtOnce = 200;

/** How far a run was told that is followed no more, and when it had ended. */
interface Over {
  readonly cursor: number;
  readonly at: number;
}

export class Gathering {
  readonly #project: string | undefined;
  readonly #feeds: Feeds;
  readonly #backend: Pick<Backend, 'runs' | 'live'>;
  readonly #clock: Clock;
  readonly #patience: Patience;
  readonly #readers = new Map<Reader, Choice>();
  readonly #followed = new Map<string, () => void>();
  readonly #remembered = new Map<string, 'foreign' | Over>();
  readonly #deafen: () => void;
  readonly #since: number;
  #full = false;
  #closed = false;
  #disarm: () => void = () => undefined;

  constructor(
    project: string | undefined,
    feeds: Feeds,
    orchestrator: Pick<Orchestrator, 'on'>,
    backend: Pick<Backend, 'runs' | 'live'>,
    clock: Clock,
    patience: Patience,
  ) {
    this.#project = project;
    this.#feeds = feeds;
    this.#backend = backend;
    this.#clock = clock;
    this.#patience = patience;
    this.#since = clock.now();
    this.#deafen = orchestrator.on('*', ({ runId }: { readonly runId?: unknown }, name: string) => {
      if (typeof runId === 'string') void this.#met(runId, name);
    });
    void this.#look();
  }

  get readers(): number {
    return this.#readers.size;
  }

  subscribe(outlet: Outlet, chosen: Choice): () => void {
    const reader = new Reader(outlet, 0, this.#patience, this.#clock);
    this.#readers.set(reader, chosen);
    return () => {
      reader.leave();
      this.#readers.delete(reader);
    };
  }

  close(): void {
    this.#closed = true;
    this.#deafen();
    this.#disarm();
    for (const leave of this.#followed.values()) leave();
    for (const reader of this.#readers.keys()) reader.end({ is: 'leaving', cursor: 0 });
    this.#readers.clear();
  }

  /** An event of a run of this node. */
  async #met(run: string, name: string): Promise<void> {
    const known = this.#remembered.get(run);
    // One that had ended is tried again.
    if (typeof known === 'object' && name === 'run:status') return this.#follow(run, known.cursor);
    if (known !== undefined || this.#followed.has(run)) return undefined;
    // Once for all that it says until the answer is there.
    this.#remember(run, 'foreign');
    const record = await this.#backend.runs.get(run).catch(() => undefined);
    if (record !== undefined && !this.#isOurs(record.project)) return undefined;
    this.#remembered.delete(run);
    return record === undefined ? undefined : this.#follow(run, record.createdAt >= this.#since ? 0 : 'now');
  }

  #isOurs(project: string): boolean {
    return this.#project === undefined || this.#project === project;
  }

  /** G2 */
  async #look(): Promise<void> {
    const latest = this.#backend.live === undefined ? [] : await this.#found({});
    for (const record of [...(await this.#found({ status: ['running', 'waiting', 'paused'] })), ...latest]) this.#meet(record);
    // Without other nodes every run is one of this process.
    if (this.#closed || this.#backend.live === undefined) return;
    this.#disarm = this.#clock.at(this.#clock.now() + lookEvery, () => void this.#look());
  }

  async #found(query: RunQuery): Promise<readonly RunRecord[]> {
    const ours = this.#project === undefined ? {} : { project: this.#project };
    // Where the store is away they are found later.
    return this.#backend.runs.list({ ...ours, ...query, limit: foundAtOnce }).catch(() => []);
  }

  #meet({ run, createdAt, endedAt }: RunRecord): void {
    const known = this.#remembered.get(run);
    if (typeof known === 'object') {
      if ((endedAt ?? Infinity) > known.at) this.#follow(run, known.cursor);
    } else if (createdAt >= this.#since) this.#follow(run, 0);
    else if (endedAt === undefined) this.#follow(run, 'now');
  }

  #follow(run: string, from: number | 'now'): void {
    if (this.#closed || this.#followed.has(run)) return;
    if (this.#followed.size >= followedAtMost) return this.#tellFull();
    const outlet: Outlet = {
      waiting: 0,
      taken: () => Promise.resolve(),
      write: ({ messages }) => this.#tell(messages),
      end: (ending) => this.#leave(run, ending),
    };
    this.#followed.set(run, () => undefined);
    this.#followed.set(run, this.#feeds.subscribe(run, outlet, from));
  }

  #leave(run: string, ending: Ending): void {
    this.#followed.get(run)?.();
    this.#followed.delete(run);
    this.#remember(run, { cursor: ending.cursor, at: ending.is === 'ended' ? ending.at : 0 });
  }

  #remember(run: string, as: 'foreign' | Over): void {
    this.#remembered.set(run, as);
    const [first] = this.#remembered.keys();
    if (this.#remembered.size > rememberedAtMost && first !== undefined) this.#remembered.delete(first);
  }

  #tell(messages: readonly Written[]): void {
    const whole = new Batch(messages);
    for (const [reader, chosen] of this.#readers) {
      const its = messages.filter(chosen);
      reader.write(its.length === messages.length ? whole : new Batch(its));
      if (reader.isGone) this.#readers.delete(reader);
    }
  }

  #tellFull(): void {
    if (this.#full) return;
    this.#full = true;
    this.#tell([written({ event: 'runs:omitted', at: this.#clock.now(), data: { followed: followedAtMost } })]);
  }
}
