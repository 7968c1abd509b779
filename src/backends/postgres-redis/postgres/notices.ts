/**
 * What others on the same store tell this process: the connection that listens.
 *
 * N1. Nothing depends on a notice: what it tells of lies in a table, and whoever listens looks there now and then.
 * N2. Whenever the connection is made again, listeners are told `again`: something may have been missed.
 */
import pg from 'pg';
import type { Postgres } from './sql.ts';

export type Notice = 'message' | 'answer' | 'gone' | 'again';

const rests = [100, 2000] as const;
/** How often the silent line is tried, and how long it may take to answer, in milliseconds. */
const tryEvery = 10_000;

export class Notices {
  readonly #postgres: Postgres;
  readonly #channels: () => readonly string[];
  readonly #listeners = new Set<(notice: Notice) => void>();
  #client: pg.Client | undefined;
  #timer: NodeJS.Timeout | undefined;
  #rest: number = rests[0];
  #closed = false;

  /** `channels` says on which channels this process listens: asked whenever the connection is made. */
  constructor(postgres: Postgres, channels: () => readonly string[]) {
    this.#postgres = postgres;
    this.#channels = channels;
  }

  hear(listener: (notice: Notice) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Listens; after a change of the channels, on the new ones. Where that fails, it is tried again by itself. */
  async listen(): Promise<void> {
    this.#forget(this.#client);
    if (this.#closed) return;
    clearTimeout(this.#timer);
    const client = new pg.Client({ ...this.#postgres.settings('continuo listens'), query_timeout: tryEvery });
    this.#client = client;
    client.on('error', () => this.#lost(client));
    client.on('end', () => this.#lost(client));
    client.on('notification', ({ payload }) => this.#tell(noticeOf(payload)));
    try {
      await client.connect();
      // `pg` has it, and its types do not say so: a process that only listens may end.
      (client as pg.Client & { unref(): void }).unref();
      for (const channel of this.#channels()) await client.query(`LISTEN "${channel}"`);
      this.#rest = rests[0];
      this.#tell('again');
      this.#tryLater(client);
    } catch {
      this.#lost(client);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#listeners.clear();
    clearTimeout(this.#timer);
    this.#forget(this.#client);
  }

  #tryLater(client: pg.Client): void {
    if (this.#client !== client || this.#closed) return;
    this.#timer = setTimeout(() => {
      client.query('SELECT 1').then(
        () => this.#tryLater(client),
        () => this.#lost(client),
      );
    }, tryEvery).unref();
  }

  #lost(client: pg.Client): void {
    if (this.#client !== client) return;
    this.#forget(client);
    if (this.#closed) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.listen(), this.#rest).unref();
    this.#rest = Math.min(this.#rest * 2, rests[1]);
  }

  #forget(client: pg.Client | undefined): void {
    if (this.#client === client) this.#client = undefined;
    void client?.end().catch(() => undefined);
  }

  #tell(notice: Notice | undefined): void {
    if (notice !== undefined) for (const listener of this.#listeners) listener(notice);
  }
}

function noticeOf(payload: string | undefined): Notice | undefined {
  return payload === 'message' || payload === 'answer' || payload === 'gone' ? payload : undefined;
}
