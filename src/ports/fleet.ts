/**
 * What several engines on one store need of each other. A store that one engine holds
 * alone has none of this.
 */
import type { RunRecord } from './journal.ts';

/** A node as the store knows it. Instants are the store's own clock: nodes' clocks may be apart. */
export interface NodeRecord {
  readonly node: string;
  /** What kind of process it is: `engine` has runs of its own, `worker` only makes attempts. */
  readonly role: 'engine' | 'worker';
  /** Host and process, for people. */
  readonly name: string;
  readonly joinedAt: number;
  /** Until when it is taken to live, if it is not heard of again. */
  readonly livesUntil: number;
  /** When this was read. */
  readonly asOf: number;
  /** When the oldest attempt began that it is still at, by its own clock. */
  readonly oldestAttempt?: number;
}

export interface FleetWatch {
  /** Nodes have gone: there may be runs to adopt. Called once soon after the watch begins, too. */
  readonly gone?: () => void;
  /** This node was taken for dead: nothing that it has in hand counts any more, and `node` lives no longer. */
  readonly fenced?: () => void;
}

/**
 * F1. A run belongs to the node that its record names, for as long as that node lives. A run begins as its
 *     starter's. Nothing is appended to a run by a node that it does not belong to (RUN_ELSEWHERE), nor by one that
 *     does not live any more (NODE_FENCED), however late its write arrives.
 * F2. A node lives while it renews its lease; whether it does is judged by the store's clock, and by nobody who was
 *     cut off from the store himself a moment ago.
 * F3. A run and the runs that it called, down to the last, are a family: they belong to one node. (A run without a
 *     parent begins one.) They change hands together.
 * F4. `claim` and `adopt` take families whose node is gone, and no others; of two that ask at once, one gets it.
 * F5. With a fleet, `Runs.due` and `Runs.nextWake` speak of this node's own runs, and `Inbox.pending` of messages to
 *     this node's runs and to runs whose node is gone.
 */
export interface Fleet {
  /** This process's name among the nodes. Another one after `rejoin`. */
  readonly node: string;
  /**
   * Makes the run this node's if its own is gone, whether or not it has ended. Its family comes with it: `gone` is called,
   * and the next `adopt` answers with its unfinished runs.
   */
  claim(run: string): Promise<'mine' | 'elsewhere' | 'unknown'>;
  /**
   * Makes at most `limit` families this node's that have unfinished runs and whose node is gone, leaving alone those in
   * which a run goes by one of these plans; answers with their unfinished runs, oldest first. With them come those of
   * families that became this node's, and of which it was not told: because one of their runs was claimed, or because
   * the answer of the time before was lost.
   */
  adopt(limit: number, without: readonly string[]): Promise<readonly RunRecord[]>;
  /** Gives the run's family up: as if its node were gone. */
  release(run: string): Promise<void>;
  /** Under a lock that one node has at a time, whoever dies meanwhile. */
  exclusively<T>(key: string, work: () => Promise<T>): Promise<T>;
  /** Nodes that live, oldest first. */
  nodes(): Promise<readonly NodeRecord[]>;
  /** Whether this is the oldest engine that lives, as far as it was told: what is enough done once is this node's duty. */
  leads(): boolean;
  /**
   * Whether this node is surely not taken for dead, as far as its own steady clock tells: it has renewed its lease less
   * than a lease ago. Whoever was stopped in between learns it here first, and begins nothing before he knows.
   */
  sure(): boolean;
  watch(watch: FleetWatch): () => void;
  /** Under a new name, after it was fenced. */
  rejoin(): Promise<void>;
  /** What is told of this node with its signs of life. */
  describe(how: () => Pick<NodeRecord, 'oldestAttempt'>): void;
}
