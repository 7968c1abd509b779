import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { agent } from '../../src/index.ts';
import { openMemory } from '../../src/backends/memory/index.ts';
import { ContinuoError } from '../../src/core/errors.ts';
import type { Backend } from '../../src/ports/backend.ts';
import type { InferenceRecord } from '../../src/ports/ledger.ts';
import { promtool } from '../deploy/promtool.ts';
import { served } from './served.ts';

const worker = agent({
  id: 'worker',
  concurrency: 4,
  actions: {
    work: () => 'done',
    stumble: () => {
      throw new Error('it does not want to');
    },
  },
});

/** The value of a series that is there once. */
function valueOf(text: string, series: string): number {
  const [line, ...more] = text.split('\n').filter((each) => each.startsWith(`${series} `));
  assert.ok(line !== undefined && more.length === 0, `${series} is there ${line === undefined ? 'not at all' : 'more than once'}`);
  return Number(line.slice(series.length + 1));
}

const inference = (changes: Partial<InferenceRecord>): InferenceRecord => ({
  id: 'i',
  at: 1,
  project: 'default',
  function: 'script_generator',
  variant: 'creative',
  source: 'model',
  episode: 'e',
  status: 'ok',
  rung: 'none',
  inputTokens: 100,
  cachedTokens: 0,
  outputTokens: 20,
  cost: 0.5,
  latency: 1500,
  tags: {},
  ...changes,
});

