import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { inferenceAnswer } from '../../src/server/gateway/inference-wire.ts';
import { completion } from '../../src/server/gateway/openai/wire.ts';
import { answer, Gate, status } from '../../src/testing/model-server/script.ts';
import { served } from './served.ts';
import { eventsOf, servedGateway } from './served-gateway.ts';

const hello = { messages: [{ role: 'user', content: 'Hello' }] };

interface Answer {
  readonly inference_id: string;
  readonly episode_id: string;
  readonly [field: string]: unknown;
}

suite('POST /inference', () => {
  test('a chat function answers with content, and says what it took', async (t) => {
    const { ask, key, models } = await servedGateway(t);
    models.script('good', answer('Well.', { usage: { input: 3, output: 2 } }));
    const { status: code, as } = await ask('POST', '/inference', {
      key: await key(['run'], ['acme']),
      body: { function_name: 'talk', input: hello },
    });
    const { inference_id: id, episode_id: episode, ...others } = as<Answer>();
    assert.equal(code, 200);
    assert.match(`${id} ${episode}`, /^[0-9a-f-]{36} [0-9a-f-]{36}$/);
    assert.deepEqual(others, {
      variant_name: 'one',
      content: [{ type: 'text', text: 'Well.' }],
      source: 'model',
      usage: { input_tokens: 3, output_tokens: 2, cost: 0 },
      finish_reason: 'stop',
    });
  });

  test('whatever is answered whole has the form that the document tells, on both ways', async (t) => {
    const { ask, key, models } = await servedGateway(t);
    const mine = await key(['run'], ['acme']);
    const calls = answer('', { tools: [{ id: 'c1', name: 'weather', arguments: '{"city":"Kiel"}' }] });
    const said = [answer('Well.'), answer('Half', { finish: 'length' }), calls];
    const tool = { name: 'weather', description: 'Of a city', parameters: { type: 'object' } };
    for (const one of said) {
      models.script('good', one, one);
      const own = { function_name: 'talk', input: hello, additional_tools: [tool] };
      inferenceAnswer.parse((await ask('POST', '/inference', { key: mine, body: own })).as());
      const theirs = { model: 'talk', ...hello, tools: [{ type: 'function', function: tool }] };
      completion.parse((await ask('POST', '/openai/v1/chat/completions', { key: mine, body: theirs })).as());
    }
    models.script('good', answer('{"title":"Kites","minutes":3}'));
    inferenceAnswer.parse((await ask('POST', '/inference', { key: mine, body: { function_name: 'script', input: hello } })).as());
  });

  test('a json function answers with output, also to a schema of the call', async (t) => {
    const { ask, key, models } = await servedGateway(t);
    const mine = await key(['run'], ['acme']);
    models.script('good', answer('Sure: {"title":"Kites","minutes":3}'), answer('{"name":"Ann"}'));
    const body = { function_name: 'script', input: hello };
    const own = await ask('POST', '/inference', { key: mine, body });
    assert.deepEqual(own.as<Answer>()['output'], { raw: '{"title":"Kites","minutes":3}', parsed: { title: 'Kites', minutes: 3 } });
    const schema = { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] };
    const other = await ask('POST', '/inference', { key: mine, body: { ...body, output_schema: schema } });
    assert.deepEqual(other.as<Answer>()['output'], { raw: '{"name":"Ann"}', parsed: { name: 'Ann' } });
  });

  test('a model answers as it is, as text and to a schema', async (t) => {
    const { ask, key, models, settled, backend } = await servedGateway(t);
    const mine = await key(['run'], ['acme']);
    models.script('good', answer('Well.'), answer('{"name":"Ann"}'));
    const body = { model_name: 'good', input: { system: 'Be brief.', ...hello }, params: { chat_completion: { max_tokens: 5, seed: 1 } } };
    const first = await ask('POST', '/inference', { key: mine, body });
    assert.deepEqual(first.as<Answer>()['content'], [{ type: 'text', text: 'Well.' }]);
    const second = await ask('POST', '/inference', { key: mine, body: { ...body, output_schema: { type: 'object' } } });
    assert.deepEqual(second.as<Answer>()['output'], { raw: '{"name":"Ann"}', parsed: { name: 'Ann' } });
    const [asked] = models.requests;
    assert.deepEqual(asked?.body['messages'], [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Hello' },
    ]);
    assert.deepEqual([asked?.body['max_tokens'], asked?.body['seed']], [5, 1]);
    await settled();
    const kept = await backend.ledger.inferences({ function: 'tensorzero::default' });
    assert.deepEqual(
      kept.map(({ variant, project, model }) => [variant, project, model]),
      [
        ['good', 'acme', 'good'],
        ['good', 'acme', 'good'],
      ],
    );
  });

  test('tools that come with the call are offered, called, and told what they gave', async (t) => {
    const { ask, key, models } = await servedGateway(t);
    const mine = await key(['run'], ['acme']);
    models.script('good', answer('', { tools: [{ id: 'c1', name: 'weather', arguments: '{"city":"Ulm"}' }] }), answer('Rain.'));
    const tool = { name: 'weather', description: 'Tells the weather', parameters: { type: 'object' } };
    const body = { function_name: 'talk', additional_tools: [tool], tool_choice: { specific: 'weather' } };
    const first = await ask('POST', '/inference', { key: mine, body: { ...body, input: hello } });
    const [call] = first.as<{ readonly content: readonly [object] }>().content;
    assert.deepEqual(call, { type: 'tool_call', id: 'c1', name: 'weather', arguments: { city: 'Ulm' }, raw_arguments: '{"city":"Ulm"}' });
    assert.equal(first.as<Answer>()['finish_reason'], 'tool_call');
    const messages = [
      ...hello.messages,
      { role: 'assistant', content: [{ type: 'tool_call', id: 'c1', name: 'weather', arguments: { city: 'Ulm' } }] },
      { role: 'user', content: [{ type: 'tool_result', id: 'c1', result: 'rain' }] },
    ];
    await ask('POST', '/inference', { key: mine, body: { function_name: 'talk', input: { messages } } });
    assert.deepEqual(models.requests[0]?.body['tool_choice'], { type: 'function', function: { name: 'weather' } });
    assert.deepEqual(models.requests[1]?.body['messages'], [
      { role: 'user', content: 'Hello' },
      {
        role: 'assistant',
        content: null,
        tool_calls: [{ id: 'c1', type: 'function', function: { name: 'weather', arguments: '{"city":"Ulm"}' } }],
      },
      { role: 'tool', tool_call_id: 'c1', content: 'rain' },
    ]);
  });

  test('without a trace nothing is written down', async (t) => {
    const { ask, key, models, settled, backend } = await servedGateway(t);
    models.script('good', answer('Well.'));
    await ask('POST', '/inference', { key: await key(['run'], ['acme']), body: { function_name: 'talk', input: hello, dryrun: true } });
    await settled();
    assert.deepEqual(await backend.ledger.inferences({}), []);
  });

  test('the same idempotency key is the same inference, in its project', async (t) => {
    const { ask, key, models } = await servedGateway(t);
    const [mine, theirs] = [await key(['run'], ['acme']), await key(['run'], ['other'])];
    models.script('good', answer('One.'), answer('Two.'));
    const body = { function_name: 'talk', input: hello };
    const headers = { 'idempotency-key': 'k' };
    const first = (await ask('POST', '/inference', { key: mine, body, headers })).as<Answer>();
    assert.equal((await ask('POST', '/inference', { key: mine, body, headers })).as<Answer>().inference_id, first.inference_id);
    assert.notEqual((await ask('POST', '/inference', { key: theirs, body, headers })).as<Answer>().inference_id, first.inference_id);
    assert.equal((await ask('POST', '/inference', { key: mine, body, headers: { 'idempotency-key': 'k'.repeat(256) } })).status, 400);
  });

  test('what is wrong is told as a problem document', async (t) => {
    const { ask, key, models } = await servedGateway(t);
    const mine = await key(['run'], ['acme']);
    const ok = { function_name: 'talk', input: hello };
    const problem = async (body: unknown): Promise<readonly [number, string, string]> => {
      const { status: code, headers, as } = await ask('POST', '/inference', { key: mine, body });
      assert.equal(headers['content-type'], 'application/problem+json');
      return [code, as().code, as().detail];
    };
    const refused = async (body: unknown, code: number, name: string, detail: RegExp): Promise<void> => {
      const told = await problem(body);
      assert.deepEqual(told.slice(0, 2), [code, name], told[2]);
      assert.match(told[2], detail);
    };
    await refused({ input: hello }, 400, 'REQUEST_INVALID', /function_name or a model_name/);
    await refused({ ...ok, model_name: 'good' }, 400, 'REQUEST_INVALID', /one of both/);
    await refused({ ...ok, function_name: 'tolk' }, 404, 'FUNCTION_UNKNOWN', /talk\?/);
    await refused({ model_name: 'god', input: hello }, 404, 'MODEL_UNKNOWN', /good\?/);
    await refused({ ...ok, variant_name: 'two' }, 404, 'VARIANT_UNKNOWN', /it has one/);
    await refused({ model_name: 'good', input: hello, variant_name: 'one' }, 422, 'INPUT_INVALID', /leave variant_name out/);
    await refused({ ...ok, output_schema: {} }, 422, 'INPUT_INVALID', /answers text/);
    await refused({ ...ok, function_name: 'script', tool_choice: 'required' }, 422, 'INPUT_INVALID', /calls no tools/);
    await refused({ ...ok, tool_choice: 'required' }, 422, 'INPUT_INVALID', /there is none/);
    await refused({ ...ok, function_name: 'script', output_schema: { type: 3 } }, 422, 'INPUT_INVALID', /output_schema/);
    await refused({ ...ok, function_name: 'script', output_schema: { $ref: 'http://x' } }, 422, 'INPUT_INVALID', /\$ref/);
    await refused({ ...ok, input: { messages: [{ role: 'system', content: 'x' }] } }, 400, 'REQUEST_INVALID', /messages\/0\/role/);
    await refused({ ...ok, input: { messages: [] } }, 400, 'REQUEST_INVALID', /messages/);
    await refused({ ...ok, more: 1 }, 400, 'REQUEST_INVALID', /more/);
    await refused({ ...ok, tags: { api_key: 'admin' } }, 400, 'REQUEST_INVALID', /by the gateway itself/);
    await refused({ ...ok, params: { chat_completion: { temperature: 'hot' } } }, 400, 'REQUEST_INVALID', /temperature/);
    models.script('good', status(400, 'no such model'));
    await refused(ok, 502, 'PROVIDER_REFUSED', /no such model/);
    assert.equal(models.requests.length, 1);
  });

  test('where there is no gateway, that is said', async (t) => {
    const { ask, key } = await served(t);
    const { status: code, as } = await ask('POST', '/inference', {
      key: await key(['run']),
      body: { function_name: 'talk', input: hello },
    });
    assert.deepEqual([code, as().code], [404, 'NOT_MOUNTED']);
  });
});

