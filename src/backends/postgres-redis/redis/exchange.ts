/**
 * Orders between nodes, carried by BullMQ: one queue per agent. X1 to X4 of the port, and:
 *
 * Q1. A job's id follows from its order's, so that sending twice is sending once.
 * Q2. Takers tell again and again what they have in hand: an order that Redis forgot is there as long as somebody says
 *     that he has it. `there` says of none that it is missing before everybody had the time to say so.
 * Q3. Limits are set again before the first order is there, when Redis forgot them.
 */
import { Queue } from 'bullmq';
import type { Exchange, Order, QueueLimits, Taken, Taking } from '../../../ports/exchange.ts';
import type { RedisClient } from './client.ts';
import type { RedisConnection } from './connection.ts';
import { Hands } from './hands.ts';
import { Lanes } from './lanes.ts';
import type { Delivery } from './hands.ts';
import { jobIdOf, queueName } from './keys.ts';
import { markWithdrawn, tellHeld, whichAreThere } from './order-scripts.ts';
import { listOf, textsOf } from './replies.ts';
import { Sending } from './sending.ts';
import { RedisTaking } from './taking.ts';

type Reference = Pick<Order, 'agent' | 'id'>;

export interface ExchangeOptions {
  /** How long an order is its taker's without a sign of life, in milliseconds. */
  readonly lock?: number;
  /** How often takers tell what they have in hand, in milliseconds. */
  readonly beat?: number;
}

/** BullMQ has small numbers first; ours is large numbers first, and 0 in the middle. */
const middle = 1_000_000;

/** For how long a withdrawal is known to takers that were cut off when it was told, in milliseconds. */
const withdrawalKept = 3_600_000;

const priorityOf = (priority: number): number => middle + 1 - Math.max(-middle, Math.min(middle, Math.round(priority)));

export class RedisExchange implements Exchange {
  readonly #connection: RedisConnection;
  readonly #lock: number;
  readonly #beat: number;
  readonly #queues = new Map<string, Queue<Order>>();
  readonly #limits = new Map<string, QueueLimits>();
  readonly #takings = new Set<RedisTaking>();
  readonly #hands = new Hands();
  /** Jobs in hand that Redis was told of. */
  readonly #told = new Set<string>();
  readonly #sending = new Sending((agent, orders) => this.#sendAll(agent, orders));
  readonly #timer: NodeJS.Timeout;
  #unlisten: (() => void) | undefined;
  #worker: RedisClient | undefined;
  #beating: Promise<unknown> | undefined;

  constructor(connection: RedisConnection, { lock = 15_000, beat = 1000 }: ExchangeOptions = {}) {
    this.#connection = connection;
    this.#lock = lock;
    this.#beat = beat;
    this.#timer = setInterval(() => this.#beatOnce(), beat).unref();
  }

  async send(orders: readonly Order[]): Promise<void> {
    await this.#sending.send(orders);
  }

