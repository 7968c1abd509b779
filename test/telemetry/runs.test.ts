/** Runs of an engine as whoever looks at their traces sees them. */
import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';
import { memoryData, openMemory } from '../../src/backends/memory/index.ts';
import { openWorker, Orchestrator, type OpenOptions } from '../../src/compose.ts';
import { parsePlan } from '../../src/core/plan/read.ts';
import { planWorkflow } from '../../src/core/plan/workflow.ts';
import { agent } from '../../src/engine/agent.ts';
import { systemClock } from '../../src/engine/system-clock.ts';
import type { AgentContext } from '../../src/ports/agent.ts';
import { ModelServer } from '../../src/testing/model-server/model-server.ts';
import { answer } from '../../src/testing/model-server/script.ts';
import { modelsAt } from '../gateway/rig.ts';
import { drawn, KeptSpans, mustBeOneTree } from './kept-spans.ts';

interface Rig {
  readonly engine: Orchestrator;
  readonly kept: KeptSpans;
}

async function rig(t: TestContext, options: OpenOptions): Promise<Rig> {
  const kept = new KeptSpans();
  const engine = await Orchestrator.open({ backend: openMemory(), telemetry: kept, ...options });
  t.after(() => engine.close());
  return { engine, kept };
}

const writer = agent({
  id: 'writer',
  run: async (_input: unknown, ctx) => {
    if (ctx.attempt === 1) throw new Error('not today');
    return ctx.once('draft', () => 'a text');
  },
});
const painter = agent({
  id: 'painter',
  run: (_input: unknown, ctx) => ctx.job('render', { submit: async () => 'j', fetch: async () => 'a picture' }),
});

const plan = {
  id: 'book',
  steps: [
    { id: 'text', agentId: 'writer', retryPolicy: { maxRetries: 1, backoffMs: 1 } },
    { id: 'ok', kind: 'ask', question: 'Good?', choices: ['yes'], dependencies: ['text'] },
    { id: 'pictures', kind: 'map', over: [1, 2], agentId: 'painter', dependencies: ['ok'] },
    { id: 'enough', kind: 'gate', test: true, dependencies: ['pictures'] },
  ],
};

