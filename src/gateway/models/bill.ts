/**
 * What one request may cost and does cost.
 *
 * B1. No request goes out before its worst case was granted.
 * B2. Every grant is settled exactly once, whatever became of the request.
 */
import type { Guard } from './model-call.ts';

export interface Amount {
  readonly tokens: number;
  readonly cost: number;
  readonly provider?: string;
  readonly model?: string;
}

const nothing: Amount = { tokens: 0, cost: 0 };

export class Bill {
  readonly #worst: () => Amount;
  #settle: ((actual: Amount) => Promise<void>) | undefined;

  private constructor(worst: () => Amount, settle: ((actual: Amount) => Promise<void>) | undefined) {
    this.#worst = worst;
    this.#settle = settle;
  }

  static async open(guard: Guard | undefined, worst: () => Amount): Promise<Bill> {
    return new Bill(worst, guard === undefined ? undefined : await guard.reserve(worst()));
  }

  /** What is counted when nobody knows. */
  get worst(): Amount {
    return this.#worst();
  }

  async pay(actual: Amount | 'nothing' | 'unknown'): Promise<void> {
    const settle = this.#settle;
    if (settle === undefined) return;
    this.#settle = undefined;
    await settle(actual === 'nothing' ? nothing : actual === 'unknown' ? this.#worst() : actual);
  }
}
