/**
 * The store that many nodes share: Postgres keeps, Redis moves.
 *
 * O1. Everything in Redis may be lost at any moment: it is made again from what Postgres has.
 * O2. A process that is refused has left nothing open behind it.
 * O3. Whoever only looks, and leaves commands, can do so while Redis is away.
 * O4. Closing says goodbye to the other nodes while there is still a way to say it: what moves first, what keeps last.
 */
import type { Backend } from '../../ports/backend.ts';
import { openBlobs } from './blobs/open.ts';
import type { DistributedOptions } from './options.ts';
import { openAccess } from './postgres/access/open.ts';
import { installDerived } from './postgres/derived.ts';
import { eldersLive, nodesIn } from './postgres/fleet.ts';
import { openLedger } from './postgres/ledger.ts';
import { openMeters } from './postgres/meters.ts';
import { openPostgres, type PostgresParts } from './postgres/open-postgres.ts';
import { openRedis, type RedisConnection } from './redis/connection.ts';
import { RedisDirectory } from './redis/directory.ts';
import { RedisExchange } from './redis/exchange.ts';
import { RedisLive } from './redis/live.ts';
import { Presence } from './redis/presence.ts';
import { RedisQuotas } from './redis/quotas.ts';

const usualLease = 15_000;

export async function openDistributed(options: DistributedOptions): Promise<Backend> {
  const { role = 'engine', lease = usualLease, name } = options;
  const settings = typeof options.postgres === 'string' ? { url: options.postgres } : options.postgres;
  const kept = await openPostgres(settings, { role, lease, ...(name === undefined ? {} : { name }) });
  try {
    await installDerived(kept.sql);
    const { blobs, health } = await openBlobs(kept.sql, options.blobs);
    const redis = await openRedis(options.redis, kept.cluster, role === 'visitor');
    try {
      return await joined(kept, redis, { blobs, lease, healthOfBlobs: health });
    } catch (error) {
      redis.close();
      throw error;
    }
  } catch (error) {
    await kept.close();
    throw error;
  }
}

interface Rest {
  readonly blobs: Backend['blobs'];
  readonly lease: number;
  readonly healthOfBlobs: (() => ReturnType<NonNullable<Backend['health']>>[number]) | undefined;
}

async function joined(kept: PostgresParts, redis: RedisConnection, { blobs, lease, healthOfBlobs }: Rest): Promise<Backend> {
  const { fleet, sql, cluster: _, close: closeKept, ...parts } = kept;
  const presence = new Presence(redis, lease);
  if (fleet !== undefined) await presence.enter(() => eldersLive(sql, fleet.node), kept.location);
  const exchange = new RedisExchange(redis, { lock: lease });
  const directory = new RedisDirectory(redis, fleet === undefined ? {} : { node: () => fleet.node });
  const live = new RedisLive(redis);
  const close = async (): Promise<void> => {
    presence.close();
    await Promise.all([exchange.close(), directory.close(), live.close()]);
    redis.close();
    await closeKept();
  };
  let closing: Promise<void> | undefined;
  return {
    ...parts,
    name: 'postgres-redis',
    location: `${kept.location} and ${redis.location}`,
    blobs,
    ledger: openLedger(sql),
    meters: openMeters(sql),
    access: { ...openAccess(sql), quotas: new RedisQuotas(redis) },
    ...(fleet === undefined ? {} : { fleet }),
    nodes: () => nodesIn(sql),
    exchange,
    directory,
    live,
    health: () => [...kept.health(), redis.health, ...(healthOfBlobs === undefined ? [] : [healthOfBlobs()])],
    close: () => (closing ??= close()),
  };
}
