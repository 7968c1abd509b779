/**
 * A connection on which one statement is made at a time, and which is made again when it breaks.
 *
 * N1. What an earlier connection of the same name left behind on the server is ended before anything is done on a new
 *     one: a statement whose line was cut may still be under way there, with its locks.
 * N2. A statement whose connection was cut is made once more, on a new one: the server may be there all the same.
 * N3. A statement that is not answered in time takes its connection with it. No line that is dead holds the process.
 */
import pg from 'pg';
import { atMost, goodbye } from './at-most.ts';
import { isAway, isCut } from './faults.ts';
import type { Postgres } from './sql.ts';

export interface Statement {
  /** It is prepared once for each connection under this name. */
  readonly name: string;
  readonly text: string;
}

type Rows = readonly (readonly unknown[])[];

const patience = 10_000;

/** The statements look rows up by their keys, in tables of which nothing is known when they are planned. */
const planning = ['enable_seqscan=off', 'enable_hashjoin=off', 'enable_mergejoin=off', 'plan_cache_mode=force_generic_plan'];

export class Lane {
  readonly #postgres: Postgres;
  readonly #name: () => string;
  #client: pg.Client | undefined;
  #connectedAs = '';

  constructor(postgres: Postgres, name: () => string) {
    this.#postgres = postgres;
    this.#name = name;
  }

  /** `values` is told whether the statement may have been carried out already. */
  run({ name, text }: Statement, values: (again: boolean) => readonly unknown[]): Promise<Rows> {
    return this.#postgres.guarded(async () => {
      const make = async (again: boolean): Promise<Rows> => {
        const client = await this.#connected();
        try {
          const config = { name, text, values: [...values(again)], rowMode: 'array' as const, query_timeout: patience };
          return (await client.query<unknown[]>(config)).rows;
        } catch (error) {
          if (isAway(error)) this.#drop(client);
          throw error;
        }
      };
      try {
        return await make(false);
      } catch (error) {
        if (!isCut(error)) throw error;
        return await make(true);
      }
    });
  }

  async close(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    if (client === undefined) return;
    // `pg` has it, and its types do not say so.
    (client as pg.Client & { unref(): void }).unref();
    await atMost(goodbye, client.end());
  }

  async #connected(): Promise<pg.Client> {
    const name = this.#name();
    if (this.#client !== undefined && this.#connectedAs !== name) this.#drop(this.#client);
    if (this.#client !== undefined) return this.#client;
    const client = new pg.Client(this.#postgres.settings(name, planning));
    client.on('error', () => this.#drop(client));
    client.on('end', () => this.#drop(client));
    await client.connect();
    await client.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1 AND usename = current_user AND pid <> pg_backend_pid()',
      [name],
    );
    this.#client = client;
    this.#connectedAs = name;
    return client;
  }

  #drop(client: pg.Client): void {
    if (this.#client !== client) return;
    this.#client = undefined;
    void client.end().catch(() => undefined);
  }
}
