/**
 * What a visitor may write: messages for the engine, the plans and blobs that they speak
 * of, and what the gateway keeps. Its commits wait their turn beside the engine's.
 */
import { ContinuoError } from '../../core/errors.ts';
import type { Database } from './database.ts';
import { visiting } from './lock.ts';
import { isFailure } from './protocol.ts';
import type { AnswerTo, Task, Writer } from './protocol.ts';
import { Transactions } from './transactions.ts';

/** How what it may not do is called in the refusal. */
const forTheEngine: Partial<Readonly<Record<Task['kind'], string>>> = {
  append: 'append to a run',
  snapshot: 'save a snapshot',
  remove: 'remove runs',
  advance: 'advance a cursor',
  refuse: 'refuse a message',
  settle: 'settle a message',
  forget: 'remove a blob',
};

/** Lets through what a visitor may write. */
export class VisitorWriter implements Writer {
  readonly #dir: string;
  readonly #writer: Writer;

  constructor(dir: string, writer: Writer) {
    this.#dir = dir;
    this.#writer = writer;
  }

  async write<T extends Task>(task: T): Promise<AnswerTo<T>> {
    const refused = forTheEngine[task.kind];
    if (refused !== undefined) throw visiting(this.#dir, refused);
    return this.#writer.write(task);
  }

  close(): Promise<void> {
    return this.#writer.close();
  }
}

/** Writes on this thread, each task before it returns: for whoever writes a little and leaves. */
export class InlineWriter implements Writer {
  readonly #transactions: Transactions;

  constructor(db: Database) {
    this.#transactions = new Transactions(db);
  }

  async write<T extends Task>(task: T): Promise<AnswerTo<T>> {
    const [outcome] = this.#transactions.commit([task]);
    if (outcome !== undefined && isFailure(outcome)) throw new ContinuoError(outcome.code, outcome.message, outcome.details);
    // One task has one outcome, and each is answered as its kind is: transactions.ts.
    return outcome as AnswerTo<T>;
  }

  async close(): Promise<void> {
    // Nothing is left under way: each write commits before it returns.
  }
}
