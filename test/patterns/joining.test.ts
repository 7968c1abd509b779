/** Ways that come together. */
import assert from 'node:assert/strict';
import type { Shown } from './page.ts';
import { pattern, states } from './page.ts';

pattern(7, 'structured synchronizing merge', ({ run }) => {
  const both = run().complete('triage', { theft: true, hurt: true }).complete('doctor');
  assert.deepEqual(both.inHand, ['police'], 'what was taken is waited for');
  assert.deepEqual(both.complete('police').inHand, ['report']);
  const one = run().complete('triage', { hurt: true }).complete('doctor');
  assert.deepEqual(one.inHand, ['report'], 'what was not taken is not');
});

/** Bob is first, Cid second; what is in hand after each. */
function twoArrive({ run }: Shown): { readonly first: readonly string[]; readonly second: readonly string[]; readonly states: object } {
  const one = run().complete('bob', 'B');
  const first = one.inHand;
  if (first.includes('cid')) one.complete('cid', 'C');
  return { first, second: one.inHand, states: states(one) };
}

pattern(9, 'structured discriminator', (shown) => {
  const { first, second } = twoArrive(shown);
  assert.deepEqual(first, ['ann', 'cid', 'answer']);
  assert.deepEqual(second, ['ann', 'answer'], 'who arrives later starts nothing');
  const one = shown.run().complete('bob').complete('answer').complete('cid');
  assert.equal(one.status, 'running', 'the others are waited for at the end');
  assert.equal(one.complete('ann').status, 'succeeded');
  assert.equal(one.visits('answer'), 1);
});

pattern(29, 'cancelling discriminator', async (shown) => {
  const { first, states: are } = twoArrive(shown);
  assert.deepEqual(first, ['answer']);
  assert.deepEqual(are, { ann: 'overtaken', bob: 'done', cid: 'overtaken', answer: 'active' });
  await shown.engine({}, async (rig) => {
    const stopped: string[] = [];
    for (const [id, seconds] of [
      ['ann', 3],
      ['bob', 1],
      ['cid', 2],
      ['answer', 1],
    ] as const) {
      const run = async (input: unknown, ctx: { signal: AbortSignal; sleep(ms: number): Promise<void> }): Promise<unknown> => {
        ctx.signal.addEventListener('abort', () => stopped.push(id));
        await ctx.sleep(seconds * 1000);
        return input ?? id;
      };
      rig.orchestrator.register({ id, actions: { run } });
    }
    assert.deepEqual((await rig.run(shown.plan)).output, { bob: 'bob', answer: 'bob' });
    assert.deepEqual(stopped.toSorted(), ['ann', 'cid']);
  });
});

pattern(30, 'structured partial join', (shown) => {
  const { first, second } = twoArrive(shown);
  assert.deepEqual(first, ['ann', 'cid']);
  assert.deepEqual(second, ['ann', 'answer']);
  assert.equal(shown.run().complete('bob').complete('cid').complete('answer').complete('ann').status, 'succeeded');
});

pattern(32, 'cancelling partial join', (shown) => {
  const { first, second, states: are } = twoArrive(shown);
  assert.deepEqual(first, ['ann', 'cid']);
  assert.deepEqual(second, ['answer']);
  assert.deepEqual(are, { ann: 'overtaken', bob: 'done', cid: 'done', answer: 'active' });
});

pattern(37, 'acyclic synchronizing merge', ({ run }) => {
  const theft = run().complete('triage', { theft: true }).complete('police');
  assert.deepEqual(theft.inHand, ['statement', 'insurance']);
  assert.deepEqual(theft.complete('insurance').inHand, ['statement'], 'file waits for both that were taken');
  assert.deepEqual(theft.complete('statement').inHand, ['file']);
  const hurt = run().complete('triage', { hurt: true }).complete('doctor').complete('insurance');
  assert.deepEqual(hurt.inHand, ['file']);
  assert.equal(hurt.is('statement'), 'skipped');
  assert.equal(run().complete('triage', {}).status, 'succeeded', 'nothing was taken, and nothing is waited for');
});
