import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { ContinuoError } from '../../src/core/errors.ts';
import type { AgentContext } from '../../src/ports/agent.ts';
import type { InferenceRecord, LedgerEntry } from '../../src/ports/ledger.ts';
import type { FunctionConfig } from '../../src/gateway/config/model.ts';
import { report } from '../../src/gateway/experiments/report.ts';
import type { ServerParts } from '../../src/server/parts.ts';
import { served, type Served } from './served.ts';

const inference = (id: string, more: Partial<InferenceRecord> = {}): LedgerEntry => ({
  is: 'inference',
  record: {
    id,
    at: Date.UTC(2026, 2, 1, 12),
    project: 'acme',
    function: 'write',
    variant: 'a',
    source: 'model',
    episode: id,
    status: 'ok',
    inputTokens: 10,
    cachedTokens: 0,
    outputTokens: 5,
    cost: 0.5,
    latency: 100,
    tags: {},
    ...more,
  },
});

interface Costs {
  readonly book: string;
  readonly total: number;
  readonly whole: boolean;
  readonly costs: readonly Readonly<Record<string, unknown>>[];
}

async function spent(server: Served): Promise<void> {
  await server.backend.ledger.write([
    inference('1'),
    inference('2', { step: 'draft', cost: 2 }),
    inference('3', { at: Date.UTC(2026, 2, 2), cost: 1 }),
    inference('4', { project: 'other', cost: 8 }),
  ]);
}

const costsOf = async ({ ask }: Served, query: string, key?: string): Promise<Costs> => {
  const answer = await ask('GET', `/api/v1/costs${query}`, key === undefined ? {} : { key });
  assert.equal(answer.status, 200, answer.text);
  return answer.as<Costs>();
};

suite('costs', () => {
  test('what the gateway was paid, by project, component and day', async (t) => {
    const server = await served(t);
    await spent(server);
    const all = await costsOf(server, '');
    assert.deepEqual([all.book, all.total, all.whole], ['gateway', 11.5, true]);
    assert.deepEqual(all.costs, [
      { project_id: 'other', cost: 8, inferences: 1, input_tokens: 10, output_tokens: 5 },
      { project_id: 'acme', cost: 3.5, inferences: 3, input_tokens: 30, output_tokens: 15 },
    ]);
    const parts = await costsOf(server, '?by=component&project_id=acme');
    assert.deepEqual(
      parts.costs.map(({ function: fn, step, cost }) => [fn, step, cost]),
      [
        ['write', 'draft', 2],
        ['write', undefined, 1.5],
      ],
    );
    const days = await costsOf(server, '?by=day&project_id=acme');
    assert.deepEqual(
      days.costs.map(({ day, cost }) => [day, cost]),
      [
        ['2026-03-02', 1],
        ['2026-03-01', 2.5],
      ],
    );
    assert.equal((await costsOf(server, '?from=2026-03-02&to=2026-03-02')).total, 1);
  });

  test('a key is told of its projects alone', async (t) => {
    const server = await served(t);
    await spent(server);
    const own = await server.key(['read'], ['acme']);
    for (const by of ['project', 'component', 'day']) assert.equal((await costsOf(server, `?by=${by}`, own)).total, 3.5);
    assert.equal((await server.ask('GET', '/api/v1/costs?project_id=other', { key: own })).status, 403);
    assert.equal((await server.ask('GET', '/api/v1/costs?by=moon', { key: own })).status, 400);
    assert.equal((await server.ask('GET', '/api/v1/costs?from=yesterday', { key: own })).status, 400);
  });

  test('what runs have spent, by workflow: what a run called is in it once', async (t) => {
    const pay = async (amount: number, ctx: AgentContext): Promise<string> =>
      ctx.job('pay', { submit: async () => 'id', fetch: async () => 'paid', cost: amount });
    const payer = { id: 'payer', actions: { run: pay } };
    const paying = (id: string) => ({
      id,
      steps: [{ id: 'pay', agentId: 'payer', action: 'run', input: { $from: 'input' }, dependencies: [] }],
    });
    const calling = {
      id: 'calling',
      steps: [{ id: 'down', kind: 'call', worker: { plan: { $literal: paying('called') } }, input: 0.75, dependencies: [] }],
    };
    const server = await served(t, { agents: [payer] });
    const { orchestrator } = server;
    await orchestrator.run(paying('cheap'), 0.25, { project: 'acme' });
    await orchestrator.run(paying('cheap'), 0.5, { project: 'acme' });
    await orchestrator.run(calling, null, { project: 'acme' });
    await orchestrator.run(paying('cheap'), 4, { project: 'other' });
    const own = await server.key(['read'], ['acme']);
    const { costs, total, book, whole } = await costsOf(server, '?by=workflow', own);
    assert.deepEqual([book, total, whole], ['runs', 1.5, true]);
    assert.deepEqual(
      costs.map(({ workflow, runs, cost }) => [workflow, runs, cost]),
      [
        ['calling', 1, 0.75],
        ['cheap', 2, 0.75],
      ],
    );
    assert.deepEqual((await costsOf(server, '?by=workflow&to=2020-01-01')).costs, []);
    assert.deepEqual((await costsOf(server, '?by=workflow&from=2120-01-01')).costs, []);
  });
});

