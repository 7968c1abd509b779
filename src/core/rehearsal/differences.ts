/**
 * What is told of two accounts that do not agree: causes, and not everything that follows
 * from them.
 *
 * D1. A step that would not start is told once, and not again for its outcome, its
 *     records and its end.
 * D2. Nothing that is not the same on both sides stays untold but what D1 leaves out.
 */
import type { Json } from '../data/json.ts';
import { sameJson } from '../plan/difference.ts';
import type { Payload } from '../run/events.ts';
import type { Fact } from './facts.ts';
import type { Input } from './inputs.ts';
import { Implied, visitOf } from './implied.ts';
import { sameInput, saysSame, type Ledger, type Line, type Pair, type Side } from './ledger.ts';
import type { Refusal } from './today.ts';

/** What an account says: the fields of an event that can be compared. */
export type Account = Readonly<Record<string, Json>>;

export interface Where {
  /** The event of the journal that it is about, or that would have led to it. */
  readonly seq: number;
  readonly at: number;
  readonly step?: string;
  readonly item?: number;
  readonly undo?: true;
  readonly visit?: number;
  readonly attempt?: number;
}

export type Difference = Where &
  (
    | { readonly is: 'would-start'; readonly would: Account; readonly input?: Input; readonly result: 'known' | 'unknown' }
    | { readonly is: 'would-not-start'; readonly was: Account }
    /** Its turn comes to something else: skipped, another verdict, another branch, another question. */
    | { readonly is: 'other-turn'; readonly was: Account; readonly would: Account }
    | { readonly is: 'earlier' | 'later'; readonly seqThen: number }
    | { readonly is: 'other-input'; readonly was: Input; readonly would: Input }
    | { readonly is: 'other-worker'; readonly was: Json; readonly would: Json }
    /** A failed attempt would be tried again, or would not, or after another time. */
    | { readonly is: 'other-retry'; readonly wasIn?: number; readonly wouldIn?: number }
    | { readonly is: 'other-outcome'; readonly was: Account; readonly would: Account }
    /** The journal has it, and nothing in today's plan asks for it. */
    | { readonly is: 'not-asked-for'; readonly event: string; readonly was: Account }
    /** Today's plan refuses what somebody did. */
    | { readonly is: 'refused'; readonly command: string; readonly code: string; readonly message: string }
    | { readonly is: 'would-not-close' | 'would-close'; readonly as: Account }
    | { readonly is: 'other-end'; readonly was?: Account; readonly would?: Account }
    | { readonly is: 'other'; readonly event: string; readonly was?: Account; readonly would?: Account }
    /** Whether its input, or with `rest` anything from here on, differs cannot be seen. */
    | { readonly is: 'not-known'; readonly why: string; readonly input?: Input; readonly rest?: true }
    | { readonly is: 'migration-refused'; readonly reasons: readonly string[] }
  );

/** Why the replay could not go on to the end of the journal. */
export type Stop = { readonly seq: number; readonly at: number } & ({ readonly blob: string } | { readonly reasons: readonly string[] });

export interface Accounts {
  readonly ledger: Ledger;
  readonly refusals: readonly (Refusal & { readonly seq: number; readonly at: number })[];
  readonly stop: Stop | undefined;
  /** Whether today's run has come to an end. */
  readonly ended: boolean;
}

export function differencesOf({ ledger, refusals, stop, ended }: Accounts): readonly Difference[] {
  const lost = ledger.open('was');
  const fresh = ledger.open('would');
  const moved = new Set(
    ledger.pairs.filter(({ was, would }) => was.fact.topic === 'turn' && was.entry !== would.entry).map(({ was }) => visitOf(was.fact)),
  );
  const found: Difference[] = [
    ...ledger.pairs.flatMap((pair) => [...ofPair(pair, moved)]),
    ...ofEnds(lost, fresh, stop !== undefined),
    ...ofOpen('was', lost, ledger, new Set(refusals.map(({ seq }) => seq))),
    ...ofOpen('would', fresh, ledger, new Set()),
    ...refusals.flatMap((refusal) => ofRefusal(refusal, ended)),
    ...ofStop(stop),
  ];
  return found.sort((a, b) => a.seq - b.seq);
}

