/**
 * Messages from others who share the data.
 *
 * M1. A watcher is called after a message has come, and once at the beginning when one
 *     waits already; never before `send` or `watch` has returned.
 */
import { ContinuoError } from '../../core/errors.ts';
import type { Inbox, Message } from '../../ports/journal.ts';
import type { MemoryData, StoredMessage } from './data.ts';

export class MemoryInbox implements Inbox {
  readonly #data: MemoryData;
  readonly #mustBeOpen: () => void;

  constructor(data: MemoryData, mustBeOpen: () => void) {
    this.#data = data;
    this.#mustBeOpen = mustBeOpen;
  }

  async send({ id, run, command, at }: Message): Promise<void> {
    this.#mustBeOpen();
    // A sender that does not know whether it got through sends again.
    if (this.#data.inbox.has(id)) return;
    this.#data.inbox.set(id, { id: this.#data.number(), run, command, at, outcome: { is: 'waiting' } });
    for (const watcher of this.#data.watchers) queueMicrotask(watcher);
  }

  async pending(limit: number): Promise<readonly Message[]> {
    const waiting: Message[] = [];
    for (const [id, { run, command, at, outcome }] of this.#data.inbox) {
      if (waiting.length === limit) break;
      if (outcome.is === 'waiting') waiting.push({ id, run, command, at });
    }
    return waiting;
  }

  async refuse(id: string, error: string): Promise<void> {
    this.#answer(id, { is: 'refused', error });
  }

  async settle(id: string): Promise<void> {
    this.#answer(id, { is: 'done' });
  }

  async outcome(id: string): Promise<StoredMessage['outcome']> {
    const message = this.#data.inbox.get(id);
    if (message === undefined) throw new ContinuoError('STORE_FAILED', `there is no message ${id} in memory`);
    return message.outcome;
  }

  watch(onArrival: () => void): () => void {
    const watcher = (): void => {
      if (this.#data.watchers.has(watcher)) onArrival();
    };
    this.#data.watchers.add(watcher);
    void this.pending(1).then(({ length }) => (length === 0 ? undefined : watcher()));
    return () => void this.#data.watchers.delete(watcher);
  }

  #answer(id: string, outcome: StoredMessage['outcome']): void {
    this.#mustBeOpen();
    const message = this.#data.inbox.get(id);
    if (message?.outcome.is === 'waiting') this.#data.inbox.set(id, { ...message, outcome });
  }
}
