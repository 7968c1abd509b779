/**
 * Two accounts of one run, what the journal says and what today's plan decides, laid side
 * by side.
 *
 * L1. A fact of one side stands open until the other side has one with the same key; the
 *     n-th of a key is matched with the n-th.
 */
import { canonicalJson } from '../data/canonical.ts';
import { sha256 } from '../data/sha256.ts';
import { sameJson } from '../plan/difference.ts';
import type { Payload } from '../run/events.ts';
import type { Fact } from './facts.ts';
import type { Input } from './inputs.ts';

export interface Line {
  readonly fact: Fact;
  /** The event of the journal that it is, or that led to it. */
  readonly seq: number;
  readonly at: number;
  /** Which entry of the journal it belongs to; time that passes between two has no entry. */
  readonly entry: number;
  readonly input?: Input;
}

export interface Pair {
  readonly was: Line;
  readonly would: Line;
}

export type Side = 'was' | 'would';

export class Ledger {
  readonly pairs: Pair[] = [];
  readonly #open = { was: new Map<string, Line>(), would: new Map<string, Line>() };
  readonly #counts = { was: new Map<string, number>(), would: new Map<string, number>() };
  /** Facts that were found on both sides and say the same. */
  same = 0;

  add(side: Side, line: Line): void {
    const count = (this.#counts[side].get(line.fact.key) ?? 0) + 1;
    this.#counts[side].set(line.fact.key, count);
    const key = `${line.fact.key} ${count}`;
    const other = side === 'was' ? this.#open.would : this.#open.was;
    const found = other.get(key);
    if (found === undefined) {
      this.#open[side].set(key, line);
      return;
    }
    other.delete(key);
    const pair = side === 'was' ? { was: line, would: found } : { was: found, would: line };
    // What is the same on both sides is not kept: a journal may be long.
    if (isSame(pair)) this.same++;
    else this.pairs.push(pair);
  }

  open(side: Side): readonly Line[] {
    return [...this.#open[side].values()];
  }
}

/** Whether the two tell of the same, in the same entry. */
function isSame({ was, would }: Pair): boolean {
  return was.entry === would.entry && saysSame(was.fact, would.fact) && sameInput(was.input, would.input);
}

export function saysSame(a: Fact, b: Fact): boolean {
  return a.type === b.type && sameJson(a.says, b.says) && samePayload(a.payload, b.payload);
}

export function sameInput(a: Input | undefined, b: Input | undefined): boolean {
  if (a === undefined || b === undefined) return true;
  if ('value' in a && 'value' in b) return sameJson(a.value, b.value);
  // The same expression over the same results: it need not be seen.
  if ('unknown' in a && 'unknown' in b) return sameJson(a.expression, b.expression);
  return 'error' in a && 'error' in b && a.error.code === b.error.code && a.error.message === b.error.message;
}

/** A blob is named by its content, so that it need not be fetched to be compared. */
function samePayload(a: Payload | undefined, b: Payload | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  if ('value' in a && 'value' in b) return canonicalJson(a.value) === canonicalJson(b.value);
  return blobOf(a) === blobOf(b);
}

const blobOf = (payload: Payload): string => ('blob' in payload ? payload.blob : `sha256-${sha256(JSON.stringify(payload.value))}`);
