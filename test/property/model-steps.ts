/** What begins when a step's turn comes: questions, waits, and every other kind. */
import type { Json } from '../../src/core/data/json.ts';
import type { AskStep, WaitStep } from '../../src/core/plan/model.ts';
import { truthy } from './model-expression.ts';
import { freshTask, wantedBy, type Place, type Vote } from './model-place.ts';
import { Refused } from './model-run.ts';
import { ModelWork } from './model-work.ts';

export class ModelSteps extends ModelWork {
  protected look(place: Place): void {
    if (this.phase !== 'forward') return;
    if (place.is === 'active' && place.step.kind === 'map') return this.goOnWithItems(place);
    if (!this.isReady(place)) return;
    const before = this.map.before(place);
    const runs = before.length === 0 || before.some((one) => this.map.leads(one, place));
    if (runs && (place.step.when === undefined || truthy(this.evaluate(place, place.step.when)))) return this.begin(place);
    this.leave(place, 'skipped');
    place.feedback = undefined;
    this.tell(place);
  }

  protected begin(place: Place): void {
    const { step } = place;
    const main = (expression: Json): Json | undefined => this.evaluate(place, expression);
    switch (step.kind) {
      case 'step':
      case 'call':
        this.activate(place);
        this.renew(place, 1);
        return this.start(place.tasks[0] ?? freshTask());
      case 'map': {
        const list = main(step.over);
        if (!Array.isArray(list)) return this.failAtOnce(place, 'MAP_NOT_A_LIST');
        this.activate(place);
        this.renew(place, list.length);
        return this.goOnWithItems(place);
      }
      case 'gate':
        return this.gate(place, main(step.test) ?? null);
      case 'branch': {
        const choice = main(step.choose);
        if (typeof choice !== 'string' || !step.cases.includes(choice)) return this.failAtOnce(place, 'BRANCH_UNKNOWN');
        return this.finish(place, { choice });
      }
      case 'ask':
        this.activate(place);
        return this.ask(place, step);
      case 'wait':
        this.activate(place);
        return this.wait(place, step);
      case 'emit':
        this.told.push(step.event);
        return this.finish(place, null);
    }
  }

  protected ask(place: Place, step: AskStep): void {
    place.due = step.deadline === undefined ? undefined : this.time + step.deadline;
    const early = this.early.filter((one) => one.step === step.id);
    this.early.splice(0, Infinity, ...this.early.filter((one) => one.step !== step.id));
    for (const { by, choice } of early) if (place.is === 'active') this.vote(place, step, { by, choice });
  }

  protected answer(id: string, { by, choice }: Vote): void {
    this.mustGoOn();
    const place = this.map.place(id);
    const { step } = place;
    if (step.kind !== 'ask') throw new Refused('STEP_NOT_ASKING');
    if (place.is !== 'open' && place.is !== 'active') throw new Refused('STEP_DONE');
    const unknown = step.choices !== undefined && !step.choices.includes(choice);
    if (unknown || (step.who !== undefined && !step.who.includes(by))) throw new Refused('ANSWER_INVALID');
    if (place.is === 'active') return this.vote(place, step, { by, choice });
    this.early.splice(0, Infinity, ...this.early.filter((one) => one.step !== id || one.by !== by), { step: id, by, choice });
  }

  /** "One person has one voice, and a second answer replaces the first." */
  protected vote(place: Place, step: AskStep, vote: Vote): void {
    place.votes = [...place.votes.filter(({ by }) => by !== vote.by), vote];
    const agree = place.votes.filter(({ choice }) => step.choices === undefined || choice === vote.choice);
    const quorum = step.quorum ?? 1;
    if (agree.length < quorum) return;
    const said = ({ choice, by }: Vote): { [key: string]: Json } => (step.choices === undefined ? { value: choice, by } : { choice, by });
    this.finish(place, quorum === 1 ? said(vote) : { ...said(vote), answers: place.votes.map(said) });
  }

  protected wait(place: Place, step: WaitStep): void {
    const wanted = step.for;
    if ('until' in wanted) {
      const until = typeof wanted.until === 'number' ? wanted.until : NaN;
      place.due = until;
      if (until <= this.now) this.finish(place, null);
    } else if ('duration' in wanted) {
      place.due = this.time + wanted.duration;
      if (wanted.duration === 0) this.finish(place, null);
    } else {
      place.due = step.deadline === undefined ? undefined : this.time + step.deadline;
      this.takeSignal(place);
    }
  }

  protected deliver(signal: { readonly name: string; readonly data: Json }): void {
    this.signals.push(signal);
    if (this.goesOn) for (const place of this.active) this.takeSignal(place);
  }

  /** "Each is taken once, in the order in which they came." */
  protected takeSignal(place: Place): void {
    const wanted = wantedBy(place.step);
    const at = this.signals.findIndex(({ name }) => name === wanted);
    const [signal] = at < 0 ? [] : this.signals.splice(at, 1);
    if (signal !== undefined) this.finish(place, signal.data);
  }
}
