/** The official client, over the wire. */
import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';
import OpenAI from 'openai';
import { answer, Gate, status } from '../../src/testing/model-server/script.ts';
import { servedGateway, type ServedGateway } from './served-gateway.ts';

interface Connected extends ServedGateway {
  readonly client: OpenAI;
  readonly base: string;
}

const hello: OpenAI.ChatCompletionMessageParam[] = [{ role: 'user', content: 'Hello' }];
const talk = { model: 'tensorzero::function_name::talk', messages: hello };

async function connected(t: TestContext, table: object = {}): Promise<Connected> {
  const it = await servedGateway(t, table);
  const base = `${await it.url()}/openai/v1`;
  return { ...it, base, client: new OpenAI({ baseURL: base, apiKey: await it.key(['run'], ['acme']), maxRetries: 0 }) };
}

async function failing(asked: Promise<unknown>): Promise<InstanceType<typeof OpenAI.APIError>> {
  const error = await asked.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof OpenAI.APIError, String(error));
  return error;
}

suite('chat completions', () => {
  test('of a function, of a model, and of a name alone', async (t) => {
    const { client, models } = await connected(t);
    models.otherwise(answer('Well.', { usage: { input: 3, output: 2 } }));
    const made = await client.chat.completions.create(talk);
    assert.deepEqual(made.choices, [
      { index: 0, finish_reason: 'stop', logprobs: null, message: { role: 'assistant', content: 'Well.', refusal: null } },
    ]);
    const { prompt_tokens, completion_tokens, total_tokens } = made.usage ?? {};
    assert.deepEqual([made.object, prompt_tokens, completion_tokens, total_tokens], ['chat.completion', 3, 2, 5]);
    assert.equal(made.model, 'tensorzero::function_name::talk::variant_name::one');
    const names: string[] = [];
    for (const model of ['talk', 'tensorzero::model_name::good', 'good'])
      names.push((await client.chat.completions.create({ ...talk, model })).model);
    assert.deepEqual(names, [
      'tensorzero::function_name::talk::variant_name::one',
      'tensorzero::model_name::good::variant_name::good',
      'tensorzero::model_name::good::variant_name::good',
    ]);
  });

  test('hand on what is said of the sampling, and who asks', async (t) => {
    const { client, models, settled, backend } = await connected(t);
    models.otherwise(answer('Well.'));
    await client.chat.completions.create({
      ...talk,
      messages: [{ role: 'system', content: 'Be brief.' }, { role: 'developer', content: [{ type: 'text', text: 'Be kind.' }] }, ...hello],
      max_tokens: 5,
      temperature: 0.5,
      top_p: 0.9,
      seed: 7,
      stop: 'END',
      n: 1,
      user: 'ann',
      metadata: { team: 'films' },
    });
    const { body } = await models.received(1);
    const { max_tokens, temperature, top_p, seed, stop, messages } = body;
    assert.deepEqual([max_tokens, temperature, top_p, seed, stop], [5, 0.5, 0.9, 7, ['END']]);
    assert.deepEqual(messages, [
      { role: 'system', content: 'Be brief.\nBe kind.' },
      { role: 'user', content: 'Hello' },
    ]);
    await settled();
    const [kept] = await backend.ledger.inferences({});
    assert.deepEqual([kept?.tags['user'], kept?.tags['team']], ['ann', 'films']);
  });

  test('go on in an episode, named in the body or in a header', async (t) => {
    const { client, models } = await connected(t);
    models.otherwise(answer('Well.'));
    const episode = (made: object): unknown => ('episode_id' in made ? made.episode_id : undefined);
    const first = episode(await client.chat.completions.create(talk));
    const second = await client.chat.completions.create({ ...talk, 'tensorzero::episode_id': first } as typeof talk);
    const third = await client.chat.completions.create(talk, { headers: { 'x-episode-id': String(first) } });
    assert.deepEqual([episode(second), episode(third)], [first, first]);
  });

  test('answer to a schema', async (t) => {
    const { client, models } = await connected(t);
    models.otherwise(answer('{"title":"Kites","minutes":3}'));
    const schema = { type: 'object', properties: { title: { type: 'string' } }, required: ['title'] };
    const response_format = { type: 'json_schema' as const, json_schema: { name: 'title', schema, strict: true } };
    for (const model of ['script', 'good']) {
      const made = await client.chat.completions.create({ ...talk, model, response_format });
      assert.deepEqual(JSON.parse(made.choices[0]?.message.content ?? ''), { title: 'Kites', minutes: 3 });
    }
    const sent = models.requests[1]?.body['response_format'] as typeof response_format | undefined;
    assert.deepEqual(sent?.json_schema.schema, schema);
    const refused = await failing(client.chat.completions.create({ ...talk, response_format }));
    assert.deepEqual([refused.status, refused.code], [422, 'INPUT_INVALID']);
  });

  test('call tools, and are told what they gave', async (t) => {
    const { client, models } = await connected(t);
    models.script('good', answer('', { tools: [{ id: 'c1', name: 'weather', arguments: '{"city":"Ulm"}' }] }), answer('Rain.'));
    const tools: OpenAI.ChatCompletionTool[] = [{ type: 'function', function: { name: 'weather', parameters: { type: 'object' } } }];
    const made = await client.chat.completions.create({ ...talk, tools, tool_choice: 'required' });
    const [choice] = made.choices;
    assert.equal(choice?.finish_reason, 'tool_calls');
    assert.deepEqual(choice.message.tool_calls, [
      { id: 'c1', type: 'function', function: { name: 'weather', arguments: '{"city":"Ulm"}' } },
    ]);
    const result: OpenAI.ChatCompletionMessageParam = { role: 'tool', tool_call_id: 'c1', content: 'rain' };
    const last = await client.chat.completions.create({ ...talk, tools, messages: [...hello, choice.message, result] });
    assert.equal(last.choices[0]?.message.content, 'Rain.');
    assert.deepEqual(models.requests[1]?.body['messages'], [
      ...hello,
      { role: 'assistant', content: null, tool_calls: choice.message.tool_calls },
      { role: 'tool', tool_call_id: 'c1', content: 'rain' },
    ]);
  });

  test('are listed as models', async (t) => {
    const { client } = await connected(t);
    const ids: string[] = [];
    for await (const { id } of client.models.list()) ids.push(id);
    assert.ok(ids.includes('tensorzero::function_name::talk'));
    assert.ok(ids.includes('tensorzero::model_name::good'));
  });
});

