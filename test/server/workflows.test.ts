/** Seed 001's workflows over HTTP: started, looked at, steered. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { memoryData, openMemory } from '../../src/backends/memory/index.ts';
import { ContinuoError } from '../../src/core/errors.ts';
import { parsePlan } from '../../src/core/plan/read.ts';
import { planWorkflow } from '../../src/core/plan/workflow.ts';
import { agent } from '../../src/engine/agent.ts';
import type { Backend } from '../../src/ports/backend.ts';
import { served, type Answered, type Served } from './served.ts';

interface State {
  readonly workflow_id: string;
  readonly project_id: string;
  readonly workflow: string;
  readonly status: string;
  readonly current_step: string | null;
  readonly completed_steps: readonly string[];
  readonly failed_steps: readonly string[];
  readonly pending_tasks: readonly { readonly agent: string; readonly step: string; readonly item?: number; readonly data?: unknown }[];
  readonly results: Readonly<Record<string, unknown>>;
  readonly user_decisions: readonly { readonly step: string; readonly choice?: string; readonly by: string; readonly note?: string }[];
  readonly error_history: readonly { readonly step?: string; readonly attempt?: number; readonly error: { readonly message: string } }[];
  readonly questions: readonly { readonly step: string; readonly question: string; readonly choices?: readonly string[] }[];
  readonly created_at: string;
  readonly updated_at: string;
  readonly output?: unknown;
  readonly cost: { readonly limit?: number; readonly spent: number };
  readonly forked_from?: { readonly workflow_id: string };
}

const echo = agent({ id: 'echo', run: (value: unknown) => value });
const single = { id: 'one', steps: [{ id: 's', agentId: 'echo', input: { $from: 'input' } }] };
const asking = {
  id: 'asking',
  steps: [
    { id: 'draft', agentId: 'echo', input: { text: 'hello' } },
    { id: 'publish', kind: 'ask', question: 'Publish it?', choices: ['yes', 'no'], dependencies: ['draft'] },
  ],
};
const waiting = { id: 'waiting', steps: [{ id: 'w', kind: 'wait', for: { signal: 'go' } }] };

/** An agent that is done when the test says so. */
function slow(): { readonly worker: unknown; readonly begun: Promise<void>; finish(this: void): void } {
  const begun = Promise.withResolvers<void>();
  const done = Promise.withResolvers<void>();
  const run = async (value: unknown): Promise<unknown> => {
    begun.resolve();
    await done.promise;
    return value;
  };
  return { worker: agent({ id: 'slow', run }), begun: begun.promise, finish: () => done.resolve() };
}

async function started({ ask }: Pick<Served, 'ask'>, plan: object, more: object = {}): Promise<string> {
  const answer = await ask('POST', '/api/v1/workflows', { body: { plan, ...more } });
  assert.equal(answer.status, 202, answer.text);
  return answer.as<State>().workflow_id;
}

async function stateOf({ ask }: Pick<Served, 'ask'>, id: string): Promise<State> {
  const answer = await ask('GET', `/api/v1/workflows/${id}`);
  assert.equal(answer.status, 200, answer.text);
  return answer.as<State>();
}

const tagOf = ({ headers: { etag } }: Answered): string => (typeof etag === 'string' ? etag : assert.fail('no tag'));

const refused = (answer: Answered): readonly [number, string] => [answer.status, answer.as().code];

