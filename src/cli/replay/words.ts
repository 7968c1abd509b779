/** One difference in the words of somebody who knows the workflow and not the journal. */
import type { Json } from '../../core/data/json.ts';
import type { Account, Difference } from '../../core/rehearsal/differences.ts';
import type { Input } from '../../core/rehearsal/inputs.ts';
import { span } from '../terminal/time.ts';
import { oneLine } from '../terminal/width.ts';
import { changesBetween, type Change } from './value-diff.ts';

export interface Words {
  readonly says: string;
  /** Lines below it. */
  readonly details: readonly string[];
}

export function wordsOf(difference: Difference): Words {
  switch (difference.is) {
    case 'would-start':
      return wouldStart(difference);
    case 'would-not-start':
      return { says: `${didOf(difference.was)}${again(difference)}; today it would not`, details: [] };
    case 'other-turn':
    case 'other-outcome':
      return otherAccount(difference.was, difference.would);
    case 'earlier':
    case 'later':
      return { says: `would come ${difference.is}: here, and not at event ${difference.seqThen}`, details: [] };
    case 'other-input':
      return otherInput(difference.was, difference.would);
    case 'other-worker':
      return { says: `would be done by ${short(workerOf(difference.would))}; was done by ${short(workerOf(difference.was))}`, details: [] };
    case 'other-retry':
      return { says: retryWords(difference.wasIn, difference.wouldIn), details: [] };
    case 'not-asked-for':
      return notAskedFor(difference);
    case 'refused':
      return { says: `today the ${difference.command} would be refused: ${oneLine(difference.message)}`, details: [] };
    case 'would-not-close':
      return { says: `${didOf(difference.as)}; today it would not have by then`, details: [] };
    case 'would-close':
      return { says: `today it would have ${haveOf(difference.as)} here already`, details: [] };
    case 'other-end':
      return otherEnd(difference.was, difference.would);
    case 'other':
      return other(difference);
    case 'not-known':
      return {
        says: `${difference.rest === true ? 'what would differ from here on' : 'whether its input differs'} is not known: ${difference.why}`,
        details: difference.input === undefined ? [] : [`today  ${inputWords(difference.input)}`],
      };
    case 'migration-refused':
      return { says: 'today the migration would be refused, so that what came after it is not known:', details: difference.reasons };
  }
}

/** Which try of which visit, where it is not the first. */
function again({ visit = 1, attempt = 1, undo }: Difference): string {
  const which = [undo === true ? 'undoing' : '', visit > 1 ? `round ${visit}` : '', attempt > 1 ? `attempt ${attempt}` : ''].filter(
    (one) => one !== '',
  );
  return which.length === 0 ? '' : ` (${which.join(', ')})`;
}

function notAskedFor({ event, was }: Extract<Difference, { is: 'not-asked-for' }>): Words {
  const isOwn = typeof was['code'] === 'string' && /^(?:TRANSFORMER|REFERENCE)_/.test(was['code']);
  const rest = isOwn ? 'it would not' : 'nothing would ask for it';
  return { says: `${typeof was['as'] === 'string' ? didOf(was) : event}; today ${rest}`, details: [] };
}

function wouldStart(difference: Extract<Difference, { is: 'would-start' }>): Words {
  const { would, input, result } = difference;
  const unknown = result === 'unknown' ? '; what comes of it is not in the journal' : '';
  return {
    says: `today it would have ${haveOf(would)}${again(difference)}${unknown}`,
    details: input === undefined ? [] : [`input ${inputWords(input)}`],
  };
}

function otherInput(was: Input, would: Input): Words {
  if ('value' in was && 'value' in would)
    return { says: 'would get another input', details: diffLines(changesBetween(was.value, would.value)) };
  return { says: 'would get another input', details: [`then   ${inputWords(was)}`, `today  ${inputWords(would)}`] };
}

function inputWords(input: Input): string {
  if ('value' in input) return short(input.value);
  return 'error' in input ? `none: ${input.error.code}: ${oneLine(input.error.message)}` : `not known: ${input.unknown}`;
}

function retryWords(wasIn: number | undefined, wouldIn: number | undefined): string {
  if (wasIn === undefined) return `would be tried again after ${span(wouldIn ?? 0)}; was not`;
  return wouldIn === undefined ? 'was tried again; would not' : `would be tried again after ${span(wouldIn)}; was after ${span(wasIn)}`;
}

