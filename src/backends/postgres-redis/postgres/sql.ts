/**
 * Connections to one schema of one Postgres database.
 *
 * S1. Every statement goes through the circuit breaker, and its errors come out as the catalogue's.
 * S2. A transaction is one connection's; when its work throws, nothing of it is there.
 * S3. A statement that is not answered in time takes its connection with it: what a silent line still holds, the
 *     server takes back, and nobody waits for it.
 * S4. After `close` nothing is accepted. What is under way when it is called is waited for a moment, and no dead line.
 */
import pg from 'pg';
import { ContinuoError } from '../../../core/errors.ts';
import { Breaker } from '../breaker.ts';
import type { PostgresSettings } from '../options.ts';
import { atMost, goodbye } from './at-most.ts';
import { addressOf } from './address.ts';
import { faultFrom, isAway } from './faults.ts';
import { fitNumber, fitText } from './values.ts';

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

/** Besides the pool, connections of one's own. */
export interface Postgres extends Sql {
  /** Work on the server, behind the breaker. */
  guarded<T>(work: () => Promise<T>): Promise<T>;
  /** How to connect, for those who keep a connection: `name` is what the server shows of it. */
  settings(name: string, more?: readonly string[]): pg.ClientConfig;
  readonly closed: boolean;
}

/** How long a statement, and the way to a connection, may take before the line is taken for dead, in milliseconds. */
const patience = 30_000;
const connecting = 5000;

export function openSql(settings: PostgresSettings): Postgres {
  const { url, schema, location } = addressOf(settings);
  const settingsFor = (name: string, more: readonly string[] = []): pg.ClientConfig => ({
    connectionString: url,
    application_name: name,
    options: [`search_path="${schema}"`, 'synchronous_commit=on', 'jit=off', ...keepalive, ...more].map((one) => `-c ${one}`).join(' '),
    types: { getTypeParser },
    keepAlive: true,
    connectionTimeoutMillis: connecting,
  });
  const pool = new pg.Pool({
    ...settingsFor('continuo'),
    max: settings.connections ?? 12,
    query_timeout: patience,
    // A connection that nobody uses does not hold the process.
    allowExitOnIdle: true,
  });
  // Of a line that breaks, whoever works on it hears by his statement; an idle one is replaced.
  pool.on('error', () => undefined);
  // A connection that somebody holds may end between two of his statements, or after one that failed: the next one says so.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const breaker = new Breaker({ part: 'Postgres', at: location.replace(/^postgres:\/\//, ''), isAway });
  let closing: Promise<void> | undefined;
  const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
    if (closing !== undefined) throw new ContinuoError('ENGINE_CLOSED', `${location} is closed`);
    try {
      return await breaker.run(work);
    } catch (error) {
      throw faultFrom(error, location);
    }
  };
  const withClient = async <T>(work: (query: Query, client: pg.PoolClient) => Promise<T>): Promise<T> => {
    const client = await pool.connect();
    let failed: unknown;
    try {
      return await work(async (text, values = []) => rowsOf(await client.query(text, fit(values, location))), client);
    } catch (error) {
      failed = error;
      throw error;
    } finally {
      client.release(failed !== undefined && isAway(failed));
    }
  };
  return {
    location,
    schema,
    breaker,
    guarded,
    settings: settingsFor,
    get closed() {
      return closing !== undefined;
    },
    query: (text, values = []) => guarded(() => withClient((query) => query(text, values))),
    transaction: (work) => guarded(() => withClient((query, client) => inTransaction(query, client, work))),
    close: () => (closing ??= atMost(3 * goodbye, pool.end())),
  };
}

/** The server soon notices that a node is gone, and lets go of what it held. */
const keepalive = [
  'tcp_keepalives_idle=10',
  'tcp_keepalives_interval=3',
  'tcp_keepalives_count=3',
  `idle_in_transaction_session_timeout=${patience}`,
];

async function inTransaction<T>(query: Query, client: pg.PoolClient, work: (query: Query) => Promise<T>): Promise<T> {
  await client.query('BEGIN');
  try {
    const result = await work(query);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    // The error that led here says more than this one would; on a dead line the server takes it back by itself.
    if (!isAway(error)) await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

function rowsOf(result: pg.QueryResult | readonly pg.QueryResult[]): readonly Row[] {
  // A script of several statements has a result each; nobody reads those.
  return 'rows' in result ? (result.rows as readonly Row[]) : [];
}

function fit(values: readonly Value[], where: string): unknown[] {
  const check = (value: Value): void => {
    if (typeof value === 'string') fitText(value, where);
    else if (typeof value === 'number') fitNumber(value, where);
    else if (Array.isArray(value)) value.forEach(check);
  };
  values.forEach(check);
  return [...values];
}

function getTypeParser(oid: number, format?: 'text' | 'binary'): (text: string) => unknown {
  // int8: counts and instants of ours fit a double.
  if (oid === 20) return Number;
  return pg.types.getTypeParser(oid, format) as (text: string) => unknown;
}
