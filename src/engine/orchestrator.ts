/** The public face of the engine. */
import { randomUUIDv7 } from 'node:crypto';
import { ContinuoError, type ErrorCode } from '../core/errors.ts';
import type { StandardSchemaV1 } from '../core/plan/standard-schema.ts';
import { canonicalJson } from '../core/data/canonical.ts';
import type { Json } from '../core/data/json.ts';
import { planWorkflow, type AnyWorkflow, type InputOf, type OutputOf } from '../core/plan/workflow.ts';
import { parsePlan } from '../core/plan/read.ts';
import type { PublicCommand } from '../core/run/commands.ts';
import { decideMigration } from '../core/run/decide.ts';
import type { Entry, Fault, Payload } from '../core/run/events.ts';
import { forkOf } from '../core/run/fork.ts';
import { statusOf } from '../core/run/phases.ts';
import type { Run, Status } from '../core/run/state.ts';
import type { Question } from '../core/run/outstanding.ts';
import type { RunQuery, RunRecord } from '../ports/journal.ts';
import { json, mustHaveWorkers, schemaOf, validInput, workflowOf, type Startable } from './admission.ts';
import { check } from './schema.ts';
import type { EventName, Events, Told } from './bus.ts';
import { Engine, type EngineParts } from './engine.ts';
import { InboxService, type Asked } from './inbox-service.ts';
import { orchestrate, type OrchestrationResult } from './orchestrate.ts';
import type { DeadLetter } from './reader.ts';
import type { AgentStatus } from './registry.ts';
import { Triggers, type Trigger } from './triggers.ts';
import { collectBlobs, defaultGrace, removeExpired } from './upkeep.ts';
import type { RunView } from './view.ts';

/** What a startable takes and gives: known of workflows, anything of names and plans. */
export type InputFor<W> = W extends AnyWorkflow ? InputOf<W> : unknown;
export type OutputFor<W> = W extends AnyWorkflow ? OutputOf<W> : Json;

export interface StartOptions {
  /** The run's id; a new one when absent. Starting an id that is there goes on with it. */
  readonly id?: string;
  readonly project?: string;
  /** A second start with the same key is the same run. */
  readonly idempotencyKey?: string;
  readonly priority?: number;
  readonly by?: string;
}

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
}

const idPattern = /^[A-Za-z0-9._~-]{1,128}$/;
/** Expired runs and unreachable blobs are looked for this often. */
const upkeepEvery = 3_600_000;

export class Orchestrator {
  readonly #engine: Engine;
  readonly #inbox: InboxService;
  readonly #triggers: Triggers;
  #upkeep: (() => void) | undefined;

  constructor(parts: OrchestratorParts) {
    this.#engine = new Engine(parts);
    this.#inbox = new InboxService(this.#engine, (run, asked, consumes) => this.#carryOut(run, asked, consumes));
    this.#triggers = new Triggers(this.#engine, (what, input, options) => this.start(what, input, options));
    this.register(...(parts.agents ?? []));
    for (const workflow of parts.workflows ?? []) this.registerWorkflow(workflow);
  }

  /** Goes on with every run that an earlier engine left, then takes commands: called once, before anything else. */
  async begin(): Promise<void> {
    await this.#engine.recover();
    await this.#inbox.open();
    this.#scheduleUpkeep();
  }

  // --- agents and workflows -----------------------------------------------------

  register(...agents: readonly unknown[]): void {
    for (const one of agents) this.#engine.registry.register(one);
    this.#engine.pump();
  }

