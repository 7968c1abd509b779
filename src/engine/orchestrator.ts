/** The public face of the engine. */
import { answersOf, type Answers } from './answers.ts';
import type { Json } from '../core/data/json.ts';
import { ContinuoError } from '../core/errors.ts';
import { parsePlan } from '../core/plan/read.ts';
import { planWorkflow, type AnyWorkflow, type InputOf, type OutputOf } from '../core/plan/workflow.ts';
import type { Entry, Fault, Payload } from '../core/run/events.ts';
import type { Question } from '../core/run/outstanding.ts';
import { statusOf } from '../core/run/phases.ts';
import type { Run, Status } from '../core/run/state.ts';
import type { RunQuery, RunRecord } from '../ports/journal.ts';
import { json, type Startable } from './admission.ts';
import type { EventName, Events, Told } from './bus.ts';
import { Caretaker, type Tidied } from './caretaker.ts';
import { CommandDesk } from './command-desk.ts';
import { Engine, type EngineParts } from './engine.ts';
import { InboxService } from './inbox-service.ts';
import { mayPass } from './patience.ts';
import { orchestrate, type OrchestrationResult } from './orchestrate.ts';
import type { DeadLetter } from './dead-letters.ts';
import type { AgentStatus, AttemptEnd } from './registry.ts';
import type { Standings } from './standings.ts';
import { startRun, type StartOptions } from './starting.ts';
import { Triggers, type Trigger } from './triggers.ts';
import type { RunView } from './view.ts';

/** What a startable takes and gives: known of workflows, anything of names and plans. */
export type InputFor<W> = W extends AnyWorkflow ? InputOf<W> : unknown;
export type OutputFor<W> = W extends AnyWorkflow ? OutputOf<W> : Json;

export interface RunResult<O = Json> {
  readonly runId: string;
  readonly status: Status;
  readonly output: O | undefined;
  readonly error: Fault | undefined;
}

/** A run that was started (or found). */
export interface RunHandle<O = Json> {
  readonly id: string;
  /** Resolves when the run has ended, however it did. */
  result(): Promise<RunResult<O>>;
  view(): Promise<RunView>;
}

export interface AnswerOptions {
  readonly choice?: string;
  readonly value?: unknown;
  readonly by?: string;
  readonly note?: string;
  /** For a question of one item of a map. */
  readonly item?: number;
}

export interface ForkOptions {
  readonly id?: string;
  /** The first step to do again; without it, whatever is not done. */
  readonly from?: string;
  readonly input?: unknown;
  /** Other results for steps that are kept. */
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly by?: string;
}

export interface OrchestratorParts extends EngineParts {
  readonly agents?: readonly unknown[];
  readonly workflows?: readonly AnyWorkflow[];
  readonly triggers?: readonly Trigger[];
}

export class Orchestrator {
  readonly #engine: Engine;
  readonly #desk: CommandDesk;
  readonly #inbox: InboxService;
  readonly #triggers: Triggers;
  readonly #given: readonly Trigger[];
  readonly #caretaker: Caretaker;

  constructor(parts: OrchestratorParts) {
    this.#engine = new Engine(parts);
    this.#desk = new CommandDesk(this.#engine);
    this.#caretaker = new Caretaker(this.#engine);
    this.#inbox = new InboxService(this.#engine, (run, asked, consumes) => this.#desk.carryOut(run, asked, consumes));
    this.#engine.whenMessagesMatter(() => this.#inbox.drain());
    this.#triggers = new Triggers(this.#engine, (what, input, options) => startRun(this.#engine, what, input, options, 'awaited'));
    this.#given = parts.triggers ?? [];
    this.register(...(parts.agents ?? []));
    for (const workflow of parts.workflows ?? []) this.registerWorkflow(workflow);
  }

  /** Goes on with every run that an earlier engine left, then takes commands: called once, before anything else. */
  async begin(): Promise<void> {
    await this.#engine.recover();
    // Others may wait for what this node is asked, and hold what triggers wait for.
    await this.#inbox.open();
    await this.#triggers.open(this.#given);
    await this.#caretaker.begin();
  }

  // --- agents and workflows -----------------------------------------------------

  register(...agents: readonly unknown[]): void {
    for (const one of agents) this.#engine.registry.register(one);
    this.#engine.hosting();
  }

  registerWorkflow(workflow: AnyWorkflow): void {
    this.#engine.library.register(workflow);
  }

  /** What can be started by its name. */
  workflows(): readonly AnyWorkflow[] {
    return this.#engine.library.all();
  }

  agents(): readonly AgentStatus[] {
    const { registry, clock } = this.#engine;
    return registry.all().map((one) => registry.status(one, clock.now()));
  }

  agent(id: string): AgentStatus | undefined {
    const { registry, clock } = this.#engine;
    const one = registry.get(id);
    return one === undefined ? undefined : registry.status(one, clock.now());
  }

  /** Closes an agent's circuit and forgets its failures. */
  resetAgent(id: string): void {
    this.#engine.registry.reset(id);
    this.#engine.pump();
  }

