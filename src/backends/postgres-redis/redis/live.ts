/** Live events: a stream for each run, and a hash with the status that was last told. L1 to L3 of the port. */
import { randomUUID } from 'node:crypto';
import type { Heard, Live, LiveEvent } from '../../../ports/exchange.ts';
import type { RedisConnection } from './connection.ts';
import { Following } from './following.ts';
import type { FollowingOptions } from './following.ts';
import { Telling } from './telling.ts';
import type { TellingOptions } from './telling.ts';

export class RedisLive implements Live {
  readonly #connection: RedisConnection;
  readonly #telling: Telling;
  readonly #following: Following;

  constructor(connection: RedisConnection, options: TellingOptions & FollowingOptions = {}) {
    this.#connection = connection;
    this.#telling = new Telling(connection, options);
    this.#following = new Following(connection, randomUUID(), options);
  }

  /** How many events could not be told. */
  get dropped(): number {
    return this.#telling.dropped;
  }

  tell(event: LiveEvent): void {
    this.#telling.tell(event);
  }

  flushed(): Promise<void> {
    return this.#telling.flushed();
  }

  async follow(run: string, after: string | undefined, hear: (heard: Heard) => void): Promise<() => void> {
    return this.#following.follow(run, after, hear);
  }

  async status(run: string): Promise<{ readonly status: string; readonly at: number } | undefined> {
    const key = this.#connection.keys.status(run);
    const [status, at] = await this.#connection.call((client) => client.hmget(key, 'status', 'at'));
    return typeof status === 'string' ? { status, at: Number(at) } : undefined;
  }

  async close(): Promise<void> {
    await this.#telling.flushed();
    this.#following.close();
  }
}
