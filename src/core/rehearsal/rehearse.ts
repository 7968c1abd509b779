/**
 * A rehearsal: had this run gone by today's plan, what would have been different?
 *
 * What came from outside is taken from the journal, at its instants, and given to the
 * skeleton with today's plan. What that decides is held against what the journal says.
 * A journal that is rehearsed with its own plans has no difference.
 *
 * Where the run moved between plans, today's plan stands in for the last of them: what
 * was before went by plans that it does not replace, and is taken as it was.
 */
import { ContinuoError } from '../errors.ts';
import { planDifferences, type PlanDifference } from '../plan/difference.ts';
import { isCodeRef } from '../plan/expression.ts';
import type { Plan } from '../plan/model.ts';
import { compile, type Program } from '../plan/program.ts';
import type { CodeTable, PlanFunction } from '../plan/workflow.ts';
import type { Start } from '../run/commands.ts';
import { wakeAt } from '../run/deadlines.ts';
import type { Entry } from '../run/events.ts';
import { migrate } from '../run/migrate.ts';
import { hasEnded, statusOf } from '../run/phases.ts';
import type { Run, Status } from '../run/state.ts';
import type { Cause } from './causes.ts';
import { differencesOf, type Difference, type Stop } from './differences.ts';
import { BlobAbsent, type Fetching } from './fetching.ts';
import { inputAt } from './inputs.ts';
import { Ledger } from './ledger.ts';
import { Recorded, type Group } from './recorded.ts';
import { Today, type Refusal } from './today.ts';
import { awaitedBy, type Awaited } from './awaited.ts';

export interface Journal {
  readonly run: string;
  /** The plans that the run went by, by their hashes. */
  readonly plans: Readonly<Record<string, Plan>>;
  readonly entries: readonly Entry[];
}

export interface Coded {
  readonly plan: Plan;
  readonly hash: string;
  readonly code: CodeTable;
}

export interface Rehearsal {
  readonly run: string;
  readonly workflow: string;
  /** The plan that the run goes by, and the one that it was rehearsed with. */
  readonly plans: { readonly was: string; readonly would: string };
  /** Events that were held against today's plan, how many of them it decides just so, and those before a migration. */
  readonly events: { readonly rehearsed: number; readonly same: number; readonly taken: number };
  readonly planDifferences: readonly PlanDifference[];
  readonly differences: readonly Difference[];
  readonly status: { readonly was: Status; readonly would?: Status };
  /** What today's run waits for at the end and the recorded one does not. */
  readonly waitsFor: readonly Awaited[];
  readonly migration:
    { readonly is: 'same' } | { readonly is: 'possible' } | { readonly is: 'refused'; readonly reasons: readonly string[] };
}

export function* rehearse(journal: Journal, coded?: Coded): Fetching<Rehearsal> {
  const rehearsing = new Rehearsing(journal, coded);
  for (const [index, entry] of journal.entries.entries()) yield* rehearsing.take(entry, index);
  yield* rehearsing.end();
  return rehearsing.result();
}

class Rehearsing {
  readonly #journal: Journal;
  readonly #coded: Program | undefined;
  readonly #programs = new Map<string, Program>();
  readonly #recorded: Recorded;
  /** With today's plan, it begins here. */
  readonly #from: number;
  readonly #ledger = new Ledger();
  readonly #refusals: (Refusal & { readonly seq: number; readonly at: number })[] = [];
  #today: Today | undefined;
  #stop: Stop | undefined;
  #events = { rehearsed: 0, taken: 0 };

  constructor(journal: Journal, coded: Coded | undefined) {
    this.#journal = journal;
    this.#coded = coded === undefined ? undefined : compile(coded);
    this.#recorded = new Recorded(journal.run, (hash) => this.#program(hash, coded));
    this.#from = coded === undefined ? 0 : lastMigration(journal.entries);
  }

