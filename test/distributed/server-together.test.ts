/** What several servers do once in all, and what they tell as one. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { serverTools } from '../../src/compose.ts';
import { agentRef } from '../../src/core/plan/agent-ref.ts';
import { workflow } from '../../src/core/plan/builder.ts';
import { agent } from '../../src/engine/agent.ts';
import { Worker } from '../../src/engine/fleet/worker.ts';
import { processIsolation } from '../../src/engine/isolation/process-isolation.ts';
import { systemClock } from '../../src/engine/system-clock.ts';
import { verifyAudit } from '../../src/server/access/verify-audit.ts';
import { signMessage } from '../server/sign-message.ts';
import { otlpTelemetry } from '../../src/telemetry/index.ts';
import { asTold, Collector, plain } from '../telemetry/collector.ts';
import { mustBeOneTree } from '../telemetry/kept-spans.ts';
import { until } from './redis-rig.ts';
import { servers } from './server-rig.ts';
import { sharedStore } from './shared-store.ts';

const store = await sharedStore();

const near = agent({ id: 'near', run: (value: unknown) => value });
const far = agentRef<unknown, unknown>('far');
const crossing = workflow<unknown>('crossing')
  .step('here', near, ({ input }) => input)
  .ask('ok', { question: 'Go?', choices: ['yes', 'no'] })
  .step('there', far, ({ here }) => here)
  .output(({ there }) => there);

suite('several servers', () => {
  test('of three that start on a new store at the same moment one makes the first key', async (t) => {
    const open = await servers(t, store);
    const nodes = await Promise.all([open({ keyless: true }), open({ keyless: true }), open({ keyless: true })]);
    const { firstKeyOf } = await serverTools();
    const keys = (await Promise.all(nodes.map(({ way }) => firstKeyOf(way.backend, {})))).filter((key) => key !== undefined);
    assert.equal(keys.length, 1);
    for (const node of nodes) assert.equal((await node.ask('GET', '/api/v1/workflows', { key: keys[0] ?? '' })).status, 200);
    const { audit } = nodes[0].way.backend.access;
    await verifyAudit(audit);
    assert.deepEqual(
      (await audit.read(0, 10)).map(({ what }) => what),
      ['key.create'],
    );
  });

  test('that are told the same webhook at the same moment start it once', async (t) => {
    const open = await servers(t, store);
    const secret = 'a secret of webhooks';
    const greet = workflow<unknown>('greet')
      .step('say', near, ({ input }) => input)
      .output(({ say }) => say);
    const node = {
      agents: [near],
      workflows: [greet],
      settings: { webhooks: [{ name: 'greet', workflow: 'greet', project: 'acme', secret }] },
    };
    const [one, other] = await Promise.all([open(node), open(node)]);
    const body = { text: 'hello' };
    const headers = { 'x-continuo-signature': signMessage(JSON.stringify(body), secret, Date.now()), 'x-continuo-delivery': 'd1' };
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => (n % 2 ? one : other).ask('POST', '/api/v1/hooks/greet', { key: '', body, headers })),
    );
    t.diagnostic(answers.map(({ status }) => status).join(' '));
    assert.equal((await one.orchestrator.list({ limit: 100 })).length, 1);
    for (const { status, text } of answers) assert.ok(status === 202 || status === 409 || status === 200, text);
    assert.ok(answers.some(({ status }) => status === 202));
  });

  test('and a worker tell one trace of a run that was asked for at one, decided at another and made at the third', async (t) => {
    await using collector = await Collector.open();
    const telemetry = (): ReturnType<typeof otlpTelemetry> => otlpTelemetry({ endpoint: `${collector.url}/v1/traces`, delay: 1 });
    const open = await servers(t, store);
    const [tellsOne, tellsOther, tellsWorker] = [telemetry(), telemetry(), telemetry()];
    const node = { agents: [near], workflows: [crossing] };
    const [one, other] = await Promise.all([open({ ...node, telemetry: tellsOne }), open({ ...node, telemetry: tellsOther })]);
    const worker = new Worker({
      backend: await store.open(one.dir, { role: 'worker' }),
      clock: systemClock,
      isolation: processIsolation(),
      agents: [agent({ id: 'far', run: async (value: unknown, ctx) => ctx.once('paint', () => value) })],
      telemetry: tellsWorker,
    });
    await worker.backend.directory?.refresh();
    t.after(() => worker.close());
    const [trace, outer] = ['4bf92f3577b34da6a3ce929d0e0e4736', '00f067aa0ba902b7'];
    const traceparent = `00-${trace}-${outer}-01`;
    const asked = await one.ask('POST', '/api/v1/workflows', { body: { workflow: 'crossing', input: 1 }, headers: { traceparent } });
    assert.equal(asked.status, 202, asked.text);
    const { workflow_id: run } = asked.as<{ readonly workflow_id: string }>();
    const answered = async (): Promise<boolean> =>
      (await other.ask('POST', `/api/v1/workflows/${run}/answer`, { body: { step: 'ok', choice: 'yes' }, headers: { traceparent } }))
        .status === 200;
    await until(answered);
    await other.orchestrator.handle(run).result();
    for (const name of ['invoke_workflow crossing', 'execute_tool paint', 'invoke_agent far']) await collector.took(name);
    const spans = collector.spans.filter(({ traceId }) => traceId === trace);
    t.diagnostic(spans.map(({ name, kind }) => `${name} (${kind})`).join('; '));
    const [request] = spans.filter(({ name }) => name === 'POST /api/v1/workflows');
    assert.ok(request?.parentSpanId === outer);
    // The requests of the answer hang beside it, on the caller's own span.
    const inRun = spans.filter(({ name, spanId }) => !name.startsWith('POST ') || spanId === request.spanId).map(asTold);
    mustBeOneTree(inRun, 'POST /api/v1/workflows', outer);
    const names = inRun.map(({ name }) => name);
    for (const name of ['invoke_agent near', 'invoke_agent far', 'execute_tool paint', 'invoke_workflow crossing'])
      assert.equal(names.filter((its) => its === name).length, 1, name);
    assert.ok(plain(request.attributes)['http.route'] === '/api/v1/workflows');
  });

  test('tell what all of them know once: sums over nodes are true', async (t) => {
    const open = await servers(t, store);
    const node = { agents: [near], workflows: [crossing] };
    const nodes = await Promise.all([open(node), open(node), open({ ...node, agents: [near, agent({ id: 'far', run: () => 1 })] })]);
    for (const [n, one] of nodes.entries())
      for (let times = 0; times <= n; times++)
        assert.equal((await one.ask('POST', '/api/v1/workflows', { body: { workflow: 'crossing' } })).status, 202);
    await until(async () => (await nodes[0].orchestrator.list({ status: ['waiting'], limit: 100 })).length === 6);
    const texts = await Promise.all(nodes.map(async (one) => (await one.ask('GET', '/metrics')).text));
    const sum = (line: RegExp): number => texts.reduce((all, text) => all + Number(line.exec(text)?.[1] ?? 0), 0);
    assert.equal(sum(/^continuo_leader (\d+)$/m), 1);
    assert.equal(sum(/^continuo_runs\{status="waiting"\} (\d+)$/m), 6);
    assert.equal(sum(/^continuo_runs_asking (\d+)$/m), 6);
    assert.equal(sum(/^continuo_nodes\{role="engine"\} (\d+)$/m), 3);
    assert.equal(sum(/^continuo_runs_started_total\{workflow="crossing"\} (\d+)$/m), 6);
  });
});
