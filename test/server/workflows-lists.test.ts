/** Lists over workflows, many at once, and what belongs to whom. */
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { suite, test } from 'node:test';
import { parsePlan } from '../../src/core/plan/read.ts';
import { planWorkflow } from '../../src/core/plan/workflow.ts';
import { agent } from '../../src/engine/agent.ts';
import { signPlan } from '../../src/server/plans/signed.ts';
import { served, type Answered, type Served } from './served.ts';

const echo = agent({ id: 'echo', description: 'says it again', run: (value: unknown) => value });
const failing = agent({
  id: 'failing',
  run: () => {
    throw new Error('of another project');
  },
});
const single = { id: 'one', steps: [{ id: 's', agentId: 'echo', input: { $from: 'input' } }] };
const asking = { id: 'asking', steps: [{ id: 'q', kind: 'ask', question: 'Which?', choices: ['a', 'b'] }] };

interface Page {
  readonly workflows: readonly {
    readonly workflow_id: string;
    readonly project_id: string;
    readonly workflow: string;
    readonly status: string;
  }[];
  readonly cursor?: string;
}

async function start({ ask }: Pick<Served, 'ask'>, body: object): Promise<string> {
  const answer = await ask('POST', '/api/v1/workflows', { body });
  assert.equal(answer.status, 202, answer.text);
  return answer.as<{ workflow_id: string }>().workflow_id;
}

const refused = (answer: Answered): readonly [number, string] => [answer.status, answer.as().code];

async function walk({ ask }: Pick<Served, 'ask'>, url: string, limit: number, key?: string): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let cursor = ''; ;) {
    const answer = await ask('GET', `${url}${url.includes('?') ? '&' : '?'}limit=${limit}${cursor}`, key === undefined ? {} : { key });
    assert.equal(answer.status, 200, answer.text);
    const page = answer.as<Page>();
    assert.ok(page.workflows.length <= limit);
    ids.push(...page.workflows.map(({ workflow_id }) => workflow_id));
    if (page.cursor === undefined) return ids;
    cursor = `&cursor=${page.cursor}`;
  }
}

