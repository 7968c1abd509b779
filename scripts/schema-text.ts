/** The schema of a database as text, read from the catalogs: the same on every version of Postgres. */
import type { Query } from '../src/backends/postgres-redis/postgres/sql.ts';

const sections: readonly (readonly [title: string, query: string])[] = [
  [
    'columns',
    `SELECT format('%s.%s %s%s%s%s%s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
        CASE WHEN co.collname IS NOT NULL AND co.collname <> 'default' THEN format(' COLLATE "%s"', co.collname) ELSE '' END,
        CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END,
        CASE WHEN a.attidentity <> '' THEN ' IDENTITY ' || a.attidentity::text ELSE '' END,
        CASE WHEN d.adbin IS NULL THEN '' ELSE format(' %s %s', CASE WHEN a.attgenerated = 's' THEN 'GENERATED' ELSE 'DEFAULT' END,
          pg_get_expr(d.adbin, d.adrelid)) END) AS line
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
     LEFT JOIN pg_collation co ON co.oid = a.attcollation
     WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' ORDER BY c.relname COLLATE "C", a.attnum`,
  ],
  [
    'storage',
    `SELECT format('%s (%s)', relname, array_to_string(reloptions, ', ')) AS line FROM pg_class
     WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r' AND reloptions IS NOT NULL ORDER BY relname COLLATE "C"`,
  ],
  [
    'constraints',
    `SELECT format('%s %s: %s', c.relname, k.conname, pg_get_constraintdef(k.oid)) AS line FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
     WHERE k.connamespace = current_schema()::regnamespace AND k.contype <> 'n' ORDER BY c.relname COLLATE "C", k.conname COLLATE "C"`,
  ],
  [
    'indexes',
    `SELECT pg_get_indexdef(i.indexrelid, 0, true) AS line FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
     WHERE c.relnamespace = current_schema()::regnamespace ORDER BY c.relname COLLATE "C"`,
  ],
  [
    'types',
    `SELECT format('%s: %s', t.typname, string_agg(e.enumlabel, ', ' ORDER BY e.enumsortorder)) AS line
     FROM pg_type t JOIN pg_enum e ON e.enumtypid = t.oid WHERE t.typnamespace = current_schema()::regnamespace
     GROUP BY t.typname ORDER BY t.typname COLLATE "C"`,
  ],
  [
    'views',
    `SELECT format(E'%s:\\n%s', relname, pg_get_viewdef(oid, true)) AS line FROM pg_class
     WHERE relnamespace = current_schema()::regnamespace AND relkind = 'v' ORDER BY relname COLLATE "C"`,
  ],
  [
    'functions',
    // The bodies stand in the migrations; here it is seen that they are those.
    `SELECT format('%s(%s) returns %s, %s, %s, body %s', p.proname, pg_get_function_identity_arguments(p.oid),
        pg_get_function_result(p.oid), l.lanname, p.provolatile::text, md5(p.prosrc)) AS line
     FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang WHERE p.pronamespace = current_schema()::regnamespace
     ORDER BY p.proname COLLATE "C"`,
  ],
];

export async function schemaText(query: Query, schema: string): Promise<string> {
  const parts: string[] = [];
  for (const [title, text] of sections) {
    const lines = (await query(text)).map(({ line }) => String(line).replaceAll(`${schema}.`, '').trimEnd());
    if (lines.length > 0) parts.push(`-- ${title}\n${lines.join('\n')}\n`);
  }
  return parts.join('\n');
}