suite('starting a workflow', () => {
  test('is answered before it has run, with where to look for it', async (t) => {
    const { begun, finish, worker } = slow();
    const there = await served(t, { agents: [worker] });
    const plan = { id: 'p', steps: [{ id: 's', agentId: 'slow', input: { scene: 1 } }] };
    const answer = await there.ask('POST', '/api/v1/workflows', { body: { plan, project_id: 'project_123', input: { topic: 'x' } } });
    const { workflow_id: id, ...rest } = answer.as<State & { links: { self: string } }>();
    assert.equal(answer.status, 202);
    assert.deepEqual([rest.status, rest.project_id, rest.workflow], ['running', 'project_123', 'p']);
    assert.equal(answer.headers['location'], rest.links.self);
    await begun;
    const state = await stateOf(there, id);
    assert.equal(state.current_step, 's');
    assert.deepEqual(state.pending_tasks, [{ agent: 'slow', step: 's', attempt: 1, data: { scene: 1 } }]);
    assert.deepEqual([state.completed_steps, state.results], [[], {}]);
    finish();
    await there.orchestrator.handle(id).result();
    const ended = await stateOf(there, id);
    assert.deepEqual([ended.status, ended.current_step, ended.completed_steps], ['succeeded', null, ['s']]);
    assert.deepEqual([ended.results, ended.output, ended.pending_tasks], [{ s: { scene: 1 } }, { s: { scene: 1 } }, []]);
    assert.ok(ended.created_at <= ended.updated_at);
  });

  test('takes a registered name, a plan, or a plan that was handed in, and exactly one of them', async (t) => {
    const registered = planWorkflow(parsePlan({ ...single, id: 'registered' }));
    const { ask } = await served(t, { agents: [echo], workflows: [registered] });
    assert.equal((await ask('POST', '/api/v1/workflows', { body: { workflow: 'registered' } })).status, 202);
    const handedIn = (await ask('POST', '/api/v1/plans', { body: { plan: single } })).as<{ plan_id: string }>();
    assert.equal((await ask('POST', '/api/v1/workflows', { body: { plan_id: handedIn.plan_id, input: 1 } })).status, 202);
    assert.deepEqual(refused(await ask('POST', '/api/v1/workflows', { body: {} })), [400, 'REQUEST_INVALID']);
    const both = await ask('POST', '/api/v1/workflows', { body: { workflow: 'registered', plan: single } });
    assert.deepEqual(refused(both), [400, 'REQUEST_INVALID']);
    assert.deepEqual(refused(await ask('POST', '/api/v1/workflows', { body: { workflow: 'registred' } })), [404, 'WORKFLOW_UNKNOWN']);
    assert.deepEqual(refused(await ask('POST', '/api/v1/workflows', { body: { plan_id: 'a'.repeat(64) } })), [404, 'PLAN_UNKNOWN']);
  });

  test('refuses what could not run, and what nobody asked for', async (t) => {
    const { ask, orchestrator } = await served(t, { agents: [echo] });
    const post = (body: unknown): Promise<Answered> => ask('POST', '/api/v1/workflows', { body });
    const schema = { type: 'object', properties: { n: { type: 'number' } }, required: ['n'] };
    assert.deepEqual(refused(await post({ plan: { ...single, input: schema }, input: { n: 'x' } })), [422, 'INPUT_INVALID']);
    assert.deepEqual(refused(await post({ plan: { id: 'p', steps: [{ id: 's', agentId: 'nobody' }] } })), [422, 'AGENT_UNKNOWN']);
    assert.deepEqual(refused(await post({ plan: { id: 'p', steps: [{ id: 's', agentId: 'echo', dependencies: ['t'] }] } })), [
      422,
      'PLAN_INVALID',
    ]);
    assert.deepEqual(refused(await post({ plan: single, surprise: true })), [400, 'REQUEST_INVALID']);
    assert.deepEqual(refused(await post({ plan: single, budget: -1 })), [400, 'REQUEST_INVALID']);
    assert.deepEqual(refused(await post({ plan: single, project_id: 'a\u0000b' })), [400, 'REQUEST_INVALID']);
    assert.deepEqual(await orchestrator.list(), []);
  });

  test('happens once for each key of the caller’s own, and is refused where it is another', async (t) => {
    const there = await served(t, { agents: [echo] });
    const post = (more: object): Promise<Answered> =>
      there.ask('POST', '/api/v1/workflows', { body: { plan: single, input: 1, idempotency_key: 'k', ...more } });
    const first = (await post({})).as<State>().workflow_id;
    assert.equal((await post({})).as<State>().workflow_id, first);
    assert.notEqual((await post({ project_id: 'other' })).as<State>().workflow_id, first);
    assert.deepEqual(refused(await post({ input: 2 })), [409, 'RUN_EXISTS']);
  });

  test('is held to the budget that it is given, and its trace is the caller’s', async (t) => {
    const there = await served(t, { agents: [echo] });
    const id = await started(there, { ...single, budget: { limit: 3, onLimit: 'stop' } }, { budget: 0.25 });
    assert.equal((await stateOf(there, id)).cost.limit, 0.25);
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const traced = await there.ask('POST', '/api/v1/workflows', { body: { plan: single }, headers: { traceparent } });
    const events = await there.ask('GET', `/api/v1/workflows/${traced.as<State>().workflow_id}/events`);
    const [first] = events.as<{ events: readonly { data: { trace?: string; by?: string } }[] }>().events;
    assert.match(first?.data.trace ?? '', /0af7651916cd43dd8448eb211c80319c/);
    assert.equal(first?.data.by, 'admin');
  });
});

