/**
 * What waits, here and on all nodes together.
 *
 * F1. What all nodes would tell alike is told by the one that leads: sums over nodes stay true.
 * F2. What cannot be asked is left out for this time, and counted.
 */
import { Counter, Gauge, type Registry } from 'prom-client';
import type { Backend } from '../../ports/backend.ts';
import { within } from '../health/within.ts';
import type { Names } from './names.ts';

/** An answer that comes later than this is of no use to whoever asks for figures. */
const patience = 2000;
const mostMessages = 1000;

export interface Attempts {
  readonly running: number;
  readonly waiting: number;
}

export class FleetFigures {
  readonly #agents: Names;
  readonly #attempts: Gauge<'state'>;
  readonly #runs: Gauge<'status'>;
  readonly #queued: Gauge;
  readonly #asking: Gauge;
  readonly #messages: Gauge;
  readonly #leads: Gauge;
  readonly #nodes: Gauge<'role'>;
  readonly #queue: Gauge<'agent' | 'state'>;
  readonly #unheard: Counter<'source'>;

  constructor(registry: Registry, agents: Names) {
    this.#agents = agents;
    const gauge = <T extends string = never>(name: string, help: string, ...labelNames: T[]): Gauge<T> =>
      new Gauge({ name: `continuo_${name}`, help, labelNames, registers: [registry] });
    const byLeader = 'told by the node that leads';
    this.#attempts = gauge(
      'attempts',
      'Attempts that agents of this process are at, and those of its runs that could not begin yet.',
      'state',
    );
    this.#runs = gauge('runs', `Runs that have not ended, by status; ${byLeader}.`, 'status');
    this.#queued = gauge('runs_queued', `Runs that wait for their concurrency key; ${byLeader}.`);
    this.#asking = gauge('runs_asking', `Runs that wait for a person; ${byLeader}.`);
    this.#messages = gauge('inbox_messages', `Commands from other processes that this one has yet to carry out, up to ${mostMessages}.`);
    this.#leads = gauge('leader', 'Whether this node sees to what is enough done once.');
    this.#nodes = gauge('nodes', `Nodes that live; ${byLeader}.`, 'role');
    this.#queue = gauge('agent_queue', `Attempts in the queues of all nodes that wait, or are in hand; ${byLeader}.`, 'agent', 'state');
    this.#unheard = new Counter({
      name: 'continuo_figures_unheard_total',
      help: 'Figures that were left out, because what was asked for them gave no answer.',
      labelNames: ['source'],
      registers: [registry],
    });
  }

  async look(backend: Backend, attempts: Attempts, agents: readonly string[]): Promise<void> {
    this.#attempts.set({ state: 'running' }, attempts.running);
    this.#attempts.set({ state: 'waiting' }, attempts.waiting);
    const leads = backend.fleet?.leads() ?? true;
    this.#leads.set(leads ? 1 : 0);
    for (const gauge of [this.#runs, this.#nodes, this.#queue]) gauge.reset();
    // To be reset is to be nothing where there are no labels; what is not known is not told.
    for (const gauge of [this.#queued, this.#asking, this.#messages]) gauge.remove();
    const messages = this.#heard('inbox', async () => this.#messages.set((await backend.inbox.pending(mostMessages)).length));
    await Promise.all(leads ? [messages, ...this.#lookAtAll(backend, agents)] : [messages]);
  }

  #lookAtAll(backend: Backend, own: readonly string[]): readonly Promise<void>[] {
    return [
      this.#heard('runs', async () => {
        const { running, waiting, paused, queued, asking } = await backend.runs.tally();
        for (const [status, count] of Object.entries({ running, waiting, paused })) this.#runs.set({ status }, count);
        this.#queued.set(queued);
        this.#asking.set(asking);
      }),
      this.#heard('nodes', async () => {
        const nodes = await backend.nodes?.();
        if (nodes === undefined) return;
        for (const role of ['engine', 'worker'] as const) this.#nodes.set({ role }, nodes.filter((node) => node.role === role).length);
      }),
      this.#heard('queues', async () => {
        const agents = [...new Set([...own, ...(backend.directory?.hosted().keys() ?? [])])];
        const depths = await backend.exchange?.depths(agents);
        for (const [id, { waiting, inHand }] of depths ?? []) {
          const agent = this.#agents.of(id);
          this.#queue.inc({ agent, state: 'waiting' }, waiting);
          this.#queue.inc({ agent, state: 'in_hand' }, inHand);
        }
      }),
    ];
  }

  async #heard(source: string, ask: () => Promise<void>): Promise<void> {
    try {
      await within(patience, source, ask);
    } catch {
      this.#unheard.inc({ source });
    }
  }
}
