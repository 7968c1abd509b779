/**
 * One process's way to Redis.
 *
 * R1. Every call goes through the breaker and ends soon: with its result, STORE_FAILED or STORE_FULL.
 * R2. Connections come back by themselves, for ever; none of their errors goes unheard.
 * R3. After `close` nothing of it is left open, whatever state Redis is in.
 */
import { Cluster } from 'ioredis';
import { ContinuoError } from '../../../core/errors.ts';
import type { PartHealth } from '../../../ports/exchange.ts';
import { Breaker } from '../breaker.ts';
import type { RedisSettings } from '../options.ts';
import { addressOf } from './address.ts';
import type { Address } from './address.ts';
import { clientOf } from './client.ts';
import type { Purpose, RedisClient } from './client.ts';
import { asStoreError, isAway, Unanswered, Unconnected, wasCutOff } from './failures.ts';
import { Keys } from './keys.ts';
import { probe } from './probe.ts';

/** What no call takes longer than, in milliseconds. */
const patience = 6000;

/** How long a connection rests that gave up, in milliseconds. */
const reviveAfter = 200;

/** After how long one that was lent and ended will not be begun again, in milliseconds. */
const forgetAfter = 30_000;

/**
 * Opens the Redis of a cluster (its id begins all keys), or says why it cannot be used. `mayBeAway`: for whoever gets
 * along without it.
 */
export async function openRedis(settings: string | RedisSettings, cluster: string, mayBeAway = false): Promise<RedisConnection> {
  const address = addressOf(settings);
  const keys = new Keys(cluster);
  const isThere = await probe(address, keys.probe).then(
    () => true,
    (error: unknown) => {
      if (mayBeAway && error instanceof ContinuoError && error.code === 'STORE_UNREACHABLE') return false;
      throw error;
    },
  );
  const connection = new RedisConnection(address, keys);
  if (isThere) await connection.ready(patience);
  return connection;
}

export class RedisConnection {
  readonly keys: Keys;
  readonly location: string;
  readonly isCluster: boolean;
  /** For short commands, inside `call`. */
  readonly client: RedisClient;
  readonly #address: Address;
  readonly #breaker: Breaker;
  readonly #clients = new Set<RedisClient>();
  readonly #channels = new Map<string, Set<(message: string) => void>>();
  #listener: RedisClient | undefined;
  #readySince = 0;
  /** Why there was no connection when it was last tried. */
  #broken: string | undefined;
  #is: 'open' | 'closed' = 'open';