suite('lists of workflows', () => {
  test('go through all of a key’s projects by time, a page at a time, and through no others', async (t) => {
    const there = await served(t, { agents: [echo] });
    const ids: string[] = [];
    for (let i = 0; i < 12; i++) ids.push(await start(there, { plan: single, project_id: ['red', 'green', 'blue'][i % 3], input: i }));
    const newest = ids.toReversed();
    const two = await there.key(['read'], ['red', 'blue']);
    const own = newest.filter((id) => ids.indexOf(id) % 3 !== 1);
    for (const limit of [1, 5, 50]) {
      assert.deepEqual(await walk(there, '/api/v1/workflows', limit), newest);
      assert.deepEqual(await walk(there, '/api/v1/workflows', limit, two), own);
    }
    assert.deepEqual(await walk(there, '/api/v1/workflows?project_id=green', 5, two), []);
    assert.deepEqual(
      await walk(there, '/api/v1/workflows?project_id=red', 5, two),
      own.filter((id) => ids.indexOf(id) % 3 === 0),
    );
    assert.deepEqual(
      await walk(there, '/api/v1/projects/blue/workflows', 5, two),
      own.filter((id) => ids.indexOf(id) % 3 === 2),
    );
    assert.deepEqual(refused(await there.ask('GET', '/api/v1/projects/green/workflows', { key: two })), [403, 'ACCESS_DENIED']);
  });

  test('are of one status, workflow or time; what cannot be read is refused', async (t) => {
    const there = await served(t, { agents: [echo] });
    const done = await start(there, { plan: single });
    const open = await start(there, { plan: asking });
    await there.orchestrator.idle();
    assert.deepEqual(await walk(there, '/api/v1/workflows?status=succeeded', 5), [done]);
    assert.deepEqual(await walk(there, '/api/v1/workflows?status=waiting,failed', 5), [open]);
    assert.deepEqual(await walk(there, '/api/v1/workflows?workflow=asking', 5), [open]);
    assert.deepEqual(await walk(there, '/api/v1/workflows?from=2020-01-01', 5), [open, done]);
    assert.deepEqual(await walk(there, '/api/v1/workflows?from=2999-01-01T00:00:00Z', 5), []);
    for (const query of ['status=sleeping', 'from=yesterday', 'limit=0', 'limit=1000000', 'cursor=AAAA', 'order=random', 'status=']) {
      assert.deepEqual(refused(await there.ask('GET', `/api/v1/workflows?${query}`)), [400, 'REQUEST_INVALID'], query);
    }
  });

  test('do not go on after a workflow of somebody else', async (t) => {
    const there = await served(t, { agents: [echo] });
    const foreign = await start(there, { plan: single, project_id: 'theirs' });
    const key = await there.key(['read'], ['mine']);
    const cursor = Buffer.from(foreign).toString('base64url');
    const unknown = Buffer.from('nobody').toString('base64url');
    const [told, alike] = await Promise.all(
      [cursor, unknown].map(async (one) => (await there.ask('GET', `/api/v1/workflows?cursor=${one}`, { key })).as()),
    );
    assert.deepEqual([told?.code, told?.detail], [alike?.code, alike?.detail]);
  });

  test('questions and dead letters are those of the key’s projects', async (t) => {
    const there = await served(t, { agents: [failing] });
    const fails = { id: 'fails', steps: [{ id: 'f', agentId: 'failing' }] };
    const mine = [await start(there, { plan: asking, project_id: 'mine' }), await start(there, { plan: fails, project_id: 'mine' })];
    await start(there, { plan: asking, project_id: 'theirs' });
    const theirs = await start(there, { plan: fails, project_id: 'theirs' });
    await there.orchestrator.idle();
    const key = await there.key(['run'], ['mine']);
    interface Lists {
      readonly questions?: readonly { readonly workflow_id: string }[];
      readonly dead_letters?: readonly { readonly workflow_id: string }[];
    }
    const idsAt = async (url: string, field: keyof Lists): Promise<readonly string[]> => {
      const lists = (await there.ask('GET', url, { key })).as<Lists>();
      return (lists[field] ?? []).map(({ workflow_id }) => workflow_id);
    };
    assert.deepEqual(await idsAt('/api/v1/questions', 'questions'), [mine[0]]);
    assert.deepEqual(await idsAt('/api/v1/questions?project_id=theirs', 'questions'), []);
    assert.deepEqual(await idsAt('/api/v1/dead-letters', 'dead_letters'), [mine[1]]);
    assert.deepEqual(await idsAt('/api/v1/dead-letters?project_id=theirs', 'dead_letters'), []);
    const some = await there.ask('POST', '/api/v1/dead-letters/retry', {
      key,
      body: { workflow_ids: [mine[1], mine[0], theirs, 'nobody'] },
    });
    const { retried, refused: not } = some.as<{
      retried: readonly string[];
      refused: readonly { workflow_id: string; problem: { code: string; status: number; detail: string } }[];
    }>();
    assert.deepEqual(retried, [mine[1]]);
    assert.deepEqual(
      not.map(({ workflow_id: id, problem: { code, status } }) => [id, code, status]),
      [
        [mine[0], 'RUN_NOT_FAILED', 409],
        [theirs, 'RUN_UNKNOWN', 404],
        ['nobody', 'RUN_UNKNOWN', 404],
      ],
    );
    await there.orchestrator.idle();
    const all = await there.ask('POST', '/api/v1/dead-letters/retry', { key, body: {} });
    assert.deepEqual(all.as<{ retried: readonly string[] }>().retried, [mine[1]]);
  });
});

