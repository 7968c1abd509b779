/**
 * One run of a random plan, driven by chance: agents that fail, results that come late,
 * people who answer, pause, cancel, retry, skip and move the run at any moment. Then
 * everything goes well, and the run must end within a bound. What must hold after every
 * decision, PureRun checks.
 */
import { ContinuoError } from '../../src/core/errors.ts';
import type { Plan } from '../../src/core/plan/model.ts';
import { parsePlan } from '../../src/core/plan/read.ts';
import { planWorkflow } from '../../src/core/plan/workflow.ts';
import { attemptName } from '../../src/core/run/attempt-name.ts';
import type { AttemptRef, Fault } from '../../src/core/run/events.ts';
import { attemptsInHand } from '../../src/core/run/outstanding.ts';
import { hasEnded } from '../../src/core/run/phases.ts';
import type { Status } from '../../src/core/run/state.ts';
import { PureRun } from '../../src/testing/pure-run.ts';
import { Chance } from './chance.ts';
import { randomPlan } from './random-plan.ts';

const wildMoves = 40;
const calmMoves = 600;

export function playSeed(seed: number): Status {
  return new Game(seed).play();
}

/** The same run, with its journal and its plans. */
export function runOfSeed(seed: number): PureRun {
  const game = new Game(seed);
  game.play();
  return game.run;
}

class Game {
  readonly #chance: Chance;
  readonly #plan: Plan;
  readonly #run: PureRun;
  readonly #stale: AttemptRef[] = [];
  readonly #inputs = new Map<string, string>();

  constructor(seed: number) {
    this.#chance = new Chance(seed);
    this.#plan = parsePlan(randomPlan(this.#chance));
    this.#run = new PureRun(planWorkflow(this.#plan), null, { queued: this.#chance.happens(0.1) });
  }

  get run(): PureRun {
    return this.#run;
  }

