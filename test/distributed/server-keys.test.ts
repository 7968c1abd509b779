/** What one server knows of keys, tickets and quotas, the others know. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { suite, test } from 'node:test';
import { io } from 'socket.io-client';
import { claimedId } from '../../src/server/access/key-text.ts';
import { holding, listen, story } from '../server/live-rig.ts';
import { until } from './redis-rig.ts';
import { servers, type ServerNode } from './server-rig.ts';
import { sharedStore } from './shared-store.ts';

const store = await sharedStore();

const started = async (node: ServerNode): Promise<string> =>
  (await node.ask('POST', '/api/v1/workflows', { body: { workflow: 'story', input: 1 } })).as<{ readonly workflow_id: string }>()
    .workflow_id;

suite('keys over several servers', () => {
  test('a key made on one counts on the other at once; revoked on one, everything that it opened on the other ends', async (t) => {
    const open = await servers(t, store);
    const held = holding();
    const node = { agents: held.agents, workflows: [story] };
    const [one, other] = await Promise.all([open(node), open(node)]);
    const run = await started(one);
    const [key, stays] = [await one.key(['read']), await one.key(['read'])];
    assert.equal((await other.ask('GET', `/api/v1/workflows/${run}`, { key })).status, 200);

    const socket = await listen(t, other.host, `/ws/workflows/${run}`, { key });
    const untouched = await listen(t, other.host, `/ws/workflows/${run}`, { key: stays });
    const stream = await fetch(`${other.url}/api/v1/workflows/${run}/stream`, { headers: { authorization: `Bearer ${key}` } });
    const client = io(other.url, { auth: { key }, transports: ['websocket'], reconnection: false });
    t.after(() => client.disconnect());
    await client.timeout(5000).emitWithAck('subscribe', { run });
    await socket.heard(({ event }) => event === 'step:started');
    const disconnected = new Promise((resolve) => client.once('disconnect', resolve));

    const at = performance.now();
    await one.way.backend.access.keys.revoke(claimedId(key) ?? '', Date.now());
    assert.equal((await one.ask('GET', `/api/v1/workflows/${run}`, { key })).status, 401);
    await until(async () => (await other.ask('GET', `/api/v1/workflows/${run}`, { key })).status === 401);
    t.diagnostic(`refused on the other node after ${Math.round(performance.now() - at)} ms`);
    assert.equal((await socket.closed).code, 1008);
    assert.equal(await disconnected, 'io server disconnect');
    await stream.text();
    t.diagnostic(`everything that it had opened there was cut off after ${Math.round(performance.now() - at)} ms`);
    assert.equal(untouched.socket.readyState, untouched.socket.OPEN);
    held.go('first');
    await untouched.heard(({ event }) => event === 'step:completed');
  });

  test('requests of a key are counted over all nodes; without Redis each counts for itself, and nothing fails', async (t) => {
    const open = await servers(t, store);
    const settings = { requestsPerSecond: 10 };
    const [one, other] = await Promise.all([open({ settings }), open({ settings })]);
    const burst = async (key: string): Promise<Readonly<Record<number, number>>> => {
      const answers = await Promise.all(Array.from({ length: 40 }, (_, n) => (n % 2 ? one : other).ask('GET', '/api/v1/agents', { key })));
      for (const { status, headers } of answers) if (status === 429) assert.match(headers.get('retry-after') ?? '', /^[1-9]\d*$/);
      return Object.fromEntries(
        Map.groupBy(answers, ({ status }) => status)
          .entries()
          .map(([status, { length }]) => [status, length]),
      );
    };
    const shared = await one.key(['read']);
    const together = await burst(shared);
    t.diagnostic(`of 40 requests at two nodes, 10 allowed: ${JSON.stringify(together)}`);
    assert.ok((together[200] ?? 0) >= 5 && (together[200] ?? 0) < 20, JSON.stringify(together));
    assert.equal((together[200] ?? 0) + (together[429] ?? 0), 40);
    const alone = await one.key(['read']);
    for (const { way } of [one, other]) way.redis.refuse();
    const apart = await burst(alone);
    t.diagnostic(`without Redis: ${JSON.stringify(apart)}`);
    assert.ok((apart[200] ?? 0) > (together[200] ?? 0), JSON.stringify(apart));
    assert.equal((apart[200] ?? 0) + (apart[429] ?? 0), 40);
    for (const { way } of [one, other]) way.redis.calm();
  });

  test('a ticket made on one opens a socket on the other, although the environment sets no key', async (t) => {
    const open = await servers(t, store);
    const [one, other] = await Promise.all([open({ keyless: true }), open({ keyless: true })]);
    const key = await one.key(['read']);
    const { ticket } = (await one.ask('POST', '/api/v1/live/tickets', { key })).as<{ readonly ticket: string }>();
    const listener = await listen(t, other.host, `/ws/agents?ticket=${ticket}`, { key: '' });
    await listener.heard(({ event }) => event === 'agents:snapshot');
    listener.socket.close();
    await once(listener.socket, 'close');
  });
});
