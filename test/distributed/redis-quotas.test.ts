/** The script that counts requests: its arithmetic, and what it leaves in Redis. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openRedis } from '../../src/backends/postgres-redis/redis/connection.ts';
import type { RedisConnection } from '../../src/backends/postgres-redis/redis/connection.ts';
import { RedisQuotas } from '../../src/backends/postgres-redis/redis/quotas.ts';
import { Buckets } from '../../src/core/buckets.ts';
import type { Bucket } from '../../src/ports/access.ts';
import { startRedis } from '../servers/redis.ts';
import type { RedisServer } from '../servers/redis.ts';
import { aCluster } from './redis-rig.ts';

/** Numbers from a seed. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

describe('quotas in Redis', () => {
  let server: RedisServer;
  let connection: RedisConnection;
  before(async () => {
    server = await startRedis();
    connection = await openRedis(server.url, aCluster());
  });
  after(async () => {
    connection.close();
    await server.stop();
  });

  it('the arithmetic is that of the core, digit for digit', async () => {
    const roll = dice(11);
    const [quotas, core] = [new RedisQuotas(connection), new Buckets()];
    const pick = (from: readonly number[]): number => from[Math.floor(roll() * from.length)] ?? 1;
    let now = 1_763_000_000_000;
    let refused = 0;
    for (let round = 0; round < 3000; round++) {
      // Clocks of several nodes: mostly forwards, sometimes back.
      now += Math.floor(roll() * 40) - 8 + (roll() < 0.1 ? roll() : 0);
      const buckets = Array.from({ length: 1 + Math.floor(roll() * 3) }, (): Bucket => {
        const refill = pick([0.01, 0.0333, 1 / 3, 1e-7, 0]);
        return { id: `${refill} ${Math.floor(roll() * 3)}`, capacity: pick([1, 3, 10, 10 / 3, 0.5]), refill };
      });
      const answer = await quotas.take(buckets, now);
      assert.deepEqual(answer, core.take(buckets, now), `round ${round}: ${JSON.stringify(buckets)} at ${now}`);
      if (!answer.granted) refused++;
    }
    assert.ok(refused > 300 && refused < 2700, `${refused} were refused`);
  });

  it('a key lapses by itself, some time after its bucket is full again', async () => {
    const bucket: Bucket = { id: 'key/{odd} id/requests', capacity: 10, refill: 0.01 };
    await new RedisQuotas(connection).take([bucket], Date.now());
    const left = await connection.call((client) => client.pttl(connection.keys.quota(bucket.id)));
    assert.ok(left > 1000 && left <= 60_100, `${left} ms`);
  });
});
