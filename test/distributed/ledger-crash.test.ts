/** Postgres that is killed in the middle of a write: what was acknowledged is there when it is back. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openLedger } from '../../src/backends/postgres-redis/postgres/ledger.ts';
import { openMeters } from '../../src/backends/postgres-redis/postgres/meters.ts';
import { ContinuoError } from '../../src/core/errors.ts';
import type { Meter } from '../../src/ports/ledger.ts';
import { inference } from '../../src/testing/conformance/storage/entries.ts';
import { startPostgres } from '../servers/postgres.ts';
import { openSchema } from './ledger-rig.ts';

test('L1, N2: entries and takes that were acknowledged survive, and all else is refused as what may pass', async () => {
  const server = await startPostgres();
  const purse: Meter = { id: 'purse', capacity: 1_000_000, refill: 0 };
  const before = await openSchema(server.url, 'crash');
  const ledger = openLedger(before);
  const meters = openMeters(before);
  const written: string[] = [];
  let taken = 0;
  let refused = 0;
  let killing: Promise<void> | undefined;
  const each = async (lane: number): Promise<void> => {
    for (let n = 0; refused < 5; n++) {
      try {
        if (lane % 2 === 0) {
          const id = `${lane} ${n}`;
          await ledger.write([inference(id)]);
          written.push(id);
        } else if ((await meters.take([{ ...purse, amount: 1 }], 0)).granted) taken++;
        if (taken + written.length > 100) killing ??= server.kill();
      } catch (error) {
        assert.ok(error instanceof ContinuoError && error.code === 'STORE_FAILED', String(error));
        refused++;
      }
    }
  };
  await Promise.all(Array.from({ length: 8 }, (_, lane) => each(lane)));
  await killing;
  await before.close();
  await server.start();
  const after = await openSchema(server.url, 'crash');
  const [row] = await after.query('SELECT count(*) AS n FROM inferences WHERE inference = ANY ($1)', [written]);
  assert.equal(row?.['n'], written.length);
  const [left = 0] = await openMeters(after).left([purse], 0);
  assert.ok(left <= purse.capacity - taken, `${taken} were taken, and ${left} are left`);
  assert.ok(left >= purse.capacity - taken - 8, 'and hardly more is missing');
  await after.close();
  await server.stop();
});
