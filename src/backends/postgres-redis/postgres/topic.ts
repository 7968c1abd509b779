import type { Emission, Topic } from '../../../ports/journal.ts';
import { numberIn, textIn } from './rows.ts';
import type { Sql } from './sql.ts';

export class PostgresTopic implements Topic {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  async after(id: number, limit: number): Promise<readonly (Emission & { readonly id: number })[]> {
    // A cursor may stand between two numbers.
    const rows = await this.#sql.query('SELECT id, run, project, name, data, at FROM topic WHERE id > $1::bigint ORDER BY id LIMIT $2', [
      Math.floor(id),
      limit,
    ]);
    return rows.map((row) => ({
      id: numberIn(row, 'id'),
      run: textIn(row, 'run'),
      project: textIn(row, 'project'),
      name: textIn(row, 'name'),
      data: textIn(row, 'data'),
      at: numberIn(row, 'at'),
    }));
  }

  async cursor(name: string): Promise<number> {
    const [row] = await this.#sql.query('SELECT reached FROM cursors WHERE name = $1', [name]);
    return row === undefined ? 0 : numberIn(row, 'reached');
  }

  async advance(name: string, to: number): Promise<void> {
    await this.#sql.query(
      `INSERT INTO cursors AS c (name, reached) VALUES ($1, $2)
       ON CONFLICT (name) DO UPDATE SET reached = excluded.reached WHERE c.reached < excluded.reached`,
      [name, to],
    );
  }
}
