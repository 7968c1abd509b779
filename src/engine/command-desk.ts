/** Where commands of people and programs arrive: they are checked here, and handed to the run. */
import { ContinuoError, type ErrorCode } from '../core/errors.ts';
import type { StandardSchemaV1 } from '../core/plan/standard-schema.ts';
import type { PublicCommand } from '../core/run/commands.ts';
import { decideMigration } from '../core/run/decide.ts';
import type { Payload } from '../core/run/events.ts';
import { forkOf } from '../core/run/fork.ts';
import { json, mustHaveWorkers, schemaOf, validInput, workflowOf, type Startable } from './admission.ts';
import { attemptName } from '../core/run/attempt-name.ts';
import type { Engine } from './engine.ts';
import { isElsewhere } from './fleet/elsewhere.ts';
import type { Asked } from './inbox-service.ts';
import { reserveUpwards, settleUpwards } from './purse.ts';
import type { RunActor } from './run-actor.ts';
import type { CommandExtra } from './run-host.ts';
import { traceForFork } from './traces/run-spans.ts';
import { check } from './schema.ts';

export class CommandDesk {
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** One way for commands from here and from the inbox. */
  async carryOut(id: string, asked: Asked, consumes?: string): Promise<void> {
    if (asked.type === 'fork') {
      await this.fork(id, asked);
      if (consumes !== undefined) await this.#engine.backend.inbox.settle(consumes);
      return;
    }
    const extra = consumes === undefined ? {} : { consumes };
    if (asked.type === 'migrate') return this.#move(id, asked, extra);
    if (asked.type === 'from-engine') return this.#engine.command(id, asked.command, extra);
    if (asked.type === 'from-attempt') return this.#fromAttempt(id, asked, extra);
    if (asked.type === 'reserve-for' || asked.type === 'settle-for') return this.#money(id, asked, consumes);
    try {
      await this.#engine.command(id, await this.#checked(id, asked), extra);
    } catch (error) {
      // Whoever has the run looks into his inbox; what lies in it already lies right.
      if (consumes !== undefined || !isElsewhere(error)) throw error;
      await this.#mustBeWorkable(id);
      await this.#engine.handOn(id, asked);
    }
  }

