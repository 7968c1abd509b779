/** A Redis master, its replica, and one sentinel that may decide alone; ended with the process that asked for them. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { freePort } from './postgres.ts';
import { startRedis } from './redis.ts';
import type { RedisServer } from './redis.ts';

export interface RedisSentinelServers {
  /** Of the sentinel. */
  readonly url: string;
  readonly name: string;
  readonly master: RedisServer;
  readonly replica: RedisServer;
  stop(): Promise<void>;
}

const name = 'themaster';

export async function startRedisSentinel(): Promise<RedisSentinelServers> {
  const master = await startRedis();
  const replica = await startRedis(['--replicaof', '127.0.0.1', String(master.port), '--repl-diskless-sync-delay', '0']);
  await replicating(replica);
  const dir = mkdtempSync(join(tmpdir(), 'continuo-sentinel-'));
  const port = await freePort();
  const config = [
    `port ${port}`,
    'bind 127.0.0.1',
    `dir ${dir}`,
    `sentinel monitor ${name} 127.0.0.1 ${master.port} 1`,
    `sentinel down-after-milliseconds ${name} 500`,
    `sentinel failover-timeout ${name} 3000`,
  ];
  writeFileSync(join(dir, 'sentinel.conf'), config.join('\n'));
  const sentinel = spawn('redis-server', [join(dir, 'sentinel.conf'), '--sentinel'], { stdio: ['ignore', 'pipe', 'pipe'] });
  const atExit = (): void => {
    sentinel.kill('SIGKILL');
    rmSync(dir, { recursive: true, force: true });
  };
  process.once('exit', atExit);
  const client = new Redis(port, '127.0.0.1', { retryStrategy: () => 50, maxRetriesPerRequest: null, enableReadyCheck: false });
  client.on('error', () => {});
  // Without its replica it would have nobody to promote.
  while (!String(await client.call('SENTINEL', 'replicas', name)).includes(String(replica.port)))
    await new Promise((resolve) => setTimeout(resolve, 50));
  client.disconnect();
  return {
    url: `redis://127.0.0.1:${port}`,
    name,
    master,
    replica,
    stop: async () => {
      process.off('exit', atExit);
      const gone = new Promise((resolve) => sentinel.once('exit', resolve));
      atExit();
      await gone;
      await Promise.all([master.stop(), replica.stop()]);
    },
  };
}

async function replicating(replica: RedisServer): Promise<void> {
  const client = new Redis(replica.url, { enableReadyCheck: false });
  while (!(await client.info('replication')).includes('master_link_status:up')) await new Promise((resolve) => setTimeout(resolve, 20));
  client.disconnect();
}
