import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { openMemory } from '../../src/backends/memory/index.ts';
import type { Watched } from '../../src/server/health/index.ts';
import { served } from './served.ts';

const folder = '/var/lib/somewhere/secret-folder';

/** A server that looks at a store in a folder, which cannot be read. */
function broken(): Watched {
  const backend = openMemory();
  const runs = Object.assign(Object.create(backend.runs), {
    nextWake: () => Promise.reject(new Error(`${folder}/store.db: disk I/O error`)),
  });
  return {
    role: 'engine',
    version: '1',
    name: 'it',
    startedAt: 0,
    backend: { ...backend, location: folder, runs },
    agents: () => [],
    draining: () => false,
  };
}

suite('health in the server', () => {
  test('probes need no key, and are told in a word', async (t) => {
    const { ask } = await served(t);
    for (const [path, body] of [
      ['/livez', { is: 'alive' }],
      ['/readyz', { is: 'ready' }],
      ['/health', { status: 'ok' }],
    ] as const) {
      const { status, as } = await ask('GET', path, { key: '' });
      assert.deepEqual([status, as<unknown>()], [200, body]);
      assert.equal((await ask('HEAD', path, { key: '' })).status, 200);
    }
  });

  test('one that was told to end lives, and takes nothing', async (t) => {
    const { ask } = await served(t, { parts: { draining: () => true } });
    const answers = await Promise.all(['/livez', '/readyz', '/health'].map((path) => ask('GET', path, { key: '' })));
    assert.deepEqual(
      answers.map(({ status, as }) => [status, as<unknown>()]),
      [
        [200, { is: 'alive' }],
        [503, { is: 'draining' }],
        [503, { status: 'draining' }],
      ],
    );
  });

  test('what is wrong is told to whoever may look at everything, and to nobody else', async (t) => {
    const { ask, key } = await served(t, { parts: { watched: broken() } });
    const probed = await ask('GET', '/readyz', { key: '' });
    assert.deepEqual([probed.status, probed.as<unknown>()], [503, { is: 'not ready' }]);
    const { status, text, as } = await ask('GET', '/status');
    assert.equal(status, 200);
    assert.equal(as<{ is: string }>().is, 'not ready');
    assert.match(as<{ reasons: string[] }>().reasons.join(), /disk I\/O error/);
    assert.doesNotMatch(text, /secret-folder/);
    assert.equal((await ask('GET', '/status', { key: '' })).status, 401);
    assert.equal((await ask('GET', '/status', { key: await key(['read'], ['mine']) })).status, 403);
    assert.equal((await ask('GET', '/status', { key: await key(['read']) })).status, 200);
  });
});