suite('figures', () => {
  test('the text has what happened, and promtool finds no fault with it', async (t) => {
    const { ask, orchestrator } = await served(t, { agents: [worker], workflows: [] });
    await orchestrator.run({ id: 'good', steps: [{ id: 's', agentId: 'worker', action: 'work' }] });
    const bad = { id: 'bad', steps: [{ id: 's', agentId: 'worker', action: 'stumble', retry: { max: 1, delay: 1 } }] };
    await orchestrator.run(bad, null, { project: 'acme' });
    await ask('GET', '/nowhere/at/all');
    const { status, headers, text } = await ask('GET', '/metrics');
    assert.equal(status, 200);
    assert.match(String(headers['content-type']), /^text\/plain; version=0\.0\.4/);
    assert.equal(valueOf(text, 'continuo_runs_started_total{workflow="good"}'), 1);
    assert.equal(valueOf(text, 'continuo_runs_ended_total{workflow="good",status="succeeded"}'), 1);
    assert.equal(valueOf(text, 'continuo_runs_ended_total{workflow="good",status="failed"}'), 0, 'what has not happened yet is there, too');
    assert.equal(valueOf(text, 'continuo_runs_ended_total{workflow="bad",status="failed"}'), 1);
    assert.equal(valueOf(text, 'continuo_project_runs_ended_total{project="acme",status="failed"}'), 1);
    assert.equal(valueOf(text, 'continuo_run_errors_total{code="AGENT_FAILED"}'), 1);
    assert.equal(valueOf(text, 'continuo_steps_failed_total{code="AGENT_FAILED"}'), 1);
    assert.equal(valueOf(text, 'continuo_task_retries_total{code="AGENT_FAILED"}'), 1);
    assert.equal(valueOf(text, 'continuo_attempt_duration_seconds_count{agent="worker",result="failed"}'), 2);
    assert.equal(valueOf(text, 'continuo_attempt_duration_seconds_count{agent="worker",result="succeeded"}'), 1);
    assert.equal(valueOf(text, 'continuo_agent_concurrency{agent="worker"}'), 4);
    assert.equal(valueOf(text, 'continuo_agent_circuit_open{agent="worker"}'), 0);
    assert.equal(valueOf(text, 'continuo_http_request_duration_seconds_count{method="any",route="none",status="4xx"}'), 1);
    assert.equal(valueOf(text, 'continuo_runs{status="running"}'), 0);
    assert.equal(valueOf(text, 'continuo_leader'), 1);
    assert.ok(valueOf(text, 'continuo_store_duration_seconds_count{work="append"}') > 3);
    assert.equal(promtool(['check', 'metrics'], text), '');
  });

  test('runs that wait for a person are counted, and their questions', async (t) => {
    const { metrics, orchestrator } = await served(t);
    await orchestrator.start({ id: 'asking', steps: [{ id: 'q', kind: 'ask', question: 'yes?', choices: ['yes', 'no'] }] }, null, {
      id: 'r',
    });
    await orchestrator.idle();
    const before = await metrics.text();
    assert.equal(valueOf(before, 'continuo_runs_asking'), 1);
    assert.equal(valueOf(before, 'continuo_runs{status="waiting"}'), 1);
    assert.equal(valueOf(before, 'continuo_questions_opened_total'), 1);
    await orchestrator.answer('r', 'q', { choice: 'yes' });
    await orchestrator.handle('r').result();
    const after = await metrics.text();
    assert.deepEqual([valueOf(after, 'continuo_runs_asking'), valueOf(after, 'continuo_questions_answered_total')], [0, 1]);
  });

  test('what the gateway wrote down is counted once, and what was asked on the way costs and does not count', async (t) => {
    const { metrics, backend } = await served(t);
    await backend.ledger.write([
      { is: 'inference', record: inference({ id: 'a' }) },
      { is: 'inference', record: inference({ id: 'b', parent: 'a', cost: 0.25 }) },
      { is: 'inference', record: inference({ id: 'c', status: 'failed', error: { code: 'PROVIDER_LIMITED', message: 'x' } }) },
      { is: 'feedback', record: { id: 'f', at: 1, project: 'default', metric: 'video_quality_score', value: 8, episode: 'e', tags: {} } },
      { is: 'feedback', record: { id: 'g', at: 1, project: 'default', metric: 'user_satisfaction', value: true, episode: 'e', tags: {} } },
      { is: 'feedback', record: { id: 'h', at: 1, project: 'default', metric: 'comment', value: 'a word', episode: 'e', tags: {} } },
    ]);
    const text = await metrics.text();
    const of = 'function="script_generator"';
    assert.equal(valueOf(text, `continuo_inferences_total{${of},variant="creative",source="model",status="ok"}`), 1);
    assert.equal(valueOf(text, `continuo_inferences_total{${of},variant="creative",source="model",status="failed"}`), 1);
    assert.equal(valueOf(text, `continuo_inference_cost_dollars_total{${of}}`), 1.25);
    assert.equal(valueOf(text, `continuo_inference_tokens_total{${of},kind="input"}`), 300);
    assert.equal(valueOf(text, 'continuo_inference_errors_total{code="PROVIDER_LIMITED"}'), 1);
    assert.equal(valueOf(text, 'continuo_inference_outputs_total{rung="none"}'), 1);
    assert.equal(valueOf(text, 'continuo_feedback_score_sum{metric="video_quality_score"}'), 8);
    assert.equal(valueOf(text, 'continuo_feedback_score_count{metric="user_satisfaction"}'), 1);
    assert.doesNotMatch(text, /a word|metric="comment"/);
  });

  test('a thousand names, projects and codes do not make a thousand series', async (t) => {
    const { metrics, orchestrator, backend } = await served(t);
    const settled = Array.from({ length: 1000 }, async (_, place) => {
      const plan = { id: `made-up-${place}`, steps: [{ id: 's', kind: 'wait', duration: '1h' }] };
      const { id } = await orchestrator.start(plan, null, { project: `project-${place}` });
      await orchestrator.cancel(id);
      const names = { function: `f${place}`, variant: `v${place}`, project: `project-${place}`, error: { code: `E${place}`, message: '' } };
      await backend.ledger.write([{ is: 'inference', record: inference({ id: `i${place}`, ...names, status: 'failed' }) }]);
    });
    await Promise.all(settled);
    const text = await metrics.text();
    assert.ok(text.split('\n').length < 4000, `${text.split('\n').length} lines`);
    assert.ok(valueOf(text, 'continuo_runs_started_total{workflow="other"}') >= 900);
    assert.equal(valueOf(text, 'continuo_inference_errors_total{code="other"}'), 1000);
    assert.doesNotMatch(text, /made-up-999|project-999/);
  });

  test('a store that refuses is counted by the code, and the figures are told all the same', async (t) => {
    const memory = openMemory();
    const backend: Backend = {
      ...memory,
      inbox: Object.assign(Object.create(memory.inbox), {
        pending: () => Promise.reject(new ContinuoError('STORE_FAILED', 'the disk is gone')),
        send: () => Promise.reject(new ContinuoError('STORE_FAILED', 'the disk is gone')),
        watch: () => () => undefined,
      }),
    };
    const { metrics, backend: seen, orchestrator } = await served(t, { backend });
    orchestrator.on('engine:error', () => undefined);
    await assert.rejects(seen.inbox.send({ id: 'm', run: 'r', command: '{}', at: 0 }));
    const text = await metrics.text();
    assert.equal(valueOf(text, 'continuo_store_errors_total{work="message",code="STORE_FAILED"}'), 1);
    assert.equal(valueOf(text, 'continuo_figures_unheard_total{source="inbox"}'), 1);
    assert.doesNotMatch(text, /^continuo_inbox_messages /m);
  });

  test('the text needs a key that is bound to no project, unless the settings open it', async (t) => {
    const { ask, key } = await served(t);
    assert.equal((await ask('GET', '/metrics', { key: '' })).status, 401);
    assert.equal((await ask('GET', '/metrics', { key: await key(['read'], ['acme']) })).status, 403);
    assert.equal((await ask('GET', '/metrics', { key: await key(['read']) })).status, 200);
    const open = await served(t, { settings: { metricsOpen: true } });
    assert.equal((await open.ask('GET', '/metrics', { key: '' })).status, 200);
  });
});
