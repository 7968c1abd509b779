import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { holding, listen, refused, story, wired, type Told } from './live-rig.ts';

const cursors = (told: readonly Told[]): readonly number[] => told.flatMap(({ cursor }) => cursor ?? []);

suite('the WebSocket of a run', () => {
  test('tells what happened, then what happens, each once and in order, and closes after the end', async (t) => {
    const { agents, go, at } = holding();
    const { orchestrator, host } = await wired(t, { agents });
    const { id } = await orchestrator.start(story, 'once upon a time');
    go('first');
    await at('second');
    const listener = await listen(t, host, `/ws/workflows/${id}`);
    await listener.heard(({ event, data }) => event === 'step:started' && data['stepId'] === 'second');
    const late = await listen(t, host, `/ws/workflows/${id}`);
    for (const step of ['second', 'third']) go(step);
    assert.deepEqual(await listener.closed, { code: 1000, reason: 'the run has ended' });
    await late.closed;
    assert.deepEqual(
      listener.told.filter(({ event }) => event.startsWith('step:')).map(({ event, data }) => [event, data['stepId']]),
      ['first', 'second', 'third'].flatMap((step) => [
        ['step:started', step],
        ['step:completed', step],
      ]),
    );
    assert.deepEqual([listener.names[0], listener.names.at(-2)], ['run:started', 'run:status']);
    const { event, data, cursor } = listener.told.at(-1) ?? assert.fail('nothing was told');
    assert.deepEqual([event, data], ['end', { status: 'succeeded' }]);
    const events = (await orchestrator.history(id)).flatMap((entry) => entry.events).length;
    assert.equal(cursor, events);
    assert.deepEqual(late.told, listener.told);
  });

  test('goes on after any cursor that was told, with nothing missing and nothing twice', async (t) => {
    const { agents, go } = holding();
    const { orchestrator, host } = await wired(t, { agents });
    for (const step of ['first', 'second', 'third']) go(step);
    const { runId } = await orchestrator.run(story, 1);
    const whole = await listen(t, host, `/ws/workflows/${runId}?cursor=0`);
    await whole.closed;
    const told = whole.told.slice(0, -1);
    const all = cursors(told);
    assert.equal(new Set(all).size, told.length);
    assert.deepEqual(
      all.toSorted((one, other) => one - other),
      all,
    );
    for (const [place, cursor] of all.entries()) {
      const rest = await listen(t, host, `/ws/workflows/${runId}?cursor=${cursor}`);
      await rest.closed;
      assert.deepEqual(rest.told, whole.told.slice(place + 1));
    }
  });

  test('what is in no journal is told while it is said, and has no cursor', async (t) => {
    const { agents, go, at } = holding();
    const { orchestrator, host } = await wired(t, { agents });
    const { id } = await orchestrator.start(story, 1);
    const listener = await listen(t, host, `/ws/workflows/${id}`);
    await listener.heard(({ event }) => event === 'step:started');
    const ctx = await at('first');
    ctx.progress(0.5, 'half');
    const progress = await listener.heard(({ event }) => event === 'step:progress');
    assert.deepEqual([progress.cursor, progress.data['share'], progress.data['message']], [undefined, 0.5, 'half']);
    ctx.stream('a word');
    ctx.stream(1n);
    ctx.stream('another');
    await listener.heard(({ data }) => data['chunk'] === 'another');
    assert.deepEqual(
      listener.told.filter(({ event }) => event === 'step:stream').map(({ data }) => data['chunk']),
      ['a word', 'another'],
    );
    const late = await listen(t, host, `/ws/workflows/${id}`);
    for (const step of ['first', 'second', 'third']) go(step);
    await late.closed;
    assert.ok(!late.names.includes('step:progress'));
  });

  test('what is too large to be told is named by its blob', async (t) => {
    const { agents, go } = holding();
    const { orchestrator, host } = await wired(t, { agents });
    for (const step of ['first', 'second', 'third']) go(step);
    const text = 'x'.repeat(100_000);
    const { runId } = await orchestrator.run(story, text);
    const listener = await listen(t, host, `/ws/workflows/${runId}`);
    await listener.closed;
    const done = listener.told.find(({ event }) => event === 'step:completed');
    assert.equal(done?.data['response'], undefined);
    // It is what the test is about.
    assert.ok(done !== undefined);
    const { id } = done.data['blob'] as { readonly id: string };
    assert.equal(JSON.parse(new TextDecoder().decode(await orchestrator.blobs.get(id))), text);
    assert.ok(listener.told.every((told) => JSON.stringify(told).length < 10_000));
  });

  test('what it is not opened for is answered before it is a socket, as a problem', async (t) => {
    const { agents } = holding();
    const { orchestrator, host, key } = await wired(t, { agents });
    const { id } = await orchestrator.start(story, 1, { project: 'ours' });
    const foreign = await key(['read'], ['theirs']);
    const expired = await key(['read'], ['ours'], { expiresAt: 1 });
    const path = `/ws/workflows/${id}`;
    const answer = async (...asked: [string, Parameters<typeof refused>[2]?]): Promise<unknown> => {
      const { status, type, code } = await refused(host, ...asked);
      assert.equal(type, 'application/problem+json');
      return [status, code];
    };
    assert.deepEqual(await answer(path, { key: '' }), [401, 'KEY_REQUIRED']);
    assert.deepEqual(await answer(path, { key: expired }), [401, 'KEY_REQUIRED']);
    assert.deepEqual(await answer(path, { key: foreign }), [404, 'RUN_UNKNOWN']);
    assert.deepEqual(await answer('/ws/workflows/none', { key: foreign }), [404, 'RUN_UNKNOWN']);
    assert.deepEqual(await answer('/ws/workflows/%ff'), [400, 'REQUEST_INVALID']);
    assert.deepEqual(await answer('/ws/nothing'), [404, 'ROUTE_UNKNOWN']);
    assert.deepEqual(await answer(`${path}?cursor=-1`), [400, 'REQUEST_INVALID']);
    assert.deepEqual(await answer(`${path}?cursor=1e3`), [400, 'REQUEST_INVALID']);
    assert.deepEqual(await answer(`${path}?key=abc`), [400, 'REQUEST_INVALID']);
    assert.deepEqual(await answer(path, { headers: { origin: 'https://elsewhere.example' } }), [403, 'ACCESS_DENIED']);
    const [ours, none] = await Promise.all([refused(host, path, { key: foreign }), refused(host, '/ws/workflows/none', { key: foreign })]);
    const withoutIds = (text: string): string => text.replace(/"request_id":"[^"]+"/, '').replace(id, 'none');
    assert.equal(withoutIds(ours.text), withoutIds(none.text));
  });
});
