import assert from 'node:assert/strict';
import { copyFileSync, existsSync, openSync, readFileSync, readdirSync, truncateSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import { Desk, outcome, type Ended } from './continuo.ts';

/** A desk with the agents of these tests on it. */
function desk(t: TestContext): Desk {
  const one = new Desk(t);
  copyFileSync(join(import.meta.dirname, 'agents.mjs'), one.path('agents.mjs'));
  return one;
}

interface StepOptions {
  readonly [option: string]: unknown;
}

const step = (id: string, action: string, options: StepOptions = {}): object => ({ id, agentId: 'worker', action, input: {}, ...options });
const plan = (id: string, ...steps: readonly object[]): object => ({ id, steps });
const after = (...dependencies: readonly string[]): StepOptions => ({ dependencies });
const withAgents = ['--agents', 'agents.mjs', '--json'] as const;

const publishing = plan(
  'publishing',
  step('draft', 'note'),
  { id: 'publish', kind: 'ask', question: 'Publish it?', choices: ['publish', 'burn it'], dependencies: ['draft'] },
  step('done', 'note', { ...after('publish'), input: { $from: 'steps.publish.output.choice' } }),
);

const ledgerOf = (one: Desk): readonly string[] =>
  existsSync(one.path('ledger')) ? readFileSync(one.path('ledger'), 'utf8').trim().split('\n') : [];
const explain = ({ stdout, stderr }: Ended): string => `${stdout}\n${stderr}`;

// Two at a time: each starts processes of its own, and a machine with two cores should do.
const options = { concurrency: 2 } as const;

suite('exit codes and the last line of stdout', options, () => {
  test('a run that succeeds: 0, and nothing but the object on stdout', async (t) => {
    const at = desk(t);
    at.write(
      'plan.json',
      plan(
        'simple',
        step('one', 'echo', { input: { $from: 'input' } }),
        step('two', 'flaky', { ...after('one'), retryPolicy: { maxRetries: 2, backoffMs: 1 } }),
      ),
    );
    const ended = await at.run('run', 'plan.json', ...withAgents, '--input', '{"a":[1,"zwei"]}', '--run-id', 'r1');
    assert.equal(ended.code, 0, explain(ended));
    assert.equal(ended.stdout.trimEnd().split('\n').length, 1);
    const { runId, status, output, error, steps } = outcome(ended);
    assert.deepEqual({ runId, status, error }, { runId: 'r1', status: 'succeeded', error: null });
    assert.deepEqual(
      output,
      { one: { a: [1, 'zwei'] }, two: { attempt: 3 } },
      'without a mapping, the output is the map of the steps’ outputs',
    );
    assert.deepEqual(steps['two'], { status: 'done', attempts: 3, visits: 1, output: { attempt: 3 } });
    assert.match(ended.stderr, /✔ one/, 'the progress is on stderr');
  });

  test('a run that fails: 1, with the error and what had finished', async (t) => {
    const at = desk(t);
    at.write('plan.json', plan('failing', step('good', 'echo', { input: 1 }), step('bad', 'fail', after('good'))));
    const ended = await at.run('run', 'plan.json', ...withAgents);
    assert.equal(ended.code, 1);
    const { status, error, steps, output } = outcome(ended);
    assert.deepEqual([status, output, steps['good']?.status, steps['bad']?.status], ['failed', null, 'done', 'failed']);
    assert.equal(error?.code, 'AGENT_FAILED');
    assert.match(error.message, /the mill is broken/);
    const again = await at.run('run', 'plan.json', '--agents', 'agents.mjs', '--run-id', outcome(ended).runId);
    assert.equal(again.code, 1, 'an ended run is told of again, and not run again');
    assert.match(again.stdout, /failed.*mend.*continuo.* retry /s);
  });

  test('an invalid plan: 2, every problem with its path and mend, and nothing written', async (t) => {
    const at = desk(t);
    at.write('plan.json', {
      id: 'bad',
      steps: [step('a', 'echo', after('zzz')), step('a', 'echo'), { id: 'c', agentId: 'worker', action: 'echo', wen: true }],
    });
    const ended = await at.run('run', 'plan.json', ...withAgents);
    assert.equal(ended.code, 2);
    const { status, error } = outcome(ended);
    assert.deepEqual([status, error?.code], ['invalid', 'PLAN_INVALID']);
    assert.match(error?.message ?? '', /plan\.json.*dependencies.*zzz.*steps\[1\].*wen.*"when"/s);
    assert.ok((error?.mend ?? '') !== '');
    assert.deepEqual(readdirSync(at.dir).sort(), ['agents.mjs', 'plan.json']);
  });

  test('a run that is cancelled: 3', async (t) => {
    const at = desk(t);
    at.write('plan.json', plan('long', step('work', 'hold')));
    const running = at.start('run', 'plan.json', ...withAgents, '--run-id', 'r1');
    await running.until(/holding/);
    const cancelled = await at.run('cancel', 'r1', '--reason', 'changed my mind', '--by', 'ada');
    assert.equal(cancelled.code, 0, explain(cancelled));
    const ended = await running.ended;
    assert.equal(ended.code, 3);
    assert.equal(outcome(ended).status, 'cancelled');
    assert.match((await at.run('history', 'r1')).stdout, /run\.cancelling.*by=ada.*changed my mind/);
  });

  test('a question and nobody at a terminal: 4, and the command that answers it', async (t) => {
    const at = desk(t);
    at.write('plan.json', publishing);
    const ended = await at.run('run', 'plan.json', ...withAgents, '--run-id', 'r1');
    assert.equal(ended.code, 4);
    const { status, questions } = outcome(ended);
    assert.equal(status, 'waiting');
    const [question] = questions as readonly { readonly step: string; readonly choices: readonly string[]; readonly answerWith: string }[];
    assert.deepEqual([question?.step, question?.choices], ['publish', ['publish', 'burn it']]);
    const answered = await at.shell(
      `'${process.execPath}' ${(question?.answerWith ?? '').replace(/^(?:node|continuo) /, '')} --note 'well done'`,
    );
    assert.equal(answered.code, 0, explain(answered));
    assert.match(answered.stdout, /kept.*--run-id r1/s);
    const on = await at.run('run', 'plan.json', ...withAgents, '--run-id', 'r1');
    assert.equal(on.code, 0, explain(on));
    assert.deepEqual(outcome(on).steps['done']?.output, { noted: 'done', input: 'publish' });
    assert.deepEqual(ledgerOf(at), ['draft 1', 'done 1'], 'what was done is not done again');
  });

  test('a question with a deadline: 4, and it says what is taken then', async (t) => {
    const at = desk(t);
    at.write(
      'plan.json',
      plan('asking', { id: 'ok', kind: 'ask', question: 'Go?', choices: ['yes', 'no'], deadline: '2h', otherwise: 'no' }),
    );
    const ended = await at.run('run', 'plan.json', '--agents', 'agents.mjs');
    assert.equal(ended.code, 4);
    assert.match(ended.stdout, /until .*, then no is taken/);
  });

  test('a paused run and nobody at a terminal: 4', async (t) => {
    const at = desk(t);
    at.write('plan.json', publishing);
    await at.run('run', 'plan.json', ...withAgents, '--run-id', 'r1');
    await at.run('pause', 'r1');
    const ended = await at.run('run', 'plan.json', ...withAgents, '--run-id', 'r1');
    assert.equal(ended.code, 4);
    assert.equal(outcome(ended).status, 'paused');
    assert.match(ended.stderr, /resume r1/);
  });
});

suite('plans in the forms of the seeds', options, () => {
  test('seed 004: dependencies, side by side', async (t) => {
    const at = desk(t);
    at.write('plan.json', {
      id: 'session_init_12345',
      steps: [
        {
          id: 'init_learning',
          agentId: 'learning-agent-123',
          action: 'initialize_session',
          input: { subject: 'mathematics', gradeLevel: 5, sessionId: 's1' },
          retryPolicy: { maxRetries: 2, backoffMs: 1000 },
        },
        {
          id: 'init_tutor',
          agentId: 'tutor-agent-123',
          action: 'prepare_conversation',
          input: { gradeLevel: 5 },
          dependencies: ['init_learning'],
          retryPolicy: { maxRetries: 2, backoffMs: 1000 },
        },
      ],
      parallel: true,
      timeout: 30000,
    });
    const ended = await at.run('run', 'plan.json', ...withAgents);
    assert.equal(ended.code, 0, explain(ended));
    assert.deepEqual(outcome(ended).output, {
      init_learning: { sessionReady: true, sessionId: 's1' },
      init_tutor: { conversationReady: true, gradeLevel: 5 },
    });
  });

  test('seed 004: in sequence, with references', async (t) => {
    const at = desk(t);
    at.write('plan.json', {
      id: 'learning_activity_789',
      steps: [
        { id: 'present', agentId: 'learning-agent-123', action: 'get_next_activity', input: { learnerId: 'l1' } },
        {
          id: 'process',
          agentId: 'learning-agent-123',
          action: 'process_interaction',
          input: { activityId: { $from: 'steps.present.output.activityId' }, response: { answer: '42' } },
        },
        {
          id: 'provide_feedback',
          agentId: 'tutor-agent-123',
          action: 'generate_feedback',
          input: { correct: { $from: 'steps.process.output.correct' }, concept: 'algebra' },
        },
      ],
      parallel: false,
      timeout: 45000,
    });
    const ended = await at.run('run', 'plan.json', ...withAgents);
    assert.equal(ended.code, 0, explain(ended));
    assert.deepEqual(outcome(ended).output, {
      present: { activityId: 'act of l1' },
      process: { correct: true },
      provide_feedback: { feedback: 'well done: algebra' },
    });
  });

  test('seed 004: the fallback plan takes over', async (t) => {
    const at = desk(t);
    const fallback = {
      id: 'fallback_plan',
      steps: [{ id: 'rules', agentId: 'learning-agent-123', action: 'predict_with_rules', input: {} }],
      parallel: false,
      timeout: 10000,
    };
    at.write('plan.json', {
      id: 'main_plan',
      steps: [{ id: 'ml', agentId: 'learning-agent-123', action: 'predict_with_ml', input: {} }],
      parallel: false,
      timeout: 5000,
      fallbackPlan: fallback,
    });
    const ended = await at.run('run', 'plan.json', ...withAgents);
    assert.equal(ended.code, 0, explain(ended));
    assert.equal(outcome(ended).steps['ml']?.status, 'failed');
    assert.deepEqual(outcome(ended).output, { rules: { by: 'rules' } });
  });

  test('seed 003: a state machine whose failure leads back; workers by id and by capability', async (t) => {
    const at = desk(t);
    at.write('plan.json', {
      name: 'build_website',
      goal: 'Create a functional website',
      steps: [
        { step_id: 'create_specs', worker_type: 'product_manager', on_success: 'implement_code', on_failure: 'failed', is_initial: true },
        { step_id: 'implement_code', worker_type: 'coder', on_success: 'review_code', on_failure: 'create_specs', max_retries: 2 },
        { step_id: 'review_code', worker_type: 'reviewer', on_success: 'complete', on_failure: 'implement_code' },
      ],
    });
    const ended = await at.run('run', 'plan.json', ...withAgents, '--input', '{"goal":"ada"}');
    assert.equal(ended.code, 0, explain(ended));
    const { steps } = outcome(ended);
    assert.deepEqual([steps['create_specs']?.visits, steps['implement_code']?.visits, steps['review_code']?.visits], [1, 2, 2]);
    assert.deepEqual(steps['review_code']?.output, { approved: true, code: '<h1>a page for ada</h1>', round: 2 });
  });
});

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

suite('going on', options, () => {
  test('after SIGKILL in the middle of a step: what had finished is not repeated', async (t) => {
    const at = desk(t);
    at.write(
      'plan.json',
      plan(
        'crash',
        step('first', 'note', { input: { n: 1 } }),
        step('second', 'hold', after('first')),
        step('third', 'note', after('second')),
      ),
    );
    const running = at.start('run', 'plan.json', ...withAgents, '--run-id', 'r1', '--input', '{"x":1}');
    await running.until(/holding/);
    const killed = await running.kill('SIGKILL');
    assert.equal(killed.signal, 'SIGKILL');
    at.write('go', '');
    const ended = await at.run('run', 'plan.json', ...withAgents, '--run-id', 'r1');
    assert.equal(ended.code, 0, explain(ended));
    assert.deepEqual(ledgerOf(at), ['first 1', 'second 1', 'second 1', 'third 1']);
    assert.deepEqual(outcome(ended).steps['first']?.output, { noted: 'first', input: { n: 1 } });
  });

  test('after Ctrl-C: it leaves in order, says how to go on, and goes on', async (t) => {
    const at = desk(t);
    at.write('plan.json', plan('leave', step('first', 'note'), step('second', 'hold', after('first'))));
    const running = at.start('run', 'plan.json', ...withAgents, '--run-id', 'r1');
    await running.until(/holding/);
    const left = await running.kill('SIGINT');
    assert.equal(left.code, 130, explain(left));
    assert.match(left.stderr, /interrupted.*run plan\.json --agents agents\.mjs --run-id r1/s);
    assert.deepEqual([outcome(left).status, outcome(left)['interrupted']], ['running', true]);
    assert.ok(!existsSync(at.path('.continuo/engine.json')), 'it let go of the directory');
    at.write('go', '');
    const ended = await at.run('run', 'plan.json', ...withAgents, '--run-id', 'r1');
    assert.equal(ended.code, 0, explain(ended));
    assert.equal(ledgerOf(at).filter((line) => line.startsWith('first')).length, 1);
  });

  test('SIGTERM is 143', async (t) => {
    const at = desk(t);
    at.write('plan.json', plan('term', step('work', 'hold')));
    const running = at.start('run', 'plan.json', ...withAgents);
    await running.until(/holding/);
    assert.equal((await running.kill('SIGTERM')).code, 143);
  });

  test('an id that is taken: by another input, by another workflow', async (t) => {
    const at = desk(t);
    at.write('one.json', plan('one', step('a', 'echo')));
    at.write('two.json', plan('two', step('a', 'echo')));
    assert.equal((await at.run('run', 'one.json', ...withAgents, '--run-id', 'r1', '--input', '1')).code, 0);
    const same = await at.run('run', 'one.json', ...withAgents, '--run-id', 'r1', '--input', '1');
    assert.equal(same.code, 0, explain(same));
    const [input, workflow] = [
      await at.run('run', 'one.json', ...withAgents, '--run-id', 'r1', '--input', '2'),
      await at.run('run', 'two.json', ...withAgents, '--run-id', 'r1'),
    ];
    assert.deepEqual([input.code, outcome(input).error?.code, outcome(input).runId], [2, 'RUN_EXISTS', 'r1']);
    assert.deepEqual([workflow.code, outcome(workflow).error?.code], [2, 'RUN_EXISTS']);
  });

  test('what failed is tried again once it is mended; nothing else is', async (t) => {
    const at = desk(t);
    at.write(
      'plan.json',
      plan('mending', step('first', 'note'), step('weak', 'fragile', after('first')), step('last', 'note', after('weak'))),
    );
    assert.equal((await at.run('run', 'plan.json', ...withAgents, '--run-id', 'r1')).code, 1);
    const dead = await at.run('dead', '--json');
    assert.deepEqual(
      JSON.parse(dead.stdout).dead.map((one: { step: string; attempts: number }) => [one.step, one.attempts]),
      [['weak', 1]],
    );
    at.write('mended', '');
    const kept = await at.run('retry', 'r1', '--step', 'weak');
    assert.equal(kept.code, 0, explain(kept));
    const ended = await at.run('run', 'plan.json', ...withAgents, '--run-id', 'r1');
    assert.equal(ended.code, 0, explain(ended));
    assert.deepEqual(ledgerOf(at), ['first 1', 'weak 1', 'weak 2', 'last 1']);
  });

  test('a fork keeps what was done before a step, with another result for one of them', async (t) => {
    const at = desk(t);
    at.write('plan.json', plan('forking', step('a', 'note'), step('b', 'note', { ...after('a'), input: { $from: 'steps.a.output' } })));
    assert.equal((await at.run('run', 'plan.json', ...withAgents, '--run-id', 'r1')).code, 0);
    const forked = await at.run('fork', 'r1', '--from', 'b', '--output', 'a={"edited":true}', '--id', 'r2');
    assert.equal(forked.code, 0, explain(forked));
    const ended = await at.run('run', 'plan.json', ...withAgents, '--run-id', 'r2');
    assert.equal(ended.code, 0, explain(ended));
    assert.deepEqual(outcome(ended).steps['b']?.output, { noted: 'b', input: { edited: true } });
    assert.deepEqual(ledgerOf(at), ['a 1', 'b 1', 'b 1']);
  });
});

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

  test('the first command of the README, with nobody at a terminal, comes to its result', async (t) => {
    const at = desk(t);
    const example = join(import.meta.dirname, '../../scripts/example.ts');
    const ended = await at.shell(`'${process.execPath}' '${example}' --dir '${at.path('data')}' < /dev/null`);
    assert.equal(ended.code, 0, explain(ended));
    assert.match(ended.stdout, /retry 1 in .*booking site busy[\s\S]*how do you like to travel[\s\S]*succeeded[\s\S]*You sleep at/);
  });
});

