/**
 * A store behind a slow wire. What it keeps survives every process; who asks for
 * something waits for the way there and for the way back.
 *
 * S1. A call takes effect whole, at one instant between its beginning and its answer.
 * S2. Of the writes that a dying process had under way some took effect and the rest
 *     never will: a beginning of them, where the store takes them in order.
 * S3. A refused write took no effect.
 */
import { memoryData, openMemory } from '../../../src/backends/memory/index.ts';
import type { MemoryData, MemoryNode } from '../../../src/backends/memory/index.ts';
import { ContinuoError } from '../../../src/core/errors.ts';
import type { Backend } from '../../../src/ports/backend.ts';
import type { Append, Snapshot } from '../../../src/ports/journal.ts';
import type { Chance } from '../chance.ts';
import { reach } from './reach.ts';
import type { Node } from './reach.ts';
import type { Life, Timeline } from './timeline.ts';

export interface StoreHabits {
  /** The longest that the way there, and the way back, takes, in milliseconds. */
  readonly latency: number;
  /** Whether writes take effect in the order in which they were sent. */
  readonly ordered: boolean;
  /** How long a node may be silent, where there are several. */
  readonly lease?: number;
}

/** Who wants to know what became durable. */
export interface Witness {
  /** `by` is the node that wrote it, where there are several. */
  appended(write: Append, by: string | undefined): void;
  snapshot(run: string, snapshot: Snapshot): void;
}

interface Write {
  done: boolean;
  readonly life: Life;
  readonly apply: () => void;
}

const writes: ReadonlySet<string> = new Set([
  'journal.append',
  'journal.saveSnapshot',
  'journal.remove',
  'plans.save',
  'topic.advance',
  'inbox.send',
  'inbox.refuse',
  'inbox.settle',
  'blobs.put',
  'blobs.remove',
  'ledger.write',
  'meters.take',
  'meters.correct',
  'fleet.claim',
  'fleet.adopt',
  'fleet.release',
  'fleet.rejoin',
]);

export class SimulatedStore {
  readonly data: MemoryData = memoryData();
  /** The same data without the wire: for those who look on. */
  readonly near: Backend = openMemory({ data: this.data });
  readonly #timeline: Timeline;
  readonly #chance: Chance;
  readonly #habits: StoreHabits;
  readonly #witness: Witness;
  readonly #watchers = new Set<{ readonly life: Life; readonly tell: () => void }>();
  readonly #nodes = new Map<Life, Node>();
  #underWay: Write[] = [];
  #free = 0;
  full = false;
  slowness = 1;
  /** The shares of writes and of reads that fail. */
  failing: { readonly writes: number; readonly reads: number } = { writes: 0, reads: 0 };
  /** The share of calls to the carrier whose answer is an error, though half of them took effect. */
  unsure = 0;

  constructor(timeline: Timeline, chance: Chance, habits: StoreHabits, witness: Witness) {
    this.#timeline = timeline;
    this.#chance = chance;
    this.#habits = habits;
    this.#witness = witness;
  }

  /** The store as one process reaches it. */
  connect(life: Life, role: 'engine' | 'worker' = 'engine'): Backend {
    const far = <T extends object>(group: string, target: T): T =>
      new Proxy(target, {
        get: (object, name) => {
          // Everything in a port is a function that answers with a promise.
          const method = Reflect.get(object, name, object) as (...given: unknown[]) => Promise<unknown>;
          const call = `${group}.${String(name)}`;
          return (...given: unknown[]) => this.#call(life, call, given, () => Reflect.apply(method, object, given));
        },
      });
    const node = this.#join(life, role);
    const near = node?.near ?? this.near;
    return {
      name: 'simulated',
      location: 'the simulated store',
      journal: far('journal', near.journal),
      runs: far('runs', near.runs),
      plans: far('plans', near.plans),
      topic: far('topic', near.topic),
      memos: far('memos', near.memos),
      blobs: far('blobs', near.blobs),
      ledger: far('ledger', near.ledger),
      meters: far('meters', near.meters),
      // No server runs in these worlds.
      access: near.access,
      inbox: {
        send: (message) => this.#call(life, 'inbox.send', [message], () => near.inbox.send(message)),
        pending: (limit) => this.#call(life, 'inbox.pending', [limit], () => near.inbox.pending(limit)),
        refuse: (id, error) => this.#call(life, 'inbox.refuse', [id, error], () => near.inbox.refuse(id, error)),
        settle: (id) => this.#call(life, 'inbox.settle', [id], () => near.inbox.settle(id)),
        outcome: (id) => this.#call(life, 'inbox.outcome', [id], () => near.inbox.outcome(id)),
        watch: (tell) => (node === undefined ? this.#watch({ life, tell }) : near.inbox.watch(() => this.#notice(life, tell))),
      },
      ...node?.parts,
      journalTexts: (after, limit) => this.#call(life, 'texts', [], () => near.journalTexts(after, limit)),
      close: async () => this.#finish(life),
    };
  }

  /** Where several nodes share the store, each process that works is one. */
  #join(life: Life, role: 'engine' | 'worker'): Node | undefined {
    const { lease } = this.#habits;
    if (lease === undefined || life.number === 0) return undefined;
    const near = openMemory({
      data: this.data,
      fleet: { clock: this.#timeline.storeClockOf(life), role, node: `n${life.number}`, lease },
    });
    const node = reach(near, {
      call: (name, apply) => this.#call(life, name, [], apply),
      later: (happen) => this.#timeline.after(this.#wire(), life, happen),
    });
    this.#nodes.set(life, node);
    return node;
  }

  nodeOf(life: Life): MemoryNode | undefined {
    return this.#nodes.get(life)?.near;
  }

  #notice(life: Life, tell: () => void): void {
    this.#timeline.after(this.#chance.below(50), life, tell);
  }

