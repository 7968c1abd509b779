import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { agent } from '../../src/index.ts';
import { answer } from '../../src/testing/model-server/script.ts';
import { servedGateway, type ServedGateway } from './served-gateway.ts';

const body = { function_name: 'talk', input: { messages: [{ role: 'user', content: 'Hello' }] } };

interface Answer {
  readonly inference_id: string;
  readonly episode_id: string;
}

async function inferred({ ask }: ServedGateway, key: string, more: object = {}): Promise<Answer> {
  const { status, as, text } = await ask('POST', '/inference', { key, body: { ...body, ...more } });
  assert.equal(status, 200, text);
  return as<Answer>();
}

suite('the project of an inference', () => {
  test('is that of the key, or the one that a tag or a header says', async (t) => {
    const it = await servedGateway(t);
    it.models.otherwise(answer('Well.'));
    const [one, two] = [await it.key(['run'], ['acme']), await it.key(['run'], ['acme', 'beta'])];
    await inferred(it, one);
    await inferred(it, two, { tags: { project_id: 'beta', team: 'films' } });
    await it.ask('POST', '/inference', { key: two, body, headers: { 'x-project-id': 'acme' } });
    await it.settled();
    const kept = await it.backend.ledger.inferences({});
    assert.deepEqual(kept.map(({ project }) => project).toSorted(), ['acme', 'acme', 'beta']);
    const { tags } = kept.find(({ project }) => project === 'beta') ?? {};
    assert.deepEqual(tags, { team: 'films', api_key: two.split('_')[1] });
  });

  test('is none that the key is not bound to, and must be said where there are several', async (t) => {
    const it = await servedGateway(t);
    const key = await it.key(['run'], ['acme', 'beta']);
    for (const tags of [{}, { project_id: 'gamma' }]) {
      const { status, as } = await it.ask('POST', '/inference', { key, body: { ...body, tags } });
      assert.deepEqual([status, as().code], [403, 'ACCESS_DENIED']);
    }
  });

  test('needs a key that may run', async (t) => {
    const it = await servedGateway(t);
    for (const url of ['/inference', '/feedback', '/openai/v1/chat/completions'])
      assert.equal((await it.ask('POST', url, { key: await it.key(['read'], ['acme']), body })).status, 403);
  });

  test('has budgets of its own, and each key has', async (t) => {
    const it = await servedGateway(t, {
      rate_limiting: {
        rules: [{ always: true, model_inferences_per_day: 1, scope: [{ tag_key: 'api_key', tag_value: 'tensorzero::each' }] }],
      },
    });
    it.models.otherwise(answer('Well.'));
    const [one, two] = [await it.key(['run'], ['acme']), await it.key(['run'], ['acme'])];
    await inferred(it, one);
    const { status, as, headers } = await it.ask('POST', '/inference', { key: one, body });
    assert.deepEqual([status, as().code], [429, 'RATE_LIMITED']);
    assert.ok(Number(headers['retry-after']) > 0);
    await inferred(it, two);
  });
});

suite('an episode', () => {
  test('goes on where it began, and nobody else joins it', async (t) => {
    const it = await servedGateway(t);
    it.models.otherwise(answer('Well.'));
    const [mine, theirs] = [await it.key(['run'], ['acme']), await it.key(['run'], ['other'])];
    const { episode_id: episode } = await inferred(it, mine);
    assert.equal((await inferred(it, mine, { episode_id: episode })).episode_id, episode);
    const foreign = await it.ask('POST', '/inference', { key: theirs, body: { ...body, episode_id: episode } });
    const unknown = await it.ask('POST', '/inference', { key: theirs, body: { ...body, episode_id: 'never-heard-of' } });
    assert.deepEqual([foreign.status, foreign.as().code], [404, 'INFERENCE_UNKNOWN']);
    assert.equal(foreign.as().detail.replace(episode, 'never-heard-of'), unknown.as().detail);
  });

  test('may be begun by whoever names it by a UUID, and may be a run of the project', async (t) => {
    const it = await servedGateway(t);
    it.models.otherwise(answer('Well.'));
    const [mine, theirs] = [await it.key(['run'], ['acme']), await it.key(['run'], ['other'])];
    await inferred(it, mine, { episode_id: '01890a5d-ac96-774b-bcce-b302099a8057' });
    it.orchestrator.register(agent({ id: 'echo', actions: { say: async () => 'x' } }));
    const plan = { id: 'p', steps: [{ id: 's', agentId: 'echo', action: 'say', input: {} }] };
    const run = await it.orchestrator.start(plan, {}, { project: 'acme', id: 'my-run' });
    await inferred(it, mine, { episode_id: run.id });
    const { status } = await it.ask('POST', '/inference', { key: theirs, body: { ...body, episode_id: run.id } });
    assert.equal(status, 404);
    const feedback = { metric_name: 'done', value: true, episode_id: run.id };
    assert.equal((await it.ask('POST', '/feedback', { key: mine, body: feedback })).status, 200);
    assert.equal((await it.ask('POST', '/feedback', { key: theirs, body: feedback })).status, 404);
  });
});

