/**
 * Append, then make the world match: the engine around the pure skeleton.
 *
 * E1. Each run is worked by one actor at most; whoever wants something of a run goes
 *     through it.
 * E2. Everything that the engine holds in memory can be rebuilt from the store: a new
 *     engine loads what was busy, asks `outstanding`, and goes on.
 * E3. One run's fault stays there: an error while working it ends nothing else.
 */
import { ContinuoError, faultOf } from '../core/errors.ts';
import type { Json } from '../core/data/json.ts';
import type { Program } from '../core/plan/program.ts';
import type { AnyWorkflow } from '../core/plan/workflow.ts';
import type { Command, Start } from '../core/run/commands.ts';
import { start, type Decision } from '../core/run/decide.ts';
import { wakeAt } from '../core/run/deadlines.ts';
import { evolve, begin } from '../core/run/evolve.ts';
import type { RunEvent } from '../core/run/events.ts';
import { BlobNeeded } from '../core/plan/expression.ts';
import { hasEnded, isBusy } from '../core/run/phases.ts';
import { Shelf } from '../core/run/scope.ts';
import { save } from '../core/run/snapshot.ts';
import type { Run } from '../core/run/state.ts';
import type { Backend } from '../ports/backend.ts';
import type { Clock } from '../ports/clock.ts';
import type { Isolation } from '../ports/isolation.ts';
import type { Append, RunRecord } from '../ports/journal.ts';
import type { Connections } from '../ports/agent.ts';
import { Alarms } from './alarms.ts';
import { makeAttempt, type AttemptParts, type Outcome } from './attempt.ts';
import { Bus } from './bus.ts';
import { Children } from './children.ts';
import { Dispatcher, type Limits } from './dispatcher.ts';
import type { Hand } from './hand.ts';
import { Library } from './library.ts';
import { MemoShelf } from './memo.ts';
import { Payloads } from './payloads.ts';
import { jobIdOf, publish } from './publish.ts';
import { reserveUpwards } from './purse.ts';
import { Reader } from './reader.ts';
import { defaultRetention, recordChanged, recordOf, type Fixed } from './records.ts';
import { Registry, type Registered } from './registry.ts';
import { attemptName } from '../core/run/attempt-name.ts';
import { RunActor, type CommandExtra, type Host } from './run-actor.ts';
import { Turns } from './turns.ts';

export interface EngineParts {
  readonly backend: Backend;
  readonly clock: Clock;
  readonly isolation: Isolation;
  readonly limits?: Limits;
  readonly connections?: Connections;
  /** How long finished runs are kept, where their plan does not say. */
  readonly retention?: number;
}

/** Loaded runs that have nothing to do, kept for the next command. */
const restingLimit = 64;
/** A snapshot is worth its bytes once the tail is longer than this, and than the last one. */
const snapshotAfter = 500;
/** How often a write that the store refused is tried again, and after how long. */
const storeTries = [50, 200, 1000];
const stalledRetry = 5000;

export class Engine implements Host {
  readonly backend: Backend;
  readonly clock: Clock;
  readonly bus: Bus = new Bus();
  readonly registry: Registry = new Registry();
  readonly library: Library;
  readonly payloads: Payloads;
  readonly reader: Reader;
  readonly turns: Turns;
  readonly #alarms: Alarms;
  readonly #dispatcher: Dispatcher;
  readonly #children: Children;
  readonly #parts: AttemptParts;
  readonly #isolation: Isolation;
  readonly #retention: number;
  readonly #actors = new Map<string, RunActor>();
  readonly #loading = new Map<string, Promise<RunActor>>();
  readonly #resting = new Set<RunActor>();
  #evicting = false;
  readonly #tails = new Map<string, { events: number; covered: number }>();
  /** Attempts that agents are at, and since when. */
  readonly #making = new Map<Hand, number>();
  readonly #waiters = new Map<string, Set<{ resolve: (run: Run) => void; reject: (error: unknown) => void }>>();
  readonly #fixed = new Map<string, Fixed>();
  #inFlight = 0;
  /** Runs whose append the store refused, until it is tried again. */
  readonly #stumbling = new Set<string>();
  #closed = false;
  #quiet: (() => void)[] = [];

