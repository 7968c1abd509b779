import type { Access } from './access.ts';
import type { Blobs } from './blobs.ts';
import type { Directory, Exchange, Live, PartHealth } from './exchange.ts';
import type { Fleet, NodeRecord } from './fleet.ts';
import type { Inbox, Journal, Memos, Plans, Runs, Topic } from './journal.ts';
import type { Ledger, Meters } from './ledger.ts';

/** What keeps everything. One conformance suite (testing/conformance/) holds for all. */
export interface Backend {
  readonly name: string;
  /** Where it is, in words: for messages. */
  readonly location: string;
  readonly journal: Journal;
  readonly runs: Runs;
  readonly plans: Plans;
  readonly topic: Topic;
  readonly memos: Memos;
  readonly inbox: Inbox;
  readonly blobs: Blobs;
  readonly ledger: Ledger;
  readonly meters: Meters;
  /** What a server on it keeps besides runs. */
  readonly access: Access;
  /** Every page of journal text (events and snapshots), for blob collection. */
  journalTexts(after: number, limit: number): Promise<readonly { readonly id: number; readonly text: string }[]>;
  /** Where several nodes share the store. */
  readonly fleet?: Fleet;
  /** Nodes that live, oldest first: also for who is none himself. */
  readonly nodes?: () => Promise<readonly NodeRecord[]>;
  /** Where attempts can be made on other nodes. */
  readonly exchange?: Exchange;
  readonly directory?: Directory;
  readonly live?: Live;
  /** How the parts are that it stands on. */
  readonly health?: () => readonly PartHealth[];
  /** Finishes what was accepted and lets go of the store. */
  close(): Promise<void>;
}
