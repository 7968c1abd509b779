import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { suite, test } from 'node:test';
import { desk, step, plan, after, withAgents, publishing, explain, options } from './desk.ts';

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
