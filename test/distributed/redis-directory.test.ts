import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { openRedis } from '../../src/backends/postgres-redis/redis/connection.ts';
import type { RedisConnection } from '../../src/backends/postgres-redis/redis/connection.ts';
import { RedisDirectory } from '../../src/backends/postgres-redis/redis/directory.ts';
import type { AgentNotice } from '../../src/ports/exchange.ts';
import { startRedis } from '../servers/redis.ts';
import type { RedisServer } from '../servers/redis.ts';
import { aCluster, until } from './redis-rig.ts';

let server: RedisServer;
before(async () => {
  server = await startRedis();
});
after(() => server.stop());

interface Node {
  readonly directory: RedisDirectory;
  readonly connection: RedisConnection;
}

const open = new Set<Node>();
afterEach(async () => {
  for (const node of open) await leave(node);
});

async function aNode(cluster: string, name: () => string, beat = 40, at = server): Promise<Node> {
  const connection = await openRedis(at.url, cluster);
  const node = { connection, directory: new RedisDirectory(connection, { node: name, beat }) };
  open.add(node);
  return node;
}

async function leave(node: Node): Promise<void> {
  open.delete(node);
  await node.directory.close();
  node.connection.close();
}

const notice = (id: string, more: Partial<AgentNotice> = {}): AgentNotice => ({
  id,
  version: '1',
  capabilities: ['writes'],
  actions: ['act'],
  room: 2,
  ...more,
});

const nodesOf = ({ directory }: Node, agent: string): readonly string[] => directory.hosted().get(agent)?.nodes ?? [];

const limit = { timeout: 15_000 };

test('what a node announces all see: room adds up, the rest is as the first node by name says', limit, async () => {
  const cluster = aCluster();
  const [b, a, worker] = [await aNode(cluster, () => 'b'), await aNode(cluster, () => 'a'), await aNode(cluster, () => 'c')];
  const limits = { concurrency: 3 };
  b.directory.announce([notice('x:{y} *', { version: '2', room: 5 }), notice('only b')]);
  a.directory.announce([notice('x:{y} *', { limits })]);
  for (const node of [a, b, worker]) {
    await until(() => nodesOf(node, 'x:{y} *').length === 2 && nodesOf(node, 'only b').length === 1);
    assert.deepEqual(node.directory.hosted().get('x:{y} *'), { ...notice('x:{y} *'), limits, room: 7, nodes: ['a', 'b'] });
  }
  const { keys } = worker.connection;
  const hosts = await worker.connection.call((client) => client.smembers(`${keys.hosts}${encodeURIComponent('x:{y} *')}`));
  assert.deepEqual(hosts.sort(), ['a', 'b']);
});

test('who watches hears of more and of less, and of nothing else', limit, async () => {
  const cluster = aCluster();
  const [one, two] = [await aNode(cluster, () => 'one'), await aNode(cluster, () => 'two')];
  let heard = 0;
  two.directory.watch(() => heard++);
  one.directory.announce([notice('a')]);
  await until(() => nodesOf(two, 'a').length === 1);
  one.directory.announce([notice('a')]);
  await one.directory.refresh();
  await two.directory.refresh();
  await two.directory.refresh();
  assert.equal(heard, 1);
  one.directory.announce([]);
  await until(() => nodesOf(two, 'a').length === 0);
  await until(() => heard === 2);
});

test('a node that closes is forgotten at once, one that falls silent soon after', limit, async () => {
  const cluster = aCluster();
  const watcher = await aNode(cluster, () => 'w');
  const [leaving, silent] = [await aNode(cluster, () => 'leaving', 60_000), await aNode(cluster, () => 'silent')];
  leaving.directory.announce([notice('a')]);
  silent.directory.announce([notice('a')]);
  await until(() => nodesOf(watcher, 'a').length === 2);
  await leave(leaving);
  await until(() => nodesOf(watcher, 'a').length === 1);
  silent.connection.close();
  await until(() => !watcher.directory.hosted().has('a'));
  const { keys } = watcher.connection;
  const left = await watcher.connection.call((client) => client.exists(keys.agents, keys.nodes, `${keys.hosts}a`, `${keys.notices}silent`));
  assert.equal(left, 0);
});

test('under a new name the old one is gone', limit, async () => {
  const cluster = aCluster();
  let name = 'before';
  const node = await aNode(cluster, () => name);
  node.directory.announce([notice('a')]);
  await until(() => nodesOf(node, 'a').join() === 'before');
  name = 'after';
  await until(() => nodesOf(node, 'a').join() === 'after');
});

test('after everything was forgotten it is told again', limit, async () => {
  const cluster = aCluster();
  const [one, two] = [await aNode(cluster, () => 'one'), await aNode(cluster, () => 'two')];
  one.directory.announce([notice('a')]);
  await until(() => nodesOf(two, 'a').length === 1);
  await two.connection.call((client) => client.flushall());
  await two.directory.refresh();
  await until(() => nodesOf(two, 'a').length === 1);
});

test('while Redis is away the last look holds, then nobody hosts anything; when it is back all is told again', limit, async () => {
  const own = await startRedis();
  const node = await aNode(aCluster(), () => 'n', 20, own);
  node.directory.announce([notice('a')]);
  await until(() => node.directory.hosted().has('a'));
  await own.kill();
  await node.directory.refresh();
  assert.deepEqual(nodesOf(node, 'a'), ['n']);
  await until(() => node.directory.hosted().size === 0);
  await own.start();
  await until(() => node.directory.hosted().has('a'));
  await own.kill();
  await leave(node);
  await own.stop();
});
