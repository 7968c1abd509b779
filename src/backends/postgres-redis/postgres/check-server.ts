/** Whether a server can keep what it is given, before anything is given to it. */
import { ContinuoError } from '../../../core/errors.ts';
import type { Sql } from './sql.ts';

const oldest = 14;

const settingsMend =
  'it did not take what a connection sets; leave options and application_name out of the address, and give that of the server itself where something like PgBouncer stands before it';

export async function checkServer(sql: Sql): Promise<void> {
  const [row = {}] = await sql.query(
    `SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int AS number,
            current_setting('synchronous_commit') AS synchronous, current_setting('fsync') AS fsync,
            current_setting('server_encoding') AS encoding, pg_is_in_recovery() AS standby,
            current_setting('search_path') AS path, current_setting('application_name') AS name`,
  );
  const { version, number, synchronous, fsync, encoding, standby, path, name } = row;
  if (Number(number) < oldest * 10_000) throw unfit(sql, `is Postgres ${String(version)}; ${oldest} is the oldest that will do`);
  if (standby === true) throw unfit(sql, 'is a standby, which only reads; give the address of the primary');
  if (synchronous !== 'on') throw unfit(sql, `commits with synchronous_commit = ${String(synchronous)}; it must be on`);
  if (fsync !== 'on') throw unfit(sql, 'runs with fsync = off: a power cut would take away what was acknowledged; turn it on');
  // Tables would be made in another schema, and a node that others take away would keep its connections.
  if (path !== sql.schema && path !== `"${sql.schema}"`) throw unfit(sql, `works in ${String(path)}: ${settingsMend}`);
  if (name !== 'continuo') throw unfit(sql, `knows this connection as ${JSON.stringify(name)}: ${settingsMend}`);
  if (encoding !== 'UTF8') throw unfit(sql, `keeps text as ${String(encoding)}; create the database with ENCODING 'UTF8'`);
}

function unfit(sql: Sql, why: string): ContinuoError {
  return new ContinuoError('STORE_UNFIT', `${sql.location} ${why}`);
}
