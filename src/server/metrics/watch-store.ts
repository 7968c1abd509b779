/**
 * A store that is looked at while it works.
 *
 * W1. It is the same store: everything that it is asked goes on as it came, and answers and errors come back as they are.
 * W2. Whoever looks is told after the store has done it, once for each time; what the store refused is told as refused.
 */
import type { Backend } from '../../ports/backend.ts';
import type { Append } from '../../ports/journal.ts';
import type { LedgerEntry } from '../../ports/ledger.ts';

/** `append`: events of a run. `books`: what the gateway did. `message`: a command to another process. `audit`: who did what. */
export type StoreWork = 'append' | 'books' | 'message' | 'audit';

/** Must not throw. */
export interface StoreWatcher {
  appended?(write: Append): void;
  booked?(entries: readonly LedgerEntry[]): void;
  did?(work: StoreWork, milliseconds: number): void;
  refused?(work: StoreWork, error: unknown): void;
}

export function watchStore(backend: Backend, watchers: readonly StoreWatcher[]): Backend {
  const { journal, ledger, inbox, access, health, nodes } = backend;
  const { audit } = access;
  const timed = async <T>(work: StoreWork, ask: () => Promise<T>): Promise<T> => {
    const began = performance.now();
    let answer: T;
    try {
      answer = await ask();
    } catch (error) {
      for (const watcher of watchers) watcher.refused?.(work, error);
      throw error;
    }
    const milliseconds = performance.now() - began;
    for (const watcher of watchers) watcher.did?.(work, milliseconds);
    return answer;
  };
  return {
    ...backend,
    journal: {
      append: async (write) => {
        await timed('append', () => journal.append(write));
        for (const watcher of watchers) watcher.appended?.(write);
      },
      read: journal.read.bind(journal),
      snapshot: journal.snapshot.bind(journal),
      saveSnapshot: journal.saveSnapshot.bind(journal),
      remove: journal.remove.bind(journal),
    },
    ledger: {
      write: async (entries) => {
        await timed('books', () => ledger.write(entries));
        for (const watcher of watchers) watcher.booked?.(entries);
      },
      inference: ledger.inference.bind(ledger),
      inferences: ledger.inferences.bind(ledger),
      feedback: ledger.feedback.bind(ledger),
      observations: ledger.observations.bind(ledger),
      uses: ledger.uses.bind(ledger),
      examples: ledger.examples.bind(ledger),
      assigned: ledger.assigned.bind(ledger),
      answer: ledger.answer.bind(ledger),
      view: ledger.view.bind(ledger),
    },
    inbox: {
      send: (message) => timed('message', () => inbox.send(message)),
      pending: inbox.pending.bind(inbox),
      refuse: inbox.refuse.bind(inbox),
      settle: inbox.settle.bind(inbox),
      outcome: inbox.outcome.bind(inbox),
      watch: inbox.watch.bind(inbox),
    },
    access: {
      ...access,
      audit: {
        append: (records) => timed('audit', () => audit.append(records)),
        last: audit.last.bind(audit),
        read: audit.read.bind(audit),
      },
    },
    journalTexts: backend.journalTexts.bind(backend),
    close: backend.close.bind(backend),
    ...(health === undefined ? {} : { health: health.bind(backend) }),
    ...(nodes === undefined ? {} : { nodes: nodes.bind(backend) }),
  };
}
