import type { Plans } from '../../ports/journal.ts';
import type { Database } from './database.ts';
import type { Writer } from './protocol.ts';

export class SqlitePlans implements Plans {
  readonly #db: Database;
  readonly #writer: Writer;

  constructor(db: Database, writer: Writer) {
    this.#db = db;
    this.#writer = writer;
  }

  async save(hash: string, plan: string): Promise<void> {
    // Plans are saved at every start, and hardly ever new.
    if ((await this.load(hash)) === undefined) await this.#writer.write({ kind: 'plan', hash, plan });
  }

  async load(hash: string): Promise<string | undefined> {
    const row = this.#db.get('SELECT plan FROM plans WHERE hash = ?', hash);
    return row === undefined ? undefined : this.#db.text(row, 'plan');
  }
}
