import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { ContinuoError } from '../../src/core/errors.ts';
import type { ErrorCode } from '../../src/core/errors.ts';
import { openRedis } from '../../src/backends/postgres-redis/redis/connection.ts';
import { freePort } from '../servers/postgres.ts';
import { startRedis } from '../servers/redis.ts';
import type { RedisServer } from '../servers/redis.ts';

let server: RedisServer;
before(async () => {
  server = await startRedis();
});
after(() => server.stop());

async function refused(work: Promise<unknown>, code: ErrorCode, says: RegExp): Promise<void> {
  await assert.rejects(work, (error) => {
    assert.ok(error instanceof ContinuoError, String(error));
    assert.equal(error.code, code, error.message);
    assert.match(error.message, says);
    assert.doesNotMatch(error.message, /s3cret/);
    return true;
  });
}

async function withServer(settings: readonly string[], work: (server: RedisServer) => Promise<void>): Promise<void> {
  const other = await startRedis(settings);
  try {
    await work(other);
  } finally {
    await other.stop();
  }
}

for (const [what, settings, says] of [
  ['no URL', 'localhost', /no URL.*redis:\/\/user/],
  ['another protocol', 'http://localhost:6379', /begins with http:/],
  ['a database that is no number', 'redis://localhost/one', /no number/],
  ['a bare percent sign', 'redis://u:s3cret%@localhost', /%25/],
  ['no address', { url: [] }, /No address/],
  ['several addresses without a reason', { url: ['redis://a', 'redis://b'] }, /cluster: true/],
  ['a cluster behind sentinels', { url: 'redis://a', cluster: true, sentinel: 'm' }, /not both/],
  ['a numbered database of a cluster', { url: 'redis://a/3', cluster: true }, /database 0/],
] as const)
  test(`an address is refused: ${what}`, () => refused(openRedis(settings, 'c'), 'USAGE', says));

test('a Redis that is not there is refused at once', async () => {
  const port = await freePort();
  await refused(openRedis(`redis://:s3cret@127.0.0.1:${port}`, 'c'), 'STORE_UNREACHABLE', new RegExp(`127.0.0.1:${port}.*ECONNREFUSED`));
});

test('a wrong password and a missing one are refused', () =>
  withServer(['--requirepass', 'right'], async ({ port }) => {
    await refused(openRedis(`redis://:s3cret@127.0.0.1:${port}`, 'c'), 'STORE_DENIED', /WRONGPASS/);
    await refused(openRedis(`redis://127.0.0.1:${port}`, 'c'), 'STORE_DENIED', /wants a password/);
    (await openRedis(`redis://:right@127.0.0.1:${port}`, 'c')).close();
    (await openRedis({ url: `redis://127.0.0.1:${port}`, password: 'right' }, 'c')).close();
  }));

test('a user who may not write or run scripts is refused', () =>
  withServer(['--user', ...'reader on >s3cret ~* +@read +info +ping +auth +hello'.split(' ')], async ({ port }) => {
    await refused(openRedis(`redis://reader:s3cret@127.0.0.1:${port}`, 'c'), 'STORE_DENIED', /NOPERM/);
  }));

test('a user to whom CONFIG is forbidden may use it', () =>
  withServer(['--user', ...'plain on >s3cret ~* &* +@all -config'.split(' ')], async ({ port }) => {
    (await openRedis(`redis://plain:s3cret@127.0.0.1:${port}`, 'c')).close();
  }));

test('a Redis that forgets orders when its memory is short is refused', () =>
  withServer(['--maxmemory', '50mb', '--maxmemory-policy', 'allkeys-lru'], ({ url }) =>
    refused(openRedis(url, 'c'), 'STORE_UNFIT', /allkeys-lru.*noeviction/),
  ));

