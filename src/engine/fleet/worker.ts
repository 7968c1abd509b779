/**
 * A node without runs of its own: it makes attempts for others.
 *
 * W1. It decides nothing. What its attempts have to say goes to the nodes that have their runs, and is kept and told
 *     again for as long as the store is away.
 * W2. When it goes, what it has in hand is finished or handed back.
 */
import { ContinuoError, faultOf } from '../../core/errors.ts';
import type { Connections } from '../../ports/agent.ts';
import type { Backend } from '../../ports/backend.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Isolation } from '../../ports/isolation.ts';
import type { Telemetry } from '../../ports/telemetry.ts';
import { Bus } from '../bus.ts';
import { Dispatcher, type Limits } from '../dispatcher.ts';
import { furnish } from '../furnish.ts';
import { Payloads } from '../payloads.ts';
import { Registry, type AgentStatus, type AttemptEnd } from '../registry.ts';
import { randomId } from '../starting.ts';
import { Workshop } from '../workshop.ts';
import { broadcast } from './broadcast.ts';
import { Correspondence } from './correspondence.ts';
import { Takers } from './takers.ts';

export interface WorkerParts {
  readonly backend: Backend;
  readonly clock: Clock;
  readonly isolation: Isolation;
  readonly agents: readonly unknown[];
  readonly limits?: Limits;
  readonly connections?: Connections;
  readonly telemetry?: Telemetry;
}

export class Worker {
  readonly bus: Bus = new Bus();
  readonly backend: Backend;
  readonly #clock: Clock;
  readonly #isolation: Isolation;
  readonly #connections: Connections;
  readonly #telemetry: Telemetry | undefined;
  readonly #registry = new Registry();
  readonly #dispatcher: Dispatcher;
  readonly #workshop: Workshop;
  readonly #correspondence: Correspondence;
  readonly #takers: Takers;
  readonly #unwatch: (() => void) | undefined;
  #state: 'working' | 'draining' | 'closed' = 'working';

  constructor({ backend, clock, isolation, agents, limits = {}, connections = {}, telemetry }: WorkerParts) {
    const { exchange, directory, inbox, live, fleet } = backend;
    if (exchange === undefined || directory === undefined)
      throw new ContinuoError('USAGE', `a worker needs a store that several nodes share, and ${backend.name} is one engine's alone`);
    this.backend = backend;
    this.#clock = clock;
    this.#isolation = isolation;
    this.#connections = connections;
    this.#telemetry = telemetry;
    const payloads = new Payloads(backend.blobs, () => clock.now());
    const told = (error: unknown): void => this.#fault(error);
    const parts = furnish({
      backend,
      clock,
      isolation,
      connections,
      telemetry,
      payloads,
      bus: this.bus,
      newId: randomId,
      closed: () => this.#state === 'closed',
      stalled: (error, run) => this.bus.fault({ runId: run, error: faultOf(error) }, 'engine:stalled'),
    });
    this.#workshop = new Workshop(parts, this.#registry, this.bus, () => undefined);
    this.#dispatcher = new Dispatcher(this.#registry, clock, limits, (held, agent, done) => void this.#workshop.make(held, agent, done));
    this.#correspondence = new Correspondence(inbox, clock, randomId, told);
    const { concurrency } = limits;
    const open = payloads.open.bind(payloads);
    this.#takers = new Takers({ exchange, directory, dispatcher: this.#dispatcher, owner: this.#correspondence, open, concurrency, told });
    fleet?.describe(() => (this.#workshop.oldestAttempt === undefined ? {} : { oldestAttempt: this.#workshop.oldestAttempt }));
    this.#unwatch = fleet?.watch({ fenced: () => void this.#rejoin() });
    if (live !== undefined) broadcast(this.bus, live);
    for (const one of agents) this.#registry.register(one);
    this.#takers.host(this.#registry.all().map(({ definition }) => definition));
  }

  /** Its name among the nodes. */
  get node(): string {
    return this.backend.fleet?.node ?? this.backend.name;
  }

  get inHand(): number {
    return this.#takers.inHand;
  }

  get draining(): boolean {
    return this.#state !== 'working';
  }

  agents(): readonly AgentStatus[] {
    return this.#registry.all().map((one) => this.#registry.status(one, this.#clock.now()));
  }

  /** Calls back at the end of each attempt that was made here. */
  onAttempt(listener: (end: AttemptEnd) => void): () => void {
    return this.#registry.hear(listener);
  }

  /** Takes nothing more; what is in hand is finished until the deadline (in milliseconds from now), and then handed back. */
  async drain(deadline: number): Promise<'finished' | 'handed back'> {
    if (this.#state === 'working') this.#state = 'draining';
    await this.#takers.stop(deadline);
    const left = this.#takers.inHand;
    await this.#takers.handBack();
    return left === 0 ? 'finished' : 'handed back';
  }

  /** Lets go of everything; what was in hand is made by others. */
  async close(): Promise<void> {
    if (this.#state === 'closed') return;
    await this.drain(0);
    this.#state = 'closed';
    this.#unwatch?.();
    this.#dispatcher.close();
    this.#workshop.close();
    this.#correspondence.close(new ContinuoError('ENGINE_CLOSED', 'the worker was closed'));
    await this.#isolation.close();
    await this.#connections.gateway?.close();
    await this.#telemetry?.close();
    await this.backend.close();
  }

  /** It has no runs that it could have lost: what it has in hand still counts. */
  async #rejoin(): Promise<void> {
    try {
      await this.backend.fleet?.rejoin();
    } catch (error) {
      this.#fault(error);
      if (this.#state !== 'closed') this.#clock.at(this.#clock.now() + 1000, () => void this.#rejoin());
    }
  }

  #fault(error: unknown): void {
    if (this.#state !== 'closed') this.bus.fault({ error: faultOf(error) });
  }
}