/** What follows from other facts alone, and what says nothing by itself. */
const bookkeeping: ReadonlySet<Fact['type']> = new Set([
  'run.started',
  'run.migrated',
  'run.failing',
  'run.undoing',
  'signal.taken',
  'item.kept',
  'gate.kept',
  'step.joined',
]);

/** What people and programs did. */
const commands: ReadonlySet<Fact['type']> = new Set([
  'ask.answered',
  'task.released',
  'money.raised',
  'run.retried',
  'run.cancelling',
  'run.paused',
  'run.resumed',
  'run.admitted',
]);

/** Beginnings that wait for something that the journal does not have. */
const stays: ReadonlySet<Fact['type']> = new Set(['task.started', 'map.opened', 'ask.opened', 'wait.opened']);

function whereOf({ seq, at, fact }: Line): Where {
  const { step, item, undo, visit, attempt } = fact;
  return {
    seq,
    at,
    ...(step === undefined ? {} : { step }),
    ...(item === undefined ? {} : { item }),
    ...(undo === undefined ? {} : { undo }),
    ...(visit === undefined ? {} : { visit }),
    ...(attempt === undefined ? {} : { attempt }),
  };
}

function accountOf({ says, payload }: Fact): Account {
  return payload === undefined ? says : { ...says, value: valueOf(payload) };
}

function valueOf(payload: Payload): Json {
  return 'value' in payload ? payload.value : { blob: payload.blob, bytes: payload.bytes };
}

function* ofPair({ was, would }: Pair, moved: ReadonlySet<string>): Generator<Difference> {
  const where = whereOf(was);
  if (!saysSame(was.fact, would.fact)) yield* ofWords(was.fact, would.fact, where);
  if (was.input !== undefined && would.input !== undefined && !sameInput(was.input, would.input)) {
    if ('unknown' in would.input) yield { ...where, is: 'not-known', why: would.input.unknown };
    else if ('unknown' in was.input) yield { ...where, is: 'not-known', why: was.input.unknown, input: would.input };
    else yield { ...where, is: 'other-input', was: was.input, would: would.input };
  }
  // What comes of an attempt is given to it when it is made: only beginnings have a time of their own.
  if (was.entry !== would.entry && isBeginning(was.fact, would.fact, moved))
    yield { ...whereOf(would), is: would.entry < was.entry ? 'earlier' : 'later', seqThen: was.seq };
}

/** Of the end, of a step, and of an item where its map did not begin at another time itself. */
function isBeginning(was: Fact, would: Fact, moved: ReadonlySet<string>): boolean {
  if (was.topic === 'end') return saysSame(was, would);
  if (was.topic === 'turn') return was.type === would.type;
  return was.topic === 'attempt' && was.item !== undefined && was.attempt === 1 && !moved.has(visitOf(was));
}

function* ofWords(was: Fact, would: Fact, where: Where): Generator<Difference> {
  const accounts = { was: accountOf(was), would: accountOf(would) };
  const started = was.type === 'task.started' && would.type === 'task.started';
  if (started) yield { ...where, is: 'other-worker', was: was.says['by'] ?? null, would: would.says['by'] ?? null };
  else if (was.topic === 'turn') yield { ...where, is: 'other-turn', ...accounts };
  else if (was.topic === 'end') yield { ...where, is: 'other-end', ...accounts };
  else if (was.topic === 'outcome' && was.says['as'] === 'failed' && would.says['as'] === 'failed')
    yield* ofRetry(was, would, where, accounts);
  else if (was.topic === 'outcome' || was.topic === 'closed') yield { ...where, is: 'other-outcome', ...accounts };
  else yield { ...where, is: 'other', event: was.type, ...accounts };
}

