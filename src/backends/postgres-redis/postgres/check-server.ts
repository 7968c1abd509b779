/** Whether a server can keep what it is given, before anything is given to it. */
import { ContinuoError } from '../../../core/errors.ts';
import type { Sql } from './sql.ts';

const oldest = 14;

export async function checkServer(sql: Sql): Promise<void> {
  const [row = {}] = await sql.query(
    `SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int AS number,
            current_setting('synchronous_commit') AS synchronous, current_setting('fsync') AS fsync,
            current_setting('server_encoding') AS encoding, pg_is_in_recovery() AS standby`,
  );
  const { version, number, synchronous, fsync, encoding, standby } = row;
  if (Number(number) < oldest * 10_000) throw unfit(sql, `is Postgres ${String(version)}; ${oldest} is the oldest that will do`);
  if (standby === true) throw unfit(sql, 'is a standby, which only reads; give the address of the primary');
  if (synchronous !== 'on') throw unfit(sql, `commits with synchronous_commit = ${String(synchronous)}; it must be on`);
  if (fsync !== 'on') throw unfit(sql, 'runs with fsync = off: a power cut would take away what was acknowledged; turn it on');
  if (encoding !== 'UTF8') throw unfit(sql, `keeps text as ${String(encoding)}; create the database with ENCODING 'UTF8'`);
}

function unfit(sql: Sql, why: string): ContinuoError {
  return new ContinuoError('STORE_UNFIT', `${sql.location} ${why}`);
}
