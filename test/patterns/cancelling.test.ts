/** What is taken back. */
import assert from 'node:assert/strict';
import { workflow } from '../../src/core/plan/builder.ts';
import { agent } from '../../src/engine/agent.ts';
import { pattern, states } from './page.ts';

pattern(19, 'cancel activity', ({ run }) => {
  const stopped = run();
  const late = stopped.ref('search');
  assert.deepEqual(stopped.signal('stop').inHand, ['next']);
  assert.deepEqual(states(stopped), { search: 'overtaken', stop: 'done', next: 'active' });
  const before = stopped.run;
  assert.equal(stopped.submit({ type: 'completed', ref: late, output: { value: 'late' } }).run, before);
  assert.deepEqual(states(run().complete('search')), { search: 'done', stop: 'overtaken', next: 'active' });
});

pattern(20, 'cancel case', ({ plan, engine }) =>
  engine({ workflows: [workflow('visit').wait('never', { signal: 'never' }).build()] }, async (rig) => {
    const heard: string[] = [];
    rig.orchestrator.register(
      { id: 'book', actions: { run: () => 'booked', unbook: () => void heard.push('unbooked') } },
      agent({
        id: 'search',
        run: async (_: null, ctx) => {
          ctx.signal.addEventListener('abort', () => heard.push('stopped'));
          await ctx.sleep(60_000);
        },
      }),
    );
    const run = await rig.orchestrator.start(plan, undefined, { id: 'r' });
    await rig.settle();
    assert.equal((await rig.orchestrator.get('r~visit.1')).status, 'waiting');
    await rig.orchestrator.cancel('r');
    assert.equal((await rig.until(run.result())).status, 'cancelled');
    await rig.settle();
    assert.deepEqual(heard, ['stopped', 'unbooked']);
    assert.equal((await rig.orchestrator.get('r~visit.1')).status, 'cancelled');
  }),
);

pattern(25, 'cancel region', ({ run }) => {
  const early = run().signal('stop');
  const region = { film: 'overtaken', sound: 'overtaken', mix: 'overtaken', titles: 'overtaken' };
  assert.deepEqual(states(early), { ...region, poster: 'active', stop: 'done', next: 'active' });
  const late = run().complete('film').complete('sound').signal('stop');
  assert.deepEqual([states(late)['sound'], states(late)['mix'], states(late)['titles']], ['done', 'overtaken', 'overtaken']);
  assert.deepEqual(late.inHand, ['poster', 'next']);
});