  /** An orderly end: what was sent takes effect. */
  #finish(life: Life): void {
    for (const write of this.#underWay) {
      if (write.life === life && !write.done) write.apply();
      write.done = write.done || write.life === life;
    }
    life.alive = false;
    void this.nodeOf(life)?.close();
  }

  /** S2: the process is gone. */
  lose(life: Life): void {
    life.alive = false;
    this.#nodes.get(life)?.die();
    const theirs = this.#underWay.filter((write) => write.life === life);
    const reached = this.#chance.below(theirs.length + 1);
    theirs.forEach((write, place) => {
      const arrives = this.#habits.ordered ? place < reached : this.#chance.happens(0.5);
      if (arrives && !write.done) write.apply();
      write.done = true;
    });
  }

  /** Messages from elsewhere are noticed a little later. */
  arrived(): void {
    for (const { life, tell } of this.#watchers) this.#notice(life, tell);
  }

  #watch(watcher: { readonly life: Life; readonly tell: () => void }): () => void {
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  }

  #call<T>(life: Life, name: string, given: readonly unknown[], apply: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const isWrite = writes.has(name);
      const take = (): Promise<T> => {
        const refusal = this.#refusal(name, isWrite);
        return refusal === undefined ? this.#take(life, name, given, apply) : Promise.reject(refusal);
      };
      const answer = (outcome: Promise<T>): void => {
        // The answer is on its way; that it is bad news must not be heard before it arrives.
        outcome.catch(() => undefined);
        this.#timeline.after(this.#wire(), life, () => void outcome.then(resolve, reject));
      };
      if (isWrite) this.#send(life, () => answer(take()));
      else this.#timeline.after(this.#wire(), life, () => answer(take()));
    });
  }

  #send(life: Life, apply: () => void): void {
    const write: Write = { done: false, life, apply };
    this.#underWay = this.#underWay.filter((other) => !other.done);
    this.#underWay.push(write);
    const at = this.#timeline.now + this.#wire();
    this.#free = this.#habits.ordered ? Math.max(this.#free, at) : at;
    // It is on its way, whatever becomes of its sender.
    this.#timeline.plan(this.#free, undefined, () => {
      if (write.done) return;
      write.done = true;
      apply();
    });
  }

  #take<T>(life: Life, name: string, given: readonly unknown[], apply: () => Promise<T>): Promise<T> {
    if (name === 'journal.append') {
      // The memory store writes at once or not at all; whether it did is seen by the number of events.
      const write = given[0] as Append;
      const length = this.data.runs.get(write.run)?.entries.length ?? 0;
      const answer = apply();
      if ((this.data.runs.get(write.run)?.entries.length ?? 0) > length) this.#witness.appended(write, this.nodeOf(life)?.fleet.node);
      return answer;
    }
    if (name === 'journal.saveSnapshot') this.#witness.snapshot(given[0] as string, given[1] as Snapshot);
    const answer = apply();
    if (name === 'inbox.send') this.arrived();
    if (name.startsWith('exchange.') && this.unsure > 0 && this.#chance.happens(this.unsure))
      return answer.then(() => Promise.reject(new ContinuoError('STORE_FAILED', `nobody knows what became of ${name}`)));
    return answer;
  }

  #refusal(name: string, isWrite: boolean): ContinuoError | undefined {
    if (isWrite && this.full) return new ContinuoError('STORE_FULL', 'the simulated disk is full');
    const share = isWrite ? this.failing.writes : this.failing.reads;
    return share > 0 && this.#chance.happens(share)
      ? new ContinuoError('STORE_FAILED', `the simulated store stumbles at ${name}`)
      : undefined;
  }

  #wire(): number {
    return (this.#chance.below(1000) / 1000) * this.#habits.latency * this.slowness;
  }
}
