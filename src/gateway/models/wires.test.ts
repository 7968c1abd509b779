/** What goes over the wire, and what is read from it, in all formats. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { answer, status } from '../../testing/model-server/script.ts';
import type { Reply } from '../../testing/model-server/script.ts';
import { ModelServer } from '../../testing/model-server/model-server.ts';
import { SimulatedClock } from '../../testing/simulated-clock.ts';
import type { ModelConfig, ProviderConfig, ProviderType } from '../config/model.ts';
import { callOf, eventsOf, model, modelsOf, provider, wires } from './fixtures/rig.ts';
import type { ModelAnswer, ModelCall } from './model-call.ts';
import type { ModelsOptions } from './models.ts';

type Body = Readonly<Record<string, unknown>>;

const schema = { type: 'object', properties: { title: { type: 'string' } }, required: ['title'], additionalProperties: false } as const;

interface Sending {
  readonly reply?: Reply;
  readonly provider?: Partial<ProviderConfig>;
  readonly model?: Partial<ModelConfig>;
  readonly models?: Partial<ModelsOptions>;
}

/** One call, plain and streamed: what was sent each time, and what was answered. */
async function both(
  call: Partial<ModelCall>,
  sending: Sending,
): Promise<readonly { readonly body: Body; readonly headers: Body; readonly answer: ModelAnswer }[]> {
  await using server = await ModelServer.start();
  server.otherwise(sending.reply ?? answer('{"title":"x"}'));
  const config = model([provider(server.url, 'a', { modelName: 'claude-sonnet-4-5', ...sending.provider })], sending.model);
  const models = modelsOf(new SimulatedClock(), config, sending.models);
  const plain = await models.call(callOf(call));
  const last = (await eventsOf(models.stream(callOf(call)))).at(-1);
  assert.ok(last?.is === 'answer');
  const [first, second] = server.requests;
  assert.ok(first !== undefined && second !== undefined);
  return [
    { body: first.body, headers: first.headers, answer: plain },
    { body: second.body, headers: second.headers, answer: last.answer },
  ];
}

async function sent(call: Partial<ModelCall>, providing: Partial<ProviderConfig>): Promise<Body> {
  const [plain, streamed] = await both(call, { provider: providing });
  assert.ok(plain !== undefined && streamed !== undefined);
  const { stream: _stream, stream_options: _options, ...body } = streamed.body;
  assert.deepEqual(body, plain.body, 'a stream is asked for in other words');
  return plain.body;
}

suite('usage', () => {
  const usage = { input: 100, cached: 40, output: 5 };
  for (const type of wires)
    test(`${type}: the input is all that was read, and the cached tokens are a part of it`, async () => {
      for (const { answer: got } of await both({}, { provider: { type }, reply: answer('hi', { usage }) }))
        assert.deepEqual(got.usage, { inputTokens: 100, cachedTokens: 40, cacheWriteTokens: 0, outputTokens: 5 });
    });

  test('anthropic: what the cache takes in is a part of the input too', async () => {
    const reply = answer('hi', { usage: { ...usage, cacheWrite: 10 } });
    for (const { answer: got } of await both({}, { provider: { type: 'anthropic' }, reply }))
      assert.deepEqual(got.usage, { inputTokens: 100, cachedTokens: 40, cacheWriteTokens: 10, outputTokens: 5 });
  });

  const spellings: readonly (readonly [string, object, object])[] = [
    [
      'deepseek names the cache otherwise',
      { prompt_tokens: 9, completion_tokens: 2, total_tokens: 11, prompt_cache_hit_tokens: 4, prompt_cache_miss_tokens: 5 },
      { inputTokens: 9, cachedTokens: 4, cacheWriteTokens: 0, outputTokens: 2 },
    ],
    [
      'xai has the tokens of reasoning in the total alone',
      { prompt_tokens: 9, completion_tokens: 2, total_tokens: 111, completion_tokens_details: { reasoning_tokens: 100 } },
      { inputTokens: 9, cachedTokens: 0, cacheWriteTokens: 0, outputTokens: 102 },
    ],
    [
      'openrouter tells what was written to the cache',
      { prompt_tokens: 9, completion_tokens: 2, total_tokens: 11, prompt_tokens_details: { cached_tokens: 1, cache_write_tokens: 3 } },
      { inputTokens: 9, cachedTokens: 1, cacheWriteTokens: 3, outputTokens: 2 },
    ],
  ];
  for (const [what, told, expected] of spellings)
    test(what, async () => {
      await using server = await ModelServer.start();
      const body = JSON.stringify({
        model: 'x',
        choices: [{ message: { role: 'assistant', content: 'hi' }, finish_reason: 'stop' }],
        usage: told,
      });
      server.script('a-model', { is: 'body', body });
      const models = modelsOf(new SimulatedClock(), model([provider(server.url, 'a')]));
      assert.deepEqual((await models.call(callOf())).usage, expected);
    });

  test('an answer without usage costs its worst', async () => {
    for (const type of ['groq', 'openai', 'google'] as const)
      for (const { answer: got } of await both(
        { sampling: { maxTokens: 50 } },
        { provider: { type }, reply: answer('hi', { usage: 'none' }) },
      ))
        assert.deepEqual([got.cost, got.usage.inputTokens], [52, 0]);
  });

  test('cost pointers see the raw usage, of a stream too', async () => {
    const seen: unknown[] = [];
    const cost = [{ pointer: '/usage/prompt_tokens', perUnit: 1, required: true }];
    for (const type of ['groq', 'anthropic'] as const) {
      const options = {
        cost: (_provider: ProviderConfig, _usage: unknown, raw: unknown): number => {
          seen.push(raw);
          return 1;
        },
      };
      await both({}, { provider: { type, cost }, models: options });
    }
    const usages = seen.map((raw) => (raw as { readonly usage: Body }).usage);
    assert.deepEqual(
      usages.map((each) => each['prompt_tokens'] ?? each['input_tokens']),
      [11, 11, 11, 11],
    );
    assert.deepEqual(
      usages.map((each) => each['completion_tokens'] ?? each['output_tokens']),
      [7, 7, 7, 7],
    );
  });
});

