/** Every grant is settled once, and for what it came to, on every way that a request can take. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { answer, status } from '../../testing/model-server/script.ts';
import type { Reply } from '../../testing/model-server/script.ts';
import { ModelServer } from '../../testing/model-server/model-server.ts';
import { SimulatedClock } from '../../testing/simulated-clock.ts';
import { ContinuoError } from '../../core/errors.ts';
import { Bill } from './bill.ts';
import { Books, callOf, eventsOf, model, modelsOf, provider, wires, worstOfCall } from './fixtures/rig.ts';

const ways: readonly (readonly [string, Reply, number])[] = [
  ['an answer: what it used', answer('fine'), 18],
  ['a refusal: nothing', status(400, 'no'), 0],
  ['a refused key: nothing', status(401, 'no'), 0],
  ['a limit: nothing', status(429, 'wait'), 0],
  ['an error of the server: nothing', status(500, 'oh'), 0],
  ['a cut: the worst', { is: 'cut', after: [] }, worstOfCall],
  ['an answer that is none: the worst', { is: 'body', body: '{"what": ' }, worstOfCall],
  ['an empty answer: what it used', answer(''), 18],
];

suite('settling', () => {
  for (const type of wires)
    for (const [what, reply, expected] of ways)
      test(`${type}: ${what}`, async () => {
        await using server = await ModelServer.start();
        server.script('a-model', reply, reply);
        for (const streamed of [false, true]) {
          const models = modelsOf(new SimulatedClock(), model([provider(server.url, 'a', { type })]));
          const guard = new Books();
          const call = callOf({ guard });
          await (streamed ? eventsOf(models.stream(call)) : models.call(call)).catch((error: unknown) =>
            assert.ok(error instanceof ContinuoError, String(error)),
          );
          assert.deepEqual([guard.open, guard.settled], [0, [expected]], streamed ? 'streamed' : 'plain');
        }
        server.verify();
      });

  test('a bill that is paid twice is settled once, and without a guard there is nothing to settle', async () => {
    const guard = new Books();
    const bill = await Bill.open({ guard }, () => ({ tokens: 3, cost: 3 }));
    await bill.pay({ tokens: 1, cost: 1 });
    await bill.pay('unknown');
    assert.deepEqual([guard.open, guard.settled], [0, [1]]);
    await (await Bill.open({}, () => assert.fail('nobody wants to know the worst'))).pay('unknown');
  });

  test('what every request came to is told, whether or not something limits it', async () => {
    for (const billed of [{}, { guard: new Books() }]) {
      const told: number[] = [];
      const worst = () => ({ tokens: 3, cost: 3 });
      for (const actual of [{ tokens: 1, cost: 1 }, 'nothing', 'unknown'] as const) {
        const bill = await Bill.open({ ...billed, spent: (cost) => void told.push(cost) }, worst);
        await bill.pay(actual);
        await bill.pay('unknown');
      }
      assert.deepEqual(told, [1, 0, 3]);
    }
  });

  test('every try is granted and settled for itself', async () => {
    await using server = await ModelServer.start();
    server.script('a-model', status(500, 'oh'));
    server.script('b-model', { is: 'cut', after: [] });
    server.script('c-model', answer('fine'));
    const guard = new Books();
    const providers = ['a', 'b', 'c'].map((name) => provider(server.url, name));
    await modelsOf(new SimulatedClock(), model(providers)).call(callOf({ guard }));
    assert.deepEqual([guard.open, guard.settled], [0, [0, worstOfCall, 18]]);
  });

  test('what the guard does not grant is not sent, and nobody else is asked', async () => {
    await using server = await ModelServer.start();
    const refused = new ContinuoError('BUDGET_EXCEEDED', 'nothing left');
    const guard = { reserve: () => Promise.reject(refused) };
    const models = modelsOf(new SimulatedClock(), model([provider(server.url, 'a'), provider(server.url, 'b')]));
    await assert.rejects(models.call(callOf({ guard })), refused);
    await assert.rejects(eventsOf(models.stream(callOf({ guard }))), refused);
    await assert.rejects(models.embed('m', ['x'], { guard }), refused);
    assert.equal(server.requests.length, 0);
  });

  test('the call may end while the guard is asked: nothing is sent and nothing is paid', async () => {
    await using server = await ModelServer.start();
    const abort = new AbortController();
    const books = new Books();
    const guard = {
      reserve: async (worst: { readonly tokens: number; readonly cost: number }) => {
        const settle = await books.reserve(worst);
        abort.abort(new Error('changed my mind'));
        return settle;
      },
    };
    const models = modelsOf(new SimulatedClock(), model([provider(server.url, 'a')]));
    await assert.rejects(models.call(callOf({ guard, signal: abort.signal })), /changed my mind/);
    assert.deepEqual([server.requests.length, books.open, books.settled], [0, 0, [0]]);
  });

  test('a price that cannot be said is paid at the worst, and told', async () => {
    await using server = await ModelServer.start();
    server.script('a-model', answer('fine'), answer('fine'));
    const guard = new Books();
    const wrong = new ContinuoError('GATEWAY_CONFIG_INVALID', 'the pointer leads nowhere');
    const models = modelsOf(new SimulatedClock(), model([provider(server.url, 'a')]), {
      cost: () => {
        throw wrong;
      },
    });
    await assert.rejects(models.call(callOf({ guard })), wrong);
    await assert.rejects(eventsOf(models.stream(callOf({ guard }))), wrong);
    assert.deepEqual([guard.open, guard.settled], [0, [worstOfCall, worstOfCall]]);
  });

  test('embeddings are granted batch by batch', async () => {
    await using server = await ModelServer.start();
    const texts = Array.from({ length: 100 }, () => 'word');
    const vectors = texts.map(() => [1]);
    server.script(
      'a-model',
      { is: 'vectors', vectors: vectors.slice(0, 96), tokens: 96 },
      { is: 'vectors', vectors: vectors.slice(96), tokens: 4 },
    );
    const guard = new Books();
    await modelsOf(new SimulatedClock(), model([provider(server.url, 'a')])).embed('m', texts, { guard });
    assert.deepEqual([guard.open, guard.settled], [0, [96, 4]]);
  });
});
