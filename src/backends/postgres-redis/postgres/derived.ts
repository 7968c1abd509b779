/**
 * What is in the schema and follows from the code alone: views, and the function of the meters. It holds nothing, so
 * no migration speaks of it.
 *
 * D1. Each says in its comment which text it was made from. What differs is made anew, by one node at a time and in
 *     one transaction; nearly every opening finds all as it should be, and writes nothing.
 * D2. A view is for people, and is that of the node that was opened last. A function is called by nodes, of which some
 *     may still run yesterday's code: its name goes by its text, so that each calls its own.
 */
import { hash } from 'node:crypto';
import { views } from './ledger-views.ts';
import { meteringFunction } from './metering.ts';
import type { Query, Sql } from './sql.ts';

interface Derived {
  readonly kind: 'VIEW' | 'FUNCTION';
  readonly name: string;
  /** What follows the name. */
  readonly text: string;
}

const all: readonly Derived[] = [
  ...views.map(([name, text]) => ({ kind: 'VIEW', name, text: ` AS ${text}` }) as const),
  { kind: 'FUNCTION', ...meteringFunction },
];

const installed = `
  SELECT relname AS name, obj_description(oid, 'pg_class') AS mark FROM pg_class WHERE relnamespace = to_regnamespace($1) AND relkind = 'v'
  UNION ALL
  SELECT proname, obj_description(oid, 'pg_proc') FROM pg_proc WHERE pronamespace = to_regnamespace($1)`;

export async function installDerived(sql: Sql): Promise<void> {
  if ((await outdated(sql.query, sql.schema)).length === 0) return;
  await sql.transaction(async (query) => {
    await query("SELECT pg_advisory_xact_lock(hashtext('continuo derived ' || $1))", [sql.schema]);
    for (const { kind, name, text } of await outdated(query, sql.schema)) {
      await query(`DROP ${kind} IF EXISTS ${name}`);
      await query(`CREATE ${kind} ${name}${text}`);
      await query(`COMMENT ON ${kind} ${name} IS '${markOf(text)}'`);
    }
  });
}

async function outdated(query: Query, schema: string): Promise<readonly Derived[]> {
  const marks = new Map((await query(installed, [`"${schema.replaceAll('"', '""')}"`])).map(({ name, mark }) => [name, mark]));
  return all.filter(({ name, text }) => marks.get(name) !== markOf(text));
}

function markOf(text: string): string {
  return hash('sha256', text);
}
