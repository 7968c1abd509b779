/**
 * One loaded run: commands in, events to the journal, the world made to match.
 *
 * A1. Commands are decided one after another, each on the state that the one before
 *     left; those that come while an append is under way are decided together next.
 * A2. Append, then act: nothing is done in the world, and nobody is told, before the
 *     events that say so are durable.
 * A3. When an append fails, what was decided for it is forgotten. After a conflict the
 *     run is loaded again and the same commands are decided anew.
 * A4. Whoever was killed does nothing more, whatever he learns later: his run is worked by another.
 * A5. `hands` are exactly the attempts and children that `outstanding` names, once the
 *     events of the last append have been followed.
 */
import { Roster } from '../core/data/roster.ts';
import { ContinuoError } from '../core/errors.ts';
import type { Program } from '../core/plan/program.ts';
import { attemptName } from '../core/run/attempt-name.ts';
import type { Command } from '../core/run/commands.ts';
import { decide, type Decision } from '../core/run/decide.ts';
import { evolve } from '../core/run/evolve.ts';
import type { AttemptRef, RunEvent } from '../core/run/events.ts';
import { attemptsInHand, placeOf, workAt } from '../core/run/outstanding.ts';
import { hasEnded } from '../core/run/phases.ts';
import { Shelf } from '../core/run/scope.ts';
import type { Run } from '../core/run/state.ts';
import { taskKey } from '../core/run/tasks.ts';
import type { Append, MemoRecord, RunRecord } from '../ports/journal.ts';
import { emissionsOf } from './emissions.ts';
import { isElsewhere } from './fleet/elsewhere.ts';
import { Hand } from './hand.ts';
import { mayPass } from './patience.ts';
import type { Fixed } from './records.ts';
import type { CommandExtra, Decide, Host, Tail } from './run-host.ts';
import type { Standing } from './traces/run-spans.ts';

interface Pending {
  readonly decide: Decide;
  readonly extra: CommandExtra;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** What a batch of commands comes to, as far as it is decided. */
interface Decided {
  readonly at: number;
  program: Program;
  run: Run;
  readonly events: RunEvent[];
  readonly accepted: Pending[];
}

const conflictsInARow = 10;

/** Events after which anything may have been let go or taken up. */
const sweeping: ReadonlySet<RunEvent['type']> = new Set([
  'run.started',
  'run.failing',
  'run.cancelling',
  'run.undoing',
  'run.fallback',
  'run.retried',
  'run.migrated',
  'run.succeeded',
  'run.failed',
  'run.cancelled',
  'map.closed',
  'step.completed',
  'step.failed',
  'step.reopened',
  'gate.kept',
]);

/** A step that is overtaken may be in hand; one that is skipped otherwise never is. */
const sweeps = (event: RunEvent): boolean => sweeping.has(event.type) || (event.type === 'step.skipped' && event.why === 'overtaken');

export class RunActor {
  readonly id: string;
  readonly hands: Roster<Hand> = new Roster();
  readonly shelf: Shelf = new Shelf();
  run: Run;
  program: Program;
  lastRecord: RunRecord | undefined;
  /** What of its record does not follow from its state. */
  readonly fixed: Fixed;
  readonly tail: Tail;
  readonly #host: Host;
  #pending: Pending[] = [];
  #working = false;
  /** The journal has events that the state does not. */
  #behind = false;
  #dead: Error | undefined;
  #isForgotten = false;
  /** Its work is not taken up: whose it is must be found out first. */
  #asleep: { readonly over: Promise<void>; readonly end: () => void } | undefined;

  constructor(host: Host, program: Program, run: Run, known: { readonly record: RunRecord; readonly fixed: Fixed; readonly tail: number }) {
    this.#host = host;
    this.id = run.id;
    this.run = run;
    this.program = program;
    this.lastRecord = known.record;
    this.fixed = known.fixed;
    this.tail = { events: known.tail, covered: run.seq - known.tail };
  }

  get busy(): boolean {
    return this.#asleep !== undefined || this.#working || this.#pending.length > 0 || this.hands.size > 0;
  }

  get deciding(): boolean {
    return this.#working || this.#pending.length > 0;
  }

  submit(command: Command, extra: CommandExtra = {}): Promise<void> {
    return this.enter((program, run, now, shelf) => decide(program, run, command, now, shelf), extra);
  }

