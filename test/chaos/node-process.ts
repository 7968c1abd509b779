/**
 * A node as the driver has it: one process after another, each behind its own lines to Postgres and Redis.
 *
 * N1. A process that was ended, or found its store away when it opened, is followed by another.
 * N2. A process that ends by itself in any other way is a finding, and the last of its node.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Proxy } from '../servers/proxy.ts';
import { Calls, type Packet } from './calls.ts';
import { complaint, type Log } from './log.ts';
import type { Provider } from './provider.ts';
import type { Inside, NodeOrders, Outside } from './wire.ts';

export interface NodeParts {
  readonly id: string;
  readonly role: NodeOrders['role'];
  readonly agents: readonly string[];
  readonly lines: Readonly<Record<'postgres' | 'redis', Proxy>>;
  readonly blobs: string;
  readonly lease: number;
  readonly provider: Provider;
  readonly log: Log;
  readonly plant: string | undefined;
  /** Number of a new process, over all nodes. */
  readonly number: (name: string) => number;
  /** How far the clock of the next process is off. */
  readonly clock: () => number;
  /** A process came to an end that nobody had ordered. */
  readonly died: (node: string, why: string) => void;
}

interface Life {
  readonly name: string;
  readonly child: ChildProcess;
  readonly inside: Inside;
  readonly ready: Promise<void>;
  /** What the driver has done to end it. */
  ordered: boolean;
  isReady: boolean;
}

/** A process that could not open its store is followed after so long. */
const pause = 300;
/** A node that was asked to leave and is still there after so long is killed. */
const longestLeave = 20_000;

export class NodeProcess {
  readonly parts: NodeParts;
  #life: Life | undefined;
  #births = 0;
  #closed = false;

  constructor(parts: NodeParts) {
    this.parts = parts;
  }

  get id(): string {
    return this.parts.id;
  }

  /** What can be asked of it, where it is there and ready. */
  get inside(): Inside | undefined {
    return this.#life?.isReady === true ? this.#life.inside : undefined;
  }

  start(): void {
    if (this.#life !== undefined || this.#closed) return;
    const { id, role, agents, lines, blobs, lease, plant } = this.parts;
    const name = `${id}.${++this.#births}`;
    const orders: NodeOrders = {
      name,
      role,
      agents,
      postgres: `postgres://continuo@127.0.0.1:${lines.postgres.port}/postgres`,
      redis: `redis://127.0.0.1:${lines.redis.port}`,
      blobs,
      lease,
      clock: this.parts.clock(),
    };
    const child = fork(join(import.meta.dirname, 'node.ts'), [JSON.stringify(orders)], {
      execArgv: [
        '--conditions=@continuo/source',
        '--disable-warning=ExperimentalWarning',
        ...(plant === undefined ? [] : [`--import=${new URL('plant.ts', import.meta.url).href}`]),
      ],
      env: { ...process.env, ...(plant === undefined ? {} : { CONTINUO_PLANT: plant }) },
      stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
      // As it is, with what is undefined in it.
      serialization: 'advanced',
    });
    this.#watch(name, child, orders.clock);
  }

  #watch(name: string, child: ChildProcess, clock: number): void {
    const { provider, log } = this.parts;
    const incarnation = this.parts.number(name);
    const came = Promise.withResolvers<void>();
    const outside: Outside = {
      begin: async (actor) => {
        provider.write(incarnation, { is: 'began', ...actor });
        await provider.takeTime();
      },
      act: async (actor, deed, thing, due) => {
        const count = provider.act(incarnation, actor, deed, thing, due);
        await provider.takeTime();
        return count;
      },
      charges: async (key, thing) => provider.charges(key, thing),
      write: async (entry) => provider.write(incarnation, entry),
      ready: async () => {
        life.isReady = true;
        log.add(`is ready as ${name}${clock === 0 ? '' : `, its clock off by ${clock} ms`}`, this.id);
        came.resolve();
      },
      told: async (text) => log.add(`${complaint}${text}`, this.id),
    };
    const calls = new Calls<Inside>(
      {
        post: (packet) => void (child.connected && child.send(packet, () => undefined)),
        // node.ts posts nothing else.
        hear: (take) => void child.on('message', (packet) => take(packet as Packet)),
      },
      outside,
    );
    const life: Life = { name, child, inside: calls.theirs, ready: came.promise, ordered: false, isReady: false };
    this.#life = life;
    let said = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (said = `${said}${text}`.slice(-4000)));
    child.once('close', (code, signal) => {
      calls.end(new Error(`${name} is gone`));
      came.resolve();
      if (this.#life === life) this.#life = undefined;
      this.#ended(life, `${code ?? signal}`, said.trim());
    });
  }

  /** N1, N2 */
  #ended(life: Life, how: string, said: string): void {
    const { log, died } = this.parts;
    if (life.ordered) return;
    const away = !life.isReady && /STORE_(FAILED|FULL|UNREACHABLE)/.test(said);
    const why = said.split('\n').find((line) => line.includes('Error')) ?? said;
    log.add(`${life.name} ended by itself with ${how}${why === '' ? '' : `: ${why}`}`, this.id);
    if (away) {
      setTimeout(() => this.start(), pause).unref();
      return;
    }
    this.#closed = true;
    died(this.id, `${life.name} ended by itself with ${how}:\n${said}`);
  }

  /** SIGKILL; another one comes after so long. */
  async kill(comesBackAfter: number): Promise<void> {
    await this.#end('SIGKILL');
    await this.#rest(comesBackAfter);
  }

  /** SIGTERM: whether it left in time. */
  async leave(comesBackAfter: number): Promise<boolean> {
    const inTime = await this.#end('SIGTERM');
    await this.#rest(comesBackAfter);
    return inTime;
  }

  /** Stands still for so long, and goes on as if nothing had been. */
  async stop(howLong: number): Promise<void> {
    const child = this.#life?.child;
    child?.kill('SIGSTOP');
    await new Promise((resolve) => setTimeout(resolve, howLong));
    child?.kill('SIGCONT');
  }

  async #end(signal: NodeJS.Signals): Promise<boolean> {
    const life = this.#life;
    if (life === undefined) return true;
    life.ordered = true;
    life.isReady = false;
    const gone = once(life.child, 'close');
    let inTime = true;
    const late = setTimeout(() => {
      inTime = false;
      life.child.kill('SIGKILL');
    }, longestLeave);
    life.child.kill(signal);
    await gone;
    clearTimeout(late);
    return inTime;
  }

  async #rest(howLong: number): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, howLong));
    this.start();
  }

  /** Resolves when a process of it is ready. */
  async up(): Promise<void> {
    while (!this.#closed && this.inside === undefined) {
      this.start();
      await this.#life?.ready;
      if (this.inside === undefined) await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }

  /** Leaves in order, and stays away. */
  async retire(): Promise<boolean> {
    this.#closed = true;
    return this.#end('SIGTERM');
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#end('SIGKILL');
  }
}
