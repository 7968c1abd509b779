/** Orders for the tests beside this file, and takers that can be watched. */
import type { Exchange, Order, Taken, Taking } from '../../../ports/exchange.ts';
import type { ExchangeNode, ExchangeWorld } from '../exchange.ts';
import { eventually } from '../world.ts';
import type { WorldTest } from '../world.ts';

export type ExchangeTest = WorldTest<ExchangeWorld>;

export function order(id: string, changes: Partial<Order> = {}): Order {
  return {
    id,
    run: 'r',
    project: 'default',
    workflow: 'film',
    step: 'pictures',
    key: 'pictures[0]',
    ref: { step: 0, item: 0, visit: 1, attempt: 1 },
    agent: 'painter',
    action: 'paint',
    input: { value: { prompt: 'a fish' } },
    records: {},
    spent: 0,
    priority: 0,
    ...changes,
  };
}

export async function twoNodes(world: ExchangeWorld): Promise<readonly [ExchangeNode, ExchangeNode]> {
  return [await world.open('a'), await world.open('b')];
}

/** Takes orders and keeps them until it is told that they are made. */
export class Bench {
  readonly taken: Taken[] = [];
  readonly taking: Taking;
  /** The most that it ever had at a time. */
  most = 0;
  readonly #open = new Map<string, () => void>();

  constructor(exchange: Exchange, atATime: number, agent: string = 'painter') {
    this.taking = exchange.take(agent, atATime, async (taken) => {
      this.taken.push(taken);
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#open.set(taken.order.id, resolve);
      this.most = Math.max(this.most, this.#open.size);
      await promise;
    });
  }

  get ids(): readonly string[] {
    return this.taken.map(({ order: { id } }) => id);
  }

  get inHand(): readonly string[] {
    return [...this.#open.keys()];
  }

  of(id: string): Taken | undefined {
    return this.taken.findLast(({ order: one }) => one.id === id);
  }

  finish(id: string): void {
    const end = this.#open.get(id);
    this.#open.delete(id);
    end?.();
  }

  finishAll(): void {
    for (const id of this.inHand) this.finish(id);
  }
}

export async function hasTaken(world: ExchangeWorld, bench: Bench, count: number): Promise<void> {
  await eventually(world, `${count} orders are taken`, () => bench.taken.length >= count);
}

/** Takes and makes everything at once, in order. */
export function maker(exchange: Exchange, agent: string = 'painter', atATime = 1): { readonly made: Taken[]; readonly taking: Taking } {
  const made: Taken[] = [];
  return { made, taking: exchange.take(agent, atATime, async (taken) => void made.push(taken)) };
}

export async function isThere(exchange: Exchange, id: string, agent = 'painter'): Promise<boolean> {
  return (await exchange.there([{ agent, id }])).has(id);
}
