/** The real skeleton, driven by facts and looked at as the model is. Its functions are given, so that a test may spoil one. */
import type { Json } from '../../src/core/data/json.ts';
import { ContinuoError } from '../../src/core/errors.ts';
import type { Plan } from '../../src/core/plan/model.ts';
import { compile, type Program } from '../../src/core/plan/program.ts';
import { planWorkflow } from '../../src/core/plan/workflow.ts';
import type { Command } from '../../src/core/run/commands.ts';
import { wakeAt } from '../../src/core/run/deadlines.ts';
import { decide, start } from '../../src/core/run/decide.ts';
import type { AttemptRef, Fault, Payload, RunEvent } from '../../src/core/run/events.ts';
import { evolve, begin as first } from '../../src/core/run/evolve.ts';
import { outstanding, workAt, type TaskWork } from '../../src/core/run/outstanding.ts';
import { statusOf } from '../../src/core/run/phases.ts';
import { openOutput, Shelf } from '../../src/core/run/scope.ts';
import type { Run, StepState } from '../../src/core/run/state.ts';
import { begin, type Attempt, type Fact, type Outcome, type StepView, type View } from './facts.ts';

/** What a skeleton consists of. */
export interface Parts {
  compile(plan: Plan): Program;
  /** Events alone: the run after them is their fold. */
  decide(program: Program, run: Run, command: Command, now: number, shelf: Shelf): readonly RunEvent[];
  evolve(program: Program, run: Run, event: RunEvent, at: number): Run;
}

export const parts: Parts = {
  compile: (plan) => compile(planWorkflow(plan)),
  decide: (...question) => decide(...question).events,
  evolve,
};

export class Skeleton {
  readonly #parts: Parts;
  readonly #program: Program;
  readonly #shelf = new Shelf();
  readonly #told: string[] = [];
  #run: Run;
  #now = begin;
  #heard = 0;
  #refused: string | undefined;

  constructor(plan: Plan, given: Parts = parts) {
    this.#parts = given;
    this.#program = given.compile(plan);
    const { events } = start(this.#program, 'run', { project: 'p', input: { value: null } }, begin, this.#shelf);
    // A journal begins with the start of its run.
    this.#run = first('run', events[0] as Extract<RunEvent, { type: 'run.started' }>, begin);
    this.#fold(events.slice(1));
  }

  happens(fact: Fact): void {
    this.#refused = undefined;
    if (fact.is === 'time') return this.#timePasses(fact.passes);
    try {
      this.#submit(this.#commandOf(fact));
    } catch (error) {
      if (!(error instanceof ContinuoError)) throw error;
      this.#refused = error.code;
    }
  }

  /** Every deadline on the way is met at its own time. */
  #timePasses(milliseconds: number): void {
    const until = this.#now + milliseconds;
    for (let at = wakeAt(this.#program, this.#run); at !== undefined && at <= until; at = wakeAt(this.#program, this.#run)) {
      this.#now = Math.max(this.#now, at);
      const before = this.#run;
      this.#submit({ type: 'tick' });
      if (this.#run === before) throw new Error(`the alarm at ${at} brings nothing about`);
    }
    this.#now = until;
  }

  #submit(command: Command): void {
    this.#fold(this.#parts.decide(this.#program, this.#run, command, this.#now, this.#shelf));
  }

  #fold(events: readonly RunEvent[]): void {
    for (const event of events) {
      if (event.type === 'emitted') this.#told.push(event.name);
      this.#run = this.#parts.evolve(this.#program, this.#run, event, this.#now);
    }
  }

  #commandOf(fact: Exclude<Fact, { is: 'time' }>): Command {
    switch (fact.is) {
      case 'result': {
        const ref = this.#refOf(fact.of);
        return 'output' in fact
          ? { type: 'completed', ref, output: { value: fact.output } }
          : { type: 'failed', ref, error: faultOf(fact) };
      }
      case 'lost':
        return { type: 'lost', ref: this.#refOf(fact.of) };
      case 'fallback':
        return {
          type: 'fallback-ended',
          result: 'output' in fact ? { output: { value: fact.output } } : { error: faultOf(fact) },
        };
      case 'answer': {
        const { step: id, by, choice } = fact;
        const step = this.#program.node(this.#program.place(id)).step;
        return {
          type: 'answer',
          step: id,
          by,
          ...(step.kind === 'ask' && step.form !== undefined ? { value: { value: choice } } : { choice }),
        };
      }
      case 'signal':
        return { type: 'signal', name: fact.name, data: { value: fact.data } };
      case 'event':
        return { type: 'hear', emission: ++this.#heard, name: fact.name, data: { value: fact.data } };
      case 'skip':
        return { type: 'skip', step: fact.step, value: { value: fact.value } };
      case 'retry':
        return { type: 'retry', ...(fact.step === undefined ? {} : { step: fact.step }) };
      default:
        return { type: fact.is };
    }
  }

  #refOf({ key, visit, attempt }: Attempt): AttemptRef {
    const [, undo, id = '', item] = /^(undo:)?([^[]+)(?:\[(\d+)\])?$/.exec(key) ?? [];
    return {
      step: this.#program.place(id),
      ...(item === undefined ? {} : { item: Number(item) }),
      ...(undo === undefined ? {} : { undo: true }),
      visit,
      attempt,
    };
  }

  view(): View {
    const run = this.#run;
    const world = [...outstanding(this.#program, run, this.#shelf)];
    const work = world.filter((one): one is TaskWork => one.kind === 'task' || one.kind === 'child').sort(byPlace);
    const { phase } = run;
    const wake = world.find((one) => one.kind === 'timer')?.at;
    return {
      status: statusOf(run),
      ...(phase.is === 'succeeded' ? { output: this.#open(phase.output) } : {}),
      ...(phase.is === 'failed' ? { error: phase.error.code } : {}),
      steps: Object.fromEntries(this.#program.nodes.map(({ id, place }) => [id, this.#viewOf(run.steps.get(place))])),
      inHand: work.map(({ key, ref }) => ({
        key,
        visit: ref.visit,
        attempt: ref.attempt,
        input: workAt(this.#program, run, ref, this.#shelf)?.input() ?? null,
      })),
      fallback: world.some(({ kind }) => kind === 'fallback'),
      ...(wake === undefined ? {} : { wake }),
      questions: world
        .flatMap((one) => (one.kind === 'question' ? [{ step: one.question.step, votes: one.question.answers }] : []))
        .sort(byStep),
      awaited: world.flatMap((one) => (one.kind === 'signal' ? [one.step] : [])).sort(),
      told: this.#told,
      ...(this.#refused === undefined ? {} : { refused: this.#refused }),
    };
  }

  #viewOf(state: StepState): StepView {
    switch (state.is) {
      case 'done':
        return { done: openOutput(state.output, this.#shelf), ...(state.undone === true ? { undone: true } : {}) };
      case 'failed':
        return { failed: state.error.code };
      case 'skipped':
        return 'skipped';
      default:
        return 'open';
    }
  }

  #open(payload: Payload): Json {
    return this.#shelf.open(payload);
  }
}

// In the order of the plan, whose steps are named in alphabetical order.
const byPlace = (a: TaskWork, b: TaskWork): number => a.ref.step - b.ref.step || (a.ref.item ?? 0) - (b.ref.item ?? 0);
const byStep = (a: { readonly step: string }, b: { readonly step: string }): number => (a.step < b.step ? -1 : 1);

function faultOf({ code, retryable }: Exclude<Outcome, { output: Json }>): Fault {
  return { code, message: code, ...(retryable === undefined ? {} : { retryable }) };
}
