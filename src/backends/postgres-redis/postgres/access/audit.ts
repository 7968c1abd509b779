/**
 * The audit log.
 *
 * A1. A record's number is the key of its row, and all rows of an append come in one statement: of two nodes that append
 *     at once one waits for the other's commit, and is then refused whole.
 */
import type { Audit, AuditRecord } from '../../../../ports/access.ts';
import { PostgresFault } from '../faults.ts';
import type { Sql } from '../sql.ts';
import { auditOf } from './rows.ts';

const columns = 'seq, at, who, what, run, project, details, previous, hash';

const insert = `
  INSERT INTO audit (${columns})
  SELECT * FROM unnest($1::bigint[], $2::float8[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[])
  WHERE (SELECT coalesce(max(seq), 0) FROM audit) = $10
  RETURNING 1 AS added`;

const isTaken = (error: unknown): boolean => error instanceof PostgresFault && error.state === '23505';

export class PostgresAudit implements Audit {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  async append(records: readonly AuditRecord[]): Promise<'appended' | 'overtaken'> {
    const [first] = records;
    if (first === undefined) return 'appended';
    if (records.some(({ seq }, place) => seq !== first.seq + place)) return 'overtaken';
    const values = [
      records.map(({ seq }) => seq),
      records.map(({ at }) => at),
      records.map(({ who }) => who),
      records.map(({ what }) => what),
      records.map(({ run }) => run ?? null),
      records.map(({ project }) => project ?? null),
      records.map(({ details }) => details ?? null),
      records.map(({ before }) => before),
      records.map(({ hash }) => hash),
      first.seq - 1,
    ];
    try {
      return (await this.#sql.query(insert, values)).length > 0 ? 'appended' : 'overtaken';
    } catch (error) {
      if (isTaken(error)) return 'overtaken';
      throw error;
    }
  }

  async last(): Promise<AuditRecord | undefined> {
    const [row] = await this.#sql.query(`SELECT ${columns} FROM audit ORDER BY seq DESC LIMIT 1`);
    return row === undefined ? undefined : auditOf(row);
  }

  async read(after: number, limit: number): Promise<readonly AuditRecord[]> {
    return (await this.#sql.query(`SELECT ${columns} FROM audit WHERE seq > $1 ORDER BY seq LIMIT $2`, [after, limit])).map(auditOf);
  }
}
