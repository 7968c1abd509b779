/** The same work, several times. */
import assert from 'node:assert/strict';
import { agent } from '../../src/engine/agent.ts';
import { pattern, states } from './page.ts';

pattern(12, 'multiple instances without synchronization', ({ run }) => {
  const one = run().complete('list', ['ann', 'bob']);
  assert.deepEqual(one.inHand, ['letters[0]', 'letters[1]', 'next']);
  assert.equal(one.complete('next').is('next'), 'done', 'while letters are being written');
  assert.equal(one.complete('letters[1]').complete('letters[0]').status, 'succeeded');
});

pattern(13, 'multiple instances with a priori design-time knowledge', ({ run }) => {
  const one = run();
  assert.deepEqual(one.inHand, ['takes[0]', 'takes[1]', 'takes[2]']);
  one.complete('takes[2]', 'C').complete('takes[0]', 'A');
  assert.deepEqual(one.inHand, ['takes[1]']);
  assert.deepEqual(one.complete('takes[1]', 'B').input('cut'), ['A', 'B', 'C']);
});

pattern(14, 'multiple instances with a priori run-time knowledge', ({ run }) => {
  const one = run().complete('script', ['dawn', 'dusk']);
  assert.deepEqual([one.input('takes[0]'), one.input('takes[1]')], ['dawn', 'dusk']);
  assert.deepEqual(one.complete('takes[0]', 1).inHand, ['takes[1]']);
  assert.deepEqual(one.complete('takes[1]', 2).input('cut'), [1, 2]);
});

/** Notes which items were done, and which were told to stop. */
function writer(done: unknown[], stopped: string[]): unknown {
  return agent({
    id: 'writer',
    run: async (item: string, ctx) => {
      ctx.signal.addEventListener('abort', () => stopped.push(item));
      await ctx.sleep(item === 'a' ? 1000 : 60_000);
      done.push(item);
      return item;
    },
  });
}

const next = agent({ id: 'next', run: (input: unknown) => input });

pattern(26, 'cancel multiple instance activity', ({ plan, engine }) =>
  engine({ agents: [next] }, async (rig) => {
    const [done, stopped]: [unknown[], string[]] = [[], []];
    rig.orchestrator.register(writer(done, stopped));
    const run = await rig.orchestrator.start(plan, undefined, { id: 'r' });
    await rig.pass(2000);
    await rig.orchestrator.signal('r', 'stop');
    assert.equal((await rig.until(run.result())).status, 'succeeded');
    assert.deepEqual([done, stopped.toSorted((a, b) => a.localeCompare(b))], [['a'], ['b', 'c']], 'd was never begun');
    assert.equal((await run.view()).steps['letters']?.status, 'overtaken');
  }),
);

pattern(27, 'complete multiple instance activity', ({ plan, engine }) =>
  engine({ agents: [next] }, async (rig) => {
    const [done, stopped]: [unknown[], string[]] = [[], []];
    rig.orchestrator.register(writer(done, stopped));
    const run = await rig.orchestrator.start(plan, undefined, { id: 'r' });
    await rig.pass(2000);
    await rig.orchestrator.skip('r', 'letters', ['a alone']);
    assert.deepEqual((await rig.until(run.result())).output, { letters: ['a alone'], next: ['a alone'] });
    assert.deepEqual([done, stopped.toSorted((a, b) => a.localeCompare(b))], [['a'], ['b', 'c']]);
  }),
);

pattern(35, 'cancelling partial join for multiple instances', ({ run }) => {
  const one = run();
  assert.equal(one.inHand.length, 8);
  for (const item of [7, 1, 3, 4]) one.complete(`candidates[${item}]`, item);
  assert.equal(one.is('choose'), 'idle');
  one.complete('candidates[6]', 6);
  assert.deepEqual(one.inHand, ['choose'], 'the other three are let go');
  assert.deepEqual(one.input('choose'), [null, 1, null, 3, 4, null, 6, 7]);
  assert.deepEqual(states(one), { candidates: 'done', choose: 'active' });
});