  constructor(parts: EngineParts) {
    const { backend, clock, isolation } = parts;
    this.backend = backend;
    this.clock = clock;
    this.#isolation = isolation;
    this.#retention = parts.retention ?? defaultRetention;
    this.library = new Library(backend.plans);
    this.payloads = new Payloads(backend.blobs, () => clock.now());
    this.reader = new Reader(backend, this.library, this.payloads);
    this.turns = new Turns(backend.runs, (run) => this.command(run, { type: 'admit' }));
    this.#alarms = new Alarms(clock, backend.runs, (run) => this.#wake(run));
    this.library.whenKnown((hash) => void this.#guard(hash, () => this.#codeCame(hash)));
    this.#children = new Children(this);
    this.#dispatcher = new Dispatcher(this.registry, clock, parts.limits ?? {}, (hand, agent, done) => void this.#make(hand, agent, done));
    this.#parts = {
      clock,
      blobs: backend.blobs,
      connections: parts.connections ?? {},
      isolation,
      memos: new MemoShelf(backend.memos),
      payload: (value) => this.payloads.of(value),
      open: (payload) => this.payloads.open(payload),
      reserve: (hand, id, amount) => reserveUpwards((run) => this.actor(run), hand.actor, hand.ref, id, amount),
      live: (name, hand, extra) => {
        const item = hand.ref.item;
        this.bus.tell(name, { runId: hand.actor.id, stepId: hand.work.node.id, ...(item === undefined ? {} : { item }), ...extra });
      },
    };
  }

  /** Takes up everything that an earlier engine left busy, queued or due. */
  async recover(): Promise<void> {
    for (let after: string | undefined; ; ) {
      const page = await this.backend.runs.list({ busy: true, oldestFirst: true, limit: 500, ...(after === undefined ? {} : { after }) });
      for (const { run } of page) await this.#guard(run, async () => this.#takeUp(await this.actor(run)));
      after = page.at(-1)?.run;
      if (page.length < 500) break;
    }
    await this.turns.recover();
    await this.#alarms.refresh();
  }

