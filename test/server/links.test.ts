import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { agentRef } from '../../src/core/plan/agent-ref.ts';
import { workflow } from '../../src/core/plan/builder.ts';
import { systemClock } from '../../src/engine/system-clock.ts';
import { served } from './served.ts';

const echo = agentRef<unknown, unknown>('echo');
const plain = workflow<unknown>('plain')
  .step('only', echo, ({ input }) => input)
  .output(({ only }) => only);
const agents = [{ id: 'echo', actions: { run: async (input: unknown) => input } }];

interface Link {
  readonly url: string;
  readonly expires_at: string;
}

suite('links', () => {
  test('a link shows a blob to a browser that sends no key, in parts and on pages of others', async (t) => {
    const { ask, key } = await served(t);
    const own = await key(['run'], ['mine']);
    const { blob } = (await ask('POST', '/api/v1/blobs', { key: own, body: 'a film', headers: { 'content-type': 'video/mp4' } })).as<{
      readonly blob: string;
    }>();
    const path = `/api/v1/blobs/${blob}`;
    const made = await ask('POST', '/api/v1/links', { key: own, body: { path } });
    assert.equal(made.status, 201);
    assert.equal(made.headers['cache-control'], 'no-store');
    const { url } = made.as<Link>();
    const part = await ask('GET', url, { key: '', headers: { range: 'bytes=2-' } });
    assert.deepEqual([part.status, part.text, part.headers['content-range']], [206, 'film', 'bytes 2-5/6']);
    assert.equal(part.headers['cross-origin-resource-policy'], 'cross-origin');
    const saved = await ask('HEAD', `${url}&download=film.mp4`, { key: '' });
    assert.match(String(saved.headers['content-disposition']), /^attachment; filename="film\.mp4"/);
    // With the key itself it stays on pages of this server.
    assert.equal((await ask('GET', path, { key: own })).headers['cross-origin-resource-policy'], 'same-origin');
  });

  test('a link opens its own path alone, while it and its key count, and no more than the key', async (t) => {
    let now = Date.now();
    const { ask, key, backend } = await served(t, { parts: { clock: { ...systemClock, now: () => now } } });
    const own = await key(['read'], ['mine']);
    const bring = async (body: string, project: string): Promise<string> => {
      const brought = await ask('POST', `/api/v1/blobs?project_id=${project}`, { body, headers: { 'content-type': 'text/plain' } });
      return `/api/v1/blobs/${brought.as<{ readonly blob: string }>().blob}`;
    };
    const [mine, other, foreign] = [await bring('one', 'mine'), await bring('two', 'mine'), await bring('three', 'theirs')];
    const linkTo = async (path: string, expires_in?: number): Promise<string> =>
      (await ask('POST', '/api/v1/links', { key: own, body: { path, ...(expires_in === undefined ? {} : { expires_in }) } })).as<Link>()
        .url;
    const status = async (url: string): Promise<number> => (await ask('GET', url, { key: '' })).status;
    const url = await linkTo(mine);
    const link = url.slice(url.indexOf('?'));
    assert.equal(await status(url), 200);
    assert.equal(await status(`${other}${link}`), 401);
    assert.equal(await status(`/api/v1/workflows${link}`), 401);
    assert.equal(await status(`${url.slice(0, -1)}${url.endsWith('0') ? '1' : '0'}`), 401);
    assert.equal(await status(mine), 401);
    // It may be made, and shows what the key would be shown.
    assert.equal(await status(await linkTo(foreign)), 404);
    const short = await linkTo(mine, 60);
    now += 61_000;
    assert.deepEqual([await status(short), await status(url)], [401, 200]);
    await backend.access.keys.revoke(own.split('_')[1] ?? '', now);
    assert.equal(await status(url), 401);
  });

  test('a link follows a run in place of a key', async (t) => {
    const { ask, app } = await served(t, { agents, workflows: [plain] });
    const started = await ask('POST', '/api/v1/workflows', { body: { workflow: 'plain', input: 'hello' } });
    const path = `/api/v1/workflows/${started.as<{ readonly workflow_id: string }>().workflow_id}/stream`;
    const { url } = (await ask('POST', '/api/v1/links', { body: { path } })).as<Link>();
    // The stream ends when the run does.
    const { body, statusCode } = await app.inject({ method: 'GET', url });
    assert.equal(statusCode, 200);
    assert.match(body, /event: end\n/);
  });

  test('links lead to blobs and streams, and nowhere else', async (t) => {
    const { ask, key } = await served(t);
    for (const path of [
      '/api/v1/workflows',
      '/ws/agents',
      '//elsewhere.example/api/v1/blobs/x',
      'https://elsewhere.example',
      '/api/v1/blobs/x?y',
      '',
    ]) {
      const { status, as } = await ask('POST', '/api/v1/links', { body: { path } });
      assert.deepEqual([path, status, as().code], [path, 400, 'REQUEST_INVALID']);
    }
    for (const expires_in of [0, 86_401, 1.5])
      assert.equal((await ask('POST', '/api/v1/links', { body: { path: '/api/v1/blobs/x', expires_in } })).status, 400);
    assert.equal((await ask('POST', '/api/v1/links', { key: await key([]), body: { path: '/api/v1/blobs/x' } })).status, 403);
  });
});
