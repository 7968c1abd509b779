/** A store without a disk: for tests, and for runs that need not outlive the process. */
import { ContinuoError } from '../../core/errors.ts';
import type { Backend } from '../../ports/backend.ts';
import { MemoryBlobs } from './blobs.ts';
import { MemoryData } from './data.ts';
import { MemoryInbox } from './inbox.ts';
import { MemoryJournal } from './journal.ts';
import { MemoryLedger } from './ledger.ts';
import { MemoryMeters } from './meters.ts';
import { MemoryRuns } from './runs.ts';
import { journalTexts, MemoryMemos } from './texts.ts';
import { MemoryTopic } from './topic.ts';

export interface MemoryOptions {
  /** What an earlier backend kept, to go on with it: `memoryData()` makes an empty one. */
  readonly data?: MemoryData;
}

export function memoryData(): MemoryData {
  return new MemoryData();
}

export function openMemory(options: MemoryOptions = {}): Backend {
  const data = options.data ?? memoryData();
  let open = true;
  const mustBeOpen = (): void => {
    if (!open) throw new ContinuoError('ENGINE_CLOSED', 'this memory is closed');
  };
  return {
    name: 'memory',
    location: 'memory',
    journal: new MemoryJournal(data, mustBeOpen),
    runs: new MemoryRuns(data),
    plans: {
      save: async (hash, plan) => {
        mustBeOpen();
        if (!data.plans.has(hash)) data.plans.set(hash, plan);
      },
      load: async (hash) => data.plans.get(hash),
    },
    topic: new MemoryTopic(data, mustBeOpen),
    memos: new MemoryMemos(data),
    inbox: new MemoryInbox(data, mustBeOpen),
    blobs: new MemoryBlobs(data, mustBeOpen),
    ledger: new MemoryLedger(data, mustBeOpen),
    meters: new MemoryMeters(data, mustBeOpen),
    journalTexts: async (after, limit) => journalTexts(data, after, limit),
    close: async () => {
      open = false;
    },
  };
}
