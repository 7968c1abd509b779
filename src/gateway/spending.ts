/**
 * What one inference has cost so far, with everything that was tried on the way: it passes every request through the
 * guard that holds budgets and rates.
 */
import type { Usage } from './inference.ts';
import { noUsage } from './inference.ts';
import type { Guard } from './models/model-call.ts';

export interface Spent {
  readonly cost: number;
  readonly usage: Usage;
}

export class Spending implements Guard {
  readonly #guard: Guard;
  readonly #parts: Spending[] = [];
  #cost = 0;
  #usage: Usage = noUsage;
  #hasAsked = false;

  constructor(guard: Guard) {
    this.#guard = guard;
  }

  /** Without that of its parts. */
  get own(): Spent {
    return { cost: this.#cost, usage: this.#usage };
  }

  /** Whether somebody was asked who may charge for it. */
  get hasAsked(): boolean {
    return this.#hasAsked || this.#parts.some((part) => part.hasAsked);
  }

  get whole(): Spent {
    return this.#parts.map((part) => part.whole).reduce(sum, this.own);
  }

  async reserve(worst: Parameters<Guard['reserve']>[0]): ReturnType<Guard['reserve']> {
    const settle = await this.#guard.reserve(worst);
    this.#hasAsked = true;
    return (actual) => {
      this.#cost += actual.cost;
      return settle(actual);
    };
  }

  used(usage: Usage): void {
    this.#usage = sumOf(this.#usage, usage);
  }

  /** For an inference that is made for this one. */
  part(): Spending {
    const part = new Spending(this.#guard);
    this.#parts.push(part);
    return part;
  }
}

function sum(a: Spent, b: Spent): Spent {
  return { cost: a.cost + b.cost, usage: sumOf(a.usage, b.usage) };
}

function sumOf(a: Usage, b: Usage): Usage {
  return {
    inputTokens: a.inputTokens + b.inputTokens,
    cachedTokens: a.cachedTokens + b.cachedTokens,
    cacheWriteTokens: a.cacheWriteTokens + b.cacheWriteTokens,
    outputTokens: a.outputTokens + b.outputTokens,
  };
}
