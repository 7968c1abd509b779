/**
 * What happened outside, whatever the journals say: one file, one line each, synced as it is written.
 *
 * L1. A line is there before its writer goes on: whoever finds no line knows that the effect was not made.
 * L2. Lines are never changed. One process writes at a time, so that their order is that of the effects.
 */
import { existsSync, fdatasyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import type { AgentContext } from '../../src/ports/agent.ts';
import type { Due } from './agents.ts';
import { Charges } from './charges.ts';

/** What agents do to the world. */
export type Deed = 'work' | 'once' | 'submit' | 'find' | 'charge' | 'undo' | 'memo';

export type Entry =
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
  /** An agent has begun an attempt. */
  | { readonly is: 'began'; readonly run: string; readonly key: string; readonly attempt: number }
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
  | { readonly is: 'killed'; readonly at: string };

export type Line = Entry & { readonly incarnation: number };

export function readLedger(file: string): readonly Line[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  // Only `Ledger` writes the file.
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Line);
}

export class Ledger {
  readonly #incarnation: number;
  readonly #descriptor: number;
  readonly #charges = new Charges();

  constructor(file: string, incarnation: number) {
    this.#incarnation = incarnation;
    for (const line of readLedger(file)) this.#charges.count(line);
    this.#descriptor = openSync(file, 'a');
  }

  write(entry: Entry): void {
    const line: Line = { incarnation: this.#incarnation, ...entry };
    this.#charges.count(line);
    writeSync(this.#descriptor, `${JSON.stringify(line)}\n`);
    fdatasyncSync(this.#descriptor);
  }

  /** Answers with how often the provider has charged for the key by then. */
  deed(ctx: AgentContext, deed: Deed, name: string, due?: Due): number {
    const { runId: run, idempotencyKey: key, attempt } = ctx;
    const charged = due === undefined ? {} : { charged: this.#charges.price(key, name, due) };
    this.write({ is: 'deed', deed, run, key, attempt, name, ...charged });
    return this.charges(key, name);
  }

  /** How often the provider has charged for this key. */
  charges(key: string, name: string): number {
    return this.#charges.times(key, name);
  }
}
