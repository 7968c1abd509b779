/** What is done again, and how it ends. */
import assert from 'node:assert/strict';
import { pattern, states } from './page.ts';

pattern(10, 'arbitrary cycles', ({ run }) => {
  const one = run().complete('draft').complete('edit', true);
  one.complete('layout', false);
  assert.deepEqual([one.inHand, one.visits('draft')], [['edit'], 1], 'into the middle of the first loop');
  one.complete('edit', false);
  assert.deepEqual([one.inHand, one.visits('draft')], [['draft'], 2], 'and out of the second, by the first');
  one.complete('draft').complete('edit', true).complete('layout', true);
  assert.deepEqual([one.status, one.visits('edit'), one.visits('layout')], ['succeeded', 3, 2]);
});

pattern(11, 'implicit termination', ({ run }) => {
  const one = run().complete('film').complete('trailer');
  assert.equal(one.status, 'running');
  assert.equal(one.complete('poster').status, 'succeeded');
});

pattern(21, 'structured loop', ({ run }) => {
  const one = run();
  for (const score of [3, 5]) one.complete('draft', { score });
  assert.deepEqual([one.inHand, one.visits('draft'), one.input('draft')], [['draft'], 3, { round: 2 }]);
  assert.deepEqual(one.complete('draft', { score: 8 }).inHand, ['publish']);
  const endless = run();
  for (let round = 0; round <= 5; round++) endless.complete('draft', { score: 0 });
  assert.equal(endless.error?.code, 'GATE_REFUSED', 'it has a bound');
});

pattern(22, 'recursion', ({ plan, engine }) =>
  engine({}, async (rig) => {
    const leaf = (name: string): object => ({ name, children: [] });
    const tree = { name: 'root', children: [leaf('left'), { name: 'right', children: [leaf('low')] }] };
    const empty = { below: [] };
    assert.deepEqual((await rig.run(plan, tree, 'r')).output, {
      name: 'root',
      below: [
        { name: 'left', ...empty },
        { name: 'right', below: [{ name: 'low', ...empty }] },
      ],
    });
    assert.equal((await rig.orchestrator.get('r~below.1.1~below.0.1')).status, 'succeeded');
  }),
);

pattern(43, 'explicit termination', ({ run }) => {
  const one = run().complete('ask');
  assert.deepEqual(one.inHand, ['search', 'check']);
  one.complete('search', 'found');
  assert.equal(one.status, 'succeeded');
  assert.deepEqual(states(one), { search: 'done', ask: 'done', check: 'overtaken', end: 'done' });
});
