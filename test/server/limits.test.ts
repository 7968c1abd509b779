import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { openMemory } from '../../src/backends/memory/index.ts';
import { mustHaveRoom } from '../../src/server/http/limits.ts';
import { SimulatedClock } from '../../src/testing/simulated-clock.ts';
import { served, type Served } from './served.ts';

const access = { scope: 'read', of: 'some' } as const;

function plant({ app }: Served): void {
  app.get('/planted', { config: { access } }, async () => ({}));
  app.get('/planted/probe', { config: { access: { open: 'probes' }, uncounted: true } }, async () => ({}));
  app.get('/planted/page', { config: { access: { open: 'to read' } } }, async () => ({}));
}

const statuses = async (times: number, ask: () => Promise<{ readonly status: number }>): Promise<readonly number[]> => {
  const all: number[] = [];
  for (let time = 0; time < times; time++) all.push((await ask()).status);
  return all;
};

suite('limits', () => {
  test('a key has so many requests in a second, and another has its own', async (t) => {
    const clock = new SimulatedClock();
    const all = await served(t, { settings: { requestsPerSecond: 3 }, parts: { clock } });
    plant(all);
    const [one, other] = [await all.key(['read']), await all.key(['read'])];
    assert.deepEqual(await statuses(4, () => all.ask('GET', '/planted', { key: one })), [200, 200, 200, 429]);
    const { headers, as } = await all.ask('GET', '/planted', { key: one });
    assert.deepEqual(
      [headers['retry-after'], headers['ratelimit'], headers['ratelimit-policy'], as().code],
      ['1', '"requests";r=0;t=1', '"requests";q=3;w=1', 'REQUESTS_LIMITED'],
    );
    assert.equal((await all.ask('GET', '/planted', { key: other })).status, 200);
    clock.advance(1000);
    assert.equal((await all.ask('GET', '/planted', { key: one })).status, 200);
  });

  test('nodes that share a store count together', async (t) => {
    const clock = new SimulatedClock();
    const backend = openMemory();
    const settings = { requestsPerSecond: 3 };
    const nodes = [
      await served(t, { backend, settings, parts: { clock } }),
      await served(t, { backend, settings, parts: { clock } }),
    ] as const;
    for (const node of nodes) plant(node);
    const key = await nodes[0].key(['read']);
    assert.deepEqual(await statuses(2, () => nodes[0].ask('GET', '/planted', { key })), [200, 200]);
    assert.deepEqual(await statuses(2, () => nodes[1].ask('GET', '/planted', { key })), [200, 429]);
  });

  test('guessing keys is slow, and holds up nobody whose key is known', async (t) => {
    const clock = new SimulatedClock();
    const all = await served(t, { settings: { requestsPerSecond: 3 }, parts: { clock } });
    plant(all);
    const [known, fresh] = [await all.key(['read']), await all.key(['read'])];
    assert.equal((await all.ask('GET', '/planted', { key: known })).status, 200);
    assert.deepEqual(await statuses(4, () => all.ask('GET', '/planted', { key: 'ctn_guess' })), [401, 401, 429, 429]);
    // Not even the right one is looked at.
    assert.equal((await all.ask('GET', '/planted', { key: fresh })).status, 429);
    assert.equal((await all.ask('GET', '/planted', { key: known })).status, 200);
    clock.advance(1000);
    assert.equal((await all.ask('GET', '/planted', { key: fresh })).status, 200);
  });

  test('what is open, and what is not there, is counted for the address; probes are not', async (t) => {
    const all = await served(t, { settings: { requestsPerSecond: 3 }, parts: { clock: new SimulatedClock() } });
    plant(all);
    assert.deepEqual(await statuses(10, () => all.ask('GET', '/planted/probe', { key: '' })), Array(10).fill(200));
    assert.deepEqual(await statuses(2, () => all.ask('GET', '/planted/page', { key: '' })), [200, 200]);
    assert.deepEqual(await statuses(2, () => all.ask('GET', '/nowhere', { key: '' })), [404, 429]);
  });

  test('a key that was revoked is counted as a stranger', async (t) => {
    const clock = new SimulatedClock();
    const all = await served(t, { settings: { requestsPerSecond: 2 }, parts: { clock } });
    plant(all);
    const key = await all.key(['read']);
    assert.equal((await all.ask('GET', '/planted', { key })).status, 200);
    clock.advance(10_000);
    await all.backend.access.keys.revoke(key.split('_')[1] ?? '', clock.now());
    assert.deepEqual(await statuses(5, () => all.ask('GET', '/planted', { key })), [401, 401, 401, 429, 429]);
  });

  test('where nothing is limited nothing is counted', async (t) => {
    const backend = openMemory();
    const counted: unknown[] = [];
    const quotas = { take: async (buckets: readonly unknown[]) => (counted.push(buckets), { granted: true as const }) };
    const all = await served(t, { backend: { ...backend, access: { ...backend.access, quotas } } });
    plant(all);
    await statuses(30, () => all.ask('GET', '/planted'));
    assert.deepEqual(counted, []);
  });

  test('what is dear has a limit of its own', async (t) => {
    const clock = new SimulatedClock();
    const all = await served(t, { parts: { clock } });
    all.app.post('/planted/dear', { config: { access } }, async (request) => {
      await mustHaveRoom({ backend: all.backend, clock }, request, { name: 'dear things', perMinute: 2 });
      return {};
    });
    const key = await all.key(['read']);
    assert.deepEqual(await statuses(3, () => all.ask('POST', '/planted/dear', { key })), [200, 200, 429]);
    const { headers, as } = await all.ask('POST', '/planted/dear', { key });
    assert.deepEqual(
      [headers['retry-after'], as().detail],
      ['30', 'there were too many dear things of this key; the next may come in 30 s'],
    );
  });
});
