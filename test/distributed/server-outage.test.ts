/** What servers say while Postgres or Redis is away, or while they end; and that all is well afterwards. */
import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';
import { io } from 'socket.io-client';
import { workflow } from '../../src/core/plan/builder.ts';
import { adminKey } from '../server/served.ts';
import { holding, listen, refused, story } from '../server/live-rig.ts';
import { until } from './redis-rig.ts';
import { servers, type Answered, type NodeOptions, type ServerNode } from './server-rig.ts';
import { sharedStore } from './shared-store.ts';

const store = await sharedStore();

const asking = workflow<unknown>('asking')
  .ask('ok', { question: 'Go?', choices: ['yes', 'no'] })
  .output(({ ok }) => ok);

interface Cluster {
  readonly one: ServerNode;
  readonly other: ServerNode;
  readonly held: ReturnType<typeof holding>;
}

async function cluster(t: TestContext, first: NodeOptions = {}): Promise<Cluster> {
  const open = await servers(t, store);
  const held = holding();
  const node = { agents: held.agents, workflows: [story, asking] };
  const [one, other] = await Promise.all([open({ ...node, ...first }), open(node)]);
  return { one, other, held };
}

async function started(node: ServerNode, name: string): Promise<string> {
  const answer = await node.ask('POST', '/api/v1/workflows', { body: { workflow: name, input: 1 } });
  assert.equal(answer.status, 202, answer.text);
  return answer.as<{ readonly workflow_id: string }>().workflow_id;
}

const stateAt = async (node: ServerNode, run: string): Promise<{ readonly status: string; readonly as_of?: string }> =>
  (await node.ask('GET', `/api/v1/workflows/${run}`)).as();

const isReady = async (node: ServerNode): Promise<boolean> => (await node.ask('GET', '/readyz')).status === 200;

function mustBePassing(answer: Answered, what: string): void {
  assert.equal(answer.status, 503, `${what}: ${answer.text}`);
  assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/, what);
  assert.match(answer.headers.get('retry-after') ?? '', /^[1-9]\d*$/, what);
  assert.doesNotMatch(answer.text, /127\.0\.0\.1|schema|postgres:/, what);
}

suite('servers without Postgres', () => {
  test('say when to come again, and what was told last; what is open stays open, and all goes on when it is back', async (t) => {
    const { one, other } = await cluster(t);
    const run = await started(one, 'asking');
    await until(async () => (await stateAt(other, run)).status === 'waiting');
    const key = await one.key(['read', 'run', 'approve']);
    const listener = await listen(t, other.host, `/ws/workflows/${run}`);
    await listener.heard(({ event }) => event === 'ask:opened' || event === 'run:status');
    for (const { way } of [one, other]) way.postgres.refuse();
    const path = `/api/v1/workflows/${run}`;
    for (const node of [one, other]) {
      mustBePassing(await node.ask('GET', path, { key }), 'a key that nobody can look up');
      mustBePassing(await node.ask('GET', `${path}/events`), 'events');
      mustBePassing(await node.ask('GET', '/api/v1/workflows'), 'a list');
      mustBePassing(await node.ask('POST', '/api/v1/workflows', { body: { workflow: 'asking' } }), 'a start');
      mustBePassing(await node.ask('PUT', `${path}/pause`), 'a command');
      const answers = await Promise.all(
        ['/livez', '/readyz', '/health', '/status', '/metrics', '/api/v1/agents'].map((its) => node.ask('GET', its)),
      );
      assert.deepEqual(
        answers.map(({ status }) => status),
        [200, 503, 503, 200, 200, 200],
      );
    }
    const { status, as_of: asOf } = await stateAt(other, run);
    assert.equal(status, 'waiting');
    assert.ok(asOf !== undefined, 'it is what was told last');
    for (const { way } of [one, other]) way.postgres.calm();
    await until(async () => (await isReady(one)) && (await isReady(other)));
    assert.equal((await stateAt(other, run)).as_of, undefined);
    // What was asked meanwhile may have been done, as those who asked were told.
    await other.ask('PUT', `${path}/resume`);
    const answered = await other.ask('POST', `${path}/answer`, { body: { step: 'ok', choice: 'yes' } });
    assert.equal(answered.status, 200, answered.text);
    assert.equal((await listener.closed).code, 1000);
    const cursors = listener.told.flatMap(({ cursor, event }) => (cursor === undefined || event === 'end' ? [] : [cursor]));
    assert.deepEqual(
      cursors,
      [...new Set(cursors)].toSorted((a, b) => a - b),
    );
  });

  test('that says nothing at all, probes and whoever looks at the server have their answer', async (t) => {
    const { one, other } = await cluster(t);
    const run = await started(one, 'asking');
    await until(async () => (await stateAt(other, run)).status === 'waiting');
    for (const { way } of [one, other]) way.postgres.hold();
    const at = performance.now();
    const answers = await Promise.all(
      [one, other].flatMap((node) => [
        node.ask('GET', '/livez'),
        node.ask('GET', '/readyz'),
        node.ask('GET', '/status'),
        node.ask('GET', '/metrics'),
      ]),
    );
    t.diagnostic(`all were answered after ${Math.round(performance.now() - at)} ms`);
    const each = [200, 503, 200, 200];
    assert.deepEqual(
      answers.map(({ status }) => status),
      [...each, ...each],
    );
    for (const { way } of [one, other]) way.postgres.calm();
    await until(async () => (await isReady(one)) && (await isReady(other)));
    assert.equal((await other.ask('POST', `/api/v1/workflows/${run}/answer`, { body: { step: 'ok', choice: 'yes' } })).status, 200);
  });
});

