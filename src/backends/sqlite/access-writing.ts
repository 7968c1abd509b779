/** What a server keeps, inside the writer's transaction: nobody can come between the look and the deed. */
import { ContinuoError } from '../../core/errors.ts';
import type { AuditRecord, KeyRecord, SubmittedPlan } from '../../ports/access.ts';
import { auditColumns, auditRow, keyColumns, keyRow, planColumns, planRow } from './access-columns.ts';
import type { Database } from './database.ts';

export type AccessTask =
  | { readonly kind: 'key'; readonly key: KeyRecord }
  | { readonly kind: 'revoke'; readonly id: string; readonly at: number }
  | { readonly kind: 'audit'; readonly records: readonly AuditRecord[] }
  | { readonly kind: 'submit'; readonly plan: SubmittedPlan }
  | { readonly kind: 'grant'; readonly project: string; readonly blob: string }
  | { readonly kind: 'nonce'; readonly id: string; readonly until: number; readonly now: number };

export interface AccessAnswers {
  readonly audit: 'appended' | 'overtaken';
  /** Whether it is the first of its id. */
  readonly nonce: boolean;
}

const insertInto = (table: string, columns: readonly string[]): string =>
  `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`;

const sql = {
  key: `${insertInto('access_keys', keyColumns)} ON CONFLICT (key) DO NOTHING`,
  revoke: 'UPDATE access_keys SET revoked_at = ? WHERE key = ? AND revoked_at IS NULL',
  lastSeq: 'SELECT coalesce(max(seq), 0) AS seq FROM audit',
  audit: insertInto('audit', auditColumns),
  plan: `${insertInto('submitted_plans', planColumns)} ON CONFLICT (project, plan) DO UPDATE
    SET signer = excluded.signer, signature = excluded.signature
    WHERE submitted_plans.signer IS NULL AND excluded.signer IS NOT NULL`,
  grant: 'INSERT OR IGNORE INTO grants (blob, project) VALUES (?, ?)',
  nonce: `INSERT INTO nonces (id, until) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET until = excluded.until WHERE nonces.until <= ?`,
  // Whoever adds one takes a few away, so that there are never many and nobody has to look for them.
  lapsed: 'DELETE FROM nonces WHERE id IN (SELECT id FROM nonces WHERE until <= ? ORDER BY until LIMIT 4)',
} as const;

export function writeAccess(db: Database, task: AccessTask): true | AccessAnswers[keyof AccessAnswers] {
  switch (task.kind) {
    case 'key':
      if (db.run(sql.key, ...keyRow(task.key)) === 0) throw new ContinuoError('KEY_EXISTS', `there is a key ${task.key.id}`);
      return true;
    case 'revoke':
      db.run(sql.revoke, task.at, task.id);
      return true;
    case 'audit':
      return append(db, task.records);
    case 'submit':
      db.run(sql.plan, ...planRow(task.plan));
      return true;
    case 'grant':
      db.run(sql.grant, task.blob, task.project);
      return true;
    case 'nonce':
      db.run(sql.lapsed, task.now);
      return db.run(sql.nonce, task.id, task.until, task.now) > 0;
  }
}

function append(db: Database, records: readonly AuditRecord[]): AccessAnswers['audit'] {
  const last = db.number(db.get(sql.lastSeq) ?? {}, 'seq');
  if (records.some(({ seq }, place) => seq !== last + 1 + place)) return 'overtaken';
  for (const record of records) db.run(sql.audit, ...auditRow(record));
  return 'appended';
}