suite('a run', () => {
  test('is a tree of its steps, attempts and what they did', async (t) => {
    const { engine, kept } = await rig(t, { agents: [writer, painter] });
    engine.on('question:opened', ({ runId, stepId }) => void engine.answer(runId, stepId, { choice: 'yes', by: 'ann' }));
    const { runId, status, error } = await engine.run(plan, null, { project: 'press' });
    assert.equal(status, 'succeeded', JSON.stringify(error));
    mustBeOneTree(kept.spans, 'invoke_workflow book');
    const tree = drawn(kept.spans);
    assert.equal(tree[0], 'invoke_workflow book');
    assert.deepEqual(
      tree.toSorted(),
      [
        'invoke_workflow book',
        '  step text',
        '    invoke_agent writer',
        '    invoke_agent writer',
        '      execute_tool draft',
        '  ask ok',
        '  map pictures',
        '    invoke_agent painter',
        '      execute_tool render',
        '    invoke_agent painter',
        '      execute_tool render',
        '  gate enough',
      ].toSorted(),
    );
    const root = kept.named('invoke_workflow book');
    assert.deepEqual(
      [root.attributes['continuo.run.id'], root.attributes['continuo.project'], root.attributes['gen_ai.operation.name'], root.error],
      [runId, 'press', 'invoke_workflow', undefined],
    );
    const [failed, second] = kept.spans.filter(({ name }) => name === 'invoke_agent writer');
    assert.deepEqual(failed?.error, { code: 'AGENT_FAILED', message: 'not today' });
    assert.deepEqual([second?.error, second?.attributes['continuo.attempt']], [undefined, 2]);
    assert.equal(kept.named('ask ok').attributes['continuo.answered_by'], 'ann');
    assert.equal(kept.named('map pictures').attributes['continuo.items'], 2);
    const [started] = await engine.history(runId);
    assert.equal(root.from, started?.at);
  });

  test('goes on with the trace that it was started in, and so does what it calls', async (t) => {
    const told: string[] = [];
    const teller = agent({ id: 'teller', run: (_: unknown, ctx: AgentContext) => told.push(ctx.traceparent) });
    const inner = planWorkflow(parsePlan({ id: 'inner', steps: [{ id: 'a', agentId: 'teller' }] }));
    const outer = { id: 'outer', steps: [{ id: 'call', kind: 'call', workflow: 'inner' }] };
    const { engine, kept } = await rig(t, { agents: [teller], workflows: [inner] });
    const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
    await engine.run(outer, null, { trace: `00-${trace}-00f067aa0ba902b7-01` });
    mustBeOneTree(kept.spans, 'invoke_workflow outer', '00f067aa0ba902b7');
    assert.deepEqual(drawn(kept.spans, '00f067aa0ba902b7'), [
      'invoke_workflow outer',
      '  call call',
      '    call inner',
      '      invoke_workflow inner',
      '        step a',
      '          invoke_agent teller',
    ]);
    // What the agent hands on to others is part of its attempt.
    assert.deepEqual(told, [`00-${trace}-${kept.named('invoke_agent teller').id}-01`]);
  });

  test('that nobody wants recorded is told as such', async (t) => {
    const { engine, kept } = await rig(t, { agents: [painter] });
    await engine.run({ id: 'p', steps: [{ id: 's', agentId: 'painter' }] }, null, { trace: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-00` });
    assert.deepEqual(new Set(kept.spans.map(({ sampled }) => sampled)), new Set([false]));
  });

  test('that was started with something else than a trace has its own', async (t) => {
    const { engine, kept } = await rig(t, { agents: [painter] });
    await engine.run({ id: 'p', steps: [{ id: 's', agentId: 'painter' }] }, null, { trace: 'garbage' });
    mustBeOneTree(kept.spans, 'invoke_workflow p');
  });

  test('that is tried again stays in its trace, and a fork says what it goes on from', async (t) => {
    let fails = true;
    const moody = agent({
      id: 'moody',
      run: () => {
        if (fails) throw Object.assign(new Error('no'), { retryable: false });
        return 1;
      },
    });
    const { engine, kept } = await rig(t, { agents: [moody] });
    const { runId } = await engine.run({ id: 'p', steps: [{ id: 's', agentId: 'moody' }] });
    fails = false;
    await engine.retry(runId);
    await engine.handle(runId).result();
    mustBeOneTree(
      kept.spans.filter(({ parent, name }) => parent !== undefined || name === 'invoke_workflow p'),
      'invoke_workflow p',
    );
    const [first, again] = kept.spans.filter(({ name }) => name === 'invoke_workflow p');
    assert.deepEqual([first?.error?.code === undefined, again?.error, again?.parent], [false, undefined, first?.id]);
    const fork = await engine.fork(runId, { from: 's' });
    await fork.result();
    const forked = kept.spans.findLast(({ name }) => name === 'invoke_workflow p');
    assert.deepEqual(forked?.links, [{ trace: first?.trace, id: first?.id }]);
    assert.notEqual(forked?.trace, first?.trace);
  });
});

suite('what is asked of models', () => {
  const chat = (model: string): object => ({ type: 'chat_completion', model, max_tokens: 100, temperature: 0.5 });
  const functions = {
    talk: {
      type: 'chat',
      variants: {
        one: chat('good'),
        two: chat('other'),
        whole: { type: 'experimental_best_of_n_sampling', candidates: ['one', 'two'], evaluator: { model: 'judge', max_tokens: 50 } },
      },
      experimentation: { type: 'static', candidate_variants: ['whole'] },
    },
  };
  const talker = agent({ id: 'talker', run: (_: unknown, ctx: AgentContext) => ctx.infer('talk', 'a secret question') });

  async function asked(t: TestContext, traceContents: boolean): Promise<KeptSpans> {
    const server = await ModelServer.start();
    t.after(() => server.close());
    server.script('good', answer('A secret answer.'));
    server.script('other', answer('Another one.'));
    server.script('judge', answer(JSON.stringify({ thinking: 'so', answer_choice: 0 })));
    const config = { table: { models: modelsAt(server.url), functions }, dir: import.meta.dirname };
    const { engine, kept } = await rig(t, { agents: [talker], gateway: { config, env: {}, traceContents } });
    const { output } = await engine.run({ id: 'p', steps: [{ id: 's', agentId: 'talker' }] });
    assert.equal(output === undefined, false);
    mustBeOneTree(kept.spans, 'invoke_workflow p');
    return kept;
  }

  test('is in the words of OpenTelemetry, with candidates and judge under it', async (t) => {
    const kept = await asked(t, false);
    const whole = kept.spans.find(({ attributes }) => attributes['continuo.variant'] === 'whole');
    const one = kept.spans.find(({ attributes }) => attributes['continuo.variant'] === 'one');
    const judge = kept.spans.find(({ attributes }) => attributes['continuo.variant'] === 'whole.evaluator');
    assert.ok(whole !== undefined && one !== undefined && judge !== undefined);
    assert.deepEqual([one.parent, judge.parent], [whole.id, whole.id]);
    assert.equal(whole.parent, kept.named('invoke_agent talker').id);
    assert.deepEqual([one.name, one.kind], ['chat good', 'client']);
    const { attributes } = one;
    assert.deepEqual(
      ['operation.name', 'provider.name', 'request.model', 'request.max_tokens', 'request.temperature'].map(
        (name) => attributes[`gen_ai.${name}`],
      ),
      ['chat', 'openai_compatible', 'good', 100, 0.5],
    );
    assert.ok(Number(attributes['gen_ai.usage.input_tokens']) > 0);
    assert.ok(Number(judge.attributes['gen_ai.usage.output_tokens']) > 0);
    assert.doesNotMatch(JSON.stringify(kept.spans), /secret/);
  });

  test('is told with its words where somebody wants them', async (t) => {
    const kept = await asked(t, true);
    assert.match(JSON.stringify(kept.spans), /a secret question/);
    assert.match(JSON.stringify(kept.spans), /A secret answer/);
  });
});

suite('several nodes', () => {
  test('tell one trace: whoever has the run its steps, whoever makes an attempt what it did', async (t) => {
    const data = memoryData();
    const node = (role: 'engine' | 'worker', name: string) =>
      openMemory({ data, fleet: { clock: systemClock, role, node: name, lease: 60_000 } });
    const [here, there] = [new KeptSpans(), new KeptSpans()];
    const worker = await openWorker({
      backend: node('worker', 'w'),
      agents: [painter, agent({ id: 'echo', run: (input: unknown) => input })],
      telemetry: there,
    });
    t.after(() => worker.close());
    const inner = planWorkflow(parsePlan({ id: 'inner', steps: [{ id: 'p', agentId: 'painter' }] }));
    const engine = await Orchestrator.open({ backend: node('engine', 'e'), workflows: [inner], telemetry: here });
    t.after(() => engine.close());
    const { status } = await engine.run({
      id: 'outer',
      steps: [
        { id: 'a', agentId: 'painter' },
        { id: 'b', kind: 'call', workflow: 'inner', dependencies: ['a'] },
      ],
    });
    assert.equal(status, 'succeeded');
    assert.deepEqual(
      there.spans.map(({ name }) => name),
      ['execute_tool render', 'execute_tool render'],
    );
    assert.ok(here.spans.every(({ name }) => !name.startsWith('execute_tool')));
    mustBeOneTree([...here.spans, ...there.spans], 'invoke_workflow outer');
  });
});
