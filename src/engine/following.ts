/**
 * A run's journal, told as live events to somebody who looks from another process.
 *
 * G1. Every event of the journal is told once, in its order, under the plan of its time.
 * G2. Nothing else is told: what an attempt says before it ends is in no journal.
 * G3. What was told once can be told again from any place on the way.
 */
import { ContinuoError } from '../core/errors.ts';
import type { Program } from '../core/plan/program.ts';
import { begin, evolve } from '../core/run/evolve.ts';
import type { Entry, RunEvent } from '../core/run/events.ts';
import { hasEnded, statusOf } from '../core/run/phases.ts';
import type { Run, Status } from '../core/run/state.ts';
import type { Backend } from '../ports/backend.ts';
import { Bus } from './bus.ts';
import { Library } from './library.ts';
import { jobIdOf, publish } from './publish.ts';

/** How far a telling has come: the run as it was there. */
export interface Place {
  readonly run: Run;
  readonly program: Program;
}

export class Following {
  readonly bus: Bus;
  readonly #id: string;
  readonly #backend: Pick<Backend, 'journal' | 'plans' | 'location'>;
  #library: Library;
  #folded: Place | undefined;

  constructor(id: string, backend: Pick<Backend, 'journal' | 'plans' | 'location'>, bus: Bus = new Bus()) {
    this.bus = bus;
    this.#id = id;
    this.#backend = backend;
    this.#library = new Library(backend.plans);
  }

  /** Another one of the same run, which tells what comes after a place: undefined is the beginning. */
  from(place: Place | undefined): Following {
    const other = new Following(this.#id, this.#backend);
    other.#library = this.#library;
    other.#folded = place;
    return other;
  }

  /** After what was told last. */
  get place(): Place | undefined {
    return this.#folded;
  }

  /** How many events of the journal were told. */
  get events(): number {
    return this.#folded?.run.seq ?? 0;
  }

  /** What has come since the last that was taken; at most so many entries. */
  news(limit?: number): Promise<readonly Entry[]> {
    return this.#backend.journal.read(this.#id, this.events, limit);
  }

  /** Tells what the next entry says. `told` is called after each of its events, before what the whole of it says. */
  async take({ events, at }: Entry, told: () => void = () => undefined): Promise<void> {
    const before = this.#status;
    for (const event of events) {
      await this.#take(event, at);
      told();
    }
    const status = this.#status;
    if (status !== undefined && status !== before) this.bus.emit('run:status', { runId: this.#id, status });
  }

  get #status(): Status | undefined {
    return this.#folded === undefined ? undefined : statusOf(this.#folded.run);
  }

  get ended(): boolean {
    return this.#folded !== undefined && hasEnded(this.#folded.run);
  }

  /** Whether an attempt of that step is under way. */
  isAt(step: string): boolean {
    if (this.#folded === undefined) return false;
    const { run, program } = this.#folded;
    for (const place of run.active) if (program.node(place).id === step) return true;
    return false;
  }

  async #take(event: RunEvent, at: number): Promise<void> {
    const next = await this.#evolved(event, at);
    this.#folded = next;
    publish(this.bus, next.program, next.run, [event]);
    this.#tellStart(event, next);
    if (event.type === 'run.migrated') this.#folded = { ...next, program: await this.#library.program(event.plan) };
  }

  async #evolved(event: RunEvent, at: number): Promise<Place> {
    if (this.#folded !== undefined) return { ...this.#folded, run: evolve(this.#folded.program, this.#folded.run, event, at) };
    if (event.type !== 'run.started')
      throw new ContinuoError('STORE_CORRUPT', `the journal of run ${this.#id} in ${this.#backend.location} does not begin with its start`);
    return { run: begin(this.#id, event, at), program: await this.#library.program(event.plan) };
  }

  /** In its own process an attempt is told of when an agent takes it; from here it begins when the journal says so. */
  #tellStart(event: RunEvent, { run, program }: Place): void {
    if (event.type !== 'task.started') return;
    const { id, step } = program.node(event.step);
    const isCall = 'worker' in step && !('agentId' in step.worker) && !('capability' in step.worker);
    // Of a call, `publish` has told.
    if (isCall) return;
    const item = event.item === undefined ? {} : { item: event.item };
    const { visit, attempt } = event;
    this.bus.emit('step:started', {
      runId: run.id,
      stepId: id,
      ...item,
      agentId: undefined,
      jobId: jobIdOf(run.id, event),
      visit,
      attempt,
    });
  }
}
