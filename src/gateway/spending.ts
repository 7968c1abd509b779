/**
 * What one inference has cost so far, with everything that was tried on the way: it passes every request through the
 * guard that holds budgets and rates.
 */
import type { Usage } from './inference.ts';
import { noUsage } from './inference.ts';
import type { Guard } from './models/model-call.ts';

export class Spending implements Guard {
  readonly #guard: Guard;
  #cost = 0;
  #usage: Usage = noUsage;

  constructor(guard: Guard) {
    this.#guard = guard;
  }

  get cost(): number {
    return this.#cost;
  }

  get usage(): Usage {
    return this.#usage;
  }

  async reserve(worst: Parameters<Guard['reserve']>[0]): ReturnType<Guard['reserve']> {
    const settle = await this.#guard.reserve(worst);
    return async (actual) => {
      this.#cost += actual.cost;
      await settle(actual);
    };
  }

  used({ inputTokens, cachedTokens, cacheWriteTokens, outputTokens }: Usage): void {
    this.#usage = {
      inputTokens: this.#usage.inputTokens + inputTokens,
      cachedTokens: this.#usage.cachedTokens + cachedTokens,
      cacheWriteTokens: this.#usage.cacheWriteTokens + cacheWriteTokens,
      outputTokens: this.#usage.outputTokens + outputTokens,
    };
  }

  /** For a part of the inference: what it spends is spent here too. */
  part(): Part {
    return new Part(this);
  }
}

class Part extends Spending {
  readonly #whole: Spending;

  constructor(whole: Spending) {
    super(whole);
    this.#whole = whole;
  }

  override used(usage: Usage): void {
    super.used(usage);
    this.#whole.used(usage);
  }
}
