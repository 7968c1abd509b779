import assert from 'node:assert/strict';
import { watch } from 'node:fs/promises';
import { after as afterAll, before, suite, test, type TestContext } from 'node:test';
import { startPostgres, type PostgresServer } from '../servers/postgres.ts';
import { startRedis, type RedisServer } from '../servers/redis.ts';
import { outcome, type Desk, type Live } from './continuo.ts';
import { after, desk, explain, ledgerOf, plan, step } from './desk.ts';

/** Work for which only a worker has hands: `serve` is given the workflow and no agents. */
const crossing = plan('crossing', step('one', 'note'), step('two', 'hold', after('one')), step('three', 'note', after('two')));

let postgres: PostgresServer;
let redis: RedisServer;
let stores = 0;

interface Shared {
  readonly at: Desk;
  /** Names the store of this test on a command line. */
  readonly store: readonly string[];
  /** Starts a node and waits until it is up. */
  readonly up: (...words: readonly string[]) => Promise<{ readonly live: Live; readonly url: string }>;
}

function shared(t: TestContext): Shared {
  // Short, so that nobody waits long for who is dead.
  const at = desk(t, { CONTINUO_LEASE: '1500ms' });
  const number = ++stores;
  const store = ['--postgres', `${postgres.url}?schema=e2e_${number}`, '--redis', redis.url, '--blobs', at.path('blobs')];
  const up = async (...words: readonly string[]): Promise<{ readonly live: Live; readonly url: string }> => {
    const live = at.start(...words, ...store);
    await live.until(/http:\S+\/(?:status|readyz)/);
    return { live, url: /(http:\S+)\/(?:status|readyz)/.exec(live.said)?.[1] ?? '' };
  };
  return { at, store, up };
}

suite('several nodes on one store', { concurrency: 1 }, () => {
  before(async () => {
    [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
  });
  afterAll(() => Promise.all([postgres.stop(), redis.stop()]));

  test('a run crosses from the node that has it to a worker; both are listed, and end in order', async (t) => {
    const { at, store, up } = shared(t);
    at.write('plan.json', crossing);
    const worker = await up('worker', '--agents', 'agents.mjs', '--queues', 'worker');
    assert.equal((await fetch(`${worker.url}/readyz`)).status, 200);
    const owner = at.start('run', 'plan.json', '--run-id', 'r1', '--json', ...store);
    await owner.until(/✔ one/);
    const following = at.start('show', 'r1', '--follow', ...store);
    await following.until(/▸ two/);
    const { nodes, agents } = JSON.parse((await at.run('nodes', '--json', ...store)).stdout);
    const [workers, engines] = ['worker', 'engine'].map((role) => nodes.filter((node: { role: string }) => node.role === role));
    assert.deepEqual([workers.length, engines.length, workers[0].hosts], [1, 1, ['worker']]);
    assert.deepEqual(agents[0].nodes, [workers[0].node]);
    at.write('go', '');
    const ended = await owner.ended;
    assert.equal(ended.code, 0, explain(ended));
    assert.equal(outcome(ended).status, 'succeeded');
    assert.deepEqual(ledgerOf(at), ['one 1', 'two 1', 'three 1']);
    const followed = await following.ended;
    assert.equal(followed.code, 0, explain(followed));
    const drained = await worker.live.kill('SIGTERM');
    assert.equal(drained.code, 0, explain(drained));
  });

  test('a worker that is told to end hands back what it does not finish in time; another makes it', async (t) => {
    const { at, store, up } = shared(t);
    at.write('plan.json', crossing);
    const first = await up('worker', '--agents', 'agents.mjs', '--drain', '0');
    const owner = at.start('run', 'plan.json', '--run-id', 'r1', '--json', ...store);
    await taken(at, 'two 1');
    const handedBack = await first.live.kill('SIGTERM');
    assert.equal(handedBack.code, 6, explain(handedBack));
    at.write('go', '');
    await up('worker', '--agents', 'agents.mjs');
    const ended = await owner.ended;
    assert.equal(ended.code, 0, explain(ended));
    assert.deepEqual(ledgerOf(at), ['one 1', 'two 1', 'two 2', 'three 1']);
  });

  test('the runs of a node that is killed go on at another', async (t) => {
    const { at, store, up } = shared(t);
    at.write('plan.json', crossing);
    await up('worker', '--agents', 'agents.mjs');
    const owner = at.start('run', 'plan.json', '--run-id', 'r1', '--json', ...store);
    await taken(at, 'two 1');
    const other = await up('serve', '--port', '0', '--no-systems');
    await owner.kill('SIGKILL');
    const following = at.start('show', 'r1', '--follow', '--json', ...store);
    at.write('go', '');
    const followed = await following.ended;
    assert.equal(followed.code, 0, explain(followed));
    // How often an attempt is lost on the way is chance; that each step is done once is not.
    const done = followed.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
      .filter(({ event }) => event === 'step:completed')
      .map(({ stepId }) => stepId);
    assert.deepEqual(done, ['one', 'two', 'three']);
    const drained = await other.live.kill('SIGTERM');
    assert.equal(drained.code, 0, explain(drained));
  });
});

/** Resolves when an agent has written the line down. */
async function taken(at: Desk, line: string): Promise<void> {
  const watcher = watch(at.dir);
  if (ledgerOf(at).includes(line)) return;
  for await (const _ of watcher) if (ledgerOf(at).includes(line)) return;
}