suite('many at once', () => {
  test('each is accepted or refused by itself, in its place', async (t) => {
    const there = await served(t, { agents: [echo] });
    const key = await there.key(['run'], ['mine']);
    const runs = [
      { plan: single, input: 1 },
      { plan: { id: 'p', steps: [{ id: 's', agentId: 'nobody' }] } },
      { workflow: 'nothing' },
      { plan: single, project_id: 'theirs' },
      { plan: single, input: 2, idempotency_key: 'k' },
      { plan: single, input: 2, idempotency_key: 'k' },
      {},
    ];
    const answer = await there.ask('POST', '/api/v1/workflows/batch', { key, body: { runs, project_id: 'mine' } });
    assert.equal(answer.status, 202, answer.text);
    interface Outcome {
      readonly index: number;
      readonly accepted: boolean;
      readonly run?: { readonly workflow_id: string; readonly project_id: string };
      readonly problem?: { readonly code: string };
    }
    const outcome = answer.as<{ accepted: number; refused: number; runs: readonly Outcome[] }>();
    assert.deepEqual(
      outcome.runs.map(({ index, problem }) => [index, problem?.code]),
      [
        [0, undefined],
        [1, 'AGENT_UNKNOWN'],
        [2, 'WORKFLOW_UNKNOWN'],
        [3, 'ACCESS_DENIED'],
        [4, undefined],
        [5, undefined],
        [6, 'REQUEST_INVALID'],
      ],
    );
    assert.deepEqual([outcome.accepted, outcome.refused], [3, 4]);
    assert.equal(outcome.runs[4]?.run?.workflow_id, outcome.runs[5]?.run?.workflow_id);
    await there.orchestrator.idle();
    assert.equal((await there.orchestrator.list({ project: 'mine', status: ['succeeded'] })).length, 2);
  });

  test('a thousand are taken, and one more is not', async (t) => {
    const there = await served(t, { agents: [echo] });
    const batch = (count: number): Promise<Answered> =>
      there.ask('POST', '/api/v1/workflows/batch', {
        body: { runs: Array.from({ length: count }, (_, input) => ({ plan: single, input })) },
      });
    assert.equal((await batch(1000)).as<{ accepted: number }>().accepted, 1000);
    assert.deepEqual(refused(await batch(1001)), [400, 'REQUEST_INVALID']);
    assert.deepEqual(refused(await batch(0)), [400, 'REQUEST_INVALID']);
    await there.orchestrator.idle();
    assert.equal((await there.orchestrator.list({ status: ['succeeded'] })).length, 1000);
  });
});

