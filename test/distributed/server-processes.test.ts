/** `continuo serve` as processes behind one port, which end and die while somebody follows a run. */
import assert from 'node:assert/strict';
import { after, suite, test, type TestContext } from 'node:test';
import { client, type Client } from '../../src/client/index.ts';
import { Desk, type Live } from '../e2e/continuo.ts';
import { Balancer } from '../servers/balancer.ts';
import { startPostgres } from '../servers/postgres.ts';
import { startRedis } from '../servers/redis.ts';

const key = 'an-admin-key-of-the-environment-long-enough';

const [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
after(() => Promise.all([postgres.stop(), redis.stop()]));
let stores = 0;

const agents = `
import { existsSync } from 'node:fs';
export default [
  { id: 'tick', actions: { run: async (input) => input } },
  { id: 'gate', actions: { run: async (input, context) => {
    while (!existsSync(input.name)) await new Promise((resolve) => setTimeout(resolve, 20));
    return input;
  } } },
];
`;

const names = ['a', 'b', 'gate-1', 'c', 'd', 'gate-2', 'e', 'f', 'gate-3', 'g', 'h'];
const plan = {
  id: 'upgrade',
  steps: names.map((id, place) => ({
    id,
    agentId: id.startsWith('gate') ? 'gate' : 'tick',
    action: 'run',
    input: { name: id },
    dependencies: names.slice(Math.max(0, place - 1), place),
  })),
};

interface Up {
  readonly live: Live;
  readonly port: number;
}

interface Fleet {
  readonly at: Desk;
  readonly balancer: Balancer;
  readonly continuo: Client;
  up(this: void): Promise<Up>;
}

async function fleet(t: TestContext): Promise<Fleet> {
  const at = new Desk(t, { CONTINUO_LEASE: '1500ms', CONTINUO_ADMIN_KEY: key });
  at.write('agents.mjs', agents);
  const balancer = await Balancer.open();
  t.after(() => balancer.close());
  const store = ['--postgres', `${postgres.url}?schema=processes_${++stores}`, '--redis', redis.url, '--blobs', at.path('blobs')];
  return {
    at,
    balancer,
    continuo: client({ url: balancer.url, key, retries: 10 }),
    up: async () => {
      const live = at.start('serve', '--port', '0', '--no-systems', '--rate', '0', '--drain', '1', '--agents', 'agents.mjs', ...store);
      await live.until(/http:\S+\/readyz/);
      return { live, port: Number(/:(\d+)\/readyz/.exec(live.said)?.[1]) };
    },
  };
}

/** What somebody hears who follows a run, and a way to wait for a step. */
function following(
  continuo: Client,
  run: string,
): {
  readonly told: readonly (readonly [number, string, string])[];
  readonly over: Promise<void>;
  at(this: void, step: string): Promise<void>;
} {
  const told: (readonly [number, string, string])[] = [];
  let change = Promise.withResolvers<void>();
  const listen = async (): Promise<void> => {
    for await (const { cursor, event, data } of continuo.follow(run)) {
      // What steps do names the step.
      if (cursor !== undefined) told.push([cursor, event, (data as { readonly stepId?: string }).stepId ?? '']);
      change.resolve();
      change = Promise.withResolvers();
    }
  };
  const over = listen();
  return {
    told,
    over,
    at: async (step) => {
      const ended = over.then(() => assert.fail(`the run was over before ${step} was told`));
      while (!told.some(([, event, its]) => event === 'step:completed' && its === step)) await Promise.race([change.promise, ended]);
      ended.catch(() => undefined);
    },
  };
}

function mustBeWhole(told: readonly (readonly [number, string, string])[], afresh: readonly (readonly [number, string, string])[]): void {
  assert.deepEqual(told, afresh);
  const completed = told.filter(([, event]) => event === 'step:completed').map(([, , step]) => step);
  assert.deepEqual(completed, names);
}

suite('processes behind one port', () => {
  test('are replaced one after the other while a run is followed: every event once, in order', async (t) => {
    const { at, balancer, continuo, up } = await fleet(t);
    let [one, other] = await Promise.all([up(), up()]);
    balancer.before(one.port, other.port);
    const { workflow_id: run } = await continuo.startWorkflow({ body: { plan, idempotency_key: 'once' } });
    const reader = following(continuo, run);
    await reader.at('b');
    const began = performance.now();
    const ended = one.live.kill('SIGTERM');
    at.write('gate-1', '');
    const [next] = await Promise.all([up(), ended]);
    one = next;
    balancer.before(one.port, other.port);
    await reader.at('d');
    const second = other.live.kill('SIGTERM');
    at.write('gate-2', '');
    const [last] = await Promise.all([up(), second]);
    other = last;
    balancer.before(one.port, other.port);
    await reader.at('f');
    at.write('gate-3', '');
    await reader.over;
    t.diagnostic(`both were replaced in ${Math.round(performance.now() - began)} ms; ${reader.told.length} events`);
    const afresh = following(continuo, run);
    await afresh.over;
    mustBeWhole(reader.told, afresh.told);
    assert.equal((await continuo.startWorkflow({ body: { plan, idempotency_key: 'once' } })).workflow_id, run);
  });

  test('one is killed in the middle: whoever follows at another hears the rest', async (t) => {
    const { at, balancer, continuo, up } = await fleet(t);
    const [one, other] = await Promise.all([up(), up()]);
    // Its run, so that it is taken over.
    balancer.before(one.port);
    const { workflow_id: run } = await continuo.startWorkflow({ body: { plan } });
    const there = following(client({ url: `http://127.0.0.1:${other.port}`, key }), run);
    const here = following(continuo, run);
    await Promise.all([there.at('b'), here.at('b')]);
    balancer.before(one.port, other.port);
    const killed = performance.now();
    await one.live.kill('SIGKILL');
    for (const gate of [1, 2, 3]) at.write(`gate-${gate}`, '');
    await Promise.all([there.over, here.over]);
    t.diagnostic(`the run was over ${Math.round(performance.now() - killed)} ms after its node was killed (lease 1500 ms)`);
    mustBeWhole(here.told, there.told);
  });
});
