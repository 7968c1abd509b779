import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { after, afterEach, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openRedis } from '../../src/backends/postgres-redis/redis/connection.ts';
import type { RedisConnection } from '../../src/backends/postgres-redis/redis/connection.ts';
import { RedisExchange } from '../../src/backends/postgres-redis/redis/exchange.ts';
import type { ExchangeOptions } from '../../src/backends/postgres-redis/redis/exchange.ts';
import type { Order, Taken } from '../../src/ports/exchange.ts';
import { startRedis } from '../servers/redis.ts';
import type { RedisServer } from '../servers/redis.ts';
import { aCluster, aGate, anOrder, until } from './redis-rig.ts';

let server: RedisServer;
before(async () => {
  server = await startRedis();
});
after(() => server.stop());

interface Node {
  readonly exchange: RedisExchange;
  readonly connection: RedisConnection;
}

const open: Node[] = [];
afterEach(async () => {
  for (const { exchange, connection } of open.splice(0)) {
    await exchange.close();
    connection.close();
  }
});

async function aNode(cluster: string, options: ExchangeOptions = { lock: 600, beat: 50 }): Promise<Node> {
  const connection = await openRedis(server.url, cluster);
  const node = { connection, exchange: new RedisExchange(connection, options) };
  open.push(node);
  return node;
}

/** Takes and keeps in hand until it is told to let go. */
function keeper(): { readonly make: (taken: Taken) => Promise<void>; readonly taken: Taken[]; readonly letGo: () => void } {
  const taken: Taken[] = [];
  const gate = aGate();
  const make = async (one: Taken): Promise<void> => {
    taken.push(one);
    await gate.passed;
  };
  return { make, taken, letGo: gate.open };
}

const takerFile = fileURLToPath(new URL('fixtures/redis-taker.ts', import.meta.url));

const limit = { timeout: 20_000 };

test('what is sent is taken once, whole, and is there until it is finished', limit, async () => {
  const cluster = aCluster();
  const [owner, taker] = [await aNode(cluster), await aNode(cluster)];
  const order = anOrder('writer:{of} "texts"', { priority: 3, timeout: 1000, feedback: { blob: 'b', bytes: 3 } });
  await Promise.all([owner.exchange.send([order]), owner.exchange.send([order, order])]);
  await owner.exchange.send([order]);
  assert.deepEqual(await owner.exchange.there([order]), new Set([order.id]));
  assert.deepEqual(
    await owner.exchange.depths([order.agent, 'other']),
    new Map([
      [order.agent, { waiting: 1, inHand: 0 }],
      ['other', { waiting: 0, inHand: 0 }],
    ]),
  );
  const { make, taken, letGo } = keeper();
  const taking = taker.exchange.take(order.agent, 5, make);
  await until(() => taken.length > 0);
  assert.deepEqual(taken[0]?.order, order);
  assert.equal(taken[0].again, false);
  assert.deepEqual((await owner.exchange.depths([order.agent])).get(order.agent), { waiting: 0, inHand: 1 });
  assert.deepEqual(await owner.exchange.there([order]), new Set([order.id]));
  letGo();
  await taking.stop(5000);
  assert.equal(taken.length, 1);
  assert.deepEqual(await owner.exchange.there([order]), new Set());
  assert.deepEqual((await owner.exchange.depths([order.agent])).get(order.agent), { waiting: 0, inHand: 0 });
});

test('of an order whose maker throws nothing is left', limit, async () => {
  const { exchange } = await aNode(aCluster());
  const order = anOrder('a');
  let times = 0;
  exchange.take('a', 1, async () => {
    times++;
    throw new Error('no');
  });
  await exchange.send([order]);
  await until(async () => (await exchange.there([order])).size === 0);
  assert.equal(times, 1);
});

test('higher priority goes first, then what was sent first; any number is a priority', limit, async () => {
  const { exchange } = await aNode(aCluster());
  const priorities = [0, 5, -7, 5, 0, 1e12, -1e12, 2.5];
  const orders = priorities.map((priority, place) => anOrder('a', { run: String(place), priority }));
  await exchange.send(orders);
  const taken: string[] = [];
  exchange.take('a', 1, async ({ order }) => void taken.push(order.run));
  await until(() => taken.length === orders.length);
  assert.deepEqual(taken, ['5', '1', '3', '7', '0', '4', '2', '6']);
});

test('no more at a time than was asked for, more after `resize`, none after zero', limit, async () => {
  const { exchange } = await aNode(aCluster());
  const orders = Array.from({ length: 8 }, () => anOrder('a'));
  await exchange.send(orders);
  const gates: (() => void)[] = [];
  const taking = exchange.take('a', 0, async () => {
    const gate = aGate();
    gates.push(gate.open);
    await gate.passed;
  });
  taking.resize(2);
  await until(() => gates.length === 2);
  taking.resize(4);
  await until(() => gates.length === 4);
  taking.resize(0);
  for (const letGo of gates) letGo();
  await until(async () => (await exchange.there(orders)).size === 4);
  assert.equal(gates.length, 4);
  taking.resize(3);
  await until(() => gates.length === 7);
  for (const letGo of gates) letGo();
  await until(() => gates.length === 8);
  gates[7]?.();
});

