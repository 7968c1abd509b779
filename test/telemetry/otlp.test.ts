/** Spans on their way to a collector that is well, slow, full, away, or says no. */
import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { suite, test } from 'node:test';
import { SpanKind, SpanStatusCode, TraceFlags } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import type { SpanData, Telemetry } from '../../src/ports/telemetry.ts';
import { otlpTelemetry, type OtlpOptions } from '../../src/telemetry/index.ts';
import { SimulatedClock } from '../../src/testing/simulated-clock.ts';
import { asTold, Collector, plain } from './collector.ts';

const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
let last = 0;

function span(changes: Partial<SpanData> = {}): SpanData {
  const id = (++last).toString(16).padStart(16, '0');
  return { trace, id, name: `work ${last}`, kind: 'internal', from: 1_700_000_000_000, to: 1_700_000_000_250, attributes: {}, ...changes };
}

interface Rig extends AsyncDisposable {
  readonly collector: Collector;
  readonly clock: SimulatedClock;
  readonly telemetry: Telemetry;
  readonly warnings: string[];
  /** Requests that have no answer yet. */
  readonly underWay: ReadonlySet<Promise<unknown>>;
}

async function rig(options: Partial<OtlpOptions> = {}): Promise<Rig> {
  const collector = await Collector.open();
  const clock = new SimulatedClock();
  const warnings: string[] = [];
  const endpoint = `${collector.url}/v1/traces`;
  const underWay = new Set<Promise<unknown>>();
  const fetch = (...asked: Parameters<typeof globalThis.fetch>): Promise<Response> => {
    const whole = answered(asked).finally(() => underWay.delete(whole));
    underWay.add(whole);
    return whole;
  };
  // Compressing is under way too, and nobody sees it.
  const compression = 'none';
  const telemetry = otlpTelemetry({ endpoint, clock, fetch, compression, warn: (message) => warnings.push(message), ...options });
  return { collector, clock, telemetry, warnings, underWay, [Symbol.asyncDispose]: () => collector[Symbol.asyncDispose]() };
}

/** With the body at hand, so that nothing is under way when it has come. */
async function answered(asked: Parameters<typeof globalThis.fetch>): Promise<Response> {
  const { status, headers, ...response } = await globalThis.fetch(...asked).then(async (came) => ({
    status: came.status,
    headers: came.headers,
    body: await came.arrayBuffer(),
  }));
  return new Response(status === 204 ? null : response.body, { status, headers });
}

/** Time passes only while nothing is under way. */
async function settled({ clock, underWay }: Rig, work: Promise<unknown>): Promise<void> {
  const state = { done: false };
  void work.finally(() => (state.done = true));
  while (!state.done) {
    await Promise.allSettled(underWay);
    for (let turns = 0; turns < 20 && !state.done; turns++) await turn();
    if (!state.done && underWay.size === 0) clock.step();
  }
}

