/** Bad input, and servers that will not do: each is refused at the start, with what, where and the mend. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openPostgres } from '../../src/backends/postgres-redis/postgres/open-postgres.ts';
import type { ErrorCode } from '../../src/core/errors.ts';
import { first, rejectsWith } from '../../src/testing/conformance/storage/store.ts';
import { freePort, startPostgres } from '../servers/postgres.ts';
import { freshSchema, openNode } from './postgres-store.ts';

const server = await startPostgres();
after(() => server.stop());

const opened = (url: string, schema = 'continuo'): Promise<unknown> => openPostgres({ url, schema, connections: 2 }, { role: 'engine' });

test('what is no address of a database is told before anything is tried', async () => {
  const cases: readonly (readonly [url: string, schema: string, says: RegExp])[] = [
    ['nonsense', 'continuo', /not a URL/],
    ['http://user:secret@host/database', 'continuo', /begins with http/],
    ['postgres://host', 'continuo', /names no database/],
    [server.url, 'with space', /cannot be the schema/],
    [server.url, 'quote"d', /cannot be the schema/],
    [server.url, '', /cannot be the schema/],
    [server.url, 'pg_mine', /cannot be the schema/],
    [server.url, 'x'.repeat(64), /cannot be the schema/],
  ];
  for (const [url, schema, says] of cases) {
    const { message } = await rejectsWith('USAGE', opened(url, schema));
    assert.match(message, says);
    assert.doesNotMatch(message, /secret/);
  }
  await rejectsWith('USAGE', openPostgres({ url: server.url, connections: 1 }, { role: 'engine' }));
  for (const lease of [0, Number.NaN, Infinity, -5])
    await rejectsWith('USAGE', openPostgres({ url: server.url }, { role: 'engine', lease }));
});

test('who cannot get to the server, to the database, or in, is told which it is, without the password', async () => {
  const client = await openNode(server.url, freshSchema());
  await client.sql.query("CREATE ROLE outsider LOGIN PASSWORD 'right'");
  const address = (user: string, port: number, database: string): string => `postgres://${user}@127.0.0.1:${port}/${database}`;
  const cases: readonly (readonly [code: ErrorCode, url: string, says: RegExp])[] = [
    ['STORE_UNREACHABLE', address('continuo:secret', await freePort(), 'postgres'), /could not be reached/],
    ['STORE_UNREACHABLE', 'postgres://continuo:secret@no-such-host.invalid/postgres', /could not be reached/],
    ['STORE_UNREACHABLE', address('continuo:secret', server.port, 'nothing'), /database "nothing" does not exist/],
    ['STORE_DENIED', address('nobody-known:secret', server.port, 'postgres'), /nobody-known/],
    ['STORE_DENIED', address('outsider:secret', server.port, 'postgres'), /permission denied/],
  ];
  for (const [code, url, says] of cases) {
    const { message } = await rejectsWith(code, opened(url, 'not_there'));
    assert.match(message, says);
    assert.doesNotMatch(message, /secret/);
    assert.match(message, /postgres:\/\//);
  }
  await client.close();
});

test('a server that would forget what it acknowledged is refused', async () => {
  const forgetful = await startPostgres(['fsync=off']);
  try {
    const { message } = await rejectsWith('STORE_UNFIT', opened(forgetful.url));
    assert.match(message, /fsync = off/);
  } finally {
    await forgetful.stop();
  }
});

test('a connection that would not work where it is told to is refused, and nothing is made', async () => {
  const cases: readonly (readonly [words: string, says: RegExp])[] = [
    ['options=-c%20work_mem%3D8MB', /works in .*: it did not take what a connection sets/],
    ['options=-c%20search_path%3Dpublic', /works in public/],
    ['application_name=mine', /knows this connection as "mine"/],
  ];
  for (const [words, says] of cases) {
    const { message } = await rejectsWith('STORE_UNFIT', opened(`${server.url}?${words}`, 'untouched'));
    assert.match(message, says);
  }
  const node = await openNode(server.url, freshSchema());
  const made = await node.sql.query("SELECT nspname FROM pg_namespace WHERE nspname = 'untouched'");
  assert.deepEqual(made, []);
  await node.close();
});

test('commits wait for the disk, also where the server would not', async () => {
  const hasty = await startPostgres(['synchronous_commit=off']);
  try {
    const node = await openPostgres({ url: hasty.url }, { role: 'engine' });
    assert.deepEqual(await node.sql.query('SHOW synchronous_commit'), [{ synchronous_commit: 'on' }]);
    await node.close();
  } finally {
    await hasty.stop();
  }
});

test('a visitor reads and sends, and what is for nodes is refused', async () => {
  const schema = freshSchema();
  const engine = await openNode(server.url, schema);
  const visitor = await openNode(server.url, schema, { role: 'visitor' });
  assert.equal(visitor.fleet, undefined);
  await visitor.inbox.send({ id: 'm', run: 'r', command: '{}', at: 1 });
  assert.deepEqual(await engine.inbox.pending(10), [{ id: 'm', run: 'r', command: '{}', at: 1 }]);
  await rejectsWith('RUN_ELSEWHERE', visitor.inbox.refuse('m', 'no'));
  await rejectsWith('RUN_ELSEWHERE', visitor.journal.append({ run: 'r', seq: 0, at: 1, events: [] }));
  const { promise: told, resolve } = Promise.withResolvers<void>();
  const end = visitor.inbox.watch(resolve);
  await engine.inbox.refuse('m', 'no');
  await told;
  end();
  assert.deepEqual(await visitor.inbox.outcome('m'), { is: 'refused', error: 'no' });
  await Promise.all([visitor.close(), engine.close()]);
});

test('a user who may create nothing opens what another has prepared, and is refused where there is nothing', async () => {
  const schema = freshSchema();
  const owner = await openNode(server.url, schema);
  await owner.sql.query('CREATE ROLE humble LOGIN');
  await owner.sql.query(
    `GRANT USAGE ON SCHEMA "${schema}" TO humble; GRANT ALL ON ALL TABLES IN SCHEMA "${schema}" TO humble; GRANT USAGE ON ALL SEQUENCES IN SCHEMA "${schema}" TO humble`,
  );
  const url = new URL(server.url);
  url.username = 'humble';
  const humble = await openNode(url.href, schema);
  await humble.journal.append(first('r'));
  assert.equal((await owner.runs.get('r'))?.run, 'r');
  await humble.close();
  await owner.close();
  await rejectsWith('STORE_DENIED', openNode(url.href, freshSchema()));
});