test('what is withdrawn before it begins is never taken; who is at it is told to stop', limit, async () => {
  const cluster = aCluster();
  const [owner, taker] = [await aNode(cluster), await aNode(cluster)];
  const [first, second] = [anOrder('a'), anOrder('a')];
  const { make, taken, letGo } = keeper();
  taker.exchange.take('a', 1, make);
  await owner.exchange.send([first]);
  await until(() => taken.length === 1);
  await owner.exchange.send([second]);
  await owner.exchange.withdraw([first, second, anOrder('nobody')]);
  assert.deepEqual(await owner.exchange.there([first, second]), new Set());
  await until(() => taken[0]?.signal.aborted === true);
  letGo();
  const third = anOrder('a');
  await owner.exchange.send([third]);
  await until(() => taken.length === 2);
  assert.equal(taken[1]?.order.id, third.id);
});

test('a withdrawal that was not heard when it was told is heard with the next sign of life', limit, async () => {
  const cluster = aCluster();
  const [owner, taker] = [await aNode(cluster), await aNode(cluster)];
  const order = anOrder('a');
  const { make, taken, letGo } = keeper();
  taker.exchange.take('a', 1, make);
  await owner.exchange.send([order]);
  await until(() => taken.length === 1);
  await owner.connection.call((client) => client.call('CLIENT', 'KILL', 'TYPE', 'pubsub'));
  await owner.exchange.withdraw([order]);
  await until(() => taken[0]?.signal.aborted === true);
  letGo();
});

test('what was withdrawn and is sent again is there again', limit, async () => {
  const { exchange } = await aNode(aCluster());
  const order = anOrder('a');
  await exchange.send([order]);
  await exchange.withdraw([order]);
  assert.deepEqual(await exchange.there([order]), new Set());
  await exchange.send([order]);
  assert.deepEqual(await exchange.there([order]), new Set([order.id]));
});

test('at most so many at a time over all takers', limit, async () => {
  const cluster = aCluster();
  const [one, two] = [await aNode(cluster), await aNode(cluster)];
  await one.exchange.limit('a', { concurrency: 2 });
  let [now, most, done] = [0, 0, 0];
  const make = async (): Promise<void> => {
    most = Math.max(most, ++now);
    await new Promise((resolve) => setTimeout(resolve, 2));
    now--;
    done++;
  };
  await one.exchange.send(Array.from({ length: 60 }, () => anOrder('a')));
  one.exchange.take('a', 10, make);
  two.exchange.take('a', 10, make);
  await until(() => done === 60);
  assert.equal(most, 2);
});

test('at most so many in a time over all takers, and all when the limit goes', limit, async () => {
  const cluster = aCluster();
  const [one, two] = [await aNode(cluster), await aNode(cluster)];
  await one.exchange.limit('a', { rate: { max: 3, per: 3_600_000 } });
  let made = 0;
  const make = async (): Promise<void> => void made++;
  const orders = Array.from({ length: 9 }, () => anOrder('a'));
  one.exchange.take('a', 10, make);
  two.exchange.take('a', 10, make);
  await one.exchange.send(orders);
  await until(async () => {
    const depth = (await one.exchange.depths(['a'])).get('a');
    return depth?.waiting === 6 && depth.inHand === 0;
  });
  assert.equal(made, 3);
  await one.exchange.limit('a', {});
  await until(() => made === 9);
});

test('after everything was forgotten takers go on, limits hold, and what is in hand is there', limit, async () => {
  const cluster = aCluster();
  const [owner, taker] = [await aNode(cluster), await aNode(cluster)];
  await owner.exchange.limit('a', { concurrency: 2 });
  const [inHand, waiting] = [anOrder('a'), anOrder('b')];
  const { make, taken, letGo } = keeper();
  const taking = taker.exchange.take('a', 3, make);
  await owner.exchange.send([inHand]);
  await until(() => taken.length === 1);
  await owner.exchange.send([waiting]);
  await owner.connection.call((client) => client.flushall());
  assert.deepEqual(await owner.exchange.there([inHand, waiting]), new Set([inHand.id]));
  const more = [anOrder('a'), anOrder('a')];
  await owner.exchange.send([inHand, ...more]);
  await until(() => taken.length === 2);
  assert.equal(taken[1]?.order.id, more[0]?.id, 'what is in hand is not made twice by the same taker');
  assert.equal(await taker.connection.call((client) => client.hget(taker.connection.keys.queue('a', 'meta'), 'concurrency')), '2');
  letGo();
  await until(async () => (await owner.exchange.there([inHand, ...more])).size === 0);
  assert.deepEqual(taken.map(({ order }) => order.id).sort(), [inHand.id, ...more.map(({ id }) => id)].sort());
  await taking.stop(1000);
});

