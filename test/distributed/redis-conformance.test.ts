import { setTimeout as wait } from 'node:timers/promises';
import type { Command } from 'ioredis';
import { exchangeConformance } from '../../src/testing/conformance/exchange.ts';
import type { ExchangeNode, ExchangeWorld } from '../../src/testing/conformance/exchange.ts';
import { openRedis } from '../../src/backends/postgres-redis/redis/connection.ts';
import type { RedisClient } from '../../src/backends/postgres-redis/redis/client.ts';
import { RedisDirectory } from '../../src/backends/postgres-redis/redis/directory.ts';
import { RedisExchange } from '../../src/backends/postgres-redis/redis/exchange.ts';
import { RedisLive } from '../../src/backends/postgres-redis/redis/live.ts';
import { startRedis } from '../servers/redis.ts';
import { aCluster } from './redis-rig.ts';

const [lock, beat] = [900, 100];

interface Node extends ExchangeNode {
  /** Keeps it from renewing its locks, from telling what it holds and whom it hosts. */
  silence(): () => void;
}

async function aNode(url: string, cluster: string, name: string): Promise<Node> {
  const connection = await openRedis(url, cluster);
  const workers: RedisClient[] = [];
  const open = connection.open.bind(connection);
  connection.open = (purpose) => {
    const client = open(purpose);
    if (purpose === 'work') workers.push(client);
    return client;
  };
  const exchange = new RedisExchange(connection, { lock, beat });
  const directory = new RedisDirectory(connection, { node: () => name, beat });
  const live = new RedisLive(connection, { lookEvery: 100 });
  return {
    exchange,
    directory,
    live,
    fleet: { node: name },
    silence: () => {
      const undo = [...workers.map(quietly), quietly(connection.client)];
      return () => undo.forEach((one) => one());
    },
    close: async () => {
      await exchange.close();
      await live.close();
      await directory.close();
      connection.close();
    },
  };
}

/** Of the scripts that are signs of life, which is known by its number of keys and its first: they are dropped. */
const signs: readonly (readonly [keys: string, first: RegExp])[] = [
  ['1', /:stalled$/],
  ['3', /:held$/],
  ['3', /:nodes$/],
];

function quietly(client: RedisClient): () => void {
  const send = client.sendCommand.bind(client);
  client.sendCommand = (command: Command, ...how: never[]) => {
    const [, count, first] = command.args.map(String);
    if (!command.name.startsWith('eval') || !signs.some(([keys, key]) => keys === count && key.test(first ?? '')))
      return send(command, ...how);
    command.reject(new Error('silenced'));
    return command.promise;
  };
  return () => {
    client.sendCommand = send;
  };
}

exchangeConformance('Redis', async (): Promise<ExchangeWorld> => {
  const server = await startRedis();
  const cluster = aCluster();
  const nodes = new Map<ExchangeNode, Node>();
  return {
    lease: 2000,
    open: async (name) => {
      const node = await aNode(server.url, cluster, name);
      nodes.set(node, node);
      return node;
    },
    pass: async (milliseconds) => wait(milliseconds),
    silence: async (node) => {
      const undo = nodes.get(node)?.silence();
      return async () => undo?.();
    },
    goAway: async () => {
      await server.kill();
      return () => server.start();
    },
    forget: async () => {
      const connection = await openRedis(server.url, cluster);
      await connection.call((client) => client.flushall());
      connection.close();
    },
    close: async () => {
      await Promise.all([...nodes.keys()].map((node) => node.close()));
      await server.stop();
    },
  };
});
