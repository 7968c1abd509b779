/**
 * Connections to Redis, by what they are for. All come back for ever, with bounded pauses.
 *
 * - `call`: for short commands. While Redis is away they fail at once, and what it did not answer fails when the
 *   connection breaks: whoever called decides whether it may be done twice.
 * - `work`: for BullMQ's workers, whose commands wait until Redis is back.
 * - `listen`: subscribed to channels, again after each break.
 * - `read`: blocks in XREAD.
 */
import { Cluster, Redis } from 'ioredis';
import type { ClusterOptions, RedisOptions as AllOptions } from 'ioredis';
import type { Address } from './address.ts';

export type RedisClient = Redis | Cluster;

type RedisOptions = Omit<AllOptions, 'replyMapping'>;

export type Purpose = 'call' | 'work' | 'listen' | 'read';

/** A server that says nothing for so long is taken for gone, in milliseconds; more than any command here blocks. */
const silence = 8000;

const longestPause = 1000;

const pause = (times: number): number => Math.min(longestPause, 50 * 2 ** Math.min(times, 6)) * (0.8 + Math.random() * 0.2);

export function clientOf(address: Address, purpose: Purpose): RedisClient {
  const options: RedisOptions = { ...commonOf(address), ...optionsOf(purpose) };
  const { kind, servers } = address;
  // To a node of a cluster it connects when something is first asked of it: that has to wait so long.
  if (kind.is === 'cluster') return new Cluster([...servers], { ...clusterOptionsOf(purpose), redisOptions: options });
  const single: RedisOptions = { ...options, db: address.database, enableOfflineQueue: purpose !== 'call', retryStrategy: pause };
  if (kind.is === 'single') return new Redis({ ...single, ...servers[0] });
  return new Redis({ ...single, ...sentinelOptionsOf(address, kind.master), sentinelRetryStrategy: pause });
}

/** What all connections to servers with data have in common. */
export function commonOf({ access, tls }: Address): RedisOptions {
  return {
    ...access,
    ...(tls ? { tls: {} } : {}),
    connectTimeout: 5000,
    disconnectTimeout: 300,
    keepAlive: 10_000,
    disableClientInfo: true,
  };
}

export function sentinelOptionsOf({ servers, sentinelAccess, tls }: Address, master: string): RedisOptions {
  return {
    sentinels: [...servers],
    name: master,
    ...(sentinelAccess.username === undefined ? {} : { sentinelUsername: sentinelAccess.username }),
    ...(sentinelAccess.password === undefined ? {} : { sentinelPassword: sentinelAccess.password }),
    ...(tls ? { enableTLSForSentinelMode: true, sentinelTLS: {} } : {}),
    failoverDetector: true,
  };
}

function optionsOf(purpose: Purpose): RedisOptions {
  switch (purpose) {
    case 'call':
      return { maxRetriesPerRequest: 0, commandTimeout: 4000, socketTimeout: silence };
    case 'work':
      return { maxRetriesPerRequest: null, socketTimeout: silence };
    case 'listen':
      // Whoever listens says again to what: nobody would hear of it where that failed, and the process would end of it.
      return { maxRetriesPerRequest: null, autoResubscribe: false };
    case 'read':
      return { maxRetriesPerRequest: 0, socketTimeout: silence };
  }
}

function clusterOptionsOf(purpose: Purpose): ClusterOptions {
  return {
    clusterRetryStrategy: pause,
    slotsRefreshTimeout: 1500,
    // A command that was sent and not answered is not sent again behind the back of whoever must not do it twice.
    ...(purpose === 'call' || purpose === 'read' ? { retryDelayOnFailover: 0 } : {}),
  };
}
