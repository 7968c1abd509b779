/**
 * What the memory backend keeps: plain tables, without rules.
 *
 * D1. Whatever came from outside is kept as text or as a copy of its bytes, so that
 *     what is read is what JSON keeps, and nobody's later change reaches it.
 * D2. Numbers are given once and never again: who pages by them misses nothing.
 */
import type { Status } from '../../core/run/state.ts';
import { Buckets } from '../../core/buckets.ts';
import type { Level } from '../../core/meters.ts';
import type { AuditRecord, KeyRecord, SubmittedPlan } from '../../ports/access.ts';
import type { NodeRecord } from '../../ports/fleet.ts';
import type { RunRecord } from '../../ports/journal.ts';
import type { CachedAnswer, FeedbackRecord, InferenceRecord } from '../../ports/ledger.ts';
import { Carrier } from './carrier/carrier.ts';

export interface StoredEntry {
  readonly id: number;
  readonly seq: number;
  readonly n: number;
  readonly at: number;
  /** JSON text of the list of events. */
  readonly events: string;
}

export interface StoredSnapshot {
  readonly id: number;
  readonly seq: number;
  readonly state: string;
}

export interface StoredRun {
  readonly id: number;
  /** JSON text of the record … */
  readonly json: string;
  /** … and the record as it comes out of it, for filters alone. */
  readonly record: RunRecord;
  readonly entries: StoredEntry[];
  readonly snapshot: StoredSnapshot | undefined;
  /** Whose it is, where there are nodes … */
  readonly node: string | undefined;
  /** … together with all runs of the same family: the run that was called by none. */
  readonly family: string;
}

export interface StoredEmission {
  readonly id: number;
  readonly run: string;
  readonly project: string;
  readonly name: string;
  readonly data: string;
  readonly at: number;
}

export interface StoredMemo {
  readonly id: number;
  readonly value: string;
}

export interface StoredMessage {
  readonly id: number;
  readonly run: string;
  readonly command: string;
  readonly at: number;
  readonly unasked: boolean;
  /** The inbox by which it came. */
  readonly from: object;
  readonly outcome: { readonly is: 'waiting' } | { readonly is: 'done' } | { readonly is: 'refused'; readonly error: string };
}

export interface StoredBlob {
  readonly bytes: Uint8Array;
  readonly type: string;
  readonly touchedAt: number;
}

/** Who has a lock, and who is next. */
export interface StoredLock {
  readonly holder: string;
  readonly waiting: { readonly node: string; readonly enter: () => void }[];
}

/** Whoever wants to hear that a message came, or that one of his own was answered. */
export interface InboxWatcher {
  readonly inbox: object;
  readonly hears: (run: string) => boolean;
  readonly tell: () => void;
}

export class MemoryData {
  readonly runs: Map<string, StoredRun> = new Map();
  /** Run by project and idempotency key. */
  readonly keys: Map<string, string> = new Map();
  readonly plans: Map<string, string> = new Map();
  readonly topic: StoredEmission[] = [];
  readonly cursors: Map<string, number> = new Map();
  /** By project and key. */
  readonly memos: Map<string, StoredMemo> = new Map();
  readonly inbox: Map<string, StoredMessage> = new Map();
  readonly blobs: Map<string, StoredBlob> = new Map();
  /** By id, in the order of arrival. */
  readonly inferences: Map<string, InferenceRecord> = new Map();
  readonly feedback: Map<string, FeedbackRecord> = new Map();
  /** By project and key. */
  readonly answers: Map<string, CachedAnswer> = new Map();
  readonly meters: Map<string, Level> = new Map();
  readonly accessKeys: Map<string, KeyRecord> = new Map();
  readonly audit: AuditRecord[] = [];
  readonly submittedPlans: Map<string, SubmittedPlan> = new Map();
  readonly grants: Map<string, ReadonlySet<string>> = new Map();
  readonly nonces: Map<string, number> = new Map();
  readonly buckets: Buckets = new Buckets();
  readonly watchers: Set<InboxWatcher> = new Set();
  /** Nodes that live, in the order in which they joined, … */
  readonly nodes: Map<string, Omit<NodeRecord, 'asOf'>> = new Map();
  /** … every name that one ever had, … */
  readonly nodeNames: Set<string> = new Set();
  /** … and who wants to hear that one has gone. */
  readonly departures: Set<() => void> = new Set();
  readonly locks: Map<string, StoredLock> = new Map();
  readonly carrier: Carrier = new Carrier();
  #last = 0;

  number(): number {
    return ++this.#last;
  }
}

/** One key for two names, whatever characters they have. */
export function pair(project: string, key: string): string {
  return JSON.stringify([project, key]);
}

export function isLive(status: Status): boolean {
  return status === 'running' || status === 'waiting' || status === 'paused';
}
