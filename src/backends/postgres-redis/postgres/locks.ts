/**
 * Locks that one node has at a time.
 *
 * K1. A lock is held by a connection of its own while the work goes on: when the process dies, or is taken away by
 *     others, the server lets go of it.
 * K2. In this process those who want the same key wait in a line, and only the first of them takes a connection.
 */
import pg from 'pg';
import { ContinuoError } from '../../../core/errors.ts';
import { faultFrom } from './faults.ts';
import type { Identity } from './identity.ts';
import type { Postgres } from './sql.ts';

const connections = 8;

export class Locks {
  readonly #postgres: Postgres;
  readonly #identity: () => Identity;
  readonly #pool: pg.Pool;
  readonly #lines = new Map<string, Promise<unknown>>();
  readonly #names = new WeakMap<pg.PoolClient, string>();
  readonly #held = new Set<pg.PoolClient>();
  #closed = false;

  /** `identity` says who takes a lock, and throws where it may not. */
  constructor(postgres: Postgres, identity: () => Identity) {
    this.#postgres = postgres;
    this.#identity = identity;
    this.#pool = new pg.Pool({ ...postgres.settings('continuo'), max: connections, allowExitOnIdle: true });
    this.#pool.on('error', () => undefined);
    // One that holds a lock says nothing meanwhile: that it is lost shows when it is let go.
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

  /** Lets go of what is held, whether or not the work is done. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const client of this.#held) client.release(true);
    this.#held.clear();
    await this.#pool.end();
  }

  async #locked<T>(key: string, work: () => Promise<T>): Promise<T> {
    const client = await this.#take(key);
    this.#held.add(client);
    try {
      return await work();
    } finally {
      await this.#letGo(client, key);
    }
  }

  async #letGo(client: pg.PoolClient, key: string): Promise<void> {
    if (!this.#held.has(client)) return;
    const whole = await client.query("SELECT pg_advisory_unlock(lock_key('exclusively ' || $1))", [key]).then(
      () => true,
      () => false,
    );
    if (this.#held.delete(client)) client.release(!whole);
  }

  async #take(key: string): Promise<pg.PoolClient> {
    if (this.#closed) throw new ContinuoError('ENGINE_CLOSED', `${this.#postgres.location} is closed`);
    let client: pg.PoolClient | undefined;
    try {
      client = await this.#pool.connect();
      const { id, node } = this.#identity();
      const name = `continuo:${node}/lock`;
      // By its name others find the connection of a node that they take away.
      if (this.#names.get(client) !== name) await client.query("SELECT set_config('application_name', $1, false)", [name]);
      this.#names.set(client, name);
      await client.query("SELECT pg_advisory_lock(lock_key('exclusively ' || $1))", [key]);
      await client.query('SELECT must_live($1, $2)', [id, node]);
      return client;
    } catch (error) {
      client?.release(true);
      throw faultFrom(error, this.#postgres.location);
    }
  }
}