suite('servers without Redis', () => {
  test('start, work, answer, command each other’s runs and tell their events', async (t) => {
    const { one, other, held } = await cluster(t);
    for (const { way } of [one, other]) way.redis.refuse();
    const [run, asks] = [await started(one, 'story'), await started(one, 'asking')];
    const listener = await listen(t, other.host, `/ws/workflows/${run}`);
    for (const step of ['first', 'second', 'third']) held.go(step);
    assert.equal((await listener.closed).code, 1000);
    assert.deepEqual(
      listener.told.filter(({ event }) => event === 'step:completed').map(({ data }) => data['stepId']),
      ['first', 'second', 'third'],
    );
    await until(async () => (await stateAt(other, asks)).status === 'waiting');
    assert.equal((await other.ask('PUT', `/api/v1/workflows/${asks}/pause`)).status, 200);
    assert.equal((await other.ask('PUT', `/api/v1/workflows/${asks}/resume`)).status, 200);
    assert.equal((await other.ask('POST', `/api/v1/workflows/${asks}/answer`, { body: { step: 'ok', choice: 'yes' } })).status, 200);
    await until(async () => (await stateAt(one, asks)).status === 'succeeded');
    for (const node of [one, other]) assert.equal(await isReady(node), true);
    for (const { way } of [one, other]) way.redis.calm();
  });
});

suite('a server that was told to end', () => {
  test('begins nothing new, answers what is asked, and sends on whoever follows; the other one misses nothing', async (t) => {
    let draining = false;
    const { one, other, held } = await cluster(t, { draining: () => draining, settings: { live: { keysEvery: 10 } } });
    const run = await started(one, 'story');
    const socket = await listen(t, one.host, `/ws/workflows/${run}`);
    const stream = await fetch(`${one.url}/api/v1/workflows/${run}/stream`, { headers: { authorization: `Bearer ${adminKey}` } });
    const client = io(one.url, { auth: { key: adminKey }, transports: ['websocket'], reconnection: false });
    t.after(() => client.disconnect());
    await client.timeout(5000).emitWithAck('subscribe', { run });
    const disconnected = new Promise((resolve) => client.once('disconnect', resolve));
    held.go('first');
    const seen = await socket.heard(({ event }) => event === 'step:completed');
    draining = true;
    assert.deepEqual((await socket.closed).code, 1001);
    // As where a line broke: clients come again by themselves.
    assert.equal(await disconnected, 'transport close');
    await stream.text();
    mustBePassing(await one.ask('POST', '/api/v1/workflows', { body: { workflow: 'story' } }), 'a start');
    mustBePassing(await one.ask('PUT', `/api/v1/workflows/${run}/pause`), 'a command');
    mustBePassing(await one.ask('GET', `/api/v1/workflows/${run}/stream`), 'a stream');
    assert.deepEqual(await refused(one.host, `/ws/workflows/${run}`).then(({ status, code }) => [status, code]), [503, 'ENGINE_CLOSED']);
    assert.equal((await stateAt(one, run)).status, 'running');
    const moved = await listen(t, other.host, `/ws/workflows/${run}?cursor=${seen.cursor}`);
    for (const step of ['second', 'third']) held.go(step);
    assert.equal((await moved.closed).code, 1000);
    assert.deepEqual(
      moved.told.filter(({ event }) => event === 'step:completed').map(({ data }) => data['stepId']),
      ['second', 'third'],
    );
  });
});
