/**
 * Messages from others who share the data.
 *
 * M1. A watcher is called after a message has come that it may take, though it be because the node that had its run has
 *     gone; after one of its own inbox was answered; and once at the beginning when one waits already: never before `send` or `watch` has returned.
 * M2. Where there are nodes, a message is shown to the node of its run, and to all where that one has gone.
 */
import { ContinuoError } from '../../core/errors.ts';
import type { Inbox, Message } from '../../ports/journal.ts';
import type { InboxWatcher, MemoryData, StoredMessage } from './data.ts';
import type { MemoryFleet } from './fleet/fleet.ts';

type Answer = Exclude<StoredMessage['outcome'], { readonly is: 'waiting' }>;

export class MemoryInbox implements Inbox {
  readonly #data: MemoryData;
  readonly #mustBeOpen: () => void;
  readonly #hears: (run: string) => boolean;

  constructor(data: MemoryData, mustBeOpen: () => void, fleet?: MemoryFleet) {
    this.#data = data;
    this.#mustBeOpen = mustBeOpen;
    this.#hears = (run) => fleet === undefined || fleet.hears(run);
  }

  async send({ id, run, command, at, unasked }: Message): Promise<void> {
    this.#mustBeOpen();
    // A sender that does not know whether it got through sends again.
    if (this.#data.inbox.has(id)) return;
    this.#data.inbox.set(id, {
      id: this.#data.number(),
      run,
      command,
      at,
      unasked: unasked === true,
      from: this,
      outcome: { is: 'waiting' },
    });
    for (const watcher of this.#data.watchers) if (watcher.hears(run)) queueMicrotask(watcher.tell);
  }

  async pending(limit: number): Promise<readonly Message[]> {
    const waiting: Message[] = [];
    for (const [id, { run, command, at, unasked, outcome }] of this.#data.inbox) {
      if (waiting.length === limit) break;
      if (outcome.is === 'waiting' && this.#hears(run)) waiting.push({ id, run, command, at, ...(unasked ? { unasked: true } : {}) });
    }
    return waiting;
  }

  async refuse(id: string, error: string): Promise<void> {
    this.#mustBeOpen();
    answerMessage(this.#data, id, { is: 'refused', error });
  }

  async settle(id: string): Promise<void> {
    this.#mustBeOpen();
    answerMessage(this.#data, id, { is: 'done' });
  }

  async outcome(id: string): Promise<StoredMessage['outcome']> {
    const message = this.#data.inbox.get(id);
    if (message === undefined) throw new ContinuoError('STORE_FAILED', `there is no message ${id} in memory`);
    return message.outcome;
  }

  watch(onArrival: () => void): () => void {
    const tell = (): void => {
      if (this.#data.watchers.has(watcher)) onArrival();
    };
    const watcher: InboxWatcher = { inbox: this, hears: this.#hears, tell };
    this.#data.watchers.add(watcher);
    void this.pending(1).then(({ length }) => (length === 0 ? undefined : tell()));
    return () => void this.#data.watchers.delete(watcher);
  }
}

/** The first answer counts; what nobody will ask about is forgotten with it. */
export function answerMessage(data: MemoryData, id: string, outcome: Answer): void {
  const message = data.inbox.get(id);
  if (message?.outcome.is !== 'waiting') return;
  if (message.unasked) data.inbox.delete(id);
  else data.inbox.set(id, { ...message, outcome });
  for (const { inbox, tell } of data.watchers) if (inbox === message.from) queueMicrotask(tell);
}

/** Runs have become nobody's: what waits for them may be taken by anybody. */
export function tellOfOrphans(data: MemoryData): void {
  const runs = new Set<string>();
  for (const { run, outcome } of data.inbox.values()) if (outcome.is === 'waiting') runs.add(run);
  for (const { hears, tell } of data.watchers) if ([...runs].some(hears)) queueMicrotask(tell);
}
