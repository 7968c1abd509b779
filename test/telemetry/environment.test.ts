/** Telemetry as the environment asks for it. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { SpanData } from '../../src/ports/telemetry.ts';
import { telemetryFrom, type Environment } from '../../src/telemetry/index.ts';
import { Collector, plain } from './collector.ts';

const span: SpanData = {
  trace: '4bf92f3577b34da6a3ce929d0e0e4736',
  id: '00f067aa0ba902b7',
  name: 'chat good',
  kind: 'client',
  from: 1,
  to: 2,
  attributes: {
    'gen_ai.operation.name': 'chat',
    'gen_ai.request.model': 'good',
    'gen_ai.usage.input_tokens': 5,
    'gen_ai.usage.output_tokens': 7,
    'continuo.cost_usd': 0.25,
  },
};

async function told(env: Environment, one: SpanData = span): Promise<void> {
  const telemetry = telemetryFrom(env, { version: '1' });
  assert.ok(telemetry !== undefined);
  telemetry.span(one);
  await telemetry.close();
}

suite('the environment', () => {
  test('that names no collector has no telemetry', () => {
    for (const env of [
      {},
      { OTEL_SERVICE_NAME: 'a' },
      { OTEL_EXPORTER_OTLP_ENDPOINT: '' },
      { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:1', OTEL_SDK_DISABLED: 'true' },
      { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:1', OTEL_TRACES_EXPORTER: 'none' },
    ])
      assert.equal(telemetryFrom(env), undefined);
  });

  test('names the collector, its headers, the service and what else is said of it', async () => {
    await using collector = await Collector.open();
    await told({
      OTEL_EXPORTER_OTLP_ENDPOINT: `${collector.url}/base/`,
      OTEL_EXPORTER_OTLP_HEADERS: 'x-one=1,x-two=a%20b%3Dc',
      OTEL_EXPORTER_OTLP_TRACES_HEADERS: 'x-one=2',
      OTEL_SERVICE_NAME: 'studio',
      OTEL_RESOURCE_ATTRIBUTES: 'service.name=other, deployment.environment.name=prod',
    });
    const [request] = collector.requests;
    assert.deepEqual([request?.path, request?.headers['x-one'], request?.headers['x-two']], ['/base/v1/traces', '2', 'a b=c']);
    const resource = plain(request?.body.resourceSpans[0]?.resource.attributes ?? []);
    assert.deepEqual([resource['service.name'], resource['deployment.environment.name']], ['studio', 'prod']);
  });

  test('may name the address of traces alone, as it is', async () => {
    await using collector = await Collector.open();
    await told({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:1', OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${collector.url}/here` });
    assert.equal(collector.requests[0]?.path, '/here');
  });

  test('may name Langfuse, which is told in its own words', async () => {
    await using collector = await Collector.open();
    await told({ LANGFUSE_PUBLIC_KEY: 'pk-1', LANGFUSE_SECRET_KEY: 'sk-2', LANGFUSE_BASE_URL: `${collector.url}/` });
    const [request] = collector.requests;
    assert.deepEqual(
      [request?.path, request?.headers.authorization, request?.headers['x-langfuse-ingestion-version']],
      ['/api/public/otel/v1/traces', `Basic ${Buffer.from('pk-1:sk-2').toString('base64')}`, '4'],
    );
    const attributes = plain(collector.spans[0]?.attributes ?? []);
    assert.deepEqual(
      ['type', 'model.name', 'usage_details', 'cost_details'].map((name) => attributes[`langfuse.observation.${name}`]),
      ['generation', 'good', '{"input":5,"output":7}', '{"total":0.25}'],
    );
    assert.equal(attributes['gen_ai.request.model'], 'good');
  });

  test('may name both, and neither gets what is for the other', async () => {
    await using one = await Collector.open();
    await using other = await Collector.open();
    await told({
      OTEL_EXPORTER_OTLP_ENDPOINT: one.url,
      OTEL_EXPORTER_OTLP_HEADERS: 'x-key=of-the-first',
      LANGFUSE_PUBLIC_KEY: 'pk',
      LANGFUSE_SECRET_KEY: 'sk',
      LANGFUSE_BASE_URL: other.url,
    });
    assert.deepEqual([one.spans.length, other.spans.length], [1, 1]);
    assert.doesNotMatch(JSON.stringify(other.requests[0]?.headers), /of-the-first/);
    assert.equal(one.requests[0]?.headers.authorization, undefined);
    assert.doesNotMatch(JSON.stringify(one.requests[0]?.body), /langfuse/);
  });

  test('has the trace of a run in Langfuse under its workflow, and each run a session', async () => {
    await using collector = await Collector.open();
    const attributes = {
      'gen_ai.workflow.name': 'film',
      'continuo.depth': 0,
      'session.id': 'r',
      'gen_ai.operation.name': 'invoke_workflow',
    };
    const env = { LANGFUSE_PUBLIC_KEY: 'pk', LANGFUSE_SECRET_KEY: 'sk', LANGFUSE_BASE_URL: collector.url };
    await told(env, { ...span, attributes });
    const said = plain(collector.spans[0]?.attributes ?? []);
    assert.deepEqual([said['langfuse.trace.name'], said['session.id'], said['langfuse.observation.type']], ['film', 'r', 'chain']);
  });

  for (const [what, env, said] of [
    ['an address that is none', { OTEL_EXPORTER_OTLP_ENDPOINT: 'very secret' }, /http/],
    ['an address of another kind', { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'file:///secret' }, /http/],
    ['gRPC', { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://h:4317', OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' }, /http\/json/],
    [
      'headers without a name',
      { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://h', OTEL_EXPORTER_OTLP_HEADERS: '=secret' },
      /OTEL_EXPORTER_OTLP_HEADERS/,
    ],
    ['headers that cannot be decoded', { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://h', OTEL_EXPORTER_OTLP_HEADERS: 'a=%secret' }, /HEADERS/],
    ['headers that cannot be sent', { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://h', OTEL_EXPORTER_OTLP_HEADERS: 'a=sec%0Aret' }, /headers/],
    [
      'a time-out that is none',
      { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://h', OTEL_EXPORTER_OTLP_TIMEOUT: 'soon' },
      /OTEL_EXPORTER_OTLP_TIMEOUT/,
    ],
    ['one key of two', { LANGFUSE_SECRET_KEY: 'secret' }, /LANGFUSE_PUBLIC_KEY/],
  ] as const)
    test(`with ${what} is refused, and no secret is in the words`, () => {
      assert.throws(
        () => telemetryFrom(env),
        (error: unknown) =>
          error instanceof Error && said.test(error.message) && !/secret|sec.ret/s.test(error.message.replaceAll('SECRET', '')),
      );
    });
});