  async withdraw(orders: readonly Reference[]): Promise<void> {
    const jobs = orders.map(({ id }) => jobIdOf(id));
    for (const job of jobs) this.#hands.withdraw(job);
    const { keys } = this.#connection;
    await this.#connection.call(async (client) => {
      const agents = Map.groupBy(orders, ({ agent }) => agent);
      await Promise.all(
        agents.entries().map(async ([agent, its]) => {
          const ids = its.map(({ id }) => jobIdOf(id));
          await markWithdrawn.run(client, [keys.held(agent), keys.withdrawn(agent)], [withdrawalKept, ...ids]);
          const queue = this.#queue(agent);
          await Promise.all(ids.map((id) => queue.remove(id)));
        }),
      );
      if (jobs.length > 0) await client.publish(keys.withdrawals, JSON.stringify(jobs));
    });
  }

  async there(orders: readonly Reference[]): Promise<ReadonlySet<string>> {
    const agents = Map.groupBy(orders, ({ agent }) => agent);
    const found = await Promise.all(
      agents.entries().map(([agent, its]) =>
        this.#thereOf(
          agent,
          its.map(({ id }) => id),
        ),
      ),
    );
    return new Set(found.flat());
  }

  take(agent: string, atATime: number, make: (taken: Taken) => Promise<void>): Taking {
    this.#unlisten ??= this.#connection.listen(this.#connection.keys.withdrawals, (message) => {
      for (const job of textsOf(JSON.parse(message))) this.#hands.withdraw(job);
    });
    const lanes: Lanes = new Lanes(atATime, (share) =>
      this.#lane(agent, share, (delivery) => lanes.during(() => this.#make(delivery, make))),
    );
    return lanes;
  }

  #lane(agent: string, atATime: number, make: (delivery: Delivery) => Promise<void>): RedisTaking {
    const taking = new RedisTaking({
      prefix: this.#connection.keys.queuePrefix(agent),
      client: (this.#worker ??= this.#connection.open('work')),
      lock: this.#lock,
      atATime,
      make,
      isInHand: (job) => this.#hands.has(job),
      over: (over) => this.#takings.delete(over),
    });
    this.#takings.add(taking);
    return taking;
  }

  async limit(agent: string, limits: QueueLimits): Promise<void> {
    this.#limits.set(agent, limits);
    await this.#connection.call(() => this.#setLimits(agent, limits));
  }

  async depths(agents: readonly string[]): Promise<ReadonlyMap<string, { readonly waiting: number; readonly inHand: number }>> {
    const { keys } = this.#connection;
    const depths = await this.#connection.call((client) =>
      Promise.all(
        agents.map(async (agent) => {
          const counts = [
            client.zcard(keys.queue(agent, 'prioritized')),
            client.llen(keys.queue(agent, 'wait')),
            client.llen(keys.queue(agent, 'active')),
          ] as const;
          const [prioritized, wait, inHand] = await Promise.all(counts);
          return [agent, { waiting: prioritized + wait, inHand }] as const;
        }),
      ),
    );
    return new Map(depths);
  }

  /** Lets go of everything; what is still in hand goes to others when its lock lapses. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#unlisten?.();
    await Promise.all([...this.#takings].map((taking) => taking.abandon()));
    await Promise.all([...this.#queues.values()].map((queue) => queue.close().catch(() => {})));
    await this.#beating;
  }

  async #sendAll(agent: string, orders: readonly Order[]): Promise<void> {
    await this.#connection.call(async (client) => {
      const jobs = orders.map((order) => ({
        name: order.action,
        data: order,
        opts: { jobId: jobIdOf(order.id), priority: priorityOf(order.priority) },
      }));
      // In this order on one connection: the limits are there first, and what is sent anew is withdrawn no longer.
      await Promise.all([
        this.#restoreLimits(client, agent),
        client.zrem(this.#connection.keys.withdrawn(agent), ...jobs.map(({ opts }) => opts.jobId)),
        this.#queue(agent).addBulk(jobs),
      ]);
    });
  }

  async #make(delivery: Delivery, make: (taken: Taken) => Promise<void>): Promise<void> {
    await this.#hands.make(delivery, make);
    const { job, order } = delivery;
    if (!this.#told.delete(job)) return;
    // Where Redis is away it lapses by itself.
    await this.#connection.call((client) => client.zrem(this.#connection.keys.held(order.agent), job)).catch(() => {});
  }

  async #thereOf(agent: string, ids: readonly string[]): Promise<readonly string[]> {
    const { keys } = this.#connection;
    const [prioritized, wait] = [keys.queue(agent, 'prioritized'), keys.queue(agent, 'wait')];
    const asked = [prioritized, wait, keys.held(agent), keys.withdrawn(agent), keys.since(agent)];
    const given = [keys.queue(agent, ''), ...ids.map(jobIdOf)];
    for (;;) {
      const [age, ...flags] = listOf(await this.#connection.call((client) => whichAreThere.run(client, asked, given)));
      const found = ids.filter((_, place) => flags[place] === 1);
      const rest = 2.5 * this.#beat - Math.min(Number(age), this.#connection.steadyFor);
      if (found.length === ids.length || rest <= 0) return found;
      await new Promise((resolve) => setTimeout(resolve, rest));
    }
  }

  #beatOnce(): void {
    this.#beating ??= this.#tell().finally(() => (this.#beating = undefined));
  }

  /** Tells what is in hand, and hears what of it was withdrawn and whether Redis forgot everything. */
  async #tell(): Promise<void> {
    const inHand = this.#hands.byAgent();
    const agents = new Set([...inHand.keys(), ...this.#limits.keys()]);
    if (agents.size === 0) return;
    const telling = this.#connection.call((client) =>
      Promise.all([...agents].map((agent) => this.#tellOf(client, agent, inHand.get(agent) ?? []))),
    );
    await telling.catch(() => {});
  }

  async #tellOf(client: RedisClient, agent: string, jobs: readonly string[]): Promise<void> {
    const { keys } = this.#connection;
    for (const job of jobs) this.#told.add(job);
    const asked = [keys.held(agent), keys.withdrawn(agent), keys.since(agent)];
    const [isNew, ...withdrawn] = textsOf(await tellHeld.run(client, asked, [5 * this.#beat, withdrawalKept, ...jobs]));
    for (const job of withdrawn) this.#hands.withdraw(job);
    if (isNew === '1') await this.#restoreLimits(client, agent);
  }

  async #setLimits(agent: string, { concurrency, rate }: QueueLimits): Promise<void> {
    const queue = this.#queue(agent);
    await Promise.all([
      concurrency === undefined ? queue.removeGlobalConcurrency() : queue.setGlobalConcurrency(concurrency),
      rate === undefined ? queue.removeGlobalRateLimit() : queue.setGlobalRateLimit(rate.max, rate.per),
    ]);
  }

  /** What another node set meanwhile stays. */
  async #restoreLimits(client: RedisClient, agent: string): Promise<void> {
    const { concurrency, rate } = this.#limits.get(agent) ?? {};
    const meta = this.#connection.keys.queue(agent, 'meta');
    await Promise.all([
      ...(concurrency === undefined ? [] : [client.hsetnx(meta, 'concurrency', concurrency)]),
      ...(rate === undefined ? [] : [client.hsetnx(meta, 'max', rate.max), client.hsetnx(meta, 'duration', rate.per)]),
    ]);
  }

  #queue(agent: string): Queue<Order> {
    let queue = this.#queues.get(agent);
    if (queue !== undefined) return queue;
    queue = new Queue<Order>(queueName, {
      prefix: this.#connection.keys.queuePrefix(agent),
      connection: this.#connection.client,
      skipVersionCheck: true,
      streams: { events: { maxLen: 100 } },
      defaultJobOptions: { attempts: 1, removeOnComplete: true, removeOnFail: true },
    });
    queue.on('error', () => {});
    this.#queues.set(agent, queue);
    return queue;
  }
}
