/** One process of the fan-out, from its start to its end or its kill. It says `found`, then a dot for every bill. */
import { setImmediate as turn } from 'node:timers/promises';
import { openSqlite } from '../../src/backends/sqlite/index.ts';
import { Orchestrator } from '../../src/compose.ts';
import { ContinuoError } from '../../src/core/errors.ts';
import { agent } from '../../src/engine/agent.ts';
import { systemClock } from '../../src/engine/system-clock.ts';
import type { Purse } from '../../src/gateway/inference.ts';
import { guardOf } from '../../src/gateway/money/guard.ts';
import { limitsFor } from '../../src/gateway/money/limits.ts';
import { Chance } from '../sim/chance.ts';
import { budgetOf, items, planOf, project, Provider, run, worst, type Found, type Orders } from './fan-out.ts';

// fan-out.test.ts starts this file with Orders.
const orders = JSON.parse(process.argv[2] ?? '') as Orders;
const backend = await openSqlite({ dir: orders.dir, role: orders.role });
const provider = new Provider(orders.dir);
const chance = new Chance(orders.seed);
const rules = { budgets: [budgetOf(orders.projectLimit)], rateLimits: [] };
const tags = { project };

/** One paid call: as dear as chance wants it, and never dearer than its worst. Answers whether there was money for it. */
async function call(purse?: Purse): Promise<boolean> {
  try {
    await pay(purse);
    return true;
  } catch (error) {
    if (error instanceof ContinuoError && error.code === 'BUDGET_EXCEEDED') return false;
    throw error;
  }
}

async function pay(purse?: Purse): Promise<void> {
  const guard = guardOf({ meters: backend.meters, clock: systemClock, tags, ...rules, ...(purse === undefined ? {} : { purse }) });
  const settle = await guard.reserve({ tokens: 0, cost: worst });
  const cost = (chance.below(1000) / 1000) * worst;
  provider.bill({ role: orders.role, cost });
  process.stdout.write('.');
  // What the provider has done, and the caller does not know yet.
  await turn();
  await settle({ tokens: 0, cost });
}

async function found(money: { readonly spent: number; readonly reserved: number }): Promise<void> {
  const now = systemClock.now();
  const [left = 0] = await backend.meters.left(limitsFor(rules, tags, now), now);
  const said: Found = { ...money, left };
  process.stdout.write(`${JSON.stringify(said)}\n`);
}

async function asEngine(): Promise<void> {
  const open = Promise.withResolvers<void>();
  const caller = agent({
    id: 'caller',
    run: async (_: number, ctx) => {
      await open.promise;
      return call(ctx.budget);
    },
  });
  const orchestrator = await Orchestrator.open({ backend, agents: [caller] });
  const known = await orchestrator.list();
  const none = { spent: 0, reserved: 0 };
  await found(known.length === 0 ? none : (await orchestrator.get(run)).money);
  open.resolve();
  const handle = known.length === 0 ? await orchestrator.start(planOf(orders.runLimit), null, { id: run }) : orchestrator.handle(run);
  const { status } = await handle.result();
  await found((await orchestrator.get(run)).money);
  await orchestrator.close();
  if (status !== 'succeeded') throw new Error(`the run is ${status}`);
}

async function asVisitor(): Promise<void> {
  await found({ spent: 0, reserved: 0 });
  for (let i = 0; i < items; i++) await call();
  await backend.close();
}

await (orders.role === 'engine' ? asEngine() : asVisitor());