  /** Attempts of agents: those that are being made here, and those that could not begin yet. */
  get attempts(): { readonly running: number; readonly waiting: number } {
    return this.#engine.attempts;
  }

  /** Calls back at the end of each attempt that an agent of this process made; cheaper than the events of the bus. */
  onAttempt(listener: (end: AttemptEnd) => void): () => void {
    return this.#engine.registry.hear(listener);
  }

  // --- starting ----------------------------------------------------------------------

  /**
   * Accepts a run. When this resolves, the run survives a power cut.
   *
   * ```ts
   * const run = await orchestrator.start(video, { topic: 'paper airplanes' });
   * const { output } = await run.result();
   * ```
   */
  async start<W extends Startable>(what: W, input?: InputFor<W>, options: StartOptions = {}): Promise<RunHandle<OutputFor<W>>> {
    return this.handle(await startRun(this.#engine, what, input, options));
  }

  /** Starts a run and waits for its end. */
  async run<W extends Startable>(what: W, input?: InputFor<W>, options: StartOptions = {}): Promise<RunResult<OutputFor<W>>> {
    return (await this.start(what, input, options)).result();
  }

  /**
   * Runs a plan in the form of an orchestration plan (`id, steps, parallel, timeout,
   * fallbackPlan`) and answers in its shape. A plan that times out with no fallback
   * rejects, and the message says `timed out`.
   */
  async orchestrate(plan: object, options: StartOptions & { readonly input?: unknown } = {}): Promise<OrchestrationResult> {
    const workflow = planWorkflow(parsePlan(plan));
    const began = this.#engine.clock.now();
    const { input = null, ...rest } = options;
    const handle = await this.start(workflow, json(input, 'input', 'INPUT_INVALID'), rest);
    const { runId } = await handle.result();
    return orchestrate(this.#engine.reader, workflow.plan, runId, this.#engine.clock.now() - began);
  }

  /** Several runs, each accepted or refused by itself. */
  startAll<W extends Startable>(
    what: W,
    inputs: readonly InputFor<W>[],
    options: Omit<StartOptions, 'id' | 'idempotencyKey'> = {},
  ): Promise<readonly PromiseSettledResult<RunHandle<OutputFor<W>>>[]> {
    return Promise.allSettled(inputs.map((input) => this.start(what, input, options)));
  }

  handle<O = Json>(id: string): RunHandle<O> {
    return {
      id,
      result: async () => this.#resultOf<O>(await this.#engine.ended(id)),
      view: () => this.get(id),
    };
  }

  async #resultOf<O>(run: Run): Promise<RunResult<O>> {
    const { phase } = run;
    // The output is what the workflow's own output function gave, by way of JSON.
    const output = phase.is === 'succeeded' ? ((await this.#engine.payloads.open(phase.output)) as O) : undefined;
    return { runId: run.id, status: statusOf(run), output, error: phase.is === 'failed' ? phase.error : undefined };
  }

  // --- looking ------------------------------------------------------------------------

  get(id: string): Promise<RunView> {
    return this.#engine.reader.get(id);
  }

  /** Runs as they stand, cheap to look at: of those that are worked here from memory. */
  get standings(): Standings {
    return this.#engine.standings;
  }

  /** A value of a run's state. */
  open(payload: Payload): Promise<Json> {
    return this.#engine.payloads.open(payload);
  }

  /**
   * How a run stands. While the store that keeps it is away, this is what was last told of it, with when.
   */
  async status(id: string): Promise<{ readonly status: Status; readonly asOf?: number }> {
    const { runs, live, location } = this.#engine.backend;
    try {
      const record = await runs.get(id);
      if (record === undefined) throw new ContinuoError('RUN_UNKNOWN', `there is no run ${JSON.stringify(id)} in ${location}`);
      return { status: record.status };
    } catch (error) {
      const told = mayPass(error) ? await live?.status(id).catch(() => undefined) : undefined;
      if (told === undefined) throw error;
      // It was told from a run's own status.
      return { status: told.status as Status, asOf: told.at };
    }
  }

  list(query: RunQuery = {}): Promise<readonly RunRecord[]> {
    return this.#engine.reader.list(query);
  }

  history(id: string): Promise<readonly Entry[]> {
    return this.#engine.reader.history(id);
  }

  deadLetters(query: Pick<RunQuery, 'project' | 'workflow' | 'after' | 'limit'> = {}): Promise<readonly DeadLetter[]> {
    return this.#engine.reader.deadLetters(query);
  }

  /** Which functions of the model gateway a run asked, and whether a model, its rules or the cache answered. */
  async answers(runId: string): Promise<readonly Answers[]> {
    await this.#engine.gateway?.settled();
    return answersOf(this.#engine.backend.ledger, runId);
  }

  /** Open questions over all runs. */
  async questions(query: Pick<RunQuery, 'project' | 'workflow'> = {}): Promise<readonly (Question & { readonly runId: string })[]> {
    const asked: (Question & { readonly runId: string })[] = [];
    for (const { run } of await this.list({ ...query, withQuestions: true, limit: 10_000 })) {
      for (const question of (await this.get(run)).questions) asked.push({ ...question, runId: run });
    }
    return asked;
  }

  on<N extends EventName>(name: N, listener: (event: Events[N], name: N) => void): () => void;
  on(name: string, listener: (event: Told, name: string) => void): () => void;
  on(name: string, listener: (event: never, name: never) => void): () => void {
    // The overloads pair each name with its event; the bus keeps that pairing.
    return this.#engine.bus.on(name, listener as (event: Told, name: string) => void);
  }

  /** The store that it works on. */
  get backend(): Engine['backend'] {
    return this.#engine.backend;
  }

  get blobs(): Engine['backend']['blobs'] {
    return this.#engine.backend.blobs;
  }

  // --- commanding ------------------------------------------------------------------------

  async answer(id: string, step: string, answer: AnswerOptions): Promise<void> {
    const { value, by = 'someone', ...rest } = answer;
    await this.#desk.carryOut(id, {
      type: 'answer',
      step,
      by,
      ...rest,
      ...(value === undefined ? {} : { value: await this.#payload(value, 'value') }),
    });
  }

  async signal(id: string, name: string, data: unknown = null, by?: string): Promise<void> {
    const payload = await this.#payload(data, 'data');
    await this.#desk.carryOut(id, { type: 'signal', name, data: payload, ...(by === undefined ? {} : { by }) });
  }

  pause(id: string, by?: string): Promise<void> {
    return this.#desk.carryOut(id, { type: 'pause', ...(by === undefined ? {} : { by }) });
  }

  resume(id: string, by?: string): Promise<void> {
    return this.#desk.carryOut(id, { type: 'resume', ...(by === undefined ? {} : { by }) });
  }

  cancel(id: string, options: { readonly by?: string; readonly reason?: string } = {}): Promise<void> {
    return this.#desk.carryOut(id, { type: 'cancel', ...options });
  }

  /** Tries what failed again; with `step`, only that. */
  retry(id: string, options: { readonly step?: string; readonly by?: string } = {}): Promise<void> {
    return this.#desk.carryOut(id, { type: 'retry', ...options });
  }

  /** Gives a step its result by hand. */
  async skip(id: string, step: string, value: unknown = null, by?: string): Promise<void> {
    const payload = await this.#payload(value, 'value');
    await this.#desk.carryOut(id, { type: 'skip', step, value: payload, ...(by === undefined ? {} : { by }) });
  }

  /** A new run that keeps what another had done before a step. */
  async fork<O = Json>(id: string, options: ForkOptions = {}): Promise<RunHandle<O>> {
    const forked = options.id ?? this.#engine.newId();
    await this.#desk.fork(id, { ...options, id: forked });
    return this.handle<O>(forked);
  }

  /** Moves a run to another version of its workflow; refused where finished work would lose its place. */
  async migrate(id: string, to: Startable, by?: string): Promise<void> {
    await this.#desk.migrate(id, to, by);
    // Commands that waited for the functions of its plan may be carried out now.
    await this.#inbox.reconsider();
  }

  trigger(trigger: Trigger): Promise<void> {
    return this.#triggers.add(trigger);
  }

  async #payload(value: unknown, what: string): Promise<Payload> {
    return this.#engine.payloads.of(json(value, what, 'INPUT_INVALID'));
  }

  // --- upkeep and end --------------------------------------------------------------------

  /** Removes finished runs past their retention, then blobs that nothing names any more. */
  tidy(options: { readonly grace?: number } = {}): Promise<Tidied> {
    return this.#caretaker.tidy(options.grace);
  }

  /** Resolves when nothing is in hand: every run has ended, or waits for time, a person or a signal. */
  async idle(): Promise<void> {
    do await this.#engine.idle();
    while (this.#triggers.looking);
  }

  /** Whether something is being decided or written just now. */
  get settling(): boolean {
    return this.#engine.settling || this.#triggers.looking;
  }

  /**
   * Begins nothing more, and resolves when what agents are at is done, or after so many milliseconds. Then it should be
   * closed: other nodes go on with its runs, or the next engine does.
   *
   * ```ts
   * process.once('SIGTERM', () => void orchestrator.drain(30_000).then(() => orchestrator.close()));
   * ```
   */
  drain(deadline: number): Promise<void> {
    return this.#engine.drain(deadline);
  }

  /** Lets go of the store. Unfinished runs go on when it is opened again. */
  async close(): Promise<void> {
    this.#caretaker.end();
    this.#inbox.close();
    this.#triggers.close();
    await this.#engine.close();
  }

  async registerAgent(agent: unknown): Promise<void> {
    this.register(agent);
    return Promise.resolve();
  }

  getAgent(id: string): AgentStatus | undefined {
    return this.agent(id);
  }

  getAllAgents(): readonly AgentStatus[] {
    return this.agents();
  }
}