suite('POST /feedback', () => {
  test('is kept in the project of what it is about, with who said it', async (t) => {
    const it = await servedGateway(t);
    it.models.otherwise(answer('Well.'));
    const key = await it.key(['run'], ['acme']);
    const { inference_id: inference, episode_id: episode } = await inferred(it, key);
    const liked = { metric_name: 'liked', value: true, inference_id: inference, tags: { from: 'shop' } };
    const first = await it.ask('POST', '/feedback', { key, body: liked });
    assert.deepEqual([first.status, Object.keys(first.as<object>())], [200, ['feedback_id']]);
    assert.equal(
      (await it.ask('POST', '/feedback', { key, body: { metric_name: 'done', value: false, episode_id: episode } })).status,
      200,
    );
    const [kept] = await it.backend.ledger.feedback({ inference });
    assert.deepEqual([kept?.project, kept?.value, kept?.tags], ['acme', true, { from: 'shop', api_key: key.split('_')[1] }]);
  });

  test('on what is foreign is answered as on what is not there', async (t) => {
    const it = await servedGateway(t);
    it.models.otherwise(answer('Well.'));
    const [mine, theirs] = [await it.key(['run'], ['acme']), await it.key(['run'], ['other'])];
    const made = await inferred(it, mine);
    for (const field of ['inference_id', 'episode_id'] as const) {
      const metric_name = field === 'inference_id' ? 'liked' : 'done';
      const told = async (id: string): Promise<readonly unknown[]> => {
        const { status, as } = await it.ask('POST', '/feedback', { key: theirs, body: { metric_name, value: true, [field]: id } });
        const { request_id: _, ...problem } = as();
        return [status, { ...problem, detail: problem.detail.replace(id, 'ID') }];
      };
      assert.deepEqual(await told(made[field]), await told('01890a5d-ac96-774b-bcce-b302099a8057'));
      assert.equal((await told(made[field]))[0], 404);
    }
  });

  test('that does not fit is refused', async (t) => {
    const it = await servedGateway(t);
    it.models.otherwise(answer('Well.'));
    const key = await it.key(['run'], ['acme']);
    const { inference_id, episode_id } = await inferred(it, key);
    const code = async (given: object): Promise<readonly unknown[]> => {
      const { status, as } = await it.ask('POST', '/feedback', { key, body: given });
      return [status, as().code];
    };
    assert.deepEqual(await code({ metric_name: 'liked', value: true, inference_id, episode_id }), [400, 'REQUEST_INVALID']);
    assert.deepEqual(await code({ metric_name: 'liked', value: true }), [400, 'REQUEST_INVALID']);
    assert.deepEqual(await code({ metric_name: 'liked', inference_id }), [400, 'REQUEST_INVALID']);
    assert.deepEqual(await code({ metric_name: 'loved', value: true, inference_id }), [404, 'METRIC_UNKNOWN']);
    assert.deepEqual(await code({ metric_name: 'liked', value: 3, inference_id }), [422, 'FEEDBACK_INVALID']);
    assert.deepEqual(await code({ metric_name: 'liked', value: true, episode_id }), [422, 'FEEDBACK_INVALID']);
  });
});
