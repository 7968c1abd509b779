import assert from 'node:assert/strict';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { outcome } from './continuo.ts';
import { desk, step, plan, after, withAgents, publishing, ledgerOf, explain, options } from './desk.ts';

suite('workflows that call workflows, and change', options, () => {
  const calling = `
    import { agent, workflow } from 'continuo';
    const writer = agent({ id: 'writer', run: async ({ n }: { n: number }) => n + 1 });
    const inner = workflow<{ n: number }>('inner').step('one', writer, ({ input }) => input).ask('sure', { question: 'Sure?', choices: ['yes', 'no'] }).output(({ one }) => one);
    export default workflow('outer').call('deep', inner, () => ({ n: 1 })).output(({ deep }) => deep);
    export const agents = [writer];
  `;

  test('the question of a called run is the caller’s to wait for', async (t) => {
    const at = desk(t);
    at.write('calling.ts', calling);
    const ended = await at.run('run', 'calling.ts', '--json', '--run-id', 'r1');
    assert.equal(ended.code, 4, explain(ended));
    const [question] = outcome(ended)['questions'] as readonly { readonly runId: string; readonly step: string }[];
    assert.equal(question?.step, 'sure');
    assert.equal((await at.run('answer', question.runId, 'sure', 'yes')).code, 0);
    const on = await at.run('run', 'calling.ts', '--json', '--run-id', 'r1');
    assert.equal(outcome(on).output, 2, explain(on));
  });

  test('a run is moved to a plan that has become longer', async (t) => {
    const at = desk(t);
    const longer = { ...publishing, steps: [...(publishing as { steps: object[] }).steps, step('more', 'note', after('done'))] };
    at.write('plan.json', publishing);
    await at.run('run', 'plan.json', ...withAgents, '--run-id', 'r1');
    at.write('plan.json', longer);
    const moved = await at.run('migrate', 'r1', 'plan.json', '--agents', 'agents.mjs');
    assert.equal(moved.code, 0, explain(moved));
    await at.run('answer', 'r1', 'publish', 'publish');
    const ended = await at.run('run', 'plan.json', ...withAgents, '--run-id', 'r1');
    assert.equal(ended.code, 0, explain(ended));
    assert.deepEqual(ledgerOf(at), ['draft 1', 'done 1', 'more 1']);
  });

  test('a workflow that was edited meanwhile: it says so at once, and migrate brings the run over', async (t) => {
    const at = desk(t);
    const version = (word: string): string => `import { workflow, agent } from 'continuo';
      const a = agent({ id: 'a', run: (said) => said });
      export const agents = [a];
      export default workflow('edited').step('first', a, () => 'kept').ask('go', { question: 'Go on?', choices: ['yes'] }).step('last', a, () => '${word}').build();`;
    at.write('flow.ts', version('old'));
    assert.equal((await at.run('run', 'flow.ts', '--run-id', 'e1', '--json')).code, 4);
    at.write('flow.ts', version('new'));
    const refused = await at.run('run', 'flow.ts', '--run-id', 'e1', '--json');
    assert.equal(refused.code, 2, explain(refused));
    assert.equal(outcome(refused).error?.code, 'PLAN_CODE_MISSING');
    const moved = await at.run('migrate', 'e1', 'flow.ts');
    assert.equal(moved.code, 0, explain(moved));
    await at.run('answer', 'e1', 'go', 'yes');
    const { output } = outcome(await at.run('run', 'flow.ts', '--run-id', 'e1', '--json'));
    assert.deepEqual(Object.values(output ?? {})[0], 'kept');
    assert.deepEqual(Object.values(output ?? {})[2], 'new');
  });

  test('--no-wait leaves a run that waits for a signal: 4', async (t) => {
    const at = desk(t);
    at.write('plan.json', plan('patient', { id: 'paid', kind: 'wait', for: { signal: 'paid' } }));
    const ended = await at.run('run', 'plan.json', ...withAgents, '--no-wait', '--run-id', 'r1');
    assert.equal(ended.code, 4, explain(ended));
    assert.match(ended.stderr, /paid waits for signal paid.*signal r1 paid/s);
    assert.deepEqual(outcome(ended)['waitsFor'], [{ runId: 'r1', step: 'paid', what: 'signal paid' }]);
  });

  test('the example of the README, with nobody at a terminal, comes to its result', async (t) => {
    const at = desk(t);
    const example = join(import.meta.dirname, '../../scripts/example.ts');
    const ended = await at.shell(`'${process.execPath}' '${example}' --dir '${at.path('data')}' < /dev/null`);
    assert.equal(ended.code, 0, explain(ended));
    assert.match(ended.stdout, /retry 1 in .*booking site busy[\s\S]*how do you like to travel[\s\S]*succeeded[\s\S]*You sleep at/);
  });
});
