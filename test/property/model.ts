/**
 * What docs/plans.md and docs/decisions/ say of a run, as plainly as it can be said: a slow
 * interpreter that goes over everything that happened, from the start, each time it is asked.
 * It shares nothing with the skeleton but the type of the plan.
 */
import type { Json } from '../../src/core/data/json.ts';
import type { MapStep, Plan, WorkStep } from '../../src/core/plan/model.ts';
import type { Fact, View } from './facts.ts';
import { freshTask, viewOf, wantedBy, type Place, type Task } from './model-place.ts';
import { Refused } from './model-run.ts';
import { ModelSteps } from './model-steps.ts';

export function interpret(plan: Plan, facts: readonly Fact[]): View {
  const model = new Model(plan);
  for (const fact of facts) model.happens(fact);
  return model.view();
}

class Model extends ModelSteps {
  #refused: string | undefined;

  constructor(plan: Plan) {
    super(plan);
    this.settle();
  }

  happens(fact: Fact): void {
    this.#refused = undefined;
    try {
      this.take(fact);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.#refused = error.message;
    }
    this.settle();
  }

  take(fact: Fact): void {
    switch (fact.is) {
      case 'result':
        return this.result(fact.of, fact);
      case 'lost':
        return this.lost(fact.of);
      case 'time':
        return this.timePasses(fact.passes);
      case 'answer':
        return this.answer(fact.step, fact);
      case 'signal':
        this.mustGoOn();
        return this.deliver({ name: fact.name, data: fact.data });
      case 'event':
        if (!this.ended) this.deliver({ name: `event:${fact.name}`, data: fact.data });
        return;
      case 'pause':
        this.mustGoOn();
        this.pausedAt ??= this.now;
        return;
      case 'resume':
        this.mustGoOn();
        return this.resume();
      case 'cancel':
        this.mustGoOn();
        return this.cancel();
      case 'retry':
        return this.retry(fact.step);
      case 'skip':
        return this.skip(this.map.place(fact.step), fact.value);
      case 'fallback':
        if (this.phase !== 'fallback') return;
        if ('output' in fact) this.output = fact.output;
        else this.error = fact.code;
        this.phase = 'output' in fact ? 'succeeded' : 'failed';
    }
  }

  /** Steps begin in the order in which what they wait for settled. In the end nothing that could begin is left. */
  settle(): void {
    while (this.pausedAt === undefined) {
      const next = this.news.shift() ?? (this.phase === 'forward' ? this.places.find((place) => this.isReady(place)) : undefined);
      if (next !== undefined) this.look(next);
      else if (!this.nextPhase()) return;
    }
  }

  timePasses(milliseconds: number): void {
    const until = this.now + milliseconds;
    for (let at = this.wake; at !== undefined && at <= until; at = this.wake) {
      this.now = Math.max(this.now, at);
      this.meetDeadlines();
      this.settle();
    }
    this.now = until;
  }

  get wake(): number | undefined {
    const all = this.pausedAt === undefined ? this.deadlines().map(({ at }) => at + this.stoodStill) : [];
    return all.length === 0 ? undefined : Math.min(...all);
  }

  meetDeadlines(): void {
    for (const deadline of this.deadlines()) if (deadline.at <= this.time) deadline.meet();
  }

  /** Everything that time alone brings about, in the run's own time. */
  deadlines(): readonly { readonly at: number; meet(): void }[] {
    const found: { readonly at: number; meet(): void }[] = [];
    const forward = this.phase === 'forward';
    const alive = forward || this.phase === 'draining';
    const { timeout } = this.plan;
    if (timeout !== undefined && alive) found.push({ at: this.began + timeout, meet: () => this.timedOut() });
    for (const place of alive ? this.active : []) {
      const { step } = place;
      const total = 'timeout' in step ? step.timeout?.total : undefined;
      for (const task of place.step.kind === 'map' || 'worker' in step ? place.tasks : []) {
        const { attempt } = task;
        const same = (): boolean => place.is === 'active' && task.attempt === attempt;
        const open = (): boolean => same() && (task.is === 'running' || task.is === 'backoff');
        if (total !== undefined && open()) found.push({ at: task.first + total, meet: () => open() && this.outOfTime(place, task) });
        const due = (): boolean => same() && task.is === 'backoff' && this.phase === 'forward';
        if (due()) found.push({ at: task.retryAt, meet: () => due() && this.start(task) });
      }
      const open = (): boolean => this.phase === 'forward' && place.is === 'active';
      const wall = step.kind === 'wait' && 'until' in step.for;
      if (place.due !== undefined && open())
        found.push({ at: wall ? place.due - this.stoodStill : place.due, meet: () => open() && this.deadlinePassed(place) });
    }
    const undo = this.undo;
    if (undo?.is === 'backoff') found.push({ at: undo.retryAt, meet: () => this.start(undo) });
    return found;
  }

  outOfTime(place: Place, task: Task): void {
    task.is = 'failed';
    this.taskOver(place, task, 'STEP_TIMED_OUT');
  }

  deadlinePassed(place: Place): void {
    const { step } = place;
    if (step.kind === 'wait' && ('duration' in step.for || 'until' in step.for)) return this.finish(place, null);
    if (step.kind !== 'wait' && step.kind !== 'ask') return;
    const { kind, otherwise } = step;
    if (otherwise === undefined) return this.fail(place, kind === 'ask' ? 'ASK_EXPIRED' : 'WAIT_EXPIRED');
    if (kind === 'wait') return this.finish(place, otherwise);
    this.finish(place, step.choices === undefined ? { value: otherwise, by: 'deadline' } : { choice: otherwise, by: 'deadline' });
  }

