import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { ApiError, client, type LiveEvent } from '../../src/client/index.ts';
import { holding, story, wired } from './live-rig.ts';
import { adminKey } from './served.ts';

const told = async (events: AsyncGenerator<LiveEvent>): Promise<readonly LiveEvent[]> => {
  const all: LiveEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
};

suite('the client of the server', () => {
  test('starts a run and follows it to its end; whoever comes later is told the rest, or that nothing is left', async (t) => {
    const { agents, go } = holding();
    const { host } = await wired(t, { agents, workflows: [story] });
    const continuo = client({ url: `http://${host}/`, key: adminKey });
    const { workflow_id } = await continuo.startWorkflow({ body: { workflow: 'story', input: { topic: 'kites' } } });
    for (const step of ['first', 'second', 'third']) go(step);
    const all = await told(continuo.follow(workflow_id));
    const written = all.flatMap(({ cursor }) => (cursor === undefined ? [] : [cursor]));
    assert.deepEqual(
      written,
      [...new Set(written)].sort((a, b) => a - b),
    );
    assert.ok(all.some(({ event }) => event === 'run:ended'));
    const half = written[Math.floor(written.length / 2)] ?? 0;
    const rest = (await told(continuo.follow(workflow_id, { cursor: half }))).flatMap(({ cursor }) => cursor ?? []);
    assert.deepEqual(
      rest,
      written.filter((cursor) => cursor > half),
    );
    assert.deepEqual(await told(continuo.follow(workflow_id, { cursor: written.at(-1) ?? 0 })), []);
  });

  test('whoever stops following hangs up, by an abort or by going away', async (t) => {
    const { agents, at } = holding();
    const { host, app } = await wired(t, { agents, workflows: [story] });
    const continuo = client({ url: `http://${host}`, key: adminKey });
    const { workflow_id } = await continuo.startWorkflow({ body: { workflow: 'story', input: null } });
    await at('first');
    const gone = new Promise<void>((resolve) => {
      let left = 2;
      app.server.on('request', (request, response) => {
        if (request.url?.endsWith('/stream') === true) response.on('close', () => void (--left === 0 && resolve()));
      });
    });
    const stop = new AbortController();
    for await (const event of continuo.follow(workflow_id, { signal: stop.signal })) if (event.cursor !== undefined) stop.abort();
    for await (const event of continuo.follow(workflow_id)) if (event.cursor !== undefined) break;
    await gone;
  });

  test('what is refused is thrown with all that the server said', async (t) => {
    const { host } = await wired(t);
    const stranger = client({ url: `http://${host}`, key: 'ctn_nonsense' });
    await assert.rejects(
      told(stranger.follow('any')),
      (error) => error instanceof ApiError && error.status === 401 && error.code === 'KEY_REQUIRED',
    );
    const own = client({ url: `http://${host}`, key: adminKey });
    await assert.rejects(own.getWorkflow({ params: { id: 'nothing' } }), { name: 'ApiError', status: 404, code: 'RUN_UNKNOWN' });
  });
});