suite('what belongs to whom', () => {
  test('a foreign workflow is answered as one that is not there, whatever is asked of it', async (t) => {
    const there = await served(t, { agents: [echo] });
    const id = await start(there, { plan: asking, project_id: 'theirs' });
    const key = await there.key(['run', 'approve'], ['mine']);
    const asks = [
      ['GET', '', undefined],
      ['GET', '/events', undefined],
      ['GET', '/questions', undefined],
      ['PUT', '/pause', undefined],
      ['PUT', '/resume', undefined],
      ['DELETE', '', undefined],
      ['POST', '/answer', { step: 'q', choice: 'a' }],
      ['POST', '/signal', { name: 'go' }],
      ['POST', '/retry', {}],
      ['POST', '/skip', { step: 'q' }],
      ['POST', '/fork', {}],
      ['POST', '/migrate', { plan: single }],
    ] as const;
    for (const [method, path, body] of asks) {
      const answers = await Promise.all(
        [id, 'nobody'].map(async (run) => {
          const answer = await there.ask(method, `/api/v1/workflows/${run}${path}`, { key, ...(body === undefined ? {} : { body }) });
          const { request_id: _own, ...problem } = answer.as();
          return [answer.status, JSON.stringify(problem).replaceAll(run, '…')];
        }),
      );
      assert.deepEqual(answers[0], answers[1], `${method} ${path}`);
      assert.equal(answers[0]?.[0], 404, `${method} ${path}`);
    }
    const [record] = await there.orchestrator.list();
    assert.equal(record?.status, 'waiting');
  });

  test('forks and called workflows stay in the project, and nothing is started in another', async (t) => {
    const there = await served(t, { agents: [echo] });
    const key = await there.key(['run'], ['mine']);
    const calls = { id: 'calls', steps: [{ id: 'c', kind: 'call', plan: { $literal: single } }] };
    const begun = await there.ask('POST', '/api/v1/workflows', { key, body: { plan: calls } });
    const { workflow_id: id, project_id: project } = begun.as<{ workflow_id: string; project_id: string }>();
    assert.equal(project, 'mine');
    await there.orchestrator.handle(id).result();
    const fork = await there.ask('POST', `/api/v1/workflows/${id}/fork`, { key });
    await there.orchestrator.handle(fork.as<{ workflow_id: string }>().workflow_id).result();
    const all = await there.orchestrator.list();
    assert.ok(all.length >= 3);
    assert.ok(all.every((run) => run.project === 'mine'));
    for (const [url, body] of [
      ['/api/v1/workflows', { plan: single, project_id: 'theirs' }],
      ['/api/v1/projects/theirs/workflows/one', {}],
    ] as const)
      assert.deepEqual(refused(await there.ask('POST', url, { key, body })), [403, 'ACCESS_DENIED']);
    const reader = await there.key(['read'], ['mine']);
    assert.deepEqual(refused(await there.ask('POST', '/api/v1/workflows', { key: reader, body: { plan: single } })), [
      403,
      'ACCESS_DENIED',
    ]);
  });

  test('a plan that was handed in for another project cannot be started, nor can a foreign blob be named', async (t) => {
    const there = await served(t, { agents: [echo] });
    const submitted = await there.ask('POST', '/api/v1/plans', { body: { plan: single, project_id: 'theirs' } });
    const key = await there.key(['run', 'approve'], ['mine']);
    const byId = { plan_id: submitted.as<{ plan_id: string }>().plan_id };
    assert.deepEqual(refused(await there.ask('POST', '/api/v1/workflows', { key, body: byId })), [404, 'PLAN_UNKNOWN']);
    const { id: blob } = await there.backend.blobs.put(new TextEncoder().encode('secret'), 'text/plain', 0);
    const mine = (await there.ask('POST', '/api/v1/workflows', { key, body: { plan: asking } })).as<{ workflow_id: string }>().workflow_id;
    for (const [path, body] of [
      ['', { plan: single, input: { picture: { blob } } }],
      ['', { plan: { ...single, steps: [{ id: 's', agentId: 'echo', input: { blob } }] } }],
      [`/${mine}/signal`, { name: 'go', data: { blob } }],
      [`/${mine}/skip`, { step: 'q', value: blob }],
      [`/${mine}/answer`, { step: 'q', value: { blob } }],
      [`/${mine}/fork`, { input: { blob } }],
      [`/${mine}/fork`, { outputs: { q: { blob } } }],
      [`/${mine}/migrate`, { plan: { ...asking, description: blob } }],
    ] as const)
      assert.deepEqual(refused(await there.ask('POST', `/api/v1/workflows${path}`, { key, body })), [404, 'BLOB_MISSING'], path);
  });

  test('where plans must be signed, no other plan is started, moved to, or slipped in', async (t) => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const there = await served(t, {
      agents: [echo],
      workflows: [planWorkflow(parsePlan({ ...asking, id: 'registered' }))],
      settings: { requireSigned: true, signers: new Map([['ada', publicKey]]) },
    });
    const signature = signPlan(parsePlan(single), 'ada', privateKey);
    const post = (body: object, path = ''): Promise<Answered> => there.ask('POST', `/api/v1/workflows${path}`, { body });
    assert.equal((await post({ plan: single, signature })).status, 202);
    assert.deepEqual(refused(await post({ plan: single })), [403, 'SIGNATURE_REQUIRED']);
    assert.deepEqual(refused(await post({ plan: { ...single, fallbackPlan: asking }, signature })), [401, 'SIGNATURE_INVALID']);
    const batch = await post({ runs: [{ plan: single }, { plan: single, signature }] }, '/batch');
    assert.deepEqual(
      batch.as<{ runs: readonly { accepted: boolean }[] }>().runs.map(({ accepted }) => accepted),
      [false, true],
    );
    const run = (await post({ workflow: 'registered' })).as<{ workflow_id: string }>().workflow_id;
    assert.deepEqual(refused(await post({ plan: asking }, `/${run}/migrate`)), [403, 'SIGNATURE_REQUIRED']);
  });
});

