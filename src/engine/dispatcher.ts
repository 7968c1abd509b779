/**
 * Which attempt is made next, and by whom.
 *
 * D1. An attempt begins when an agent that can do it has room, the engine's resources
 *     suffice, and nothing more urgent waits for the same worker.
 * D2. What cannot begin waits here and nowhere else; it begins as soon as room appears.
 * D3. Released hands are dropped when their turn comes.
 */
import type { Clock } from '../ports/clock.ts';
import type { Worker } from '../core/plan/model.ts';
import { workOf } from '../core/run/tasks.ts';
import type { Hand } from './hand.ts';
import type { Registered, Registry } from './registry.ts';

export interface Limits {
  /** Attempts at a time over all agents. */
  readonly concurrency?: number;
  /** What there is to be shared: `{ gpu: 2 }`. Unnamed resources are not limited. */
  readonly resources?: Readonly<Record<string, number>>;
}

type Make = (hand: Hand, agent: Registered, done: () => void) => void;

export class Dispatcher {
  readonly #registry: Registry;
  readonly #clock: Clock;
  readonly #limits: Limits;
  readonly #make: Make;
  readonly #queues = new Map<string, Hand[]>();
  readonly #used: Record<string, number> = {};
  #running = 0;
  #retry: { readonly at: number; readonly cancel: () => void } | undefined;
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

  add(hand: Hand): void {
    const name = queueName(hand.work.worker);
    const queue = this.#queues.get(name);
    if (queue === undefined || queue.length === 0) {
      if (this.#begin(hand)) return;
      this.#queues.set(name, [hand]);
    } else insert(queue, hand);
    this.#alarm(hand.work.worker);
  }

  /** Room may have appeared. */
  pump(): void {
    for (const [name, queue] of this.#queues) {
      while (queue[0] !== undefined && (queue[0].released || this.#begin(queue[0]))) queue.shift();
      if (queue[0] === undefined) this.#queues.delete(name);
      else this.#alarm(queue[0].work.worker);
    }
  }

  close(): void {
    this.#closed = true;
    this.#retry?.cancel();
    this.#queues.clear();
  }

  #begin(hand: Hand): boolean {
    if (this.#closed || this.#running >= (this.#limits.concurrency ?? Infinity)) return false;
    const agent = this.#registry.choose(hand.work.worker, this.#clock.now());
    if (agent === undefined) return false;
    const needs = { ...agent.definition.resources, ...workOf(hand.work.node).resources };
    if (!this.#fits(needs)) return false;
    this.#occupy(needs, 1);
    this.#running++;
    this.#registry.began(agent);
    this.#make(hand, agent, () => {
      this.#running--;
      this.#occupy(needs, -1);
      if (this.#queues.size > 0) this.pump();
    });
    return true;
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
    if (at === undefined || this.#closed || (this.#retry !== undefined && this.#retry.at <= at)) return;
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

const priorityOf = (hand: Hand): number => (workOf(hand.work.node).priority ?? 0) + hand.actor.run.priority;

/** Higher priority first, then first come, first served. */
function insert(queue: Hand[], hand: Hand): void {
  const priority = priorityOf(hand);
  let low = 0;
  let high = queue.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = queue[middle];
    if (other !== undefined && priorityOf(other) >= priority) low = middle + 1;
    else high = middle;
  }
  queue.splice(low, 0, hand);
}
