/** Meters in Postgres: what every backend must do, and what several nodes do at once. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openMeters } from '../../src/backends/postgres-redis/postgres/meters.ts';
import { metering, meteringValues } from '../../src/backends/postgres-redis/postgres/metering.ts';
import type { Metering } from '../../src/backends/postgres-redis/postgres/metering.ts';
import { openSql } from '../../src/backends/postgres-redis/postgres/sql.ts';
import type { Sql } from '../../src/backends/postgres-redis/postgres/sql.ts';
import { correctedBy, takeFrom } from '../../src/core/meters.ts';
import type { Level } from '../../src/core/meters.ts';
import type { Meter, Take } from '../../src/ports/ledger.ts';
import { metersConformance } from '../../src/testing/conformance/storage/meters.ts';
import { storeTests } from '../../src/testing/conformance/storage/store.ts';
import { startPostgres } from '../servers/postgres.ts';
import type { PostgresServer } from '../servers/postgres.ts';
import { openParts, openSchema, schemaOf } from './ledger-rig.ts';

/** Numbers from a seed. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const pick = <T>(roll: () => number, from: readonly [T, ...T[]]): T => from[Math.floor(roll() * from.length)] ?? from[0];

/** Awkward amounts, clocks that go back, capacities that change, and the same meter twice in one take. */
function someMetering(roll: () => number): Metering {
  const is = roll() < 0.7 ? 'take' : 'correct';
  const changes = Array.from({ length: 1 + Math.floor(roll() * 4) }, (): Take => {
    const refill = pick(roll, [0, 0, 0.01, 1e-7, 0.3333]);
    const amount = pick(roll, [0, 0.1, 1, roll(), roll() * 1e-10, roll() * 12, 1e7 + roll(), Infinity]);
    const sign = is === 'correct' && roll() < 0.5 ? -1 : 1;
    return {
      id: `${refill === 0 ? 'budget' : `rate ${refill}`} ${Math.floor(roll() * 2)}`,
      capacity: pick(roll, [0.3, 1, 10, 1e7, 10 / 3]),
      refill,
      amount: is === 'correct' && amount === Infinity ? 0.7 : amount * sign,
    };
  });
  return { is, changes, now: 1000 + roll() * 5000 };
}

/** What core/meters.ts makes of it. */
function counted(levels: Map<string, Level>, { is, changes, now }: Metering): unknown {
  const outcome =
    is === 'take'
      ? takeFrom((id) => levels.get(id), changes, now)
      : { granted: true as const, levels: correctedBy((id) => levels.get(id), changes, now) };
  if (!outcome.granted) return [outcome.meter, outcome.left, outcome.retryAt ?? null];
  for (const [id, level] of outcome.levels) levels.set(id, level);
  return undefined;
}

describe('meters in Postgres', { concurrency: 4 }, () => {
  let server: PostgresServer;
  before(async () => (server = await startPostgres()));
  after(() => server.stop());

  describe('what every backend must do', { concurrency: 4 }, () => {
    metersConformance(storeTests((dir) => openParts(server.url, dir)));
  });

  const nodesTest = (title: string, body: (first: Sql, nodes: readonly Sql[]) => Promise<void>): void => {
    it(title, async () => {
      const first = await openSchema(server.url, schemaOf(title));
      const nodes = [first, ...Array.from({ length: 3 }, () => openSql({ url: server.url, schema: first.schema, connections: 4 }))];
      try {
        await body(first, nodes);
      } finally {
        await Promise.all(nodes.map((node) => node.close()));
      }
    });
  };

  nodesTest('the arithmetic is that of the core, digit for digit', async (sql) => {
    const roll = dice(7);
    const levels = new Map<string, Level>();
    for (let round = 0; round < 150; round++) {
      const meterings = Array.from({ length: 1 + Math.floor(roll() * 12) }, () => someMetering(roll));
      const rows = await sql.query(metering, meteringValues(meterings));
      const refused = new Map(rows.map((row) => [row['part'], [row['meter'], row['remaining'], row['retry_at']]]));
      for (const [place, one] of meterings.entries())
        assert.deepEqual(refused.get(place + 1), counted(levels, one), `round ${round}: ${JSON.stringify(one)}`);
      for (const row of await sql.query('SELECT id, taken, at FROM meters')) {
        const { taken, at } = levels.get(String(row['id'])) ?? { taken: 0, at: -Infinity };
        assert.deepEqual([row['taken'], row['at']], [taken, at], `round ${round}: ${String(row['id'])}`);
      }
    }
    assert.ok(levels.size > 5);
  });

  nodesTest('N1: nodes that take from the same meters in every order neither block one another nor take too much', async (first, nodes) => {
    const [common, narrow]: readonly Meter[] = [
      { id: 'm common', capacity: 60, refill: 0 },
      { id: 'a narrow', capacity: 30, refill: 0 },
    ];
    assert.ok(common && narrow);
    let both = 0;
    let granted = 0;
    await Promise.all(
      nodes.map(async (node, number) => {
        const meters = openMeters(node);
        for (let round = 0; round < 10; round++) {
          const own: Meter = { id: `z own ${number} ${round}`, capacity: 1, refill: 0 };
          const takes = [common, narrow, own].map((meter) => ({ ...meter, amount: 1 }));
          const results = await Promise.all([
            meters.take(number % 2 === 0 ? takes : takes.toReversed(), 0),
            meters.take([{ ...common, amount: 1 }], 0),
          ]);
          if (results[0]?.granted) both++;
          granted += results.filter((result) => result.granted).length;
        }
      }),
    );
    assert.equal(granted, 60, 'all of the common meter is given out');
    assert.deepEqual(await openMeters(first).left([common, narrow], 0), [0, 30 - both]);
  });

  nodesTest('what is refused leaves a new meter as if nobody had asked', async (sql) => {
    const meters = openMeters(sql);
    const bucket: Meter = { id: 'bucket', capacity: 10, refill: 0.01 };
    assert.equal((await meters.take([{ ...bucket, amount: 11 }], 5000)).granted, false);
    assert.deepEqual(await meters.left([bucket], 0), [10]);
    assert.deepEqual(await meters.take([{ ...bucket, amount: 10 }], 1000), { granted: true });
    assert.deepEqual(await meters.take([{ ...bucket, amount: 10 }], 1000), { granted: false, meter: 'bucket', left: 0, retryAt: 2000 });
  });

  nodesTest('what is taken in one turn costs one call, and each is answered for itself', async (sql) => {
    let calls = 0;
    const meters = openMeters({
      ...sql,
      query: (question, values) => {
        calls++;
        return sql.query(question, values);
      },
    });
    const small: Meter = { id: 'small', capacity: 5, refill: 0 };
    const results = await Promise.all(Array.from({ length: 20 }, () => meters.take([{ ...small, amount: 1 }], 0)));
    assert.equal(results.filter(({ granted }) => granted).length, 5);
    assert.equal(calls, 1);
  });

  nodesTest('a meter whose name Postgres cannot hold is refused alone', async (sql) => {
    const meters = openMeters(sql);
    const named = (id: string): Take => ({ id, capacity: 1, refill: 0, amount: 1 });
    const [good, bad] = await Promise.allSettled([meters.take([named('good')], 0), meters.take([named('bad\0')], 0)]);
    assert.deepEqual(good, { status: 'fulfilled', value: { granted: true } });
    assert.equal(bad?.status, 'rejected');
  });
});
