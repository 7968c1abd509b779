import { ContinuoError } from '../../core/errors.ts';
import type { Inbox, Message } from '../../ports/journal.ts';
import type { Database } from './database.ts';
import type { Writer } from './protocol.ts';

/** How often a watcher looks whether another process has sent something. */
const lookEvery = 50;

export class SqliteInbox implements Inbox {
  readonly #db: Database;
  readonly #writer: Writer;
  readonly #watches = new Set<NodeJS.Timeout>();

  constructor(db: Database, writer: Writer) {
    this.#db = db;
    this.#writer = writer;
  }

  async send({ id, run, command, at, unasked }: Message): Promise<void> {
    await this.#writer.write({ kind: 'send', message: { id, run, command, at, ...(unasked === true ? { unasked } : {}) } });
  }

  async pending(limit: number): Promise<readonly Message[]> {
    return this.#db
      .all("SELECT message, run, command, at, unasked FROM inbox WHERE state = 'waiting' ORDER BY id LIMIT ?", limit)
      .map((row) => ({
        id: this.#db.text(row, 'message'),
        run: this.#db.text(row, 'run'),
        command: this.#db.text(row, 'command'),
        at: this.#db.number(row, 'at'),
        ...(this.#db.number(row, 'unasked') === 1 ? { unasked: true } : {}),
      }));
  }

  async refuse(id: string, error: string): Promise<void> {
    await this.#writer.write({ kind: 'refuse', id, error });
  }

  async settle(id: string): Promise<void> {
    await this.#writer.write({ kind: 'settle', id });
  }

  async outcome(
    id: string,
  ): Promise<{ readonly is: 'waiting' } | { readonly is: 'done' } | { readonly is: 'refused'; readonly error: string }> {
    const row = this.#db.get('SELECT state, error FROM inbox WHERE message = ?', id);
    if (row === undefined) throw new ContinuoError('STORE_FAILED', `${this.#db.path} knows no message ${id}; answers are kept for a week`);
    const state = this.#db.text(row, 'state');
    if (state === 'refused') return { is: 'refused', error: this.#db.text(row, 'error') };
    return { is: state === 'done' ? 'done' : 'waiting' };
  }

  watch(onArrival: () => void): () => void {
    let readable = true;
    const timer = setInterval(() => {
      const found = this.#look();
      // When the store fails, one call lets the watcher meet the error in `pending`.
      if (found === 'something' || (found === 'error' && readable)) onArrival();
      readable = found !== 'error';
    }, lookEvery);
    timer.unref();
    this.#watches.add(timer);
    return () => this.#end(timer);
  }

  close(): void {
    for (const timer of this.#watches) this.#end(timer);
  }

  #look(): 'something' | 'nothing' | 'error' {
    try {
      return this.#db.get("SELECT 1 FROM inbox WHERE state = 'waiting' LIMIT 1") === undefined ? 'nothing' : 'something';
    } catch {
      return 'error';
    }
  }

  #end(timer: NodeJS.Timeout): void {
    clearInterval(timer);
    this.#watches.delete(timer);
  }
}
