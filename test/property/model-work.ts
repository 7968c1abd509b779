/** Work, its retries and its failures; gates and going back. */
import type { Json } from '../../src/core/data/json.ts';
import type { MapStep, WorkStep } from '../../src/core/plan/model.ts';
import type { Attempt, Outcome } from './facts.ts';
import { truthy } from './model-expression.ts';
import { delayOf, freshTask, mayRetry, type Loop, type Place, type Task } from './model-place.ts';
import { ModelRun, type InHand } from './model-run.ts';

export class ModelWork extends ModelRun {
  /** What was cut off or failed starts again with a new allowance of retries; what was finished stays finished. */
  protected renew(place: Place, count: number): void {
    const old = place.kept && place.tasks.length === count ? place.tasks : [];
    place.tasks = Array.from({ length: count }, (_, at) => {
      const task = old[at];
      return task === undefined ? freshTask() : task.is === 'done' ? task : { ...freshTask(), attempt: task.attempt };
    });
    place.kept = false;
  }

  protected start(task: Task): void {
    if (task.is === 'idle') task.first = this.time;
    task.is = 'running';
    task.attempt++;
    task.losses = 0;
    if (task === this.undo) this.undoAttempts.set(this.toUndo[0]?.step.id ?? '', task.attempt);
  }

  protected goOnWithItems(place: Place): void {
    const { concurrency = Infinity, tolerate = 0 } = place.step as MapStep;
    const count = (...states: readonly Task['is'][]): number => place.tasks.filter(({ is }) => states.includes(is)).length;
    for (const task of place.tasks) {
      const room = count('running', 'backoff') < concurrency && count('failed') <= tolerate;
      if (task.is === 'idle' && room && this.goesOn) this.start(task);
    }
    if (count('running', 'backoff') > 0) return;
    if (count('failed') > tolerate) this.fail(place, 'MAP_ITEMS_FAILED');
    else if (count('idle') === 0) {
      this.finish(
        place,
        place.tasks.map(({ is, output }) => (is === 'done' ? output : null)),
      );
    }
  }

  /** "The result of an attempt that no longer counts never changes a run." */
  protected result(of: Attempt, outcome: Outcome): void {
    const found = this.found(of);
    if (found === undefined) return;
    const { place, task } = found;
    const step = place.step as WorkStep | MapStep;
    if ('output' in outcome) {
      task.is = 'done';
      task.output = outcome.output;
      return this.taskOver(place, task, '');
    }
    const policy = task === this.undo ? (step.undo?.retryPolicy ?? step.retryPolicy) : step.retryPolicy;
    // Decision 0005: while a failing run drains, nothing is tried again.
    if (this.phase === 'draining' || policy === undefined || !mayRetry(policy, outcome, task.retries)) {
      task.is = 'failed';
      return this.taskOver(place, task, outcome.code);
    }
    task.is = 'backoff';
    task.retries++;
    task.retryAt = this.time + delayOf(policy, task.retries);
    if (task.retryAt <= this.time && this.pausedAt === undefined) this.start(task);
  }

  /** It takes no retry, and its next attempt does not wait. Whatever loses one maker after another fails. */
  protected lost(of: Attempt): void {
    const task = this.found(of)?.task;
    if (task === undefined) return;
    const losses = task.losses + 1;
    if (losses > 5) return this.result(of, { code: 'NODE_LOST' });
    this.start(task);
    task.losses = losses;
  }

  protected found({ key, visit, attempt }: Attempt): InHand | undefined {
    return this.attemptsInHand().find((one) => one.key === key && one.place.visit === visit && one.task.attempt === attempt);
  }

  protected taskOver(place: Place, task: Task, code: string): void {
    if (task === this.undo) {
      place.undone = task.is === 'done';
      this.undo = undefined;
      this.toUndo.shift();
    } else if (place.step.kind === 'map') this.goOnWithItems(place);
    else if (task.is === 'done') this.finish(place, task.output);
    else this.fail(place, code);
  }

  protected failAtOnce(place: Place, code: string): void {
    place.visit = ++place.visits;
    const kept = place.kept;
    this.fail(place, code);
    place.kept = kept && place.is === 'failed';
  }

  protected fail(place: Place, code: string): void {
    const { step } = place;
    const back = step.kind === 'gate' ? undefined : this.map.wayBack(place);
    const round = this.loop(place).rounds + 1;
    const forward = this.phase === 'forward';
    this.leave(place, 'failed');
    place.kept = true;
    place.code = code;
    place.handled = forward && (step.onFailure === 'continue' || this.map.rescueOf(place) !== undefined);
    if (forward && back !== undefined && round <= back.max) this.goBack(place, back.to, round);
    else if (place.handled) this.tell(place);
    else this.failRun(code);
  }

  protected loop({ step: { id } }: Place): Loop {
    const loop = this.loops.get(id) ?? { rounds: 0 };
    this.loops.set(id, loop);
    return loop;
  }

  protected gate(place: Place, verdict: Json): void {
    const { step } = place;
    if (step.kind !== 'gate') return;
    const loop = this.loop(place);
    const back = this.map.wayBack(place);
    const round = loop.rounds + 1;
    const passed = truthy(
      typeof verdict === 'object' && verdict !== null && !Array.isArray(verdict) ? (verdict as { ok?: Json }).ok : verdict,
    );
    if (passed) return this.finish(place, { passed, round, verdict });
    const score = step.otherwise?.keepBest === undefined ? undefined : this.evaluate(place, step.otherwise.keepBest);
    if (back !== undefined && typeof score === 'number' && (loop.best === undefined || score > loop.best.score))
      loop.best = { score, round, places: this.map.following(back.to).map((one) => structuredClone(one)) };
    if (back !== undefined && round <= back.max) return this.goBack(place, back.to, round);
    if (loop.best !== undefined && loop.best.round !== round) this.restore(place, loop.best.places);
    if (step.exhausted === 'fail') return this.failAtOnce(place, 'GATE_REFUSED');
    this.finish(place, { passed, round, verdict, ...(loop.best === undefined ? {} : { kept: loop.best.round }) });
  }

  /** "The steps of the round with the highest number are restored as they were, and what follows goes on from there." */
  protected restore(gate: Place, best: readonly Place[]): void {
    for (const saved of best) {
      const place = this.map.place(saved.step.id);
      if (place !== gate && saved.is !== 'open' && saved.is !== 'active')
        Object.assign(place, { ...structuredClone(saved), step: place.step, visits: place.visits });
    }
  }

  /** A new visit of the step and of everything that follows from it. */
  protected goBack(by: Place, to: Place, round: number): void {
    const again = this.map.following(to);
    const previous = Object.fromEntries(again.filter(({ is }) => is === 'done').map(({ step, output }) => [step.id, output]));
    for (const place of again) {
      this.leave(place, 'open');
      place.feedback = { by: by.step.id, round, previous };
    }
    // Decision 0011: a loop that goes back less far begins anew.
    for (const place of this.places) {
      const inner = this.map.wayBack(place)?.to;
      if (inner !== undefined && inner !== to && again.includes(inner)) this.loops.delete(place.step.id);
    }
    this.loop(by).rounds = round;
    this.news.push(to);
  }
}
