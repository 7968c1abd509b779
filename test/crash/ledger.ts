/**
 * What happened outside, whatever the journals say: one file, one line each, synced as it is written.
 *
 * L1. A line is there before its writer goes on: whoever finds no line knows that the effect was not made.
 * L2. Lines are never changed. One process writes at a time, so that their order is that of the effects.
 */
import { existsSync, fdatasyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import type { AgentContext } from '../../src/ports/agent.ts';
import type { Due } from './agents.ts';

/** What agents do to the world. */
export type Deed = 'work' | 'once' | 'submit' | 'find' | 'charge' | 'undo' | 'memo';

export type Line = { readonly incarnation: number } & (
  | {
      readonly is: 'deed';
      readonly deed: Deed;
      readonly run: string;
      /** The piece of work, the same for each of its attempts. */
      readonly key: string;
      readonly attempt: number;
      readonly name: string;
      /** What it cost, in cents; a provider that knows the key already charges nothing. */
      readonly charged?: number;
    }
  /** An agent was told that what it asked for is in the journal. */
  | { readonly is: 'recorded'; readonly run: string; readonly key: string; readonly name: string }
  /** An agent is about to settle a reservation; and it was told that it is settled. */
  | { readonly is: 'settling' | 'settled'; readonly run: string; readonly key: string; readonly amount: number }
  /** A start was acknowledged; the run was said to have ended. */
  | { readonly is: 'started'; readonly run: string }
  | { readonly is: 'ended'; readonly run: string; readonly status: string }
  /** A message was taken. */
  | { readonly is: 'sent'; readonly message: string }
  /** The process is about to kill itself, at this boundary. */
  | { readonly is: 'killed'; readonly at: string }
);

/** `Omit` over each member of the union. */
type Unnumbered<L> = L extends unknown ? Omit<L, 'incarnation'> : never;
export type Entry = Unnumbered<Line>;

export function readLedger(file: string): readonly Line[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  // Only `Ledger` writes the file.
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Line);
}

export class Ledger {
  readonly #incarnation: number;
  readonly #descriptor: number;
  readonly #charges = new Map<string, number>();

  constructor(file: string, incarnation: number) {
    this.#incarnation = incarnation;
    for (const line of readLedger(file)) this.#count(line);
    this.#descriptor = openSync(file, 'a');
  }

  write(entry: Entry): void {
    // An entry is a line without its number, of whichever kind.
    const line = { incarnation: this.#incarnation, ...entry } as Line;
    this.#count(line);
    writeSync(this.#descriptor, `${JSON.stringify(line)}\n`);
    fdatasyncSync(this.#descriptor);
  }

  /** Answers with how often the provider has charged for the key by then. */
  deed(ctx: AgentContext, deed: Deed, name: string, due?: Due): number {
    const { runId: run, idempotencyKey: key, attempt } = ctx;
    this.write({ is: 'deed', deed, run, key, attempt, name, ...(due === undefined ? {} : { charged: this.#chargeFor(key, name, due) }) });
    return this.charges(key, name);
  }

  #chargeFor(key: string, name: string, { cents, once }: Due): number {
    return once && this.charges(key, name) > 0 ? 0 : cents;
  }

  /** How often the provider has charged for this key. */
  charges(key: string, name: string): number {
    return this.#charges.get(`${key}:${name}`) ?? 0;
  }

  #count(line: Line): void {
    if (line.is !== 'deed' || (line.charged ?? 0) === 0) return;
    const key = `${line.key}:${line.name}`;
    this.#charges.set(key, (this.#charges.get(key) ?? 0) + 1);
  }
}
