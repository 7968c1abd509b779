import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { openRedis } from '../../src/backends/postgres-redis/redis/connection.ts';
import type { RedisConnection } from '../../src/backends/postgres-redis/redis/connection.ts';
import { RedisLive } from '../../src/backends/postgres-redis/redis/live.ts';
import type { Heard } from '../../src/ports/exchange.ts';
import { startRedis } from '../servers/redis.ts';
import type { RedisServer } from '../servers/redis.ts';
import { aCluster, until } from './redis-rig.ts';

let server: RedisServer;
before(async () => {
  server = await startRedis();
});
after(() => server.stop());

interface Node {
  readonly live: RedisLive;
  readonly connection: RedisConnection;
}

const open: Node[] = [];
afterEach(async () => {
  for (const { live, connection } of open.splice(0)) {
    await live.close();
    connection.close();
  }
});

async function aNode(cluster: string, options: ConstructorParameters<typeof RedisLive>[1] = {}, at = server): Promise<Node> {
  const connection = await openRedis(at.url, cluster);
  const node = { connection, live: new RedisLive(connection, { lookEvery: 20, ...options }) };
  open.push(node);
  return node;
}

const numbers = (heard: readonly Heard[]): readonly unknown[] => heard.map(({ event }) => event);
const upTo = (end: number, from = 0): readonly number[] => Array.from({ length: end - from }, (_, place) => from + place);

const limit = { timeout: 15_000 };

test('a follower hears what was told and what comes, each once and in order, and after his cursor alone', limit, async () => {
  const cluster = aCluster();
  const [teller, reader] = [await aNode(cluster), await aNode(cluster)];
  const tell = (from: number, end: number): void => {
    for (const number of upTo(end, from)) teller.live.tell({ run: 'r:{1} *', name: 'step:progress', event: number });
  };
  tell(0, 1200);
  teller.live.tell({ run: 'other', name: 'x', event: null });
  await teller.live.flushed();
  const [all, late, none]: Heard[][] = [[], [], []];
  await reader.live.follow('r:{1} *', undefined, (heard) => all?.push(heard));
  await until(() => all?.length === 1200);
  assert.equal(all?.[7]?.name, 'step:progress');
  assert.equal(all[7]?.run, 'r:{1} *');
  await reader.live.follow('r:{1} *', all[999]?.cursor, (heard) => late?.push(heard));
  const end = await reader.live.follow('r:{1} *', all[1199]?.cursor, (heard) => none?.push(heard));
  end();
  tell(1200, 2500);
  await until(() => all.length === 2500 && late?.length === 1500);
  assert.deepEqual(numbers(all), upTo(2500));
  assert.deepEqual(numbers(late ?? []), upTo(2500, 1000));
  assert.deepEqual(none, []);
});

test('a follower who throws keeps nothing from the others', limit, async () => {
  const { live } = await aNode(aCluster());
  const heard: Heard[] = [];
  let thrown = 0;
  await live.follow('r', undefined, () => {
    thrown++;
    throw new Error('no');
  });
  await live.follow('r', 'no cursor', (one) => heard.push(one));
  for (const event of upTo(3)) live.tell({ run: 'r', name: 'x', event });
  await until(() => heard.length === 3 && thrown === 3);
});

test('who begins to follow another run is not kept waiting by a read that blocks', limit, async () => {
  const { live } = await aNode(aCluster());
  const heard: string[] = [];
  await live.follow('quiet', undefined, () => assert.fail());
  await new Promise((resolve) => setImmediate(resolve));
  for (const run of ['a', 'b', 'c']) {
    await live.follow(run, undefined, (one) => heard.push(one.run));
    live.tell({ run, name: 'x', event: 1 });
    await until(() => heard.at(-1) === run);
  }
});

test('the status is the last that was told, with the run’s workflow and project, and lapses', limit, async () => {
  const { live, connection } = await aNode(aCluster());
  assert.equal(await live.status('r'), undefined);
  live.tell({ run: 'r', name: 'run:started', event: { runId: 'r', workflow: 'w', project: 'p' } });
  await live.flushed();
  assert.equal((await live.status('r'))?.status, 'running');
  live.tell({ run: 'r', name: 'run:status', event: { runId: 'r', status: 'waiting' } });
  live.tell({ run: 'r', name: 'step:completed', event: { runId: 'r', status: 'nonsense' } });
  await live.flushed();
  const status = await live.status('r');
  assert.equal(status?.status, 'waiting');
  assert.ok(Math.abs(Date.now() - (status?.at ?? 0)) < 60_000);
  live.tell({ run: 'r', name: 'run:ended', event: { runId: 'r', status: 'failed', error: { code: 'X', message: 'y' } } });
  await live.flushed();
  assert.equal((await live.status('r'))?.status, 'failed');
  const hash = await connection.call((client) => client.hgetall(connection.keys.status('r')));
  assert.deepEqual([hash['workflow'], hash['project']], ['w', 'p']);
  for (const key of [connection.keys.status('r'), connection.keys.events('r')])
    assert.ok((await connection.call((client) => client.ttl(key))) > 29 * 24 * 3600);
});

