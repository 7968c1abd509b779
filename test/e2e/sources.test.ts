import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { outcome } from './continuo.ts';
import { desk, step, plan, withAgents, explain, options } from './desk.ts';

suite('what can be run', options, () => {
  const module = `
    import { agent, workflow } from 'continuo';
    import { z } from 'zod';
    const greeter = agent({ id: 'greeter', run: async ({ name }: { name: string }) => 'hello ' + name });
    export const hello = workflow('hello', { input: z.object({ name: z.string() }) }).step('greet', greeter, ({ input }) => input).output(({ greet }) => greet);
    export const bye = workflow('good-bye').step('greet', greeter, () => ({ name: 'and good bye' })).output(({ greet }) => greet);
    export const open = workflow('open').step('greet', greeter, () => ({ name: 'x' }));
    export const agents = [greeter];
  `;

  test('a TypeScript file anywhere, and a workflow in it by name', async (t) => {
    const at = desk(t);
    at.write('flows.ts', module);
    const ended = await at.run('run', 'flows.ts#hello', '--input', '{"name":"ada"}', '--json');
    assert.equal(ended.code, 0, explain(ended));
    assert.equal(outcome(ended).output, 'hello ada');
    assert.doesNotMatch(ended.stderr, /Warning/);
  });

  test('TypeScript with imports is a module, whatever its package says', async (t) => {
    const at = desk(t);
    at.write('package.json', { name: 'theirs', type: 'commonjs' });
    at.write(
      'flow.ts',
      `import { workflow, agent } from 'continuo';
      const a = agent({ id: 'a', isolation: 'process', run: async (n: number) => n + 1 });
      export default workflow<number>('w').step('a', a, ({ input }) => input).output(({ a }) => a);
      export const agents = [a];`,
    );
    const ended = await at.run('run', 'flow.ts', '--input', '41', '--json');
    assert.equal(outcome(ended).output, 42, explain(ended));
  });

  test('the name of a workflow that the agents file exports', async (t) => {
    const at = desk(t);
    at.write('flows.ts', module);
    const ended = await at.run('run', 'good-bye', '--agents', 'flows.ts', '--json');
    assert.equal(ended.code, 0, explain(ended));
    assert.equal(outcome(ended).output, 'hello and good bye');
  });

  test('several workflows and none named, one that was not finished, one that is not there', async (t) => {
    const at = desk(t);
    at.write('flows.ts', module);
    const [several, unfinished, unknown] = await Promise.all([
      at.run('run', 'flows.ts', '--json'),
      at.run('run', 'flows.ts#open', '--json'),
      at.run('run', 'flows.ts#hullo', '--json'),
    ]);
    assert.deepEqual([several.code, unfinished.code, unknown.code], [2, 2, 2]);
    assert.match(outcome(several).error?.message ?? '', /flows\.ts#bye, flows\.ts#hello/);
    assert.match(outcome(unfinished).error?.message ?? '', /not finished.*\.build\(\)/);
    assert.equal(outcome(unknown).error?.code, 'WORKFLOW_UNKNOWN');
  });

  test('an agent in a process of its own needs no word about its module', async (t) => {
    const at = desk(t);
    at.write(
      'apart.ts',
      "import { agent } from 'continuo';\nexport default [agent({ id: 'apart', isolation: 'process', run: async () => process.pid })];",
    );
    at.write('plan.json', { id: 'apart', steps: [{ id: 'one', agentId: 'apart', input: {} }] });
    const running = at.start('run', 'plan.json', '--agents', 'apart.ts', '--json');
    const { pid } = running;
    const ended = await running.ended;
    assert.equal(ended.code, 0, explain(ended));
    const there = outcome(ended).steps['one']?.output;
    assert.ok(typeof there === 'number' && there !== pid, `the agent worked in process ${String(there)}, the engine in ${pid}`);
  });

  test('input from a file and from stdin', async (t) => {
    const at = desk(t);
    at.write('plan.json', plan('echo', step('one', 'echo', { input: { $from: 'input' } })));
    at.write('input.json', '\ufeff{"from":"file"}');
    const file = await at.run('run', 'plan.json', ...withAgents, '--input', '@input.json');
    assert.deepEqual(outcome(file).output, { one: { from: 'file' } }, explain(file));
    const stdin = await at.runWith('{"from":"stdin"}', 'run', 'plan.json', ...withAgents, '--input', '-');
    assert.deepEqual(outcome(stdin).output, { one: { from: 'stdin' } }, explain(stdin));
  });

  test('what agents print and throw spoils neither the run nor the last line', async (t) => {
    const at = desk(t);
    at.write('plan.json', plan('noisy', step('loud', 'loud'), step('stray', 'stray'), step('big', 'big')));
    const ended = await at.run('run', 'plan.json', ...withAgents);
    assert.equal(ended.code, 0, explain(ended));
    assert.equal(ended.stdout.trimEnd().split('\n').length, 1);
    assert.equal(String(outcome(ended).steps['big']?.output).length, 300_000);
    assert.match(ended.stderr, /agents print when they like/);
    assert.match(ended.stderr, /warning.*nobody awaits this/);
    assert.match(ended.stderr, /warning.*nobody catches this/);
  });
});
