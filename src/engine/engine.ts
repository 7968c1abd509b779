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
import type { AnyWorkflow } from '../core/plan/workflow.ts';
import type { Command } from '../core/run/commands.ts';
import { wakeAt } from '../core/run/deadlines.ts';
import { hasEnded, isBusy } from '../core/run/phases.ts';
import type { Run } from '../core/run/state.ts';
import type { Connections, ModelGateway } from '../ports/agent.ts';
import type { Backend } from '../ports/backend.ts';
import type { Clock } from '../ports/clock.ts';
import type { Isolation } from '../ports/isolation.ts';
import type { RunRecord } from '../ports/journal.ts';
import type { Telemetry } from '../ports/telemetry.ts';
import { ActorHost } from './actor-host.ts';
import { Alarms } from './alarms.ts';
import { Bus } from './bus.ts';
import { Children } from './children.ts';
import { Families } from './families.ts';
import { Dispatcher, type Limits } from './dispatcher.ts';
import { Abroad, type OrderToOthers } from './fleet/abroad.ts';
import { isElsewhere } from './fleet/elsewhere.ts';
import { allRuns } from './all-runs.ts';
import { beginning, type Beginning } from './beginning.ts';
import { Quiet } from './quiet.ts';
import { Snapshots } from './snapshots.ts';
import type { Asked } from './inbox-service.ts';
import { Library } from './library.ts';
import { mayPass, retryAfter } from './patience.ts';
import { Payloads } from './payloads.ts';
import { Reader } from './reader.ts';
import { defaultRetention, type Fixed } from './records.ts';
import { Registry } from './registry.ts';
import { Residents } from './residents.ts';
import { RunActor } from './run-actor.ts';
import type { CommandExtra } from './run-host.ts';
import { Standings } from './standings.ts';
import { randomId } from './starting.ts';
import { StoreWriter } from './store-writer.ts';
import { Turns, type Turn } from './turns.ts';
import { Waiters } from './waiters.ts';
import { furnish } from './furnish.ts';
import { Workshop } from './workshop.ts';

export interface EngineParts {
  readonly backend: Backend;
  readonly clock: Clock;
  readonly isolation: Isolation;
  readonly limits?: Limits;
  readonly connections?: Connections;
  /** Is told of work that was done. */
  readonly telemetry?: Telemetry;
  /** How long finished runs are kept, where their plan does not say. */
  readonly retention?: number;
  /** A snapshot is worth its bytes once the tail is longer than this, and than the last one; 500 when absent. */
  readonly snapshotAfter?: number;
  /** So many runs that one run called, and that those called, may be unfinished at a time; 10,000 when absent. */
  readonly largestFamily?: number;
  /** Ids for runs that come without one, and for reservations of money; by default they sort by the time at which they were made. */
  readonly newId?: () => string;
}

export class Engine {
  readonly backend: Backend;
  readonly clock: Clock;
  readonly bus: Bus = new Bus();
  readonly registry: Registry = new Registry();
  readonly library: Library;
  readonly payloads: Payloads;
  readonly reader: Reader;
  readonly standings: Standings;
  readonly turns: Turns;
  readonly newId: () => string;
  readonly #alarms: Alarms;
  readonly #dispatcher: Dispatcher;
  readonly #children: Children;
  readonly #writer: StoreWriter;
  readonly #workshop: Workshop;
  readonly #residents: Residents;
  readonly #isolation: Isolation;
  readonly #connections: Connections;
  readonly #telemetry: Telemetry | undefined;
  readonly #retention: number;
  readonly #snapshots: Snapshots;
  readonly #waiters = new Waiters();
  /** Where several engines share the store. */
  readonly #abroad: Abroad | undefined;
  readonly #host: ActorHost;
  #closed = false;
  readonly #quiet = new Quiet(() => this.#isQuiet());
  #onMessages: () => Promise<void> = () => Promise.resolve();

