import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { suite, test } from 'node:test';
import { outcome } from './continuo.ts';
import { desk, step, plan, after, withAgents, publishing, ledgerOf, explain, options } from './desk.ts';

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