suite('json modes', () => {
  const named = { name: 'script', schema };
  const strict: Readonly<Record<string, (body: Body) => void>> = {
    groq: (body) =>
      assert.deepEqual(body['response_format'], { type: 'json_schema', json_schema: { schema, strict: true, name: 'script' } }),
    openai: (body) =>
      assert.deepEqual(body['response_format'], { type: 'json_schema', json_schema: { schema, strict: true, name: 'script' } }),
    anthropic: (body) => assert.deepEqual(body['output_config'], { format: { type: 'json_schema', schema } }),
    google: (body) => {
      const config = body['generationConfig'] as Body;
      assert.equal(config['responseMimeType'], 'application/json');
      assert.ok('responseJsonSchema' in config);
    },
  };
  for (const type of wires) {
    test(`${type}: strict binds the answer to the schema`, async () => {
      strict[type]?.(await sent({ json: { mode: 'strict', ...named } }, { type }));
    });

    test(`${type}: tool asks for the arguments of a tool and gives them as the text`, async () => {
      const reply = answer('', { tools: [{ id: 't', name: 'script', arguments: '{"title":"x"}' }] });
      const [plain, streamed] = await both({ json: { mode: 'tool', ...named } }, { provider: { type }, reply });
      for (const got of [plain, streamed]) {
        assert.ok(got !== undefined);
        assert.deepEqual(JSON.parse(got.answer.text), { title: 'x' });
        assert.deepEqual(got.answer.toolCalls, []);
        assert.match(JSON.stringify(got.body), /"title"/);
        assert.match(JSON.stringify(got.body), /"(tool_choice|toolConfig)":.*script/);
      }
    });

    test(`${type}: a model that answers in words instead of by the tool is heard`, async () => {
      const got = await both({ json: { mode: 'tool', ...named } }, { provider: { type }, reply: answer(['{"title"', ':"y"}']) });
      assert.deepEqual(
        got.map((each) => each.answer.text),
        ['{"title":"y"}', '{"title":"y"}'],
      );
    });
  }

  test('strict with a model of Anthropic’s that cannot: its tool is used, and its arguments are the text', async () => {
    const reply = answer('', { tools: [{ id: 't', name: 'json', arguments: '{"title":"x"}' }] });
    const anthropic = { type: 'anthropic', modelName: 'claude-3-haiku-20240307' } as const;
    for (const { body, answer: got } of await both({ json: { mode: 'strict', ...named } }, { provider: anthropic, reply })) {
      assert.ok('tools' in body);
      assert.deepEqual([JSON.parse(got.text), got.toolCalls], [{ title: 'x' }, []]);
    }
  });

  test('a name that no provider would take is written otherwise', async () => {
    const json = { name: 'ns::a function.of/mine ☺', schema };
    const tool = answer('', { tools: [{ id: 't', name: 'ns__a_function_of_mine__', arguments: '{"title":"x"}' }] });
    for (const { answer: got } of await both({ json: { mode: 'tool', ...json } }, { reply: tool })) assert.equal(got.text, '{"title":"x"}');
    const strictly = await sent({ json: { mode: 'strict', ...json } }, { type: 'groq' });
    assert.match(JSON.stringify(strictly['response_format']), /"name":"ns__a_function_of_mine__"/);
  });

  test('on asks for any JSON, and sends no schema', async () => {
    const json = { mode: 'on', ...named } as const;
    assert.deepEqual((await sent({ json }, { type: 'groq' }))['response_format'], { type: 'json_object' });
    assert.deepEqual((await sent({ json }, { type: 'openai' }))['response_format'], { type: 'json_object' });
    const google = (await sent({ json }, { type: 'google' }))['generationConfig'] as Body;
    assert.equal(google['responseMimeType'], 'application/json');
    assert.ok(!('responseJsonSchema' in google));
  });
});

