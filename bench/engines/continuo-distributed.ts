/** Ours on Postgres and Redis, both started for it; Postgres syncs each commit. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { distributed } from '../../src/index.ts';
import type { Engine } from '../engine.ts';
import { postgresIn, redisIn } from '../servers.ts';
import { openContinuo } from './continuo.ts';

export async function open(dir: string): Promise<Engine> {
  const [postgres, redis] = [await postgresIn(dir), await redisIn(dir)];
  const blobs = join(dir, 'blobs');
  mkdirSync(blobs);
  const backend = await distributed({ postgres: postgres.url, redis: redis.url, blobs });
  const engine = await openContinuo({ backend });
  return {
    ...engine,
    stored: () => postgres.stored(),
    close: async () => {
      await engine.close();
      await backend.close();
      await redis.stop();
      await postgres.stop();
    },
  };
}
