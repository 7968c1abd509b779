/**
 * A long run of an agent that takes its time, fails now and then, and says when it said something. Two hundred of them
 * ask for two thousand steps a second: what is measured beside them is not how long a machine's queue is that has too
 * much to do.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { agent, parsePlan, planWorkflow, type Json } from '../../src/index.ts';
import type { Payload } from '../engine.ts';

const failures = 0.05;
const takes = 100;
const said = 'at work';

export const performer = agent({
  id: 'performer',
  run: async (value: Payload, ctx) => {
    ctx.log(said, { at: momentNow() });
    await sleep(takes);
    if (Math.random() < failures) throw new Error('it did not come off this time');
    return value;
  },
});

/** Its failures are tried again until one can be sure that none is left. */
export function productionOf(steps: number) {
  return planWorkflow(
    parsePlan({
      id: 'production',
      steps: Array.from({ length: steps }, (_, place) => ({
        id: `s${place}`,
        agentId: 'performer',
        input: { $from: place === 0 ? 'input' : `steps.s${place - 1}.output` },
        dependencies: place === 0 ? [] : [`s${place - 1}`],
        retryPolicy: { maxRetries: 12, backoffMs: 10 },
      })),
      output: { $from: `steps.s${steps - 1}.output` },
    }),
  );
}

/** Finer than the clock of Date, and the same for all processes of a machine. */
export function momentNow(): number {
  return performance.timeOrigin + performance.now();
}

/** When a performer said what this event tells, if it is of one. */
export function toldAt(name: string, event: Json): number | undefined {
  if (name !== 'step:log') return undefined;
  // The performer is the only one who logs here, and it logs this.
  return (event as { readonly data: { readonly at: number } }).data.at;
}
