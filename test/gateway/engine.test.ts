/** Agents that call functions, in runs on a real store. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { openSqlite } from '../../src/backends/sqlite/index.ts';
import { Orchestrator } from '../../src/compose.ts';
import type { AgentContext } from '../../src/ports/agent.ts';
import { ModelServer } from '../../src/testing/model-server/model-server.ts';
import { answer, status } from '../../src/testing/model-server/script.ts';
import { modelsAt } from './rig.ts';

const good = JSON.stringify({ title: 'Kites', minutes: 3 });

const functions = {
  script: {
    type: 'json',
    user_schema: 'files/topic.json',
    output_schema: 'files/script.json',
    variants: {
      one: { type: 'chat_completion', model: 'good', user_template: 'files/user.minijinja', max_tokens: 1000 },
      rules: { type: 'rules', module: 'files/rules.ts' },
    },
  },
};
const metrics = { quality: { type: 'float', optimize: 'max', level: 'episode' } };
const prices = [{ provider: 'good', model: 'good', input_per_million: 1, output_per_million: 10 }];

interface Place extends AsyncDisposable {
  readonly dir: string;
  readonly server: ModelServer;
}

async function place(): Promise<Place> {
  const dir = await mkdtemp(join(tmpdir(), 'continuo-gateway-'));
  const server = await ModelServer.start();
  return {
    dir,
    server,
    [Symbol.asyncDispose]: async () => {
      await server.close();
      await rm(dir, { recursive: true });
    },
  };
}

function open({ dir, server }: Place, agents: readonly unknown[], table: object = {}): Promise<Orchestrator> {
  const whole = { models: modelsAt(server.url), functions, metrics, prices, ...table };
  return Orchestrator.open({
    dir,
    agents,
    gateway: { config: { table: whole, dir: import.meta.dirname }, env: { TEST_KEY: 'sk-test-1234567890abcdef' } },
  });
}

const plan = { id: 'p', steps: [{ id: 's', agentId: 'writer', input: { topic: 'kites' } }] };
const writer = { id: 'writer', actions: { run: (input: unknown, ctx: AgentContext) => ctx.infer('script', input) } };

suite('a run that asks the gateway', () => {
  test('gets the output, says who answered, and can be judged', async () => {
    await using it = await place();
    it.server.script('good', answer(good, { usage: { input: 100, output: 10 } }));
    const critic = {
      id: 'writer',
      actions: {
        run: async (input: unknown, ctx: AgentContext) => {
          const inference = await ctx.inference('script', input);
          await ctx.rate('quality', 8);
          await ctx.rate('comment', 'fine', inference.inferenceId);
          return inference.output;
        },
      },
    };
    const orchestrator = await open(it, [critic]);
    const { runId, output } = await orchestrator.run(plan);
    assert.deepEqual(output, { s: { title: 'Kites', minutes: 3 } });
    assert.deepEqual(
      (await orchestrator.answers(runId)).map(({ function: fn, variant, source, model, count }) => ({ fn, variant, source, model, count })),
      [{ fn: 'script', variant: 'one', source: 'model', model: 'good', count: 1 }],
    );
    const { money } = await orchestrator.get(runId);
    assert.ok(Math.abs(money.spent - 0.0002) < 1e-9, `${money.spent}`);
    await orchestrator.close();
  });

  test('an input that does not fit is not tried again; a provider that is down is', async () => {
    await using it = await place();
    it.server.script('good', status(503, 'down'), answer(good));
    const orchestrator = await open(it, [writer], {
      functions: { script: { ...functions.script, variants: { one: functions.script.variants.one } } },
    });
    const retry = { max: 3, delay: 1 };
    const wrong = await orchestrator.start({ id: 'w', steps: [{ id: 's', agentId: 'writer', input: { topik: 1 }, retry }] });
    assert.equal((await wrong.result()).error?.code, 'INPUT_INVALID');
    assert.equal((await wrong.view()).steps['s']?.attempts, 1);
    const right = await orchestrator.start({ id: 'r', steps: [{ id: 's', agentId: 'writer', input: { topic: 'kites' }, retry }] });
    assert.equal((await right.result()).status, 'succeeded');
    assert.equal((await right.view()).steps['s']?.attempts, 2);
    await orchestrator.close();
  });

  test('its budget that says degrade gets rules, and nothing is paid', async () => {
    await using it = await place();
    const orchestrator = await open(it, [writer]);
    const { runId, output } = await orchestrator.run({ ...plan, budget: { limit: 0.001, onLimit: 'degrade' } });
    assert.deepEqual(output, { s: { title: 'About kites', minutes: 1 } });
    assert.equal((await orchestrator.answers(runId))[0]?.source, 'rules');
    assert.equal(it.server.requests.length, 0);
    await orchestrator.close();
  });

  test('a budget of the project that says ask waits for a person, and goes on when it was raised', async () => {
    await using it = await place();
    it.server.otherwise(answer(good, { usage: { input: 10, output: 900 } }));
    const budget = (limit: number): object => ({
      budgets: [{ name: 'project', scope: [{ tag_key: 'project', tag_value: 'tensorzero::each' }], limit_usd: limit, on_limit: 'ask' }],
    });
    let orchestrator = await open(it, [writer], budget(0.015));
    await orchestrator.run(plan);
    const second = await orchestrator.start(plan);
    await orchestrator.idle();
    const [question] = await orchestrator.questions();
    assert.match(question?.question ?? '', /project.*left/);
    assert.deepEqual(question?.choices, ['retry']);
    await orchestrator.close();
    orchestrator = await open(it, [writer], budget(1));
    await orchestrator.answer(second.id, 's', { choice: 'retry', by: 'ann' });
    assert.equal((await orchestrator.handle(second.id).result()).status, 'succeeded');
    await orchestrator.close();
  });

  test('a key that a provider echoes is nowhere: not in the run, not in the ledger, not in the files', async () => {
    await using it = await place();
    it.server.otherwise({
      is: 'status',
      status: 401,
      body: ({ key }) => JSON.stringify({ error: { message: `Incorrect API key provided: ${key}` } }),
    });
    const models = {
      good: {
        routing: ['good'],
        providers: { good: { type: 'openai', model_name: 'good', api_base: `${it.server.url}/v1`, api_key_location: 'env::TEST_KEY' } },
      },
    };
    const orchestrator = await open(it, [writer], {
      models,
      functions: { script: { ...functions.script, variants: { one: functions.script.variants.one } } },
    });
    const handle = await orchestrator.start(plan);
    const { error } = await handle.result();
    assert.equal(error?.code, 'KEY_REFUSED');
    assert.match(error?.message ?? '', /TEST_KEY/);
    assert.doesNotMatch(JSON.stringify(await handle.view()), /sk-test/);
    await orchestrator.close();
    for (const file of readdirSync(it.dir)) {
      if (file.startsWith('continuo.db')) assert.ok(!readFileSync(join(it.dir, file)).includes('sk-test'), file);
    }
  });

  test('the text of a chat function is heard live', async () => {
    await using it = await place();
    it.server.script('good', answer(['Once ', 'upon a time.']));
    const teller = { id: 'writer', actions: { run: (_: unknown, ctx: AgentContext) => ctx.infer('tale', 'tell', { stream: true }) } };
    const orchestrator = await open(it, [teller], {
      functions: { tale: { type: 'chat', variants: { one: { type: 'chat_completion', model: 'good' } } } },
    });
    const heard: unknown[] = [];
    orchestrator.on('step:stream', ({ chunk }) => heard.push(chunk));
    assert.deepEqual((await orchestrator.run(plan)).output, { s: 'Once upon a time.' });
    assert.equal(heard.join(''), 'Once upon a time.');
    await orchestrator.close();
  });

  test('closed while an agent waits for a model, it closes at once, and what may have been billed is in the ledger', async () => {
    await using it = await place();
    it.server.script('good', { is: 'hang' });
    const orchestrator = await open(it, [writer]);
    const { id } = await orchestrator.start({ ...plan, budget: { limit: 1, onLimit: 'stop' } });
    const request = await it.server.received(1);
    await orchestrator.close();
    await request.gone;
    const backend = await openSqlite({ dir: it.dir, role: 'engine' });
    const [cut] = await backend.ledger.inferences({ run: id });
    await backend.close();
    assert.deepEqual([cut?.status, cut?.error?.code, cut?.variant], ['failed', 'CANCELLED', 'one']);
    assert.ok((cut?.cost ?? 0) > 0);
  });

  test('a configuration that cannot be used is refused before anything is opened', async () => {
    await using it = await place();
    await assert.rejects(open(it, [writer], { functions: { script: { type: 'json', variants: {} } } }), {
      code: 'GATEWAY_CONFIG_INVALID',
      message: /functions\.script/,
    });
    assert.deepEqual(readdirSync(it.dir), []);
  });
});
