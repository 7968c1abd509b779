/** Connections that are cut between a deed and its answer: what was done is known again, and done once. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { PostgresParts } from '../../src/backends/postgres-redis/postgres/open-postgres.ts';
import { first, rejectsWith } from '../../src/testing/conformance/storage/store.ts';
import { Proxy } from '../servers/proxy.ts';
import { startPostgres } from '../servers/postgres.ts';
import { freshSchema, openNode } from './postgres-store.ts';

const server = await startPostgres();
after(() => server.stop());

interface Stage {
  /** A node whose runs are orphans. */
  readonly gone: PostgresParts;
  /** One that reaches the server by a line of its own. */
  readonly node: PostgresParts;
  readonly line: Proxy;
  readonly other: PostgresParts;
}

async function staged(body: (stage: Stage) => Promise<void>): Promise<void> {
  const schema = freshSchema();
  const line = await Proxy.before(server.port);
  const url = new URL(server.url);
  url.port = String(line.port);
  const gone = await openNode(server.url, schema);
  const node = await openNode(url.href, schema);
  const other = await openNode(server.url, schema);
  try {
    await body({ gone, node, line, other });
  } finally {
    await Promise.all([gone, node, other].map((one) => one.close()));
    await line.close();
  }
}

/** Cuts the line while the call waits for a row; then the row is free, and nobody is there to be answered. */
async function unanswered({ other, line }: Stage, run: string, call: () => Promise<unknown>): Promise<void> {
  const { promise: held, resolve: letGo } = Promise.withResolvers<void>();
  const { promise: holding, resolve: isHeld } = Promise.withResolvers<void>();
  const locked = other.sql.transaction(async (query) => {
    await query('SELECT 1 FROM runs WHERE run = $1 FOR UPDATE', [run]);
    isHeld();
    await held;
  });
  await holding;
  const refused = rejectsWith('STORE_FAILED', call());
  const waiting = async (): Promise<number> =>
    (await other.sql.query("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query ~ 'adopt|claim'")).length;
  while ((await waiting()) === 0);
  line.cut();
  await refused;
  letGo();
  await locked;
  while ((await waiting()) > 0);
}

test('L4: families that were adopted, and of which the answer was lost, are told of by the next adoption', () =>
  staged(async (stage) => {
    const { gone, node } = stage;
    await gone.journal.append(first('r'));
    await gone.close();
    await unanswered(stage, 'r', async () => node.fleet?.adopt(10, []));
    assert.deepEqual(
      (await node.fleet?.adopt(10, []))?.map(({ run }) => run),
      ['r'],
    );
    assert.deepEqual(await node.fleet?.adopt(10, []), []);
  }));

test('L4: a family that was claimed, and of which the answer was lost, is told of by the next adoption', () =>
  staged(async (stage) => {
    const { gone, node } = stage;
    await gone.journal.append(first('root'));
    await gone.journal.append(first('child', { parent: 'root' }));
    await gone.close();
    await unanswered(stage, 'child', async () => node.fleet?.claim('child'));
    assert.deepEqual((await node.fleet?.adopt(10, []))?.map(({ run }) => run).toSorted(), ['child', 'root']);
  }));

test('K1: whoever holds a lock when his connection is cut holds it until his work is done', () =>
  staged(async ({ node, line, other }) => {
    const { promise: entered, resolve: enter } = Promise.withResolvers<void>();
    const { promise: held, resolve: end } = Promise.withResolvers<void>();
    let inside = 0;
    const holding = node.fleet?.exclusively('key', async () => {
      inside++;
      enter();
      await held;
      inside--;
    });
    await entered;
    const waiting = other.fleet?.exclusively('key', async () => assert.equal(inside, 0, 'two were inside at once'));
    const lockers = async (): Promise<number> =>
      (await other.sql.query('SELECT 1 FROM pg_stat_activity WHERE application_name = $1', [`continuo:${node.fleet?.node}/lock`])).length;
    assert.equal(await lockers(), 1);
    line.cut();
    while ((await lockers()) > 0);
    // Its own next one comes to the lock anew, after the first is done.
    const again = node.fleet?.exclusively('key', async () => assert.equal(inside, 0, 'two were inside at once'));
    await node.runs.list({}).catch(() => undefined);
    await node.runs.list({}).catch(() => undefined);
    end();
    await Promise.all([holding, waiting, again]);
  }));

test('a node that is taken away, or leaves, holds no lock any more', () =>
  staged(async ({ node, other }) => {
    const { promise: entered, resolve: enter } = Promise.withResolvers<void>();
    const holding = node.fleet?.exclusively('key', () => {
      enter();
      return new Promise(() => undefined);
    });
    holding?.catch(() => undefined);
    await entered;
    const waiting = other.fleet?.exclusively('key', async () => 1);
    await node.close();
    assert.equal(await waiting, 1);
    assert.deepEqual(await other.sql.query('SELECT * FROM locks'), []);
  }));

test('a node whose line is dead can be closed', () =>
  staged(async ({ node, line }) => {
    await node.journal.append(first('r'));
    await node.inbox.send({ id: 'm', run: 'r', command: '{}', at: 1 });
    await node.fleet?.exclusively('key', async () => 1);
    line.hold();
    await node.close();
    line.calm();
  }));

test('a node that waits for a lock can be closed', () =>
  staged(async ({ node, other }) => {
    const { promise: held, resolve: end } = Promise.withResolvers<void>();
    const { promise: entered, resolve: enter } = Promise.withResolvers<void>();
    const holding = other.fleet?.exclusively('key', async () => {
      enter();
      await held;
    });
    await entered;
    const refused = rejectsWith('ENGINE_CLOSED', node.fleet?.exclusively('key', async () => assert.fail('it was let in')) ?? assert.fail());
    const waiting = async (): Promise<number> =>
      (
        await other.sql.query("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND application_name = $1", [
          `continuo:${node.fleet?.node}/lock`,
        ])
      ).length;
    while ((await waiting()) === 0);
    await node.close();
    await refused;
    end();
    await holding;
  }));
