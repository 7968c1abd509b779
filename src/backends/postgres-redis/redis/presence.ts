/**
 * Whether all nodes of a cluster use the same Redis.
 *
 * P1. Each node says again and again that it is there. Where elder ones live, and nobody says so here, this is not their
 *     Redis. (Of two that begin together, one waits for the other.)
 */
import { setTimeout as wait } from 'node:timers/promises';
import { ContinuoError } from '../../../core/errors.ts';
import type { RedisConnection } from './connection.ts';

/** How often it is said, in milliseconds; what Redis forgot is there again after so long. */
const beat = 1000;
/** How long an elder may take to say it, who is only just opening. */
const patience = 10_000;

export class Presence {
  readonly #connection: RedisConnection;
  readonly #lease: number;
  #timer: NodeJS.Timeout | undefined;

  /** What was said holds as long as a node's lease does. */
  constructor(connection: RedisConnection, lease: number) {
    this.#connection = connection;
    this.#lease = lease;
  }

  /** Fails where elders live that are not seen here; then says that this one is there. */
  async enter(elders: () => Promise<boolean>, where: string): Promise<void> {
    const { keys, location } = this.#connection;
    const until = performance.now() + patience;
    while ((await elders()) && !(await this.#isSomebody())) {
      if (performance.now() > until)
        throw new ContinuoError(
          'STORE_UNFIT',
          `nodes that live in ${where} are not seen in Redis at ${location}: all nodes of a cluster use one Redis, and a second cluster needs a schema of its own`,
        );
      await wait(beat / 5);
    }
    const say = async (): Promise<unknown> => this.#connection.call((client) => client.set(keys.present, '1', 'PX', this.#lease));
    await say();
    this.#timer = setInterval(() => void say().catch(() => undefined), beat).unref();
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async #isSomebody(): Promise<boolean> {
    return (await this.#connection.call((client) => client.exists(this.#connection.keys.present))) === 1;
  }
}
