/** Asking again, in the company of providers that cannot or will not. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { modelsAt, rig, type Rig } from '../../../test/gateway/rig.ts';
import { answer, status } from '../../testing/model-server/script.ts';

const good = JSON.stringify({ title: 'Kites', minutes: 3 });
const topic = { topic: 'kites' };

const script = (model: string, extra: object = {}): object => ({
  functions: {
    script: {
      type: 'json',
      user_schema: 'files/topic.json',
      output_schema: 'files/script.json',
      variants: { one: { type: 'chat_completion', model, ...extra } },
    },
  },
});

const formats = ({ server }: Rig): readonly unknown[] =>
  server.requests.map(({ body }) => (body['response_format'] as { readonly type?: string } | undefined)?.type);

suite('the second question', () => {
  test('is put in the way in which the first was taken', async () => {
    await using it = await rig(script('good'));
    it.server.script('good', status(400, 'response_format json_schema is not supported'), answer('{"title":"Kites"}'), answer(good));
    assert.equal((await it.gateway.infer('script', topic)).rung, 'asked_again');
    assert.deepEqual(formats(it), ['json_schema', 'json_object', 'json_object']);
  });

  test('whose budget is used up sends for something cheaper', async () => {
    await using it = await rig({
      ...script('good', { max_tokens: 1000 }),
      prices: [{ provider: 'good', model: 'good', input_per_million: 0, output_per_million: 1000 }],
      budgets: [{ name: 'all', limit_usd: 1.5, on_limit: 'degrade' }],
    });
    it.server.otherwise(answer('no', { usage: { input: 1, output: 900 } }));
    await assert.rejects(it.gateway.infer('script', topic), { code: 'BUDGET_EXCEEDED' });
    assert.equal(it.server.requests.length, 1);
  });

  test('that finds nobody any more leaves the turn to the next provider', async () => {
    await using it = await rig(script('two'));
    it.server.script('first', answer('no'), status(401, 'invalid api key'));
    it.server.script('second', answer(good));
    const { provider, rung } = await it.gateway.infer('script', topic);
    assert.deepEqual([provider, rung], ['second', 'next_provider']);
  });
});

suite('the next provider', () => {
  test('that is down or has no key does not hide what was wrong with the answer', async () => {
    await using it = await rig(script('two'));
    it.server.script('first', answer('no'), answer('{"title":"Kites"}'));
    it.server.script('second', status(500, 'down'));
    await assert.rejects(it.gateway.infer('script', topic), { code: 'OUTPUT_UNUSABLE', message: /script.*one.*two.*minutes/ });
  });

  test('that is down keeps nobody from asking the first for JSON, where it takes no schema', async () => {
    await using it = await rig(script('two'));
    it.server.script('first', status(400, 'json_schema is not supported'), answer(good));
    it.server.script('second', status(500, 'down'));
    assert.equal((await it.gateway.infer('script', topic)).provider, 'first');
  });
});

suite('a text', () => {
  test('of which nothing was heard yet may be asked for again', async () => {
    await using it = await rig({ functions: { talk: { type: 'chat', variants: { one: { type: 'chat_completion', model: 'good' } } } } });
    it.server.script('good', answer('', { finish: 'length' }), answer('Well.'));
    const heard: string[] = [];
    await it.gateway.infer('talk', 'Hello', { onText: (text) => heard.push(text) });
    assert.deepEqual(heard, ['Well.']);
  });

  test('of JSON is heard when it is whole and fits', async () => {
    await using it = await rig(script('good'));
    it.server.script('good', answer(['{"title":"Ki', 'tes"}']), answer(good));
    const heard: string[] = [];
    await it.gateway.infer('script', topic, { onText: (text) => heard.push(text) });
    assert.deepEqual(heard, [good]);
  });
});

suite('a provider without a key', () => {
  test('is not waited for after one whose answer does not fit', async () => {
    await using it = await rig({});
    const models = modelsAt(it.server.url) as { readonly two: { readonly providers: { readonly first: object } } };
    const keyed = { type: 'openai', model_name: 'second', api_base: `${it.server.url}/v1` };
    await using other = await rig({
      ...script('mixed'),
      models: { mixed: { routing: ['first', 'keyed'], providers: { first: models.two.providers.first, keyed } } },
    });
    it.server.otherwise(answer('no'));
    await assert.rejects(other.gateway.infer('script', topic), { code: 'OUTPUT_UNUSABLE' });
  });
});
