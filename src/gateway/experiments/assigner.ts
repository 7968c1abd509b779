/**
 * Which variants an inference tries, and in which order.
 *
 * A1. An episode stays with the candidate that answered first in it. Until one has, everybody who asks draws the same
 *     from the same shares, in whichever process.
 * A2. A static experiment asks nothing of the ledger.
 * A3. The shares of an adaptive experiment are worked out once in a period, however many ask at the same time.
 * A4. A ledger that stumbles costs what could be learnt from it, and no answer.
 */
import type { Clock } from '../../ports/clock.ts';
import type { Ledger } from '../../ports/ledger.ts';
import type { FunctionConfig } from '../config/model.ts';
import { order, seedOf } from './assign.ts';
import { standingOf, type Metrics } from './observe.ts';
import type { AdaptiveExperiment } from './standing.ts';

export interface AssignerOptions {
  readonly ledger: Pick<Ledger, 'observations' | 'assigned'>;
  readonly metrics: Metrics;
  readonly clock: Clock;
  /** For Thompson's draws. */
  readonly random: () => number;
  /** Hears of what the ledger refused. */
  readonly told?: (error: unknown) => void;
}

type Shares = Readonly<Record<string, number>>;

/** Episodes whose variant is remembered. */
const remembered = 10_000;

export class Assigner {
  readonly #options: AssignerOptions;
  /** By function. */
  readonly #shares = new Map<string, { readonly at: number; readonly shares: Promise<Shares> }>();
  /** What the ledger said, by function and episode, the longest unused first. */
  readonly #assigned = new Map<string, string>();

  constructor(options: AssignerOptions) {
    this.#options = options;
  }

  /** Of the variants that are usable: the assigned one, the other candidates, the fallbacks. */
  order(fn: FunctionConfig, episode: string, usable: (variant: string) => boolean): readonly string[] | Promise<readonly string[]> {
    const { experiment } = fn;
    if (experiment.type === 'adaptive') return this.#adaptive(fn, experiment, episode, usable);
    const candidates = Object.keys(experiment.candidates).filter(usable);
    const fallbacks = experiment.fallbacks.filter(usable);
    const drawn = candidates.length < 2 ? candidates : order(only(experiment.candidates, usable), seedOf(fn.name, episode));
    return fallbacks.length === 0 ? drawn : unique(drawn, fallbacks);
  }

  async #adaptive(
    fn: FunctionConfig,
    experiment: AdaptiveExperiment,
    episode: string,
    usable: (variant: string) => boolean,
  ): Promise<readonly string[]> {
    const seed = seedOf(fn.name, episode);
    const [shares, assigned] = await Promise.all([this.#current(fn.name, experiment), this.#assignedIn(fn.name, episode, seed)]);
    const first = assigned !== undefined && experiment.candidates.includes(assigned) && usable(assigned) ? [assigned] : [];
    return unique(first, order(only(shares, usable), seed), experiment.fallbacks.filter(usable));
  }

  #current(fn: string, experiment: AdaptiveExperiment): Promise<Shares> {
    const { clock, ledger, metrics, random, told } = this.#options;
    const before = this.#shares.get(fn);
    const now = clock.now();
    // A clock that was set back must not stop the looks.
    if (before !== undefined && Math.abs(now - before.at) < experiment.period) return before.shares;
    const shares = standingOf(ledger, metrics, fn, experiment, random).then(
      (found) => found.shares,
      (error: unknown) => {
        told?.(error);
        return before?.shares ?? Object.fromEntries(experiment.candidates.map((variant) => [variant, 1]));
      },
    );
    this.#shares.set(fn, { at: now, shares });
    return shares;
  }

  async #assignedIn(fn: string, episode: string, key: string): Promise<string | undefined> {
    const { ledger, told } = this.#options;
    const refused = (error: unknown): undefined => {
      told?.(error);
    };
    const found = this.#assigned.get(key) ?? (await ledger.assigned(episode, fn).catch(refused));
    if (found === undefined) return undefined;
    this.#assigned.delete(key);
    this.#assigned.set(key, found);
    const [oldest] = this.#assigned.keys();
    if (this.#assigned.size > remembered && oldest !== undefined) this.#assigned.delete(oldest);
    return found;
  }
}

function only(weights: Shares, usable: (variant: string) => boolean): Shares {
  return Object.fromEntries(Object.entries(weights).filter(([variant]) => usable(variant)));
}

function unique(...lists: readonly (readonly string[])[]): readonly string[] {
  return [...new Set(lists.flat())];
}
