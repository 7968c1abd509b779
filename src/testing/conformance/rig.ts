/** An orchestrator on a simulated clock and a fresh store, for one test. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import type { AnyWorkflow } from '../../core/plan/workflow.ts';
import { processIsolation } from '../../engine/isolation/process-isolation.ts';
import { Orchestrator, type OrchestratorParts, type RunHandle, type RunResult } from '../../engine/orchestrator.ts';
import type { Backend } from '../../ports/backend.ts';
import type { Clock } from '../../ports/clock.ts';
import { SimulatedClock } from '../simulated-clock.ts';

/** Opens the backend under test; the same directory holds the same data. */
export type OpenBackend = (dir: string) => Promise<Backend>;

export type RigOptions = Partial<Omit<OrchestratorParts, 'backend' | 'clock' | 'isolation'>> & {
  readonly agents?: readonly unknown[];
  readonly workflows?: readonly AnyWorkflow[];
  readonly clock?: Clock;
};

/** Turns of the event loop after which whatever was going to happen by itself has. */
const patience = 4;

export class Rig {
  readonly dir: string;
  readonly clock: SimulatedClock = new SimulatedClock();
  readonly #open: OpenBackend;
  #options: RigOptions = {};
  #calls = 0;
  #orchestrator: Orchestrator | undefined;
  backend!: Backend;

  private constructor(dir: string, open: OpenBackend) {
    this.dir = dir;
    this.#open = open;
  }

  static async with(open: OpenBackend, options: RigOptions, test: (rig: Rig) => Promise<void>): Promise<void> {
    const dir = await mkdtemp(join(tmpdir(), 'continuo-'));
    const rig = new Rig(dir, open);
    try {
      await rig.start(options);
      await test(rig);
    } finally {
      await rig.stop();
      await rm(dir, { recursive: true, force: true });
    }
  }

  get orchestrator(): Orchestrator {
    if (this.#orchestrator === undefined) throw new Error('the rig is stopped');
    return this.#orchestrator;
  }

  async start(options: RigOptions = this.#options): Promise<void> {
    this.#options = options;
    const { clock = this.clock, ...parts } = options;
    this.backend = this.#counted(await this.#open(this.dir));
    this.#orchestrator = new Orchestrator({ ...parts, backend: this.backend, clock, isolation: processIsolation() });
    await this.#orchestrator.begin();
  }

  async stop(): Promise<void> {
    await this.#orchestrator?.close();
    this.#orchestrator = undefined;
  }

  /** The engine ends where it is, and another takes its place. */
  async restart(options: RigOptions = this.#options): Promise<void> {
    await this.stop();
    await this.start(options);
  }

  /** Everything that can happen without time passing has happened. */
  async settle(): Promise<void> {
    for (let calm = 0; calm < patience; calm++) {
      await turn();
      if (this.#calls > 0 || this.orchestrator.settling) calm = -1;
    }
  }

  /** The backend, with every call counted while it is under way: the clock stands still meanwhile. */
  #counted(backend: Backend): Backend {
    const wrap = <T extends object>(target: T): T =>
      new Proxy(target, {
        get: (object, name) => {
          // A proxy hands on whatever its target has; methods keep their own `this`.
          const value = Reflect.get(object, name, object) as unknown;
          if (typeof value === 'object' && value !== null) return wrap(value);
          if (typeof value !== 'function') return value;
          return (...given: unknown[]): unknown => this.#count(Reflect.apply(value, object, given));
        },
      });
    return wrap(backend);
  }

  #count(result: unknown): unknown {
    if (!(result instanceof Promise)) return result;
    this.#calls++;
    return result.finally(() => this.#calls--);
  }

  /** Time passes, alarm by alarm, with everything that each sets off. */
  async pass(milliseconds: number): Promise<void> {
    const until = this.clock.now() + milliseconds;
    await this.settle();
    for (let next = this.clock.next; next !== undefined && next <= until; next = this.clock.next) {
      this.clock.step();
      await this.settle();
    }
    this.clock.advance(until - this.clock.now());
    await this.settle();
  }

  /** Time passes until it is done. */
  async until<T>(promise: Promise<T>): Promise<T> {
    const state = { done: false };
    const over = (): void => {
      state.done = true;
    };
    promise.then(over, over);
    for (let idle = 0; !state.done;) {
      await this.settle();
      if (state.done) break;
      if (this.clock.step()) idle = 0;
      else if (++idle > 1000) throw new Error('the test waits for something that no alarm brings');
    }
    return promise;
  }

  async run(what: object, input?: unknown, id?: string): Promise<RunResult<unknown>> {
    const handle: RunHandle<unknown> = await this.orchestrator.start(what, input, id === undefined ? {} : { id });
    return this.until(handle.result());
  }
}
