/**
 * Figures of one process, for Prometheus.
 *
 * M1. No label holds an id of a run, or what somebody made up beyond a bound (names.ts).
 * M2. Counting costs next to nothing: it is done where things are known already, by what the store has written and by
 *     the end of each attempt, and never by the events of the bus.
 * M3. Asking for figures takes a bounded time, whatever is away.
 */
import { Registry } from 'prom-client';
import type { AgentStatus, AttemptEnd } from '../../engine/registry.ts';
import type { Backend } from '../../ports/backend.ts';
import { AgentFigures } from './agent-figures.ts';
import { FleetFigures, type Attempts } from './fleet-figures.ts';
import { GatewayFigures } from './gateway-figures.ts';
import { HttpFigures } from './http-figures.ts';
import { LiveFigures } from './live-figures.ts';
import { ProcessFigures } from './process-figures.ts';
import { RunFigures } from './run-figures.ts';
import { StoreFigures } from './store-figures.ts';
import type { StoreWatcher } from './watch-store.ts';

/** An orchestrator, or a worker, as far as its figures go. */
export interface Measured {
  readonly attempts?: Attempts;
  agents(): readonly AgentStatus[];
  onAttempt(listener: (end: AttemptEnd) => void): () => void;
}

export class Metrics {
  readonly http: HttpFigures;
  readonly live: LiveFigures;
  /** For `watchStore`, before anything is opened on the store. */
  readonly store: StoreWatcher;
  readonly registry: Registry = new Registry();
  readonly #agents: AgentFigures;
  readonly #stores: StoreFigures;
  readonly #fleet: FleetFigures;
  readonly #process: ProcessFigures;
  #telling: Promise<string> | undefined;
  #attended: { readonly measured: Measured; readonly backend: Backend; readonly stop: () => void } | undefined;

  constructor(version: string) {
    const registry = this.registry;
    const runs = new RunFigures(registry);
    this.#agents = new AgentFigures(registry);
    const gateway = new GatewayFigures(registry);
    this.http = new HttpFigures(registry);
    this.live = new LiveFigures(registry);
    const stores = (this.#stores = new StoreFigures(registry));
    this.#fleet = new FleetFigures(registry, this.#agents.names);
    this.#process = new ProcessFigures(registry, version);
    this.store = {
      appended: (write) => runs.appended(write),
      booked: (entries) => gateway.booked(entries),
      did: (work, milliseconds) => stores.did(work, milliseconds),
      refused: (work, error) => stores.refused(work, error),
    };
  }

  /** From now on agents are listened to, and asked how they are; called once. */
  attend(measured: Measured, backend: Backend): void {
    this.#attended = { measured, backend, stop: measured.onAttempt((end) => this.#agents.ended(end)) };
  }

  /** In the text format. Who asks while an answer is made gets that one. */
  text(): Promise<string> {
    return (this.#telling ??= this.#tell().finally(() => (this.#telling = undefined)));
  }

  async #tell(): Promise<string> {
    if (this.#attended !== undefined) {
      const { measured, backend } = this.#attended;
      const agents = measured.agents();
      this.#agents.look(agents);
      this.#stores.look(backend.health?.() ?? []);
      const running = agents.reduce((sum, agent) => sum + agent.running, 0);
      await this.#fleet.look(
        backend,
        measured.attempts ?? { running, waiting: 0 },
        agents.map(({ id }) => id),
      );
    }
    return this.registry.metrics();
  }

  close(): void {
    this.#attended?.stop();
    this.#process.close();
  }
}
