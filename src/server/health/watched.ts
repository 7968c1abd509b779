/** What the health routes look at, and what they say of it. */
import type { AgentStatus } from '../../engine/registry.ts';
import type { Backend } from '../../ports/backend.ts';
import type { PartHealth } from '../../ports/exchange.ts';
import type { NodeRecord } from '../../ports/fleet.ts';

/** A process that works: an engine with runs of its own, or a worker that makes attempts for others. */
export interface Watched {
  readonly role: 'engine' | 'worker';
  readonly version: string;
  /** Host and process, for people. */
  readonly name: string;
  readonly startedAt: number;
  readonly backend: Backend;
  agents(): readonly AgentStatus[];
  /** Whether it was told to end, and takes nothing new. */
  draining(): boolean;
}

/** An agent as this process and the fleet have it. */
export interface AgentRow {
  readonly id: string;
  /** As this process hosts it. */
  readonly here?: AgentStatus;
  /** Nodes that host it, as far as the directory knows. */
  readonly nodes: readonly string[];
  /** Orders in the queue of the fleet, and those that somebody makes. */
  readonly waiting?: number;
  readonly inHand?: number;
}

export interface NodeRow extends NodeRecord {
  readonly hosts: readonly string[];
}

/** What only the servers know, as it was when they were last heard. */
export interface FleetView {
  readonly nodes: readonly NodeRow[];
  readonly agents: readonly Omit<AgentRow, 'here'>[];
  /** What could not be asked, and why. */
  readonly unheard: readonly string[];
}

export type Standing = 'ready' | 'not ready' | 'draining';

export interface Readiness {
  readonly is: Standing;
  /** Why it takes no work; empty when it does. */
  readonly reasons: readonly string[];
}

export interface Status extends Readiness {
  /** Its name among the nodes; absent where the store is its own. */
  readonly node?: string;
  readonly name: string;
  readonly role: 'engine' | 'worker';
  readonly version: string;
  readonly startedAt: number;
  readonly now: number;
  readonly store: { readonly name: string; readonly location: string };
  readonly parts: readonly PartHealth[];
  /** What it cannot do while parts are away, and what goes on. */
  readonly hindered: readonly string[];
  /** Attempts that agents of this process are at. */
  readonly inHand: number;
  /** By how many milliseconds the event loop was late at worst, of late. */
  readonly lateness: number;
  readonly agents: readonly AgentRow[];
  readonly nodes: readonly NodeRow[];
  readonly unheard: readonly string[];
}