  constructor(address: Address, keys: Keys) {
    this.#address = address;
    this.keys = keys;
    this.location = address.location;
    this.isCluster = address.kind.is === 'cluster';
    this.#breaker = new Breaker({ part: 'Redis', at: address.location, isAway });
    this.client = this.open('call');
    this.client.on('ready', () => (this.#readySince = performance.now()));
    this.client.on('error', (error: Error) => (this.#broken = error.message));
  }

  get health(): PartHealth {
    return this.#breaker.health;
  }

  /** For how many milliseconds it has been there without a break. */
  get steadyFor(): number {
    return this.client.status === 'ready' ? performance.now() - this.#readySince : 0;
  }

  async call<T>(work: (client: RedisClient) => Promise<T>): Promise<T> {
    if (this.#is === 'closed') throw new ContinuoError('STORE_FAILED', `The connection to Redis at ${this.location} was closed here.`);
    try {
      return await this.#breaker.run(() => this.#attempt(work));
    } catch (error) {
      throw asStoreError(error, this.location);
    }
  }

  /** A connection of one's own; closed with this one, if not before. */
  open(purpose: Purpose): RedisClient {
    const client = this.#keep(clientOf(this.#address, purpose));
    client.on('end', () => this.#revive(client));
    return client;
  }

  /** Lets go of a connection that `open` gave. */
  release(client: RedisClient): void {
    this.#clients.delete(client);
    end(client);
  }

  /** Hears what is published on a channel. What is published while the connection is broken is not heard. */
  listen(channel: string, hear: (message: string) => void): () => void {
    const hearers = this.#channels.get(channel) ?? new Set();
    if (hearers.size === 0) {
      this.#channels.set(channel, hearers);
      this.#listening().subscribe(channel).catch(unheard);
    }
    hearers.add(hear);
    return () => {
      hearers.delete(hear);
      if (hearers.size === 0 && this.#channels.delete(channel)) this.#listener?.unsubscribe(channel).catch(unheard);
    };
  }

  close(): void {
    this.#is = 'closed';
    this.#channels.clear();
    const clients = [...this.#clients];
    this.#clients.clear();
    for (const client of clients) end(client);
  }

  async ready(within: number): Promise<void> {
    try {
      await this.#answered(this.client.status === 'ready' ? Promise.resolve() : readiness(this.client), within);
    } catch (error) {
      this.close();
      const { message } = asStoreError(error, this.location);
      throw new ContinuoError('STORE_UNREACHABLE', message);
    }
  }

  async #attempt<T>(work: (client: RedisClient) => Promise<T>): Promise<T> {
    if (this.client.status !== 'ready') throw new Unconnected(this.#broken ?? 'there is no connection yet');
    try {
      return await this.#answered(work(this.client), patience);
    } catch (error) {
      if (!wasCutOff(error)) throw error;
      throw new Unanswered('the connection was broken off', { cause: error });
    }
  }

  async #answered<T>(work: Promise<T>, within: number): Promise<T> {
    const { promise, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => reject(new Unanswered(`no answer within ${within / 1000} s`)), within);
    try {
      return await Promise.race([work, promise]);
    } finally {
      clearTimeout(timer);
    }
  }

  #listening(): RedisClient {
    if (this.#listener !== undefined) return this.#listener;
    const listener = this.open('listen');
    listener.on('message', (channel: string, message: string) => {
      for (const hear of this.#channels.get(channel) ?? []) hear(message);
    });
    listener.on('ready', () => {
      if (this.#channels.size > 0) listener.subscribe(...this.#channels.keys()).catch(unheard);
    });
    return (this.#listener = listener);
  }

  /**
   * A connection that is cut off while it asks a sentinel for the master gives up for ever, though nobody told it to;
   * so it is told to begin again. One that was let go of stays at its end.
   */
  #revive(client: RedisClient): void {
    const again = (): void => {
      if (this.#clients.has(client) && client.status === 'end') client.connect().catch(unheard);
    };
    if (this.#clients.has(client)) setTimeout(again, reviveAfter).unref();
  }

  #keep<C extends RedisClient>(client: C): C {
    this.#clients.add(client);
    client.on('error', unheard);
    if (client instanceof Cluster) {
      const duplicate = client.duplicate.bind(client);
      client.duplicate = (...how) => this.#lend(duplicate(...how));
    } else {
      const duplicate = client.duplicate.bind(client);
      client.duplicate = (...how) => this.#lend(duplicate(...how));
    }
    return client;
  }

  /**
   * BullMQ makes connections of its own by duplicating the one that it is given. It ends them and begins them again as
   * it likes; what is left of them is closed with the rest.
   */
  #lend<C extends RedisClient>(client: C): C {
    const forget = (): void => {
      if (client.status === 'end') this.#clients.delete(client);
    };
    client.on('end', () => setTimeout(forget, forgetAfter).unref());
    return this.#keep(client);
  }
}

async function readiness(client: RedisClient): Promise<void> {
  await new Promise<void>((resolve) => client.once('ready', () => resolve()));
}

/**
 * Between two attempts to connect, `disconnect` would leave waiting commands waiting for ever. An attempt that is given
 * up before it begins ends them.
 */
function end(client: RedisClient): void {
  const isBetween = client.status === 'reconnecting';
  client.disconnect();
  if (!isBetween) return;
  client.connect().catch(unheard);
  client.disconnect();
}

/** What goes wrong on a connection shows in the calls that go over it. */
function unheard(): void {}