  registerWorkflow(workflow: AnyWorkflow): void {
    this.#engine.library.register(workflow);
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
    const workflow = workflowOf(what, this.#engine.library);
    const { project = 'default', priority, by, idempotencyKey } = options;
    const known = idempotencyKey === undefined ? undefined : await this.#engine.backend.runs.byKey(project, idempotencyKey);
    const id = options.id ?? known?.run ?? randomId();
    if (!idPattern.test(id)) throw new ContinuoError('RUN_ID_INVALID', `${JSON.stringify(id)} cannot be a run id`);
    this.#engine.library.know(workflow);
    const valid = await validInput(workflow, input);
    if (known !== undefined || (options.id !== undefined && (await this.#engine.backend.runs.get(id)) !== undefined)) {
      await this.#mustBeSame(known?.run ?? id, workflow, valid, input === undefined);
      return this.handle(known?.run ?? id);
    }
    mustHaveWorkers(workflow, this.#engine);
    try {
      await this.#engine.begin(
        id,
        workflow,
        { project, input: valid, ...(priority === undefined ? {} : { priority }), ...(by === undefined ? {} : { by }) },
        idempotencyKey === undefined ? {} : { idempotencyKey },
      );
    } catch (error) {
      // Another start with the same key was first: that is the run.
      const first = raceLost(error) ? await this.#winner(id, project, idempotencyKey) : undefined;
      if (first === undefined) throw error;
      await this.#mustBeSame(first, workflow, valid, input === undefined);
      return this.handle(first);
    }
    return this.handle(id);
  }

  async #winner(id: string, project: string, idempotencyKey: string | undefined): Promise<string | undefined> {
    const { runs } = this.#engine.backend;
    return idempotencyKey === undefined ? (await runs.get(id))?.run : (await runs.byKey(project, idempotencyKey))?.run;
  }

  async #mustBeSame(id: string, workflow: AnyWorkflow, input: Json, anyInput: boolean): Promise<void> {
    const { run } = await this.#engine.actor(id);
    if (run.workflow !== workflow.id) throw new ContinuoError('RUN_EXISTS', `run ${id} exists, of workflow ${run.workflow}, not ${workflow.id}`);
    if (anyInput) return;
    const known = await this.#engine.payloads.open(run.input);
    if (canonicalJson(known) !== canonicalJson(input)) throw new ContinuoError('RUN_EXISTS', `run ${id} exists, and it was started with another input`);
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
    return orchestrate(this, workflow.plan, runId, this.#engine.clock.now() - began);
  }

  /** Several runs, each accepted or refused by itself. */
  startAll<W extends Startable>(what: W, inputs: readonly InputFor<W>[], options: Omit<StartOptions, 'id' | 'idempotencyKey'> = {}): Promise<readonly PromiseSettledResult<RunHandle<OutputFor<W>>>[]> {
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

  list(query: RunQuery = {}): Promise<readonly RunRecord[]> {
    return this.#engine.reader.list(query);
  }

  history(id: string): Promise<readonly Entry[]> {
    return this.#engine.reader.history(id);
  }

  deadLetters(query: Pick<RunQuery, 'project' | 'workflow' | 'after' | 'limit'> = {}): Promise<readonly DeadLetter[]> {
    return this.#engine.reader.deadLetters(query);
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

  get blobs(): Engine['backend']['blobs'] {
    return this.#engine.backend.blobs;
  }

  // --- commanding ------------------------------------------------------------------------

  async answer(id: string, step: string, answer: AnswerOptions): Promise<void> {
    await this.#carryOut(id, { type: 'answer', step, by: 'someone', ...answer, ...(await this.#value(answer.value)) } as PublicCommand, undefined);
  }

  async signal(id: string, name: string, data: unknown = null, by?: string): Promise<void> {
    const payload = await this.#engine.payloads.of(json(data, 'data', 'INPUT_INVALID'));
    await this.#carryOut(id, { type: 'signal', name, data: payload, ...(by === undefined ? {} : { by }) }, undefined);
  }

  pause(id: string, by?: string): Promise<void> {
    return this.#carryOut(id, { type: 'pause', ...(by === undefined ? {} : { by }) }, undefined);
  }

  resume(id: string, by?: string): Promise<void> {
    return this.#carryOut(id, { type: 'resume', ...(by === undefined ? {} : { by }) }, undefined);
  }

  cancel(id: string, options: { readonly by?: string; readonly reason?: string } = {}): Promise<void> {
    return this.#carryOut(id, { type: 'cancel', ...options }, undefined);
  }

  /** Tries what failed again; with `step`, only that. */
  retry(id: string, options: { readonly step?: string; readonly by?: string } = {}): Promise<void> {
    return this.#carryOut(id, { type: 'retry', ...options }, undefined);
  }

  /** Gives a step its result by hand. */
  async skip(id: string, step: string, value: unknown = null, by?: string): Promise<void> {
    const payload = await this.#engine.payloads.of(json(value, 'value', 'INPUT_INVALID'));
    await this.#carryOut(id, { type: 'skip', step, value: payload, ...(by === undefined ? {} : { by }) }, undefined);
  }

  /** A new run that keeps what another had done before a step. */
  async fork<O = Json>(id: string, options: ForkOptions = {}): Promise<RunHandle<O>> {
    const forked = options.id ?? randomId();
    await this.#fork(id, { ...options, id: forked });
    return this.handle<O>(forked);
  }

  /** Moves a run to another version of its workflow; refused where finished work would lose its place. */
  async migrate(id: string, to: Startable, by?: string): Promise<void> {
    const workflow = workflowOf(to, this.#engine.library);
    this.#engine.library.know(workflow);
    mustHaveWorkers(workflow, this.#engine);
    const program = await this.#engine.library.save(workflow);
    const actor = await this.#engine.actor(id);
    await actor.enter((from, run, now, shelf) => decideMigration(from, run, { to: program, ...(by === undefined ? {} : { by }) }, now, shelf), { program });
  }

  trigger(trigger: Trigger): Promise<void> {
    return this.#triggers.add(trigger);
  }

  async #value(value: unknown): Promise<{ readonly value?: unknown }> {
    return value === undefined ? {} : { value: await this.#engine.payloads.of(json(value, 'value', 'ANSWER_INVALID')) };
  }

  /** One way for commands from here and from the inbox. */
  async #carryOut(id: string, asked: Asked, consumes: string | undefined): Promise<void> {
    if (asked.type === 'fork') {
      await this.#fork(id, asked);
      if (consumes !== undefined) await this.#engine.backend.inbox.settle(consumes);
      return;
    }
    const command = await this.#checked(id, asked);
    if (consumes === undefined) return this.#engine.command(id, command);
    const { seq } = (await this.#engine.actor(id)).run;
    await this.#engine.command(id, command, { consumes });
    // A command that changed nothing (a pause of a paused run) appended nothing that could consume it.
    if ((await this.#engine.actor(id)).run.seq === seq) await this.#engine.backend.inbox.settle(consumes);
  }

  /** What people and programs send goes through the schema of the step that waits for it. */
  async #checked(id: string, command: PublicCommand): Promise<PublicCommand> {
    if (command.type !== 'answer' && command.type !== 'signal') return command;
    const { program } = await this.#engine.actor(id);
    const { schemas } = this.#engine.library.known(program);
    const through = async (schema: StandardSchemaV1 | undefined, payload: Payload, code: ErrorCode, what: string): Promise<Payload> =>
      schema === undefined ? payload : this.#engine.payloads.of(json(await check(schema, await this.#engine.payloads.open(payload), code, what), 'value', code));
    if (command.type === 'signal') {
      const waiting = program.plan.steps.find((step) => step.kind === 'wait' && 'signal' in step.for && step.for.signal === command.name);
      return { ...command, data: await through(schemas.get(`steps.${waiting?.id}.signal`), command.data, 'INPUT_INVALID', `signal ${command.name}`) };
    }
    const { step } = program.node(program.place(command.step));
    if (command.value === undefined || step.kind !== 'ask') return command;
    const form = schemas.get(`steps.${step.id}.form`) ?? schemaOf(step.form, `the form of ${step.id}`);
    return { ...command, value: await through(form, command.value, 'ANSWER_INVALID', `the answer to ${step.id}`) };
  }

  async #fork(id: string, options: Omit<Extract<Asked, { type: 'fork' }>, 'type'>): Promise<void> {
    // Asked twice for the same fork (the first time may have been cut off), it is there once.
    if ((await this.#engine.backend.runs.get(options.id)) !== undefined) return;
    const { program, run } = await this.#engine.actor(id);
    const outputs: Record<string, Awaited<ReturnType<Engine['payloads']['of']>>> = {};
    for (const [step, value] of Object.entries(options.outputs ?? {})) outputs[step] = await this.#engine.payloads.of(json(value, step, 'FORK_INVALID'));
    const fork = forkOf(program, run, { outputs, ...(options.from === undefined ? {} : { from: options.from }) });
    const workflow = this.#engine.library.known(program);
    mustHaveWorkers(workflow, this.#engine);
    const input = options.input === undefined ? await this.#engine.payloads.open(run.input) : await validInput(workflow, options.input);
    const { project, priority } = run;
    await this.#engine.begin(options.id, workflow, { project, priority, input, fork, ...(options.by === undefined ? {} : { by: options.by }) }, {});
  }

  // --- upkeep and end --------------------------------------------------------------------

  /** Removes finished runs past their retention, then blobs that nothing names any more. */
  async tidy(options: { readonly grace?: number } = {}): Promise<{ readonly runs: number; readonly blobs: number; readonly bytes: number }> {
    const { backend, clock } = this.#engine;
    const runs = await removeExpired(backend, clock.now());
    const { grace = defaultGrace } = options;
    // What an attempt in hand has put is named nowhere yet, however long ago it was.
    const before = Math.min(clock.now(), this.#engine.oldestAttempt ?? Infinity) - grace;
    const { removed, bytes } = await collectBlobs(backend, before);
    return { runs, blobs: removed, bytes };
  }

  #scheduleUpkeep(): void {
    const { clock } = this.#engine;
    this.#upkeep = clock.at(clock.now() + upkeepEvery, () => {
      void this.tidy()
        .catch(() => undefined)
        .then(() => (this.#engine.closed ? undefined : this.#scheduleUpkeep()));
    });
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

  /** Lets go of the store. Unfinished runs go on when it is opened again. */
  async close(): Promise<void> {
    this.#upkeep?.();
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

/** Ids sort by the time at which they were made. */
export function randomId(): string {
  return randomUUIDv7();
}

function raceLost(error: unknown): boolean {
  return error instanceof ContinuoError && (error.code === 'JOURNAL_CONFLICT' || error.code === 'RUN_EXISTS');
}
