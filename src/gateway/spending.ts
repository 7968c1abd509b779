/** What one inference has cost so far, with everything that was tried on the way. */
import type { Usage } from './inference.ts';
import { noUsage } from './inference.ts';
import type { Guard, ModelCall } from './models/model-call.ts';

export interface Spent {
  readonly cost: number;
  readonly usage: Usage;
}

export class Spending {
  /** For model calls: who lets them pass, and where their costs are counted. */
  readonly billed: Pick<ModelCall, 'guard' | 'spent'>;
  readonly #guard: Guard | undefined;
  readonly #parts: Spending[] = [];
  #cost = 0;
  #usage: Usage = noUsage;
  #hasAsked = false;

  constructor(guard: Guard | undefined) {
    const spent = (cost: number): void => {
      this.#hasAsked = true;
      this.#cost += cost;
    };
    this.#guard = guard;
    this.billed = guard === undefined ? { spent } : { guard, spent };
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
    return this.#parts.reduce((so, part) => sum(so, part.whole), this.own);
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
