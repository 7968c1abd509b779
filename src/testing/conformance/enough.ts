/** What is let go because enough of it is done: attempts are told, runs that were called are cancelled. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { workflow } from '../../core/plan/builder.ts';
import type { AnyWorkflow } from '../../core/plan/workflow.ts';
import { agent } from '../../engine/agent.ts';
import { Rig, type OpenBackend } from './rig.ts';

const child = workflow<string>('child')
  .wait('go', { signal: 'go' })
  .output(({ input }) => input);

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

    it('join: the first answer wins, and whoever has not answered is told to stop', () =>
      Rig.with(open, {}, async (rig) => {
        const aborted: number[] = [];
        const skipped: string[] = [];
        const slow = worker(aborted);
        rig.orchestrator.register(slow);
        rig.orchestrator.on('step:skipped', ({ stepId, why }) => skipped.push(`${stepId} ${why}`));
        const flow = workflow('race')
          .step('a', slow, () => 9)
          .step('b', slow, () => 1, { after: [] })
          .step('c', slow, () => 8, { after: [] })
          .step('first', slow, ({ a, b, c }) => a ?? b ?? c ?? 0, { join: 'any' })
          .output(({ a, b, first }) => [a ?? null, b ?? null, first]);
        const run = await rig.orchestrator.start(flow, undefined, { id: 'r' });
        assert.deepEqual((await rig.until(run.result())).output, [null, 1, 1]);
        assert.deepEqual(
          aborted.toSorted((x, y) => x - y),
          [8, 9],
        );
        assert.deepEqual(skipped.toSorted(), ['a overtaken', 'c overtaken']);
        const { steps } = await run.view();
        assert.deepEqual(
          ['a', 'b', 'c', 'first'].map((id) => steps[id]?.status),
          ['overtaken', 'done', 'overtaken', 'done'],
        );
      }));

    it('join: what loses is stopped also while it waits for an agent, a person, a signal or its time', () =>
      Rig.with(open, {}, async (rig) => {
        const made: number[] = [];
        const one = agent({ id: 'one', concurrency: 1, run: async (n: number, ctx) => (made.push(n), ctx.sleep(1000).then(() => n)) });
        rig.orchestrator.register(one);
        const flow = workflow('race')
          .step('hog', one, () => 1)
          .step('queued', one, () => 2, { after: [] })
          .wait('a', { duration: 100, after: [] })
          .ask('q', { question: '?', choices: ['y'], after: [] })
          .wait('s', { signal: 'go', after: [] })
          .wait('t', { duration: '1h', after: [] })
          .emit('first', 'decided', () => null, { after: ['queued', 'a', 'q', 's', 't'], join: 'any' })
          .output(({ hog }) => hog);
        const run = await rig.orchestrator.start(flow, undefined, { id: 'r' });
        await rig.settle();
        assert.equal((await rig.orchestrator.questions()).length, 1);
        assert.equal((await rig.until(run.result())).output, 1);
        assert.deepEqual(made, [1]);
        assert.deepEqual(await rig.orchestrator.questions(), []);
      }));

    it('join: a run that was called and loses is cancelled; with the rest to finish, it goes on', () =>
      Rig.with(open, {}, async (rig) => {
        const race = (rest: 'cancel' | 'finish'): AnyWorkflow =>
          workflow(`race-${rest}`)
            .call('a', child, () => 'a')
            .call('b', child, () => 'b', { after: [] })
            .emit('first', 'decided', ({ a, b }) => a ?? b, { join: { atLeast: 1, rest } })
            .build();
        for (const rest of ['cancel', 'finish'] as const) {
          await rig.orchestrator.start(race(rest), undefined, { id: rest });
          await rig.settle();
          await rig.orchestrator.signal(`${rest}~b.1`, 'go');
          await rig.settle();
        }
        assert.equal((await rig.orchestrator.get('cancel')).status, 'succeeded');
        assert.equal((await rig.orchestrator.get('cancel~a.1')).status, 'cancelled');
        assert.equal((await rig.orchestrator.get('finish~a.1')).status, 'waiting');
        await rig.orchestrator.signal('finish~a.1', 'go');
        await rig.settle();
        assert.deepEqual((await rig.orchestrator.get('finish')).output, { a: 'a', b: 'b', first: null });
      }));

    it('join: after a restart, a join that was decided stays so, and makes its attempt with the same input', () =>
      Rig.with(open, {}, async (rig) => {
        const inputs: unknown[] = [];
        const holding = agent({ id: 'holding', run: (input: unknown, ctx) => (inputs.push(input), ctx.sleep(60_000).then(() => input)) });
        rig.orchestrator.register(holding);
        const flow = {
          id: 'race',
          steps: [
            { id: 'a', kind: 'wait', signal: 'a' },
            { id: 'b', kind: 'wait', signal: 'b' },
            { id: 'c', agentId: 'holding', input: 'c' },
            {
              id: 'first',
              agentId: 'holding',
              dependencies: ['a', 'b', 'c'],
              join: { atLeast: 1, rest: 'finish' },
              input: [{ $from: 'steps.a.output' }, { $from: 'steps.b.output' }],
            },
          ],
        };
        await rig.orchestrator.start(flow, undefined, { id: 'r' });
        await rig.orchestrator.signal('r', 'a', 'A');
        await rig.settle();
        await rig.orchestrator.signal('r', 'b', 'B');
        await rig.settle();
        await rig.restart({ agents: [holding] });
        const { output } = await rig.until(rig.orchestrator.handle('r').result());
        assert.deepEqual(output, { a: 'A', b: 'B', c: 'c', first: ['A', null] });
        assert.deepEqual(inputs, ['c', ['A', null], 'c', ['A', null]]);
      }));

    it('join: after a restart, what was cut off is not taken up again', () =>
      Rig.with(open, {}, async (rig) => {
        const made: unknown[] = [];
        const holding = agent({ id: 'holding', run: (input: unknown, ctx) => (made.push(input), ctx.sleep(60_000).then(() => input)) });
        rig.orchestrator.register(holding);
        const flow = {
          id: 'race',
          steps: [
            { id: 'a', kind: 'wait', signal: 'a' },
            { id: 'b', agentId: 'holding', input: 'b' },
            { id: 'first', agentId: 'holding', dependencies: ['a', 'b'], join: 'any', input: 'first' },
          ],
        };
        await rig.orchestrator.start(flow, undefined, { id: 'r' });
        await rig.settle();
        await rig.orchestrator.signal('r', 'a');
        await rig.settle();
        await rig.restart({ agents: [holding] });
        assert.equal((await rig.until(rig.orchestrator.handle('r').result())).status, 'succeeded');
        assert.deepEqual(made, ['b', 'first', 'first']);
      }));
  });
}
