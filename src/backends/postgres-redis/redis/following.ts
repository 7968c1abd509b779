/**
 * Followers of runs, all on one connection that blocks in XREAD over their streams. In a cluster, where one command
 * reads of one slot alone, each stream is asked for again and again instead: a connection for each run would be many.
 *
 * W1. A run is read from where the follower is that is furthest behind; each hears what comes after his own cursor.
 * W2. A cursor moves before its event is heard, and only forwards: nothing is heard twice, whatever breaks.
 * W3. A stream that was forgotten and begins anew with lower cursors is noticed, and read from its beginning.
 */
import type { Heard } from '../../../ports/exchange.ts';
import type { RedisClient } from './client.ts';
import type { RedisConnection } from './connection.ts';
import { beginning, cursorOf, isAfter } from './cursor.ts';
import type { Cursor } from './cursor.ts';
import { listOf, textsOf } from './replies.ts';

interface Follower {
  readonly run: string;
  readonly hear: (heard: Heard) => void;
  cursor: Cursor;
  /** The first place that he knows. */
  first: Cursor;
}

type Read = readonly (readonly [key: string, entries: readonly unknown[]])[];

/** Entries of one stream at a time. */
const pageSize = 500;

/** How long a read blocks, and how long it rests after one that found something, in milliseconds. */
const blocking = 2000;
const gathering = 5;

/** How often streams are asked for in a cluster, in milliseconds. */
const asking = 100;

const pauseWhileAway = 200;

export interface FollowingOptions {
  /** How often it looks for streams that begin anew, in milliseconds. */
  readonly lookEvery?: number;
}

export class Following {
  readonly #connection: RedisConnection;
  readonly #lookEvery: number;
  readonly #streams = new Map<string, Set<Follower>>();
  readonly #wakeKey: string;
  #wakeCursor: Cursor = beginning;
  #lookedAt = -Infinity;
  #reader: RedisClient | undefined;
  #is: 'idle' | 'reading' | 'closed' = 'idle';

  constructor(connection: RedisConnection, process: string, { lookEvery = 5000 }: FollowingOptions = {}) {
    this.#connection = connection;
    this.#lookEvery = lookEvery;
    this.#wakeKey = connection.keys.wake(process);
  }

  follow(run: string, after: string | undefined, hear: (heard: Heard) => void): () => void {
    const key = this.#connection.keys.events(run);
    const cursor = cursorOf(after);
    const follower: Follower = { run, hear, cursor, first: cursor };
    const followers = this.#streams.get(key) ?? new Set();
    this.#streams.set(key, followers.add(follower));
    if (this.#is === 'idle') void this.#readOn();
    else this.#wake();
    return () => {
      followers.delete(follower);
      if (followers.size === 0 && this.#streams.get(key) === followers) this.#streams.delete(key);
    };
  }

  close(): void {
    this.#is = 'closed';
    this.#streams.clear();
    if (this.#reader !== undefined) this.#connection.release(this.#reader);
  }

  async #readOn(): Promise<void> {
    this.#is = 'reading';
    while (this.#streams.size > 0) {
      try {
        if (performance.now() - this.#lookedAt > this.#lookEvery) await this.#lookForNew();
        const found = await this.#read();
        for (const [key, entries] of found) this.#deliver(key, entries);
        if (found.length > 0) await pause(gathering);
      } catch {
        await pause(pauseWhileAway);
      }
    }
    if (this.#isOpen()) this.#is = 'idle';
  }

  #isOpen(): boolean {
    return this.#is !== 'closed';
  }

  #read(): Promise<Read> {
    return this.#connection.isCluster ? this.#askEach() : this.#block();
  }

  async #block(): Promise<Read> {
    const reader = (this.#reader ??= this.#connection.open('read'));
    const keys = [this.#wakeKey, ...this.#streams.keys()];
    const cursors = [this.#wakeCursor, ...[...this.#streams.values()].map(furthestBehind)];
    return readOf(await reader.xread('COUNT', pageSize, 'BLOCK', blocking, 'STREAMS', ...keys, ...cursors));
  }

  async #askEach(): Promise<Read> {
    const replies = await this.#connection.call((client) =>
      Promise.all([...this.#streams].map(([key, followers]) => client.xread('COUNT', pageSize, 'STREAMS', key, furthestBehind(followers)))),
    );
    const found = replies.flatMap(readOf);
    if (found.length === 0) await pause(asking);
    return found;
  }

  #deliver(key: string, entries: readonly unknown[]): void {
    for (const entry of entries) {
      const [id, fields] = listOf(entry);
      const cursor = String(id);
      if (key === this.#wakeKey) this.#wakeCursor = cursor;
      else for (const follower of this.#streams.get(key) ?? []) tell(follower, cursor, textsOf(fields)[1] ?? '');
    }
  }

  /** W3. That what was heard is gone shows in a last entry that is before it. */
  async #lookForNew(): Promise<void> {
    this.#lookedAt = performance.now();
    const streams = [...this.#streams];
    const lasts = await this.#connection.call((client) =>
      Promise.all(streams.map(async ([key]) => cursorOf(textsOf((await client.xrevrange(key, '+', '-', 'COUNT', 1))[0])[0]))),
    );
    for (const [place, [, followers]] of streams.entries()) {
      const last = lasts[place] ?? beginning;
      for (const follower of followers) {
        if (!isAfter(follower.cursor, last)) continue;
        // A master that took over may lack the newest: what it has of what was heard is not heard again.
        const isKnown = follower.first !== beginning && !isAfter(follower.first, last);
        follower.cursor = isKnown ? last : beginning;
        follower.first = follower.cursor;
      }
    }
  }

  #wake(): void {
    if (this.#connection.isCluster) return;
    const work = (client: RedisClient): Promise<unknown> =>
      client.pipeline().xadd(this.#wakeKey, 'MAXLEN', 1, '*', 'w', '').pexpire(this.#wakeKey, 60_000).exec();
    this.#connection.call(work).catch(() => {});
  }
}

function furthestBehind(followers: ReadonlySet<Follower>): Cursor {
  let behind: Cursor | undefined;
  for (const { cursor } of followers) if (behind === undefined || isAfter(behind, cursor)) behind = cursor;
  return behind ?? beginning;
}

function tell(follower: Follower, cursor: Cursor, text: string): void {
  if (!isAfter(cursor, follower.cursor)) return;
  follower.cursor = cursor;
  if (follower.first === beginning) follower.first = cursor;
  try {
    const [name, event] = JSON.parse(text);
    follower.hear({ run: follower.run, name, event, cursor });
  } catch {
    // One who throws at what he hears does not keep the others from it.
  }
}

function readOf(reply: unknown): Read {
  return listOf(reply).map((stream) => {
    const [key, entries] = listOf(stream);
    return [String(key), listOf(entries)];
  });
}

async function pause(milliseconds: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}
