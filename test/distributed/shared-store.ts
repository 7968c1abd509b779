/** The store that nodes share, on servers of its own: one pair for a file of tests, a schema for each test. */
import { hash } from 'node:crypto';
import { after } from 'node:test';
import { join } from 'node:path';
import { distributed, type DistributedOptions } from '../../src/compose.ts';
import type { Backend } from '../../src/ports/backend.ts';
import { Proxy } from '../servers/proxy.ts';
import { startPostgres } from '../servers/postgres.ts';
import { startRedis } from '../servers/redis.ts';

type How = Pick<DistributedOptions, 'role' | 'lease' | 'name'>;

/** A node's own way to the servers, which can be held up. */
export interface Apart {
  readonly backend: Backend;
  readonly postgres: Proxy;
  readonly redis: Proxy;
  /** Nothing gets through, either way, until the answer is called; then it arrives, late. */
  silence(): () => void;
  close(): Promise<void>;
}

export interface SharedStore {
  /** The store of a folder: the same folder, the same data. */
  open(dir: string, options?: How): Promise<Backend>;
  openApart(dir: string, options?: How): Promise<Apart>;
}

/** Started at once, and ended after the tests of the file. */
export async function sharedStore(): Promise<SharedStore> {
  const [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
  after(async () => {
    await Promise.all([postgres.stop(), redis.stop()]);
  });
  const open = (dir: string, options: How, ports: { readonly postgres: number; readonly redis: number }): Promise<Backend> =>
    distributed({
      postgres: { url: at(postgres.url, ports.postgres), schema: schemaOf(dir), connections: 6 },
      redis: at(redis.url, ports.redis),
      blobs: join(dir, 'blobs'),
      ...options,
    });
  return {
    open: (dir, options = {}) => open(dir, options, { postgres: postgres.port, redis: redis.port }),
    openApart: async (dir, options = {}) => {
      const ways = await Promise.all([Proxy.before(postgres.port), Proxy.before(redis.port)]);
      const calm = (): void => {
        for (const way of ways) way.calm();
      };
      return {
        backend: await open(dir, options, { postgres: ways[0].port, redis: ways[1].port }),
        postgres: ways[0],
        redis: ways[1],
        silence: () => {
          for (const way of ways) way.hold();
          return calm;
        },
        close: async () => {
          await Promise.all(ways.map((way) => way.close()));
        },
      };
    },
  };
}

function at(url: string, port: number): string {
  const address = new URL(url);
  address.port = String(port);
  return address.href;
}

function schemaOf(dir: string): string {
  return `t_${hash('sha256', dir).slice(0, 24)}`;
}
