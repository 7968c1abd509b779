/** Runs of one server, looked at and commanded on another: the same answers. */
import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';
import { agentRef } from '../../src/core/plan/agent-ref.ts';
import { workflow } from '../../src/core/plan/builder.ts';
import { agent } from '../../src/engine/agent.ts';
import { verifyAudit } from '../../src/server/access/verify-audit.ts';
import { holding, listen, story } from '../server/live-rig.ts';
import { until } from './redis-rig.ts';
import { servers, type Answered, type ServerNode } from './server-rig.ts';
import { sharedStore } from './shared-store.ts';

const store = await sharedStore();

const asking = workflow<unknown>('asking')
  .ask('ok', { question: 'Go?', choices: ['yes', 'no'] })
  .wait('sign', { signal: 'sign' })
  .output(({ ok, sign }) => ({ ok, sign }));

const brittle = workflow<unknown>('brittle')
  .step('mill', agentRef<unknown, unknown>('mill'), ({ input }) => input)
  .output(({ mill }) => mill);

interface Cluster {
  readonly one: ServerNode;
  readonly other: ServerNode;
  readonly held: ReturnType<typeof holding>;
  mend(this: void): void;
}

async function cluster(t: TestContext): Promise<Cluster> {
  const open = await servers(t, store);
  const held = holding();
  let isBroken = true;
  const mill = agent({
    id: 'mill',
    run: (value: unknown) => {
      if (isBroken) throw new Error('the mill is broken');
      return value;
    },
  });
  const node = { agents: [...held.agents, mill], workflows: [story, asking, brittle] };
  const [one, other] = await Promise.all([open(node), open(node)]);
  return { one, other, held, mend: () => (isBroken = false) };
}

async function started(node: ServerNode, body: object): Promise<string> {
  const answer = await node.ask('POST', '/api/v1/workflows', { body });
  assert.equal(answer.status, 202, answer.text);
  return answer.as<{ readonly workflow_id: string }>().workflow_id;
}

const statusAt = async (node: ServerNode, run: string): Promise<string> =>
  (await node.ask('GET', `/api/v1/workflows/${run}`)).as<{ readonly status: string }>().status;

/** Without what differs from request to request. */
function plain({ status, text }: Answered): unknown {
  const { request_id: _, ...rest } = JSON.parse(text) as Record<string, unknown>;
  return { status, ...rest };
}