suite('agents and workflow types', () => {
  test('agents are told with what they can do; what they did for others only to who may see all', async (t) => {
    const there = await served(t, { agents: [echo, failing, agent({ id: 'drawer', capabilities: ['draw'], run: () => null })] });
    await start(there, { plan: { id: 'p', steps: [{ id: 's', agentId: 'failing' }] }, project_id: 'theirs' });
    await there.orchestrator.idle();
    interface Agent {
      readonly id: string;
      readonly status: string;
      readonly failed?: number;
      readonly last_error?: string;
    }
    const list = async (query = '', key?: string): Promise<readonly Agent[]> =>
      (await there.ask('GET', `/api/v1/agents${query}`, key === undefined ? {} : { key })).as<{ agents: readonly Agent[] }>().agents;
    assert.deepEqual(
      (await list()).map(({ id }) => id),
      ['drawer', 'echo', 'failing'],
    );
    assert.deepEqual(
      (await list('?capability=draw')).map(({ id }) => id),
      ['drawer'],
    );
    const whole = (await list()).find(({ id }) => id === 'failing');
    assert.deepEqual([whole?.status, whole?.failed, whole?.last_error], ['degraded', 1, 'of another project']);
    const bound = await there.key(['run'], ['mine']);
    assert.ok(!JSON.stringify(await list('', bound)).includes('another project'));
    const status = await there.ask('GET', '/api/v1/agents/failing/status', { key: bound });
    assert.deepEqual([status.status, Object.keys(status.as<Agent>()).includes('failed')], [200, false]);
    assert.deepEqual(refused(await there.ask('GET', '/api/v1/agents/nobody/status')), [404, 'AGENT_ABSENT']);
    assert.deepEqual(refused(await there.ask('POST', '/api/v1/agents/failing/reset', { key: bound })), [403, 'ACCESS_DENIED']);
    const reset = await there.ask('POST', '/api/v1/agents/failing/reset');
    assert.deepEqual([reset.status, reset.as<Agent>().status], [200, 'idle']);
  });

  test('what can be started by name is told with the schema of its input', async (t) => {
    const input = { type: 'object', properties: { topic: { type: 'string' } }, required: ['topic'] };
    const there = await served(t, { agents: [echo], workflows: [planWorkflow(parsePlan({ ...single, input, description: 'says it' }))] });
    const [type] = (await there.ask('GET', '/api/v1/workflow-types')).as<{ workflow_types: readonly object[] }>().workflow_types;
    assert.deepEqual(
      { ...type, plan_id: '…' },
      {
        workflow: 'one',
        description: 'says it',
        plan_id: '…',
        steps: [{ id: 's', kind: 'step', dependencies: [] }],
        input,
      },
    );
    const begun = await there.ask('POST', '/api/v1/projects/p/workflows/one', { body: { input: { topic: 'x' } } });
    assert.deepEqual([begun.status, begun.as<{ project_id: string }>().project_id], [202, 'p']);
    assert.deepEqual(refused(await there.ask('POST', '/api/v1/projects/p/workflows/one', { body: { input: {} } })), [422, 'INPUT_INVALID']);
    assert.deepEqual(refused(await there.ask('POST', '/api/v1/projects/p/workflows/two', { body: {} })), [404, 'WORKFLOW_UNKNOWN']);
  });
});