  enter(how: Decide, extra: CommandExtra = {}): Promise<void> {
    if (this.#isForgotten) return this.#host.actor(this.id).then((successor) => successor.enter(how, extra));
    return new Promise((resolve, reject) => {
      if (this.#dead !== undefined) {
        reject(this.#dead);
        return;
      }
      this.#pending.push({ decide: how, extra, resolve, reject });
      if (!this.#working) void this.#work();
    });
  }

  /** It is not kept any longer: whoever still has it is led to the one that takes its place. */
  forget(): void {
    this.#isForgotten = true;
  }

  /** Something pure about the run's values. */
  evaluate<T>(how: () => T): T | Promise<T> {
    return this.#host.evaluate(this.shelf, how);
  }

  reserve(hand: Hand, id: string, amount: number): Promise<(actual: number) => Promise<void>> {
    return this.#host.reserve(hand, id, amount);
  }

  /** The plan's functions have come: what was taken without them is taken anew. */
  equip(program: Program): void {
    this.program = program;
    this.hands.clear();
  }

  /** Takes up nothing until `wake`; answers whether it was awake. */
  sleep(): boolean {
    if (this.#asleep !== undefined) return false;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#asleep = { over: promise, end: resolve };
    return true;
  }

  /** Resolves when its hands are what the run wants. */
  async awake(): Promise<void> {
    await this.#asleep?.over;
  }

  wake(): void {
    if (this.#dead !== undefined) return;
    this.#asleep?.end();
    this.#asleep = undefined;
    this.#followAll();
    if (!this.busy) this.#host.rested(this);
  }

  /** Takes up whatever the run has outstanding: after it was loaded. */
  resume(): void {
    this.#followAll();
  }

  /** The attempt of that name, if it is in hand. */
  hand(ref: AttemptRef): Hand | undefined {
    if (ref.step >= this.program.nodes.length) return undefined;
    const hand = this.hands.get(taskKey(this.program.node(ref.step), ref));
    return hand !== undefined && hand.name === attemptName(ref) ? hand : undefined;
  }

  /** Nothing more is decided here; everything in hand is let go. */
  kill(reason: Error): void {
    this.#dead = reason;
    this.#asleep?.end();
    for (const pending of this.#pending.splice(0)) pending.reject(reason);
    // Not dropped: nobody but this process lets go of them.
    for (const hand of this.hands.values()) hand.release(reason.message);
    this.hands.clear();
  }

  async #work(): Promise<void> {
    this.#working = true;
    // Commands that are on their way already join the same append.
    await Promise.resolve();
    while (this.#pending.length > 0) {
      const batch = this.#pending;
      this.#pending = [];
      await this.#commit(batch);
    }
    this.#working = false;
    if (this.#dead === undefined && this.hands.size === 0) this.#host.rested(this);
  }

  #commit(batch: readonly Pending[], tries = 0): Promise<void> {
    return this.#try(batch).catch((error: unknown) => this.#refused(batch, tries, error));
  }

  async #refused(batch: readonly Pending[], tries: number, error: unknown): Promise<void> {
    if (error instanceof ContinuoError && error.code === 'JOURNAL_CONFLICT') this.#behind = true;
    if (this.#behind && tries < conflictsInARow && !mayPass(error)) return this.#commit(batch, tries + 1);
    const rest = withoutSettled(batch, error);
    if (rest.length < batch.length) return rest.length === 0 ? undefined : this.#commit(rest);
    for (const pending of batch) pending.reject(error);
    if (isElsewhere(error) && this.#dead === undefined) this.#host.disowned(this, error);
  }

  /** Others have written to the journal: the state follows it. */
  async #catchUp(): Promise<void> {
    this.run = await this.#host.reload(this);
    this.#behind = false;
    this.shelf.forgetLists();
    this.#followAll();
  }

  /** Decides the batch on one state and appends what came of it. */
  async #try(batch: readonly Pending[]): Promise<void> {
    if (this.#dead !== undefined) throw this.#dead;
    if (this.#behind) await this.#catchUp();
    const { run: before, program: from } = this;
    const decided: Decided = { at: this.#host.now(), program: from, run: before, events: [], accepted: [] };
    for (const pending of batch) {
      const later = this.#join(decided, pending);
      if (later !== undefined) await later;
    }
    const { at, program, accepted } = decided;
    if (decided.events.length === 0) return this.#settle(accepted);
    const offloaded = this.#host.offload(decided.events);
    const events = offloaded instanceof Promise ? await offloaded : offloaded;
    // Where values moved to blobs, the state names the blobs too: it is the fold of what is stored.
    const run = events === decided.events ? decided.run : events.reduce((state, event) => evolve(program, state, event, at), before);
    const record = this.#host.record(this, program, run, events);
    await this.#host.append(this.#write(events, decided, record));
    this.run = run;
    if (program !== from) this.program = program;
    if (record !== undefined) this.lastRecord = record;
    for (const pending of accepted) pending.resolve();
    if (this.#dead === undefined) this.#went(events, { program: from, run: before });
  }

  /** Decides one command after those before it; what does not fit is refused, and the others go on. */
  #join(decided: Decided, pending: Pending): Promise<void> | undefined {
    const accept = (decision: Decision): void => {
      if (pending.extra.program !== undefined) decided.program = pending.extra.program;
      for (const event of decision.events) decided.events.push(event);
      decided.run = decision.run;
      decided.accepted.push(pending);
    };
    try {
      const decision = this.#decide(pending, decided);
      if (decision instanceof Promise) return decision.then(accept).catch(pending.reject);
      accept(decision);
    } catch (error) {
      pending.reject(error);
    }
    return undefined;
  }

  #decide({ decide: how, extra }: Pending, { program, run, at }: Decided): Decision | Promise<Decision> {
    const { missing } = extra.program ?? program;
    if (missing.length > 0 && extra.codeless !== true && !hasEnded(run)) {
      throw new ContinuoError(
        'PLAN_CODE_MISSING',
        `run ${this.id} goes by a version of ${run.workflow} whose functions are not loaded here (${missing.slice(0, 3).join(', ')})`,
      );
    }
    return this.#host.evaluate(this.shelf, () => how(program, run, at, this.shelf));
  }

  #write(events: readonly RunEvent[], { at, accepted }: Decided, record: RunRecord | undefined): Append {
    const { project, seq } = this.run;
    const plain: Append = record === undefined ? { run: this.id, seq, at, events } : { run: this.id, seq, at, events, record };
    const emissions = emissionsOf(this.id, project, events, at);
    const memos = memosOf(accepted, events, project);
    const consumes = consumed(accepted);
    // Mostly there is nothing of the kind.
    if (emissions.length + memos.length + consumes.length === 0) return plain;
    return {
      ...plain,
      ...(emissions.length === 0 ? {} : { emissions }),
      ...(memos.length === 0 ? {} : { memos }),
      ...(consumes.length === 0 ? {} : { consumes }),
    };
  }

  /** What changed nothing (a pause of a paused run) appends nothing that could consume its message. */
  async #settle(accepted: readonly Pending[]): Promise<void> {
    for (const message of consumed(accepted)) await this.#host.settle(message);
    for (const pending of accepted) pending.resolve();
  }

  /** What happened is told before what it leads to begins. */
  #went(events: readonly RunEvent[], before: Standing): void {
    try {
      this.#host.committed(this, events, before);
    } finally {
      this.#follow(events);
    }
  }

  #follow(events: readonly RunEvent[]): void {
    if (this.#asleep !== undefined || this.#dead !== undefined) return;
    if (events.some(sweeps)) return this.#followAll();
    for (const event of events) {
      const place = placeOf(event, this.run);
      if (place !== undefined) this.#followAt(place);
    }
  }

  #followAll(): void {
    if (this.#asleep !== undefined || this.#dead !== undefined) return;
    const wanted = hasEnded(this.run) ? [] : [...attemptsInHand(this.run)];
    const keys = new Set(wanted.map((ref) => taskKey(this.program.node(ref.step), ref)));
    // What is let go hears of it before anything begins that may undo it.
    for (const hand of this.hands.values()) {
      if (keys.has(hand.key)) continue;
      this.hands.delete(hand.key);
      this.#host.drop(hand, 'the run went on without this attempt');
    }
    for (const ref of wanted) this.#followAt(ref);
  }

  /** O2: one task's place in the world, by the same rule as all of them. */
  #followAt(place: Omit<AttemptRef, 'attempt'>): void {
    const work = workAt(this.program, this.run, place, this.shelf);
    const key = taskKey(this.program.node(place.step), place);
    const known = this.hands.get(key);
    const name = work === undefined ? undefined : attemptName(work.ref);
    if (known !== undefined && known.name === name) return;
    if (known !== undefined) {
      this.hands.delete(key);
      this.#host.drop(known, 'another attempt took its place');
    }
    if (work === undefined || name === undefined) return;
    const hand = new Hand(this, work, name);
    this.hands.set(key, hand);
    this.#host.take(hand);
  }
}

/** What messages ask for that somebody else has done meanwhile is done: the rest is decided anew. */
function withoutSettled(batch: readonly Pending[], error: unknown): readonly Pending[] {
  if (!(error instanceof ContinuoError) || error.code !== 'MESSAGE_SETTLED') return batch;
  // As the port says: `{ "messages": [ids] }`.
  const { messages } = error.details as { readonly messages: readonly string[] };
  return batch.filter(({ extra, resolve }) => {
    const done = extra.consumes !== undefined && messages.includes(extra.consumes);
    if (done) resolve();
    return !done;
  });
}

/** The messages of the inbox that these commands came by. */
function consumed(accepted: readonly Pending[]): readonly string[] {
  const messages: string[] = [];
  for (const { extra } of accepted) if (extra.consumes !== undefined) messages.push(extra.consumes);
  return messages;
}

/** The values that the commands with a memo completed with. */
function memosOf(accepted: readonly Pending[], events: readonly RunEvent[], project: string): readonly MemoRecord[] {
  const memos: MemoRecord[] = [];
  for (const { extra } of accepted) {
    if (extra.memo === undefined) continue;
    const [name, key] = [extra.memo.slice(0, extra.memo.indexOf('/')), extra.memo.slice(extra.memo.indexOf('/') + 1)];
    const event = events.find((one) => one.type === 'task.completed' && attemptName(one) === name);
    if (event?.type === 'task.completed') memos.push({ project, key, value: JSON.stringify(event.output) });
  }
  return memos;
}
