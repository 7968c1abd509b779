import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';
import { loadFilmSystem } from '../../src/cli/make/load-film-system.ts';
import { agent, type AgentContext } from '../../src/index.ts';
import { served, type Served, type ServedOptions } from './served.ts';

const { workflow, ...rest } = await loadFilmSystem();
const system = { workflow, ...rest };

/** Every agent and action that the plan names, wherever it does. */
function named(value: unknown): readonly { readonly agentId: string; readonly action: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  const inside = Object.values(value).flatMap(named);
  if (!('agentId' in value) || !('action' in value)) return inside;
  return [{ agentId: String(value.agentId), action: String(value.action) }, ...inside];
}

/** Agents of the real workflow that never come to an end: what is looked at here is the door, not the film. */
function atWork(): unknown[] {
  const actions = new Map<string, Set<string>>();
  for (const { agentId, action } of named(workflow.plan)) actions.set(agentId, (actions.get(agentId) ?? new Set()).add(action));
  return [...actions].map(([id, names]) =>
    agent({
      id,
      actions: Object.fromEntries(
        [...names].map((name) => [
          name,
          { run: (_: unknown, { signal }: AgentContext) => new Promise((_resolve, reject) => signal.addEventListener('abort', reject)) },
        ]),
      ),
    }),
  );
}

async function films(t: TestContext, options: ServedOptions = {}): Promise<Served> {
  const mounted = { system, estimate: () => ({ cost: 0.25, notes: ['pictures are drawn here'], scenes: 12 }) };
  return served(t, { ...options, agents: atWork(), workflows: [workflow], parts: { systems: { films: mounted } } });
}

const order = {
  project_description: 'how to make paper airplanes',
  content_mode: 'kid',
  target_duration: 180,
  quality_mode: 'standard',
  priority: 'high',
};

suite('films over HTTP', () => {
  test('an order is accepted with its job, and the job can be looked at', async (t) => {
    const { ask, orchestrator } = await films(t);
    const accepted = await ask('POST', '/api/generate_video', { body: order });
    assert.equal(accepted.status, 202);
    const { job_id: job, ...told } = accepted.as<{ job_id: string; status_url: string }>();
    assert.deepEqual(told, {
      status: 'queued',
      project_id: 'default',
      estimated_cost: 0.25,
      status_url: `/api/status/${job}`,
      notes: ['pictures are drawn here'],
    });
    const { input } = await orchestrator.get(job);
    assert.partialDeepStrictEqual(input, { topic: order.project_description, mode: 'kid', duration: 180, assets: null, music: 'auto' });
    const [record] = await orchestrator.list({});
    assert.equal(record?.priority, 10);
    const status = await ask('GET', told.status_url);
    assert.partialDeepStrictEqual(status.as(), { job_id: job, status: 'processing', stage: 'script', cost: 0 });
  });

  test('a sentence is enough', async (t) => {
    const { ask, orchestrator } = await films(t);
    const { job_id: job } = (await ask('POST', '/trigger', { body: { project: 'paper airplane tutorial' } })).as<{ job_id: string }>();
    assert.partialDeepStrictEqual((await orchestrator.get(job)).input, { topic: 'paper airplane tutorial', duration: 60 });
  });

  test('the same key of the caller is the same film', async (t) => {
    const { ask } = await films(t);
    const body = { ...order, idempotency_key: 'once' };
    const [one, other] = [await ask('POST', '/api/generate_video', { body }), await ask('POST', '/api/generate_video', { body })];
    assert.equal(one.as<{ job_id: string }>().job_id, other.as<{ job_id: string }>().job_id);
  });

  for (const [what, change] of Object.entries({
    'a film of an hour': { target_duration: 3600 },
    'nothing to be about': { project_description: '  ' },
    'another audience': { content_mode: 'dog' },
    'a folder of the server': { assets: '/etc' },
    'music of the server': { music: '/etc/passwd' },
  }))
    test(`${what} is refused at the door`, async (t) => {
      const { ask, orchestrator } = await films(t);
      const { status, as } = await ask('POST', '/api/generate_video', { body: { ...order, ...change } });
      assert.deepEqual([status, as().code], [400, 'REQUEST_INVALID']);
      assert.deepEqual(await orchestrator.list(), []);
    });

  test('a film of another project is not there, nor is a run that is no film', async (t) => {
    const { ask, key } = await films(t);
    const { job_id: job } = (await ask('POST', '/api/generate_video', { body: { ...order, project_id: 'a' } })).as<{ job_id: string }>();
    const foreign = await ask('GET', `/api/status/${job}`, { key: await key(['read'], ['b']) });
    const nowhere = await ask('GET', '/api/status/nothing', { key: await key(['read'], ['b']) });
    assert.deepEqual([foreign.status, nowhere.status], [404, 404]);
  });

  test('where no films are made, it is said', async (t) => {
    const { ask } = await served(t);
    const { status, as } = await ask('POST', '/api/generate_video', { body: order });
    assert.deepEqual([status, as().code], [404, 'NOT_MOUNTED']);
  });

  test('an order that names a blob which its key may not read is refused', async (t) => {
    const { ask, key } = await films(t);
    const brought = await ask('POST', '/api/v1/blobs', { body: 'theirs', headers: { 'content-type': 'text/plain' } });
    const { blob } = brought.as<{ readonly blob: string }>();
    const text = await key(['run'], ['mine']);
    for (const [url, body] of [
      ['/api/generate_video', { project_description: `see ${blob}` }],
      ['/trigger', { project: blob }],
    ] as const)
      assert.deepEqual([url, (await ask('POST', url, { key: text, body })).as().code], [url, 'BLOB_MISSING']);
  });
});

suite('learners over HTTP', () => {
  const asked = { action: 'start_session', learnerId: 'learner_123', data: { subject: 'mathematics' } };

  test('what a learner asks is handed to the system, with the project of the key', async (t) => {
    const heard: unknown[] = [];
    const learning = {
      handle: async (...words: readonly [unknown, { readonly project: string }]) => {
        heard.push(words[0], words[1].project);
        return { status: 'ready' };
      },
    };
    const { ask, key } = await served(t, { parts: { systems: { learning } } });
    const answer = await ask('POST', '/api/agents', { body: asked, key: await key(['run'], ['school']) });
    assert.deepEqual([answer.status, answer.as<unknown>()], [200, { status: 'ready' }]);
    assert.deepEqual(heard, [asked, 'school']);
  });

  test('without one it is said', async (t) => {
    const { ask } = await served(t);
    const { status, as } = await ask('POST', '/api/agents', { body: asked });
    assert.deepEqual([status, as().code], [404, 'NOT_MOUNTED']);
  });
});