suite('a collector', () => {
  test('gets spans together, compressed, as the protocol has them', async () => {
    await using it = await rig({
      compression: 'gzip',
      service: 'studio',
      version: '1.2.3',
      resource: { 'deployment.environment.name': 'test' },
      headers: { 'x-key': 'k' },
    });
    const parent = span({ kind: 'server', attributes: { text: 'a\ud800b', count: 3, share: 0.5, yes: true, list: ['a', 'b'] } });
    const child = span({ parent: parent.id, kind: 'client', from: 1_700_000_000_000.125, error: { code: 'X', message: 'it broke' } });
    const linked = span({ links: [{ trace: '1'.repeat(32), id: '2'.repeat(16) }] });
    for (const one of [parent, child, linked]) it.telemetry.span(one);
    it.clock.advance(1000);
    await it.collector.took(linked.name);
    const [request, ...others] = it.collector.requests;
    assert.ok(request !== undefined);
    assert.equal(others.length, 0);
    assert.deepEqual(
      [request.path, request.headers['content-type'], request.headers['content-encoding'], request.headers['x-key']],
      ['/v1/traces', 'application/json', 'gzip', 'k'],
    );
    const resource = plain(request.body.resourceSpans[0]?.resource.attributes ?? []);
    assert.equal(resource['service.name'], 'studio');
    assert.equal(resource['service.version'], '1.2.3');
    assert.equal(resource['deployment.environment.name'], 'test');
    const [first, second, third] = it.collector.spans;
    assert.ok(first !== undefined && second !== undefined && third !== undefined);
    assert.deepEqual(plain(first.attributes), { text: 'a\ufffdb', count: 3, share: 0.5, yes: true, list: ['a', 'b'] });
    assert.deepEqual([first.kind, first.parentSpanId, first.status.code], [2, undefined, 0]);
    assert.deepEqual([second.kind, second.parentSpanId, second.startTimeUnixNano], [3, parent.id, '1700000000000125000']);
    assert.deepEqual([second.status, plain(second.attributes)], [{ code: 2, message: 'it broke' }, { 'error.type': 'X' }]);
    assert.deepEqual(third.links, [{ traceId: '1'.repeat(32), spanId: '2'.repeat(16), attributes: [] }]);
    assert.deepEqual(it.warnings, []);
  });

  test('gets what OpenTelemetry’s own exporter sends', async () => {
    await using it = await rig({ resource: { a: 'b' }, version: '1' });
    const ours = span({
      kind: 'client',
      attributes: { text: 't', count: 3, share: 0.5, yes: true, list: ['a'] },
      parent: '3'.repeat(16),
      error: { code: 'X', message: 'm' },
    });
    it.telemetry.span(ours);
    it.clock.advance(1000);
    await it.collector.took(ours.name);
    const attributes = plain(it.collector.requests[0]?.body.resourceSpans[0]?.resource.attributes ?? []);
    const exporter = new OTLPTraceExporter({ url: `${it.collector.url}/v1/traces` });
    await new Promise<void>((resolve, reject) =>
      exporter.export([asTheirs(ours, attributes)], ({ error }) => (error === undefined ? resolve() : reject(error))),
    );
    await exporter.shutdown();
    const [mine, theirs] = it.collector.spans;
    assert.ok(mine !== undefined && theirs !== undefined);
    assert.deepEqual(
      { ...asTold(mine), kind: mine.kind, status: mine.status },
      { ...asTold(theirs), kind: theirs.kind, status: theirs.status },
    );
    assert.deepEqual([mine.startTimeUnixNano, mine.endTimeUnixNano], [theirs.startTimeUnixNano, theirs.endTimeUnixNano]);
    assert.deepEqual(plain(mine.attributes), plain(theirs.attributes));
    const resources = it.collector.requests.map(({ body }) => plain(body.resourceSpans[0]?.resource.attributes ?? []));
    assert.deepEqual(resources[0], resources[1]);
  });

  for (const status of [429, 502, 503, 504])
    test(`that answers ${status} gets the same again later, and once`, async () => {
      await using it = await rig();
      it.collector.next({ status }, { status });
      const one = span();
      it.telemetry.span(one);
      it.clock.advance(1000);
      await it.collector.asked(1);
      await settled(it, it.telemetry.close());
      assert.deepEqual(
        it.collector.spans.map(({ spanId }) => spanId),
        [one.id],
      );
      assert.equal(it.collector.requests.length, 3);
      assert.deepEqual(it.warnings, []);
    });

  test('that says when is left alone until then', async () => {
    await using it = await rig();
    it.collector.next({ status: 429, headers: { 'retry-after': '60' } });
    it.telemetry.span(span());
    it.clock.advance(1000);
    await it.collector.asked(1);
    // Until the answer has been understood there is no alarm but the one for the request.
    while (it.clock.next === undefined || it.clock.next - it.clock.now() !== 60_000) await turn();
    it.telemetry.span(span());
    it.clock.advance(59_999);
    for (let turns = 0; turns < 50; turns++) await turn();
    assert.equal(it.collector.requests.length, 1);
    it.clock.advance(1);
    await it.collector.asked(2);
  });

  test('that cuts the connection gets the same again', async () => {
    await using it = await rig();
    it.collector.next({ is: 'cut' });
    const one = span();
    it.telemetry.span(one);
    it.clock.advance(1000);
    await it.collector.asked(1);
    await settled(it, it.telemetry.close());
    assert.deepEqual(
      it.collector.spans.map(({ spanId }) => spanId),
      [one.id],
    );
  });

  test('that does not answer is given up on, and asked again', async () => {
    await using it = await rig({ timeout: 2000 });
    it.collector.next({ is: 'hang' });
    const one = span();
    it.telemetry.span(one);
    it.clock.advance(1000);
    await it.collector.asked(1);
    it.clock.advance(2000);
    await settled(it, it.telemetry.close());
    assert.deepEqual(
      it.collector.spans.map(({ spanId }) => spanId),
      [one.id],
    );
  });

  test('that refuses is told nothing twice, and the first drop is said', async () => {
    await using it = await rig({ headers: { authorization: 'Bearer very-secret' } });
    it.collector.next({ status: 401, body: { message: 'who are you, Bearer very-secret?' } }, { status: 400 });
    for (let batch = 1; batch <= 3; batch++) {
      it.telemetry.span(span());
      await it.telemetry.flushed();
    }
    await it.telemetry.close();
    assert.equal(it.collector.requests.length, 3);
    assert.equal(it.collector.spans.length, 1);
    assert.equal(it.warnings.length, 2);
    assert.match(it.warnings[0] ?? '', /spans are dropped: .* answered 401$/);
    assert.match(it.warnings[1] ?? '', /2 spans were dropped in all$/);
    assert.doesNotMatch(it.warnings.join(' '), /secret/);
  });

  test('that leads elsewhere is not followed: the key is not for others', async () => {
    await using elsewhere = await Collector.open();
    await using it = await rig();
    it.collector.next({ status: 307, headers: { location: `${elsewhere.url}/v1/traces` } });
    it.telemetry.span(span());
    await it.telemetry.flushed();
    assert.equal(elsewhere.requests.length, 0);
    assert.match(it.warnings[0] ?? '', /307/);
  });

  test('that did not want some says how many', async () => {
    await using it = await rig();
    it.collector.next({ status: 200, body: { partialSuccess: { rejectedSpans: '2', errorMessage: 'too old' } } });
    for (let n = 0; n < 5; n++) it.telemetry.span(span());
    await it.telemetry.flushed();
    await it.telemetry.close();
    assert.match(it.warnings.at(-1) ?? '', /2 spans were dropped in all$/);
  });

  test('that is away costs no memory and no more time than its end may take', async () => {
    await using it = await rig({ queue: 100, batch: 10 });
    it.collector.next(...Array.from({ length: 100 }, () => ({ status: 503 })));
    for (let n = 0; n < 250; n++) it.telemetry.span(span());
    const began = it.clock.now();
    await settled(it, it.telemetry.close());
    assert.ok(it.clock.now() - began <= 5000);
    assert.match(it.warnings[0] ?? '', /too many wait/);
    assert.match(it.warnings.at(-1) ?? '', /250 spans were dropped in all$/);
    it.telemetry.span(span());
    await it.telemetry.flushed();
  });

  test('gets a large number in several requests, none of them lost or doubled', async () => {
    await using it = await rig({ batch: 100 });
    it.collector.next({ status: 200 }, { status: 503 }, { status: 200 }, { is: 'cut' });
    const all = Array.from({ length: 1234 }, () => span());
    for (const one of all) it.telemetry.span(one);
    await settled(it, it.telemetry.close());
    assert.equal(it.collector.spans.map(({ spanId }) => spanId).join(' '), all.map(({ id }) => id).join(' '));
  });
});

