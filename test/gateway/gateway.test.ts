/** The gateway as a whole, over HTTP, with real templates, schemas, rules and a real ledger. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { openMemory } from '../../src/backends/memory/index.ts';
import { connection } from '../../src/gateway/connection.ts';
import { recordingContext } from '../../src/engine/isolation/fixtures/recording-context.ts';
import { answer, Gate, status } from '../../src/testing/model-server/script.ts';
import { rig } from './rig.ts';

const good = JSON.stringify({ title: 'Kites', minutes: 3 });
const topic = { topic: 'kites' };

const chatVariant = (model: string, extra: object = {}): object => ({
  type: 'chat_completion',
  model,
  system_template: 'files/system.minijinja',
  user_template: 'files/user.minijinja',
  ...extra,
});

const rulesVariant = { type: 'rules', module: 'files/rules.ts' };

const script = (variants: object, extra: object = {}): object => ({
  type: 'json',
  user_schema: 'files/topic.json',
  output_schema: 'files/script.json',
  variants,
  ...extra,
});

const onlyOne = (model = 'good'): object => ({ functions: { script: script({ one: chatVariant(model) }) } });

suite('an inference', () => {
  test('renders the templates, binds the schema, and says who answered at what cost', async () => {
    await using it = await rig({
      ...onlyOne(),
      prices: [{ provider: 'good', model: 'good', input_per_million: 2, output_per_million: 10 }],
    });
    it.server.script('good', answer(good, { usage: { input: 1000, output: 100 } }));
    const inference = await it.gateway.infer('script', topic, { episode: 'e', tags: { user: 'u' } });
    const { variant, model, provider, source, rung, output } = inference;
    assert.deepEqual(
      { variant, model, provider, source, rung, output },
      { variant: 'one', model: 'good', provider: 'good', source: 'model', rung: 'none', output: { title: 'Kites', minutes: 3 } },
    );
    assert.ok(Math.abs(inference.cost - 0.003) < 1e-12);
    const [request] = it.server.requests;
    assert.deepEqual(request?.body['messages'], [
      { role: 'system', content: 'You write scripts.' },
      { role: 'user', content: 'Write about kites.' },
    ]);
    assert.match(JSON.stringify(request?.body['response_format']), /json_schema.*minutes/);
    await it.gateway.close();
    const kept = await it.backend.ledger.inference(inference.inferenceId);
    assert.equal(kept?.cost, inference.cost);
    assert.deepEqual(
      [kept?.episode, kept?.tags, kept?.inputTokens, kept?.outputTokens, kept?.status],
      ['e', { user: 'u' }, 1000, 100, 'ok'],
    );
  });

  test('without an answering model it comes from the rules, and says why', async () => {
    await using it = await rig({ functions: { script: script({ one: chatVariant('good'), rules: rulesVariant }) } });
    it.server.otherwise(status(500, 'out of order'));
    const { source, variant, output, tried } = await it.gateway.infer('script', topic);
    assert.deepEqual([source, variant, output], ['rules', 'rules', { title: 'About kites', minutes: 1 }]);
    assert.deepEqual(
      tried.map(({ variant: name, code }) => [name, code]),
      [['one', 'PROVIDER_FAILED']],
    );
  });

  test('without a key it comes from the rules, and nothing is tried', async () => {
    const keyed = { routing: ['p'], providers: { p: { type: 'openai', model_name: 'm' } } };
    await using it = await rig({ models: { keyed }, functions: { script: script({ one: chatVariant('keyed'), rules: rulesVariant }) } });
    const { source, tried } = await it.gateway.infer('script', topic);
    assert.deepEqual([source, tried], ['rules', []]);
    assert.deepEqual(it.gateway.keysThatHelp('script'), ['OPENAI_API_KEY']);
  });

  test('without a key and without rules it says which variables would do', async () => {
    const keyed = { routing: ['p'], providers: { p: { type: 'openai', model_name: 'm' } } };
    await using it = await rig({ models: { keyed }, functions: { script: script({ one: chatVariant('keyed') }) } });
    await assert.rejects(it.gateway.infer('script', topic), { code: 'KEY_MISSING', message: /script.*OPENAI_API_KEY/ });
  });

  test('a variant that is asked for by name is tried alone', async () => {
    await using it = await rig({ functions: { script: script({ one: chatVariant('good'), rules: rulesVariant }) } });
    it.server.otherwise(status(500, 'out of order'));
    await assert.rejects(it.gateway.infer('script', topic, { variant: 'one' }), { code: 'PROVIDER_FAILED' });
    await assert.rejects(it.gateway.infer('script', topic, { variant: 'two' }), { code: 'VARIANT_UNKNOWN', message: /one, rules/ });
    await it.gateway.close();
    const kept = await it.backend.ledger.inferences({});
    assert.deepEqual(
      kept.map(({ variant }) => variant),
      ['one'],
      'what was never asked is no inference',
    );
  });

  test('what nobody answers lists what each said', async () => {
    await using it = await rig({ functions: { script: script({ one: chatVariant('good'), two: chatVariant('other') }) } });
    it.server.otherwise((model) => status(model === 'good' ? 500 : 400, `${model} says no`));
    await assert.rejects(it.gateway.infer('script', topic), {
      code: 'INFERENCE_FAILED',
      message: /good says no[^]*other says no|other says no[^]*good says no/,
    });
    await it.gateway.close();
    const [failed] = await it.backend.ledger.inferences({ status: 'failed' });
    assert.equal(failed?.error?.code, 'INFERENCE_FAILED');
  });

  test('bad input is refused before anything is called', async () => {
    await using it = await rig(onlyOne());
    await assert.rejects(it.gateway.infer('script', { topik: 'kites' }), { code: 'INPUT_INVALID', message: /script.*topi/ });
    await assert.rejects(it.gateway.infer('script', 'kites'), { code: 'INPUT_INVALID', message: /topic/ });
    await assert.rejects(it.gateway.infer('scripd', topic), { code: 'FUNCTION_UNKNOWN', message: /script\?/ });
    await assert.rejects(it.gateway.infer('script', { messages: [] }), { code: 'INPUT_INVALID' });
    assert.equal(it.server.requests.length, 0);
  });

  test('the caller’s input stays as it is, and is its own', async () => {
    await using it = await rig(onlyOne());
    it.server.otherwise(answer(good));
    const input = { topic: 'kites' };
    await it.gateway.infer('script', input);
    input.topic = 'planes';
    assert.equal(input.topic, 'planes');
  });

  test('messages, as a gateway speaks HTTP', async () => {
    await using it = await rig({ functions: { talk: { type: 'chat', variants: { one: { type: 'chat_completion', model: 'good' } } } } });
    it.server.script('good', answer('Well.'));
    const messages = [
      { role: 'user' as const, content: 'Hello' },
      { role: 'assistant' as const, content: 'Hi.' },
      { role: 'user' as const, content: 'How are you?' },
    ];
    const { output } = await it.gateway.infer('talk', { system: 'Be brief.', messages });
    assert.equal(output, 'Well.');
    assert.deepEqual(it.server.requests[0]?.body['messages'], [{ role: 'system', content: 'Be brief.' }, ...messages]);
  });

  test('cancelled, it ends with the caller’s reason, and nobody takes its place', async () => {
    await using it = await rig({ functions: { script: script({ one: chatVariant('good'), rules: rulesVariant }) } });
    it.server.script('good', { is: 'hang' });
    const abort = new AbortController();
    const reason = new Error('the run was cancelled');
    const asked = it.gateway.infer('script', topic, { signal: abort.signal });
    const request = await it.server.received(1);
    abort.abort(reason);
    await assert.rejects(asked, reason);
    await request.gone;
  });
});

suite('the ladder', () => {
  test('the cheap rungs ask nobody', async () => {
    await using it = await rig(onlyOne());
    it.server.script(
      'good',
      answer(`Here it is:\n\`\`\`json\n${good}\n\`\`\``),
      answer("{title: 'Kites', minutes: 3,}"),
      answer('{"title":"Kites","minutes":"3"}'),
    );
    const rungs = [];
    for (let time = 0; time < 3; time++) rungs.push((await it.gateway.infer('script', topic)).rung);
    assert.deepEqual(rungs, ['extracted', 'syntax', 'coerced']);
    assert.equal(it.server.requests.length, 3);
  });

  test('then the model is asked again, once, and told what is wrong', async () => {
    await using it = await rig(onlyOne());
    it.server.script('good', answer('{"title":"Kites"}'), answer(good));
    const { rung, output } = await it.gateway.infer('script', topic);
    assert.deepEqual([rung, output], ['asked_again', { title: 'Kites', minutes: 3 }]);
    const messages = it.server.requests[1]?.body['messages'] as readonly { readonly role: string; readonly content: string }[];
    assert.deepEqual(
      messages.map(({ role }) => role),
      ['system', 'user', 'assistant', 'user'],
    );
    assert.match(messages[3]?.content ?? '', /minutes/);
  });

  test('then the next provider has its turn', async () => {
    await using it = await rig(onlyOne('two'));
    it.server.script('first', answer('I would rather not.'), answer('Really not.'));
    it.server.script('second', answer(good));
    const { rung, provider, tried } = await it.gateway.infer('script', topic);
    assert.deepEqual([rung, provider], ['next_provider', 'second']);
    assert.deepEqual(
      tried.map(({ provider: name, code }) => [name, code]),
      [['first', 'OUTPUT_UNUSABLE']],
    );
  });

  test('and in the end it says what did not fit', async () => {
    await using it = await rig(onlyOne('two'));
    it.server.otherwise(answer('{"title": 3}'));
    await assert.rejects(it.gateway.infer('script', topic), { code: 'OUTPUT_UNUSABLE', message: /script.*one.*minutes/, retryable: true });
    assert.equal(it.server.requests.length, 4);
  });

  test('half an answer, cut off at the limit of tokens, does not pass for a whole one', async () => {
    await using it = await rig(onlyOne());
    it.server.script('good', answer('{"title":"Kites","minutes":3', { finish: 'length' }), answer(good));
    assert.equal((await it.gateway.infer('script', topic)).rung, 'asked_again');
  });

  test('a provider that does not take the schema is asked for JSON', async () => {
    await using it = await rig(onlyOne());
    it.server.script('good', status(400, 'response_format json_schema is not supported'), answer(good));
    assert.equal((await it.gateway.infer('script', topic)).source, 'model');
    assert.deepEqual(it.server.requests[1]?.body['response_format'], { type: 'json_object' });
  });
});

suite('several candidates', () => {
  const bestOf = (extra: object = {}): object => ({
    functions: {
      script: script(
        {
          one: chatVariant('good'),
          two: chatVariant('other'),
          best: {
            type: 'experimental_best_of_n_sampling',
            candidates: ['one', 'two'],
            evaluator: { model: 'judge', system_template: 'files/judge.minijinja' },
            ...extra,
          },
        },
        { experimentation: { type: 'static', candidate_variants: ['best'] } },
      ),
    },
  });
  const other = JSON.stringify({ title: 'Other', minutes: 9 });

  test('the judge chooses, and all of it is in the ledger under one inference', async () => {
    await using it = await rig({
      ...bestOf(),
      prices: ['good', 'other', 'judge'].map((name) => ({ provider: name, model: name, input_per_million: 1, output_per_million: 1 })),
    });
    const usage = { input: 90, output: 10 };
    it.server.script('good', answer(good, { usage }));
    it.server.script('other', answer(other, { usage }));
    it.server.script('judge', answer('{"thinking":"longer","answer_choice":1}', { usage }));
    const { output, variant, inferenceId, cost, usage: used } = await it.gateway.infer('script', topic);
    assert.deepEqual([output, variant, used.inputTokens], [{ title: 'Other', minutes: 9 }, 'best', 270]);
    assert.ok(Math.abs(cost - 0.0003) < 1e-12);
    await it.gateway.close();
    const kept = await it.backend.ledger.inferences({ function: 'script' });
    assert.deepEqual(
      new Map(kept.map(({ variant: name, parent }) => [name, parent])),
      new Map([
        ['best', undefined],
        ['one', inferenceId],
        ['two', inferenceId],
      ]),
    );
    assert.match(
      JSON.stringify(it.server.requests.find(({ model }) => model === 'judge')?.body),
      /Prefer what is short[^]*\[0\][^]*Kites[^]*\[1\][^]*Other/,
    );
  });

  test('those that fail are dropped, and the only one left is not judged', async () => {
    await using it = await rig(bestOf());
    it.server.script('good', status(500, 'no'));
    it.server.script('other', answer(other));
    const { output, tried } = await it.gateway.infer('script', topic);
    assert.deepEqual(output, { title: 'Other', minutes: 9 });
    assert.deepEqual(
      tried.map(({ variant }) => variant),
      ['one'],
    );
    assert.equal(it.server.count('judge'), 0);
  });

  test('a judge that fails costs its judgement, and no answer', async () => {
    await using it = await rig(bestOf(), { random: () => 0.99 });
    it.server.script('good', answer(good));
    it.server.script('other', answer(other));
    it.server.script('judge', status(500, 'no'));
    const { output, tried } = await it.gateway.infer('script', topic);
    assert.deepEqual(output, { title: 'Other', minutes: 9 });
    assert.deepEqual(
      tried.map(({ variant }) => variant),
      ['best.evaluator'],
    );
  });

  test('a fuser makes one of them', async () => {
    await using it = await rig({
      functions: {
        script: script(
          {
            one: chatVariant('good'),
            two: chatVariant('other'),
            mix: {
              type: 'experimental_mixture_of_n',
              candidates: ['one', 'two'],
              fuser: { model: 'judge', system_template: 'files/judge.minijinja' },
            },
          },
          { experimentation: { type: 'static', candidate_variants: ['mix'] } },
        ),
      },
    });
    it.server.script('good', answer(good));
    it.server.script('other', answer(other));
    it.server.script('judge', answer('{"title":"Both","minutes":6}'));
    assert.deepEqual((await it.gateway.infer('script', topic)).output, { title: 'Both', minutes: 6 });
  });
});

suite('good answers of the past', () => {
  const table = {
    functions: {
      script: script(
        {
          one: chatVariant('good'),
          shown: { ...chatVariant('other'), type: 'experimental_dynamic_in_context_learning', k: 1 },
        },
        { experimentation: { type: 'static', candidate_variants: ['one'] } },
      ),
    },
  };

  test('are shown where the question is alike', async () => {
    await using it = await rig(table);
    it.server.otherwise(answer(good));
    const kites = await it.gateway.infer('script', { topic: 'how to fly kites in the wind' });
    const soup = await it.gateway.infer('script', { topic: 'how to cook soup' });
    await it.gateway.feedback({ metric: 'demonstration', value: { title: 'Up!', minutes: 2 }, inferenceId: kites.inferenceId });
    await it.gateway.feedback({ metric: 'demonstration', value: { title: 'Hot!', minutes: 2 }, inferenceId: soup.inferenceId });
    await it.gateway.infer('script', { topic: 'flying a kite on windy days: kites' }, { variant: 'shown' });
    const messages = it.server.requests.at(-1)?.body['messages'] as readonly { readonly role: string; readonly content: string }[];
    assert.deepEqual(messages.map(({ content }) => content).slice(1), [
      'Write about how to fly kites in the wind.',
      '{"title":"Up!","minutes":2}',
      'Write about flying a kite on windy days: kites.',
    ]);
  });

  test('and where there are none, nothing is', async () => {
    await using it = await rig(table);
    it.server.script('other', answer(good));
    await it.gateway.infer('script', topic, { variant: 'shown' });
    assert.equal((it.server.requests[0]?.body['messages'] as readonly unknown[] | undefined)?.length, 2);
  });
});

suite('the cache', () => {
  const cached = { ...onlyOne(), cache: { mode: 'on' } };

  test('gives the same answer to exactly the same request, for nothing, within its project', async () => {
    await using it = await rig(cached);
    it.server.otherwise(answer(good, { usage: { input: 10, output: 10 } }));
    await it.gateway.infer('script', topic);
    const again = await it.gateway.infer('script', topic);
    assert.deepEqual([again.source, again.cost, again.usage.inputTokens, again.output], ['cache', 0, 0, { title: 'Kites', minutes: 3 }]);
    await it.gateway.infer('script', { topic: 'planes' });
    await it.gateway.infer('script', topic, { project: 'another' });
    await it.gateway.infer('script', topic, { sampling: { temperature: 0.1 } });
    assert.equal(it.server.requests.length, 4);
  });

  test('never keeps a failure', async () => {
    await using it = await rig(cached);
    it.server.script('good', answer('no'), answer('no'), answer(good));
    await assert.rejects(it.gateway.infer('script', topic), { code: 'OUTPUT_UNUSABLE' });
    assert.equal((await it.gateway.infer('script', topic)).source, 'model');
  });

  test('has modes', async () => {
    await using it = await rig(onlyOne());
    it.server.otherwise(answer(good));
    const sources = [];
    for (const mode of ['read_only', 'write_only', 'write_only', 'read_only', 'off', 'on'] as const)
      sources.push((await it.gateway.infer('script', topic, { cache: { mode } })).source);
    assert.deepEqual(sources, ['model', 'model', 'model', 'cache', 'model', 'cache']);
  });
});

suite('streams', () => {
  const talk = { functions: { talk: { type: 'chat', variants: { one: { type: 'chat_completion', model: 'two' } } } } };

  test('the text is heard as it comes', async () => {
    await using it = await rig(talk);
    const gate = new Gate();
    it.server.script('first', answer(['Once ', gate, 'upon a time.']));
    const heard: string[] = [];
    const { promise, resolve } = Promise.withResolvers<void>();
    const asked = it.gateway.infer('talk', 'a story', { onText: (text) => (heard.push(text), resolve()) });
    await promise;
    assert.deepEqual(heard, ['Once ']);
    gate.open();
    assert.equal((await asked).output, 'Once upon a time.');
    assert.equal(heard.join(''), 'Once upon a time.');
  });

  test('before the first text the next provider takes over', async () => {
    await using it = await rig(talk);
    it.server.script('first', { is: 'cut', after: [] });
    it.server.script('second', answer('Here.'));
    const heard: string[] = [];
    assert.equal((await it.gateway.infer('talk', 'a story', { onText: (text) => heard.push(text) })).provider, 'second');
    assert.equal(heard.join(''), 'Here.');
  });

  test('after it, a cut is an error, and nobody else speaks', async () => {
    await using it = await rig(talk);
    const gate = new Gate();
    it.server.script('first', { is: 'cut', after: ['Once ', gate] });
    await assert.rejects(it.gateway.infer('talk', 'a story', { onText: () => gate.open() }), { code: 'STREAM_CUT' });
    assert.equal(it.server.count('second'), 0);
  });
});

suite('feedback', () => {
  const table = {
    ...onlyOne(),
    metrics: {
      liked: { type: 'boolean', optimize: 'max', level: 'inference' },
      quality: { type: 'float', optimize: 'max', level: 'episode' },
    },
  };

  test('is kept for an inference and for an episode', async () => {
    await using it = await rig(table);
    it.server.otherwise(answer(good));
    const { inferenceId } = await it.gateway.infer('script', topic, { episode: 'e', project: 'p' });
    await it.gateway.feedback({ metric: 'liked', value: true, inferenceId });
    await it.gateway.feedback({ metric: 'quality', value: 8.5, episodeId: 'e' });
    await it.gateway.feedback({ metric: 'comment', value: 'nice', inferenceId });
    const [liked] = await it.backend.ledger.observations('script', 'liked');
    const [quality] = await it.backend.ledger.observations('script', 'quality');
    assert.deepEqual([liked?.value, quality?.value, quality?.variant], [1, 8.5, 'one']);
    const [kept] = await it.backend.ledger.feedback({ episode: 'e' });
    assert.equal(kept?.project, 'p');
  });

  test('what does not fit is refused', async () => {
    await using it = await rig(table);
    it.server.otherwise(answer(good));
    const { inferenceId } = await it.gateway.infer('script', topic, { episode: 'e' });
    const refused = (feedback: object, code: string): Promise<void> =>
      // Wrong on purpose.
      assert.rejects(it.gateway.feedback(feedback as Parameters<typeof it.gateway.feedback>[0]), { code });
    await refused({ metric: 'likd', value: true, inferenceId }, 'METRIC_UNKNOWN');
    await refused({ metric: 'liked', value: 1, inferenceId }, 'FEEDBACK_INVALID');
    await refused({ metric: 'quality', value: Number.NaN, episodeId: 'e' }, 'FEEDBACK_INVALID');
    await refused({ metric: 'quality', value: 3, inferenceId }, 'FEEDBACK_INVALID');
    await refused({ metric: 'liked', value: true }, 'FEEDBACK_INVALID');
    await refused({ metric: 'liked', value: true, inferenceId: 'nobody' }, 'INFERENCE_UNKNOWN');
    await refused({ metric: 'demonstration', value: { title: 3 }, inferenceId }, 'FEEDBACK_INVALID');
  });
});

suite('in the hands of an agent', () => {
  test('an answer that was paid for comes back when the attempt is made again, and not in the next attempt', async () => {
    const backend = openMemory();
    await using it = await rig(onlyOne(), { backend });
    it.server.otherwise(answer(good));
    const ask = async (attempt: number): Promise<string> =>
      (await connection(it.gateway).infer('script', topic, recordingContext({ attempt }).ctx, {})).inferenceId;
    const first = await ask(1);
    assert.equal(await ask(1), first);
    assert.equal(it.server.requests.length, 1);
    assert.notEqual(await ask(2), first);
    assert.equal(it.server.requests.length, 2);
  });

  test('the same question asked twice in an attempt is asked twice', async () => {
    await using it = await rig(onlyOne());
    it.server.otherwise(answer(good));
    const { ctx } = recordingContext();
    const hand = connection(it.gateway);
    await hand.infer('script', topic, ctx, {});
    await hand.infer('script', topic, ctx, {});
    assert.equal(it.server.requests.length, 2);
  });

  test('its purse pays, and an empty one that says degrade gets rules', async () => {
    await using it = await rig({
      functions: { script: script({ one: chatVariant('good'), rules: rulesVariant }) },
      prices: [{ provider: 'good', model: 'good', input_per_million: 1000, output_per_million: 1000 }],
    });
    // The context grants up to ten dollars, and no more.
    const { ctx } = recordingContext();
    const { source, tried } = await connection(it.gateway).infer('script', topic, ctx, {});
    assert.deepEqual([source, tried.map(({ code }) => code)], ['rules', ['BUDGET_EXCEEDED']]);
    assert.equal(it.server.requests.length, 0);
  });
});

suite('limits of the configuration', () => {
  test('a budget that says stop stops, and rules do not hide it', async () => {
    await using it = await rig({
      functions: { script: script({ one: chatVariant('good', { max_tokens: 1000 }), rules: rulesVariant }) },
      prices: [{ provider: 'good', model: 'good', input_per_million: 1, output_per_million: 10 }],
      budgets: [{ name: 'projects', scope: [{ tag_key: 'project', tag_value: 'tensorzero::each' }], limit_usd: 0.02 }],
    });
    it.server.otherwise(answer(good, { usage: { input: 10, output: 999 } }));
    await it.gateway.infer('script', topic, { project: 'a' });
    await assert.rejects(it.gateway.infer('script', topic, { project: 'a' }), { code: 'BUDGET_EXCEEDED', message: /projects/ });
    assert.equal((await it.gateway.infer('script', topic, { project: 'b' })).source, 'model');
  });

  test('a rate limit says when there is room again', async () => {
    await using it = await rig({
      ...onlyOne(),
      rate_limiting: { rules: [{ model_inferences_per_hour: 1, always: true }] },
    });
    it.server.otherwise(answer(good));
    await it.gateway.infer('script', topic);
    await assert.rejects(it.gateway.infer('script', topic), { code: 'RATE_LIMITED', retryable: true });
  });
});
