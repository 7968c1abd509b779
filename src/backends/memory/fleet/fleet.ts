/**
 * Nodes that share one memory; F1 to F5 of the port.
 *
 * N1. A node lives as long as it has a row. Who takes the row away tells all; a name is never given twice.
 * N2. What is asked and written of rows and runs happens without a pause in between: nobody comes between a look and
 *     a deed.
 * N3. A node learns that it is fenced where it is told so: by a beat of its own, or by an append that is refused.
 */
import { ContinuoError } from '../../../core/errors.ts';
import type { Fleet, FleetWatch, NodeRecord } from '../../../ports/fleet.ts';
import type { Append, RunRecord } from '../../../ports/journal.ts';
import { isLive } from '../data.ts';
import type { MemoryData, StoredRun } from '../data.ts';
import { tellOfOrphans } from '../inbox.ts';
import { enterLock, leaveAllLocks, leaveLock } from './locks.ts';
import type { Beat, Pulse } from './pulse.ts';

export interface MemoryFleetOptions {
  /** The node's first name. */
  readonly node?: string;
  readonly role?: NodeRecord['role'];
}

export class MemoryFleet implements Fleet {
  readonly #data: MemoryData;
  readonly #pulse: Pulse;
  readonly #mustBeOpen: () => void;
  readonly #role: NodeRecord['role'];
  readonly #base: string;
  readonly #watches = new Set<FleetWatch>();
  readonly #hearDeparture: () => void;
  #describe: () => Pick<NodeRecord, 'oldestAttempt'> = () => ({});
  /** Runs that were claimed, of whose families this node was not told. */
  readonly #claimed = new Set<string>();
  #is: 'living' | 'fenced' = 'living';
  #leads = false;
  #node: string;

