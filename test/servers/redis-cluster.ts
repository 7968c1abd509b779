/** A Redis Cluster of three masters on loopback, ended with the process that asked for it. */
import { Redis } from 'ioredis';
import { freePort } from './postgres.ts';
import { startRedis } from './redis.ts';
import type { RedisServer } from './redis.ts';

export interface RedisClusterServers {
  readonly urls: readonly string[];
  readonly nodes: readonly RedisServer[];
  /** Sends a command to every node. */
  everywhere(command: string, ...args: readonly string[]): Promise<void>;
  stop(): Promise<void>;
}

const slots = 16_384;

export async function startRedisCluster(size = 3): Promise<RedisClusterServers> {
  const nodes: RedisServer[] = [];
  const clients: Redis[] = [];
  for (let place = 0; place < size; place++) {
    const bus = await freePort();
    const node = await startRedis(['--cluster-enabled', 'yes', '--cluster-node-timeout', '2000', '--cluster-port', String(bus)]);
    nodes.push(node);
    const client = new Redis(node.url, { lazyConnect: true, retryStrategy: (times) => Math.min(50 * times, 500) });
    client.on('error', () => {});
    await client.connect();
    clients.push(client);
    const [from, to] = [Math.floor((slots * place) / size), Math.floor((slots * (place + 1)) / size) - 1];
    await client.call('CLUSTER', 'ADDSLOTSRANGE', from, to);
    await client.call('CLUSTER', 'SET-CONFIG-EPOCH', place + 1);
    await clients[0]?.call('CLUSTER', 'MEET', '127.0.0.1', node.port, bus);
  }
  for (const client of clients) while (!(await isWhole(client, size))) await new Promise((resolve) => setTimeout(resolve, 20));
  return {
    urls: nodes.map(({ url }) => url),
    nodes,
    everywhere: async (command, ...args) => void (await Promise.all(clients.map((client) => client.call(command, ...args)))),
    stop: async () => {
      for (const client of clients) client.disconnect();
      await Promise.all(nodes.map((node) => node.stop()));
    },
  };
}

async function isWhole(client: Redis, size: number): Promise<boolean> {
  const info = String(await client.call('CLUSTER', 'INFO'));
  return info.includes('cluster_state:ok') && info.includes(`cluster_size:${size}`) && info.includes(`cluster_known_nodes:${size}`);
}
