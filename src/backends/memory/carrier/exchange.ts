/**
 * Orders between the nodes of one memory; X1 to X4 of the port.
 *
 * E1. An order in hand is its taker's until the lease is over that he renews with his pulse. A steady node puts back
 *     what is nobody's any more.
 * E2. What the carrier forgot, takers tell it again: what they have in hand, and the limits that they know.
 * E3. What was finished while the carrier was away is taken out before anything new is taken.
 */
import type { Exchange, Order, QueueLimits, Taken, Taking } from '../../../ports/exchange.ts';
import type { Beat, Pulse } from '../fleet/pulse.ts';
import { tell } from './carrier.ts';
import type { Carrier, Hand, StoredOrder } from './carrier.ts';
import { placesLeft } from './limits.ts';
import { MemoryTaking } from './taking.ts';

type Reference = Pick<Order, 'agent' | 'id'>;

interface Held extends Hand {
  readonly stored: StoredOrder;
  readonly stop: AbortController;
}

export class MemoryExchange implements Exchange {
  readonly #carrier: Carrier;
  readonly #pulse: Pulse;
  readonly #mustBeOpen: () => void;
  readonly #takings = new Set<MemoryTaking>();
  readonly #held = new Set<Held>();
  readonly #finished = new Set<Held>();
  readonly #limits = new Map<string, QueueLimits>();
  readonly #hear = (): void => this.#takeAll();
  #cutOff = -Infinity;
  #endOfRest: (() => void) | undefined;

