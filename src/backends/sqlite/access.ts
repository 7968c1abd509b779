/** What a server keeps. One engine works on a directory, so requests are counted in its memory alone. */
import { Buckets } from '../../core/buckets.ts';
import type { Access, Audit, Grants, SubmittedPlans } from '../../ports/access.ts';
import { auditColumns, auditOf, planColumns, planOf } from './access-columns.ts';
import type { Database } from './database.ts';
import { SqliteKeys } from './keys.ts';
import type { Writer } from './protocol.ts';

const selectAudit = `SELECT ${auditColumns.join(', ')} FROM audit`;
const selectPlan = `SELECT ${planColumns.join(', ')} FROM submitted_plans`;

export function sqliteAccess(db: Database, writer: Writer): Access {
  const buckets = new Buckets();
  return {
    keys: new SqliteKeys(db, writer),
    audit: audit(db, writer),
    plans: plans(db, writer),
    grants: grants(db, writer),
    nonces: { first: (id, until, now) => writer.write({ kind: 'nonce', id, until, now }) },
    quotas: { take: async (asked, now) => buckets.take(asked, now) },
  };
}

function audit(db: Database, writer: Writer): Audit {
  return {
    append: async (records) => (records.length === 0 ? 'appended' : writer.write({ kind: 'audit', records })),
    last: async () => {
      const row = db.get(`${selectAudit} ORDER BY seq DESC LIMIT 1`);
      return row === undefined ? undefined : auditOf(db, row);
    },
    read: async (after, limit) => db.all(`${selectAudit} WHERE seq > ? ORDER BY seq LIMIT ?`, after, limit).map((row) => auditOf(db, row)),
  };
}

function plans(db: Database, writer: Writer): SubmittedPlans {
  return {
    save: async (plan) => {
      await writer.write({ kind: 'submit', plan });
    },
    get: async (project, id) => {
      const row = db.get(`${selectPlan} WHERE project = ? AND plan = ?`, project, id);
      return row === undefined ? undefined : planOf(db, row);
    },
    list: async (project, limit) =>
      db.all(`${selectPlan} WHERE project = ? ORDER BY id DESC LIMIT ?`, project, limit).map((row) => planOf(db, row)),
  };
}

function grants(db: Database, writer: Writer): Grants {
  const granted: Grants['granted'] = async (projects, blob) =>
    db.get(
      'SELECT 1 FROM grants WHERE blob = ? AND project IN (SELECT value FROM json_each(?)) LIMIT 1',
      blob,
      JSON.stringify(projects),
    ) !== undefined;
  return {
    granted,
    grant: async (project, blob) => {
      // The same bytes are brought again and again.
      if (!(await granted([project], blob))) await writer.write({ kind: 'grant', project, blob });
    },
  };
}
