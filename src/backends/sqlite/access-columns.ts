/** What a server keeps, as rows. */
import type { AuditRecord, KeyRecord, Scope, SubmittedPlan } from '../../ports/access.ts';
import type { Database, Row, Value } from './database.ts';

export const keyColumns = ['key', 'name', 'hash', 'scopes', 'projects', 'created_at', 'created_by', 'expires_at', 'revoked_at'] as const;
export const auditColumns = ['seq', 'at', 'who', 'what', 'run', 'project', 'details', 'previous', 'hash'] as const;
export const planColumns = ['project', 'plan', 'workflow', 'at', 'submitted_by', 'signer', 'signature'] as const;

export function keyRow({ id, name, hash, scopes, projects, createdAt, createdBy, expiresAt, revokedAt }: KeyRecord): readonly Value[] {
  const bound = projects === undefined ? null : JSON.stringify(projects);
  return [id, name, hash, JSON.stringify(scopes), bound, createdAt, createdBy, expiresAt ?? null, revokedAt ?? null];
}

export function keyOf(db: Database, row: Row): KeyRecord {
  const id = db.text(row, 'key');
  const list = (column: 'scopes' | 'projects'): readonly string[] => db.texts(row, column, `the ${column} of key ${id}`);
  return {
    id,
    name: db.text(row, 'name'),
    hash: db.text(row, 'hash'),
    // `keyRow` wrote them from scopes; a word that is none gives nobody anything.
    scopes: list('scopes') as readonly Scope[],
    ...(row['projects'] === null ? {} : { projects: list('projects') }),
    createdAt: db.number(row, 'created_at'),
    createdBy: db.text(row, 'created_by'),
    ...(row['expires_at'] === null ? {} : { expiresAt: db.number(row, 'expires_at') }),
    ...(row['revoked_at'] === null ? {} : { revokedAt: db.number(row, 'revoked_at') }),
  };
}

export function auditRow({ seq, at, who, what, run, project, details, before, hash }: AuditRecord): readonly Value[] {
  return [seq, at, who, what, run ?? null, project ?? null, details ?? null, before, hash];
}

export function auditOf(db: Database, row: Row): AuditRecord {
  return {
    seq: db.number(row, 'seq'),
    at: db.number(row, 'at'),
    who: db.text(row, 'who'),
    what: db.text(row, 'what'),
    ...(row['run'] === null ? {} : { run: db.text(row, 'run') }),
    ...(row['project'] === null ? {} : { project: db.text(row, 'project') }),
    ...(row['details'] === null ? {} : { details: db.text(row, 'details') }),
    before: db.text(row, 'previous'),
    hash: db.text(row, 'hash'),
  };
}

export function planRow({ project, id, workflow, at, by, signature }: SubmittedPlan): readonly Value[] {
  return [project, id, workflow, at, by, signature?.signer ?? null, signature?.value ?? null];
}

export function planOf(db: Database, row: Row): SubmittedPlan {
  return {
    id: db.text(row, 'plan'),
    project: db.text(row, 'project'),
    workflow: db.text(row, 'workflow'),
    at: db.number(row, 'at'),
    by: db.text(row, 'submitted_by'),
    ...(row['signer'] === null ? {} : { signature: { signer: db.text(row, 'signer'), value: db.text(row, 'signature') } }),
  };
}