suite('which traces are recorded', () => {
  const traces = Array.from({ length: 2000 }, (_, n) =>
    (BigInt(n) * 0x9e3779b97f4a7c15f39cc0605cedc834n).toString(16).slice(-32).padStart(32, '0'),
  );

  test('every node decides alike, and a share of them is that share', async () => {
    await using one = await rig({ sampler: { name: 'traceidratio', argument: '0.25' } });
    await using other = await rig({ sampler: { name: 'parentbased_traceidratio', argument: '0.25' } });
    const recorded = traces.filter((id) => one.telemetry.records(id));
    assert.deepEqual(
      recorded,
      traces.filter((id) => other.telemetry.records(id)),
    );
    assert.ok(recorded.length > 400 && recorded.length < 600, `${recorded.length}`);
  });

  test('who began a trace decides, where a sampler goes by that', async () => {
    await using it = await rig({ sampler: { name: 'parentbased_always_off' } });
    it.telemetry.span(span({ name: 'ours' }));
    it.telemetry.span(span({ name: 'unwanted', sampled: false }));
    it.telemetry.span(span({ name: 'wanted', sampled: true }));
    await it.telemetry.flushed();
    assert.deepEqual(
      it.collector.spans.map(({ name }) => name),
      ['wanted'],
    );
  });

  for (const sampler of [{ name: 'sometimes' }, { name: 'traceidratio', argument: '2' }, { name: 'traceidratio', argument: 'half' }])
    test(`${JSON.stringify(sampler)} is refused`, () => {
      assert.throws(() => otlpTelemetry({ endpoint: 'http://localhost/', sampler }), { code: 'USAGE', message: /OTEL_TRACES_SAMPLER/ });
    });
});

/** Our span in the shape that the SDK has. */
function asTheirs({ id, parent, name, from, to, attributes, error }: SpanData, resource: Readonly<Record<string, unknown>>): ReadableSpan {
  const time = (milliseconds: number): [number, number] => [Math.floor(milliseconds / 1000), (milliseconds % 1000) * 1_000_000];
  const context = (spanId: string) => ({ traceId: trace, spanId, traceFlags: TraceFlags.SAMPLED });
  return {
    name,
    kind: SpanKind.CLIENT,
    spanContext: () => context(id),
    ...(parent === undefined ? {} : { parentSpanContext: context(parent) }),
    startTime: time(from),
    endTime: time(to),
    duration: [0, 0],
    status: { code: SpanStatusCode.ERROR, message: error?.message ?? '' },
    attributes: { ...attributes, 'error.type': error?.code ?? '' },
    links: [],
    events: [],
    ended: true,
    // What came over the wire are texts.
    resource: resourceFromAttributes(resource as Record<string, string>),
    instrumentationScope: { name: 'continuo', version: '1' },
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  };
}
