/**
 * The world outside: what agents do there, and what it costs.
 *
 * P1. It is in the driver's process, so that a charge is one step, whichever process asks, and survives all of them.
 * P2. The invoice is kept apart from the ledger's lines: they must agree in the end.
 */
import type { Due } from '../crash/agents.ts';
import { Charges } from '../crash/charges.ts';
import type { Deed, Entry, Line } from '../crash/ledger.ts';
import type { Actor } from './wire.ts';

/** A line, and when it was written. */
export type TimedLine = Line & { readonly when: number };

export class Provider {
  readonly lines: TimedLine[] = [];
  /** Cents by piece of work. */
  readonly invoice: Map<string, number> = new Map();
  readonly #charges = new Charges();

  act(incarnation: number, actor: Actor, deed: Deed, name: string, due: Due | undefined): number {
    const charged = due === undefined ? undefined : this.#charges.price(actor.key, name, due);
    if (charged !== undefined && charged > 0) this.invoice.set(actor.key, (this.invoice.get(actor.key) ?? 0) + charged);
    this.write(incarnation, { is: 'deed', deed, ...actor, name, ...(charged === undefined ? {} : { charged }) });
    return this.charges(actor.key, name);
  }

  charges(key: string, name: string): number {
    return this.#charges.times(key, name);
  }

  write(incarnation: number, entry: Entry): void {
    this.#charges.count(entry);
    this.lines.push({ incarnation, when: Date.now(), ...entry });
  }
}
