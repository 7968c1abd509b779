import type { Plans } from '../../../ports/journal.ts';
import { textIn } from './rows.ts';
import type { Sql } from './sql.ts';

/** Plans that this process knows to be there; they are saved at every start, and hardly ever new. */
const remembered = 10_000;

export class PostgresPlans implements Plans {
  readonly #sql: Sql;
  readonly #there = new Set<string>();

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  async save(hash: string, plan: string): Promise<void> {
    if (this.#there.has(hash)) return;
    await this.#sql.query('INSERT INTO plans (hash, plan) VALUES ($1, $2) ON CONFLICT DO NOTHING', [hash, plan]);
    if (this.#there.size >= remembered) this.#there.clear();
    this.#there.add(hash);
  }

  async load(hash: string): Promise<string | undefined> {
    const [row] = await this.#sql.query('SELECT plan FROM plans WHERE hash = $1', [hash]);
    return row === undefined ? undefined : textIn(row, 'plan');
  }
}
