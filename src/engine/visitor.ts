/** Another process's view of a data directory: it looks, and it leaves commands. */
import { randomUUIDv7 } from 'node:crypto';
import type { Backend } from '../ports/backend.ts';
import type { Asked } from './inbox-service.ts';
import { Library } from './library.ts';
import { Payloads } from './payloads.ts';
import { Reader } from './reader.ts';
import { refusal } from './refusal.ts';

export type Sent = { readonly is: 'done' } | { readonly is: 'waiting' };

export class Visitor {
  readonly reader: Reader;
  readonly backend: Backend;

  constructor(backend: Backend) {
    this.backend = backend;
    this.reader = new Reader(backend, new Library(backend.plans), new Payloads(backend.blobs, () => Date.now()));
  }

  /**
   * Leaves a command for the engine. Resolves with `done` once it was carried out, with
   * `waiting` when no engine took it within the patience; rejects when it was refused.
   */
  async send(run: string, asked: Asked, patience: number): Promise<Sent> {
    await this.reader.must(run);
    const id = randomUUIDv7();
    await this.backend.inbox.send({ id, run, command: JSON.stringify(asked), at: Date.now() });
    const until = Date.now() + patience;
    for (;;) {
      const outcome = await this.backend.inbox.outcome(id);
      if (outcome.is === 'refused') throw refusal(outcome.error);
      if (outcome.is === 'done') return { is: 'done' };
      if (Date.now() >= until) return { is: 'waiting' };
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  close(): Promise<void> {
    return this.backend.close();
  }
}
