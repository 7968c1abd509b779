/**
 * Who hosts which agents.
 *
 * D1. What a node says holds until its lease is over, and it says it again with every beat. A notice goes by the
 *     node's present name alone.
 */
import type { AgentNotice, Directory, Hosted } from '../../../ports/exchange.ts';
import type { Pulse } from '../fleet/pulse.ts';
import { tell } from './carrier.ts';
import type { Carrier } from './carrier.ts';

export class MemoryDirectory implements Directory {
  readonly #carrier: Carrier;
  readonly #pulse: Pulse;
  readonly #nodeNow: () => string;
  readonly #watchers = new Set<() => void>();
  readonly #hear = (): void => this.#look();
  #node: string;
  #mine: readonly AgentNotice[] | undefined;
  #hosted: ReadonlyMap<string, Hosted> = new Map();

  constructor(carrier: Carrier, pulse: Pulse, nodeNow: () => string) {
    this.#carrier = carrier;
    this.#pulse = pulse;
    this.#nodeNow = nodeNow;
    this.#node = nodeNow();
    carrier.onlookers.add(this.#hear);
    pulse.onBeat(() => {
      this.#say();
      this.#look();
    });
    this.#look();
  }

  announce(agents: readonly AgentNotice[]): void {
    this.#mine = structuredClone(agents);
    this.#say();
    tell(this.#carrier.onlookers);
  }

  hosted(): ReadonlyMap<string, Hosted> {
    return this.#hosted;
  }

  async refresh(): Promise<void> {
    this.#look();
  }

  watch(changed: () => void): () => void {
    const watcher = (): void => {
      if (this.#watchers.has(watcher)) changed();
    };
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  }

  close(): void {
    this.#carrier.onlookers.delete(this.#hear);
    this.#watchers.clear();
    this.#carrier.notices.delete(this.#node);
    tell(this.#carrier.onlookers);
  }

  #say(): void {
    if (this.#mine === undefined || this.#carrier.isAway) return;
    this.#carrier.notices.delete(this.#node);
    this.#node = this.#nodeNow();
    this.#carrier.notices.set(this.#node, { agents: this.#mine, until: this.#pulse.until });
  }

  #look(): void {
    const before = JSON.stringify([...this.#hosted]);
    this.#hosted = this.#carrier.isAway ? new Map() : hostedBy(this.#carrier, this.#pulse.clock.now());
    if (JSON.stringify([...this.#hosted]) !== before) tell(this.#watchers);
  }
}

/** Room adds up; the rest is as the node says that comes first by name, so that all see the same. */
function hostedBy({ notices }: Carrier, now: number): ReadonlyMap<string, Hosted> {
  const hosted = new Map<string, Hosted>();
  const living = [...notices].filter(([, { until }]) => until > now).sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [node, { agents }] of living)
    for (const notice of agents) {
      const known = hosted.get(notice.id);
      const all = known === undefined ? { ...notice, nodes: [node] } : more(known, node, notice.room);
      hosted.set(notice.id, all);
    }
  return hosted;
}

function more(hosted: Hosted, node: string, room: number): Hosted {
  return { ...hosted, nodes: [...hosted.nodes, node], room: hosted.room + room };
}
