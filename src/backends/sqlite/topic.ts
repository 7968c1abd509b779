import type { Emission, Topic } from '../../ports/journal.ts';
import type { Database } from './database.ts';
import type { Writer } from './protocol.ts';

export class SqliteTopic implements Topic {
  readonly #db: Database;
  readonly #writer: Writer;

  constructor(db: Database, writer: Writer) {
    this.#db = db;
    this.#writer = writer;
  }

  async after(id: number, limit: number): Promise<readonly (Emission & { readonly id: number })[]> {
    return this.#db.all('SELECT id, run, project, name, data, at FROM topic WHERE id > ? ORDER BY id LIMIT ?', id, limit).map((row) => ({
      id: this.#db.number(row, 'id'),
      run: this.#db.text(row, 'run'),
      project: this.#db.text(row, 'project'),
      name: this.#db.text(row, 'name'),
      data: this.#db.text(row, 'data'),
      at: this.#db.number(row, 'at'),
    }));
  }

  async cursor(name: string): Promise<number> {
    const row = this.#db.get('SELECT reached FROM cursors WHERE name = ?', name);
    return row === undefined ? 0 : this.#db.number(row, 'reached');
  }

  async advance(name: string, to: number): Promise<void> {
    await this.#writer.write({ kind: 'advance', name, to });
  }
}