test('stopping waits for what is in hand, no longer than the deadline, and gives back what was not begun', limit, async () => {
  const cluster = aCluster();
  const [one, two] = [await aNode(cluster), await aNode(cluster)];
  const { make, taken, letGo } = keeper();
  const taking = one.exchange.take('a', 1, make);
  const orders = [anOrder('a'), anOrder('a')];
  await one.exchange.send(orders);
  await until(() => taken.length === 1);
  await taking.stop(20);
  const stopped = taking.stop(10_000);
  letGo();
  await stopped;
  assert.equal(taken.length, 1);
  const others: Taken[] = [];
  two.exchange.take('a', 1, async (other) => void others.push(other));
  await until(() => others.length === 1);
  assert.deepEqual(
    others.map(({ order, again }) => [order.id, again]),
    [[orders[1]?.id, false]],
  );
});

test('what Redis cannot be told of is not made again by the same taker', limit, async () => {
  const own = await startRedis();
  const connection = await openRedis(own.url, aCluster());
  const exchange = new RedisExchange(connection, { lock: 300, beat: 50 });
  const order: Order = anOrder('a');
  const gate = aGate();
  const made: boolean[] = [];
  exchange.take('a', 2, async ({ again }) => {
    made.push(again);
    await gate.passed;
  });
  await exchange.send([order]);
  await until(() => made.length === 1);
  await own.kill();
  await assert.rejects(exchange.send([anOrder('a')]), { code: 'STORE_FAILED' });
  await assert.rejects(exchange.there([order]), { code: 'STORE_FAILED' });
  await assert.rejects(exchange.depths(['a']), { code: 'STORE_FAILED' });
  gate.open();
  await own.start();
  const there = async (): Promise<number> => (await exchange.there([order]).catch(() => ({ size: 1 }))).size;
  await until(async () => (await there()) === 0);
  await until(async () => (await exchange.depths(['a'])).get('a')?.inHand === 0);
  assert.deepEqual(made, [false]);
  await exchange.close();
  connection.close();
  await own.stop();
});

test('what a taker had who was killed comes to another, marked; and to one more, when that one is killed too', limit, async () => {
  const cluster = aCluster();
  const lock = 400;
  const owner = await aNode(cluster);
  const order = anOrder('a');
  await owner.exchange.send([order]);
  for (let killed = 0; killed < 2; killed++) {
    const child = spawn(process.execPath, ['--conditions=@continuo/source', takerFile, server.url, cluster, 'a', String(lock)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    after(() => child.kill('SIGKILL'));
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    assert.equal(line.toString().trim(), order.id);
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }
  await until(async () => (await owner.exchange.there([order])).size === 0);
  const { make, taken, letGo } = keeper();
  owner.exchange.take('a', 1, make);
  await until(() => taken.length === 1);
  assert.deepEqual([taken[0]?.order, taken[0]?.again], [order, true]);
  assert.deepEqual(await owner.exchange.there([order]), new Set([order.id]));
  letGo();
  await until(async () => (await owner.exchange.there([order])).size === 0);
});

test('a taker who was cut off for longer than his lock goes on, and another is told that he was lost', limit, async () => {
  const cluster = aCluster();
  const [one, two] = [await aNode(cluster), await aNode(cluster)];
  const first = keeper();
  one.exchange.take('a', 1, first.make);
  await one.exchange.send([anOrder('a')]);
  await until(() => first.taken.length === 1);
  one.connection.close();
  const second = keeper();
  two.exchange.take('a', 1, second.make);
  await until(() => second.taken.length === 1);
  assert.equal(second.taken[0]?.again, true);
  assert.equal(first.taken[0]?.signal.aborted, false);
  first.letGo();
  second.letGo();
});

test('connections that are cut lose no order and make none twice', { timeout: 30_000 }, async () => {
  const cluster = aCluster();
  const [owner, taker] = [await aNode(cluster, { lock: 3000, beat: 50 }), await aNode(cluster, { lock: 3000, beat: 50 })];
  const times = new Map<string, number>();
  taker.exchange.take('a', 5, async ({ order, again }) => {
    if (!again) times.set(order.id, (times.get(order.id) ?? 0) + 1);
    await new Promise((resolve) => setTimeout(resolve, 1));
  });
  const orders = Array.from({ length: 300 }, () => anOrder('a'));
  const patiently = async (work: () => Promise<void>): Promise<void> => {
    for (;;) {
      try {
        return await work();
      } catch (error) {
        assert.equal((error as { code?: string }).code, 'STORE_FAILED', String(error));
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    }
  };
  for (let from = 0; from < orders.length; from += 50) {
    await patiently(() => owner.exchange.send(orders.slice(from, from + 50)));
    await patiently(
      async () => void (await owner.connection.call((client) => client.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes'))),
    );
  }
  await until(() => times.size === orders.length);
  assert.deepEqual(new Set(times.values()), new Set([1]));
});

test('closing while Redis is away ends', limit, async () => {
  const own = await startRedis();
  const connection = await openRedis(own.url, aCluster());
  const exchange = new RedisExchange(connection);
  const { make, taken } = keeper();
  exchange.take('a', 2, make);
  exchange.take('b', 2, make);
  await exchange.send([anOrder('a')]);
  await until(() => taken.length === 1);
  await own.kill();
  await exchange.close();
  connection.close();
  await own.stop();
});
