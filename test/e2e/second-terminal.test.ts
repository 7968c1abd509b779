import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { outcome } from './continuo.ts';
import { desk, step, plan, after, withAgents, publishing, explain, options } from './desk.ts';

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
