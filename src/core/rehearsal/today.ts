/**
 * The run as it would be: today's plan, given what came from outside when it came.
 *
 * T1. What an attempt was heard to do is kept until today's plan makes that attempt, and
 *     given to it then: a plan that does things in another order is followed all the same.
 * T2. A deadline that the recorded run had too is met when the recorded run met it, since
 *     nobody may have been at work when it was due; one that it did not have is met on time.
 */
import { ContinuoError } from '../errors.ts';
import type { Program } from '../plan/program.ts';
import { attemptNamed } from '../run/attempt-name.ts';
import type { Command, Start } from '../run/commands.ts';
import { wakeAt } from '../run/deadlines.ts';
import { decide, decideMigration, start, type Decision } from '../run/decide.ts';
import type { AttemptRef, Fault } from '../run/events.ts';
import { begin, evolve } from '../run/evolve.ts';
import { Shelf } from '../run/scope.ts';
import type { Run } from '../run/state.ts';
import { taskAt } from '../run/tasks.ts';
import type { Attempt, Cause } from './causes.ts';
import { factOf, type Fact } from './facts.ts';
import { withBlobs, type Fetching } from './fetching.ts';
import { inputAt, type Input } from './inputs.ts';

type AttemptCause = Extract<Cause, { is: 'attempt' }>;

/** A fact of today's, with the input of an attempt that it began. */
export interface Told {
  readonly fact: Fact;
  readonly at: number;
  readonly input?: Input;
}

/** Something that today's plan does not accept. */
export interface Refusal {
  readonly what: Command['type'];
  readonly of: string | undefined;
  readonly error: ContinuoError;
}

/** Errors of the plan's own functions: they come before any agent does. */
const ownErrors: ReadonlySet<string> = new Set([
  'TRANSFORMER_THREW',
  'TRANSFORMER_ASYNC',
  'TRANSFORMER_NOT_JSON',
  'VALUE_TOO_LARGE',
  'REFERENCE_INVALID',
]);

export class Today {
  readonly shelf: Shelf;
  program: Program;
  run: Run;
  #now: number;
  #told: Told[] = [];
  #refusals: Refusal[] = [];
  /** T1. By the attempt's name. */
  readonly #kept = new Map<string, AttemptCause[]>();
  /** Attempts whose input cannot be made: they fail whatever their agent was heard to say. */
  readonly #broken = new Map<string, Fault>();
  #stirred: string[] = [];

  /** Goes on from where a run stands. */
  constructor(program: Program, run: Run, at: number, shelf: Shelf = new Shelf()) {
    this.program = program;
    this.run = run;
    this.#now = at;
    this.shelf = shelf;
  }

  static *started(program: Program, id: string, how: Start, at: number): Fetching<Today> {
    const shelf = new Shelf();
    const decision = yield* withBlobs(shelf, () => start(program, id, how, at, shelf));
    const [first, ...rest] = decision.events;
    if (first?.type !== 'run.started') throw new TypeError('a start begins with run.started');
    const today = new Today(program, begin(id, first, at), at, shelf);
    today.#told.push({ fact: factOf({ program, run: today.run, at }, first, undefined), at });
    yield* today.#follow({ events: rest, run: decision.run }, at);
    return today;
  }

  /** What was decided and refused since this was last asked. */
  take(): { readonly told: readonly Told[]; readonly refusals: readonly Refusal[] } {
    const taken = { told: this.#told, refusals: this.#refusals };
    this.#told = [];
    this.#refusals = [];
    return taken;
  }

  *act(cause: Cause, at: number): Fetching<void> {
    this.#now = at;
    if (cause.is === 'tick') yield* this.#submit({ type: 'tick' });
    else if (cause.is === 'command') yield* this.#submit(cause.command);
    else if (cause.is === 'attempt') {
      const key = nameOf(cause.of);
      const kept = this.#kept.get(key);
      if (kept === undefined) this.#kept.set(key, [cause]);
      else kept.push(cause);
      this.#stirred.push(key);
    }
    yield* this.#giveKept();
  }

  *migrate(to: Program, by: string | undefined, at: number): Fetching<void> {
    this.#now = at;
    const how = { to, ...(by === undefined ? {} : { by }) };
    const decision = yield* withBlobs(this.shelf, () => decideMigration(this.program, this.run, how, at, this.shelf));
    yield* this.#follow(decision, at, to);
    yield* this.#giveKept();
  }

  /** T2. Time goes on to `until`; the recorded run next wakes at `theirs`. */
  *pass(until: number, theirs: number | undefined): Fetching<void> {
    for (;;) {
      const due = wakeAt(this.program, this.run);
      if (due === undefined || due > until || (theirs !== undefined && due >= theirs)) return;
      this.#now = Math.max(this.#now, due);
      const before = this.run;
      yield* this.#submit({ type: 'tick' });
      yield* this.#giveKept();
      if (this.run === before) return;
    }
  }

  /** After the journal: what was heard of attempts that would still come is given to them in their time. */
  *drain(): Fetching<void> {
    for (let due = this.#nextWake(); due !== undefined; due = this.#nextWake()) {
      const before = this.run;
      yield* this.pass(due, undefined);
      if (this.run === before) return;
    }
  }

  #nextWake(): number | undefined {
    return this.#kept.size === 0 ? undefined : wakeAt(this.program, this.run);
  }

