/**
 * A place where a process of the engine runs. It dies, is closed, stands still or falls silent as the scenario says,
 * and is started again.
 */
import type { AnyWorkflow } from '../../../src/core/plan/workflow.ts';
import type { Events } from '../../../src/engine/bus.ts';
import { Worker } from '../../../src/engine/fleet/worker.ts';
import { Orchestrator } from '../../../src/engine/orchestrator.ts';
import { agentsOf, isolationOf, type Scene } from './agents.ts';
import { mustBeOurs } from './people.ts';
import type { NodeHabits } from './scenario.ts';
import type { SimulatedStore } from './store.ts';
import type { Life, Timeline } from './timeline.ts';
import type { Trace } from './trace.ts';
import type { Verdict } from './verdict.ts';

export interface SeatParts {
  readonly timeline: Timeline;
  readonly trace: Trace;
  readonly verdict: Verdict;
  readonly store: SimulatedStore;
  readonly scene: Scene;
  readonly workflows: Readonly<Record<string, AnyWorkflow>>;
  readonly newId: () => string;
  /** Each process has a number of its own. */
  readonly nextLife: () => number;
  /** This process was given up, and goes on for a while. */
  readonly lingers: (life: Life) => void;
}

/** Errors of the engine that faults of the store explain … */
const expected: ReadonlySet<string> = new Set(['STORE_FULL', 'STORE_FAILED', 'ENGINE_CLOSED']);
/** … and those that having been taken for dead explains. */
const expectedOfNodes: ReadonlySet<string> = new Set([...expected, 'NODE_FENCED', 'RUN_ELSEWHERE', 'AGENT_UNKNOWN']);

/** How long a worker that is to leave may take to finish what it has, in milliseconds. */
const toFinish = 200;

export class Seat {
  readonly #parts: SeatParts;
  readonly #habits: NodeHabits | undefined;
  #life: Life | undefined;
  #orchestrator: Orchestrator | undefined;
  #worker: Worker | undefined;
  #ready = false;

  constructor(parts: SeatParts, habits: NodeHabits | undefined) {
    this.#parts = parts;
    this.#habits = habits;
  }

  get life(): Life | undefined {
    return this.#life;
  }

  /** The engine, once it takes commands. */
  get ready(): Orchestrator | undefined {
    return this.#ready ? this.#orchestrator : undefined;
  }

  boot(): void {
    const { timeline, trace, nextLife } = this.#parts;
    const life: Life = { number: nextLife(), alive: true, skew: this.#habits?.skew ?? 0 };
    trace.add('engine', undefined, () => `process ${life.number} starts`);
    this.#life = life;
    this.#orchestrator = undefined;
    this.#worker = undefined;
    this.#ready = false;
    if (this.#habits?.worker === true) return this.#work(life);
    const { scene, store, workflows, newId } = this.#parts;
    const { heard } = workflows;
    const orchestrator = new Orchestrator({
      backend: store.connect(life),
      clock: timeline.clockOf(life),
      isolation: isolationOf(scene, life),
      agents: agentsOf(scene, life, this.#habits),
      workflows: Object.values(workflows),
      triggers: heard === undefined ? [] : [{ id: 't', workflow: heard, event: 'e' }],
      newId,
      snapshotAfter: 8,
    });
    this.#hear((name, listener) => orchestrator.on(name, listener));
    this.#orchestrator = orchestrator;
    orchestrator.begin().then(
      () => {
        if (this.#life === life) this.#ready = true;
      },
      (error: unknown) => {
        mustBeOurs(error, '', 'opening', this.#parts.verdict);
        // The process ends, and whoever keeps it running starts it again.
        if (this.#life === life) this.crash(100);
      },
    );
  }

  /** It takes no commands. */
  #work(life: Life): void {
    const { scene, store, timeline } = this.#parts;
    const worker = new Worker({
      backend: store.connect(life, 'worker'),
      clock: timeline.clockOf(life),
      isolation: isolationOf(scene, life),
      agents: agentsOf(scene, life, this.#habits),
    });
    this.#hear((name, listener) => worker.bus.on(name, listener));
    this.#worker = worker;
  }

  #hear(on: (name: 'engine:error' | 'engine:stalled', listener: (trouble: Events['engine:error']) => void) => void): void {
    const { trace, verdict } = this.#parts;
    const explained = this.#habits === undefined ? expected : expectedOfNodes;
    for (const name of ['engine:error', 'engine:stalled'] as const) {
      on(name, ({ error, runId }) => {
        trace.add('engine', runId, () => `${name}: ${error.code} ${error.message}`);
        if (!explained.has(error.code)) verdict.broken('strange error', runId, `${error.code}: ${error.message}`);
      });
    }
  }

  crash(down: number, lingers?: number): void {
    const life = this.#life;
    if (life === undefined) return;
    const { store, timeline } = this.#parts;
    this.#tell(life, lingers === undefined ? 'dies' : `is given up and goes on for ${lingers} ms`);
    if (lingers === undefined) store.lose(life);
    else {
      this.#parts.lingers(life);
      timeline.after(lingers, undefined, () => store.lose(life));
    }
    this.#down(down);
  }

  restart(): void {
    const life = this.#life;
    if (life === undefined) return;
    this.#tell(life, 'is closed');
    this.#leave().catch((error: unknown) => mustBeOurs(error, '', 'closing', this.#parts.verdict));
    this.#down(20);
  }

  async #leave(): Promise<void> {
    const [orchestrator, worker] = [this.#orchestrator, this.#worker];
    await orchestrator?.close();
    await worker?.drain(toFinish);
    await worker?.close();
  }

  /** The process stands still, and then goes on as if nothing had been. */
  freeze(lasts: number): void {
    const life = this.#life;
    if (life === undefined) return;
    this.#tell(life, `stands still for ${lasts} ms`);
    life.frozen = Math.max(life.frozen ?? 0, this.#parts.timeline.now + lasts);
  }

  /** The process works on, and nobody hears that it lives. */
  silence(lasts: number): void {
    const life = this.#life;
    if (life === undefined) return;
    this.#tell(life, `gives no sign of life for ${lasts} ms`);
    const end = this.#parts.store.nodeOf(life)?.fallSilent();
    if (end !== undefined) this.#parts.timeline.after(lasts, undefined, end);
  }

  end(): void {
    if (this.#life !== undefined) this.#life.alive = false;
  }

  #tell({ number }: Life, what: string): void {
    this.#parts.trace.add('fault', undefined, () => `process ${number} ${what}`);
  }

  #down(lasts: number): void {
    this.#life = undefined;
    this.#orchestrator = undefined;
    this.#worker = undefined;
    this.#ready = false;
    this.#parts.timeline.after(lasts, undefined, () => {
      if (this.#life === undefined) this.boot();
    });
  }
}
