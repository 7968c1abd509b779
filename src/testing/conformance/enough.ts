/** What is let go because enough of it is done: attempts are told, runs that were called are cancelled. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { workflow } from '../../core/plan/builder.ts';
import { agent } from '../../engine/agent.ts';
import { Rig, type OpenBackend } from './rig.ts';

/** Works as many seconds as it is told, and notes when it is told to stop. */
function worker(aborted: number[]): ReturnType<typeof agent<number, number>> {
  return agent({
    id: 'worker',
    run: async (seconds: number, ctx) => {
      ctx.signal.addEventListener('abort', () => aborted.push(seconds));
      await ctx.sleep(seconds * 1000);
      return seconds;
    },
  });
}

export function enoughConformance(open: OpenBackend): void {
  describe('enough', () => {
    it('map: with enough items done, those in hand are told to stop and the others never start', () =>
      Rig.with(open, {}, async (rig) => {
        const aborted: number[] = [];
        const slow = worker(aborted);
        rig.orchestrator.register(slow);
        const flow = workflow('enough')
          .map('m', slow, () => [9, 1, 8, 2, 7], { concurrency: 4, enough: 2 })
          .output(({ m }) => m);
        assert.deepEqual((await rig.run(flow)).output, [null, 1, null, 2, null]);
        assert.deepEqual(
          aborted.toSorted((a, b) => a - b),
          [7, 8, 9],
        );
      }));

    it('map: runs that were called for items beyond enough are cancelled', () =>
      Rig.with(open, {}, async (rig) => {
        const child = workflow<string>('child')
          .wait('go', { signal: 'go' })
          .output(({ input }) => input);
        const flow = workflow('calls')
          .map('m', child, () => ['a', 'b', 'c'], { enough: 1 })
          .output(({ m }) => m);
        const run = await rig.orchestrator.start(flow, undefined, { id: 'r' });
        await rig.settle();
        await rig.orchestrator.signal('r~m.1.1', 'go');
        assert.deepEqual((await rig.until(run.result())).output, [null, 'b', null]);
        await rig.settle();
        assert.deepEqual((await rig.orchestrator.list({ parent: 'r' })).map(({ run: id, status }) => `${id} ${status}`).toSorted(), [
          'r~m.0.1 cancelled',
          'r~m.1.1 succeeded',
          'r~m.2.1 cancelled',
        ]);
      }));
  });
}
