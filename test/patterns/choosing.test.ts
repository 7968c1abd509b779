/** What depends on the state of the run, and on what happens around it. */
import assert from 'node:assert/strict';
import { agent } from '../../src/engine/agent.ts';
import type { Plan } from '../../src/core/plan/model.ts';
import type { Rig } from '../../src/testing/conformance/rig.ts';
import { pattern, states } from './page.ts';

const day = 86_400_000;

pattern(16, 'deferred choice', ({ run }) => {
  const sent = run();
  assert.deepEqual(sent.inHand, [], 'nobody has chosen yet');
  sent.answer('order', 'send');
  assert.deepEqual(states(sent), { order: 'done', late: 'overtaken', way: 'done', send: 'active', return: 'skipped' });
  assert.deepEqual(sent.advance(3 * day).inHand, ['send']);
  const returned = run().advance(2 * day);
  assert.deepEqual(returned.inHand, ['return']);
  assert.throws(() => returned.answer('order', 'send'), { code: 'STEP_DONE' });
});

/** What the one agent was asked to do, in order, and how many at a time there were at most. */
async function atTheBench(rig: Rig, plan: Plan): Promise<{ readonly order: readonly string[]; readonly most: number }> {
  const order: string[] = [];
  let now = 0;
  let most = 0;
  const joiner = agent({
    id: 'joiner',
    run: async (_: null, ctx) => {
      most = Math.max(most, ++now);
      order.push(ctx.stepId);
      await ctx.sleep(1000);
      now--;
    },
  });
  rig.orchestrator.register(joiner);
  assert.equal((await rig.run(plan)).status, 'succeeded');
  return { order, most };
}

pattern(17, 'interleaved parallel routing', ({ plan, engine }) =>
  engine({ limits: { resources: { bench: 1 } } }, async (rig) => {
    const { order, most } = await atTheBench(rig, plan);
    assert.equal(most, 1);
    assert.deepEqual(order.toSorted(), ['carve', 'paint', 'sand']);
    assert.ok(order.indexOf('sand') < order.indexOf('paint'));
  }),
);

pattern(40, 'interleaved routing', ({ plan, engine }) =>
  engine({ limits: { resources: { bench: 1 } } }, async (rig) => {
    const { order, most } = await atTheBench(rig, plan);
    assert.deepEqual([most, order.toSorted()], [1, ['carve', 'paint', 'sand']]);
  }),
);

pattern(39, 'critical section', ({ plan, engine }) =>
  engine({}, async (rig) => {
    const { order, most } = await atTheBench(rig, plan);
    assert.equal(most, 1);
    assert.deepEqual(order, ['saw', 'glue', 'plane', 'oil'], 'one stretch after the other');
  }),
);

pattern(18, 'milestone', ({ run }) => {
  const early = run().signal('change', 'red').complete('order');
  assert.deepEqual(early.inHand, ['print', 'change'], 'once the order is there, it can be changed');
  assert.deepEqual(early.complete('print').inHand, ['change', 'deliver'], 'and printing goes on');
  const late = run().complete('order');
  assert.deepEqual(late.inHand, ['print']);
  late.complete('print').signal('change', 'red');
  assert.deepEqual([late.inHand, late.is('change')], [['deliver'], 'skipped'], 'and not after it was printed');
});

pattern(24, 'persistent trigger', ({ run }) => {
  const early = run().signal('go', 7);
  assert.equal(early.is('go'), 'idle');
  assert.deepEqual(early.complete('prepare').inHand, ['launch']);
  assert.equal(early.outputOf('go'), 7);
  assert.deepEqual(run().complete('prepare').inHand, []);
});