suite('how a workflow stands', () => {
  test('is told in full, or in the fields that are asked for', async (t) => {
    const there = await served(t, { agents: [echo] });
    const id = await started(there, single, { input: 7 });
    await there.orchestrator.handle(id).result();
    const some = await there.ask('GET', `/api/v1/workflows/${id}?fields=status,output,cost`);
    assert.deepEqual(some.as<State>(), {
      workflow_id: id,
      project_id: 'default',
      workflow: 'one',
      status: 'succeeded',
      output: { s: 7 },
      cost: { spent: 0, reserved: 0 },
    });
    assert.deepEqual(refused(await there.ask('GET', `/api/v1/workflows/${id}?fields=secrets`)), [400, 'REQUEST_INVALID']);
    assert.deepEqual(refused(await there.ask('GET', `/api/v1/workflows/${id}?field=output`)), [400, 'REQUEST_INVALID']);
  });

  test('has a tag that changes when it does, and only then', async (t) => {
    const there = await served(t, { agents: [echo] });
    const id = await started(there, waiting);
    const look = (tag = '', query = ''): Promise<Answered> =>
      there.ask('GET', `/api/v1/workflows/${id}${query}`, { headers: { 'if-none-match': tag } });
    const etag = tagOf(await look());
    const same = await look(etag);
    assert.deepEqual([same.status, same.text, tagOf(same)], [304, '', etag]);
    assert.equal((await look(etag, '?fields=status')).status, 200);
    await there.ask('PUT', `/api/v1/workflows/${id}/pause`);
    const changed = await look(etag);
    assert.deepEqual([changed.status, changed.as<State>().status], [200, 'paused']);
    assert.notEqual(tagOf(changed), etag);
  });

  test('is the same from memory as from the store', async (t) => {
    const data = memoryData();
    const first = await served(t, { agents: [echo], backend: openMemory({ data }) });
    const id = await started(first, asking, { input: { deep: [1, { two: null }] } });
    await first.orchestrator.idle();
    const before = (await first.ask('GET', `/api/v1/workflows/${id}`)).text;
    await first.app.close();
    await first.orchestrator.close();
    const second = await served(t, { backend: openMemory({ data }) });
    for (const look of ['first', 'again']) assert.equal((await second.ask('GET', `/api/v1/workflows/${id}`)).text, before, look);
  });

  test('is told while the store is away: whole where it is worked here, else what was told of it last', async (t) => {
    const memory = openMemory();
    let away = false;
    const { runs } = memory;
    const backend: Backend = {
      ...memory,
      runs: {
        get: async (id) => {
          if (away) throw new ContinuoError('STORE_FAILED', 'the store is away', undefined, true);
          return runs.get(id);
        },
        byKey: (project, key) => runs.byKey(project, key),
        list: (query) => runs.list(query),
        due: (now, limit) => runs.due(now, limit),
        nextWake: () => runs.nextWake(),
        tally: () => runs.tally(),
      },
      live: {
        tell: () => undefined,
        flushed: async () => undefined,
        follow: async () => () => undefined,
        status: async (id) => (id === 'elsewhere' ? { status: 'running', at: 1000 } : undefined),
      },
    };
    const there = await served(t, { agents: [echo], backend });
    const id = await started(there, waiting, { project_id: 'p' });
    const bound = await there.key(['read'], ['p']);
    away = true;
    assert.equal((await there.ask('GET', `/api/v1/workflows/${id}`, { key: bound })).as<State>().current_step, 'w');
    const last = await there.ask('GET', '/api/v1/workflows/elsewhere');
    assert.deepEqual(
      [last.status, last.as<object>()],
      [200, { workflow_id: 'elsewhere', status: 'running', as_of: '1970-01-01T00:00:01.000Z' }],
    );
    assert.deepEqual(refused(await there.ask('GET', '/api/v1/workflows/elsewhere', { key: bound })), [503, 'STORE_FAILED']);
    assert.deepEqual(refused(await there.ask('GET', '/api/v1/workflows/nobody')), [503, 'STORE_FAILED']);
    away = false;
    assert.deepEqual(refused(await there.ask('GET', '/api/v1/workflows/elsewhere')), [404, 'RUN_UNKNOWN']);
  });

  test('has each failed attempt, and what is tried again follows on it', async (t) => {
    let broken = true;
    const flaky = agent({
      id: 'flaky',
      run: async () => {
        if (broken) throw new Error('the pipe is dry');
        return 'water';
      },
    });
    const there = await served(t, { agents: [flaky] });
    const id = await started(there, { id: 'p', steps: [{ id: 's', agentId: 'flaky', retry: { max: 1, delay: 0 } }] });
    await there.orchestrator.handle(id).result();
    const failed = await stateOf(there, id);
    assert.deepEqual([failed.status, failed.failed_steps], ['failed', ['s']]);
    assert.deepEqual(
      failed.error_history.map(({ step, attempt, error }) => [step, attempt, error.message]),
      [
        ['s', 1, 'the pipe is dry'],
        ['s', 2, 'the pipe is dry'],
      ],
    );
    const letters = await there.ask('GET', '/api/v1/dead-letters');
    assert.deepEqual(
      letters
        .as<{ dead_letters: readonly { workflow_id: string; step: string; attempts: number; fatal: boolean }[] }>()
        .dead_letters.map(({ workflow_id, step, attempts, fatal }) => [workflow_id, step, attempts, fatal]),
      [[id, 's', 2, true]],
    );
    broken = false;
    assert.equal((await there.ask('POST', `/api/v1/workflows/${id}/retry`)).status, 200);
    assert.equal((await there.orchestrator.handle(id).result()).status, 'succeeded');
    assert.equal((await stateOf(there, id)).error_history.length, 2);
  });

  test('names what is too large to be told', async (t) => {
    const big = agent({ id: 'big', run: () => 'x'.repeat(200_000) });
    const there = await served(t, { agents: [big] });
    const id = await started(there, {
      id: 'p',
      steps: [{ id: 's', agentId: 'big' }, ...Array.from({ length: 100 }, (_, i) => ({ id: `t${i}`, agentId: 'big' }))],
    });
    await there.orchestrator.handle(id).result();
    const { results } = await stateOf(there, id);
    const kinds = Object.values(results).map((one) => typeof one);
    assert.equal(kinds.length, 101);
    assert.ok(kinds.includes('string') && kinds.includes('object'), 'some are opened and some are named');
    const { text } = await there.ask('GET', `/api/v1/workflows/${id}/events?limit=1000`);
    assert.ok(text.length < 200_000);
  });
});

