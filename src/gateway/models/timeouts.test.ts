import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { suite, test } from 'node:test';
import { answer, Gate, status } from '../../testing/model-server/script.ts';
import { ModelServer } from '../../testing/model-server/model-server.ts';
import { SimulatedClock } from '../../testing/simulated-clock.ts';
import type { ModelConfig, Timeouts } from '../config/model.ts';
import { Books, callOf, eventsOf, model, modelsOf, provider, worstOfCall } from './fixtures/rig.ts';
import type { Models } from './models.ts';

async function withServer(
  work: (world: {
    readonly server: ModelServer;
    readonly clock: SimulatedClock;
    readonly models: Models;
    readonly guard: Books;
  }) => Promise<void>,
  {
    ofModel = {},
    ofProvider = {},
    names = ['a'],
  }: { ofModel?: Partial<ModelConfig>; ofProvider?: Timeouts; names?: readonly string[] } = {},
): Promise<void> {
  await using server = await ModelServer.start();
  const clock = new SimulatedClock();
  const providers = names.map((name) => provider(server.url, name, { timeouts: ofProvider }));
  await work({ server, clock, models: modelsOf(clock, model(providers, ofModel)), guard: new Books() });
  server.verify();
}

suite('timeouts', () => {
  const places: readonly (readonly [string, Timeouts, Timeouts, Timeouts])[] = [
    ['variant', { total: 2000 }, { total: 3000 }, { total: 4000 }],
    ['provider', { total: 3000 }, { total: 2000 }, { total: 4000 }],
    ['model', { total: 4000 }, { total: 3000 }, { total: 2000 }],
  ];
  for (const [place, ofVariant, ofProvider, ofModel] of places)
    test(`the strictest holds: the ${place}’s`, async () => {
      await withServer(
        async ({ server, clock, models, guard }) => {
          server.script('a-model', { is: 'hang' });
          const message = /a did not answer in time: it was not done within 2 s. Raise the timeouts/;
          const done = assert.rejects(models.call(callOf({ guard, timeouts: ofVariant })), {
            code: 'PROVIDER_TIMED_OUT',
            retryable: true,
            message,
          });
          const { gone } = await server.received(1);
          clock.advance(1999);
          await turn();
          assert.equal(guard.open, 1, 'it ended too early');
          clock.advance(1);
          await done;
          await gone;
          assert.deepEqual(guard.settled, [worstOfCall]);
          assert.equal(clock.next, undefined, 'an alarm is left');
        },
        { ofProvider, ofModel: { timeouts: ofModel } },
      );
    });

  test('a provider that hangs is passed over', async () => {
    await withServer(
      async ({ server, clock, models, guard }) => {
        server.script('a-model', { is: 'hang' });
        server.script('b-model', answer('from b'));
        const call = models.call(callOf({ guard }));
        await server.received(1);
        clock.advance(5000);
        const { text, tried } = await call;
        assert.deepEqual([text, tried[0]?.code], ['from b', 'PROVIDER_TIMED_OUT']);
        assert.deepEqual(guard.settled, [worstOfCall, 18]);
      },
      { names: ['a', 'b'], ofModel: { timeouts: { total: 5000 } } },
    );
  });

  test('the variant’s total is for all providers together', async () => {
    await withServer(
      async ({ server, clock, models, guard }) => {
        server.script('a-model', { is: 'hang' });
        const retries = { max: 3, maxDelay: 1000 };
        const done = assert.rejects(models.call(callOf({ guard, retries, timeouts: { total: 5000 } })), { code: 'PROVIDER_TIMED_OUT' });
        await server.received(1);
        clock.advance(5000);
        await done;
        assert.equal(server.count('b-model'), 0);
      },
      { names: ['a', 'b'] },
    );
  });

  test('a later provider has what the earlier one left of it', async () => {
    await withServer(
      async ({ server, clock, models }) => {
        const gate = new Gate();
        server.script('a-model', { is: 'held', gate, reply: status(500, 'oh') });
        server.script('b-model', { is: 'hang' });
        const done = assert.rejects(models.call(callOf({ timeouts: { total: 5000 } })), {
          code: 'PROVIDER_TIMED_OUT',
          message: /b .* within 2 s/,
        });
        await server.received(1);
        clock.advance(3000);
        gate.open();
        await server.received(2);
        clock.advance(2000);
        await done;
      },
      { names: ['a', 'b'] },
    );
  });

  test('a call without any timeout does not wait for ever', async () => {
    await withServer(async ({ server, clock, models }) => {
      server.script('a-model', { is: 'hang' });
      const done = assert.rejects(models.call(callOf()), { code: 'PROVIDER_TIMED_OUT' });
      await server.received(1);
      clock.advance(300_000);
      await done;
    });
  });

  test('a stream whose first token is late is passed over', async () => {
    await withServer(
      async ({ server, clock, models, guard }) => {
        const gate = new Gate();
        server.script('a-model', answer([gate, 'late']));
        server.script('b-model', answer(['from ', 'b']));
        const events = eventsOf(models.stream(callOf({ guard, timeouts: { firstToken: 1000, streamTotal: 9000 } })));
        await server.received(1);
        clock.advance(1000);
        const last = (await events).at(-1);
        assert.ok(last?.is === 'answer');
        assert.deepEqual([last.answer.text, last.answer.tried[0]?.code], ['from b', 'PROVIDER_TIMED_OUT']);
        assert.match(last.answer.tried[0]?.message ?? '', /first token was not there within 1 s/);
        assert.deepEqual(guard.settled, [worstOfCall, 18]);
        gate.open();
      },
      { names: ['a', 'b'] },
    );
  });

  test('after the first token its limit holds no more, the total does', async () => {
    await withServer(async ({ server, clock, models, guard }) => {
      const gates = [new Gate(), new Gate()] as const;
      server.script('a-model', answer(['Good ', gates[0], 'day', gates[1], '.']));
      const stream = models.stream(callOf({ guard, timeouts: { firstToken: 1000, streamTotal: 9000 } }))[Symbol.asyncIterator]();
      await stream.next();
      clock.advance(5000);
      gates[0].open();
      assert.deepEqual((await stream.next()).value, { is: 'text', text: 'day' });
      const next = stream.next();
      await turn();
      clock.advance(4000);
      const { value } = await next;
      assert.ok(value?.is === 'error');
      assert.match(value.message, /not done within 9 s/);
      assert.equal((await stream.next()).done, true);
      assert.deepEqual(guard.settled, [worstOfCall]);
      gates[1].open();
    });
  });

  test('timeouts count for the circuit, the caller’s aborts do not', async () => {
    await withServer(async ({ server, clock, models }) => {
      for (let at = 1; at <= 6; at += 1) {
        server.script('a-model', { is: 'hang' });
        const abort = new AbortController();
        const done = assert.rejects(models.call(callOf({ signal: abort.signal })), { name: 'AbortError' });
        await server.received(at);
        abort.abort();
        await done;
      }
      for (let at = 7; at <= 11; at += 1) {
        server.script('a-model', { is: 'hang' });
        const done = assert.rejects(models.call(callOf()), { code: 'PROVIDER_TIMED_OUT' });
        await server.received(at);
        clock.advance(300_000);
        await done;
      }
      await assert.rejects(models.call(callOf()), { code: 'PROVIDER_RESTING' });
    });
  });

  test('a signal that was aborted before lets nothing out', async () => {
    await withServer(async ({ server, models, guard }) => {
      const signal = AbortSignal.abort(new Error('before'));
      await assert.rejects(models.call(callOf({ guard, signal })), /before/);
      await assert.rejects(eventsOf(models.stream(callOf({ guard, signal }))), /before/);
      await assert.rejects(models.embed('m', ['x'], { guard, signal }), /before/);
      assert.deepEqual([server.requests.length, guard.open], [0, 0]);
    });
  });
});
