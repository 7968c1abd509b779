/** What the provider knows: how often it has charged for each key. */
import type { Due } from './agents.ts';
import type { Entry } from './ledger.ts';

export class Charges {
  readonly #times = new Map<string, number>();

  times(key: string, name: string): number {
    return this.#times.get(`${key}:${name}`) ?? 0;
  }

  /** What the next deed costs, in cents. */
  price(key: string, name: string, { cents, once }: Due): number {
    return once && this.times(key, name) > 0 ? 0 : cents;
  }

  count(line: Entry): void {
    if (line.is !== 'deed' || (line.charged ?? 0) === 0) return;
    this.#times.set(`${line.key}:${line.name}`, this.times(line.key, line.name) + 1);
  }
}