  constructor(data: MemoryData, pulse: Pulse, mustBeOpen: () => void, options: MemoryFleetOptions) {
    const { node = 'node', role = 'engine' } = options;
    this.#data = data;
    this.#pulse = pulse;
    this.#mustBeOpen = mustBeOpen;
    this.#role = role;
    this.#base = node;
    this.#node = this.#join();
    this.#hearDeparture = () => this.#tellGone(this.#watches);
    data.departures.add(this.#hearDeparture);
    pulse.onBeat((beat) => this.#beat(beat));
  }

  get node(): string {
    return this.#node;
  }

  async claim(run: string): Promise<'mine' | 'elsewhere' | 'unknown'> {
    this.mustLive();
    const stored = this.#data.runs.get(run);
    if (stored === undefined) return 'unknown';
    if (stored.node === this.#node) return 'mine';
    if (this.#lives(stored.node)) return 'elsewhere';
    this.#take(stored.family);
    this.#claimed.add(stored.family);
    this.#tellGone(this.#watches);
    return 'mine';
  }

  async adopt(limit: number, without: readonly string[]): Promise<readonly RunRecord[]> {
    this.mustLive();
    const families = new Map<string, StoredRun[]>();
    for (const run of this.#data.runs.values()) {
      if (this.#lives(run.node)) continue;
      const family = families.get(run.family);
      if (family === undefined) families.set(run.family, [run]);
      else family.push(run);
    }
    const adopted: StoredRun[] = [];
    let left = limit;
    for (const [family, runs] of families) {
      if (left === 0) break;
      const unfinished = runs.filter(({ record }) => isLive(record.status));
      if (unfinished.length === 0 || runs.some(({ record }) => without.includes(record.plan))) continue;
      left--;
      this.#take(family);
      adopted.push(...unfinished);
    }
    for (const run of this.#data.runs.values())
      if (this.#claimed.has(run.family) && run.node === this.#node && isLive(run.record.status)) adopted.push(run);
    this.#claimed.clear();
    adopted.sort((a, b) => a.record.createdAt - b.record.createdAt || a.id - b.id);
    // The journal wrote the texts from records.
    return adopted.map(({ json }) => JSON.parse(json) as RunRecord);
  }

  async release(run: string): Promise<void> {
    this.mustLive();
    const family = this.#data.runs.get(run)?.family;
    for (const [id, stored] of this.#data.runs) {
      if (stored.family !== family || stored.node !== this.#node) continue;
      this.#data.runs.set(id, { ...stored, node: undefined });
    }
    tellOfOrphans(this.#data);
  }

  async exclusively<T>(key: string, work: () => Promise<T>): Promise<T> {
    this.mustLive();
    const node = this.#node;
    await enterLock(this.#data, key, node);
    try {
      return await work();
    } finally {
      leaveLock(this.#data, key, node);
    }
  }

  async nodes(): Promise<readonly NodeRecord[]> {
    const asOf = this.#pulse.clock.now();
    return [...this.#data.nodes.values()].map((row) => ({ ...row, asOf }));
  }

  leads(): boolean {
    return this.#is === 'living' && this.#leads;
  }

  sure(): boolean {
    return this.#is === 'living' && this.#pulse.isFresh;
  }

  watch(watch: FleetWatch): () => void {
    this.#watches.add(watch);
    this.#tellGone([watch]);
    return () => void this.#watches.delete(watch);
  }

  async rejoin(): Promise<void> {
    this.#mustBeOpen();
    if (!this.#lives(this.#node)) this.#node = this.#join();
  }

  describe(how: () => Pick<NodeRecord, 'oldestAttempt'>): void {
    this.#describe = how;
  }

  mustLive(): void {
    this.#mustBeOpen();
    if (!this.#lives(this.#node)) throw this.#fenced();
  }

  /** Why a living node must not write the append, if it must not (F1). */
  elsewhere(write: Append, before: StoredRun | undefined): ContinuoError | undefined {
    const parent = write.record?.parent;
    const family = before ?? (parent === undefined ? undefined : this.#data.runs.get(parent));
    if (family === undefined || family.node === this.#node) return undefined;
    const whose = family.node === undefined ? 'to no node' : `to node ${family.node}`;
    return new ContinuoError('RUN_ELSEWHERE', `run ${write.run} belongs ${whose}, and ${this.#node} was to write to it`);
  }

  /** Whether messages to the run are this node's to read (F5). */
  hears(run: string): boolean {
    const owner = this.#data.runs.get(run)?.node;
    return owner === this.#node || !this.#lives(owner);
  }

  close(): void {
    this.#data.departures.delete(this.#hearDeparture);
    this.#watches.clear();
    this.#remove(this.#node);
  }

  #join(): string {
    const { nodes, nodeNames } = this.#data;
    let node = this.#base;
    while (nodeNames.has(node)) node = `${this.#base}-${this.#data.number()}`;
    const joinedAt = this.#pulse.clock.now();
    nodeNames.add(node);
    nodes.set(node, { node, role: this.#role, name: `memory ${node}`, joinedAt, livesUntil: this.#pulse.until });
    this.#claimed.clear();
    this.#is = 'living';
    this.#leads = this.#isOldest(node);
    return node;
  }

  #beat({ now, until, steady }: Beat): void {
    const row = this.#data.nodes.get(this.#node);
    if (row === undefined) {
      this.#fenced();
      return;
    }
    const { oldestAttempt: _, ...rest } = row;
    this.#data.nodes.set(this.#node, { ...rest, livesUntil: until, ...this.#describe() });
    if (steady) for (const { node, livesUntil } of this.#data.nodes.values()) if (livesUntil <= now) this.#remove(node);
    this.#leads = this.#isOldest(this.#node);
  }

  #remove(node: string): void {
    if (!this.#data.nodes.delete(node)) return;
    leaveAllLocks(this.#data, node);
    for (const hear of this.#data.departures) hear();
    tellOfOrphans(this.#data);
  }

  #tellGone(watches: Iterable<FleetWatch>): void {
    for (const watch of watches)
      queueMicrotask(() => {
        if (this.#watches.has(watch)) watch.gone?.();
      });
  }

  /** Told once; who watches hears of it after the call that found it out. */
  #fenced(): ContinuoError {
    if (this.#is === 'living') {
      this.#is = 'fenced';
      for (const { fenced } of this.#watches) if (fenced !== undefined) queueMicrotask(fenced);
    }
    return new ContinuoError('NODE_FENCED', `node ${this.#node} was silent for longer than its lease of ${this.#pulse.lease} ms`);
  }

  #lives(node: string | undefined): boolean {
    return node !== undefined && this.#data.nodes.has(node);
  }

  #isOldest(node: string): boolean {
    for (const row of this.#data.nodes.values()) if (row.role === 'engine') return row.node === node;
    return false;
  }

  #take(family: string): void {
    for (const [id, run] of this.#data.runs) if (run.family === family) this.#data.runs.set(id, { ...run, node: this.#node });
  }
}
