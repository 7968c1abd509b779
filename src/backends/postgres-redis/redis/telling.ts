/**
 * Live events on their way into Redis.
 *
 * V1. One batch is on its way at a time, so that events arrive in the order in which they were told.
 * V2. What was sent and not answered is not sent again, because it may be there: it counts as dropped.
 * V3. What waits is bounded, in number and in length; the oldest goes first.
 */
import { textOf } from './event-text.ts';
import type { LiveEvent } from '../../../ports/exchange.ts';
import type { RedisClient } from './client.ts';
import type { RedisConnection } from './connection.ts';
import { wasNotDone } from './failures.ts';
import { Script } from './script.ts';
import { statusIn } from './status.ts';
import type { Telltale } from './status.ts';

/**
 * One command for a batch costs a fraction of one for each event, and is there whole or not at all. KEYS of each run
 * its stream and its status; ARGV how long streams may be, for how long both are kept, then of each event which run,
 * its text, and what it tells of the status.
 */
const addEvents = new Script(`
for place = 3, #ARGV, 3 do
  local events, status = KEYS[ARGV[place] * 2 + 1], KEYS[ARGV[place] * 2 + 2]
  redis.call('XADD', events, 'MAXLEN', '~', ARGV[1], '*', 'e', ARGV[place + 1])
  if ARGV[place + 2] ~= '' then
    local told = cjson.decode(ARGV[place + 2])
    for field, value in pairs(told.fields) do redis.call('HSET', status, field, value) end
    if told.first then redis.call('HSETNX', status, 'status', told.first) end
    if told.isTurn then
      redis.call('EXPIRE', events, ARGV[2])
      redis.call('EXPIRE', status, ARGV[2])
    end
  end
end
`);

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
    const text = textOf(event);
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
    if (this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
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
    const places = new Map<string, number>();
    const events: (number | string)[] = [];
    for (const { run, text, status } of batch) {
      let place = places.get(run);
      if (place === undefined) places.set(run, (place = places.size));
      events.push(place, text, status === undefined ? '' : JSON.stringify({ ...status, fields: { ...status.fields, at: Date.now() } }));
    }
    const asked = [...places.keys()].flatMap((run) => [keys.events(run), keys.status(run)]);
    await addEvents.run(client, asked, [streamLength, kept, ...events]);
  }

  #drop(many: number): void {
    for (const { text } of this.#waiting.splice(0, many)) {
      this.#length -= text.length;
      this.#dropped++;
    }
  }
}
