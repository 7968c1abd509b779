/**
 * Connections to one schema of one Postgres database.
 *
 * S1. Every statement goes through the circuit breaker, and its errors come out as the catalogue's.
 * S2. A transaction is one connection's; when its work throws, nothing of it is there.
 */
import pg from 'pg';
import { ContinuoError } from '../../../core/errors.ts';
import { Breaker } from '../breaker.ts';
import type { PostgresSettings } from '../options.ts';

export type Value = string | number | boolean | null | Uint8Array | readonly (string | number | boolean | null)[];
export type Row = Readonly<Record<string, unknown>>;
export type Query = (text: string, values?: readonly Value[]) => Promise<readonly Row[]>;

export interface Sql {
  /** Where it is, in words and without the password. */
  readonly location: string;
  readonly schema: string;
  readonly breaker: Breaker;
  query: Query;
  transaction<T>(work: (query: Query) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export function openSql(settings: PostgresSettings): Sql {
  const { url, schema = 'continuo', connections = 12 } = settings;
  const { host, pathname, port } = new URL(url);
  const location = `postgres://${host === '' ? `localhost:${port}` : host}${pathname} (schema ${schema})`;
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    options: `-c search_path=${schema} -c synchronous_commit=on`,
    types: { getTypeParser },
    application_name: 'continuo',
  });
  pool.on('error', () => undefined);
  const breaker = new Breaker({ part: 'postgres', isAway });
  const run = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await breaker.run(work);
    } catch (error) {
      throw error instanceof ContinuoError ? error : new ContinuoError('STORE_FAILED', `${location}: ${messageOf(error)}`);
    }
  };
  return {
    location,
    schema,
    breaker,
    query: (text, values = []) => run(async () => (await pool.query(text, values as unknown[])).rows as readonly Row[]),
    transaction: (work) =>
      run(async () => {
        const client = await pool.connect();
        try {
          await client.query('BEGIN');
          const result = await work(async (text, values = []) => (await client.query(text, values as unknown[])).rows as readonly Row[]);
          await client.query('COMMIT');
          client.release();
          return result;
        } catch (error) {
          await client.query('ROLLBACK').catch(() => undefined);
          client.release(isAway(error));
          throw error;
        }
      }),
    close: () => pool.end(),
  };
}

function getTypeParser(oid: number, format?: 'text' | 'binary'): (text: string) => unknown {
  // int8: counts and instants of ours fit a double.
  if (oid === 20) return Number;
  return pg.types.getTypeParser(oid, format as 'text') as (text: string) => unknown;
}

function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { readonly code?: string };
  if (code === undefined) return /Connection terminated|timeout/i.test(error.message);
  return /^(08|57P|E[A-Z]+)/.test(code);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
