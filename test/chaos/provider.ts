/**
 * The world outside: what agents do there, and what it costs.
 *
 * P1. It is in the driver's process, so that a charge is one step, whichever process asks, and survives all of them.
 * P2. Everything takes its time there, so that what goes wrong finds something in hand; what was asked for is done before
 *     the answer is on its way.
 * P3. The invoice is kept apart from the ledger's lines: they must agree in the end.
 */
import { Chance } from '../sim/chance.ts';
import type { Due } from '../crash/agents.ts';
import { Charges } from '../crash/charges.ts';
import type { Deed, Entry, Line } from '../crash/ledger.ts';
import type { Actor } from './wire.ts';

/** A line, and when it was written. */
export type TimedLine = Line & { readonly when: number };

/** In milliseconds: most answers take no longer than the one, some as long as the other. */
const longest = 250;
const longestOfAll = 3000;
const longShare = 0.05;

export class Provider {
  readonly lines: TimedLine[] = [];
  /** Cents by piece of work. */
  readonly invoice: Map<string, number> = new Map();
  readonly #charges = new Charges();
  readonly #chance: Chance;

  constructor(seed: number) {
    this.#chance = new Chance(`pace ${seed}`);
  }

  /** P2 */
  async takeTime(): Promise<void> {
    const time = this.#chance.happens(longShare) ? this.#chance.below(longestOfAll) : this.#chance.below(longest);
    await new Promise((resolve) => setTimeout(resolve, time));
  }

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