suite('runs of another server', () => {
  test('are told alike by both, with the same tags', async (t) => {
    const { one, other } = await cluster(t);
    const run = await started(one, { workflow: 'asking', input: { a: 1 } });
    await until(async () => (await statusAt(one, run)) === 'waiting');
    for (const path of ['', '/events', '/questions', '?fields=status,pending_tasks', '/nothing']) {
      const [here, there] = [
        await one.ask('GET', `/api/v1/workflows/${run}${path}`),
        await other.ask('GET', `/api/v1/workflows/${run}${path}`),
      ];
      assert.deepEqual(plain(there), plain(here), path);
      assert.equal(there.headers.get('etag'), here.headers.get('etag'));
    }
    const tag = (await one.ask('GET', `/api/v1/workflows/${run}`)).headers.get('etag') ?? '';
    assert.equal((await other.ask('GET', `/api/v1/workflows/${run}`, { headers: { 'if-none-match': tag } })).status, 304);
    assert.equal((await other.ask('POST', `/api/v1/workflows/${run}/answer`, { body: { step: 'ok', choice: 'yes' } })).status, 200);
    for (const node of [other, one]) {
      const moved = await node.ask('GET', `/api/v1/workflows/${run}`, { headers: { 'if-none-match': tag } });
      assert.equal(moved.status, 200);
      assert.notEqual(moved.headers.get('etag'), tag);
    }
  });

  test('are answered, signalled, paused, resumed and cancelled from there; what was done is seen there at once', async (t) => {
    const { one, other } = await cluster(t);
    const run = await started(one, { workflow: 'asking' });
    await until(async () => (await statusAt(one, run)) === 'waiting');
    const at = performance.now();
    const paused = await other.ask('PUT', `/api/v1/workflows/${run}/pause`);
    t.diagnostic(`a pause from the other node took ${Math.round(performance.now() - at)} ms`);
    assert.deepEqual([paused.status, paused.as<{ readonly status: string }>().status], [200, 'paused'], paused.text);
    assert.equal(await statusAt(other, run), 'paused');
    assert.equal((await other.ask('PUT', `/api/v1/workflows/${run}/resume`)).as<{ readonly status: string }>().status, 'waiting');
    assert.equal((await other.ask('POST', `/api/v1/workflows/${run}/answer`, { body: { step: 'ok', choice: 'yes' } })).status, 200);
    assert.equal((await other.ask('POST', `/api/v1/workflows/${run}/signal`, { body: { name: 'sign', data: 7 } })).status, 200);
    await until(async () => (await statusAt(other, run)) === 'succeeded');
    const cancelled = await started(one, { workflow: 'asking' });
    const answer = await other.ask('DELETE', `/api/v1/workflows/${cancelled}`, { body: { reason: 'no more' } });
    assert.deepEqual([answer.status, answer.as<{ readonly status: string }>().status], [200, 'cancelled'], answer.text);
  });

  test('are retried, skipped and forked from there', async (t) => {
    const { one, other, mend } = await cluster(t);
    const [tried, skipped] = [await started(one, { workflow: 'brittle', input: 3 }), await started(one, { workflow: 'brittle', input: 4 })];
    for (const run of [tried, skipped]) await until(async () => (await statusAt(one, run)) === 'failed');
    const skip = await other.ask('POST', `/api/v1/workflows/${skipped}/skip`, { body: { step: 'mill', value: 9 } });
    assert.equal(skip.status, 200, skip.text);
    await until(async () => (await statusAt(other, skipped)) === 'succeeded');
    mend();
    assert.equal((await other.ask('POST', `/api/v1/workflows/${tried}/retry`)).status, 200);
    await until(async () => (await statusAt(one, tried)) === 'succeeded');
    const fork = await other.ask('POST', `/api/v1/workflows/${tried}/fork`, { body: { from: 'mill', input: 5 } });
    assert.equal(fork.status, 202, fork.text);
    const { workflow_id: forked } = fork.as<{ readonly workflow_id: string }>();
    await until(async () => (await statusAt(one, forked)) === 'succeeded');
  });

  test('are commanded from there also while their server ends, and after it fell silent', async (t) => {
    const open = await servers(t, store);
    const held = holding();
    const node = { agents: held.agents, workflows: [story, asking], lease: 1000 };
    const [one, other] = await Promise.all([open(node), open(node)]);
    const [busy, run, left] = [
      await started(one, { workflow: 'story', input: 1 }),
      await started(one, { workflow: 'asking' }),
      await started(one, { workflow: 'asking' }),
    ];
    await held.at('first');
    await until(async () => (await statusAt(one, left)) === 'waiting');
    const drained = one.orchestrator.drain(60_000);
    const pause = await other.ask('PUT', `/api/v1/workflows/${busy}/pause`);
    assert.deepEqual([pause.status, pause.as<{ readonly status: string }>().status], [200, 'paused'], pause.text);
    assert.equal((await other.ask('POST', `/api/v1/workflows/${run}/answer`, { body: { step: 'ok', choice: 'yes' } })).status, 200);
    held.go('first');
    await drained;
    one.way.silence();
    const at = performance.now();
    const answer = await other.ask('POST', `/api/v1/workflows/${left}/answer`, { body: { step: 'ok', choice: 'no' } });
    t.diagnostic(`a run whose node fell silent was answered after ${Math.round(performance.now() - at)} ms (lease 1000 ms)`);
    assert.equal(answer.status, 200, answer.text);
    assert.equal((await other.ask('PUT', `/api/v1/workflows/${busy}/resume`)).status, 200);
    for (const step of ['second', 'third']) held.go(step);
    await until(async () => (await statusAt(other, busy)) === 'succeeded');
  });

  test('refuse the same things with the same words on both', async (t) => {
    const { one, other } = await cluster(t);
    const [waiting, failed] = [await started(one, { workflow: 'asking' }), await started(one, { workflow: 'brittle', input: 1 })];
    const ended = await started(one, { workflow: 'asking' });
    await one.ask('DELETE', `/api/v1/workflows/${ended}`);
    await until(async () => (await statusAt(one, failed)) === 'failed' && (await statusAt(one, waiting)) === 'waiting');
    const wrong: readonly (readonly ['POST' | 'PUT' | 'DELETE', string, object?])[] = [
      ['PUT', `${ended}/pause`],
      ['PUT', `${ended}/resume`],
      ['PUT', `${waiting}/resume`],
      ['DELETE', ended],
      ['POST', `${waiting}/retry`],
      ['POST', `${ended}/signal`, { name: 'sign' }],
      ['POST', `${ended}/answer`, { step: 'ok', choice: 'yes' }],
      ['POST', `${waiting}/answer`, { step: 'sign', choice: 'yes' }],
      ['POST', `${waiting}/answer`, { step: 'nobody', choice: 'yes' }],
      ['POST', `${waiting}/answer`, { step: 'ok', choice: 'perhaps' }],
      ['POST', `${waiting}/skip`, { step: 'nobody' }],
      ['POST', `${failed}/retry`, { step: 'nobody' }],
      ['POST', `${waiting}/fork`, { from: 'nobody' }],
      ['POST', `${failed}/fork`, { outputs: { nobody: 1 } }],
      ['POST', `${waiting}/migrate`, { workflow: 'unheard' }],
      ['PUT', 'no-such-run/pause'],
    ];
    for (const [method, path, body] of wrong) {
      const asked = body === undefined ? {} : { body };
      const [here, there] = [
        await one.ask(method, `/api/v1/workflows/${path}`, asked),
        await other.ask(method, `/api/v1/workflows/${path}`, asked),
      ];
      t.diagnostic(`${method} ${path.split('/')[1] ?? ''}: ${here.status} ${there.status}`);
      assert.deepEqual(plain(there), plain(here), `${method} ${path}`);
    }
  });

  test('asked of both at the same moment with one idempotency key, a hundred starts are one run; so in batches', async (t) => {
    const { one, other } = await cluster(t);
    const body = { workflow: 'asking', input: 1, idempotency_key: 'only-once' };
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, n) => (n % 2 ? one : other).ask('POST', '/api/v1/workflows', { body })),
    );
    assert.deepEqual([...new Set(answers.map(({ status }) => status))], [202], answers.find(({ status }) => status !== 202)?.text ?? '');
    assert.equal(new Set(answers.map((answer) => answer.as<{ readonly workflow_id: string }>().workflow_id)).size, 1);
    const runs = Array.from({ length: 30 }, (_, n) => ({ workflow: 'asking', input: n, idempotency_key: `batch-${n}` }));
    const batches = await Promise.all([one, other, one].map((node) => node.ask('POST', '/api/v1/workflows/batch', { body: { runs } })));
    const ids = batches.map((batch) =>
      batch.as<{ readonly runs: readonly { readonly run?: { readonly workflow_id: string } }[] }>().runs.map(({ run }) => run?.workflow_id),
    );
    assert.ok(ids.flat().every((id) => id !== undefined));
    assert.deepEqual(ids[1], ids[0]);
    assert.deepEqual(ids[2], ids[0]);
    assert.equal(new Set(ids.flat()).size, 30);
    assert.equal((await one.orchestrator.list({ limit: 1000 })).length, 31);
    const otherInput = await other.ask('POST', '/api/v1/workflows', { body: { ...body, input: 2 } });
    assert.deepEqual([otherInput.status, otherInput.as().code], [409, 'RUN_EXISTS']);
  });

  test('every change that was acknowledged by either of two busy servers is in the audit log, which is one whole chain', async (t) => {
    const { one, other } = await cluster(t);
    const made = await Promise.all(
      Array.from({ length: 60 }, async (_, n) => {
        const [at, elsewhere] = n % 2 ? [one, other] : [other, one];
        const run = await started(at, { workflow: 'asking', input: n });
        const wanted: string[] = [`run.start ${run}`];
        for (const [what, method, path] of [
          ['run.pause', 'PUT', `${run}/pause`],
          ['run.resume', 'PUT', `${run}/resume`],
          ['run.cancel', 'DELETE', run],
        ] as const) {
          const { status, text } = await elsewhere.ask(method, `/api/v1/workflows/${path}`);
          assert.equal(status, 200, text);
          wanted.push(`${what} ${run}`);
        }
        return wanted;
      }),
    );
    const { audit } = one.way.backend.access;
    const last = await verifyAudit(audit);
    const noted = (await audit.read(0, 10_000)).map(({ what, run }) => `${what} ${run}`);
    assert.equal(noted.length, last.seq);
    assert.deepEqual(noted.toSorted(), made.flat().toSorted());
  });

  test('a reader goes from one to the other and misses nothing, whatever he reads with', async (t) => {
    const { one, other, held } = await cluster(t);
    const run = await started(one, { workflow: 'story', input: 1 });
    const whole = await listen(t, one.host, `/ws/workflows/${run}`);
    const before = await listen(t, one.host, `/ws/workflows/${run}`);
    held.go('first');
    const seen = await before.heard(({ event }) => event === 'step:completed');
    before.socket.close();
    held.go('second');
    const after = await listen(t, other.host, `/ws/workflows/${run}?cursor=${seen.cursor}`);
    const stream = fetch(`${other.url}/api/v1/workflows/${run}/stream`, {
      headers: { authorization: 'Bearer an-admin-key-of-the-environment-long-enough', 'last-event-id': String(seen.cursor) },
    });
    held.go('third');
    for (const listener of [whole, after]) assert.equal((await listener.closed).code, 1000);
    assert.deepEqual(after.told, whole.told.slice(whole.told.findIndex(({ cursor }) => cursor === seen.cursor) + 1));
    const streamed = [...(await (await stream).text()).matchAll(/^id: (.*)$/gm)].map(([, id]) => Number(id));
    assert.deepEqual(
      streamed,
      after.told.map(({ cursor }) => cursor),
    );
  });
});
