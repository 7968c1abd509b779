/** The servers, the lines to them, and the nodes. */
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { Chance } from '../sim/chance.ts';
import { makeFolder, removeFolder } from '../servers/own-folder.ts';
import { startPostgres, type PostgresServer } from '../servers/postgres.ts';
import { Proxy } from '../servers/proxy.ts';
import { startRedis, type RedisServer } from '../servers/redis.ts';
import type { Fault, Nodes } from './faults.ts';
import type { Log } from './log.ts';
import { NodeProcess } from './node-process.ts';
import type { Provider } from './provider.ts';
import { Witness } from './witness.ts';

export interface StageOptions {
  readonly engines: number;
  readonly workers: number;
  readonly lease: number;
  readonly seed: number;
  readonly plant: string | undefined;
  readonly died: (node: string, why: string) => void;
}

const blobsIn = (folder: string): string => join(folder, 'blobs');

/** What everybody can do, and what one kind of node alone can: work must cross. Two can do what the workers can. */
const ofEngines = ['adder', 'booker', 'counter'];
const ofWorkers = ['adder', 'shaky', 'recorder', 'studio', 'spender', 'scholar', 'printer', 'counter'];

/** So far are clocks apart at most, in milliseconds. */
const clocksApart = 2000;
/** By so much a slow line delays. */
const slowBy = 150;

export class Stage {
  readonly nodes: ReadonlyMap<string, NodeProcess>;
  readonly postgres: PostgresServer;
  readonly redis: RedisServer;
  readonly witness: Witness;
  readonly folder: string;
  /** Names of processes, by their number. */
  readonly names: string[];
  readonly #log: Log;
  /** Whoever has to do with one of these waits until the one before has done. */
  readonly #hands = new Map<string, Promise<void>>();

  private constructor(parts: Pick<Stage, 'nodes' | 'postgres' | 'redis' | 'witness' | 'folder' | 'names'>, log: Log) {
    this.nodes = parts.nodes;
    this.postgres = parts.postgres;
    this.redis = parts.redis;
    this.witness = parts.witness;
    this.folder = parts.folder;
    this.names = parts.names;
    this.#log = log;
  }