suite('a stream of chat completions', () => {
  test('comes in chunks, with the usage where that was asked for', async (t) => {
    const { client, models } = await connected(t);
    models.otherwise(answer(['We', 'll.'], { usage: { input: 3, output: 2 } }));
    const stream = await client.chat.completions.create({ ...talk, stream: true, stream_options: { include_usage: true } });
    const chunks: OpenAI.ChatCompletionChunk[] = [];
    for await (const chunk of stream) chunks.push(chunk);
    assert.equal(chunks.map(({ choices }) => choices[0]?.delta.content ?? '').join(''), 'Well.');
    assert.deepEqual(
      chunks.map(({ choices }) => choices[0]?.finish_reason),
      [null, null, null, 'stop', undefined],
    );
    assert.equal(chunks.at(-1)?.usage?.total_tokens, 5);
    assert.equal(new Set(chunks.map(({ id }) => id)).size, 1);
    const bare: OpenAI.ChatCompletionChunk[] = [];
    for await (const chunk of await client.chat.completions.create({ ...talk, stream: true })) bare.push(chunk);
    assert.equal(
      bare.some((chunk) => 'usage' in chunk),
      false,
    );
  });

  test('calls tools', async (t) => {
    const { client, models } = await connected(t);
    const calls = ['Ulm', 'Bonn'].map((city, place) => ({ id: `c${place}`, name: 'weather', arguments: JSON.stringify({ city }) }));
    models.otherwise(answer('', { tools: calls }));
    const tools: OpenAI.ChatCompletionTool[] = [{ type: 'function', function: { name: 'weather', parameters: { type: 'object' } } }];
    const made = await client.chat.completions.stream({ ...talk, tools }).finalChatCompletion();
    assert.deepEqual(
      made.choices[0]?.message.tool_calls?.map((call) => call.type === 'function' && [call.id, call.function.arguments]),
      calls.map((call) => [call.id, call.arguments]),
    );
    assert.equal(made.choices[0]?.finish_reason, 'tool_calls');
  });

  test('that was cut is an error, and never looks complete', async (t) => {
    const { client, models } = await connected(t);
    const gate = new Gate();
    models.script('good', { is: 'cut', after: ['We', gate] });
    const stream = await client.chat.completions.create({ ...talk, stream: true });
    let text = '';
    const error = await failing(
      (async () => {
        for await (const { choices } of stream) {
          text += choices[0]?.delta.content ?? '';
          if (text !== '') gate.open();
        }
      })(),
    );
    assert.deepEqual([text, error.code], ['We', 'STREAM_CUT']);
  });

  test('that breaks before its first text is an error with a status', async (t) => {
    const { client, models } = await connected(t);
    models.script('good', status(500, 'down'));
    const error = await failing(client.chat.completions.create({ ...talk, stream: true }));
    assert.deepEqual([error.status, error.code, error.type], [502, 'PROVIDER_FAILED', 'server_error']);
  });

  test('that is aborted is cancelled at the provider', async (t) => {
    const { client, models, settled, backend } = await connected(t);
    models.script('good', answer(['We', new Gate(), 'll.']));
    const stream = await client.chat.completions.create({ ...talk, stream: true });
    for await (const { choices } of stream) if (choices[0]?.delta.content === 'We') break;
    await (
      await models.received(1)
    ).gone;
    await settled();
    const [kept] = await backend.ledger.inferences({});
    assert.equal(kept?.error?.code, 'CANCELLED');
  });
});

