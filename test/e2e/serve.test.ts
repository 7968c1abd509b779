import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { outcome, type Live } from './continuo.ts';
import { after, desk, explain, options, plan, step, withAgents } from './desk.ts';

const holding = plan(
  'holding',
  { id: 'ok', kind: 'ask', question: 'Go?', choices: ['yes', 'no'] },
  step('work', 'hold', after('ok')),
  step('next', 'note', after('work')),
);

const anyPort = ['--port', '0', '--no-systems'];

const urlOf = async (live: Live): Promise<string> => {
  await live.until(/http:\S+\/readyz/);
  return /(http:\S+)\/readyz/.exec(live.said)?.[1] ?? '';
};

suite('an engine that stays up', options, () => {
  test('goes on with what was left, takes commands, and ends in order when it is told to', async (t) => {
    const at = desk(t);
    at.write('plan.json', holding);
    assert.equal((await at.run('run', 'plan.json', ...withAgents, '--run-id', 'r1', '--no-wait')).code, 4);
    const serving = at.start('serve', ...anyPort, '--agents', 'agents.mjs');
    const url = await urlOf(serving);
    assert.match(serving.said, /goes on +with 1 unfinished run/);
    assert.equal((await fetch(`${url}/readyz`)).status, 200);
    const following = at.start('show', 'r1', '--follow');
    await following.until(/\? ok {2}Go\?/);
    assert.match((await at.run('answer', 'r1', 'ok', 'yes', '--by', 'ada')).stdout, /✔ answered ok: yes/);
    await following.until(/! ok {2}answered by ada[^]*▸ work/);
    const draining = serving.kill('SIGTERM');
    await serving.until(/draining: nothing new is taken; 1 attempt in hand/);
    const notReady = await fetch(`${url}/readyz`);
    assert.deepEqual([notReady.status, (await fetch(`${url}/livez`)).status], [503, 200]);
    at.write('go', '');
    const ended = await draining;
    assert.equal(ended.code, 0, explain(ended));
    assert.match(ended.stdout, /ended: everything in hand was finished/);
    // Whatever has not begun is the next one's.
    const next = at.start('serve', ...anyPort, '--agents', 'agents.mjs', '--json');
    const followed = await following.ended;
    assert.equal(followed.code, 0, explain(followed));
    assert.match(followed.stdout, /✔ work[^]*▸ next[^]*✔ succeeded/);
    await next.until(/"event":"up"/);
    const told = await next.kill('SIGINT');
    assert.deepEqual(
      told.stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).event),
      ['up', 'draining', 'ended'],
    );
  });

  test('hands back what is not finished in time, and says so by its exit code', async (t) => {
    const at = desk(t);
    at.write('plan.json', plan('long', step('work', 'hold')));
    const first = at.start('run', 'plan.json', ...withAgents, '--run-id', 'r1');
    await first.until(/holding/);
    await first.kill('SIGKILL');
    const serving = at.start('serve', ...anyPort, '--agents', 'agents.mjs', '--drain', '0');
    await urlOf(serving);
    const following = at.start('show', 'r1', '--follow');
    await following.until(/▸ work/);
    const ended = await serving.kill('SIGTERM');
    assert.equal(ended.code, 6, explain(ended));
    assert.match(ended.stdout, /handed back/);
    at.write('go', '');
    const next = at.start('serve', ...anyPort, '--agents', 'agents.mjs');
    assert.equal((await following.ended).code, 0);
    await next.kill('SIGTERM');
  });

  test('a second signal ends it at once', async (t) => {
    const at = desk(t);
    at.write('plan.json', plan('long', step('work', 'hold')));
    const first = at.start('run', 'plan.json', ...withAgents, '--run-id', 'r1');
    await first.until(/holding/);
    await first.kill('SIGKILL');
    const serving = at.start('serve', ...anyPort, '--agents', 'agents.mjs');
    const url = await urlOf(serving);
    assert.equal((await fetch(`${url}/readyz`)).status, 200);
    void serving.kill('SIGTERM');
    await serving.until(/draining/);
    assert.equal((await serving.kill('SIGTERM')).code, 143);
  });

  test('what it was given wrongly it says before it stays', async (t) => {
    const at = desk(t);
    for (const [words, pattern] of [
      [['serve', '--port', 'x'], /--port.*whole number from 0 to 65535/],
      [['serve', '--drain', '-1'], /--drain.*number of seconds/],
      [['serve', '--agents', 'none.ts'], /none\.ts does not exist/],
      [['serve', '--dir', 'd', '--postgres', 'postgres://a:secret@b'], /one or the other/],
      [['runs', '--postgres', 'postgres://a:secret@b', '--redis', 'redis://c'], /missing: --blobs \(or CONTINUO_BLOBS\)/],
    ] as const) {
      const ended = await at.run(...words);
      assert.equal(ended.code, 2, explain(ended));
      assert.match(ended.stderr, pattern);
      assert.doesNotMatch(explain(ended), /secret/);
    }
  });
});

suite('following a run', options, () => {
  test('from its journal: what it was, in order, with the exit code of its end', async (t) => {
    const at = desk(t);
    at.write('plan.json', plan('failing', step('one', 'note'), step('two', 'fail', after('one'))));
    await at.run('run', 'plan.json', ...withAgents, '--run-id', 'r1');
    const ended = await at.run('show', 'r1', '--follow');
    assert.equal(ended.code, 1, explain(ended));
    assert.match(ended.stdout, /failing {2}run r1\n.*▸ one\n.*✔ one.*\n.*▸ two\n.*✖ two {2}the mill is broken[^]*AGENT_FAILED/);
    const told = await at.run('show', 'r1', '--follow', '--json');
    const events = told.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).event);
    assert.deepEqual(
      events.filter((name) => /^step:|^run:ended/.test(name ?? '')),
      ['step:started', 'step:completed', 'step:started', 'step:failed', 'run:ended'],
    );
    assert.equal(outcome(told).status, 'failed');
  });

  test('a run that waits is followed until somebody stops looking', async (t) => {
    const at = desk(t);
    at.write('plan.json', holding);
    await at.run('run', 'plan.json', ...withAgents, '--run-id', 'r1', '--no-wait');
    const following = at.start('show', 'r1', '--follow');
    await following.until(/Go\?/);
    assert.equal((await following.kill('SIGINT')).code, 130);
    assert.equal((await at.run('show', 'nobody', '--follow')).code, 2);
  });
});