  timedOut(): void {
    this.phase = 'draining';
    this.error = 'RUN_TIMED_OUT';
    this.letGo();
  }

  /** Goes on towards the end, where nothing is in hand. Answers whether it did. */
  nextPhase(): boolean {
    const failed = this.places.find(({ is, handled }) => is === 'failed' && !handled);
    switch (this.phase) {
      case 'forward':
        if (this.active.length > 0) return false;
        if (failed !== undefined) this.failRun(failed.code);
        else this.succeed();
        return true;
      case 'draining':
        if (this.attemptsInHand().length > 0) return false;
        this.letGo();
        this.toUndo = this.places
          .filter(({ step, is, undone }) => 'undo' in step && step.undo !== undefined && is === 'done' && !undone)
          .sort((a, b) => b.order - a.order);
        this.phase = 'undoing';
        return true;
      case 'undoing':
        if (this.undo !== undefined) return false;
        this.undoNext();
        return true;
      default:
        return false;
    }
  }

  succeed(): void {
    const done = this.places.filter(({ is }) => is === 'done');
    this.phase = 'succeeded';
    this.output = Object.fromEntries(done.map(({ step, output }) => [step.id, output]));
  }

  undoNext(): void {
    const [place] = this.toUndo;
    if (place !== undefined) {
      // No attempt has the name of another: one that was let go may still answer.
      this.undo = { ...freshTask(), attempt: this.undoAttempts.get(place.step.id) ?? 0 };
      this.start(this.undo);
    } else if (this.cancelled) this.phase = 'cancelled';
    else this.phase = this.plan.fallbackPlan === undefined ? 'failed' : 'fallback';
  }

  resume(): void {
    if (this.pausedAt === undefined) return;
    this.stoodStill += this.now - this.pausedAt;
    this.pausedAt = undefined;
    this.meetDeadlines();
    if (this.phase === 'forward') for (const place of this.active) this.takeSignal(place);
    this.news = [...this.places];
  }

  cancel(): void {
    if (this.cancelled) return;
    if (this.pausedAt !== undefined) this.stoodStill += this.now - this.pausedAt;
    this.pausedAt = undefined;
    this.cancelled = true;
    this.phase = 'draining';
    this.letGo();
  }

  retry(id: string | undefined): void {
    if (this.phase !== 'failed') throw new Refused('RUN_NOT_FAILED');
    const failed = this.places.filter(({ is, handled }) => is === 'failed' && !handled);
    const only = id === undefined ? undefined : this.map.place(id);
    if (only !== undefined && !failed.includes(only)) throw new Refused('RUN_NOT_FAILED');
    this.again([...(only === undefined ? failed : [only]), ...this.compensated()]);
    this.goForward();
  }

  /** What was undone, and what follows from it. */
  compensated(): readonly Place[] {
    return this.places.filter(({ is, undone }) => is === 'done' && undone).flatMap((place) => this.map.following(place));
  }

  again(places: readonly Place[]): void {
    for (const place of new Set(places)) {
      const { kept } = place;
      this.leave(place, 'open');
      place.kept = kept;
    }
  }

  goForward(): void {
    this.phase = 'forward';
    this.began = this.now - this.stoodStill;
    this.news = [...this.places];
  }

  skip(place: Place, value: Json): void {
    if (this.phase !== 'failed') this.mustGoOn();
    if (place.is === 'done' || place.is === 'skipped') throw new Refused('STEP_DONE');
    if (this.phase === 'failed') {
      this.again(this.compensated().filter((other) => other !== place));
      this.goForward();
    } else if (this.phase !== 'forward') throw new Refused('RUN_NOT_ENDED');
    this.finish(place, value);
    this.news = [...this.places];
  }

  inputOf(key: string, place: Place, task: Task): Json {
    const step = place.step as WorkStep | MapStep;
    const main = this.evaluate(place, step.kind === 'map' ? step.over : step.input) ?? null;
    if (key.startsWith('undo:')) return { input: main, output: place.output };
    return step.kind === 'map' ? ((main as readonly Json[])[place.tasks.indexOf(task)] ?? null) : main;
  }

  view(): View {
    const inHand = this.attemptsInHand();
    const open = this.places.filter(({ is }) => this.phase === 'forward' && is === 'active');
    const fallback = this.phase === 'fallback';
    const going = this.pausedAt !== undefined ? 'paused' : inHand.length > 0 || fallback ? 'running' : 'waiting';
    const wake = this.wake;
    return {
      status: this.ended ? this.phase : going,
      ...(this.phase === 'succeeded' ? { output: this.output } : {}),
      ...(this.phase === 'failed' ? { error: this.error } : {}),
      steps: Object.fromEntries(this.places.map((place) => [place.step.id, viewOf(place)])),
      inHand: inHand.map(({ key, place, task }) => ({
        key,
        visit: place.visit,
        attempt: task.attempt,
        input: this.inputOf(key, place, task),
      })),
      fallback,
      ...(wake === undefined ? {} : { wake }),
      questions: open.filter(({ step }) => step.kind === 'ask').map(({ step, votes }) => ({ step: step.id, votes: votes.length })),
      awaited: open.filter(({ step }) => wantedBy(step) !== undefined).map(({ step }) => step.id),
      told: this.told,
      ...(this.#refused === undefined ? {} : { refused: this.#refused }),
    };
  }
}
