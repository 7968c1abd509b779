/**
 * What every backend must do, as tests.
 *
 * ```ts
 * storageConformance('mine', (dir) => openMine({ dir }));
 * ```
 */
import { describe } from 'node:test';
import { accessConformance } from './storage/access.ts';
import { blobsConformance } from './storage/blobs.ts';
import { closingConformance } from './storage/closing.ts';
import { inboxConformance } from './storage/inbox.ts';
import { journalConformance } from './storage/journal.ts';
import { ledgerConformance } from './storage/ledger.ts';
import { metersConformance } from './storage/meters.ts';
import { removalConformance } from './storage/removal.ts';
import { runListConformance } from './storage/run-list.ts';
import { runsConformance } from './storage/runs.ts';
import { scoresConformance } from './storage/scores.ts';
import { storeTests } from './storage/store.ts';
import type { OpenStore } from './storage/store.ts';
import { textsConformance } from './storage/texts.ts';
import { togetherConformance } from './storage/together.ts';
import { topicConformance } from './storage/topic.ts';
import { viewsConformance } from './storage/views.ts';
import type { Backend } from '../../ports/backend.ts';

export interface StorageConformanceOptions {
  /** Changes what is stored under a blob's name: for backends whose blobs are not files. */
  readonly damage?: (backend: Backend, id: string) => Promise<void>;
}

/** `open` opens the backend on a directory that the kit makes; the same directory must hold the same data. */
export function storageConformance(name: string, open: OpenStore, options: StorageConformanceOptions = {}): void {
  describe(`storage conformance: ${name}`, { concurrency: 4 }, () => {
    const test = storeTests(open);
    describe('journal', () => journalConformance(test));
    describe('what becomes durable together', () => togetherConformance(test));
    describe('removal', () => removalConformance(test));
    describe('index of runs', () => {
      runsConformance(test);
      runListConformance(test);
    });
    describe('topic, memos and plans', () => topicConformance(test));
    describe('inbox', () => inboxConformance(test));
    describe('blobs', () => blobsConformance(test, options.damage));
    describe('ledger', () => {
      ledgerConformance(test);
      scoresConformance(test);
    });
    describe('views of the ledger', () => viewsConformance(test));
    describe('meters', () => metersConformance(test));
    describe('what a server keeps', () => accessConformance(test));
    describe('texts for blob collection', () => textsConformance(test));
    describe('closing', () => closingConformance(test));
  });
}
