/** The same on every shape of Redis: a single server, a real cluster, and a master behind a sentinel. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openRedis } from '../../src/backends/postgres-redis/redis/connection.ts';
import type { RedisConnection } from '../../src/backends/postgres-redis/redis/connection.ts';
import { RedisDirectory } from '../../src/backends/postgres-redis/redis/directory.ts';
import { RedisExchange } from '../../src/backends/postgres-redis/redis/exchange.ts';
import { RedisLive } from '../../src/backends/postgres-redis/redis/live.ts';
import { RedisQuotas } from '../../src/backends/postgres-redis/redis/quotas.ts';
import type { RedisSettings } from '../../src/backends/postgres-redis/options.ts';
import type { Heard } from '../../src/ports/exchange.ts';
import { startRedisCluster } from '../servers/redis-cluster.ts';
import { startRedisSentinel } from '../servers/redis-sentinel.ts';
import { startRedis } from '../servers/redis.ts';
import { aCluster, anOrder, until } from './redis-rig.ts';

interface Node {
  readonly connection: RedisConnection;
  readonly exchange: RedisExchange;
  readonly directory: RedisDirectory;
  readonly live: RedisLive;
  readonly quotas: RedisQuotas;
  close(): Promise<void>;
}

async function aNode(settings: RedisSettings, cluster: string, name: string): Promise<Node> {
  const connection = await openRedis(settings, cluster);
  const exchange = new RedisExchange(connection, { lock: 1500, beat: 60 });
  const directory = new RedisDirectory(connection, { node: () => name, beat: 60 });
  const live = new RedisLive(connection, { lookEvery: 50 });
  const close = async (): Promise<void> => {
    await exchange.close();
    await live.close();
    await directory.close();
    connection.close();
  };
  return { connection, exchange, directory, live, quotas: new RedisQuotas(connection), close };
}

interface Shape {
  readonly settings: RedisSettings;
  flush(): Promise<void>;
  /** Takes it away in the middle of the work, and brings it back. */
  disturb(): Promise<void>;
  stop(): Promise<void>;
}

async function startSingle(): Promise<Shape> {
  const server = await startRedis();
  return {
    settings: { url: server.url },
    flush: async () => void (await withClient(server.url, (client) => client.flushall())),
    disturb: async () => {
      await server.kill();
      await server.start();
    },
    stop: () => server.stop(),
  };
}

async function startCluster(): Promise<Shape> {
  const servers = await startRedisCluster();
  return {
    settings: { url: servers.urls, cluster: true },
    flush: () => servers.everywhere('FLUSHALL'),
    disturb: async () => {
      for (const node of servers.nodes) {
        await node.kill();
        await node.start();
      }
    },
    stop: () => servers.stop(),
  };
}

async function startSentinel(): Promise<Shape> {
  const servers = await startRedisSentinel();
  return {
    settings: { url: servers.url, sentinel: servers.name },
    flush: async () => void (await withClient(servers.master.url, (client) => client.flushall())),
    disturb: () => servers.master.kill(),
    stop: () => servers.stop(),
  };
}

async function withClient<T>(url: string, work: (client: RedisConnection['client']) => Promise<T>): Promise<T> {
  const connection = await openRedis(url, 'any');
  const result = await connection.call(work);
  connection.close();
  return result;
}

async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      assert.equal((error as { code?: string }).code, 'STORE_FAILED', String(error));
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

const agents = ['writer', 'a:{b}', 'painter'];

for (const [name, start] of [
  ['a single server', startSingle],
  ['a cluster', startCluster],
  ['a master behind a sentinel', startSentinel],
] as const)
  describe(name, () => {
    test(
      'carries orders, the directory, live events and quotas, through a flush and while servers go and come',
      { timeout: 40_000 },
      async (context) => {
        const shape = await start();
        const id = aCluster();
        const [owner, worker] = [await aNode(shape.settings, id, 'owner'), await aNode(shape.settings, id, 'worker')];
        context.after(async () => {
          await Promise.all([owner.close(), worker.close()]);
          await shape.stop();
        });
        const made = new Map<string, number>();
        for (const agent of agents)
          worker.exchange.take(agent, 3, async ({ order, again }) => {
            if (!again) made.set(order.id, (made.get(order.id) ?? 0) + 1);
            worker.live.tell({ run: order.run, name: 'x', event: order.id });
          });
        worker.directory.announce(agents.map((agent) => ({ id: agent, version: '1', capabilities: [], actions: ['act'], room: 3 })));
        await until(() => agents.every((agent) => owner.directory.hosted().has(agent)));

        let rounds = 0;
        const counted = async (): Promise<void> => {
          const buckets = [`{r}/${++rounds}`, `${rounds}/own`].map((bucket) => ({ id: bucket, capacity: 5, refill: 1e-9 }));
          const asked = await Promise.all(
            [owner, worker, owner, worker].map(({ quotas }) => Promise.all([1, 2].map(() => quotas.take(buckets, 0)))),
          );
          assert.equal(asked.flat().filter(({ granted }) => granted).length, 5);
        };

        const round = async (weather: 'calm' | 'stormy' = 'calm'): Promise<void> => {
          const heard: Heard[] = [];
          const orders = agents.flatMap((agent) => [anOrder(agent), anOrder(agent, { priority: 4 })]);
          for (const { run } of orders) await owner.live.follow(run, undefined, (one) => heard.push(one));
          await patiently(() => owner.exchange.send(orders));
          // What was lost on the way is sent again by its owner, once it is missing.
          while (!context.signal.aborted && !orders.every((order) => made.has(order.id))) {
            const there = await patiently(() => owner.exchange.there(orders));
            const missing = orders.filter((order) => !there.has(order.id) && !made.has(order.id));
            await patiently(() => owner.exchange.send(missing));
          }
          // In a storm live events may be dropped, and whoever sends again what he does not know to have arrived may
          // send what is finished.
          if (weather === 'stormy') return;
          await until(() => heard.length >= orders.length);
          for (const order of orders) assert.equal(made.get(order.id), 1);
          await counted();
        };
        await round();
        assert.deepEqual(await owner.exchange.depths(agents), new Map(agents.map((agent) => [agent, { waiting: 0, inHand: 0 }])));
        await shape.flush();
        await round();
        await until(() => agents.every((agent) => owner.directory.hosted().has(agent)));
        const disturbed = shape.disturb();
        await round('stormy');
        await disturbed;
        await until(() => [owner, worker].every(({ connection }) => connection.health.is === 'up' && connection.steadyFor > 500));
        await round();
        await until(() => agents.every((agent) => owner.directory.hosted().has(agent)));
      },
    );
  });
