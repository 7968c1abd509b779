/** The store that nodes share, on servers of its own: one pair for a file of tests, a schema for each test. */
import { after } from 'node:test';
import { join } from 'node:path';
import { distributed, type DistributedOptions } from '../../src/compose.ts';
import type { Backend } from '../../src/ports/backend.ts';
import { startPostgres } from '../servers/postgres.ts';
import { startRedis } from '../servers/redis.ts';

export interface SharedStore {
  /** The store of a folder: the same folder, the same data. */
  open(dir: string, options?: Pick<DistributedOptions, 'role' | 'lease' | 'name'>): Promise<Backend>;
}

/** Started at once, and ended after the tests of the file. */
export async function sharedStore(): Promise<SharedStore> {
  const [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
  after(async () => {
    await Promise.all([postgres.stop(), redis.stop()]);
  });
  return {
    open: (dir, options = {}) =>
      distributed({
        postgres: { url: postgres.url, schema: schemaOf(dir), connections: 6 },
        redis: redis.url,
        blobs: join(dir, 'blobs'),
        ...options,
      }),
  };
}

/** Folders of the suites end in letters that were drawn. */
function schemaOf(dir: string): string {
  return `t_${dir.replaceAll(/\W+/g, '_').toLowerCase().slice(-40)}_${[...dir].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1e9, 7)}`;
}