  play(): Status {
    for (let move = 0; move < wildMoves; move++) this.#move(this.#chance.pick(this.#wild));
    for (let move = 0; move < calmMoves && !hasEnded(this.#run.run); move++)
      this.#move(this.#chance.pick([this.#work, this.#work, this.#world]));
    if (!hasEnded(this.#run.run))
      throw new Error(`the run does not end: it is ${this.#run.run.phase.is}, with ${this.#run.inHand.join(', ') || 'nothing'} in hand`);
    return this.#run.status;
  }

  /** Commands may be refused at any moment; nothing else may be thrown. */
  #move(move: () => void): void {
    try {
      move();
    } catch (error) {
      if (!(error instanceof ContinuoError)) throw error;
    }
    this.#mustNotWaitInVain();
    this.#mustKeepInputs();
  }

  /** What a join was decided without is not open any more, where it said so. */
  #mustNotWaitInVain(): void {
    const { program, run } = this.#run;
    for (const join of Object.keys(run.joins)) {
      const { id, step, edges } = program.node(Number(join));
      const open = edges.find(({ from }) => step.join?.rest === 'cancel' && ['idle', 'active'].includes(run.steps.get(from).is));
      if (open !== undefined) throw new Error(`${id} was decided, and ${program.node(open.from).id} is still open`);
    }
  }

  /** An attempt that is made again after a crash gets what it got before; a result given by hand may come after who reads it. */
  #mustKeepInputs(): void {
    if (this.#run.events('step.completed').some(({ source }) => source === 'skip')) return;
    for (const key of this.#run.inHand) {
      const name = attemptName(this.#run.ref(key));
      const input = this.#inputOf(key);
      const known = this.#inputs.get(name);
      if (known !== undefined && known !== input) throw new Error(`the input of ${key} was ${known} and is ${input}`);
      this.#inputs.set(name, input);
    }
  }

  #inputOf(key: string): string {
    try {
      return JSON.stringify(this.#run.input(key));
    } catch (error) {
      if (error instanceof ContinuoError) return error.code;
      throw error;
    }
  }

  get #someStep(): string {
    return this.#chance.pick(this.#plan.steps).id;
  }

  /** An agent answers or fails. */
  readonly #work = (): void => {
    const { inHand } = this.#run;
    if (inHand.length === 0) return this.#world();
    const key = this.#chance.pick(inHand);
    this.#stale.push(this.#run.ref(key));
    if (this.#chance.happens(0.7)) this.#run.complete(key, this.#chance.pick([true, false, 5, { score: this.#chance.below(9) }]));
    else this.#run.fail(key, this.#chance.pick(faults));
  };

  /** Time passes, people answer, signals come: whatever the run waits for. */
  readonly #world = (): void => {
    const it = this.#run;
    if (it.run.pausedAt !== undefined) it.submit({ type: 'resume' });
    if (it.run.phase.is === 'queued') it.submit({ type: 'admit' });
    if (it.run.phase.is === 'fallback')
      it.submit({ type: 'fallback-ended', result: this.#chance.pick([{ output: { value: 1 } }, { error: { code: 'X', message: 'x' } }]) });
    for (const place of it.run.active) this.#move(() => this.#serve(place));
    it.advance(this.#chance.below(10_000));
  };

  #serve(place: number): void {
    const it = this.#run;
    const { step, id } = it.program.node(place);
    if (step.kind === 'ask') it.answer(id, 'y', this.#chance.pick(['ann', 'bob', 'cid']));
    else if (step.kind === 'wait' && 'signal' in step.for) it.signal(step.for.signal);
    else if (step.kind === 'wait') it.submit({ type: 'hear', emission: it.run.heard + 1, name: 'e', data: { value: 1 } });
    else {
      // A held task wants a job's id, or more money.
      this.#move(() => it.submit({ type: 'answer', step: id, by: 'ann', value: { value: 100 + (it.run.money.limit ?? 0) } }));
      it.submit({ type: 'answer', step: id, by: 'ann', value: { value: 'job' } });
    }
  }

  /** A result that comes late, or twice, counts only if its attempt does. */
  readonly #late = (): void => {
    if (this.#stale.length === 0) return;
    const ref = this.#chance.pick(this.#stale);
    const counts = [...attemptsInHand(this.#run.run)].some((one) => attemptName(one) === attemptName(ref));
    const before = this.#run.run;
    this.#run.submit({ type: 'completed', ref, output: { value: 'late' } });
    if (!counts && this.#run.run !== before) throw new Error(`the stale result of ${attemptName(ref)} changed the run`);
  };

  readonly #record = (): void => {
    const { inHand } = this.#run;
    if (inHand.length === 0) return;
    const ref = this.#run.ref(this.#chance.pick(inHand));
    this.#run
      .submit({ type: 'record', ref, name: 'r', value: { value: 1 } })
      .submit({ type: 'reserve', ref, id: 'm', amount: this.#chance.below(100) / 100 });
  };

  readonly #migrate = (): void => {
    const steps = this.#chance.happens(0.5) ? this.#plan.steps : this.#plan.steps.toReversed();
    this.#run.migrate(planWorkflow({ ...this.#plan, steps, version: String(this.#chance.below(99)) }));
  };

  readonly #wild: readonly (() => void)[] = [
    ...Array.from({ length: 9 }, () => this.#work),
    ...Array.from({ length: 5 }, () => this.#world),
    this.#late,
    this.#record,
    () => this.#run.submit({ type: 'pause' }),
    () => this.#run.submit({ type: 'resume' }),
    () => this.#chance.happens(0.15) && this.#run.submit({ type: 'cancel' }),
    () => this.#run.submit({ type: 'retry', ...(this.#chance.happens(0.5) ? { step: this.#someStep } : {}) }),
    () => this.#run.submit({ type: 'skip', step: this.#someStep, value: { value: 'by hand' } }),
    () => this.#run.signal(this.#chance.pick(['a', 'b', 'c'])),
    () => this.#run.answer(this.#someStep, 'y', this.#chance.pick(['ann', 'bob'])),
    () => this.#chance.happens(0.3) && this.#migrate(),
  ];
}

const faults: readonly (string | Fault)[] = [
  'no',
  'no',
  'no',
  { code: 'JOB_UNKNOWN', message: 'who knows', details: { name: 'j' } },
  { code: 'BUDGET_EXCEEDED', message: 'dear', details: { of: 'run', onLimit: 'ask', needed: 9, left: 1 } },
];