  /** Where nobody lives who could have the functions of its plan, nobody would answer. */
  async #mustBeWorkable(id: string): Promise<void> {
    const { backend, library } = this.#engine;
    const record = await backend.runs.get(id);
    if (record === undefined || (await library.program(record.plan)).missing.length === 0) return;
    const nodes = (await backend.nodes?.()) ?? [];
    if (nodes.some(({ role, node, livesUntil, asOf }) => role === 'engine' && node !== backend.fleet?.node && livesUntil > asOf)) return;
    throw new ContinuoError(
      'PLAN_CODE_MISSING',
      `run ${id} goes by a version of ${record.workflow} whose functions are not loaded here, and no other engine lives`,
    );
  }

  async #fromAttempt(id: string, { said, memo }: Extract<Asked, { type: 'from-attempt' }>, extra: CommandExtra): Promise<void> {
    const actor = await this.#engine.actor(id);
    // Whoever made it has ended it himself: there is nobody to be told to stop.
    if (said.type === 'completed' || said.type === 'failed') actor.hand(said.ref)?.finish();
    await actor.submit(said, { ...extra, ...(memo === undefined ? {} : { memo: `${attemptName(said.ref)}/${memo}` }) });
  }

  /** Asked for again under the same name (the answer may have been lost), it is the same reservation. */
  async #money(id: string, asked: Extract<Asked, { type: 'reserve-for' | 'settle-for' }>, consumes: string | undefined): Promise<void> {
    const find = (run: string): Promise<RunActor> => this.#engine.actor(run);
    const upwards = asked.type === 'reserve-for' ? reserveUpwards : settleUpwards;
    await upwards(find, await find(id), asked.ref, asked.id, asked.amount);
    if (consumes !== undefined) await this.#engine.backend.inbox.settle(consumes);
  }

  /** What people and programs send goes through the schema of the step that waits for it. */
  async #checked(id: string, command: PublicCommand): Promise<PublicCommand> {
    if (command.type !== 'answer' && command.type !== 'signal') return command;
    const { program } = await this.#engine.actor(id);
    const { schemas } = this.#engine.library.known(program);
    const through = async (schema: StandardSchemaV1 | undefined, payload: Payload, code: ErrorCode, what: string): Promise<Payload> =>
      schema === undefined
        ? payload
        : this.#engine.payloads.of(json(await check(schema, await this.#engine.payloads.open(payload), code, what), 'value', code));
    if (command.type === 'signal') {
      const waiting = program.plan.steps.find((step) => step.kind === 'wait' && 'signal' in step.for && step.for.signal === command.name);
      return {
        ...command,
        data: await through(schemas.get(`steps.${waiting?.id}.signal`), command.data, 'INPUT_INVALID', `signal ${command.name}`),
      };
    }
    const { step } = program.node(program.place(command.step));
    if (command.value === undefined || step.kind !== 'ask') return command;
    const form = schemas.get(`steps.${step.id}.form`) ?? schemaOf(step.form);
    return { ...command, value: await through(form, command.value, 'ANSWER_INVALID', `the answer to ${step.id}`) };
  }

  /** A new run that keeps what another had done. */
  async fork(id: string, options: Omit<Extract<Asked, { type: 'fork' }>, 'type'>): Promise<void> {
    if (await this.#isThere(options.id, id)) return;
    const { program, run } = await this.#engine.reader.must(id);
    const outputs: Record<string, Awaited<ReturnType<Engine['payloads']['of']>>> = {};
    for (const [step, value] of Object.entries(options.outputs ?? {}))
      outputs[step] = await this.#engine.payloads.of(json(value, step, 'FORK_INVALID'));
    const kept = forkOf(program, run, { outputs, ...(options.from === undefined ? {} : { from: options.from }) });
    const fork = { ...kept, ...traceForFork(run) };
    const workflow = this.#engine.library.known(program);
    await mustHaveWorkers(workflow, this.#engine);
    const input = options.input === undefined ? await this.#engine.payloads.open(run.input) : await validInput(workflow, options.input);
    const { project, priority, money } = run;
    await this.#engine.begin(
      options.id,
      workflow,
      {
        project,
        priority,
        input,
        fork,
        ...(money.limit === undefined ? {} : { budget: money.limit }),
        ...(options.by === undefined ? {} : { by: options.by }),
      },
      {},
    );
  }

  /** Asked twice for the same fork (the first time may have been cut off), it is there once. */
  async #isThere(fork: string, of: string): Promise<boolean> {
    if ((await this.#engine.backend.runs.get(fork)) === undefined) return false;
    const { run } = await this.#engine.reader.must(fork);
    if (run.forkedFrom?.run !== of) throw new ContinuoError('RUN_EXISTS', `run ${fork} exists, and it is no fork of ${of}`);
    return true;
  }

  /** Moves a run to another version of its workflow. */
  async migrate(id: string, to: Startable, by: string | undefined): Promise<void> {
    const workflow = workflowOf(to, this.#engine.library);
    this.#engine.library.know(workflow);
    await mustHaveWorkers(workflow, this.#engine);
    const program = await this.#engine.library.save(workflow);
    const asked = { type: 'migrate', plan: program.hash, ...(by === undefined ? {} : { by }) } as const;
    try {
      await this.#move(id, asked, {});
    } catch (error) {
      if (!isElsewhere(error)) throw error;
      await this.#engine.handOn(id, asked);
    }
  }

  async #move(id: string, { plan, by }: Extract<Asked, { type: 'migrate' }>, extra: CommandExtra): Promise<void> {
    const to = await this.#engine.library.program(plan);
    const actor = await this.#engine.actor(id);
    const how = { to, ...(by === undefined ? {} : { by }) };
    await actor.enter((from, run, now, shelf) => decideMigration(from, run, how, now, shelf), { ...extra, program: to });
  }
}