suite('from a second terminal', options, () => {
  test('a running engine is seen, and takes a signal and an answer', async (t) => {
    const at = desk(t);
    at.write('plan.json', {
      id: 'second',
      steps: [
        { id: 'paid', kind: 'wait', for: { signal: 'paid' } },
        { id: 'ok', kind: 'ask', question: 'Go?', choices: ['yes', 'no'], dependencies: ['paid'] },
        step('work', 'hold', after('ok')),
      ],
    });
    const running = at.start('run', 'plan.json', ...withAgents, '--run-id', 'r1');
    await running.until(/paid {2}waits for signal paid/);
    // The answer comes before its question: it is kept.
    const answered = await at.run('answer', 'r1', 'ok', 'yes', '--by', 'ada');
    assert.match(answered.stdout, /answered ok: yes/, explain(answered));
    const signalled = await at.run('signal', 'r1', 'paid', '{"amount":5}', '--json');
    assert.equal(JSON.parse(signalled.stdout).status, 'done', explain(signalled));
    await running.until(/holding/);
    const shown = JSON.parse((await at.run('show', 'r1', '--json')).stdout);
    assert.deepEqual(
      [shown.status, shown.steps.paid.output, shown.steps.ok.output.by, shown.steps.work.status],
      ['running', { amount: 5 }, 'ada', 'running'],
    );
    at.write('go', '');
    assert.equal((await running.ended).code, 0);
  });

  test('a run is paused and resumed', async (t) => {
    const at = desk(t);
    at.write('plan.json', plan('pausing', step('work', 'hold'), step('next', 'note', after('work'))));
    const running = at.start('run', 'plan.json', ...withAgents, '--run-id', 'r1');
    await running.until(/holding/);
    assert.match((await at.run('pause', 'r1')).stdout, /paused r1/);
    assert.match((await at.run('runs')).stdout, /r1 +pausing +paused/);
    assert.match((await at.run('resume', 'r1')).stdout, /resumed r1/);
    at.write('go', '');
    const ended = await running.ended;
    assert.equal(ended.code, 0, explain(ended));
  });

  test('a second engine is told who holds the directory', async (t) => {
    const at = desk(t);
    at.write('plan.json', plan('held', step('work', 'hold')));
    const running = at.start('run', 'plan.json', ...withAgents);
    await running.until(/holding/);
    const second = await at.run('run', 'plan.json', ...withAgents);
    assert.equal(second.code, 2);
    assert.equal(outcome(second).error?.code, 'DIRECTORY_HELD');
    assert.match(outcome(second).error?.message ?? '', new RegExp(`process ${running.pid}\\b`));
    assert.match((await at.run('doctor')).stdout, new RegExp(`engine +process ${running.pid}\\b`));
  });

  test('what cannot be is refused with what could', async (t) => {
    const at = desk(t);
    at.write('plan.json', publishing);
    await at.run('run', 'plan.json', ...withAgents, '--run-id', 'r1');
    const refused: readonly (readonly [code: string, says: RegExp, ...words: readonly string[]])[] = [
      ['ANSWER_INVALID', /publish, burn it/, 'answer', 'r1', 'publish', 'perhaps'],
      ['STEP_UNKNOWN', /draft, publish, done/, 'answer', 'r1', 'publsh', 'publish'],
      ['STEP_NOT_ASKING', /draft/, 'answer', 'r1', 'draft', 'publish'],
      ['RUN_UNKNOWN', /r1/, 'pause', 'r2'],
      ['USAGE', /JSON.*line 1 column 2/, 'signal', 'r1', 'x', '{oops}'],
      ['STEP_UNKNOWN', /draft/, 'fork', 'r1', '--from', 'nowhere'],
      ['STEP_DONE', /draft/, 'skip', 'r1', 'draft', '1'],
    ];
    await Promise.all(
      refused.map(async ([code, says, ...words]) => {
        const ended = await at.run(...words, '--json');
        assert.equal(ended.code, 2, `${words.join(' ')}: ${explain(ended)}`);
        assert.equal(outcome(ended).error?.code, code);
        assert.match(outcome(ended).error?.message ?? '', says);
      }),
    );
  });
});

