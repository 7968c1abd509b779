/** Requests in their traces, and the runs that they start. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { openMemory } from '../../src/backends/memory/index.ts';
import { KeptSpans, mustBeOneTree } from '../telemetry/kept-spans.ts';
import { served } from './served.ts';

const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
const outer = '00f067aa0ba902b7';
const echo = { id: 'echo', actions: { run: (input: unknown) => input } };
const plan = { id: 'small', steps: [{ id: 's', agentId: 'echo', input: 1 }] };

suite('a request', () => {
  test('goes on with the trace of whoever asks, and what it starts belongs to it', async (t) => {
    const kept = new KeptSpans();
    const { ask, orchestrator } = await served(t, { backend: openMemory(), agents: [echo], telemetry: kept, parts: { telemetry: kept } });
    const headers = { traceparent: `00-${trace}-${outer}-01` };
    const answered = await ask('POST', '/api/v1/workflows?secret=1', { headers, body: { plan, project_id: 'p' } });
    assert.equal(answered.status, 202, answered.text);
    await orchestrator.handle(answered.as<{ readonly workflow_id: string }>().workflow_id).result();
    const request = kept.named('POST /api/v1/workflows');
    mustBeOneTree(kept.spans, request.name, outer);
    assert.deepEqual([request.trace, request.parent, request.kind], [trace, outer, 'server']);
    assert.equal(kept.named('invoke_workflow small').parent, request.id);
    assert.equal(answered.headers['traceresponse'], `00-${trace}-${request.id}-01`);
    assert.deepEqual(
      ['http.request.method', 'http.route', 'http.response.status_code', 'user.id'].map((name) => request.attributes[name]),
      ['POST', '/api/v1/workflows', 202, 'admin'],
    );
    assert.doesNotMatch(JSON.stringify(kept.spans), /secret|admin key/);
  });

  test('without a trace begins one', async (t) => {
    const kept = new KeptSpans();
    const { ask } = await served(t, { parts: { telemetry: kept } });
    const { headers } = await ask('GET', '/api/v1/workflows');
    const request = kept.named('GET /api/v1/workflows');
    assert.deepEqual([request.parent, request.sampled], [undefined, undefined]);
    assert.equal(headers['traceresponse'], `00-${request.trace}-${request.id}-01`);
  });

  test('that the door refuses, or that nothing answers, is told too', async (t) => {
    const kept = new KeptSpans();
    const { ask } = await served(t, { parts: { telemetry: kept } });
    await ask('GET', '/api/v1/workflows', { key: '' });
    await ask('GET', '/nothing/is/here');
    assert.deepEqual(
      kept.spans.map(({ name, attributes }) => [name, attributes['http.response.status_code'], attributes['user.id']]),
      [
        ['GET /api/v1/workflows', 401, undefined],
        ['GET', 404, undefined],
      ],
    );
  });

  test('hands its trace on also where nobody here is told', async (t) => {
    const { ask, orchestrator } = await served(t, { agents: [echo] });
    const headers = { traceparent: `00-${trace}-${outer}-00` };
    const answered = await ask('POST', '/api/v1/workflows', { headers, body: { plan, project_id: 'p' } });
    assert.equal(answered.headers['traceresponse'], undefined);
    const [entry] = await orchestrator.history(answered.as<{ readonly workflow_id: string }>().workflow_id);
    const [first] = entry?.events ?? [];
    assert.equal(first?.type === 'run.started' ? first.trace : undefined, `00-${trace}-${outer}-00`);
  });

  for (const traceparent of [
    'garbage',
    `00-${'0'.repeat(32)}-${outer}-01`,
    `00-${trace}-${outer}-01, 00-${trace}-${outer}-01`,
    'x'.repeat(5000),
  ])
    test(`with the traceparent ${traceparent.slice(0, 60)} has a trace of its own`, async (t) => {
      const kept = new KeptSpans();
      const { ask } = await served(t, { parts: { telemetry: kept } });
      const { status } = await ask('GET', '/api/v1/workflows', { headers: { traceparent } });
      assert.equal(status, 200);
      assert.equal(kept.named('GET /api/v1/workflows').parent, undefined);
    });
});
