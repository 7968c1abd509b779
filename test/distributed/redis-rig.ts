/** What the tests of the Redis part share. */
import { randomUUID } from 'node:crypto';
import type { Order } from '../../src/ports/exchange.ts';

let last = 0;

export function anOrder(agent: string, more: Partial<Order> = {}): Order {
  const run = more.run ?? `run-${++last}`;
  return {
    id: `${run}/main[0]#1.1`,
    run,
    project: 'default',
    workflow: 'w',
    step: 'main',
    key: 'main',
    ref: { step: 0, visit: 1, attempt: 1 },
    agent,
    action: 'act',
    input: { value: { text: 'give: {me} * 🎈' } },
    records: {},
    spent: 0,
    priority: 0,
    ...more,
  };
}

export const aCluster = (): string => randomUUID();

/** Asks again until it holds. The time limit of the test is its end. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 5));
}

export interface Gate {
  readonly passed: Promise<void>;
  readonly open: () => void;
}

export function aGate(): Gate {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { passed: promise, open: resolve };
}
