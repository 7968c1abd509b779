/**
 * What moves between nodes: plain tables, without rules. All of it may be forgotten at any moment, and none of it can
 * be had while the carrier is away.
 */
import { ContinuoError } from '../../../core/errors.ts';
import type { AgentNotice, QueueLimits } from '../../../ports/exchange.ts';

/** Somebody who has an order, whether or not the carrier remembers it. */
export interface Hand {
  readonly agent: string;
  readonly id: string;
  /** The order was taken back. */
  readonly withdrawn: () => void;
}

export interface StoredOrder {
  readonly number: number;
  readonly priority: number;
  /** JSON text of the order. */
  readonly json: string;
  /** Somebody had it, and was lost. */
  readonly again: boolean;
  readonly is: { readonly is: 'waiting' } | { readonly is: 'in hand'; readonly hand: Hand; readonly until: number };
}

export interface StoredNotice {
  readonly agents: readonly AgentNotice[];
  readonly until: number;
}

export interface StoredStream {
  readonly events: { readonly number: number; readonly name: string; readonly json: string }[];
  status: { readonly status: string; readonly at: number } | undefined;
}

export class Carrier {
  /** By agent and by the id of the order. */
  readonly orders: Map<string, Map<string, StoredOrder>> = new Map();
  readonly limits: Map<string, QueueLimits> = new Map();
  /** When orders were taken lately, where an agent has a rate. */
  readonly begun: Map<string, readonly number[]> = new Map();
  /** By node. */
  readonly notices: Map<string, StoredNotice> = new Map();
  /** By run. */
  readonly streams: Map<string, StoredStream> = new Map();
  readonly hands: Set<Hand> = new Set();
  /** Who wants to hear that orders or notices changed, … */
  readonly takers: Set<() => void> = new Set();
  readonly onlookers: Set<() => void> = new Set();
  /** … or that something is told of a run. */
  readonly followers: Map<string, Set<() => void>> = new Map();
  #is: 'there' | 'away' = 'there';
  #last = 0;

  get isAway(): boolean {
    return this.#is === 'away';
  }

  /** Nobody reaches it until the answer is called. */
  goAway(): () => void {
    this.#is = 'away';
    return () => {
      this.#is = 'there';
      tell(this.takers);
      tell(this.onlookers);
    };
  }

  /** Everything in it is lost. */
  forget(): void {
    for (const table of [this.orders, this.limits, this.begun, this.notices, this.streams]) table.clear();
    tell(this.onlookers);
  }

  mustBeThere(): void {
    if (this.isAway) throw new ContinuoError('STORE_FAILED', 'the carrier of this memory is away', { unsent: true });
  }

  number(): number {
    return ++this.#last;
  }
}

/** Nobody hears anything before whoever tells it has finished. */
export function tell(listeners: Iterable<() => void>): void {
  for (const listener of listeners) queueMicrotask(listener);
}
