/** Nodes of one fleet that could stand in each other's way, and do not. */
import assert from 'node:assert/strict';
import { workflow } from '../../core/plan/builder.ts';
import { agent } from '../../engine/agent.ts';
import type { Nodes } from './nodes.ts';

type Test = (title: string, body: (nodes: Nodes) => Promise<void>) => void;

export function nodesInTheWay(test: Test): void {
  test('an attempt that has ended on another node has no more effects there', async (nodes) => {
    const paid: number[] = [];
    const late = Promise.withResolvers<void>();
    const afterwards = Promise.withResolvers<unknown>();
    const engine = await nodes.engine();
    const pays = agent({
      id: 'same',
      run: async (_: null, ctx) => {
        if (ctx.attempt === 1) await late.promise;
        const paying = ctx.once('pay', () => paid.push(ctx.attempt));
        if (ctx.attempt === 1) paying.then(afterwards.resolve, afterwards.reject);
        return paying;
      },
    });
    await nodes.worker({ agents: [pays] });
    const step = { id: 's', agentId: 'same', timeout: { attempt: 100 }, retry: { max: 1, delay: 0 } };
    const { status } = await nodes.until(engine.run({ id: 'p', steps: [step] }, null));
    assert.equal(status, 'succeeded');
    late.resolve();
    await assert.rejects(nodes.until(afterwards.promise), { code: 'ATTEMPT_STALE' });
    assert.deepEqual(paid, [2]);
  });

  test('what happens while a node closes starts what it should on another', async (nodes) => {
    const heard = workflow<null>('heard').wait('go', { signal: 'go' }).build();
    const tells = { id: 'tells', steps: [{ id: 'tell', kind: 'emit', event: 'news', data: null }] };
    const starting = { id: 't', workflow: heard, event: 'news' };
    const first = await nodes.engine({ workflows: [heard] });
    const second = await nodes.engine({ workflows: [heard] });
    const both = Promise.withResolvers<unknown>();
    await first.trigger({
      ...starting,
      input: () => {
        Promise.all([first.close(), second.trigger(starting)]).then(both.resolve, both.reject);
        return null;
      },
    });
    await first.start(tells, null);
    await nodes.until(both.promise);
    const runs = await second.list({ workflow: 'heard' });
    assert.equal(runs.length, 1);
  });
}
