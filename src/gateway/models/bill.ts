/**
 * What one request may cost and does cost.
 *
 * B1. No request goes out before its worst case was granted.
 * B2. Every grant is settled exactly once, whatever became of the request.
 */
import type { ModelCall } from './model-call.ts';

type Billed = Pick<ModelCall, 'guard' | 'spent'>;

export interface Amount {
  readonly tokens: number;
  readonly cost: number;
  readonly provider?: string;
  readonly model?: string;
}

const nothing: Amount = { tokens: 0, cost: 0 };

type Settle = (actual: Amount) => Promise<void>;

export class Bill {
  readonly #worst: () => Amount;
  readonly #spent: ModelCall['spent'];
  readonly #settle: Settle | undefined;
  #isPaid = false;

  private constructor(worst: () => Amount, { spent }: Billed, settle: Settle | undefined) {
    this.#worst = worst;
    this.#spent = spent;
    this.#settle = settle;
  }

  /** Without a guard there is nothing to wait for. */
  static open(billed: Billed, worst: () => Amount): Bill | Promise<Bill> {
    const { guard } = billed;
    return guard === undefined
      ? new Bill(worst, billed, undefined)
      : guard.reserve(worst()).then((settle) => new Bill(worst, billed, settle));
  }

  /** What is counted when nobody knows. */
  get worst(): Amount {
    return this.#worst();
  }

  async pay(actual: Amount | 'nothing' | 'unknown'): Promise<void> {
    if (this.#isPaid || (this.#spent === undefined && this.#settle === undefined)) return;
    this.#isPaid = true;
    const amount = actual === 'nothing' ? nothing : actual === 'unknown' ? this.#worst() : actual;
    this.#spent?.(amount.cost);
    await this.#settle?.(amount);
  }
}
