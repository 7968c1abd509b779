/** What a stranger would try: the same key at once, cancelled, closed too early, kept without contents, changed inputs. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { rig } from '../../test/gateway/rig.ts';
import { openMemory } from '../backends/memory/index.ts';
import { openSqlite } from '../backends/sqlite/index.ts';
import { answer, Gate, status } from '../testing/model-server/script.ts';

const talk = (...models: readonly string[]): object => ({
  functions: {
    talk: {
      type: 'chat',
      variants: Object.fromEntries(models.map((model) => [model, { type: 'chat_completion', model }])),
      experimentation: { type: 'static', candidate_variants: models.slice(0, 1), fallback_variants: models.slice(1) },
    },
  },
});

const priced = { prices: [{ provider: 'good', model: 'good', input_per_million: 1000, output_per_million: 1000 }] };

suite('an inference with a key', () => {
  test('that failed is asked again, and its answer is kept under the key', async () => {
    await using it = await rig({ ...talk('good'), ...priced });
    it.server.script('good', status(500, 'no'), answer('Well.'));
    await assert.rejects(it.gateway.infer('talk', 'Hello', { idempotencyKey: 'k' }), { code: 'PROVIDER_FAILED' });
    const { inferenceId } = await it.gateway.infer('talk', 'Hello', { idempotencyKey: 'k' });
    const again = await it.gateway.infer('talk', 'Hello', { idempotencyKey: 'k' });
    assert.deepEqual([again.inferenceId, again.output], [inferenceId, 'Well.']);
    assert.equal(it.server.requests.length, 2);
    await it.gateway.close();
    const kept = await it.backend.ledger.inferences({ function: 'talk' });
    assert.deepEqual(kept.map((one) => one.status).toSorted(), ['failed', 'ok']);
  });

  test('is asked once, however many ask at the same time', async () => {
    await using it = await rig(talk('good'));
    const gate = new Gate();
    it.server.script('good', { is: 'held', gate, reply: answer('Well.') });
    const asked = Promise.all([1, 2, 3].map(() => it.gateway.infer('talk', 'Hello', { idempotencyKey: 'k' })));
    await it.server.received(1);
    gate.open();
    assert.equal(new Set((await asked).map(({ inferenceId }) => inferenceId)).size, 1);
    assert.equal(it.server.requests.length, 1);
  });

  test('of which the first was cancelled is answered to the second', async () => {
    await using it = await rig(talk('good'));
    it.server.script('good', { is: 'hang' }, answer('Well.'));
    const abort = new AbortController();
    const first = it.gateway.infer('talk', 'Hello', { idempotencyKey: 'k', signal: abort.signal });
    await it.server.received(1);
    const second = it.gateway.infer('talk', 'Hello', { idempotencyKey: 'k' });
    abort.abort(new Error('gone'));
    await assert.rejects(first, /gone/);
    assert.equal((await second).output, 'Well.');
  });

  test('is another one in another project, and of another function', async () => {
    const { functions } = talk('good') as { functions: { talk: object } };
    await using it = await rig({ functions: { ...functions, other: functions.talk } });
    it.server.script('good', answer('One.'), answer('Two.'), answer('Three.'));
    const ask = async (name: string, project: string): Promise<unknown> =>
      (await it.gateway.infer(name, 'Hello', { idempotencyKey: 'k', project })).output;
    assert.deepEqual([await ask('talk', 'a'), await ask('talk', 'b'), await ask('other', 'a')], ['One.', 'Two.', 'Three.']);
    assert.equal(await ask('talk', 'a'), 'One.');
  });

  test('is heard again by whoever listens', async () => {
    await using it = await rig(talk('good'));
    it.server.script('good', answer('Well.'));
    await it.gateway.infer('talk', 'Hello', { idempotencyKey: 'k' });
    const heard: string[] = [];
    await it.gateway.infer('talk', 'Hello', { idempotencyKey: 'k', onText: (text) => heard.push(text) });
    assert.deepEqual(heard, ['Well.']);
  });

  test('where contents are not kept is asked again, and all that it cost is in the ledger', async () => {
    await using it = await rig({ ...talk('good'), ...priced, gateway: { keep_contents: false } });
    it.server.otherwise(answer('Well.', { usage: { input: 1000, output: 0 } }));
    await it.gateway.infer('talk', 'Hello', { idempotencyKey: 'k' });
    await it.gateway.infer('talk', 'Hello', { idempotencyKey: 'k' });
    await it.gateway.close();
    const kept = await it.backend.ledger.inferences({ function: 'talk' });
    assert.deepEqual(
      kept.map(({ cost, input, output }) => [cost, input, output]),
      [
        [1, undefined, undefined],
        [1, undefined, undefined],
      ],
    );
  });

  test('is durable before it is given, also where rules answered after a model was paid', async () => {
    await using it = await rig({
      functions: {
        pick: {
          type: 'json',
          output_schema: 'files/script.json',
          user_schema: 'files/topic.json',
          variants: { one: { type: 'chat_completion', model: 'good' }, rules: { type: 'rules', module: 'files/rules.ts' } },
        },
      },
    });
    it.server.otherwise(answer('no'));
    const { inferenceId, source } = await it.gateway.infer('pick', { topic: 'kites' }, { idempotencyKey: 'k' });
    assert.equal(source, 'rules');
    assert.notEqual(await it.backend.ledger.inference(inferenceId), undefined);
  });
});

suite('what is written down', () => {
  test('is the input as it was when it was given', async () => {
    await using it = await rig(talk('good'));
    const gate = new Gate();
    it.server.script('good', { is: 'held', gate, reply: answer('Well.') });
    const messages = [{ role: 'user' as const, content: 'Hello' }];
    const asked = it.gateway.infer('talk', { messages });
    await it.server.received(1);
    messages.push({ role: 'user', content: 'and besides' });
    gate.open();
    const { inferenceId } = await asked;
    await it.gateway.close();
    assert.equal((await it.backend.ledger.inference(inferenceId))?.input, '{"messages":[{"role":"user","content":"Hello"}]}');
  });

  test('an input that is not JSON is refused before anybody is paid', async () => {
    await using it = await rig(talk('good'));
    const input = { messages: [{ role: 'user' as const, content: 'Hello' }], more: 1n };
    await assert.rejects(it.gateway.infer('talk', input), { code: 'INPUT_INVALID', message: /talk/ });
    assert.equal(it.server.requests.length, 0);
  });

  test('a failure is that of the first choice, with what all choices cost', async () => {
    await using it = await rig({ ...talk('good', 'other'), ...priced });
    it.server.script('good', answer('', { finish: 'length', usage: { input: 1000, output: 0 } }), answer('', { finish: 'length' }));
    it.server.script('other', status(400, 'no'));
    await assert.rejects(it.gateway.infer('talk', 'Hello'), { code: 'INFERENCE_FAILED', retryable: true });
    await it.gateway.close();
    const [failed] = await it.backend.ledger.inferences({ status: 'failed' });
    assert.equal(failed?.variant, 'good');
    assert.ok((failed?.cost ?? 0) >= 1);
    const [use] = await it.backend.ledger.uses('talk');
    assert.deepEqual([use?.variant, use?.failures], ['good', 1]);
  });

  test('is whole numbers of tokens, whatever the provider says', async (t) => {
    const dir = await mkdtemp(join(tmpdir(), 'continuo-gateway-'));
    t.after(() => rm(dir, { recursive: true }));
    const backend = await openSqlite({ dir, role: 'engine' });
    t.after(() => backend.close());
    await using it = await rig(talk('good'), { backend });
    it.server.otherwise(answer('Well.', { usage: { input: 10.4, output: 2.6 } }));
    const { inferenceId } = await it.gateway.infer('talk', 'Hello');
    await it.gateway.close();
    const kept = await backend.ledger.inference(inferenceId);
    assert.deepEqual([kept?.inputTokens, kept?.outputTokens], [10, 3]);
  });

  test('a variant that is not there is no inference', async () => {
    await using it = await rig(talk('good'));
    await assert.rejects(it.gateway.infer('talk', 'Hello', { variant: 'none' }), { code: 'VARIANT_UNKNOWN' });
    await it.gateway.close();
    assert.deepEqual(await it.backend.ledger.inferences({}), []);
  });

  test('a cancelled inference is called so', async () => {
    await using it = await rig(talk('good'));
    it.server.script('good', { is: 'hang' });
    const abort = new AbortController();
    const asked = it.gateway.infer('talk', 'Hello', { signal: abort.signal });
    await it.server.received(1);
    abort.abort(new Error('the user left'));
    await assert.rejects(asked, /the user left/);
    await it.gateway.close();
    const [failed] = await it.backend.ledger.inferences({});
    assert.deepEqual(failed?.error, { code: 'CANCELLED', message: 'the user left' });
  });

  test('of a dry run it is nothing, not even the answer for the cache', async () => {
    await using it = await rig(talk('good'));
    it.server.otherwise(answer('Well.'));
    await it.gateway.infer('talk', 'Hello', { dryrun: true, cache: { mode: 'on' } });
    await it.gateway.infer('talk', 'Hello', { dryrun: true, cache: { mode: 'write_only' } });
    assert.equal((await it.gateway.infer('talk', 'Hello', { cache: { mode: 'on' } })).source, 'model');
    await it.gateway.close();
    assert.equal((await it.backend.ledger.inferences({})).length, 1);
  });
});

suite('cancelled', () => {
  const withRules = {
    functions: {
      script: {
        type: 'json',
        user_schema: 'files/topic.json',
        variants: { one: { type: 'chat_completion', model: 'good' }, rules: { type: 'rules', module: 'files/rules.ts' } },
      },
    },
  };

  test('beforehand, not even rules answer', async () => {
    await using it = await rig(withRules);
    const signal = AbortSignal.abort(new Error('gone'));
    await assert.rejects(it.gateway.infer('script', { topic: 'kites' }, { signal, variant: 'rules' }), /gone/);
  });

  test('while the model is asked again, it ends with the caller’s reason', async () => {
    await using it = await rig(withRules);
    it.server.script('good', answer('no JSON'), { is: 'hang' });
    const abort = new AbortController();
    const asked = it.gateway.infer('script', { topic: 'kites' }, { signal: abort.signal });
    const request = await it.server.received(2);
    abort.abort(new Error('gone'));
    await assert.rejects(asked, /gone/);
    await request.gone;
  });
});

suite('an answer that was paid', () => {
  test('is given, although the store cannot give back what it did not come to', async () => {
    const backend = openMemory();
    Object.assign(backend.meters, { correct: () => Promise.reject(new Error('the store is down')) });
    await using it = await rig({ ...talk('good'), ...priced, budgets: [{ name: 'all', limit_usd: 100 }] }, { backend });
    it.server.otherwise(answer('Well.'));
    assert.equal((await it.gateway.infer('talk', 'Hello')).output, 'Well.');
    assert.match(it.warnings.join(), /the store is down/);
  });
});

suite('closing', () => {
  test('waits for what is under way, and writes it down', async () => {
    await using it = await rig(talk('good'));
    const gate = new Gate();
    it.server.script('good', { is: 'held', gate, reply: answer('Well.') });
    const asked = it.gateway.infer('talk', 'Hello');
    await it.server.received(1);
    const closed = it.gateway.close();
    await assert.rejects(it.gateway.infer('talk', 'Hello'), { code: 'ENGINE_CLOSED' });
    gate.open();
    const { inferenceId } = await asked;
    await closed;
    assert.notEqual(await it.backend.ledger.inference(inferenceId), undefined);
  });
});

suite('a listener that fails', () => {
  test('ends the inference, and nobody else is asked', async () => {
    await using it = await rig(talk('good', 'other'));
    it.server.script('good', answer('Well.'));
    const onText = (): void => {
      throw new Error('nobody listens');
    };
    await assert.rejects(it.gateway.infer('talk', 'Hello', { onText }), /nobody listens/);
    assert.equal(it.server.count('other'), 0);
  });
});

test('a template says what it includes, though no variant names that', async () => {
  const one = { type: 'chat_completion', model: 'good', user_template: 'files/including.minijinja' };
  await using it = await rig({ functions: { talk: { type: 'chat', variants: { one } } } });
  it.server.script('good', answer('Well.'));
  await it.gateway.infer('talk', { topic: 'kites' });
  assert.deepEqual(it.server.requests[0]?.body['messages'], [{ role: 'user', content: 'Say hello to kites, politely.' }]);
});
