/**
 * Counters of requests that all nodes share, in Redis.
 *
 * Q1. One from every bucket or from none: one script, on keys of one slot. Its arithmetic is that of core/meters.ts.
 * Q2. Redis has a moment to answer. Where it has none this process counts for itself, and asks again a little later.
 */
import { Buckets } from '../../../core/buckets.ts';
import type { Bucket, Quotas } from '../../../ports/access.ts';
import type { RedisConnection } from './connection.ts';
import { takeOneOfEach } from './quota-script.ts';
import { listOf } from './replies.ts';

/** How long an answer may take, and how long nobody asks after it took longer, in milliseconds. */
const moment = 500;
const rest = 1000;

type Answer = Awaited<ReturnType<Quotas['take']>>;

export class RedisQuotas implements Quotas {
  readonly #connection: RedisConnection;
  readonly #own = new Buckets();
  #restsUntil = 0;

  constructor(connection: RedisConnection) {
    this.#connection = connection;
  }

  async take(buckets: readonly Bucket[], now: number): Promise<Answer> {
    if (buckets.length === 0) return { granted: true };
    return (await this.#shared(buckets, now)) ?? this.#own.take(buckets, now);
  }

  /** Undefined where Redis does not say. */
  async #shared(buckets: readonly Bucket[], now: number): Promise<Answer | undefined> {
    if (performance.now() < this.#restsUntil) return undefined;
    const { promise: tooLong, resolve } = Promise.withResolvers<'too long'>();
    // An answer that came while this process was busy is heard before its time is found to be over.
    const timer = setTimeout(() => setImmediate(resolve, 'too long'), moment);
    const answer = await Promise.race([this.#ask(buckets, now).catch(() => undefined), tooLong]);
    clearTimeout(timer);
    if (answer !== 'too long') return answer;
    this.#restsUntil = performance.now() + rest;
    return undefined;
  }

  async #ask(buckets: readonly Bucket[], now: number): Promise<Answer> {
    const keys = buckets.map(({ id }) => this.#connection.keys.quota(id));
    const given = buckets.flatMap(({ capacity, refill }) => [capacity, refill]);
    const reply = await this.#connection.call((client) => takeOneOfEach.run(client, keys, [now, ...given]));
    const [place, retryAt] = listOf(reply).map(Number);
    const refused = place === undefined || place === 0 ? undefined : buckets[place - 1];
    if (refused === undefined) return { granted: true };
    return { granted: false, bucket: refused.id, retryAt: retryAt ?? Infinity };
  }
}