  constructor(parts: EngineParts) {
    const { backend, clock, isolation } = parts;
    this.backend = backend;
    this.clock = clock;
    this.#isolation = isolation;
    this.#connections = parts.connections ?? {};
    this.#telemetry = parts.telemetry;
    this.#retention = parts.retention ?? defaultRetention;
    this.#snapshots = new Snapshots(backend.journal, parts.snapshotAfter ?? 500, (run, work) => this.#guard(run, work));
    this.newId = parts.newId ?? randomId;
    this.library = new Library(backend.plans);
    this.payloads = new Payloads(backend.blobs, () => clock.now());
    this.reader = new Reader(backend, this.library, this.payloads);
    this.turns = new Turns(
      backend.runs,
      (run) => this.order(run, { type: 'admit' }),
      (key, work) => this.exclusively(key, work),
    );
    this.#writer = new StoreWriter(backend.journal, clock, this.bus, () => this.#quiet.check());
    this.#workshop = this.#furnish(parts);
    this.#residents = new Residents(
      (id) => this.#load(id),
      (actor) => this.#came(actor),
      (actor) => this.#alarms.park(actor.id, wakeAt(actor.program, actor.run)),
    );
    this.standings = new Standings(backend, this.#residents, this.reader);
    this.#alarms = new Alarms(
      clock,
      backend.runs,
      (run) => this.#guard(run, () => this.#tick(run)),
      (error) => this.tell(error, undefined),
    );
    this.#children = new Children(this, new Families(parts.largestFamily));
    this.#dispatcher = new Dispatcher(
      this.registry,
      clock,
      parts.limits ?? {},
      (held, agent, done) => void this.#workshop.make(held, agent, done),
    );
    this.#abroad =
      backend.fleet === undefined ? undefined : new Abroad(this, backend.fleet, this.#dispatcher, this.#waiters, parts.limits ?? {});
    this.#host = new ActorHost(this, {
      writer: this.#writer,
      residents: this.#residents,
      alarms: this.#alarms,
      children: this.#children,
      dispatcher: this.#dispatcher,
      snapshots: this.#snapshots,
      waiters: this.#waiters,
      quiet: this.#quiet,
      abroad: this.#abroad,
      emitted: () => this.#onEmissions(),
      telemetry: parts.telemetry,
    });
    this.library.whenKnown((hash) => void this.owe(undefined, () => this.#codeCame(hash)));
  }

  #furnish({ backend, clock, isolation, connections = {}, telemetry }: EngineParts): Workshop {
    const parts = furnish({
      backend,
      clock,
      isolation,
      connections,
      telemetry,
      payloads: this.payloads,
      bus: this.bus,
      newId: () => this.newId(),
      closed: () => this.#closed,
      stalled: (error, run) => this.tell(error, run, 'engine:stalled'),
    });
    return new Workshop(parts, this.registry, this.bus, () => this.#quiet.check());
  }

  /** Takes up everything that an earlier engine, or another node, left busy, queued or due. */
  async recover(): Promise<void> {
    if (this.#abroad === undefined) {
      for await (const { run } of allRuns(this.backend.runs, { busy: true }))
        await this.owe(run, async () => this.takeUp(await this.actor(run)));
      for await (const record of allRuns(this.backend.runs, { called: true }))
        await this.owe(record.run, () => this.#children.reconsider(record));
      await this.turns.recover();
      await this.#alarms.refresh();
    } else {
      await this.#abroad.open();
      await this.#waitFor();
    }
  }

  /** Code came for a plan: runs that go by it are worked again. */
  async #codeCame(hash: string): Promise<void> {
    for (const actor of this.#residents.all()) {
      if (actor.program.hash !== hash || actor.program.missing.length === 0) continue;
      actor.equip(await this.library.program(hash));
      this.#came(actor);
      if (this.#abroad === undefined) this.takeUp(actor);
    }
  }

  takeUp(actor: RunActor): void {
    actor.wake();
    this.#children.fallback(actor);
  }

  // --- several engines ---------------------------------------------------------------

  /** Runs were adopted, or a node is gone that had not seen to all that it should: what waits is waited for here now. */
  async adopted(): Promise<void> {
    this.#onEmissions();
    void this.owe(undefined, () => this.#onMessages());
    await this.#waitFor();
  }

  /**
   * Whose turn it is may be another node's to say, who waits under his lock for a run that this node has adopted, or has
   * yet to adopt: nothing here waits for him.
   */
  async #waitFor(): Promise<void> {
    void this.owe(undefined, () => this.turns.recover());
    await this.#alarms.refresh();
  }

  /** C3, for a run whose node is gone. */
  reconsider(record: RunRecord): Promise<void> {
    return this.#children.reconsider(record);
  }

  /** Messages that waited when this was called have been heard. */
  messagesHandled(): Promise<void> {
    return this.#onMessages();
  }

  whenMessagesMatter(handle: () => Promise<void>): void {
    this.#onMessages = handle;
  }

  /** Nothing of what is in memory counts any more. */
  letGo(reason: ContinuoError): void {
    for (const actor of this.#residents.all()) this.disowned(actor, reason);
    this.#residents.letGo();
    this.#children.letGo();
    this.#alarms.forget();
  }

  disowned(actor: RunActor, reason: ContinuoError): void {
    this.#residents.drop(actor);
    this.#children.letGo(actor.run);
    this.#alarms.set(actor.id, undefined);
    actor.kill(reason);
    this.#abroad?.watchFor(actor.id);
  }

  /** Whether the run is loaded here, or about to be. */
  holds(id: string): boolean {
    return this.#residents.holds(id);
  }

  /** A run that came here because somebody asked for it, though its functions are not loaded: whoever has them may have it. */
  async leaveToOthers(id: string, reason: ContinuoError): Promise<void> {
    const { fleet } = this.backend;
    if (fleet === undefined) return;
    for (const actor of this.#residents.all()) if (actor.id === id) this.disowned(actor, reason);
    await fleet.release(id);
  }

  exclusively<T>(key: string, work: () => Promise<T>): Promise<T> {
    return this.backend.fleet === undefined ? work() : this.backend.fleet.exclusively(key, work);
  }

  /** A command of this engine's own, to whoever has the run. */
  async order(run: string, command: OrderToOthers): Promise<void> {
    try {
      await this.command(run, command);
    } catch (error) {
      if (this.#abroad === undefined || !isElsewhere(error)) throw error;
      // Whoever admits holds a lock: nobody else may count before it has happened.
      if (command.type === 'admit') await this.#abroad.ask(run, { type: 'from-engine', command });
      else await this.#abroad.tell(run, { type: 'from-engine', command });
    }
  }

  /** Asks the node that has the run; resolves when it was done there. */
  async handOn(run: string, asked: Asked): Promise<void> {
    await this.#abroad?.ask(run, asked);
  }

  /** Agents were registered. */
  hosting(): void {
    this.#abroad?.host(this.registry.all().map(({ definition }) => definition));
    this.pump();
  }

  /** Begins nothing more; resolves when what agents are at is done, or at the deadline. */
  async drain(deadline: number): Promise<void> {
    this.#dispatcher.pause();
    await Promise.all([this.#abroad?.stop(deadline), this.#quiet.waitAtMost(deadline, this.clock)]);
  }

  get gateway(): ModelGateway | undefined {
    return this.#connections.gateway;
  }

  get closed(): boolean {
    return this.#closed;
  }

  // --- starting -------------------------------------------------------------

  /** Writes a new run's first events. The caller has checked plan, agents and input. */
  async begin(id: string, workflow: AnyWorkflow, how: Beginning, keys: { readonly idempotencyKey?: string }): Promise<void> {
    this.#mustBeOpen();
    const program = await this.library.save(workflow);
    const write = async (turn: Turn): Promise<void> => {
      const fixed: Fixed = { retention: this.#retention, ...(turn.key === undefined ? {} : { concurrencyKey: turn.key }), ...keys };
      const asked = { ...how, ...(turn.queued ? { queued: true as const } : {}), fixed, now: this.clock.now() };
      const begun = await beginning(program, id, asked, this.payloads);
      const { era } = this.#residents;
      await this.#writer.append(begun.write);
      // It was let go of before it was known to have begun: another node goes on with it.
      if (era !== this.#residents.era) return;
      const actor = new RunActor(this.#host, program, begun.run, { record: begun.record, fixed, tail: begun.write.events.length });
      this.#residents.add(actor);
      this.#host.committed(actor, begun.write.events, undefined);
      actor.resume();
      if (!actor.busy) this.#host.rested(actor);
    };
    // In this order: whoever has the lock may ask for this run, when it began elsewhere.
    await this.turns.enter(program, how.input, how.project, id, (turn) => this.#residents.begin(id, () => write(turn)));
  }

  // --- runs -------------------------------------------------------------------

  /** The run's actor, loaded where it is not. */
  async actor(id: string): Promise<RunActor> {
    this.#mustBeOpen();
    return this.#residents.get(id);
  }

  async #load(id: string): Promise<RunActor> {
    const claimed = await this.backend.fleet?.claim(id);
    if (claimed === 'elsewhere') throw new ContinuoError('RUN_ELSEWHERE', `run ${id} belongs to another node of ${this.backend.location}`);
    const { run, program, record, tail } = await this.reader.must(id);
    // It began meanwhile, and not here.
    if (claimed === 'unknown') return this.#load(id);
    const { concurrencyKey, idempotencyKey } = record;
    const fixed: Fixed = {
      retention: this.#retention,
      ...(concurrencyKey === undefined ? {} : { concurrencyKey }),
      ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
    };
    return new RunActor(this.#host, program, run, { record, fixed, tail });
  }

  /** What was loaded with work in hand is another node's work, until it is known what became of it. */
  #came(actor: RunActor): void {
    this.#alarms.set(actor.id, wakeAt(actor.program, actor.run));
    const abroad = this.#abroad;
    if (abroad === undefined || !isBusy(actor.run)) return;
    if (actor.sleep()) void this.owe(actor.id, () => abroad.revive(actor));
  }

  async command(id: string, command: Command, extra: CommandExtra = {}): Promise<void> {
    const actor = await this.actor(id);
    const key = actor.fixed.concurrencyKey;
    if (key !== undefined && hasEnded(actor.run) && (command.type === 'retry' || command.type === 'skip'))
      return this.turns.again(key, ({ queued }) => actor.submit(queued ? { ...command, queued: true } : command, extra));
    try {
      await actor.submit(command, codeless.has(command.type) ? { ...extra, codeless: true } : extra);
    } catch (error) {
      if (error instanceof ContinuoError && error.code === 'PLAN_CODE_MISSING') await this.leaveToOthers(id, error);
      throw error;
    }
  }

  /** Resolves with the run once it has ended. */
  async ended(id: string): Promise<Run> {
    try {
      const { run, program } = await this.actor(id);
      if (hasEnded(run)) return run;
      if (program.missing.length > 0)
        await this.leaveToOthers(id, new ContinuoError('RUN_ELSEWHERE', `the functions of run ${id} are not loaded here`));
    } catch (error) {
      if (this.#abroad === undefined || !isElsewhere(error)) throw error;
      this.#abroad.watchFor(id);
    }
    return this.#waiters.wait(id);
  }

  /** E3: what goes wrong with a run is told, and nothing else stops for it. */
  async #guard(id: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.tell(error, id);
    }
  }

  /**
   * What must be done in the end, for a run or for all: when the store stumbles it is
   * tried again. Resolves after the first try, so that nobody else waits for it.
   */
  async owe(id: string | undefined, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.tell(error, id);
      if (mayPass(error) && !this.#closed) this.clock.at(this.clock.now() + retryAfter, () => void this.owe(id, work));
    }
  }

  tell(error: unknown, id?: string, name: 'engine:error' | 'engine:stalled' = 'engine:error'): void {
    if (!this.#closed) this.bus.fault({ ...(id === undefined ? {} : { runId: id }), error: faultOf(error) }, name);
  }

  /** Without the plan's functions there is nothing that time could bring about here; when they come, its alarm is set anew. */
  async #tick(id: string): Promise<void> {
    const actor = await this.actor(id);
    if (actor.program.missing.length === 0) await actor.submit({ type: 'tick' });
    else this.#alarms.set(id, undefined);
  }

  #onEmissions: () => void = () => undefined;

  /** Triggers want to know when there is something new on the topic. */
  whenEmitted(look: () => void): void {
    this.#onEmissions = look;
  }

  /** Attempts of agents: those that are being made here, and those that could not begin yet. */
  get attempts(): { readonly running: number; readonly waiting: number } {
    return { running: this.#dispatcher.running, waiting: this.#dispatcher.waiting };
  }

  /** When the oldest attempt that an agent is still at began. */
  get oldestAttempt(): number | undefined {
    return this.#workshop.oldestAttempt;
  }

  /** Room may have appeared: an agent was registered or reset. */
  pump(): void {
    this.#dispatcher.pump();
  }

  // --- snapshots, quiet, end ----------------------------------------------------------

  /** Resolves when nothing is in hand: every run has ended or waits for time, a person or a signal. */
  async idle(): Promise<void> {
    await this.#quiet.wait();
  }

  #isQuiet(): boolean {
    return this.#dispatcher.running === 0 && !this.settling;
  }

  /** Whether something is being decided, loaded or written: attempts in hand do not count. */
  get settling(): boolean {
    if (this.#writer.busy || this.#residents.loading || this.#alarms.ringing) return true;
    for (const actor of this.#residents.all()) if (actor.deciding && !this.#writer.stumbles(actor.id)) return true;
    return false;
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    const reason = new ContinuoError('ENGINE_CLOSED', 'the orchestrator was closed');
    const abroad = this.#abroad?.close(reason);
    this.#alarms.close();
    this.#dispatcher.close();
    this.#workshop.close();
    this.#writer.close();
    for (const actor of this.#residents.all()) actor.kill(reason);
    this.#waiters.close(reason);
    await abroad;
    await this.#isolation.close();
    await this.#connections.gateway?.close();
    await this.#telemetry?.close();
    await this.backend.close();
    this.#quiet.end();
  }

  #mustBeOpen(): void {
    if (this.#closed) throw new ContinuoError('ENGINE_CLOSED', 'the orchestrator was closed');
  }
}

/** What can be done to a run whose functions are not loaded: stop it. */
const codeless: ReadonlySet<Command['type']> = new Set(['pause', 'cancel']);