suite('on a terminal', options, () => {
  test('the question is asked right there, and the run goes on with the answer', async (t) => {
    const at = desk(t);
    at.write('plan.json', publishing);
    const running = at.onTerminal('run', 'plan.json', '--agents', 'agents.mjs', '--run-id', 'r1');
    await running.until(/Publish it\?.*1.*publish.*2.*burn it.*›/s);
    running.type('3\r');
    await running.until(/A number from 1 to 2/);
    running.type('burn it\r');
    const ended = await running.ended;
    assert.equal(ended.code, 0, explain(ended));
    assert.match(ended.stdout, /succeeded/);
    assert.match((await at.run('show', 'r1')).stdout, /! publish: burn it/);
  });

  test('a form is filled in property by property', async (t) => {
    const at = desk(t);
    const form = {
      type: 'object',
      properties: { name: { type: 'string' }, age: { type: 'integer' }, sure: { type: 'boolean', default: true } },
      required: ['name', 'age'],
    };
    at.write('plan.json', plan('form', { id: 'who', kind: 'ask', question: 'Who are you?', form }));
    const running = at.onTerminal('run', 'plan.json', '--agents', 'agents.mjs', '--run-id', 'r1');
    await running.until(/name/);
    running.type('Ada\rold\r36\r\r');
    const ended = await running.ended;
    assert.equal(ended.code, 0, explain(ended));
    assert.match(ended.stdout, /A whole number, please/);
    const shown = JSON.parse((await at.run('show', 'r1', '--json')).stdout);
    assert.deepEqual(shown.steps.who.output.value, { name: 'Ada', age: 36, sure: true });
  });

  test('a question that is answered elsewhere is taken back', async (t) => {
    const at = desk(t);
    at.write('plan.json', publishing);
    const running = at.onTerminal('run', 'plan.json', '--agents', 'agents.mjs', '--run-id', 'r1');
    await running.until(/›/);
    assert.equal((await at.run('answer', 'r1', 'publish', 'publish')).code, 0);
    const ended = await running.ended;
    assert.equal(ended.code, 0, explain(ended));
    assert.match(ended.stdout, /publish is not asked any more/);
  });

  test('Ctrl-C at a question leaves the run as it is', async (t) => {
    const at = desk(t);
    at.write('plan.json', publishing);
    const running = at.onTerminal('run', 'plan.json', '--agents', 'agents.mjs', '--run-id', 'r1');
    await running.until(/›/);
    running.type('\x03');
    const ended = await running.ended;
    assert.equal(ended.code, 130, explain(ended));
    assert.match(ended.stdout, /interrupted.*--run-id r1/s);
    assert.ok(ended.stdout.includes('\x1b[?25h'), 'the cursor is there again');
  });
});

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

