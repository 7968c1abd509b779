/** What Postgres keeps for a server. */
import type { Access, Grants, Nonces, SubmittedPlans } from '../../../../ports/access.ts';
import type { Sql } from '../sql.ts';
import { PostgresAudit } from './audit.ts';
import { PostgresKeys } from './keys.ts';
import { planOf } from './rows.ts';

export function openAccess(sql: Sql): Omit<Access, 'quotas'> {
  return { keys: new PostgresKeys(sql), audit: new PostgresAudit(sql), plans: plans(sql), grants: grants(sql), nonces: nonces(sql) };
}

const planColumns = 'project, plan, workflow, at, submitted_by, signer, signature';

const savePlan = `
  INSERT INTO submitted_plans (${planColumns}) VALUES ($1, $2, $3, $4, $5, $6, $7)
  ON CONFLICT (project, plan) DO UPDATE SET signer = excluded.signer, signature = excluded.signature
  WHERE submitted_plans.signer IS NULL AND excluded.signer IS NOT NULL`;

function plans(sql: Sql): SubmittedPlans {
  return {
    save: async ({ project, id, workflow, at, by, signature }) => {
      await sql.query(savePlan, [project, id, workflow, at, by, signature?.signer ?? null, signature?.value ?? null]);
    },
    get: async (project, id) => {
      const [row] = await sql.query(`SELECT ${planColumns} FROM submitted_plans WHERE project = $1 AND plan = $2`, [project, id]);
      return row === undefined ? undefined : planOf(row);
    },
    list: async (project, limit) => {
      const newest = `SELECT ${planColumns} FROM submitted_plans WHERE project = $1 ORDER BY id DESC LIMIT $2`;
      return (await sql.query(newest, [project, limit])).map(planOf);
    },
  };
}

function grants(sql: Sql): Grants {
  const granted: Grants['granted'] = async (projects, blob) =>
    (await sql.query('SELECT 1 AS yes FROM grants WHERE blob = $1 AND project = ANY ($2) LIMIT 1', [blob, projects])).length > 0;
  return {
    granted,
    grant: async (project, blob) => {
      // The same bytes are brought again and again.
      if (await granted([project], blob)) return;
      await sql.query('INSERT INTO grants (blob, project) VALUES ($1, $2) ON CONFLICT DO NOTHING', [blob, project]);
    },
  };
}

function nonces(sql: Sql): Nonces {
  const insert = `
    INSERT INTO nonces (id, until) VALUES ($1, $2)
    ON CONFLICT (id) DO UPDATE SET until = excluded.until WHERE nonces.until <= $3
    RETURNING 1 AS added`;
  const lapse = `
    DELETE FROM nonces WHERE id IN (SELECT id FROM nonces WHERE until <= $1 ORDER BY until LIMIT 4 FOR UPDATE SKIP LOCKED)`;
  return {
    first: async (id, until, now) => {
      const isFirst = (await sql.query(insert, [id, until, now])).length > 0;
      // Whoever adds one takes a few away. Whether that went well is nothing that he could mend.
      if (isFirst) await sql.query(lapse, [now]).catch(() => undefined);
      return isFirst;
    },
  };
}
