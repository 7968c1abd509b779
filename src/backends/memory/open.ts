/** A store without a disk: for tests, and for runs that need not outlive the process. */
import { ContinuoError } from '../../core/errors.ts';
import type { Backend } from '../../ports/backend.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Directory, Exchange, Live } from '../../ports/exchange.ts';
import type { Fleet } from '../../ports/fleet.ts';
import { memoryAccess } from './access.ts';
import { MemoryBlobs } from './blobs.ts';
import { MemoryDirectory } from './carrier/directory.ts';
import { MemoryExchange } from './carrier/exchange.ts';
import { MemoryLive } from './carrier/live.ts';
import { MemoryData } from './data.ts';
import { MemoryFleet } from './fleet/fleet.ts';
import type { MemoryFleetOptions } from './fleet/fleet.ts';
import { Pulse } from './fleet/pulse.ts';
import { MemoryInbox } from './inbox.ts';
import { MemoryJournal } from './journal.ts';
import { MemoryLedger } from './ledger.ts';
import { MemoryMeters } from './meters.ts';
import { MemoryRuns } from './runs.ts';
import { journalTexts, MemoryMemos } from './texts.ts';
import { MemoryTopic } from './topic.ts';

/** One of several nodes on the same data. */
export interface MemoryNodeOptions extends MemoryFleetOptions {
  /** The clock of the store, which all nodes share: the engine's own may go wrong. */
  readonly clock: Clock;
  /** How long the node may be silent, in milliseconds; 15 s when absent. */
  readonly lease?: number;
}

export interface MemoryOptions {
  /** What an earlier backend kept, to go on with it: `memoryData()` makes an empty one. */
  readonly data?: MemoryData;
  /** Makes this a node beside others; without it the store is one engine's alone. */
  readonly fleet?: MemoryNodeOptions;
}

/** A memory that others share. */
export interface MemoryNode extends Backend {
  readonly fleet: Fleet;
  readonly exchange: Exchange;
  readonly directory: Directory;
  readonly live: Live;
  /** The node gives no sign of life until the answer is called; all the rest of it goes on. */
  fallSilent(): () => void;
}

export function memoryData(): MemoryData {
  return new MemoryData();
}

export function openMemory(options: MemoryOptions & { readonly fleet: MemoryNodeOptions }): MemoryNode;
export function openMemory(options?: MemoryOptions): Backend;
export function openMemory(options: MemoryOptions = {}): Backend {
  const data = options.data ?? memoryData();
  let open = true;
  const mustBeOpen = (): void => {
    if (!open) throw new ContinuoError('ENGINE_CLOSED', 'this memory is closed');
  };
  const node = options.fleet === undefined ? undefined : openNode(data, mustBeOpen, options.fleet);
  return {
    name: 'memory',
    location: 'memory',
    journal: new MemoryJournal(data, mustBeOpen, node?.parts.fleet),
    runs: new MemoryRuns(data, node?.parts.fleet),
    plans: {
      save: async (hash, plan) => {
        mustBeOpen();
        if (!data.plans.has(hash)) data.plans.set(hash, plan);
      },
      load: async (hash) => data.plans.get(hash),
    },
    topic: new MemoryTopic(data, mustBeOpen),
    memos: new MemoryMemos(data),
    inbox: new MemoryInbox(data, mustBeOpen, node?.parts.fleet),
    blobs: new MemoryBlobs(data, mustBeOpen),
    ledger: new MemoryLedger(data, mustBeOpen),
    meters: new MemoryMeters(data, mustBeOpen),
    access: memoryAccess(data, mustBeOpen),
    journalTexts: async (after, limit) => journalTexts(data, after, limit),
    ...node?.parts,
    ...(node === undefined ? {} : { nodes: () => node.parts.fleet.nodes() }),
    close: async () => {
      if (open) node?.close();
      open = false;
    },
  };
}

interface Parts extends Pick<MemoryNode, 'exchange' | 'directory' | 'live' | 'fallSilent'> {
  readonly fleet: MemoryFleet;
}

function openNode(data: MemoryData, mustBeOpen: () => void, options: MemoryNodeOptions): { readonly parts: Parts; close(): void } {
  const pulse = new Pulse(options.clock, options.lease ?? 15_000);
  const fleet = new MemoryFleet(data, pulse, mustBeOpen, options);
  const exchange = new MemoryExchange(data.carrier, pulse, mustBeOpen);
  const directory = new MemoryDirectory(data.carrier, pulse, () => fleet.node);
  const live = new MemoryLive(data.carrier, options.clock);
  return {
    parts: { fleet, exchange, directory, live, fallSilent: () => pulse.fallSilent() },
    close: () => {
      pulse.end();
      for (const part of [exchange, directory, live, fleet]) part.close();
    },
  };
}
