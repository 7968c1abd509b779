/**
 * One taker of an agent's orders: a worker of BullMQ.
 *
 * T1. What it was given and has not begun when it stops goes back to the queue.
 * T2. A delivery of what is in hand here anyhow takes nobody's room.
 * T3. A job that stalls is given to another for ever: BullMQ never fails one for it.
 */
import { Worker, WaitingError } from 'bullmq';
import type { Job } from 'bullmq';
import type { Order, Taking } from '../../../ports/exchange.ts';
import type { RedisClient } from './client.ts';
import type { Delivery } from './hands.ts';
import { queueName } from './keys.ts';

export interface TakingOptions {
  readonly prefix: string;
  readonly client: RedisClient;
  /** How long an order is its taker's without a sign of life, in milliseconds. */
  readonly lock: number;
  readonly atATime: number;
  readonly make: (delivery: Delivery) => Promise<void>;
  /** Whether the job is in hand here, from an earlier delivery. */
  readonly isInHand: (job: string) => boolean;
  /** It will take nothing more, and has nothing in hand. */
  readonly over: (taking: RedisTaking) => void;
}

class OrderWorker extends Worker<Order, void> {
  /** Ends what `close` ends last, and does not come to while Redis is away or an order in hand. */
  async letGo(): Promise<void> {
    await this.lockManager.close();
  }
}

export class RedisTaking implements Taking {
  readonly #worker: OrderWorker;
  readonly #make: TakingOptions['make'];
  readonly #isInHand: TakingOptions['isInHand'];
  readonly #over: TakingOptions['over'];
  readonly #inHand = new Set<Promise<void>>();
  #atATime: number;
  /** Deliveries that joined what was in hand. */
  #joined = 0;
  #ending: Promise<void> | undefined;

  constructor({ prefix, client, lock, atATime, make, isInHand, over }: TakingOptions) {
    this.#make = make;
    this.#isInHand = isInHand;
    this.#over = over;
    this.#atATime = atATime;
    this.#worker = new OrderWorker(queueName, (job, token) => this.#work(job, token), {
      prefix,
      connection: client,
      autorun: false,
      concurrency: Math.max(1, atATime),
      lockDuration: Math.ceil(lock),
      stalledInterval: Math.ceil(lock / 3),
      maxStalledCount: Number.MAX_SAFE_INTEGER,
      drainDelay: 2,
      runRetryDelay: 500,
      // How soon it hears of a limit that was raised.
      maximumRateLimitDelay: 1000,
      skipVersionCheck: true,
      removeOnComplete: { count: 0 },
      removeOnFail: { count: 0 },
    });
    // What fails here is tried again, or shows as an order that comes again.
    this.#worker.on('error', () => {});
    if (atATime > 0) this.#run();
  }

  resize(atATime: number): void {
    if (this.#ending !== undefined || atATime === this.#atATime) return;
    const more = atATime > this.#atATime;
    this.#atATime = atATime;
    if (atATime === 0) void this.#worker.pause(true);
    else this.#setRoom(more);
  }

  async stop(deadline: number): Promise<void> {
    this.#ending ??= this.#end();
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, deadline);
    await Promise.race([this.#ending, promise]);
    clearTimeout(timer);
  }

  /** Stops without waiting; what is in hand goes to others when its lock lapses. */
  async abandon(): Promise<void> {
    await this.stop(0);
    await this.#worker.letGo();
  }

  #run(): void {
    this.#worker.run().catch(() => {});
  }

  async #end(): Promise<void> {
    void this.#worker.pause(true);
    const closed = this.#worker.close().catch(() => {});
    while (this.#inHand.size > 0) await Promise.all(this.#inHand);
    // Redis is told what was finished; where it is away, it is not waited for.
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, 1000);
    await Promise.race([closed, promise]);
    clearTimeout(timer);
    await this.#worker.letGo();
    this.#over(this);
  }

  async #work(job: Job<Order, void>, token: string | undefined): Promise<void> {
    if (this.#ending !== undefined || this.#atATime === 0) {
      await job.moveToWait(token);
      throw new WaitingError();
    }
    // A withdrawal and a delivery may cross: then there is a job, and no order in it.
    if (job.id === undefined || job.data.id === undefined) return;
    const joins = this.#isInHand(job.id);
    if (joins) this.#join(1);
    const made = this.#make({ job: job.id, sentAt: job.timestamp, order: job.data, again: job.stalledCounter > 0 });
    this.#inHand.add(made);
    await made;
    this.#inHand.delete(made);
    if (joins) this.#join(-1);
  }

  #join(by: 1 | -1): void {
    this.#joined += by;
    if (this.#ending === undefined && this.#atATime > 0) this.#setRoom(by > 0);
  }

  /** While it waits for one of its orders to end it hears of new room only by being resumed. */
  #setRoom(more: boolean): void {
    this.#worker.concurrency = this.#atATime + this.#joined;
    if (!more) return;
    void this.#worker.pause(true);
    void this.#worker.resume();
  }
}
