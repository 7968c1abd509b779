/**
 * A run without an engine: the skeleton alone, driven by hand. For tests of a plan's
 * control flow, and of the skeleton itself.
 *
 * U1. After every decision the journal is folded anew and must give the same state, by
 *     way of a snapshot too, and the run must have ended, stand still by command, or
 *     have something outstanding.
 */
import assert from 'node:assert/strict';
import type { Json } from '../core/data/json.ts';
import type { Plan } from '../core/plan/model.ts';
import { compile, type Program } from '../core/plan/program.ts';
import type { AnyWorkflow } from '../core/plan/workflow.ts';
import type { Command, Start } from '../core/run/commands.ts';
import { decide, decideMigration, start, type Decision } from '../core/run/decide.ts';
import type { AttemptRef, Entry, Fault, RunEvent } from '../core/run/events.ts';
import { begin, evolve } from '../core/run/evolve.ts';
import { attemptsInHand, outstanding, workAt } from '../core/run/outstanding.ts';
import { hasEnded, statusOf } from '../core/run/phases.ts';
import { openOutput, Shelf } from '../core/run/scope.ts';
import { restore, save } from '../core/run/snapshot.ts';
import type { Run, Status, StepState } from '../core/run/state.ts';
import { taskKey } from '../core/run/tasks.ts';
import { wakeAt } from '../core/run/deadlines.ts';

export class PureRun {
  program: Program;
  run: Run;
  now: number;
  readonly journal: Entry[] = [];
  readonly #programs: Program[];
  readonly shelf: Shelf = new Shelf();

  constructor(
    workflow: AnyWorkflow,
    input: Json = null,
    options: { readonly now?: number; readonly queued?: boolean; readonly fork?: Start['fork']; readonly budget?: number } = {},
  ) {
    this.program = compile(workflow);
    this.#programs = [this.program];
    this.now = options.now ?? 1_000_000;
    const decision = start(
      this.program,
      'run',
      {
        project: 'test',
        input: { value: input },
        ...(options.queued === true ? { queued: true } : {}),
        ...(options.fork === undefined ? {} : { fork: options.fork }),
        ...(options.budget === undefined ? {} : { budget: options.budget }),
      },
      this.now,
      this.shelf,
    );
    this.run = decision.run;
    this.#keep(decision);
  }

  // --- what happens -----------------------------------------------------------

  submit(command: Command): this {
    return this.#keep(decide(this.program, this.run, command, this.now, this.shelf));
  }

  complete(key: string, output: Json = null): this {
    return this.submit({ type: 'completed', ref: this.ref(key), output: { value: output } });
  }

  fail(key: string, error: string | Fault = 'broken'): this {
    return this.submit({
      type: 'failed',
      ref: this.ref(key),
      error: typeof error === 'string' ? { code: 'AGENT_FAILED', message: error } : error,
    });
  }

  signal(name: string, data: Json = null): this {
    return this.submit({ type: 'signal', name, data: { value: data } });
  }

  answer(step: string, choice: string, by: string = 'ann'): this {
    return this.submit({ type: 'answer', step, choice, by });
  }

  /** Time passes; every deadline on the way is met at its own time. */
  advance(milliseconds: number): this {
    const until = this.now + milliseconds;
    for (let at = wakeAt(this.program, this.run); at !== undefined && at <= until;) {
      this.now = Math.max(this.now, at);
      const before = this.run;
      this.submit({ type: 'tick' });
      assert.notEqual(this.run, before, `the alarm at ${at} brought nothing about`);
      at = wakeAt(this.program, this.run);
    }
    this.now = until;
    return this;
  }

  migrate(workflow: AnyWorkflow): this {
    const to = compile(workflow);
    const decision = decideMigration(this.program, this.run, { to }, this.now, this.shelf);
    this.#programs.push(to);
    this.program = to;
    return this.#keep(decision);
  }

  // --- what is ------------------------------------------------------------------

  /** Names of the attempts in hand: `script`, `pictures[2]`, `undo:upload`. */
  get inHand(): readonly string[] {
    return [...attemptsInHand(this.run)].map((ref) => taskKey(this.program.node(ref.step), ref));
  }

  ref(key: string): AttemptRef {
    const ref = [...attemptsInHand(this.run)].find((one) => taskKey(this.program.node(one.step), one) === key);
    assert.ok(ref !== undefined, `${key} is not in hand; ${this.inHand.join(', ') || 'nothing'} is`);
    return ref;
  }

  input(key: string): Json {
    const work = workAt(this.program, this.run, this.ref(key), this.shelf);
    assert.ok(work !== undefined);
    return work.input();
  }

  /** The plans that the run has gone by, by their hashes. */
  get plans(): Readonly<Record<string, Plan>> {
    return Object.fromEntries(this.#programs.map(({ hash, plan }) => [hash, plan]));
  }

  get status(): Status {
    return statusOf(this.run);
  }

  get output(): Json | undefined {
    return this.run.phase.is === 'succeeded' ? this.shelf.open(this.run.phase.output) : undefined;
  }

  get error(): Fault | undefined {
    return this.run.phase.is === 'failed' ? this.run.phase.error : undefined;
  }

  state(step: string): StepState {
    return this.run.steps.get(this.program.place(step));
  }

  is(step: string): StepState['is'] {
    return this.state(step).is;
  }

  outputOf(step: string): Json | undefined {
    const state = this.state(step);
    return state.is === 'done' ? openOutput(state.output, this.shelf) : undefined;
  }

  visits(step: string): number {
    return this.state(step).visit;
  }

  events<T extends RunEvent['type']>(type: T): readonly Extract<RunEvent, { type: T }>[] {
    return this.journal.flatMap(({ events }) => events).filter((event): event is Extract<RunEvent, { type: T }> => event.type === type);
  }

  // --- U1 -------------------------------------------------------------------------

  #keep(decision: Decision): this {
    if (decision.events.length > 0) {
      const seq = this.journal.reduce((sum, { events }) => sum + events.length, 0);
      // By way of JSON, as a store would.
      this.journal.push(JSON.parse(JSON.stringify({ seq, at: this.now, events: decision.events })) as Entry);
    }
    this.run = decision.run;
    assert.deepEqual(this.#fold(), this.run, 'the journal gives another state than the decision');
    assert.deepEqual(restore(save(this.run)), this.run, 'a snapshot loses something');
    this.#mustBeAlive();
    return this;
  }

  #fold(): Run {
    const programs = new Map(this.#programs.map((program) => [program.hash, program]));
    let run: Run | undefined;
    let program = this.#programs[0];
    for (const { events, at } of this.journal) {
      for (const event of events) {
        if (event.type === 'run.started') run = begin('run', event, at);
        else if (run !== undefined && program !== undefined) {
          run = evolve(program, run, event, at);
          if (event.type === 'run.migrated') program = programs.get(event.plan);
        }
      }
    }
    assert.ok(run !== undefined);
    return run;
  }

  #mustBeAlive(): void {
    if (hasEnded(this.run) || this.run.pausedAt !== undefined || this.run.phase.is === 'queued') return;
    assert.ok([...outstanding(this.program, this.run, this.shelf)].length > 0, `the run waits for nothing (${this.run.phase.is})`);
  }
}
