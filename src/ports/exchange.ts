/**
 * What moves between nodes: attempts to be made, who can make them, and live events.
 * Nothing here is the only copy of anything: all of it can be made again from the journal.
 */
import type { Json } from '../core/data/json.ts';
import type { AttemptRef, Payload } from '../core/run/events.ts';
import type { Records } from '../core/run/state.ts';

/** One attempt as it travels: everything that its agent is given, as plain data. */
export interface Order {
  /** `<run>/<attempt name>`: the same attempt has the same id, and no other has it. */
  readonly id: string;
  readonly run: string;
  readonly project: string;
  readonly workflow: string;
  /** How many runs are above its run, where there are any. */
  readonly depth?: number;
  /** The trace that its run was started in. */
  readonly trace?: string;
  readonly step: string;
  /** The task's name in its run, `pictures[3]`. */
  readonly key: string;
  readonly ref: AttemptRef;
  readonly agent: string;
  readonly action: string;
  readonly input: Payload;
  readonly feedback?: Payload;
  readonly records: Records;
  readonly memo?: true;
  readonly timeout?: number;
  readonly heartbeat?: number;
  /** What it occupies of the resources of the engine or worker that makes it. */
  readonly resources?: Readonly<Record<string, number>>;
  /** What the run had spent when it was sent, in dollars. */
  readonly spent: number;
  /** Higher goes first. */
  readonly priority: number;
}

/** An order in somebody's hands. */
export interface Taken {
  readonly order: Order;
  /** Somebody had it before and was lost: what he did of it, nobody knows. It is not to be made, but told of. */
  readonly again: boolean;
  /** Aborted when the order was withdrawn. */
  readonly signal: AbortSignal;
}

/** One agent's place in the fleet-wide limits. */
export interface QueueLimits {
  /** Attempts at a time over all nodes. */
  readonly concurrency?: number;
  readonly rate?: { readonly max: number; readonly per: number };
}

/**
 * X1. An order is given to one taker at a time. When its taker is lost it is given to another, marked `again`.
 * X2. Sending an order whose id is there changes nothing. An order that was finished or withdrawn is there no longer.
 * X3. Higher priority first; of the same priority, in the order in which they were sent.
 * X4. Where the carrier is away, calls are rejected with STORE_FAILED; takers go on by themselves when it is back.
 *     Whatever it forgot meanwhile it says it does not have. Where it is certain that nothing of the call was done, the
 *     error's details say so: `{ "unsent": true }`.
 */
export interface Exchange {
  send(orders: readonly Order[]): Promise<void>;
  /** Takes back what nobody has begun, and tells whoever is at it to stop. */
  withdraw(orders: readonly Pick<Order, 'agent' | 'id'>[]): Promise<void>;
  /** Of these orders, those that wait or are in the hands of somebody who lives. */
  there(orders: readonly Pick<Order, 'agent' | 'id'>[]): Promise<ReadonlySet<string>>;
  /** Takes orders for an agent, at most so many at a time; an order is finished when `make` settles, however it does. */
  take(agent: string, atATime: number, make: (taken: Taken) => Promise<void>): Taking;
  limit(agent: string, limits: QueueLimits): Promise<void>;
  /** How many orders wait, and how many are in hand, by agent. */
  depths(agents: readonly string[]): Promise<ReadonlyMap<string, { readonly waiting: number; readonly inHand: number }>>;
}

export interface Taking {
  /** Changes how many at a time. */
  resize(atATime: number): void;
  /** Takes nothing more; resolves when what was in hand is finished, or after `deadline` milliseconds. */
  stop(deadline: number): Promise<void>;
}

/** What a node says of an agent that it hosts. */
export interface AgentNotice {
  readonly id: string;
  readonly version: string;
  readonly capabilities: readonly string[];
  readonly actions: readonly string[];
  /** Attempts at a time on that node. */
  readonly room: number;
  readonly limits?: QueueLimits;
}

/** An agent as the fleet has it. */
export interface Hosted extends AgentNotice {
  /** Nodes that host it and were heard of lately. */
  readonly nodes: readonly string[];
}

/** Who hosts which agents; told again and again, forgotten soon after the telling ends. */
export interface Directory {
  /** What this node hosts from now on, until it says otherwise or closes. */
  announce(agents: readonly AgentNotice[]): void;
  /** As it was when it was last looked at, a second or so ago; empty where it could not be. */
  hosted(): ReadonlyMap<string, Hosted>;
  /** Looks now. */
  refresh(): Promise<void>;
  /** Calls back when somebody hosts more, or less, than before. */
  watch(changed: () => void): () => void;
}

export interface LiveEvent {
  readonly run: string;
  /** `step:completed` and the like; the names of the bus. */
  readonly name: string;
  readonly event: Json;
}

export interface Heard extends LiveEvent {
  /** Where it stands in the run's stream: `follow` goes on after it. */
  readonly cursor: string;
}

/**
 * L1. Events of one run that one node told are heard in the order in which it told them.
 * L2. A follower hears what the stream still has after its cursor, then what comes; each once.
 * L3. Telling never waits and never fails: what cannot be told is dropped, and counted.
 */
export interface Live {
  tell(event: LiveEvent): void;
  /** Resolves when everything told so far is out, or was dropped. */
  flushed(): Promise<void>;
  follow(run: string, after: string | undefined, hear: (heard: Heard) => void): Promise<() => void>;
  /** The status that was last told of the run, with when; undefined when it is not known here. */
  status(run: string): Promise<{ readonly status: string; readonly at: number } | undefined>;
}

/** One part of what a backend stands on. */
export interface PartHealth {
  readonly part: 'Postgres' | 'Redis' | 'S3';
  /** Where it is, in words. */
  readonly at?: string;
  readonly is: 'up' | 'away' | 'trying';
  /** Since when it is so. */
  readonly since: number;
  /** The last thing that went wrong. */
  readonly error?: string;
}
