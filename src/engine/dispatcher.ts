/**
 * Which attempt is made next, and by whom.
 *
 * D1. An attempt begins when an agent that can do it has room, the engine's resources
 *     suffice, and nobody else's turn is before it (fair-queue.ts).
 * D2. What cannot begin here, and nobody else takes, waits here and nowhere else; it
 *     begins as soon as room appears.
 * D3. Released attempts are dropped when their turn comes.
 */
import type { Clock } from '../ports/clock.ts';
import type { Worker } from '../core/plan/model.ts';
import { FairQueue } from './fair-queue.ts';
import type { Held } from './held.ts';
import type { Registered, Registry } from './registry.ts';

export interface Limits {
  /** Attempts at a time over all agents. */
  readonly concurrency?: number;
  /** What there is to be shared: `{ gpu: 2 }`. Unnamed resources are not limited. */
  readonly resources?: Readonly<Record<string, number>>;
}

/** Others who may make attempts. */
export interface Elsewhere {
  /** Whether what this node begins still counts, as far as it knows. */
  sure(): boolean;
  /** Whether it must not be made here without having gone round: its agent is limited over all nodes. */
  mustTravel(held: Held): boolean;
  /** Answers whether they took it. */
  takes(held: Held): boolean;
}

/** How long a node that does not know whether it was taken for dead waits before it looks again. */
const unsureFor = 200;

type Make = (held: Held, agent: Registered, done: () => void) => void;

interface Waiting {
  readonly worker: Worker;
  readonly queue: FairQueue<Held>;
}

export class Dispatcher {
  readonly #registry: Registry;
  readonly #clock: Clock;
  readonly #limits: Limits;
  readonly #make: Make;
  readonly #waiting = new Map<string, Waiting>();
  readonly #used: Record<string, number> = {};
  /** Attempts of this node's own runs that each agent is at. */
  readonly #own = new Map<string, number>();
  #ownChanged: (agent: string) => void = () => undefined;
  #elsewhere: Elsewhere | undefined;
  #running = 0;
  #retry: { readonly at: number; readonly cancel: () => void } | undefined;
  #paused = false;
  #closed = false;

  constructor(registry: Registry, clock: Clock, limits: Limits, make: Make) {
    this.#registry = registry;
    this.#clock = clock;
    this.#limits = limits;
    this.#make = make;
  }

  get running(): number {
    return this.#running;
  }

  /** Attempts that could not begin yet. */
  get waiting(): number {
    let count = 0;
    for (const { queue } of this.#waiting.values()) count += queue.size;
    return count;
  }

  open(elsewhere: Elsewhere): void {
    this.#elsewhere = elsewhere;
  }

  /** How many attempts of this node's own runs the agent is at; `changed` hears when that changes. */
  ownOf(agent: string): number {
    return this.#own.get(agent) ?? 0;
  }

  whenOwnChanges(changed: (agent: string) => void): void {
    this.#ownChanged = changed;
  }

  add(held: Held): void {
    // Mostly nobody waits, and who would wait where need not be asked.
    const nobodyWaits = this.#waiting.size === 0;
    if (nobodyWaits && this.#goes(held)) return;
    // What came from elsewhere must not stand behind what waits to go there.
    const name = `${this.#elsewhere?.mustTravel(held) === true ? 'away ' : ''}${queueName(held.worker)}`;
    const waiting = this.#waiting.get(name);
    if (waiting === undefined) {
      if (!nobodyWaits && this.#goes(held)) return;
      const queue = new FairQueue<Held>();
      queue.add(held);
      this.#waiting.set(name, { worker: held.worker, queue });
    } else waiting.queue.add(held);
    this.#alarm(held.worker);
  }

  /** Room may have appeared. */
  pump(): void {
    for (const [name, { worker, queue }] of this.#waiting) {
      for (let next = queue.peek(); next !== undefined && (next.released || this.#goes(next)); next = queue.peek()) queue.shift();
      if (queue.isEmpty) this.#waiting.delete(name);
      else this.#alarm(worker);
    }
  }

  /** Begins nothing more, and lets what waits wait. */
  pause(): void {
    this.#paused = true;
  }

  /** Begins nothing more; what waits is forgotten. */
  close(): void {
    this.#closed = true;
    this.#retry?.cancel();
    this.#waiting.clear();
  }

  #goes(held: Held): boolean {
    if (this.#closed || this.#paused) return false;
    if (this.#elsewhere === undefined) return this.#begin(held);
    if (!this.#elsewhere.sure()) {
      this.#tryAgainAt(this.#clock.now() + unsureFor);
      return false;
    }
    return (!this.#elsewhere.mustTravel(held) && this.#begin(held)) || this.#elsewhere.takes(held);
  }

  #begin(held: Held): boolean {
    if (this.#running >= (this.#limits.concurrency ?? Infinity)) return false;
    const agent = this.#registry.choose(held.worker, this.#clock.now());
    if (agent === undefined) return false;
    const needs = { ...agent.definition.resources, ...held.resources };
    if (!this.#fits(needs)) return false;
    this.#occupy(needs, 1);
    this.#running++;
    this.#registry.began(agent);
    const counted = held.own && this.#elsewhere !== undefined;
    if (counted) this.#countOwn(agent.definition.id, 1);
    this.#make(held, agent, () => {
      this.#running--;
      if (counted) this.#countOwn(agent.definition.id, -1);
      this.#occupy(needs, -1);
      if (this.#waiting.size > 0) this.pump();
    });
    return true;
  }

  #countOwn(agent: string, sign: 1 | -1): void {
    this.#own.set(agent, this.ownOf(agent) + sign);
    this.#ownChanged(agent);
  }

  #fits(needs: Readonly<Record<string, number>>): boolean {
    for (const name in needs) {
      const limit = this.#limits.resources?.[name];
      // A need beyond all that there is runs alone rather than never.
      if (limit !== undefined && (this.#used[name] ?? 0) > 0 && (this.#used[name] ?? 0) + (needs[name] ?? 0) > limit) return false;
    }
    return true;
  }

  #occupy(needs: Readonly<Record<string, number>>, sign: 1 | -1): void {
    for (const name in needs) this.#used[name] = (this.#used[name] ?? 0) + sign * (needs[name] ?? 0);
  }

  /** A resting agent wakes by the clock, not by somebody else's end. */
  #alarm(worker: Worker): void {
    const at = this.#registry.nextTry(worker);
    if (at !== undefined) this.#tryAgainAt(at);
  }

  #tryAgainAt(at: number): void {
    if (this.#closed || (this.#retry !== undefined && this.#retry.at <= at)) return;
    this.#retry?.cancel();
    const cancel = this.#clock.at(at, () => {
      this.#retry = undefined;
      this.pump();
    });
    this.#retry = { at, cancel };
  }
}

function queueName(worker: Worker): string {
  return 'agentId' in worker ? `agent ${worker.agentId}` : 'capability' in worker ? `capability ${worker.capability}` : 'none';
}