suite('looking', options, () => {
  test('validate: a summary, without running or writing anything', async (t) => {
    const at = desk(t);
    at.write('plan.json', publishing);
    const [told, json, version] = await Promise.all([
      at.run('validate', 'plan.json', '--agents', 'agents.mjs'),
      at.run('validate', 'plan.json', '--json'),
      at.run('--version'),
    ]);
    assert.equal(told.code, 0, explain(told));
    assert.match(told.stdout, /publishing is valid.*draft +step +worker\.note.*publish +ask.*draft +publish \/ burn it.*[0-9a-f]{64}/s);
    assert.deepEqual(JSON.parse(json.stdout).steps[1], { id: 'publish', kind: 'ask', worker: null, dependencies: ['draft'] });
    assert.match(version.stdout, /^\d+\.\d+\.\d+\n$/);
    assert.ok(!existsSync(at.path('.continuo')) && !existsSync(at.path('ledger')));
  });

  test('validate: all problems at once', async (t) => {
    const at = desk(t);
    at.write('plan.json', plan('bad', step('a', 'echo', after('b')), step('b', 'echo', after('a')), { id: 'c' }));
    const ended = await at.run('validate', 'plan.json');
    assert.equal(ended.code, 2);
    assert.match(ended.stdout, /plan\.json.*: [2-9] problems.*mend: /s);
    assert.match(ended.stdout, /steps\[2\]/);
  });

  test('runs, show and history', async (t) => {
    const at = desk(t);
    at.write('plan.json', publishing);
    await at.run('run', 'plan.json', ...withAgents, '--run-id', 'r1', '--project', 'press');
    const [runs, none, show, history] = await Promise.all([
      at.run('runs', '--questions', '--project', 'press'),
      at.run('runs', '--status', 'failed'),
      at.run('show', 'r1'),
      at.run('history', 'r1', '--json'),
    ]);
    assert.match(runs.stdout, /r1 +publishing +waiting .*asks 1 question/);
    assert.match(none.stdout, /no such runs/);
    assert.match(show.stdout, /publishing +waiting.*✔ draft.*\? publish.*○ done.*Publish it\?.*answer r1 publish 'burn it'/s);
    const events = history.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    assert.deepEqual(
      events.map(({ type, step: name }) => [type, name]),
      [
        ['run.started', undefined],
        ['task.started', 'draft'],
        ['task.completed', 'draft'],
        ['ask.opened', 'publish'],
      ].map(([type, name]) => [type, name]),
    );
    assert.deepEqual(
      events.map(({ seq }) => seq),
      [0, 1, 2, 3],
    );
  });

  test('runs in a folder that has none', async (t) => {
    const at = desk(t);
    const [usual, named] = await Promise.all([at.run('runs'), at.run('runs', '--dir', 'nowhere')]);
    assert.deepEqual([usual.code, named.code], [0, 2]);
    assert.ok(!existsSync(at.path('.continuo')));
  });
});