suite('what is sent', () => {
  const sampling = { temperature: 0.3, topP: 0.9, maxTokens: 99, presencePenalty: 0.1, frequencyPenalty: 0.2, seed: 7, stop: ['END'] };
  const chat = { temperature: 0.3, top_p: 0.9, max_tokens: 99, presence_penalty: 0.1, frequency_penalty: 0.2, stop: ['END'] };

  test('sampling reaches the request in the provider’s words', async () => {
    const groq = await sent({ sampling }, { type: 'groq' });
    for (const [name, value] of Object.entries({ ...chat, seed: 7 })) assert.deepEqual(groq[name], value, name);
    const mistral = await sent({ sampling }, { type: 'mistral' });
    for (const [name, value] of Object.entries({ ...chat, random_seed: 7, seed: undefined })) assert.deepEqual(mistral[name], value, name);
    const anthropic = await sent({ sampling: { temperature: 0.3, maxTokens: 99, stop: ['END'] } }, { type: 'anthropic' });
    assert.deepEqual([anthropic['temperature'], anthropic['max_tokens'], anthropic['stop_sequences']], [0.3, 99, ['END']]);
    const google = (await sent({ sampling }, { type: 'google' }))['generationConfig'] as Body;
    assert.deepEqual([google['temperature'], google['maxOutputTokens'], google['seed'], google['stopSequences']], [0.3, 99, 7, ['END']]);
  });

  test('a stream asks for its usage, where the server knows the word', async () => {
    const optionsOf = async (type: ProviderType): Promise<unknown> => (await both({}, { provider: { type } }))[1]?.body['stream_options'];
    assert.deepEqual(await optionsOf('groq'), { include_usage: true });
    assert.deepEqual(await optionsOf('openai'), { include_usage: true });
    assert.equal(await optionsOf('mistral'), undefined);
  });

  for (const type of wires)
    test(`${type}: extra fields are laid over the body, and extra headers are sent; the variant’s win`, async () => {
      const got = await both(
        {
          extraBody: { metadata: { of: 'variant', both: 'variant' }, stop: ['x'] },
          extraHeaders: { 'x-of': 'variant', 'x-variant': 'yes' },
        },
        {
          provider: {
            type,
            extraBody: { metadata: { both: 'provider', own: { deep: true } }, service_tier: 'flex' },
            extraHeaders: { 'x-of': 'provider', 'x-provider': 'yes' },
          },
        },
      );
      for (const { body, headers } of got) {
        assert.deepEqual(body['metadata'], { of: 'variant', both: 'variant', own: { deep: true } });
        assert.deepEqual([body['stop'], body['service_tier']], [['x'], 'flex']);
        assert.deepEqual([headers['x-of'], headers['x-variant'], headers['x-provider']], ['variant', 'yes', 'yes']);
        assert.ok('messages' in body || 'contents' in body);
      }
    });

  test('extra fields of one call are not in the next one', async () => {
    await using server = await ModelServer.start();
    server.otherwise(answer('hi'));
    const models = modelsOf(new SimulatedClock(), model([provider(server.url, 'a')]));
    await models.call(callOf({ extraBody: { user: 'me' } }));
    await models.call(callOf());
    assert.deepEqual([server.requests[0]?.body['user'], server.requests[1]?.body['user']], ['me', undefined]);
  });

  for (const type of wires)
    test(`${type}: tools and the choice among them`, async () => {
      const tools = [{ name: 'look', description: 'Looks.', parameters: schema, strict: true }];
      const reply = answer('', { tools: [{ id: 't1', name: 'look', arguments: '{"title":"x"}' }] });
      for (const toolChoice of ['auto', 'required', { specific: 'look' }] as const)
        for (const { body, answer: got } of await both({ tools, toolChoice }, { provider: { type }, reply })) {
          assert.match(JSON.stringify(body), /"look"/);
          assert.deepEqual([got.finish, got.toolCalls.length, got.toolCalls[0]?.name], ['tool-calls', 1, 'look']);
          assert.deepEqual(got.toolCalls[0]?.arguments, { title: 'x' });
        }
    });

  test('another gateway is asked under its own path and by its own names', async () => {
    await using server = await ModelServer.start();
    server.otherwise(answer('hi'));
    for (const [modelName, apiBase] of [
      ['fast_llm', server.url],
      ['tensorzero::function_name::poem', `${server.url}/openai/v1/`],
    ] as const) {
      const models = modelsOf(new SimulatedClock(), model([provider(server.url, 'a', { type: 'tensorzero', modelName, apiBase })]));
      await models.call(callOf());
    }
    assert.deepEqual(
      server.requests.map(({ path, model: name }) => `${path} ${name}`),
      ['/openai/v1/chat/completions tensorzero::model_name::fast_llm', '/openai/v1/chat/completions tensorzero::function_name::poem'],
    );
  });

  test('who has no address of its own has to be given one', async () => {
    for (const type of ['vllm', 'sglang', 'tensorzero', 'openai_compatible'] as const) {
      const { apiBase: _none, ...without } = provider('', 'a', { type });
      const models = modelsOf(new SimulatedClock(), model([without]));
      await assert.rejects(models.call(callOf()), { code: 'GATEWAY_CONFIG_INVALID', message: /provider a of type .* api_base/ });
    }
  });

  test('how an answer ended', async () => {
    for (const type of wires) {
      const finishes = [];
      for (const finish of ['stop', 'length', 'filter'] as const)
        for (const { answer: got } of await both({}, { provider: { type }, reply: answer('x', { finish }) })) finishes.push(got.finish);
      assert.deepEqual(finishes, ['stop', 'stop', 'length', 'length', 'content-filter', 'content-filter'], type);
    }
  });
});