test('a stream keeps about ten thousand events', limit, async () => {
  const { live, connection } = await aNode(aCluster(), { room: 50_000 });
  for (const event of upTo(12_000)) live.tell({ run: 'r', name: 'x', event });
  await live.flushed();
  const length = await connection.call((client) => client.xlen(connection.keys.events('r')));
  assert.ok(length >= 10_000 && length < 11_000, String(length));
  assert.equal(live.dropped, 0);
});

test('after everything was forgotten followers go on, also where the stream begins anew with lower cursors', limit, async () => {
  const cluster = aCluster();
  const [teller, reader] = [await aNode(cluster), await aNode(cluster)];
  const heard: Heard[] = [];
  await reader.live.follow('r', undefined, (one) => heard.push(one));
  const { keys } = teller.connection;
  const ahead = `${Date.now() + 3_600_000}-7`;
  await teller.connection.call((client) => client.xadd(keys.events('r'), ahead, 'e', '["x",0]'));
  await until(() => heard.length === 1);
  await teller.connection.call((client) => client.flushall());
  teller.live.tell({ run: 'r', name: 'x', event: 1 });
  await until(() => heard.length === 2);
  teller.live.tell({ run: 'r', name: 'x', event: 2 });
  await until(() => heard.length === 3);
  assert.deepEqual(numbers(heard), [0, 1, 2]);
});

test('what a new master lacks of what was heard is neither missed nor heard again', limit, async () => {
  const { live, connection } = await aNode(aCluster(), { lookEvery: 0 });
  const heard: Heard[] = [];
  await live.follow('r', undefined, (one) => heard.push(one));
  for (const event of upTo(5)) live.tell({ run: 'r', name: 'x', event });
  await until(() => heard.length === 5);
  const key = connection.keys.events('r');
  // The stream as it was two events before.
  const [a, b, c] = heard.map(({ cursor }) => cursor);
  const again = (client: typeof connection.client): Promise<unknown> => {
    const transaction = client.multi().del(key);
    for (const [place, id] of [a, b, c].entries()) transaction.xadd(key, id ?? '', 'e', `["x",${place}]`);
    return transaction.exec();
  };
  await connection.call(again);
  // The reader is woken twice, and has looked in between.
  for (const run of ['a', 'b']) {
    let isHeard = false;
    await live.follow(run, undefined, () => (isHeard = true));
    live.tell({ run, name: 'x', event: 0 });
    await until(() => isHeard);
  }
  live.tell({ run: 'r', name: 'x', event: 5 });
  await until(() => heard.length > 5);
  assert.deepEqual(numbers(heard), upTo(6));
});

test(
  'while Redis is away what is told waits in bounded room, the oldest is dropped and counted, followers go on after',
  limit,
  async () => {
    const own = await startRedis();
    const node = await aNode(aCluster(), { room: 100 }, own);
    const { live } = node;
    const heard: Heard[] = [];
    await live.follow('r', undefined, (one) => heard.push(one));
    live.tell({ run: 'r', name: 'x', event: -1 });
    await until(() => heard.length === 1);
    await own.kill();
    for (const event of upTo(250)) live.tell({ run: 'r', name: 'x', event });
    assert.ok(live.dropped >= 150, String(live.dropped));
    const { dropped } = live;
    await own.start();
    await until(() => heard.at(-1)?.event === 249);
    assert.deepEqual(numbers(heard), [-1, ...upTo(250, dropped)]);
    assert.equal(live.dropped, dropped);
    await own.kill();
    live.tell({ run: 'r', name: 'x', event: 0 });
    await live.flushed();
    assert.equal(live.dropped, dropped + 1);
    await assert.rejects(live.status('r'), { code: 'STORE_FAILED' });
    await own.stop();
  },
);

test('cut connections are mended by themselves', limit, async () => {
  const cluster = aCluster();
  const [teller, reader] = [await aNode(cluster), await aNode(cluster)];
  const heard: Heard[] = [];
  await reader.live.follow('r', undefined, (one) => heard.push(one));
  for (const round of upTo(5)) {
    teller.live.tell({ run: 'r', name: 'x', event: round });
    await until(() => heard.length === round + 1);
    await teller.connection.call((client) => client.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes'));
  }
  assert.deepEqual(numbers(heard), upTo(5));
});