suite('experiments', () => {
  const writer: FunctionConfig = {
    name: 'write',
    type: 'chat',
    schemas: {},
    tools: [],
    variants: {},
    experiment: { type: 'static', candidates: { a: 50, b: 50 }, fallbacks: [] },
  };
  const reporting =
    (server: () => Served): NonNullable<ServerParts['experiments']> =>
    async ({ function: fn }) => {
      if (fn !== undefined && fn !== 'write') throw new ContinuoError('FUNCTION_UNKNOWN', 'no such function');
      const metrics = { liked: { name: 'liked', type: 'boolean', optimize: 'max', level: 'inference' } } as const;
      return [await report(writer, { ledger: server().backend.ledger, metrics, random: Math.random })];
    };

  test('arms, intervals and the winner are told', async (t) => {
    const server: Served = await served(t, { parts: { experiments: reporting(() => server) } });
    const entries = Array.from({ length: 200 }, (_, at) => inference(String(at), { variant: at % 2 === 0 ? 'a' : 'b' }));
    const feedback = entries.map((_, at): LedgerEntry => ({
      is: 'feedback',
      record: { id: `f${at}`, at, project: 'acme', metric: 'liked', value: at % 2 === 0, inference: String(at), tags: {} },
    }));
    await server.backend.ledger.write([...entries, ...feedback]);
    const { as, status, text } = await server.ask('GET', '/api/v1/experiments/write');
    assert.equal(status, 200, text);
    const [metric] = as<{
      metrics: readonly { winner?: string; arms: readonly { variant: string; n: number; interval?: { low: number; high: number } }[] }[];
    }>().metrics;
    assert.equal(metric?.winner, 'a');
    assert.deepEqual(
      metric.arms.map(({ variant, n }) => [variant, n]),
      [
        ['a', 100],
        ['b', 100],
      ],
    );
    assert.ok(metric.arms.every(({ interval }) => interval !== undefined && interval.low <= interval.high));
    assert.equal((await server.ask('GET', '/api/v1/experiments')).as<{ experiments: readonly unknown[] }>().experiments.length, 1);
    assert.equal((await server.ask('GET', '/api/v1/experiments/other')).as().code, 'FUNCTION_UNKNOWN');
  });

  test('they concern all projects', async (t) => {
    const server: Served = await served(t, { parts: { experiments: reporting(() => server) } });
    assert.equal((await server.ask('GET', '/api/v1/experiments', { key: await server.key(['admin'], ['acme']) })).status, 403);
    assert.equal((await server.ask('GET', '/api/v1/experiments', { key: await server.key(['read']) })).status, 200);
  });

  test('without a gateway it says so, and a broken one names no file', async (t) => {
    const without = await served(t);
    assert.equal((await without.ask('GET', '/api/v1/experiments')).as().code, 'NOT_MOUNTED');
    const broken = await served(t, {
      parts: { experiments: () => Promise.reject(new ContinuoError('GATEWAY_CONFIG_INVALID', '/home/me/secret.toml: no')) },
    });
    const answer = await broken.ask('GET', '/api/v1/experiments');
    assert.deepEqual([answer.as().code, answer.text.includes('/home')], ['GATEWAY_CONFIG_INVALID', false]);
  });
});