test('a node of a cluster is refused as a single server, and a single server as a cluster', () =>
  withServer(['--cluster-enabled', 'yes'], async ({ url }) => {
    await refused(openRedis(url, 'c'), 'STORE_UNFIT', /cluster: true/);
    await refused(openRedis({ url, cluster: true }, 'c'), 'STORE_UNFIT', /cluster is fail/);
    await refused(openRedis({ url: server.url, cluster: true }, 'c'), 'STORE_UNFIT', /begin the address with redis:/);
  }));

test('a replica is refused', () =>
  withServer(['--replicaof', '127.0.0.1', String(server.port)], ({ url }) => refused(openRedis(url, 'c'), 'STORE_UNFIT', /replica/)));

test('calls fail soon while it is away, and go well when it is back', async () => {
  const own = await startRedis();
  const connection = await openRedis(own.url, 'c');
  const ping = (): Promise<unknown> => connection.call((client) => client.ping());
  assert.equal(await ping(), 'PONG');
  await own.kill();
  for (let round = 0; round < 5; round++) await refused(ping(), 'STORE_FAILED', new RegExp(`127.0.0.1:${own.port}`));
  assert.equal(connection.health.is, 'away');
  const back = new Promise((resolve) => connection.client.once('ready', resolve));
  await own.start();
  await back;
  await until(async () => (await ping().catch(() => undefined)) === 'PONG');
  assert.equal(connection.health.is, 'up');
  connection.close();
  await refused(ping(), 'STORE_FAILED', /closed here/);
  await own.stop();
});

test('a connection that gave up, though nobody let go of it, begins again', async () => {
  const connection = await openRedis(server.url, 'c');
  connection.client.disconnect();
  await refused(
    connection.call((client) => client.ping()),
    'STORE_FAILED',
    /./,
  );
  await until(async () => (await connection.call((client) => client.ping()).catch(() => undefined)) === 'PONG');
  connection.close();
});

test('what was sent and not answered fails when the connection breaks', async () => {
  const connection = await openRedis(server.url, 'c');
  const blocked = refused(
    connection.call((client) => client.blpop('nothing', 0)),
    'STORE_FAILED',
    /./,
  );
  const other = await openRedis(server.url, 'c');
  await until(async () => String(await other.call((client) => client.call('CLIENT', 'LIST'))).includes('cmd=blpop'));
  await other.call((client) => client.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes'));
  await blocked;
  connection.close();
  other.close();
});

test('a memory that is full is STORE_FULL', () =>
  withServer(['--maxmemory', '3mb'], async ({ url }) => {
    const connection = await openRedis(url, 'c');
    const fill = async (): Promise<void> => {
      for (let place = 0; place < 100; place++) await connection.call((client) => client.set(`fill:${place}`, 'x'.repeat(100_000)));
    };
    await refused(fill(), 'STORE_FULL', /maxmemory/);
    connection.close();
  }));

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setImmediate(resolve));
}

test('who listens hears again when a connection that was cut off is back', async () => {
  const connection = await openRedis(server.url, 'c');
  const heard: string[] = [];
  const unlisten = connection.listen('news', (message) => heard.push(message));
  const hears = async (message: string): Promise<void> => {
    await until(async () => {
      await connection.call((client) => client.publish('news', message));
      return heard.includes(message);
    });
  };
  await hears('one');
  await connection.call((client) => client.call('CLIENT', 'KILL', 'TYPE', 'pubsub'));
  await hears('two');
  unlisten();
  connection.close();
});

test('a connection that is closed in the moment in which it is back leaves no failure that nobody hears of', async () => {
  const connection = await openRedis(server.url, 'c');
  const listener = connection.open('listen');
  await listener.subscribe('news');
  listener.once('ready', () => {
    // What it has just asked is not answered any more.
    if (listener instanceof Redis) listener.stream.destroy();
    connection.close();
  });
  const ended = once(listener, 'end');
  await connection.call((client) => client.call('CLIENT', 'KILL', 'TYPE', 'pubsub'));
  await ended;
  await nextTurn();
});
