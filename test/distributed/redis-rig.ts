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

/** Asks again until it holds; in vain, if it never does. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + 12_000;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`in vain: ${holds.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

export interface Gate {
  readonly passed: Promise<void>;
  readonly open: () => void;
}

export function aGate(): Gate {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { passed: promise, open: resolve };
}
