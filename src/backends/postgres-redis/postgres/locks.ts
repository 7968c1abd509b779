/**
 * Locks that one node has at a time.
 *
 * K1. A lock is a row of the node's: it is held until the work is done, whatever becomes of the connection, and goes
 *     with the node when that is taken away. So whoever holds it and is not fenced is alone.
 * K2. Who waits for a lock waits on the server, in the order in which they came: a connection of one's own holds the
 *     place in the line until the work is done.
 * K3. In this process those who want the same key wait in a line, and only the first of them takes a connection.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { ContinuoError } from '../../../core/errors.ts';
import { atMost, goodbye } from './at-most.ts';
import { faultFrom } from './faults.ts';
import type { Identity } from './identity.ts';
import type { Postgres } from './sql.ts';

const connections = 8;

/** How often it is looked whether somebody is done who lost his place in the line, in milliseconds. */
const lookEvery = 100;

/** After how long in the line whoever waits begins anew, in milliseconds: on a line that is dead he would wait for ever. */
const patience = 10_000;

interface Hold {
  readonly client: pg.PoolClient;
  readonly key: string;
  readonly token: string;
  readonly identity: Identity;
}

export class Locks {
  readonly #postgres: Postgres;
  readonly #identity: () => Identity;
  readonly #pool: pg.Pool;
  readonly #lines = new Map<string, Promise<unknown>>();
  readonly #names = new WeakMap<pg.PoolClient, string>();
  /** Connections of those who wait in a line or are at work. */
  readonly #clients = new Set<pg.PoolClient>();
  #closed = false;

  /** `identity` says who takes a lock, and throws where it may not. */
  constructor(postgres: Postgres, identity: () => Identity) {
    this.#postgres = postgres;
    this.#identity = identity;
    this.#pool = new pg.Pool({
      ...postgres.settings('continuo', [`lock_timeout=${patience}`]),
      query_timeout: 1.5 * patience,
      max: connections,
      allowExitOnIdle: true,
    });
    this.#pool.on('error', () => undefined);
    // One that stands in the line says nothing meanwhile: that it is lost shows when it is let go.
    this.#pool.on('connect', (client) => client.on('error', () => undefined));
  }

  async exclusively<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.#lines.get(key);
    const mine = (before ?? Promise.resolve()).then(() => this.#locked(key, work));
    const end = mine.then(
      () => undefined,
      () => undefined,
    );
    this.#lines.set(key, end);
    try {
      return await mine;
    } finally {
      if (this.#lines.get(key) === end) this.#lines.delete(key);
    }
  }

  /** Nobody waits any longer, and what is held goes with the node, whether or not the work is done. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const client of this.#clients) this.#release(client, true);
    await atMost(goodbye, this.#pool.end());
  }

  async #locked<T>(key: string, work: () => Promise<T>): Promise<T> {
    const hold = await this.#take(key);
    try {
      return await work();
    } finally {
      await this.#letGo(hold);
    }
  }

  async #letGo({ client, key, token, identity }: Hold): Promise<void> {
    if (this.#closed) return;
    const over = 'WITH over AS (DELETE FROM locks WHERE key = $1 AND token = $2) SELECT';
    try {
      await client.query(`${over} pg_advisory_unlock(lock_key('exclusively ' || $1))`, [key, token]);
      this.#release(client, false);
    } catch {
      this.#release(client, true);
      void this.#letGoLater(`${over} 1`, [key, token], identity);
    }
  }

  /** Others wait for it for as long as this node lives. */
  async #letGoLater(over: string, values: readonly string[], identity: Identity): Promise<void> {
    for (;;) {
      try {
        await this.#postgres.query(over, values);
        return;
      } catch {
        if (!this.#isStill(identity)) return;
        await wait(lookEvery, undefined, { ref: false });
      }
    }
  }

  #isStill(identity: Identity): boolean {
    try {
      return this.#identity() === identity;
    } catch {
      return false;
    }
  }

  #mustBeOpen(): void {
    if (this.#closed) throw new ContinuoError('ENGINE_CLOSED', `${this.#postgres.location} is closed`);
  }

  async #take(key: string): Promise<Hold> {
    this.#mustBeOpen();
    let client: pg.PoolClient | undefined;
    try {
      client = await this.#pool.connect();
      this.#clients.add(client);
      const identity = this.#identity();
      await this.#goBy(client, `continuo:${identity.node}/lock`);
      await this.#comeFirst(client, key);
      const token = randomUUID();
      const { id, node } = identity;
      for (;;) {
        const { rows } = await client.query<{ held: boolean }>('SELECT hold($1, $2, $3, $4) AS held', [id, node, key, token]);
        if (rows[0]?.held === true) return { client, key, token, identity };
        await wait(lookEvery);
      }
    } catch (error) {
      if (client !== undefined) this.#release(client, true);
      this.#mustBeOpen();
      throw faultFrom(error, this.#postgres.location);
    }
  }

  async #comeFirst(client: pg.PoolClient, key: string): Promise<void> {
    for (;;) {
      try {
        await client.query("SELECT pg_advisory_lock(lock_key('exclusively ' || $1))", [key]);
        return;
      } catch (error) {
        if (!(error instanceof pg.DatabaseError && error.code === '55P03')) throw error;
      }
    }
  }

  /** By its name others find the connection of a node that they take away. */
  async #goBy(client: pg.PoolClient, name: string): Promise<void> {
    if (this.#names.get(client) !== name) await client.query("SELECT set_config('application_name', $1, false)", [name]);
    this.#names.set(client, name);
  }

  #release(client: pg.PoolClient, broken: boolean): void {
    if (this.#clients.delete(client)) client.release(broken);
  }
}