  constructor(carrier: Carrier, pulse: Pulse, mustBeOpen: () => void) {
    this.#carrier = carrier;
    this.#pulse = pulse;
    this.#mustBeOpen = mustBeOpen;
    carrier.takers.add(this.#hear);
    pulse.onBeat((beat) => this.#beat(beat));
  }

  async send(orders: readonly Order[]): Promise<void> {
    this.#mustReach();
    for (const order of orders) {
      const queue = this.#queue(order.agent);
      if (queue.has(order.id)) continue;
      const { priority } = order;
      queue.set(order.id, {
        number: this.#carrier.number(),
        priority,
        json: JSON.stringify(order),
        again: false,
        is: { is: 'waiting' },
      });
    }
    tell(this.#carrier.takers);
  }

  async withdraw(orders: readonly Reference[]): Promise<void> {
    this.#mustReach();
    for (const { agent, id } of orders) {
      this.#carrier.orders.get(agent)?.delete(id);
      for (const hand of this.#carrier.hands) if (hand.agent === agent && hand.id === id) hand.withdrawn();
    }
    tell(this.#carrier.takers);
  }

  async there(orders: readonly Reference[]): Promise<ReadonlySet<string>> {
    this.#mustReach();
    const now = this.#pulse.clock.now();
    const there = orders.filter(({ agent, id }) => {
      const is = this.#carrier.orders.get(agent)?.get(id)?.is;
      return is !== undefined && (is.is === 'waiting' || is.until > now);
    });
    return new Set(there.map(({ id }) => id));
  }

  take(agent: string, atATime: number, make: (taken: Taken) => Promise<void>): Taking {
    this.#mustBeOpen();
    const changed = (taking: MemoryTaking): void => {
      if (taking.isOver) this.#takings.delete(taking);
      this.#takeAll();
    };
    const taking = new MemoryTaking(agent, atATime, make, this.#pulse.clock, changed);
    this.#takings.add(taking);
    queueMicrotask(this.#hear);
    return taking;
  }

  async limit(agent: string, limits: QueueLimits): Promise<void> {
    this.#mustReach();
    this.#limits.set(agent, limits);
    this.#carrier.limits.set(agent, limits);
    tell(this.#carrier.takers);
  }

  async depths(agents: readonly string[]): Promise<ReadonlyMap<string, { readonly waiting: number; readonly inHand: number }>> {
    this.#mustReach();
    return new Map(
      agents.map((agent) => {
        const orders = [...(this.#carrier.orders.get(agent)?.values() ?? [])];
        const waiting = orders.filter(({ is }) => is.is === 'waiting').length;
        return [agent, { waiting, inHand: orders.length - waiting }];
      }),
    );
  }

  /** What is still in hand goes to others at once. */
  close(): void {
    this.#carrier.takers.delete(this.#hear);
    this.#takings.clear();
    this.#endOfRest?.();
    for (const held of this.#held) {
      this.#carrier.hands.delete(held);
      if (this.#storedFor(held) !== undefined) this.#putBack(held.agent, held.id);
    }
    tell(this.#carrier.takers);
  }

  #mustReach(): void {
    this.#mustBeOpen();
    this.#carrier.mustBeThere();
  }

  #queue(agent: string): Map<string, StoredOrder> {
    let queue = this.#carrier.orders.get(agent);
    if (queue === undefined) this.#carrier.orders.set(agent, (queue = new Map()));
    return queue;
  }

  // --- taking -----------------------------------------------------------------------------------------------------

  #takeAll(): void {
    // Who is not heard is not given anything either.
    if (this.#carrier.isAway || this.#pulse.isSilent) return;
    for (const held of this.#finished) this.#takeOut(held);
    this.#finished.clear();
    for (const taking of this.#takings) while (taking.hasRoom && this.#takeOne(taking));
  }

  #takeOne(taking: MemoryTaking): boolean {
    const { agent } = taking;
    const first = this.#first(agent);
    if (first === undefined) return false;
    const now = this.#pulse.clock.now();
    const places = placesLeft(this.#carrier, agent, now);
    if (places.left === 0) {
      if (places.until !== undefined) this.#restUntil(places.until);
      return false;
    }
    const rate = this.#carrier.limits.get(agent)?.rate;
    if (rate !== undefined) this.#carrier.begun.set(agent, [...places.lately, now]);
    this.#begin(taking, first);
    return true;
  }

  #first(agent: string): readonly [id: string, order: StoredOrder] | undefined {
    let first: readonly [string, StoredOrder] | undefined;
    for (const one of this.#carrier.orders.get(agent) ?? [])
      if (one[1].is.is === 'waiting' && (first === undefined || goesBefore(one[1], first[1]))) first = one;
    return first;
  }

  #begin(taking: MemoryTaking, [id, stored]: readonly [string, StoredOrder]): void {
    const stop = new AbortController();
    const { agent } = taking;
    const held: Held = { agent, id, stored, stop, withdrawn: () => queueMicrotask(() => stop.abort()) };
    this.#held.add(held);
    this.#carrier.hands.add(held);
    this.#keep(held, this.#pulse.until);
    // `send` wrote the text from an order.
    const order = JSON.parse(stored.json) as Order;
    taking.make({ order, again: stored.again, signal: stop.signal }, () => this.#finish(held));
  }

  #finish(held: Held): void {
    this.#held.delete(held);
    this.#carrier.hands.delete(held);
    if (this.#carrier.isAway) this.#finished.add(held);
    else {
      this.#takeOut(held);
      tell(this.#carrier.takers);
    }
  }

  #takeOut(held: Held): void {
    if (this.#storedFor(held) !== undefined) this.#carrier.orders.get(held.agent)?.delete(held.id);
  }

  /** The order as the carrier has it, where it says that it is in this hand. */
  #storedFor(held: Held): StoredOrder | undefined {
    const stored = this.#carrier.orders.get(held.agent)?.get(held.id);
    return stored?.is.is === 'in hand' && stored.is.hand === held ? stored : undefined;
  }

  /** When a rate lets the next order pass. */
  #restUntil(time: number): void {
    this.#endOfRest?.();
    this.#endOfRest = this.#pulse.clock.at(time, this.#hear);
  }

  // --- leases -----------------------------------------------------------------------------------------------------

  #beat({ now, until, steady }: Beat): void {
    if (this.#carrier.isAway) {
      this.#cutOff = now;
      return;
    }
    for (const [agent, limits] of this.#limits) if (!this.#carrier.limits.has(agent)) this.#carrier.limits.set(agent, limits);
    for (const held of this.#held) this.#renew(held, until);
    if (steady && now - this.#cutOff >= this.#pulse.lease) this.#sweep(now);
    this.#takeAll();
  }

  #renew(held: Held, until: number): void {
    if (held.stop.signal.aborted) return;
    const is = this.#carrier.orders.get(held.agent)?.get(held.id)?.is;
    if (is === undefined || is.is === 'waiting' || is.hand === held) this.#keep(held, until);
  }

  #keep(held: Held, until: number): void {
    this.#queue(held.agent).set(held.id, { ...held.stored, is: { is: 'in hand', hand: held, until } });
  }

  #sweep(now: number): void {
    let lost = false;
    for (const [agent, queue] of this.#carrier.orders)
      for (const [id, { is }] of queue) {
        if (is.is === 'waiting' || is.until > now) continue;
        this.#putBack(agent, id);
        lost = true;
      }
    if (lost) tell(this.#carrier.takers);
  }

  #putBack(agent: string, id: string): void {
    const stored = this.#carrier.orders.get(agent)?.get(id);
    if (stored !== undefined) this.#carrier.orders.get(agent)?.set(id, { ...stored, again: true, is: { is: 'waiting' } });
  }
}

/** X3. */
function goesBefore(a: StoredOrder, b: StoredOrder): boolean {
  return a.priority > b.priority || (a.priority === b.priority && a.number < b.number);
}