suite('a stream of /inference', () => {
  test('comes in chunks that say whose they are, and ends in [DONE]', async (t) => {
    const { ask, key, models } = await servedGateway(t);
    models.script('good', answer(['We', 'll.'], { usage: { input: 3, output: 2 } }));
    const body = { function_name: 'talk', input: hello, stream: true };
    const { text, headers } = await ask('POST', '/inference', { key: await key(['run'], ['acme']), body });
    assert.equal(headers['content-type'], 'text/event-stream');
    const events = eventsOf(text).map(({ data }) => data);
    const [{ inference_id: id, episode_id: episode }] = events as unknown as readonly [Answer];
    const place = { inference_id: id, episode_id: episode, variant_name: 'one' };
    assert.deepEqual(events, [
      { ...place, content: [{ type: 'text', id: '0', text: 'We' }] },
      { ...place, content: [{ type: 'text', id: '0', text: 'll.' }] },
      { ...place, content: [], source: 'model', usage: { input_tokens: 3, output_tokens: 2, cost: 0 }, finish_reason: 'stop' },
      '[DONE]',
    ]);
  });

  test('that breaks before its first text is a problem document, and goes on with the next provider', async (t) => {
    const { ask, key, models } = await servedGateway(t);
    const mine = await key(['run'], ['acme']);
    models.script('first', status(500, 'down'));
    models.script('second', answer('Well.'), status(500, 'down too'));
    const body = { function_name: 'two', input: hello, stream: true };
    const good = await ask('POST', '/inference', { key: mine, body });
    assert.equal(eventsOf(good.text).at(-1)?.data, '[DONE]');
    models.script('first', status(500, 'down'));
    const bad = await ask('POST', '/inference', { key: mine, body });
    assert.deepEqual([bad.status, bad.headers['content-type'], bad.as().code], [502, 'application/problem+json', 'PROVIDER_FAILED']);
  });

  test('that is cut afterwards says so, and has no [DONE]', async (t) => {
    const { ask, key, models } = await servedGateway(t);
    models.script('good', { is: 'stream_error', after: ['We'], message: 'overloaded' });
    const { text } = await ask('POST', '/inference', {
      key: await key(['run'], ['acme']),
      body: { function_name: 'talk', input: hello, stream: true },
    });
    const events = eventsOf(text);
    assert.deepEqual(
      events.map(({ event }) => event),
      [undefined, 'error'],
    );
    assert.match(JSON.stringify(events[1]?.data), /"code":"STREAM_CUT"/);
    assert.doesNotMatch(text, /DONE/);
  });

  test('of a client that goes away is cancelled at the provider', async (t) => {
    const { url, key, models, settled, backend } = await servedGateway(t);
    const gate = new Gate();
    models.script('good', answer(['We', gate, 'll.']), { is: 'hang' });
    const base = await url();
    const mine = await key(['run'], ['acme']);
    for (const stream of [true, false]) {
      const gone = new AbortController();
      const body = JSON.stringify({ function_name: 'talk', input: hello, stream });
      const headers = { 'content-type': 'application/json', 'x-api-key': mine };
      const asked = fetch(`${base}/inference`, { method: 'POST', headers, body, signal: gone.signal });
      const received = await models.received(stream ? 1 : 2);
      // A stream is left after its first text, the other while it waits.
      if (stream) await (await asked).body?.getReader().read();
      gone.abort();
      await asked.catch(() => undefined);
      await received.gone;
    }
    await settled();
    const kept = await backend.ledger.inferences({});
    assert.deepEqual(
      kept.map(({ error }) => error?.code),
      ['CANCELLED', 'CANCELLED'],
    );
  });
});