suite('steering a workflow', () => {
  test('pauses and resumes; what does not fit how it stands is refused with how it stands', async (t) => {
    const there = await served(t, { agents: [echo] });
    const id = await started(there, waiting);
    const put = (what: string): Promise<Answered> => there.ask('PUT', `/api/v1/workflows/${id}/${what}`);
    for (const [what, status] of [
      ['pause', 'paused'],
      ['pause', 'paused'],
      ['resume', 'waiting'],
      ['resume', 'waiting'],
    ] as const)
      assert.deepEqual([(await put(what)).as<State>().status, (await stateOf(there, id)).status], [status, status]);
    const cancelled = await there.ask('DELETE', `/api/v1/workflows/${id}?reason=enough`);
    assert.deepEqual([cancelled.status, cancelled.as<State>().status], [200, 'cancelled']);
    for (const answer of [await put('pause'), await put('resume'), await there.ask('DELETE', `/api/v1/workflows/${id}`)]) {
      assert.deepEqual(refused(answer), [409, 'RUN_ENDED']);
      assert.deepEqual(answer.as().details, { status: 'cancelled', phase: 'cancelled', current_step: null });
    }
    const events = await there.ask('GET', `/api/v1/workflows/${id}/events`);
    assert.match(events.text, /"reason":"enough"/);
  });

  test('answers a question, by the key and with a note; a wrong one is refused', async (t) => {
    const there = await served(t, { agents: [echo] });
    const id = await started(there, asking);
    await there.orchestrator.idle();
    const { questions, current_step: step } = await stateOf(there, id);
    assert.deepEqual(
      [step, questions.map((one) => [one.step, one.question, one.choices])],
      ['publish', [['publish', 'Publish it?', ['yes', 'no']]]],
    );
    const approver = await there.key(['approve'], ['default']);
    const answer = (body: object, key = approver): Promise<Answered> => there.ask('POST', `/api/v1/workflows/${id}/answer`, { body, key });
    assert.deepEqual(refused(await answer({ step: 'publish', choice: 'maybe' })), [422, 'ANSWER_INVALID']);
    assert.deepEqual(refused(await answer({ step: 'draft', choice: 'yes' })), [409, 'STEP_NOT_ASKING']);
    assert.deepEqual(refused(await answer({ step: 'nothing', choice: 'yes' })), [404, 'STEP_UNKNOWN']);
    assert.deepEqual(refused(await answer({ step: 'publish', choice: 'yes' }, await there.key(['run'], ['default']))), [
      403,
      'ACCESS_DENIED',
    ]);
    assert.equal((await answer({ step: 'publish', choice: 'yes', note: 'fine' })).status, 200);
    await there.orchestrator.handle(id).result();
    const [decision] = (await stateOf(there, id)).user_decisions;
    assert.deepEqual([decision?.step, decision?.choice, decision?.note], ['publish', 'yes', 'fine']);
    assert.match(decision?.by ?? '', /^key:[\da-f]{12}$/);
  });

  test('sends a signal, skips a step with a value, and forks with other results', async (t) => {
    const { worker } = slow();
    const there = await served(t, { agents: [echo, worker] });
    const plan = {
      id: 'p',
      steps: [
        { id: 'w', kind: 'wait', for: { signal: 'go' } },
        { id: 's', agentId: 'slow', dependencies: ['w'] },
        { id: 'e', agentId: 'echo', input: { $from: 'steps.s.output' }, dependencies: ['s'] },
      ],
    };
    const id = await started(there, plan);
    assert.equal((await there.ask('POST', `/api/v1/workflows/${id}/signal`, { body: { name: 'go', data: { at: 'noon' } } })).status, 200);
    assert.equal((await stateOf(there, id)).current_step, 's');
    assert.equal((await there.ask('POST', `/api/v1/workflows/${id}/skip`, { body: { step: 's', value: 'by hand' } })).status, 200);
    await there.orchestrator.handle(id).result();
    assert.deepEqual((await stateOf(there, id)).results, { w: { at: 'noon' }, s: 'by hand', e: 'by hand' });
    assert.deepEqual(refused(await there.ask('POST', `/api/v1/workflows/${id}/skip`, { body: { step: 's' } })), [409, 'RUN_ENDED']);
    const fork = await there.ask('POST', `/api/v1/workflows/${id}/fork`, { body: { from: 'e', outputs: { s: 'otherwise' } } });
    assert.equal(fork.status, 202);
    const forked = fork.as<State>().workflow_id;
    await there.orchestrator.handle(forked).result();
    const state = await stateOf(there, forked);
    assert.deepEqual([state.results['e'], state.forked_from?.workflow_id], ['otherwise', id]);
    assert.deepEqual(refused(await there.ask('POST', `/api/v1/workflows/${id}/fork`, { body: { from: 'x' } })), [404, 'STEP_UNKNOWN']);
  });

  test('moves to another version of its plan, and its events keep the names of their time', async (t) => {
    const there = await served(t, { agents: [echo] });
    const plan = (version: string, steps: readonly object[]): object => ({ id: 'p', version, steps });
    const wait = { id: 'w', kind: 'wait', for: { signal: 'go' } };
    const id = await started(there, plan('1', [{ id: 'a', agentId: 'echo' }, wait]));
    await there.orchestrator.idle();
    const migrate = (to: object): Promise<Answered> => there.ask('POST', `/api/v1/workflows/${id}/migrate`, { body: to });
    assert.deepEqual(refused(await migrate({ plan: plan('2', [{ ...wait }]) })), [409, 'MIGRATION_REFUSED']);
    const moved = await migrate({ plan: plan('2', [{ id: 'z', agentId: 'echo' }, wait, { id: 'a', agentId: 'echo' }]) });
    assert.equal(moved.status, 200, moved.text);
    await there.ask('POST', `/api/v1/workflows/${id}/signal`, { body: { name: 'go' } });
    await there.orchestrator.handle(id).result();
    const events = await there.ask('GET', `/api/v1/workflows/${id}/events`);
    const told = events.as<{ events: readonly { type: string; step?: string }[] }>().events;
    assert.deepEqual(
      told.filter(({ type }) => type === 'task.started').map(({ step }) => step),
      ['a', 'z'],
    );
  });

  test('tells its events a page at a time, each once', async (t) => {
    const there = await served(t, { agents: [echo] });
    const id = await started(there, { id: 'p', steps: Array.from({ length: 9 }, (_, i) => ({ id: `s${i}`, agentId: 'echo' })) });
    await there.orchestrator.handle(id).result();
    interface Page {
      readonly events: readonly { readonly cursor: number; readonly type: string }[];
      readonly cursor: number;
      readonly more: boolean;
    }
    const page = async (cursor: number, limit: number): Promise<Page> =>
      (await there.ask('GET', `/api/v1/workflows/${id}/events?cursor=${cursor}&limit=${limit}`)).as<Page>();
    const whole = (await page(0, 1000)).events;
    for (const limit of [1, 2, 7]) {
      const found: Page['events'][number][] = [];
      for (let next = await page(0, limit); ; next = await page(next.cursor, limit)) {
        found.push(...next.events);
        if (!next.more) break;
      }
      assert.deepEqual(found, whole);
    }
    assert.deepEqual(
      whole.map(({ cursor }) => cursor),
      whole.map((_, place) => place + 1),
    );
    assert.deepEqual(await page(whole.length, 5), { workflow_id: id, events: [], cursor: whole.length, more: false });
  });
});
