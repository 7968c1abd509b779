/**
 * What nodes share besides the store, as one process reaches it: over the same slow wire.
 *
 * R1. A process that died takes nothing and says nothing, and what it had stays its own until the store takes it away.
 */
import type { MemoryNode } from '../../../src/backends/memory/index.ts';
import type { Backend } from '../../../src/ports/backend.ts';
import type { Directory, Exchange, Taken, Taking } from '../../../src/ports/exchange.ts';
import type { Fleet } from '../../../src/ports/fleet.ts';

export interface Wire {
  /** Asks for something that is far away. */
  readonly call: <T>(name: string, apply: () => Promise<T>) => Promise<T>;
  /** Lets something reach the process, as long as it lives. */
  readonly later: (happen: () => void) => void;
}

export interface Node {
  readonly near: MemoryNode;
  readonly parts: Required<Pick<Backend, 'fleet' | 'exchange' | 'directory'>>;
  /** The process is gone, and has told nobody. */
  die(): void;
}

export function reach(near: MemoryNode, wire: Wire): Node {
  const takings = new Set<Taking>();
  return {
    near,
    parts: {
      fleet: farFleet(near.fleet, wire),
      exchange: farExchange(near.exchange, wire, takings),
      directory: farDirectory(near.directory, wire),
    },
    die: () => {
      for (const taking of takings) taking.resize(0);
    },
  };
}

function farFleet(near: Fleet, { call, later }: Wire): Fleet {
  return {
    get node() {
      return near.node;
    },
    claim: (run) => call('fleet.claim', () => near.claim(run)),
    adopt: (limit, without) => call('fleet.adopt', () => near.adopt(limit, without)),
    release: (run) => call('fleet.release', () => near.release(run)),
    rejoin: () => call('fleet.rejoin', () => near.rejoin()),
    nodes: () => call('fleet.nodes', () => near.nodes()),
    leads: () => near.leads(),
    sure: () => near.sure(),
    describe: (how) => near.describe(how),
    watch: ({ gone, fenced }) =>
      near.watch({
        ...(gone === undefined ? {} : { gone: () => later(gone) }),
        ...(fenced === undefined ? {} : { fenced: () => later(fenced) }),
      }),
    exclusively: (key, work) => there(later, () => near.exclusively(key, () => there(later, work))),
  };
}

/** There and back: whoever dies on the way never comes back. */
function there<T>(later: Wire['later'], work: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    later(() => {
      work().then(
        (value) => later(() => resolve(value)),
        (error: unknown) => later(() => reject(error)),
      );
    });
  });
}

function farExchange(near: Exchange, { call, later }: Wire, takings: Set<Taking>): Exchange {
  /** An order in a process's hands: it hears of it, and of its end, by the wire. */
  const make = (taken: Taken, how: (taken: Taken) => Promise<void>): Promise<void> => {
    const stop = new AbortController();
    taken.signal.addEventListener('abort', () => later(() => stop.abort()), { once: true });
    return there(later, () => how({ ...taken, signal: stop.signal }));
  };
  return {
    send: (orders) => call('exchange.send', () => near.send(orders)),
    withdraw: (orders) => call('exchange.withdraw', () => near.withdraw(orders)),
    there: (orders) => call('exchange.there', () => near.there(orders)),
    limit: (agent, limits) => call('exchange.limit', () => near.limit(agent, limits)),
    depths: (agents) => call('exchange.depths', () => near.depths(agents)),
    take: (agent, atATime, how) => {
      const taking = near.take(agent, atATime, (taken) => make(taken, how));
      takings.add(taking);
      return { resize: (to) => taking.resize(to), stop: (deadline) => there(later, () => taking.stop(deadline)) };
    },
  };
}

function farDirectory(near: Directory, { call, later }: Wire): Directory {
  return {
    announce: (agents) => near.announce(agents),
    hosted: () => near.hosted(),
    refresh: () => call('directory.refresh', () => near.refresh()),
    watch: (changed) => near.watch(() => later(changed)),
  };
}
