/**
 * Live events on their way into Redis.
 *
 * V1. One batch is on its way at a time, so that events arrive in the order in which they were told.
 * V2. What was sent and not answered is not sent again, because it may be there: it counts as dropped.
 * V3. What waits is bounded, in number and in length; the oldest goes first.
 */
import type { LiveEvent } from '../../../ports/exchange.ts';
import type { RedisClient } from './client.ts';
import type { RedisConnection } from './connection.ts';
import { wasNotDone } from './failures.ts';
import { statusIn } from './status.ts';
import type { Telltale } from './status.ts';

export interface TellingOptions {
  /** For how many milliseconds events are gathered. */
  readonly gather?: number;
  /** How many may wait. */
  readonly room?: number;
}

interface Told {
  readonly run: string;
  /** JSON text: the event's name and the event. */
  readonly text: string;
  readonly status: Telltale | undefined;
}

/** How many events of a run its stream keeps, about, and for how long after it began or ended, in seconds. */
const streamLength = 10_000;
const kept = 30 * 24 * 3600;

const batchSize = 1000;

/** How long the texts may be together that wait. */
const longest = 32_000_000;

const pauseWhileAway = 250;

/** For how long whoever wants everything out waits for a Redis that is away, in milliseconds. */
const patience = 2000;

export class Telling {
  readonly #connection: RedisConnection;
  readonly #gather: number;
  readonly #room: number;
  #waiting: Told[] = [];
  #length = 0;
  #timer: NodeJS.Timeout | undefined;
  #sending: Promise<'sent' | 'away'> | undefined;
  #dropped = 0;

  constructor(connection: RedisConnection, { gather = 5, room = 10_000 }: TellingOptions = {}) {
    this.#connection = connection;
    this.#gather = gather;
    this.#room = room;
  }

  get dropped(): number {
    return this.#dropped;
  }

  tell(event: LiveEvent): void {
    const text = JSON.stringify([event.name, event.event]);
    this.#waiting.push({ run: event.run, text, status: statusIn(event) });
    this.#length += text.length;
    // A tenth at a time: to shift a long list for each event would cost more than the events.
    if (this.#waiting.length > this.#room || this.#length > longest) this.#drop(Math.ceil(this.#waiting.length / 10));
    this.#sendIn(this.#gather);
  }

  async flushed(): Promise<void> {
    const end = performance.now() + patience;
    while (this.#waiting.length > 0 || this.#sending !== undefined) {
      if ((await this.#send()) === 'sent') continue;
      if (performance.now() > end) this.#drop(this.#waiting.length);
      else await new Promise((resolve) => setTimeout(resolve, pauseWhileAway));
    }
  }

  #sendIn(pause: number): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#send();
    }, pause).unref();
  }

  #send(): Promise<'sent' | 'away'> {
    return (this.#sending ??= this.#sendAll().finally(() => {
      this.#sending = undefined;
      if (this.#waiting.length > 0) this.#sendIn(pauseWhileAway);
    }));
  }

  async #sendAll(): Promise<'sent' | 'away'> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, batchSize);
      for (const { text } of batch) this.#length -= text.length;
      try {
        await this.#connection.call((client) => this.#write(client, batch));
      } catch (error) {
        if (!wasNotDone(error)) this.#dropped += batch.length;
        else {
          this.#waiting = [...batch, ...this.#waiting];
          for (const { text } of batch) this.#length += text.length;
          return 'away';
        }
      }
    }
    return 'sent';
  }

  /** In a cluster runs lie on several servers, and a pipeline goes to one. */
  async #write(client: RedisClient, batch: readonly Told[]): Promise<void> {
    if (!this.#connection.isCluster) return this.#writeTogether(client, batch);
    await Promise.all(
      Map.groupBy(batch, ({ run }) => run)
        .values()
        .map((events) => this.#writeTogether(client, events)),
    );
  }

  async #writeTogether(client: RedisClient, batch: readonly Told[]): Promise<void> {
    const { keys } = this.#connection;
    const pipeline = client.pipeline();
    for (const { run, text, status } of batch) {
      const events = keys.events(run);
      pipeline.xadd(events, 'MAXLEN', '~', streamLength, '*', 'e', text);
      if (status === undefined) continue;
      const hash = keys.status(run);
      pipeline.hset(hash, { ...status.fields, at: Date.now() });
      if (status.first !== undefined) pipeline.hsetnx(hash, 'status', status.first);
      if (status.isTurn) pipeline.expire(events, kept).expire(hash, kept);
    }
    for (const [error] of (await pipeline.exec()) ?? []) if (error !== null) throw error;
  }

  #drop(many: number): void {
    for (const { text } of this.#waiting.splice(0, many)) {
      this.#length -= text.length;
      this.#dropped++;
    }
  }
}