  static async set(options: StageOptions, provider: Provider, log: Log): Promise<Stage> {
    const [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
    const folder = makeFolder('chaos');
    const chance = new Chance(`clocks ${options.seed}`);
    const names: string[] = [];
    const node = async (id: string, role: 'engine' | 'worker'): Promise<NodeProcess> =>
      new NodeProcess({
        id,
        role,
        agents: role === 'engine' ? ofEngines : ofWorkers,
        lines: { postgres: await Proxy.before(postgres.port), redis: await Proxy.before(redis.port) },
        blobs: blobsIn(folder),
        lease: options.lease,
        provider,
        log,
        plant: options.plant,
        number: (name) => names.push(name) - 1,
        clock: () => chance.below(2 * clocksApart) - clocksApart,
        died: options.died,
      });
    const ids = (letter: string, count: number): string[] => Array.from({ length: count }, (_, place) => `${letter}${place + 1}`);
    const all = await Promise.all([
      ...ids('e', options.engines).map((id) => node(id, 'engine')),
      ...ids('w', options.workers).map((id) => node(id, 'worker')),
    ]);
    const witness = new Witness(postgres.url);
    return new Stage({ nodes: new Map(all.map((one) => [one.id, one])), postgres, redis, witness, folder, names }, log);
  }

  get blobs(): string {
    return blobsIn(this.folder);
  }

  get ids(): Nodes {
    const of = (role: string): string[] => [...this.nodes.values()].filter(({ parts }) => parts.role === role).map(({ id }) => id);
    return { engines: of('engine'), workers: of('worker') };
  }

  /** The first engine makes the schema; then the witness takes its place, before anybody does anything. */
  async open(): Promise<void> {
    const [first, ...others] = this.nodes.values();
    await first?.up();
    if (first?.inside === undefined) return;
    await this.witness.sit();
    await Promise.all(others.map((node) => node.up()));
  }

  /** Resolves when it is over. */
  async strike(fault: Fault): Promise<void> {
    const on = struckBy(fault);
    const mine = (this.#hands.get(on) ?? Promise.resolve()).then(() => this.#strike(fault));
    this.#hands.set(
      on,
      mine.catch(() => undefined),
    );
    await mine;
  }

  async #strike(fault: Fault): Promise<void> {
    this.#log.add(told(fault), 'node' in fault ? fault.node : undefined);
    switch (fault.is) {
      case 'killed':
        return this.#node(fault.node).kill(fault.back);
      case 'asked to leave': {
        if (!(await this.#node(fault.node).leave(fault.back))) this.#log.add('did not leave in time, and was killed', fault.node);
        return;
      }
      case 'stopped':
        return this.#node(fault.node).stop(fault.for);
      case 'redis killed':
      case 'postgres killed': {
        const server = fault.is === 'redis killed' ? this.redis : this.postgres;
        await server.kill();
        await sleep(fault.for);
        return server.start();
      }
      case 'redis emptied':
        return this.#empty();
      case 'connections ended':
        return this.witness.endConnections();
      case 'line':
        return this.#spoil(fault);
      case 'line broken': {
        const line = this.#node(fault.node).parts.lines[fault.to];
        return fault.how === 'cut' ? line.cut() : line.halfClose();
      }
    }
  }

  async #spoil(fault: Extract<Fault, { is: 'line' }>): Promise<void> {
    const line = this.#node(fault.node).parts.lines[fault.to];
    if (fault.goes === 'slow') line.delay(slowBy);
    else if (fault.goes === 'silent') line.hold();
    else line.refuse();
    await sleep(fault.for);
    line.calm();
  }

  async #empty(): Promise<void> {
    const client = new Redis(this.redis.url, { maxRetriesPerRequest: 20 });
    client.on('error', () => undefined);
    try {
      await client.flushall();
    } finally {
      client.disconnect();
    }
  }

  #node(id: string): NodeProcess {
    const node = this.nodes.get(id);
    if (node === undefined) throw new RangeError(`there is no node ${id}`);
    return node;
  }

  /** The node of this process is gone for good. */
  async lose(process: string): Promise<void> {
    const node = this.#node(process.split('.')[0] ?? process);
    this.#log.add('is killed, and never comes back', node.id);
    await node.close();
  }

  /** Everything that was struck is well again. */
  async mend(): Promise<void> {
    for (const { parts } of this.nodes.values()) for (const line of Object.values(parts.lines)) line.calm();
    await Promise.all([...this.nodes.values()].map((node) => node.up()));
  }

  async clear(): Promise<void> {
    await Promise.all([...this.nodes.values()].map((node) => node.close()));
    for (const { parts } of this.nodes.values()) for (const line of Object.values(parts.lines)) await line.close();
    await Promise.all([this.postgres.stop(), this.redis.stop()]);
    removeFolder(this.folder);
  }
}

const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** The node, line or server that it is about. */
function struckBy(fault: Fault): string {
  if ('to' in fault) return `${fault.node} ${fault.to}`;
  if ('node' in fault) return fault.node;
  return fault.is.startsWith('redis') ? 'redis' : 'postgres';
}

function told(fault: Fault): string {
  const howLong = 'for' in fault ? ` for ${fault.for} ms` : '';
  if (fault.is === 'line') return `its line to ${fault.to} is ${fault.goes}${howLong}`;
  if (fault.is === 'line broken') return `its line to ${fault.to} is ${fault.how}`;
  if ('back' in fault) return `is ${fault.is}, and comes back after ${fault.back} ms`;
  return `${'node' in fault ? 'is ' : ''}${fault.is}${howLong}`;
}
