import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { suite, test } from 'node:test';
import { outcome } from './continuo.ts';
import { desk, step, plan, after, withAgents, ledgerOf, explain, options } from './desk.ts';

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
