/** Basic control flow. */
import assert from 'node:assert/strict';
import { pattern, states } from './page.ts';

pattern(1, 'sequence', ({ run }) => {
  const one = run();
  assert.deepEqual(one.inHand, ['write']);
  assert.deepEqual(one.complete('write').inHand, ['read']);
  assert.equal(one.complete('read').status, 'succeeded');
});

pattern(2, 'parallel split', ({ run }) => {
  assert.deepEqual(run().complete('write').inHand, ['draw', 'speak']);
});

pattern(3, 'synchronization', ({ run }) => {
  const one = run();
  assert.deepEqual(one.complete('speak').inHand, ['draw']);
  assert.deepEqual(one.complete('draw').inHand, ['film']);
});

pattern(4, 'exclusive choice', ({ run }) => {
  assert.deepEqual(run({ length: 'long' }).inHand, ['film']);
  assert.deepEqual(run({ length: 'short' }).inHand, ['clip']);
  assert.equal(run({ length: 'medium' }).error?.code, 'BRANCH_UNKNOWN');
});

pattern(5, 'simple merge', ({ run }) => {
  for (const [length, way] of [
    ['long', 'film'],
    ['short', 'clip'],
  ] as const) {
    const one = run({ length }).complete(way, `a ${way}`);
    assert.deepEqual(one.inHand, ['publish']);
    assert.equal(one.input('publish'), `a ${way}`);
  }
});

pattern(6, 'multi-choice', ({ run }) => {
  assert.deepEqual(run().complete('triage', { theft: true, hurt: true }).inHand, ['police', 'doctor']);
  assert.deepEqual(run().complete('triage', { car: true }).inHand, ['tow']);
  assert.deepEqual(states(run().complete('triage', {})), { triage: 'done', police: 'skipped', doctor: 'skipped', tow: 'skipped' });
});
