/** Nodes that want the same at once, and connections that are cut at the worst moment. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { ContinuoError } from '../../src/core/errors.ts';
import type { PostgresParts } from '../../src/backends/postgres-redis/postgres/open-postgres.ts';
import { listSql, readInOrder } from '../../src/backends/postgres-redis/postgres/run-query.ts';
import { event, first, next, record, rejectsWith, tally } from '../../src/testing/conformance/storage/store.ts';
import { startPostgres } from '../servers/postgres.ts';
import { freshSchema, openNode } from './postgres-store.ts';

const server = await startPostgres();
after(() => server.stop());

async function withNodes(count: number, body: (nodes: readonly PostgresParts[], schema: string) => Promise<void>): Promise<void> {
  const schema = freshSchema();
  const nodes = await Promise.all(Array.from({ length: count }, () => openNode(server.url, schema)));
  try {
    await body(nodes, schema);
  } finally {
    await Promise.all(nodes.map((node) => node.close()));
  }
}

/** Something that others look at from time to time. */
function ending(): { readonly ended: () => boolean; readonly end: () => void } {
  let is = false;
  return { ended: () => is, end: () => (is = true) };
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

test('of 20 that start one run at once, from several nodes, one wins; and so for every idempotency key', () =>
  withNodes(4, async (nodes) => {
    const writers = Array.from({ length: 20 }, (_, i) => nodes[i % nodes.length] ?? assert.fail());
    for (let round = 0; round < 10; round++) {
      const same = await tally(writers.map((node) => node.journal.append(first(`r${round}`))));
      assert.deepEqual([same.done, new Set(same.codes)], [1, new Set(['JOURNAL_CONFLICT'])]);
      const idempotencyKey = `k${round}`;
      const keyed = await tally(writers.map((node, i) => node.journal.append(first(`${idempotencyKey}-${i}`, { idempotencyKey }))));
      assert.deepEqual([keyed.done, new Set(keyed.codes)], [1, new Set(['RUN_EXISTS'])]);
    }
  }));

test('starts that take keys in opposite orders in one group do not stop each other for good', () =>
  withNodes(2, async ([a, b]) => {
    assert.ok(a && b);
    const keys = Array.from({ length: 50 }, (_, i) => `k${i}`);
    const starts = (node: PostgresParts, name: string, order: readonly string[]): readonly Promise<void>[] =>
      order.map((idempotencyKey) => node.journal.append(first(`${name}-${idempotencyKey}`, { idempotencyKey })));
    const { done, codes } = await tally([...starts(a, 'a', keys), ...starts(b, 'b', keys.toReversed())]);
    assert.deepEqual([done, new Set(codes)], [50, new Set(['RUN_EXISTS'])]);
  }));

test('emissions of several nodes become visible in the order of their numbers', () =>
  withNodes(3, async (nodes) => {
    const { ended, end } = ending();
    const seen: number[] = [];
    const reader = (async () => {
      for (let last = 0; seen.length < 300; last = seen.at(-1) ?? 0) {
        const page = await (nodes[0] ?? assert.fail()).topic.after(last, 50);
        seen.push(...page.map(({ id }) => id));
        if (page.length === 0 && ended()) break;
      }
    })();
    await Promise.all(
      nodes.flatMap((node, n) =>
        Array.from({ length: 100 }, (_, i) => {
          const run = `r${n}-${i}`;
          return node.journal.append({ ...first(run), emissions: [{ run, project: 'p', name: 'e', data: '1', at: 1 }] });
        }),
      ),
    );
    end();
    await reader;
    assert.equal(seen.length, 300, 'a reader that pages by number misses nothing');
  }));

test('P2: connections that are cut while commits are under way cost nothing and double nothing', () =>
  withNodes(1, async ([node], schema) => {
    assert.ok(node);
    const other = await openNode(server.url, schema, { role: 'visitor' });
    const { ended, end } = ending();
    let acknowledged = 0;
    let cuts = 0;
    const cutting = (async () => {
      for (let from = 0; !ended(); await turn()) {
        // Between two cuts some commits get through: the store is disturbed, and not away.
        if (acknowledged < from + 10) continue;
        const cut = await other.sql.query(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1 AND state = 'active'",
          [`continuo:${node.fleet?.node}`],
        );
        if (cut.length === 0) continue;
        cuts++;
        from = acknowledged;
      }
    })();
    const patiently = async (run: string, seq: number): Promise<void> => {
      const write =
        seq === 0 ? first(run) : { ...next(run, seq, event(seq)), emissions: [{ run, project: 'p', name: 'e', data: '1', at: 1 }] };
      for (;;) {
        try {
          await node.journal.append(write);
          acknowledged++;
          return;
        } catch (error) {
          // As the engine does: what may pass is tried again as it was, and nothing else.
          if (!(error instanceof ContinuoError && error.code === 'STORE_FAILED')) throw error;
          await turn();
        }
      }
    };
    const runs = Array.from({ length: 20 }, (_, i) => `r${i}`);
    await Promise.all(
      runs.map(async (run) => {
        for (let seq = 0; seq < 20; seq++) await patiently(run, seq);
      }),
    );
    end();
    await cutting;
    assert.ok(cuts > 0, 'commits were cut');
    for (const run of runs) {
      const entries = await node.journal.read(run, 0);
      assert.deepEqual(
        entries.map(({ seq }) => seq),
        Array.from({ length: 20 }, (_, seq) => seq),
      );
    }
    assert.equal((await node.topic.after(0, 1000)).length, 20 * 19, 'each was told once');
    await other.close();
  }));

test('A1: a commit that hangs on an old connection is ended before the next one is made', () =>
  withNodes(1, async ([node], schema) => {
    assert.ok(node);
    await node.journal.append(first('r'));
    const other = await openNode(server.url, schema, { role: 'visitor' });
    const { promise: held, resolve: letGo } = Promise.withResolvers<void>();
    const { promise: holding, resolve: isHeld } = Promise.withResolvers<void>();
    const locked = other.sql.transaction(async (query) => {
      await query('LOCK TABLE journal IN ACCESS EXCLUSIVE MODE');
      isHeld();
      await held;
    });
    await holding;
    const appended = node.journal.append(next('r', 1, event(1)));
    const cut = async (): Promise<boolean> => {
      const rows = await other.sql.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1 AND wait_event_type = 'Lock'`,
        [`continuo:${node.fleet?.node}`],
      );
      return rows.length > 0;
    };
    while (!(await cut()));
    letGo();
    await locked;
    await appended;
    assert.equal((await node.journal.read('r', 0)).length, 2);
    await other.close();
  }));

test('an append that Postgres cannot hold fails alone, and says what it was', () =>
  withNodes(1, async ([node]) => {
    assert.ok(node);
    for (const bad of ['half \ud83c', 'nul \0']) {
      const { done } = await tally([
        node.journal.append(first(`good ${bad.length}`)),
        node.journal.append(first('bad', { workflow: bad })),
        node.journal.append(first('bad', { idempotencyKey: bad })),
      ]);
      assert.equal(done, 1);
      const { message } = await rejectsWith('STORE_FAILED', node.inbox.send({ id: bad, run: 'r', command: '{}', at: 1 }));
      assert.match(message, /cannot hold/);
      await rejectsWith('STORE_FAILED', node.runs.list({ project: bad }));
    }
    await rejectsWith('STORE_FAILED', node.journal.append(first('nan', { createdAt: Number.NaN })));
    // No index holds such a key: Postgres says so, and not this process.
    const { done } = await tally([
      node.journal.append(first('fine')),
      node.journal.append({ ...first('large'), events: [event('x')], memos: [{ project: 'p', key: 'k'.repeat(10_000_000), value: '1' }] }),
    ]);
    assert.equal(done, 1);
    assert.equal((await node.journal.read('fine', 0)).length, 1);
    assert.equal(await node.runs.get('large'), undefined);
  }));

test('a store that is full says so, and takes nothing', () =>
  withNodes(1, async ([node]) => {
    assert.ok(node);
    await node.sql.query(
      `CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no space left' USING ERRCODE = '53100'; END $$;
       CREATE TRIGGER full_disk BEFORE INSERT ON journal EXECUTE FUNCTION full_disk()`,
    );
    const { done, codes } = await tally(['a', 'b'].map((run) => node.journal.append(first(run))));
    assert.deepEqual([done, codes], [0, ['STORE_FULL', 'STORE_FULL']]);
    await node.sql.query('DROP TRIGGER full_disk ON journal');
    await node.journal.append(first('a', { busy: true }));
    assert.deepEqual(await node.runs.list({}), [record('a', { busy: true })]);
  }));

test('a server that was killed under load comes back with everything that was acknowledged', async () => {
  const own = await startPostgres();
  const node = await openNode(own.url, freshSchema());
  const { ended, end } = ending();
  let acknowledged = 0;
  const refused = rejectsWith(
    'STORE_FAILED',
    (async () => {
      await node.journal.append(first('r'));
      for (acknowledged = 1; ; acknowledged++) {
        if (acknowledged === 50) end();
        await node.journal.append(next('r', acknowledged, event(acknowledged)));
      }
    })(),
  );
  while (!ended()) await turn();
  await own.kill();
  await refused;
  await own.start();
  const until = async (): Promise<number> => {
    for (;;) {
      const length = await node.journal.read('r', 0).then(
        (entries) => entries.length,
        () => undefined,
      );
      if (length !== undefined) return length;
      await turn();
    }
  };
  const length = await until();
  assert.ok(length === acknowledged || length === acknowledged + 1, `${length} are there, ${acknowledged} were acknowledged`);
  await node.journal.append(next('r', acknowledged, event(acknowledged)));
  await node.close();
  await own.stop();
});

test('a page of a list costs what a page holds, also before the server knows anything of the table', () =>
  withNodes(1, async ([node]) => {
    assert.ok(node);
    const runs = Array.from({ length: 2000 }, (_, i) => `r${i}`);
    await Promise.all(runs.map((run, i) => node.journal.append(first(run, { createdAt: i, status: 'waiting', wakeAt: 1e12 + i }))));
    const { text, values } = listSql({ project: 'default', workflow: 'film', limit: 10 }, undefined);
    const plan = await node.sql.transaction(async (query) => {
      await query(readInOrder);
      return query(`EXPLAIN ${text}`, values);
    });
    assert.doesNotMatch(plan.map((row) => String(row['QUERY PLAN'])).join('\n'), /Sort  |Bitmap|Seq Scan/);
  }));
