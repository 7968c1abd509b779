/**
 * What the engine does for the actors of its runs: it writes, makes the world match, and tells who must know.
 *
 * H1. What is committed is told before what it leads to begins; an end is told to everybody who waits for it.
 */
import type { ContinuoError } from '../core/errors.ts';
import type { Program } from '../core/plan/program.ts';
import { wakeAt } from '../core/run/deadlines.ts';
import type { RunEvent } from '../core/run/events.ts';
import { hasEnded } from '../core/run/phases.ts';
import type { Shelf } from '../core/run/scope.ts';
import type { Run } from '../core/run/state.ts';
import type { Append, RunRecord } from '../ports/journal.ts';
import type { Telemetry } from '../ports/telemetry.ts';
import type { Alarms } from './alarms.ts';
import type { Children } from './children.ts';
import type { Dispatcher } from './dispatcher.ts';
import type { Engine } from './engine.ts';
import type { Abroad } from './fleet/abroad.ts';
import type { Hand } from './hand.ts';
import { publish } from './publish.ts';
import { reserveUpwards } from './purse.ts';
import type { Quiet } from './quiet.ts';
import { recordChanged, recordOf } from './records.ts';
import type { Residents } from './residents.ts';
import type { RunActor } from './run-actor.ts';
import type { Host } from './run-host.ts';
import type { Snapshots } from './snapshots.ts';
import type { StoreWriter } from './store-writer.ts';
import { tellSpans, type Standing } from './traces/run-spans.ts';
import type { Waiters } from './waiters.ts';

export interface ActorHostParts {
  readonly writer: StoreWriter;
  readonly residents: Residents;
  readonly alarms: Alarms;
  readonly children: Children;
  readonly dispatcher: Dispatcher;
  readonly snapshots: Snapshots;
  readonly waiters: Waiters;
  readonly quiet: Quiet;
  /** Where several engines share the store. */
  readonly abroad: Abroad | undefined;
  /** There is something new on the topic. */
  readonly emitted: () => void;
  readonly telemetry: Telemetry | undefined;
}

export class ActorHost implements Host {
  readonly #engine: Engine;
  readonly #parts: ActorHostParts;

  constructor(engine: Engine, parts: ActorHostParts) {
    this.#engine = engine;
    this.#parts = parts;
  }

  now(): number {
    return this.#engine.clock.now();
  }

  append(write: Append): Promise<void> {
    return this.#parts.writer.append(write);
  }

  settle(message: string): Promise<void> {
    return this.#engine.backend.inbox.settle(message);
  }

  offload(events: readonly RunEvent[]): readonly RunEvent[] | Promise<readonly RunEvent[]> {
    return this.#engine.payloads.offload(events);
  }

  evaluate<T>(shelf: Shelf, how: () => T): T | Promise<T> {
    return this.#engine.payloads.evaluate(shelf, how);
  }

  record(actor: RunActor, program: Program, run: Run, events: readonly RunEvent[]): RunRecord | undefined {
    return recordChanged(actor.lastRecord, run, events) ? recordOf(program, run, actor.fixed) : undefined;
  }

  committed(actor: RunActor, events: readonly RunEvent[], before: Standing | undefined): void {
    const { residents, alarms, children, snapshots, emitted, telemetry } = this.#parts;
    const { run, program, id } = actor;
    residents.stir(actor);
    alarms.set(id, wakeAt(program, run));
    if (!this.#engine.bus.silent) this.#publish(actor, events, before);
    if (telemetry !== undefined) this.#trace(telemetry, actor, events, before);
    if (events.some((event) => event.type === 'emitted')) emitted();
    children.follow(actor, events);
    if (hasEnded(run)) this.#end(actor);
    else snapshots.grown(actor, events.length);
  }

  #publish(actor: RunActor, events: readonly RunEvent[], before: Standing | undefined): void {
    const { bus } = this.#engine;
    publish(bus, actor.program, actor.run, events);
    const status = actor.lastRecord?.status;
    // A run that began is running, as far as nobody says otherwise.
    if (status !== undefined && (before !== undefined || status !== 'running')) bus.emit('run:status', { runId: actor.id, status });
  }

  #trace(telemetry: Telemetry, actor: RunActor, events: readonly RunEvent[], before: Standing | undefined): void {
    try {
      tellSpans(telemetry, before, events, actor);
    } catch (error) {
      // Whoever only looks on ends nothing.
      this.#engine.tell(error, actor.id);
    }
  }

  #end({ run, id, fixed: { concurrencyKey } }: RunActor): void {
    const { waiters, children } = this.#parts;
    waiters.ended(run);
    children.ended(run);
    if (concurrencyKey !== undefined) void this.#engine.owe(id, () => this.#engine.turns.next(concurrencyKey));
  }

  reserve({ actor, ref }: Hand, id: string, amount: number): Promise<(actual: number) => Promise<void>> {
    return reserveUpwards((run) => this.#engine.actor(run), actor, ref, id, amount);
  }

  take(hand: Hand): void {
    // Without the plan's functions there is no input: the attempt waits for the code to come.
    if (hand.actor.program.missing.length > 0) return;
    if (hand.work.kind === 'child') this.#parts.children.take(hand);
    else this.#parts.dispatcher.add(hand);
  }

  drop(hand: Hand, reason: string): void {
    if (hand.work.kind === 'child' && !hand.released) this.#parts.children.drop(hand);
    else this.#parts.abroad?.gone(hand);
    hand.release(reason);
  }

  actor(id: string): Promise<RunActor> {
    return this.#engine.actor(id);
  }

  rested(actor: RunActor): void {
    this.#parts.residents.rest(actor);
    this.#parts.quiet.check();
  }

  disowned(actor: RunActor, why: ContinuoError): void {
    this.#engine.disowned(actor, why);
  }

  async reload(actor: RunActor): Promise<Run> {
    const { run, program, record } = await this.#engine.reader.must(actor.id);
    actor.program = program;
    actor.lastRecord = record;
    return run;
  }
}
