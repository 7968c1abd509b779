import assert from 'node:assert/strict';
import { existsSync, openSync, truncateSync, writeSync } from 'node:fs';
import { suite, test } from 'node:test';
import { outcome, type Desk } from './continuo.ts';
import { desk, step, plan, withAgents, explain, options } from './desk.ts';

suite('bad input', options, () => {
  const good = plan('good', step('a', 'echo'));
  const withPlan =
    (file: string, content: string): ((at: Desk) => void) =>
    (at) => {
      at.write('plan.json', good);
      at.write(file, content);
    };
  const cases: readonly (readonly [
    name: string,
    code: string,
    says: RegExp,
    prepare: (at: Desk) => unknown,
    ...words: readonly string[],
  ])[] = [
    ['a command of a group without what it needs', 'USAGE', /--name/, () => undefined, 'keys', 'create'],
    ['a port that is none', 'USAGE', /'x' is invalid: it must be/, () => undefined, 'serve', '--port', 'x'],
    ['an origin without its scheme', 'USAGE', /scheme and a host/, () => undefined, 'serve', '--origin', 'app.example.org'],
    ['a page for an origin', 'USAGE', /scheme and a host/, () => undefined, 'serve', '--origin', 'https://app.example.org/page'],
    ['a URL for a host', 'USAGE', /must be a host/, () => undefined, 'serve', '--allow-host', 'http://files.internal'],
    ['no such plan', 'PLAN_UNREADABLE', /nothing\.json/, () => undefined, 'run', 'nothing.json', '--agents', 'agents.mjs'],
    ['a folder for a plan', 'PLAN_UNREADABLE', /\./, () => undefined, 'run', './', '--agents', 'agents.mjs'],
    ['an empty plan', 'PLAN_UNREADABLE', /empty/, (at) => at.write('plan.json', ''), 'run', 'plan.json'],
    ['a plan that is not JSON', 'PLAN_UNREADABLE', /line 2 column 3/, (at) => at.write('plan.json', '{\n  id: 1}'), 'run', 'plan.json'],
    ['a plan that just ends', 'PLAN_UNREADABLE', /line 1 column 8/, (at) => at.write('plan.json', '{"id": '), 'run', 'plan.json'],
    ['a plan that is a list', 'PLAN_UNREADABLE', /must be an object/, (at) => at.write('plan.json', '[]'), 'run', 'plan.json'],
    ['a plan that is null', 'PLAN_UNREADABLE', /null/, (at) => at.write('plan.json', 'null'), 'run', 'plan.json'],
    ['no agents', 'AGENT_UNKNOWN', /"worker".*no --agents|no --agents.*"worker"/s, (at) => at.write('plan.json', good), 'run', 'plan.json'],
    [
      'an agent that is not there',
      'AGENT_UNKNOWN',
      /steps\[0\].*"wroker".*worker/s,
      (at) => at.write('plan.json', plan('x', { id: 'a', agentId: 'wroker', action: 'echo', input: {} })),
      'run',
      'plan.json',
      '--agents',
      'agents.mjs',
    ],
    [
      'an action that is not there',
      'AGENT_UNKNOWN',
      /"ecko".*echo/s,
      (at) => at.write('plan.json', plan('x', step('a', 'ecko'))),
      'run',
      'plan.json',
      '--agents',
      'agents.mjs',
    ],
    [
      'a workflow to call that is not there',
      'WORKFLOW_UNKNOWN',
      /steps\[0\].*"other"/s,
      (at) => at.write('plan.json', plan('x', { id: 'a', kind: 'call', workflow: 'other', input: {} })),
      'run',
      'plan.json',
      '--agents',
      'agents.mjs',
    ],
    [
      'no such agents file',
      'AGENT_INVALID',
      /nobody\.mjs/,
      (at) => at.write('plan.json', good),
      'run',
      'plan.json',
      '--agents',
      'nobody.mjs',
    ],
    [
      'agents with a syntax error',
      'AGENT_INVALID',
      /bad\.mjs:2/,
      withPlan('bad.mjs', 'const a = 1;\nexport default [ {;'),
      'run',
      'plan.json',
      '--agents',
      'bad.mjs',
    ],
    [
      'a syntax error in what the agents import',
      'AGENT_INVALID',
      /deep\.mjs:1/,
      (at) => (withPlan('bad.mjs', 'import "./deep.mjs";')(at), at.write('deep.mjs', 'export {{')),
      'run',
      'plan.json',
      '--agents',
      'bad.mjs',
    ],
    [
      'agents in TypeScript that Node cannot strip',
      'AGENT_INVALID',
      /enum.*bad\.ts:2/,
      withPlan('bad.ts', 'const a: number = 1;\nenum X { A }\nexport default [];'),
      'run',
      'plan.json',
      '--agents',
      'bad.ts',
    ],
    [
      'agents that throw when loaded',
      'AGENT_INVALID',
      /no key.*bad\.mjs:2/,
      withPlan('bad.mjs', '\nthrow new Error("no key");'),
      'run',
      'plan.json',
      '--agents',
      'bad.mjs',
    ],
    [
      'agents that import what is not there',
      'AGENT_INVALID',
      /openai/,
      withPlan('bad.mjs', 'import "openai";'),
      'run',
      'plan.json',
      '--agents',
      'bad.mjs',
    ],
    [
      'agents that never load',
      'AGENT_INVALID',
      /never comes/,
      withPlan('bad.mjs', 'await new Promise(() => {});'),
      'run',
      'plan.json',
      '--agents',
      'bad.mjs',
    ],
    [
      'a list with something else in it',
      'AGENT_INVALID',
      /entry 2 of the default export of bad\.mjs/,
      withPlan('bad.mjs', 'export default [{ id: "a", run: () => 1 }, 42];'),
      'run',
      'plan.json',
      '--agents',
      'bad.mjs',
    ],
    [
      'an agent without actions',
      'AGENT_INVALID',
      /a has no actions|a has neither/,
      withPlan('bad.mjs', 'export default [{ id: "a", actions: {} }];'),
      'run',
      'plan.json',
      '--agents',
      'bad.mjs',
    ],
    [
      'two agents of one id',
      'AGENT_INVALID',
      /"a".*another agent/,
      withPlan('bad.mjs', 'export default [{ id: "a", run: () => 1 }, { id: "a", run: () => 2 }];'),
      'run',
      'plan.json',
      '--agents',
      'bad.mjs',
    ],
    [
      'input that is not JSON',
      'USAGE',
      /--input.*line 1 column 2/,
      (at) => at.write('plan.json', good),
      'run',
      'plan.json',
      '--agents',
      'agents.mjs',
      '--input',
      '{a}',
    ],
    [
      'an input file that is not there',
      'USAGE',
      /gone\.json/,
      (at) => at.write('plan.json', good),
      'run',
      'plan.json',
      '--agents',
      'agents.mjs',
      '--input',
      '@gone.json',
    ],
    [
      'input that does not fit',
      'INPUT_INVALID',
      /topic/,
      (at) => at.write('plan.json', { ...good, input: { type: 'object', properties: { topic: { type: 'string' } }, required: ['topic'] } }),
      'run',
      'plan.json',
      '--agents',
      'agents.mjs',
      '--input',
      '{"topic":1}',
    ],
    [
      'a run id that is none',
      'RUN_ID_INVALID',
      /a\/b/,
      (at) => at.write('plan.json', good),
      'run',
      'plan.json',
      '--agents',
      'agents.mjs',
      '--run-id',
      'a/b',
    ],
    ['an unknown option', 'USAGE', /--inptu.*--input/, (at) => at.write('plan.json', good), 'run', 'plan.json', '--inptu', '1'],
    ['an unknown command', 'USAGE', /valdate.*validate/, () => undefined, 'valdate'],
    ['a missing argument', 'USAGE', /step/, () => undefined, 'answer', 'r1'],
    ['an argument too many', 'USAGE', /argument/, () => undefined, 'show', 'r1', 'r2'],
    ['a run where none ever was', 'RUN_UNKNOWN', /\.continuo/, () => undefined, 'show', 'r1'],
    ['a status that is none', 'USAGE', /"done".*succeeded/, () => undefined, 'runs', '--status', 'done'],
  ];

  for (const [name, code, says, prepare, ...words] of cases) {
    test(`${name}: ${code}`, async (t) => {
      const at = desk(t);
      prepare(at);
      const ended = await at.run(...words, '--json');
      assert.equal(ended.code, 2, explain(ended));
      const { status, error } = outcome(ended);
      assert.deepEqual([status, error?.code], ['invalid', code], explain(ended));
      assert.match(error?.message ?? '', says);
      assert.ok((error?.mend ?? '') !== '');
      assert.match(ended.stderr, new RegExp(`^error ${code}: .*\nmend: `, 'ms'));
      assert.doesNotMatch(ended.stderr, /\n\s+at /, 'there is no stack trace');
      assert.ok(!existsSync(at.path('.continuo')), 'nothing was written');
    });
  }

  test('without --json, stdout stays empty', async (t) => {
    const ended = await desk(t).run('run', 'nothing.json');
    assert.deepEqual([ended.code, ended.stdout], [2, '']);
  });

  test('a damaged database: 1, and doctor says so too', async (t) => {
    const at = desk(t);
    at.write('plan.json', good);
    assert.equal((await at.run('run', 'plan.json', ...withAgents, '--run-id', 'r1')).code, 0);
    const well = await at.run('doctor', '--json');
    assert.equal(well.code, 0, explain(well));
    const database = at.path('.continuo/continuo.db');
    writeSync(openSync(database, 'r+'), Buffer.alloc(4096, 7), 0, 4096, 0);
    const [doctor, run] = await Promise.all([at.run('doctor'), at.run('run', 'plan.json', ...withAgents)]);
    assert.equal(doctor.code, 1, explain(doctor));
    assert.match(doctor.stdout, /✖ database +STORE_CORRUPT.*mend/s);
    assert.deepEqual([run.code, outcome(run).status, outcome(run).error?.code], [1, 'error', 'STORE_CORRUPT']);
    truncateSync(database, 0);
    assert.equal(outcome(await at.run('run', 'plan.json', ...withAgents)).error?.code, 'STORE_CORRUPT');
  });
});
