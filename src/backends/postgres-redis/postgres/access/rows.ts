/** What a server keeps, as rows. */
import { ContinuoError } from '../../../../core/errors.ts';
import type { AuditRecord, KeyRecord, Scope, SubmittedPlan } from '../../../../ports/access.ts';
import { jsonIn, numberIn, textIn } from '../rows.ts';
import type { Row, Value } from '../sql.ts';

export const keyColumns = ['key', 'name', 'hash', 'scopes', 'projects', 'created_at', 'created_by', 'expires_at', 'revoked_at'] as const;

export function keyValues({ id, name, hash, scopes, projects, createdAt, createdBy, expiresAt, revokedAt }: KeyRecord): readonly Value[] {
  const bound = projects === undefined ? null : JSON.stringify(projects);
  return [id, name, hash, JSON.stringify(scopes), bound, createdAt, createdBy, expiresAt ?? null, revokedAt ?? null];
}

export function keyOf(row: Row): KeyRecord {
  return {
    id: textIn(row, 'key'),
    name: textIn(row, 'name'),
    hash: textIn(row, 'hash'),
    // `keyValues` wrote them from scopes; a word that is none gives nobody anything.
    scopes: textsIn(row, 'scopes') as readonly Scope[],
    ...(row['projects'] === null ? {} : { projects: textsIn(row, 'projects') }),
    createdAt: numberIn(row, 'created_at'),
    createdBy: textIn(row, 'created_by'),
    ...(row['expires_at'] === null ? {} : { expiresAt: numberIn(row, 'expires_at') }),
    ...(row['revoked_at'] === null ? {} : { revokedAt: numberIn(row, 'revoked_at') }),
  };
}

export function auditOf(row: Row): AuditRecord {
  return {
    seq: numberIn(row, 'seq'),
    at: numberIn(row, 'at'),
    who: textIn(row, 'who'),
    what: textIn(row, 'what'),
    ...(row['run'] === null ? {} : { run: textIn(row, 'run') }),
    ...(row['project'] === null ? {} : { project: textIn(row, 'project') }),
    ...(row['details'] === null ? {} : { details: textIn(row, 'details') }),
    before: textIn(row, 'previous'),
    hash: textIn(row, 'hash'),
  };
}

export function planOf(row: Row): SubmittedPlan {
  return {
    id: textIn(row, 'plan'),
    project: textIn(row, 'project'),
    workflow: textIn(row, 'workflow'),
    at: numberIn(row, 'at'),
    by: textIn(row, 'submitted_by'),
    ...(row['signer'] === null ? {} : { signature: { signer: textIn(row, 'signer'), value: textIn(row, 'signature') } }),
  };
}

function textsIn(row: Row, column: 'scopes' | 'projects'): readonly string[] {
  const what = `the ${column} of key ${textIn(row, 'key')}`;
  const list = jsonIn(row, column, what);
  if (Array.isArray(list) && list.every((one) => typeof one === 'string')) return list;
  throw new ContinuoError('STORE_CORRUPT', `the database is damaged: ${what} are no texts`);
}
