/** Several nodes on one store, as the suites for them see it; and how they wait. */
import assert from 'node:assert/strict';
import { it } from 'node:test';

/**
 * What whoever runs a suite gives for every test: a store of its own, on a clock that may be simulated or real.
 *
 * W1. `open` opens one node more on the same store, as another process would.
 * W2. `pass` lets time pass for all nodes: it moves the clock and lets what is due happen, or really waits.
 * W3. A node that was silenced gives no sign of life (lease, orders in hand, what it hosts) until the answer is
 *     called. Whatever else it does goes on: its calls arrive, so that it can be seen that they are refused.
 * W4. `close` closes all that is open, silent or not, and takes the store away.
 */
export interface World<N> {
  /** After how many milliseconds at the latest the store takes a silent node, taker or host for lost. */
  readonly lease: number;
  open(name: string, role?: 'engine' | 'worker'): Promise<N>;
  pass(milliseconds: number): Promise<void>;
  silence(node: N): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

export type WorldTest<W> = (title: string, body: (world: W) => Promise<void>) => void;

export function worldTests<W extends Pick<World<unknown>, 'close'>>(open: () => Promise<W>): WorldTest<W> {
  return (title, body) => {
    it(title, async () => {
      const world = await open();
      try {
        await body(world);
      } finally {
        await world.close();
      }
    });
  };
}

type Waiting = Pick<World<unknown>, 'lease' | 'pass'>;

/** Lets time pass until it is so; fails when it is not so for far longer than anything takes. */
export async function eventually(world: Waiting, what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let round = 0; round < 400; round++) {
    if (await isSo()) return;
    await world.pass(world.lease / 20);
  }
  assert.fail(`${what}: it did not come to that`);
}

/** Lets time pass, and holds that it is so all the while. */
export async function always(world: Waiting, leases: number, what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let round = 0; round < leases * 5; round++) {
    assert.ok(await isSo(), what);
    await world.pass(world.lease / 5);
  }
}
