/** The ledger in Postgres: what every backend must do, and what several nodes do at once. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { installDerived } from '../../src/backends/postgres-redis/postgres/derived.ts';
import { openLedger } from '../../src/backends/postgres-redis/postgres/ledger.ts';
import * as text from '../../src/backends/postgres-redis/postgres/ledger-sql.ts';
import { openSql } from '../../src/backends/postgres-redis/postgres/sql.ts';
import type { Sql, Value } from '../../src/backends/postgres-redis/postgres/sql.ts';
import { answer, feedback, inference } from '../../src/testing/conformance/storage/entries.ts';
import { ledgerConformance } from '../../src/testing/conformance/storage/ledger.ts';
import { scoresConformance } from '../../src/testing/conformance/storage/scores.ts';
import { rejectsWith, storeTests } from '../../src/testing/conformance/storage/store.ts';
import { viewsConformance } from '../../src/testing/conformance/storage/views.ts';
import { startPostgres } from '../servers/postgres.ts';
import type { PostgresServer } from '../servers/postgres.ts';
import { openParts, openSchema, schemaOf } from './ledger-rig.ts';

describe('ledger in Postgres', { concurrency: 4 }, () => {
  let server: PostgresServer;
  before(async () => (server = await startPostgres()));
  after(() => server.stop());

  describe('what every backend must do', { concurrency: 4 }, () => {
    const storeTest = storeTests((dir) => openParts(server.url, dir));
    ledgerConformance(storeTest);
    scoresConformance(storeTest);
    viewsConformance(storeTest);
  });

  /** Two nodes on one schema. */
  const nodesTest = (title: string, body: (one: Sql, other: Sql) => Promise<void>): void => {
    it(title, async () => {
      const one = await openSchema(server.url, schemaOf(title));
      const other = openSql({ url: server.url, schema: one.schema, connections: 4 });
      try {
        await body(one, other);
      } finally {
        await Promise.all([one.close(), other.close()]);
      }
    });
  };

  nodesTest('the same entries written at once by two nodes in opposite orders are there once', async (one, other) => {
    const ids = Array.from({ length: 40 }, (_, n) => `${n}`);
    for (let round = 0; round < 15; round++) {
      const entries = ids.flatMap((id) => [
        inference(`${round} ${id}`, { input: '1' }),
        feedback(`${round} ${id}`, { inference: id }, 1),
        answer(`${round} ${id}`, '1', 0, 1),
      ]);
      await Promise.all([openLedger(one).write(entries), openLedger(other).write(entries.toReversed())]);
    }
    for (const table of ['inferences', 'contents', 'feedback', 'answers']) {
      const [row] = await one.query(`SELECT count(*) AS n FROM ${table}`);
      // Some answers have been cleared away, having expired.
      assert.ok(table === 'answers' ? Number(row?.['n']) <= 600 : row?.['n'] === 600, table);
    }
  });

  nodesTest('entries of one instant are in the order of their arrival, whatever their names', async (sql) => {
    const ledger = openLedger(sql);
    await ledger.write(['c', 'a', 'b'].map((id) => inference(id)));
    await ledger.write(['a', 'z', '0'].map((id) => inference(id)));
    assert.deepEqual(
      (await ledger.inferences({})).map(({ id }) => id),
      ['0', 'z', 'b', 'a', 'c'],
    );
  });

  nodesTest('expired answers go a few at a time, and those that live stay', async (one, other) => {
    const count = async (): Promise<unknown> => (await one.query('SELECT count(*) AS n FROM answers'))[0]?.['n'];
    await openLedger(one).write(Array.from({ length: 100 }, (_, n) => answer(`old ${n}`, '1', 0, 10 + n)));
    await openLedger(one).write([answer('living', '1', 5, 10_000)]);
    assert.equal(await count(), 101);
    await openLedger(one).write([answer('one', '1', 500, 10_000)]);
    assert.equal(await count(), 98);
    await Promise.all(
      [one, other].map((sql, node) =>
        openLedger(sql).write(Array.from({ length: 10 }, (_, n) => answer(`new ${node} ${n}`, '1', 500, 10_000))),
      ),
    );
    for (let n = 0; n < 10; n++) await openLedger(other).write([answer(`more ${n}`, '1', 500, 10_000)]);
    assert.equal(await count(), 32);
    assert.equal(await openLedger(one).answer('default', 'living', 600), '1');
  });

  nodesTest('contents go with their run by the statement that removes runs', async (sql) => {
    const ledger = openLedger(sql);
    await ledger.write([inference('gone', { run: 'r', input: '1' }), inference('stays', { run: 's', input: '2' })]);
    await sql.query('DELETE FROM contents WHERE inference IN (SELECT id FROM inferences WHERE run = ANY($1))', [['r']]);
    assert.equal((await ledger.inference('gone'))?.input, undefined);
    assert.equal((await ledger.inference('stays'))?.input, '2');
  });

  nodesTest('what Postgres would change or cannot hold is refused, with all that came with it', async (sql) => {
    const ledger = openLedger(sql);
    for (const changes of [{ step: 'a\0b' }, { variant: '\ud800' }, { cost: NaN }, { latency: Infinity }])
      await rejectsWith('STORE_FAILED', ledger.write([inference('before'), inference('unfit', changes)]));
    assert.deepEqual(await ledger.inferences({}), []);
    await ledger.write([inference('failed', { status: 'failed', error: { code: 'X', message: 'cut \0 off \ud83d' } })]);
    assert.equal((await ledger.inference('failed'))?.error?.message, 'cut  off �');
  });

  nodesTest('views are in the database for a person, and are mended by whoever opens it', async (one, other) => {
    await openLedger(one).write([inference('i', { at: Date.now() }), feedback('f', { inference: 'i' }, 0.5, { at: Date.now() })]);
    await one.query('DROP VIEW alerts');
    await one.query('DROP VIEW variant_quality');
    await one.query('CREATE VIEW variant_quality AS SELECT 1 AS other');
    await Promise.all([installDerived(one), installDerived(other), installDerived(one)]);
    assert.deepEqual(await one.query('SELECT * FROM alerts'), []);
    const [row] = await other.query('SELECT variant, mean, quality_per_dollar FROM variant_quality');
    assert.deepEqual(row, { variant: 'a', mean: 0.5, quality_per_dollar: 1 });
  });

  nodesTest('no question to a large ledger reads a table from end to end', async (sql) => {
    await sql.query(`
      INSERT INTO inferences (inference, at, project, function, variant, source, episode, run, status, input_tokens, cached_tokens, output_tokens, cost, latency, tags, parent)
      SELECT 'i' || n, n, 'p' || n % 7, 'f' || n % 50, 'v' || n % 3, 'model', 'e' || n / 4, 'r' || n / 8, 'ok', 1, 0, 1, 0.5, 10, '{}', CASE WHEN n % 3 = 0 THEN 'i' || n - 1 END
      FROM generate_series(1, 20000) AS n`);
    await sql.query("INSERT INTO contents SELECT id, repeat('in', 400), repeat('out', 200) FROM inferences");
    await sql.query(`
      INSERT INTO feedback (feedback, at, project, metric, value, number, inference, episode, tags)
      SELECT 'f' || n, n, 'p', 'm' || n % 200, '1', 1, CASE WHEN n % 2 = 0 THEN 'i' || n END, CASE WHEN n % 2 = 1 THEN 'e' || n END, '{}'
      FROM generate_series(1, 20000) AS n`);
    await sql.query(
      "INSERT INTO answers (project, key, answer, at, expires_at) SELECT 'p', 'k' || n, '1', n, n FROM generate_series(1, 20000) AS n",
    );
    await sql.query('ANALYZE inferences, contents, feedback, answers');
    const lists = [
      {},
      { project: 'p1', status: 'ok' },
      { function: 'f1', variant: 'v1' },
      { run: 'r1', topLevel: true },
      { episode: 'e1' },
    ] as const;
    const questions: readonly (readonly [string, readonly Value[]])[] = [
      ...lists.map((query) => [text.inferences(query).text, text.inferences(query).values] as const),
      [text.inference, ['i1']],
      [text.assigned, ['e1', 'f1']],
      [text.observations, ['f1', 'm1', 0]],
      [text.uses, ['f1', 19_000]],
      [text.examples('max'), ['f1', 'm1', 10, 'p1']],
      [text.demonstrations, ['f1', 10, 'p1']],
      [text.feedback, ['i1', null]],
      [text.answer, ['p', 'k1', 5]],
    ];
    for (const [question, values] of questions) {
      const plan = (await sql.query(`EXPLAIN ${question}`, values)).map((row) => String(row['QUERY PLAN'])).join('\n');
      assert.doesNotMatch(plan, /Seq Scan/, `${question}\n${plan}`);
    }
  });
});