  #program(hash: string, coded: Coded | undefined): Program {
    let program = this.#programs.get(hash);
    if (program === undefined) {
      const plan = this.#journal.plans[hash];
      if (plan === undefined)
        throw new ContinuoError('STORE_CORRUPT', `plan ${hash}, which run ${this.#journal.run} goes by, is not there`);
      program = compile({ plan, hash, code: coded === undefined ? new Map() : sharedCode(plan, coded) });
      this.#programs.set(hash, program);
    }
    return program;
  }

  *take(entry: Entry, index: number): Fetching<void> {
    const { at, seq } = entry;
    if (this.#today !== undefined) {
      yield* this.#guarded(seq, at, this.#today.pass(at - 1, this.#theirs()));
      this.#write(seq, at, index - 0.5);
    }
    for (const group of this.#recorded.groups(entry)) {
      if (this.#stop !== undefined) continue;
      if (group.seq < this.#from) {
        this.#events.taken += group.facts.length;
        continue;
      }
      yield* this.#guarded(group.seq, at, this.#act(group, at));
      // What cannot be followed is not held against it either.
      if (this.#stop !== undefined) continue;
      this.#write(group.seq, at, index);
      this.#events.rehearsed += group.facts.length;
      yield* this.#writeRecorded(group, at, index);
    }
    if (this.#today === undefined) return;
    yield* this.#guarded(seq, at, this.#today.pass(at, this.#theirs()));
    this.#write(seq, at, index);
  }

  /** How a run that has ended would have gone on is known; of one that has not, the rest is still to come. */
  *end(): Fetching<void> {
    const { run } = this.#recorded;
    if (this.#today === undefined || !hasEnded(run)) return;
    yield* this.#guarded(run.seq - 1, run.updatedAt, this.#today.drain());
    this.#write(run.seq - 1, run.updatedAt, this.#journal.entries.length);
  }

  #theirs(): number | undefined {
    return wakeAt(this.#recorded.program, this.#recorded.run);
  }

  *#act(group: Group, at: number): Fetching<void> {
    const { cause, before } = group;
    if (cause.is === 'start') {
      const program = mustHaveCode(this.#coded ?? this.#recorded.program, this.#journal.run);
      this.#today = yield* Today.started(program, this.#journal.run, startOf(this.#recorded.program, program, cause), at);
      return;
    }
    if (cause.is !== 'migration') return yield* this.#must.act(cause, at);
    // With today's plan, this is where it comes in.
    if (this.#coded !== undefined && before !== undefined) this.#today = new Today(before.program, before.run, at);
    yield* this.#must.migrate(mustHaveCode(this.#coded ?? this.#recorded.program, this.#journal.run), cause.by, at);
  }

  get #must(): Today {
    if (this.#today === undefined)
      throw new ContinuoError('STORE_CORRUPT', `the journal of run ${this.#journal.run} does not begin with its start`);
    return this.#today;
  }

  /** From where today's plan cannot be followed, nothing more is held against it. */
  *#guarded(seq: number, at: number, how: Fetching<void>): Fetching<void> {
    if (this.#stop !== undefined) return;
    try {
      yield* how;
    } catch (error) {
      if (error instanceof BlobAbsent) this.#stop = { seq, at, blob: error.blob };
      else if (error instanceof ContinuoError && error.code === 'MIGRATION_REFUSED') this.#stop = { seq, at, reasons: reasonsIn(error) };
      else throw error;
    }
  }

  /** What today's plan decided since the last time. */
  #write(seq: number, at: number, entry: number): void {
    const { told, refusals } = this.#today?.take() ?? { told: [], refusals: [] };
    for (const one of told) this.#ledger.add('would', { ...one, seq, entry });
    for (const one of refusals) this.#refusals.push({ ...one, seq, at });
  }

  *#writeRecorded({ facts }: Group, at: number, entry: number): Fetching<void> {
    const { program, run, shelf } = this.#recorded;
    for (const { fact, seq } of facts) {
      const { step, item, undo, visit = 0 } = fact;
      const ref =
        fact.type === 'task.started' && step !== undefined
          ? { step: program.place(step), ...(item === undefined ? {} : { item }), ...(undo === undefined ? {} : { undo }), visit }
          : undefined;
      const input = ref === undefined ? undefined : yield* inputAt(program, run, ref, shelf);
      this.#ledger.add('was', { fact, seq, at, entry, ...(input === undefined ? {} : { input }) });
    }
  }

  result(): Rehearsal {
    const { program, run } = this.#recorded;
    const would = this.#coded ?? program;
    const today = this.#stop === undefined ? this.#today : undefined;
    return {
      run: run.id,
      workflow: run.workflow,
      plans: { was: program.hash, would: would.hash },
      events: { ...this.#events, same: this.#ledger.same },
      planDifferences: planDifferences(program.plan, would.plan),
      differences: differencesOf({
        ledger: this.#ledger,
        refusals: this.#refusals,
        stop: this.#stop,
        ended: today !== undefined && hasEnded(today.run),
      }),
      status: { was: statusOf(run), ...(today === undefined ? {} : { would: statusOf(today.run) }) },
      waitsFor: today === undefined ? [] : awaitedBy(today, this.#recorded),
      migration: migrationTo(program, run, would),
    };
  }
}

function migrationTo(from: Program, run: Run, to: Program): Rehearsal['migration'] {
  if (from.hash === to.hash) return { is: 'same' };
  try {
    migrate(from, run, { to });
    return { is: 'possible' };
  } catch (error) {
    if (error instanceof ContinuoError && error.code === 'MIGRATION_REFUSED') return { is: 'refused', reasons: reasonsIn(error) };
    throw error;
  }
}

function reasonsIn({ details, message }: ContinuoError): readonly string[] {
  return Array.isArray(details) ? details.map(String) : [message];
}

function lastMigration(entries: readonly Entry[]): number {
  let last = 0;
  for (const { seq, events } of entries)
    for (const [offset, event] of events.entries()) if (event.type === 'run.migrated') last = seq + offset;
  return last;
}

function mustHaveCode(program: Program, run: string): Program {
  if (program.missing.length === 0) return program;
  throw new ContinuoError(
    'PLAN_CODE_MISSING',
    `run ${run} goes by a plan whose functions are not loaded here (${program.missing.slice(0, 3).join(', ')}): name the file of its workflow`,
  );
}

/** Functions of the recorded plan that are the same today. */
function sharedCode(plan: Plan, today: Coded): CodeTable {
  const digests = new Map(digestsIn(today.plan));
  const shared = new Map<string, PlanFunction>();
  for (const [name, digest] of digestsIn(plan)) {
    const fn = today.code.get(name);
    if (fn !== undefined && digests.get(name) === digest) shared.set(name, fn);
  }
  return shared;
}

function* digestsIn(value: unknown): Generator<readonly [name: string, digest: string]> {
  if (typeof value !== 'object' || value === null) return;
  // Plans are plain JSON by P1.
  const candidate = value as Parameters<typeof isCodeRef>[0];
  if (isCodeRef(candidate)) yield [candidate.$code, candidate.digest];
  else for (const one of Object.values(value)) yield* digestsIn(one);
}

function startOf(recorded: Program, today: Program, { event, kept, joins }: Extract<Cause, { is: 'start' }>): Start {
  const { project, input, queued, priority, budget, depth, parent, by, forkedFrom } = event;
  const places = new Map(today.nodes.map(({ id, place }) => [id, place]));
  const keep = kept.flatMap(([step, output]) => {
    const place = places.get(step);
    return place === undefined ? [] : [[place, output] as const];
  });
  const decided = joins.flatMap(([step, live]) => {
    const place = places.get(step);
    const winners = live.flatMap((one) => places.get(one) ?? []);
    return place === undefined || winners.length < live.length ? [] : [[place, winners] as const];
  });
  return {
    project,
    input,
    ...(queued === undefined ? {} : { queued }),
    // What the plan gave, today's plan gives.
    ...(priority === undefined || priority === recorded.plan.priority ? {} : { priority }),
    ...(budget === undefined || budget === recorded.plan.budget?.limit ? {} : { budget }),
    ...(depth === undefined ? {} : { depth }),
    ...(parent === undefined ? {} : { parent }),
    ...(by === undefined ? {} : { by }),
    ...(forkedFrom === undefined ? {} : { fork: { ...forkedFrom, keep: keep.sort(([a], [b]) => a - b), joins: decided } }),
  };
}