  *#submit(command: Command): Fetching<void> {
    const at = this.#now;
    let decision: Decision;
    try {
      decision = yield* withBlobs(this.shelf, () => decide(this.program, this.run, command, at, this.shelf));
    } catch (error) {
      if (!(error instanceof ContinuoError)) throw error;
      const of = 'step' in command ? command.step : 'ref' in command ? this.program.node(command.ref.step).id : undefined;
      this.#refusals.push({ what: command.type, of, error });
      return;
    }
    yield* this.#follow(decision, at);
  }

  /** Takes a decision over, event by event: facts are told by how the run stood before each. */
  *#follow(decision: Decision, at: number, to: Program = this.program): Fetching<void> {
    let run = this.run;
    const begun: { readonly ref: AttemptRef; readonly at: number; readonly name: string }[] = [];
    for (const [offset, event] of decision.events.entries()) {
      const program = event.type === 'run.migrated' ? this.program : to;
      const fact = factOf({ program, run, at }, event, decision.events[offset - 1]);
      run = evolve(program, run, event, at);
      if (event.type === 'task.started') begun.push({ ref: event, at: this.#told.length, name: nameOf(fact) });
      if (event.type === 'task.held') this.#stirred.push(nameOf(fact));
      if (event.type === 'money.reserved') this.#stirred.push(...spenderOf(to, event.id));
      this.#told.push({ fact, at });
    }
    this.program = to;
    this.run = decision.run;
    // Everybody who is at work is asked anew under a new plan.
    if (decision.events[0]?.type === 'run.migrated') this.#stirred = [...this.#kept.keys()];
    for (const one of begun) yield* this.#begin(one);
  }

  *#begin({ ref, at, name }: { readonly ref: AttemptRef; readonly at: number; readonly name: string }): Fetching<void> {
    this.#stirred.push(name);
    const input = yield* inputAt(this.program, this.run, ref, this.shelf);
    const told = this.#told[at];
    if (input === undefined || told === undefined) return;
    this.#told[at] = { ...told, input };
    if ('error' in input) this.#broken.set(name, input.error);
  }

  *#giveKept(): Fetching<void> {
    for (let name = this.#stirred.shift(); name !== undefined; name = this.#stirred.shift()) {
      const kept = this.#kept.get(name);
      const at = kept?.findIndex((cause) => this.#wants(cause)) ?? -1;
      const cause = kept?.[at];
      if (kept === undefined || cause === undefined) continue;
      kept.splice(at, 1);
      if (kept.length === 0) this.#kept.delete(name);
      else this.#stirred.unshift(name);
      const command = this.#commandOf(cause);
      if (command !== undefined) yield* this.#submit(command);
    }
  }

  /** Whether it is about an attempt that today's plan has in hand. */
  #wants({ of, when, command }: AttemptCause): boolean {
    const ref = this.#refOf(of);
    if (ref === undefined) return false;
    if (when === 'reserved') {
      const settle = command(ref);
      return settle.type === 'settle' && this.run.money.reserved[settle.id] !== undefined;
    }
    const task = taskAt(this.run, ref);
    return task?.is === when && task.attempt === of.attempt;
  }

  #refOf({ step, item, undo, visit, attempt }: Attempt): AttemptRef | undefined {
    const node = this.program.nodes.find(({ id }) => id === step);
    if (node === undefined) return undefined;
    return {
      step: node.place,
      ...(item === undefined ? {} : { item }),
      ...(undo === undefined ? {} : { undo }),
      visit,
      attempt,
      ...(this.run.epoch === 0 ? {} : { epoch: this.run.epoch }),
    };
  }

  /** An attempt without an input fails; one that failed for want of one, and would have it today, is anybody's guess. */
  #commandOf({ of, command }: AttemptCause): Command | undefined {
    const ref = this.#refOf(of);
    if (ref === undefined) return undefined;
    const heard = command(ref);
    const error = this.#broken.get(nameOf(of));
    if (heard.type === 'completed' && error !== undefined) return { type: 'failed', ref, error };
    if (heard.type === 'failed' && error === undefined && ownErrors.has(heard.error.code)) return undefined;
    return heard;
  }
}

export function nameOf({ step, item, undo, visit, attempt }: Partial<Attempt>): string {
  return JSON.stringify([step, item, undo, visit, attempt]);
}

/** The name of the attempt that a reservation belongs to. */
function spenderOf(program: Program, id: string): readonly string[] {
  const ref = attemptNamed(id.slice(0, id.indexOf('/')));
  const node = ref === undefined ? undefined : program.nodes[ref.step];
  return node === undefined ? [] : [nameOf({ ...ref, step: node.id })];
}
