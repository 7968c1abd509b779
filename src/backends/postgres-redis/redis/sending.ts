import type { Order } from '../../../ports/exchange.ts';

interface Waiting {
  readonly orders: Order[];
  readonly settled: PromiseWithResolvers<void>;
}

/** Gathers what is sent in one turn of the event loop, by agent. */
export class Sending {
  readonly #sendAll: (agent: string, orders: readonly Order[]) => Promise<void>;
  #waiting = new Map<string, Waiting>();

  constructor(sendAll: (agent: string, orders: readonly Order[]) => Promise<void>) {
    this.#sendAll = sendAll;
  }

  async send(orders: readonly Order[]): Promise<void> {
    const settled = new Set<Promise<void>>();
    for (const order of orders) settled.add(this.#add(order));
    await Promise.all(settled);
  }

  #add(order: Order): Promise<void> {
    if (this.#waiting.size === 0) setImmediate(() => this.#flush());
    let waiting = this.#waiting.get(order.agent);
    if (waiting === undefined) this.#waiting.set(order.agent, (waiting = { orders: [], settled: Promise.withResolvers() }));
    waiting.orders.push(order);
    return waiting.settled.promise;
  }

  #flush(): void {
    const all = this.#waiting;
    this.#waiting = new Map();
    for (const [agent, { orders, settled }] of all) this.#sendAll(agent, orders).then(settled.resolve, settled.reject);
  }
}
