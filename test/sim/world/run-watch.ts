/**
 * What must hold of one run, after every event that became durable.
 *
 * W1. Event numbers follow each other; an ended run stays ended unless it is retried.
 * W2. An attempt begins once and has one end; what is recorded and how it ends is said
 *     by the attempt that counts, and by no other.
 * W3. A step begins when what it depends on is settled, while the run goes forward and
 *     does not stand still; it is finished once in a visit.
 * W4. After every append the run has ended, stands still by command, or something is
 *     outstanding that will move it; and the index says the same as the state.
 * W5. Loops, retries and money stay within what the plan says.
 * W6. An attempt takes the place of one that was lost only where that one is in hand: then that one counts no more.
 * W7. An answer that came before its question is there when it is asked.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Program } from '../../../src/core/plan/program.ts';
import { wakeAt } from '../../../src/core/run/deadlines.ts';
import { begin, evolve } from '../../../src/core/run/evolve.ts';
import type { AttemptRef, RunEvent } from '../../../src/core/run/events.ts';
import { reservationId } from '../../../src/core/run/money.ts';
import { attemptsInHand, outstanding } from '../../../src/core/run/outstanding.ts';
import { hasEnded, isBusy, statusOf } from '../../../src/core/run/phases.ts';
import { Shelf } from '../../../src/core/run/scope.ts';
import { restore } from '../../../src/core/run/snapshot.ts';
import type { Run } from '../../../src/core/run/state.ts';
import { taskKey } from '../../../src/core/run/tasks.ts';
import type { Append, RunRecord, Snapshot } from '../../../src/ports/journal.ts';
import type { Verdict } from './verdict.ts';

type Of<T extends RunEvent['type']> = Extract<RunEvent, { type: T }>;

const opening: ReadonlySet<RunEvent['type']> = new Set(['map.opened', 'ask.opened', 'wait.opened', 'gate.refused']);

export class RunWatch {
  readonly #id: string;
  readonly #verdict: Verdict;
  readonly #programOf: (hash: string) => Program;
  readonly #started = new Set<string>();
  readonly #ended = new Set<string>();
  readonly #finished = new Set<string>();
  readonly #open = new Set<string>();
  readonly #recorded = new Set<string>();
  readonly #submitted = new Set<string>();
  /** Who has answered a question that is yet to be asked. */
  readonly #early = new Map<number, Set<string>>();
  /** Of questions that were asked in this append: who had answered, and was not heard yet. */
  readonly #unheard = new Map<number, Set<string>>();
  readonly signals: string[] = [];
  readonly answers: string[] = [];
  #program: Program | undefined;
  run: Run | undefined;

  constructor(id: string, verdict: Verdict, programOf: (hash: string) => Program) {
    this.#id = id;
    this.#verdict = verdict;
    this.#programOf = programOf;
  }

  get program(): Program {
    if (this.#program === undefined) throw new Error(`run ${this.#id} has not begun`);
    return this.#program;
  }

  nameOf(place: number): string {
    return this.#program?.nodes[place]?.id ?? `step ${place}`;
  }

  hasStarted(key: string, visit: number, attempt: number): boolean {
    return this.#started.has(`${key} ${visit}.${attempt}`);
  }

  hasRecorded(key: string, visit: number, name: string): boolean {
    return this.#recorded.has(`${key} ${visit} ${name}`);
  }

  hasSubmitted(key: string, visit: number, name: string): boolean {
    return this.#submitted.has(`${key} ${visit} ${name}`);
  }

  append(write: Append, record: RunRecord | undefined): void {
    const seq = this.run?.seq ?? 0;
    if (write.seq !== seq) this.#broken('gap', `event ${write.seq} was written, and ${seq} is next`);
    for (const event of write.events) this.#event(event, write.at);
    if (this.run === undefined) return this.#broken('no start', 'the journal does not begin with its start');
    this.#asked(this.run);
    this.#alive(this.run);
    this.#agrees(this.run, record);
  }

  snapshot({ seq, state }: Snapshot): void {
    const restored = restore(state);
    if (this.run?.seq === seq && !isDeepStrictEqual(restored, this.run))
      this.#broken('snapshot', `the snapshot at event ${seq} is not what the journal says`);
  }

  #broken(check: string, message: string): void {
    this.#verdict.broken(check, this.#id, message);
  }

  #event(event: RunEvent, at: number): void {
    const before = this.run;
    if (event.type === 'run.started') {
      this.#program = this.#programOf(event.plan);
      this.run = begin(this.#id, event, at);
      return;
    }
    if (before === undefined) return;
    this.#check(event, before);
    this.run = evolve(this.program, before, event, at);
    if (event.type === 'run.migrated') this.#moved(event);
    this.#inHand(this.run);
    this.#money(this.run);
  }

  // --- before an event ----------------------------------------------------------

  #check(event: RunEvent, before: Run): void {
    if (hasEnded(before) && !['run.retried', 'run.migrated', 'money.settled'].includes(event.type))
      this.#broken('after the end', `${event.type} came after the run had ended`);
    if (opening.has(event.type) && 'step' in event && event.step !== undefined) this.#mayBegin(event.step, before, event.type);
    switch (event.type) {
      case 'task.started':
        return this.#starts(event, before);
      case 'task.completed':
      case 'task.failed':
      case 'task.held':
        if (event.type === 'task.completed' && event.item === undefined && event.undo !== true)
          this.#finish(event.step, event.visit, before);
        return this.#ends(event, before);
      case 'task.recorded':
        this.#counts(event, 'recorded');
        this.#recorded.add(`${this.#key(event)} ${event.visit} ${event.name}`);
        return;
      case 'job.intended':
        return this.#counts(event, 'intended a job');
      case 'job.submitted':
        this.#counts(event, 'submitted a job');
        this.#submitted.add(`${this.#key(event)} ${event.visit} ${event.name}`);
        return;
      case 'step.joined':
        return this.#joins(event, before);
      case 'map.closed':
        return this.#closes(event, before);
      case 'step.completed':
        return this.#finish(event.step, event.visit, before);
      case 'step.reopened': {
        const max = this.program.node(event.by).back?.max ?? 0;
        if (event.round > max)
          this.#broken('too many rounds', `${this.nameOf(event.by)} goes back for the ${event.round}th time of ${max}`);
        return;
      }
      case 'ask.answered':
        this.answers.push(`${this.nameOf(event.step)} ${event.by}`);
        if (before.steps.get(event.step).is === 'active') this.#unheard.get(event.step)?.delete(event.by);
        else this.#earlyOf(event.step).add(event.by);
        return;
      case 'task.released':
        this.answers.push(`${this.nameOf(event.step)} ${event.by ?? ''}`);
        return;
      case 'ask.opened':
        this.#unheard.set(event.step, this.#earlyOf(event.step));
        this.#early.delete(event.step);
        return;
      case 'signal.received':
        this.signals.push(JSON.stringify('value' in event.data ? event.data.value : event.data.blob));
        return;
      case 'money.reserved': {
        const [by] = event.id.split('/');
        if (![...attemptsInHand(before)].some((ref) => reservationId(before, ref, '') === `${by}/`))
          this.#broken('stale attempt', `attempt ${by ?? ''} reserved money, and it is not the one that counts`);
        return;
      }
      case 'signal.taken':
        if (!before.signals.some(({ name }) => name === event.name))
          this.#broken('signal from nowhere', `signal ${event.name} was taken, and there is none`);
        return;
      default:
        return;
    }
  }

  #key(ref: Omit<AttemptRef, 'attempt' | 'visit'>): string {
    return taskKey(this.program.node(ref.step), ref);
  }

  #name(ref: AttemptRef): string {
    return `${this.#key(ref)} ${ref.visit}.${ref.attempt}`;
  }

  #starts(event: Of<'task.started'>, before: Run): void {
    const name = this.#name(event);
    if (this.#started.has(name)) this.#broken('started twice', `attempt ${name} began twice`);
    this.#started.add(name);
    this.#open.add(name);
    if (event.lost === true) return this.#replaces(event);
    if (before.pausedAt !== undefined) this.#broken('started while paused', `attempt ${name} began while the run stood still`);
    if (event.undo === true) return;
    this.#mayBegin(event.step, before, `attempt ${name}`);
    const node = this.program.node(event.step);
    const retries = 'retryPolicy' in node.step ? (node.step.retryPolicy?.maxRetries ?? 0) : 0;
    const state = before.steps.get(event.step);
    const task = state.is === 'active' && state.work.do === 'task' && event.item === undefined ? state.work.task : undefined;
    if (task !== undefined && event.attempt - 1 - task.forgiven > retries)
      this.#broken('too many attempts', `attempt ${name} is beyond the ${retries} retries of the plan`);
  }

  /** W6. It goes on with what had begun: whatever the run has come to since does not stop it. */
  #replaces(event: Of<'task.started'>): void {
    const lost = this.#name({ ...event, attempt: event.attempt - 1 });
    if (!this.#open.has(lost)) this.#broken('replaced nothing', `attempt ${lost} was not in hand, and another takes its place`);
    this.#ended.add(lost);
    this.#open.delete(lost);
  }

  #mayBegin(place: number, before: Run, what: string): void {
    const { step, id } = this.program.node(place);
    if (before.phase.is !== 'forward') this.#broken('started too late', `${what} of ${id} while the run is ${before.phase.is}`);
    if (before.pausedAt !== undefined) this.#broken('started while paused', `${what} of ${id} while the run stands still`);
    if (step.join !== undefined) {
      if (before.joins[place] === undefined) this.#broken('started too early', `${what} of ${id} came before its join was decided`);
      return;
    }
    for (const dependency of step.dependencies) {
      const state = before.steps.get(this.program.place(dependency));
      if (state.is === 'idle' || state.is === 'active' || (state.is === 'failed' && !state.handled))
        this.#broken('started too early', `${what} of ${id} came, and ${dependency} is ${state.is}`);
    }
  }

  /** Enough of its dependencies, and nothing else, decide a join. */
  #joins({ step: place, live }: Of<'step.joined'>, before: Run): void {
    const { step, id } = this.program.node(place);
    const counting = live.filter((from) => before.steps.get(from).is === 'done' && step.dependencies.includes(this.nameOf(from)));
    // A fork brings its joins along, before the results that it keeps.
    if (before.forkedFrom !== undefined && before.active.length === 0) return;
    if (counting.length < live.length || counting.length < (step.join?.atLeast ?? Infinity))
      this.#broken('joined too early', `${id} was joined by ${counting.length} of its dependencies`);
  }

  #counts(event: AttemptRef, what: string): void {
    const name = this.#name(event);
    if (!this.#open.has(name)) this.#broken('stale attempt', `attempt ${name} ${what}, and it is not the one that counts`);
  }

  #ends(event: Of<'task.completed' | 'task.failed' | 'task.held'>, before: Run): void {
    const name = this.#name(event);
    const state = before.steps.get(event.step);
    // A total time limit may end a task that is between two attempts.
    const waits = event.type === 'task.failed' && !this.#open.has(name) && this.#ended.has(name) && state.is === 'active';
    if (waits) return;
    this.#counts(event, 'ended');
    if (this.#ended.has(name)) this.#broken('ended twice', `attempt ${name} ended twice`);
    this.#ended.add(name);
    this.#open.delete(name);
  }

  #finish(place: number, visit: number, before: Run): void {
    const name = `${before.epoch} ${place} ${visit}`;
    if (this.#finished.has(name)) this.#broken('finished twice', `${this.nameOf(place)} was finished twice in visit ${visit}`);
    this.#finished.add(name);
  }

  #closes(event: Of<'map.closed'>, before: Run): void {
    const state = before.steps.get(event.step);
    const { step } = this.program.node(event.step);
    if (state.is !== 'active' || state.work.do !== 'map' || step.kind !== 'map')
      return this.#broken('closed twice', 'a map closed that was not open');
    const items = state.work.items.toArray();
    const failed = items.filter(({ is }) => is === 'failed').length;
    const done = items.filter(({ is }) => is === 'done').length;
    this.#finish(event.step, event.visit, before);
    if (step.enough !== undefined) {
      if (done < Math.min(step.enough, items.length)) this.#broken('closed too early', `${step.id} closed with ${done} items done`);
      return;
    }
    if (items.some(({ is }) => is !== 'done' && is !== 'failed')) this.#broken('closed too early', `${step.id} closed with items open`);
    if (failed > (step.tolerate ?? 0)) this.#broken('closed in spite', `${step.id} closed with ${failed} items failed`);
  }

  // --- after an event -------------------------------------------------------------

  #moved(event: Of<'run.migrated'>): void {
    this.#program = this.#programOf(event.plan);
    const place = new Map(event.moved);
    const early = [...this.#early];
    this.#early.clear();
    for (const [step, who] of early) {
      const to = place.get(step);
      if (to !== undefined) this.#early.set(to, who);
    }
  }

  /** What the state says is in hand has been started, and has not ended. */
  #inHand(run: Run): void {
    const inHand = new Set([...attemptsInHand(run)].map((ref) => this.#name(ref)));
    for (const name of inHand)
      if (!this.#open.has(name)) this.#broken('in hand', `attempt ${name} is in hand, and it has not begun or has ended`);
    for (const name of this.#open) if (!inHand.has(name)) this.#open.delete(name);
  }

  #money({ money }: Run): void {
    const reserved = Object.values(money.reserved).reduce((sum, { amount }) => sum + amount, 0);
    if (money.limit !== undefined && money.spent + reserved > money.limit + 1e-9)
      this.#broken('over budget', `$${money.spent + reserved} of $${money.limit} are spent or reserved`);
  }

  #earlyOf(place: number): Set<string> {
    const who = this.#early.get(place) ?? new Set();
    this.#early.set(place, who);
    return who;
  }

  /** W7: a question that is still open has heard everybody who had answered before. */
  #asked(run: Run): void {
    for (const [place, unheard] of this.#unheard) {
      const [by] = unheard;
      if (by !== undefined && run.steps.get(place).is === 'active')
        this.#broken('answer lost', `${by} had answered ${this.nameOf(place)} before it was asked, and it was asked anew`);
    }
    this.#unheard.clear();
  }

  #alive(run: Run): void {
    if (hasEnded(run) || run.pausedAt !== undefined || run.phase.is === 'queued') return;
    if ([...outstanding(this.program, run, new Shelf())].length === 0)
      this.#broken('waits for nothing', `the run is ${run.phase.is} and waits for nothing`);
  }

  /** The index says what the journal says. */
  #agrees(run: Run, record: RunRecord | undefined): void {
    const busy = !hasEnded(run) && isBusy(run);
    const says: Partial<RunRecord> = { status: statusOf(run), busy, queued: run.phase.is === 'queued', plan: run.plan };
    for (const [field, value] of Object.entries(says)) {
      const found = record?.[field as keyof RunRecord];
      if (found !== value)
        this.#broken('index', `the index says ${field} ${JSON.stringify(found)}, and the journal ${JSON.stringify(value)}`);
    }
    const wake = wakeAt(this.program, run);
    if (!busy && !hasEnded(run) && record?.wakeAt !== wake)
      this.#broken('index', `the run must be woken at ${wake ?? 'no time'}, and the index says ${record?.wakeAt ?? 'never'}`);
  }
}