  /** Code came for a plan: runs that go by it are worked again. */
  async #codeCame(hash: string): Promise<void> {
    for (const actor of this.#actors.values()) {
      if (actor.program.hash !== hash || actor.program.missing.length === 0) continue;
      actor.equip(await this.library.program(hash));
      this.#alarms.set(actor.id, wakeAt(actor.program, actor.run));
      this.#takeUp(actor);
    }
  }

  #takeUp(actor: RunActor): void {
    actor.resume();
    this.#children.fallback(actor);
  }

  get closed(): boolean {
    return this.#closed;
  }

  // --- starting -------------------------------------------------------------

  /** Writes a new run's first events. The caller has checked plan, agents and input. */
  async begin(id: string, workflow: AnyWorkflow, how: Omit<Start, 'input'> & { readonly input: Json }, keys: { readonly idempotencyKey?: string }): Promise<void> {
    this.#mustBeOpen();
    const program = await this.library.save(workflow);
    const input = await this.payloads.of(how.input);
    const shelf = new Shelf();
    if ('blob' in input) shelf.put(input.blob, how.input);
    await this.turns.enter(program, how.input, how.project, id, async (turn) => {
      const now = this.clock.now();
      const decision = await this.#deciding(shelf, () => start(program, id, { ...how, input, ...(turn.queued ? { queued: true } : {}) }, now, shelf));
      const events = await this.payloads.offload(decision.events);
      const run = events === decision.events ? decision.run : refold(program, id, events, now);
      const fixed: Fixed = { retention: this.#retention, ...(turn.key === undefined ? {} : { concurrencyKey: turn.key }), ...keys };
      const record = recordOf(program, run, fixed);
      const emissions = emissionsOf(id, how.project, events, now);
      await this.append({ run: id, seq: 0, at: now, events, record, ...(emissions.length === 0 ? {} : { emissions }) });
      const actor = new RunActor(this, program, run, record);
      this.#fixed.set(id, fixed);
      this.#actors.set(id, actor);
      this.#tails.set(id, { events: events.length, covered: 0 });
      actor.resume();
      this.committed(actor, events, run);
      if (!actor.busy) this.rested(actor);
    });
  }

  async #deciding(shelf: Shelf, how: () => Decision): Promise<Decision> {
    for (;;) {
      try {
        return how();
      } catch (error) {
        if (!(error instanceof BlobNeeded)) throw error;
        shelf.put(error.blob, await this.payloads.fetch(error.blob));
      }
    }
  }

  // --- runs -------------------------------------------------------------------

  /** The run's actor, loaded where it is not. */
  async actor(id: string): Promise<RunActor> {
    this.#mustBeOpen();
    const known = this.#actors.get(id);
    if (known !== undefined) return known;
    const loading = this.#loading.get(id) ?? this.#load(id).finally(() => this.#loading.delete(id));
    this.#loading.set(id, loading);
    return loading;
  }

  async #load(id: string): Promise<RunActor> {
    const { run, program, record, tail } = await this.reader.must(id);
    const { concurrencyKey, idempotencyKey } = record;
    this.#fixed.set(id, { retention: this.#retention, ...(concurrencyKey === undefined ? {} : { concurrencyKey }), ...(idempotencyKey === undefined ? {} : { idempotencyKey }) });
    const actor = new RunActor(this, program, run, record);
    this.#actors.set(id, actor);
    this.#tails.set(id, { events: tail, covered: run.seq - tail });
    this.#alarms.set(id, wakeAt(program, run));
    if (!isBusy(run)) this.#rest(actor);
    return actor;
  }

  async command(id: string, command: Command, extra: CommandExtra = {}): Promise<void> {
    const actor = await this.actor(id);
    await actor.submit(command, codeless.has(command.type) ? { ...extra, codeless: true } : extra);
  }

  /** Resolves with the run once it has ended. */
  async ended(id: string): Promise<Run> {
    const actor = await this.actor(id);
    if (hasEnded(actor.run)) return actor.run;
    return new Promise((resolve, reject) => {
      const waiters = this.#waiters.get(id) ?? new Set();
      this.#waiters.set(id, waiters.add({ resolve, reject }));
    });
  }

  async #wake(id: string): Promise<void> {
    await this.#guard(id, () => this.command(id, { type: 'tick' }));
  }

  /** E3: what goes wrong with a run is told, and nothing else stops for it. */
  async #guard(id: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!this.#closed) this.bus.emit('engine:error', { runId: id, error: faultOf(error) });
    }
  }

  // --- what actors need (Host) -----------------------------------------------------

  now(): number {
    return this.clock.now();
  }

  async append(write: Append): Promise<void> {
    this.#inFlight++;
    try {
      for (let tries = 0; ; tries++) {
        try {
          return await this.backend.journal.append(write);
        } catch (error) {
          const wait = storeTries[tries];
          if (wait === undefined || this.#closed || !mayPass(error)) throw error;
          this.bus.emit('engine:error', { runId: write.run, error: faultOf(error) });
          this.#stumbling.add(write.run);
          await new Promise<void>((resolve) => void this.clock.at(this.clock.now() + wait, resolve));
          this.#stumbling.delete(write.run);
        }
      }
    } finally {
      this.#inFlight--;
      this.#checkQuiet();
    }
  }

  offload(events: readonly RunEvent[]): Promise<readonly RunEvent[]> {
    return this.payloads.offload(events);
  }

  fetch(blob: string): Promise<Json> {
    return this.payloads.fetch(blob);
  }

  record(actor: RunActor, program: Program, run: Run, events: readonly RunEvent[]): RunRecord | undefined {
    if (!recordChanged(actor.lastRecord, run, events)) return undefined;
    return recordOf(program, run, this.#fixed.get(actor.id) ?? { retention: this.#retention });
  }

  committed(actor: RunActor, events: readonly RunEvent[], before: Run): void {
    this.#resting.delete(actor);
    const { run, program, id } = actor;
    this.#alarms.set(id, wakeAt(program, run));
    if (!this.bus.silent) this.#publish(actor, events, before);
    if (events.some((event) => event.type === 'emitted')) this.#onEmissions();
    this.#children.follow(actor, events);
    if (hasEnded(run)) this.#end(actor);
    else this.#snapshotIfLong(actor, events.length);
  }

  #onEmissions: () => void = () => undefined;

  /** Triggers want to know when there is something new on the topic. */
  whenEmitted(look: () => void): void {
    this.#onEmissions = look;
  }

  #publish(actor: RunActor, events: readonly RunEvent[], before: Run): void {
    publish(this.bus, actor.program, actor.run, events, () => undefined);
    const status = actor.lastRecord?.status;
    if (status !== undefined && before !== actor.run) this.bus.emit('run:status', { runId: actor.id, status });
  }

  #end(actor: RunActor): void {
    const { run, id } = actor;
    const waiters = this.#waiters.get(id);
    this.#waiters.delete(id);
    for (const { resolve } of waiters ?? []) resolve(run);
    this.#children.ended(run);
    const key = this.#fixed.get(id)?.concurrencyKey;
    if (key !== undefined) void this.#guard(id, () => this.turns.next(key));
  }

  take(hand: Hand): void {
    // Without the plan's functions there is no input: the attempt waits for the code to come.
    if (hand.actor.program.missing.length > 0) return;
    if (hand.work.kind === 'child') this.#children.take(hand);
    else this.#dispatcher.add(hand);
  }

  drop(hand: Hand, reason: string): void {
    if (hand.work.kind === 'child' && !hand.released) this.#children.drop(hand);
    hand.release(reason);
  }

  rested(actor: RunActor): void {
    this.#rest(actor);
    this.#checkQuiet();
  }

  #rest(actor: RunActor): void {
    this.#resting.delete(actor);
    this.#resting.add(actor);
    if (this.#resting.size > restingLimit && !this.#evicting) {
      this.#evicting = true;
      // Not in this turn: somebody may just have been given one of these to use at once.
      setImmediate(() => this.#evict());
    }
  }

  #evict(): void {
    this.#evicting = false;
    for (const oldest of this.#resting) {
      if (this.#resting.size <= restingLimit) break;
      this.#resting.delete(oldest);
      if (!oldest.busy) this.#forget(oldest);
    }
  }

  #forget(actor: RunActor): void {
    this.#actors.delete(actor.id);
    this.#tails.delete(actor.id);
    this.#fixed.delete(actor.id);
    this.#alarms.park(actor.id, wakeAt(actor.program, actor.run));
  }

  async reload(actor: RunActor): Promise<Run> {
    const { run, program, record } = await this.reader.must(actor.id);
    actor.program = program;
    actor.lastRecord = record;
    return run;
  }

  // --- attempts ------------------------------------------------------------------

  async #make(hand: Hand, agent: Registered, done: () => void): Promise<void> {
    const { actor, ref } = hand;
    const began = this.clock.now();
    const agentId = agent.definition.id;
    this.#making.set(hand, began);
    if (!this.bus.silent) {
      const item = ref.item === undefined ? {} : { item: ref.item };
      this.bus.emit('step:started', { runId: actor.id, stepId: hand.work.node.id, ...item, agentId, jobId: jobIdOf(actor.id, ref), visit: ref.visit, attempt: ref.attempt });
    }
    const outcome: Outcome = hand.released ? { is: 'released' } : await makeAttempt(hand, agent, this.#parts);
    hand.finish();
    this.#making.delete(hand);
    this.registry.ended(agent, outcomeFor(outcome), this.clock.now() - began, this.clock.now());
    done();
    if (outcome.is !== 'released' && !hand.released) await this.#guard(actor.id, () => this.#deliver(hand, agentId, outcome));
    this.#checkQuiet();
  }

  /** A result that the store would not take is kept, and offered again until it does. */
  async #deliver(hand: Hand, agentId: string, outcome: Exclude<Outcome, { is: 'released' }>): Promise<void> {
    for (;;) {
      try {
        return await this.#report(hand, agentId, outcome);
      } catch (error) {
        if (this.#closed || hand.released || !mayPass(error)) throw error;
        this.bus.emit('engine:stalled', { runId: hand.actor.id, error: faultOf(error) });
        await new Promise<void>((resolve) => void this.clock.at(this.clock.now() + stalledRetry, resolve));
      }
    }
  }

  async #report(hand: Hand, agentId: string, outcome: Exclude<Outcome, { is: 'released' }>): Promise<void> {
    const { actor, ref } = hand;
    if (outcome.is === 'failed') {
      await actor.submit({ type: 'failed', ref, error: outcome.error, agent: agentId });
      return;
    }
    const { output, memo, fromMemo } = outcome;
    const extra = memo === undefined ? {} : { memo: `${attemptName(ref)}/${memo}` };
    await actor.submit({ type: 'completed', ref, output, agent: agentId, ...(fromMemo === undefined ? {} : { source: 'memo' }) }, extra);
  }

  /** When the oldest attempt that an agent is still at began. */
  get oldestAttempt(): number | undefined {
    return this.#making.values().next().value;
  }

  /** Room may have appeared: an agent was registered or reset. */
  pump(): void {
    this.#dispatcher.pump();
  }

  // --- snapshots, quiet, end ----------------------------------------------------------

  /** As long a tail as the snapshot before it costs: the bytes of all snapshots stay below twice the journal's. */
  #snapshotIfLong(actor: RunActor, added: number): void {
    const tail = this.#tails.get(actor.id);
    if (tail === undefined) return;
    tail.events += added;
    if (tail.events < Math.max(snapshotAfter, tail.covered)) return;
    tail.covered += tail.events;
    tail.events = 0;
    const { id, run } = actor;
    void this.#guard(id, () => this.backend.journal.saveSnapshot(id, { seq: run.seq, state: save(run) }));
  }

  /** Resolves when nothing is in hand: every run has ended or waits for time, a person or a signal. */
  async idle(): Promise<void> {
    while (!this.#isQuiet()) await new Promise<void>((resolve) => this.#quiet.push(resolve));
  }

  #isQuiet(): boolean {
    return this.#dispatcher.running === 0 && !this.settling;
  }

  /** Whether something is being decided, loaded or written: attempts in hand do not count. */
  get settling(): boolean {
    if (this.#inFlight > this.#stumbling.size || this.#loading.size > 0 || this.#alarms.ringing) return true;
    for (const actor of this.#actors.values()) if (actor.deciding && !this.#stumbling.has(actor.id)) return true;
    return false;
  }

  #checkQuiet(): void {
    if (this.#quiet.length === 0) return;
    // What the last event set off may still be on its way to an actor.
    setImmediate(() => {
      if (this.#isQuiet()) for (const resolve of this.#quiet.splice(0)) resolve();
    });
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    const reason = new ContinuoError('ENGINE_CLOSED', 'the orchestrator was closed');
    this.#alarms.close();
    this.#dispatcher.close();
    for (const actor of this.#actors.values()) actor.kill(reason);
    for (const waiters of this.#waiters.values()) for (const { reject } of waiters) reject(reason);
    this.#waiters.clear();
    await this.#isolation.close();
    await this.backend.close();
    for (const resolve of this.#quiet.splice(0)) resolve();
  }

  #mustBeOpen(): void {
    if (this.#closed) throw new ContinuoError('ENGINE_CLOSED', 'the orchestrator was closed');
  }
}

/** What can be done to a run whose functions are not loaded: stop it. */
const codeless: ReadonlySet<Command['type']> = new Set(['pause', 'cancel']);

/** A store that is full or stumbles may recover; other refusals will not change. */
function mayPass(error: unknown): boolean {
  return error instanceof ContinuoError && (error.code === 'STORE_FULL' || error.code === 'STORE_FAILED');
}

function outcomeFor(outcome: Outcome): Parameters<Registry['ended']>[1] {
  if (outcome.is === 'completed') return { is: 'succeeded' };
  return outcome.is === 'failed' ? { is: 'failed', message: outcome.error.message } : { is: 'aborted' };
}

function refold(program: Program, id: string, events: readonly RunEvent[], now: number): Run {
  const [first, ...rest] = events;
  if (first?.type !== 'run.started') throw new TypeError('a run begins with its start');
  return rest.reduce((run, event) => evolve(program, run, event, now), begin(id, first, now));
}

export function emissionsOf(run: string, project: string, events: readonly RunEvent[], at: number): NonNullable<Append['emissions']> {
  return events.flatMap((event) =>
    event.type === 'emitted' ? [{ run, project, name: event.agent === undefined ? event.name : `agent:${event.name}`, data: JSON.stringify(event.data), at }] : [],
  );
}
