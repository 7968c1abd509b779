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
import type { RunQuery } from '../../ports/journal.ts';
import { Batch } from './batch.ts';
import type { Feeds } from './feeds.ts';
import { written, type Written } from './message.ts';
import { Reader, type Outlet, type Patience } from './reader.ts';

export type Choice = (message: Written) => boolean;

const followedAtMost = 1000;
/** Runs that were followed and have ended, or are another's: they need not be looked up again. */
const rememberedAtMost = 10_000;
/** How often other nodes' runs are looked for, in milliseconds. */
const lookEvery = 1000;
const foundAtOnce = 200;

export class Gathering {
  readonly #project: string | undefined;
  readonly #feeds: Feeds;
  readonly #backend: Pick<Backend, 'runs' | 'live'>;
  readonly #clock: Clock;
  readonly #patience: Patience;
  readonly #readers = new Map<Reader, Choice>();
  readonly #followed = new Map<string, () => void>();
  readonly #remembered = new Set<string>();
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
    this.#deafen = orchestrator.on('*', ({ runId }: { readonly runId?: unknown }) => {
      if (typeof runId === 'string') void this.#met(runId);
    });
    void this.#look({ status: ['running', 'waiting', 'paused'] }, 'now');
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
  async #met(run: string): Promise<void> {
    if (this.#followed.has(run) || this.#remembered.has(run)) return;
    // Once for all that it says until the answer is there.
    this.#remember(run);
    const record = await this.#backend.runs.get(run).catch(() => undefined);
    if (record === undefined || !this.#isOurs(record.project)) return;
    this.#remembered.delete(run);
    this.#follow(run, record.createdAt >= this.#since ? 0 : 'now');
  }

  #isOurs(project: string): boolean {
    return this.#project === undefined || this.#project === project;
  }

  /** G2 */
  async #look(query: RunQuery, from: 0 | 'now'): Promise<void> {
    const ours = this.#project === undefined ? {} : { project: this.#project };
    const found = await this.#backend.runs.list({ ...ours, ...query, limit: foundAtOnce }).catch(() => []);
    if (this.#closed) return;
    for (const { run, createdAt, endedAt } of found) {
      if (this.#followed.has(run) || (endedAt !== undefined && (this.#remembered.has(run) || createdAt < this.#since))) continue;
      this.#follow(run, createdAt >= this.#since ? 0 : from);
    }
    // Without other nodes every run is one of this process.
    if (this.#backend.live !== undefined) this.#disarm = this.#clock.at(this.#clock.now() + lookEvery, () => void this.#look({}, 'now'));
  }

  #follow(run: string, from: 0 | 'now'): void {
    if (this.#closed || this.#followed.has(run)) return;
    if (this.#followed.size >= followedAtMost) return this.#tellFull();
    const outlet: Outlet = {
      waiting: 0,
      taken: () => Promise.resolve(),
      write: ({ messages }) => this.#tell(messages),
      end: () => this.#leave(run),
    };
    this.#followed.set(run, () => undefined);
    this.#followed.set(run, this.#feeds.subscribe(run, outlet, from));
  }

  #leave(run: string): void {
    this.#followed.get(run)?.();
    this.#followed.delete(run);
    this.#remember(run);
  }

  #remember(run: string): void {
    this.#remembered.add(run);
    const [first] = this.#remembered;
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