function otherEnd(was: Account | undefined, would: Account | undefined): Words {
  if (was === undefined) return { says: `today it would have ${haveOf(would ?? {})}; it had not ended`, details: [] };
  if (would === undefined) return { says: `${didOf(was)}; today it would not have ended by then`, details: [] };
  return was['as'] === 'succeeded' && would['as'] === 'succeeded'
    ? { says: 'would give another output', details: inAccounts(was, would) }
    : otherAccount(was, would);
}

/** The same thing, and something else came of it. */
function otherAccount(was: Account, would: Account): Words {
  const [did, have] = [didOf(was), haveOf(would)];
  const isSaid = was['as'] !== would['as'] || did !== didOf(would);
  return {
    says: isSaid ? `${did}; today it would have ${have}` : `today it would have ${have} otherwise`,
    details: inAccounts(was, would),
  };
}

function other({ event, was, would }: Extract<Difference, { is: 'other' }>): Words {
  if (was === undefined) return { says: `${event} would be there`, details: lines(would ?? {}) };
  if (would === undefined) return { says: `${event} would not be there`, details: lines(was) };
  return { says: `${event} would be another`, details: inAccounts(was, would) };
}

const lines = (account: Account): readonly string[] => (Object.keys(account).length === 0 ? [] : [short(account)]);

/** What an account says, as what was done: `started`, `was skipped`. */
function didOf(account: Account): string {
  const { as, passed, choice, code, message, items, why } = account;
  switch (as) {
    case 'opened':
      return `opened with ${Number(items)} items`;
    case 'skipped':
      return why === 'when' ? 'was skipped by its `when`' : 'was skipped, as nothing led to it';
    case 'held':
      return 'was held for an answer';
    case 'gate':
      return passed === true ? 'passed' : 'refused';
    case 'chose':
      return `chose ${short(choice ?? null)}`;
    case 'waits':
      return 'waited';
    case 'emitted':
      return 'told its event';
    case 'cancelled':
      return 'was cancelled';
    case 'failed':
      return `failed with ${short(code ?? null)}: ${typeof message === 'string' ? oneLine(message) : ''}`;
    default:
      return typeof as === 'string' ? as : short(account);
  }
}

/** The same after "would have". */
function haveOf(account: Account): string {
  return didOf(account)
    .replace(/^was /, 'been ')
    .replace(/^chose /, 'chosen ');
}

/** Fields that `didOf` says. */
const said: ReadonlySet<string> = new Set(['as', 'passed', 'choice', 'items', 'why', 'code', 'message']);

/** Where two accounts of the same differ besides. */
function inAccounts(was: Account, would: Account): readonly string[] {
  if (was['as'] !== would['as']) return [];
  const fields = [...new Set([...Object.keys(was), ...Object.keys(would)])].filter((name) => !said.has(name));
  const changes = fields.flatMap((name): Change[] => {
    const [old, fresh] = [was[name], would[name]];
    // The verdict of a gate that says yes or no is told already.
    if (typeof old === 'boolean' && typeof fresh === 'boolean') return [];
    if (old === undefined) return fresh === undefined ? [] : [{ path: name, would: fresh }];
    return fresh === undefined ? [{ path: name, was: old }] : [...changesBetween(old, fresh, name)];
  });
  return diffLines(changes);
}

function* diffWords(changes: Iterable<Change>): Generator<string> {
  for (const { path, was, would } of changes) {
    const name = path === '' ? '' : `${path}  `;
    if (would === undefined) yield `- ${name}${short(was ?? null)}`;
    else if (was === undefined) yield `+ ${name}${short(would)}`;
    else yield `~ ${name}${short(was)} → ${short(would)}`;
  }
}

const atMost = 6;

function diffLines(changes: Iterable<Change>): readonly string[] {
  const all = [...diffWords(changes)];
  return all.length <= atMost ? all : [...all.slice(0, atMost - 1), `… ${all.length - atMost + 1} more`];
}

function workerOf(worker: Json): Json {
  if (typeof worker !== 'object' || worker === null || Array.isArray(worker)) return worker;
  const { agentId, capability, workflow, action } = worker as { readonly [key: string]: Json };
  const name = agentId ?? capability ?? workflow;
  return typeof name !== 'string' ? worker : typeof action === 'string' && action !== 'run' ? `${name}.${action}` : name;
}

/** A value on one line; the terminal's width cuts it. */
export function short(value: Json): string {
  const text = typeof value === 'string' && /^[\w.-]+$/.test(value) ? value : JSON.stringify(value);
  return text.length > 400 ? `${text.slice(0, 400)}…` : oneLine(text);
}