suite('errors of chat completions', () => {
  test('have the form that the client reads', async (t) => {
    const { client, base, models } = await connected(t);
    const told = async (asked: Promise<unknown>): Promise<readonly unknown[]> => {
      const { status: code, type, code: name, param } = await failing(asked);
      return [code, type, name, param];
    };
    const create = (more: object): Promise<unknown> => client.chat.completions.create({ ...talk, ...more });
    assert.deepEqual(await told(create({ model: 'tensorzero::function_name::tolk' })), [
      404,
      'invalid_request_error',
      'FUNCTION_UNKNOWN',
      null,
    ]);
    assert.deepEqual(await told(create({ model: 'tensorzero::model_name::no' })), [404, 'invalid_request_error', 'MODEL_UNKNOWN', null]);
    assert.deepEqual(await told(create({ n: 2 })), [400, 'invalid_request_error', 'REQUEST_INVALID', 'n']);
    assert.deepEqual(await told(create({ messages: [{ role: 'robot', content: 'x' }] })), [
      400,
      'invalid_request_error',
      'REQUEST_INVALID',
      'messages.0.role',
    ]);
    const image = [{ type: 'image_url', image_url: { url: 'http://localhost/x.png' } }];
    assert.deepEqual((await told(create({ messages: [{ role: 'user', content: image }] }))).slice(0, 3), [
      400,
      'invalid_request_error',
      'REQUEST_INVALID',
    ]);
    assert.deepEqual((await told(create({ messages: [{ role: 'system', content: 'x' }] }))).slice(0, 1), [400]);
    assert.deepEqual((await told(create({ messages: [...hello, { role: 'tool', tool_call_id: 'c9', content: 'x' }] }))).slice(0, 3), [
      422,
      'invalid_request_error',
      'INPUT_INVALID',
    ]);
    const stranger = new OpenAI({ baseURL: base, apiKey: 'sk-nobody', maxRetries: 0 });
    assert.deepEqual(await told(stranger.chat.completions.create(talk)), [401, 'authentication_error', 'KEY_REQUIRED', null]);
    assert.equal(models.requests.length, 0);
  });

  test('say whether asking again helps, and the client heeds it', async (t) => {
    const { models, base, key } = await connected(t);
    const client = new OpenAI({ baseURL: base, apiKey: await key(['run'], ['acme']), maxRetries: 1 });
    models.script('good', status(400, 'never'));
    assert.equal((await failing(client.chat.completions.create(talk))).headers?.get('x-should-retry'), 'false');
    assert.equal(models.requests.length, 1);
    models.script('good', status(500, 'down'), answer('Well.'));
    assert.equal((await client.chat.completions.create(talk)).choices[0]?.message.content, 'Well.');
    assert.equal(models.requests.length, 3);
  });

  test('of a limit say when there is room again', async (t) => {
    const rules = [{ always: true, model_inferences_per_hour: 1, scope: [{ tag_key: 'api_key', tag_value: 'tensorzero::each' }] }];
    const { client, models } = await connected(t, { rate_limiting: { rules } });
    models.otherwise(answer('Well.'));
    await client.chat.completions.create(talk);
    const error = await failing(client.chat.completions.create(talk));
    assert.deepEqual([error.status, error.type, error.code], [429, 'rate_limit_error', 'RATE_LIMITED']);
    assert.ok(Number(error.headers?.get('retry-after')) > 0);
  });
});
