/** Postgres and Redis as somebody would run them who wants to keep what was acknowledged, on the disk that is measured. */
import pg from 'pg';
import { startPostgres } from '../test/servers/postgres.ts';
import { startRedis } from '../test/servers/redis.ts';
import { bytesIn } from './measure.ts';

export interface Running {
  readonly url: string;
  /** Bytes on disk that were not there when it was started; of Postgres without its log. */
  stored(): Promise<number>;
  stop(): Promise<void>;
}

export async function postgresIn(dir: string): Promise<Running> {
  const server = await inDirectory(dir, () => startPostgres(['synchronous_commit=on', 'fsync=on']));
  const empty = await databaseBytes(server.url);
  return { url: server.url, stored: async () => (await databaseBytes(server.url)) - empty, stop: () => server.stop() };
}

export async function redisIn(dir: string): Promise<Running> {
  const server = await inDirectory(dir, () => startRedis(['--appendfsync', 'everysec']));
  const empty = bytesIn(dir);
  return { url: server.url, stored: async () => bytesIn(dir) - empty, stop: () => server.stop() };
}

/** Servers put their data where temporary files go. */
async function inDirectory<T>(dir: string, start: () => Promise<T>): Promise<T> {
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = dir;
  try {
    return await start();
  } finally {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  }
}

async function databaseBytes(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ readonly bytes: string }>('SELECT pg_database_size(current_database()) AS bytes');
    return Number(rows[0]?.bytes);
  } finally {
    await client.end();
  }
}