suite('embeddings', () => {
  for (const type of ['groq', 'openai', 'google'] as const)
    test(`${type}: one vector for every text, in batches of one provider`, async () => {
      await using server = await ModelServer.start();
      const texts = Array.from({ length: 130 }, (_, at) => `text ${at}`);
      const vectors = texts.map((_, at) => [at, 1]);
      server.script('a-model', { is: 'vectors', vectors: vectors.slice(0, 96) }, { is: 'vectors', vectors: vectors.slice(96) });
      const models = modelsOf(new SimulatedClock(), model([provider(server.url, 'a', { type })]));
      assert.deepEqual(await models.embed('m', texts, {}), vectors);
      server.script('a-model', { is: 'vectors', vectors: [[3, 4]] });
      assert.deepEqual(await models.embed('m', ['one'], {}), [[3, 4]]);
      assert.deepEqual(await models.embed('m', [], {}), []);
      assert.equal(server.requests.length, 3);
      server.verify();
    });

  test('another provider takes over from the start: vectors of two models are not mixed', async () => {
    await using server = await ModelServer.start();
    const texts = Array.from({ length: 100 }, () => 'x');
    const vectors = texts.map(() => [1, 2]);
    server.script('a-model', { is: 'vectors', vectors: vectors.slice(0, 96) }, status(500, 'oh'));
    server.script('b-model', { is: 'vectors', vectors: vectors.slice(0, 96) }, { is: 'vectors', vectors: vectors.slice(96) });
    const models = modelsOf(new SimulatedClock(), model([provider(server.url, 'a'), provider(server.url, 'b')]));
    assert.equal((await models.embed('m', texts, {})).length, 100);
    server.verify();
  });

  test('vectors that are missing, empty or of different length are no answer', async () => {
    await using server = await ModelServer.start();
    const models = modelsOf(new SimulatedClock(), model([provider(server.url, 'a'), provider(server.url, 'b')]));
    for (const vectors of [[[1, 2]], [[], []], [[1, 2], [1]]]) {
      server.script('a-model', { is: 'vectors', vectors });
      server.script('b-model', { is: 'vectors', vectors: [[1], [2]] });
      assert.deepEqual(await models.embed('m', ['x', 'y'], {}), [[1], [2]]);
    }
    server.verify();
  });

  test('a provider without embeddings, and a model that is not there', async () => {
    const models = modelsOf(new SimulatedClock(), model([provider('http://127.0.0.1:9', 'a', { type: 'anthropic' })]));
    await assert.rejects(models.embed('m', ['x'], {}), { code: 'GATEWAY_CONFIG_INVALID', message: /anthropic makes no embeddings/ });
    await assert.rejects(models.embed('n', ['x'], {}), { code: 'MODEL_UNKNOWN', message: /no embedding model "n"/ });
  });
});
