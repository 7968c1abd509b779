/** A fan-out of paid calls under two budgets, and what its processes, its provider and its test agree on. */
import { openSync, readFileSync, writeSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import type { BudgetRule } from '../../src/gateway/config/model.ts';

export const items = 1000;
/** What one call may cost at worst, in dollars. */
export const worst = 0.01;
export const project = 'film';
export const run = 'r';

export interface Orders {
  readonly dir: string;
  readonly seed: number;
  /** `engine` works on the run; `visitor` calls on its own account, from the same project budget. */
  readonly role: 'engine' | 'visitor';
  readonly runLimit: number;
  readonly projectLimit: number;
}

export const budgetOf = (limit: number): BudgetRule => ({
  name: 'project',
  scope: [{ tag: 'project', value: { is: 'each' } }],
  limit,
  per: 'total',
  onLimit: 'stop',
});

export const planOf = (limit: number): object => ({
  id: 'fan-out',
  budget: { limit, onLimit: 'stop' },
  steps: [{ id: 'all', kind: 'map', agentId: 'caller', over: Array.from({ length: items }, (_, i) => i), concurrency: 24 }],
});

/** What a worker says first: what it found counted, before it does anything. */
export interface Found {
  readonly spent: number;
  readonly reserved: number;
  readonly left: number;
}

interface Bill {
  readonly role: Orders['role'];
  readonly cost: number;
}

const billsIn = (dir: string): string => join(dir, 'bills.jsonl');

/** The provider: what it has written down, it bills, whatever becomes of the caller. */
export class Provider {
  readonly #descriptor: number;

  constructor(dir: string) {
    this.#descriptor = openSync(billsIn(dir), 'a');
  }

  bill(bill: Bill): void {
    writeSync(this.#descriptor, `${JSON.stringify(bill)}\n`);
  }
}

export function billed(dir: string, role?: Orders['role']): number {
  if (!existsSync(billsIn(dir))) return 0;
  const lines = readFileSync(billsIn(dir), 'utf8').split('\n');
  // Only `Provider` writes the file.
  const bills = lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Bill);
  return bills.filter((bill) => role === undefined || bill.role === role).reduce((sum, { cost }) => sum + cost, 0);
}