function* ofRetry(
  was: Fact,
  would: Fact,
  where: Where,
  accounts: { readonly was: Account; readonly would: Account },
): Generator<Difference> {
  const [wasIn, wouldIn] = [was.says['retryIn'], would.says['retryIn']];
  if (wasIn !== wouldIn) {
    yield {
      ...where,
      is: 'other-retry',
      ...(typeof wasIn === 'number' ? { wasIn } : {}),
      ...(typeof wouldIn === 'number' ? { wouldIn } : {}),
    };
  }
  const { retryIn: _, ...then } = accounts.was;
  const { retryIn: __, ...now } = accounts.would;
  if (!sameJson(then, now)) yield { ...where, is: 'other-outcome', was: then, would: now };
}

/** The end of the run; where today's run does not get to one, what it waits for says why. */
function ofEnds(lost: readonly Line[], fresh: readonly Line[], stopped: boolean): readonly Difference[] {
  if (stopped) return [];
  const was = lost.findLast(({ fact }) => fact.topic === 'end');
  const would = fresh.findLast(({ fact }) => fact.topic === 'end');
  const line = would ?? was;
  if (line === undefined) return [];
  const accounts = {
    ...(was === undefined ? {} : { was: accountOf(was.fact) }),
    ...(would === undefined ? {} : { would: accountOf(would.fact) }),
  };
  return [{ ...whereOf(line), is: 'other-end', ...accounts }];
}

/** What only one side has. */
function* ofOpen(side: Side, lines: readonly Line[], ledger: Ledger, refused: ReadonlySet<number>): Generator<Difference> {
  const implied = new Implied(lines, ledger);
  for (const line of lines) {
    const { type, topic } = line.fact;
    if (topic === 'end' || bookkeeping.has(type) || implied.has(line.fact)) continue;
    if (side === 'would') yield wouldOnly(line);
    else if (!(commands.has(type) && refused.has(line.seq))) yield wasOnly(line);
  }
}

function wasOnly(line: Line): Difference {
  const { fact } = line;
  const [where, was] = [whereOf(line), accountOf(fact)];
  if (fact.topic === 'turn' || fact.topic === 'attempt') return { ...where, is: 'would-not-start', was };
  if (fact.topic === 'closed') return { ...where, is: 'would-not-close', as: was };
  const fromOutside = fact.topic === 'outcome' || fact.attempt !== undefined || commands.has(fact.type);
  return fromOutside ? { ...where, is: 'not-asked-for', event: fact.type, was } : { ...where, is: 'other', event: fact.type, was };
}

function wouldOnly(line: Line): Difference {
  const { fact, input } = line;
  const [where, would] = [whereOf(line), accountOf(fact)];
  if (fact.topic === 'turn' || fact.topic === 'attempt')
    return {
      ...where,
      is: 'would-start',
      would,
      ...(input === undefined ? {} : { input }),
      result: stays.has(fact.type) ? 'unknown' : 'known',
    };
  if (fact.topic === 'closed' || fact.topic === 'outcome') return { ...where, is: 'would-close', as: would };
  return { ...where, is: 'other', event: fact.type, would };
}

/** Once today's run has ended, everything that came later is refused: the end is told. */
function ofRefusal(
  { what, of, error, seq, at }: Refusal & { readonly seq: number; readonly at: number },
  ended: boolean,
): readonly Difference[] {
  if (error.code === 'RUN_ENDED' && ended) return [];
  return [{ seq, at, ...(of === undefined ? {} : { step: of }), is: 'refused', command: what, code: error.code, message: error.message }];
}

function ofStop(stop: Stop | undefined): readonly Difference[] {
  if (stop === undefined) return [];
  const { seq, at } = stop;
  if ('reasons' in stop) return [{ seq, at, is: 'migration-refused', reasons: stop.reasons }];
  return [{ seq, at, is: 'not-known', why: `what is decided here reads a large value that is not here, ${stop.blob}`, rest: true }];
}
