import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { answer, Gate, status } from '../../testing/model-server/script.ts';
import { ModelServer } from '../../testing/model-server/model-server.ts';
import { SimulatedClock } from '../../testing/simulated-clock.ts';
import { Books, callOf, eventsOf, model, modelsOf, provider, worstOfCall } from './fixtures/rig.ts';
import type { Models } from './models.ts';

interface World {
  readonly server: ModelServer;
  readonly clock: SimulatedClock;
  readonly models: Models;
  readonly guard: Books;
}

async function withThree(work: (world: World) => Promise<void>): Promise<void> {
  await using server = await ModelServer.start();
  const clock = new SimulatedClock();
  const providers = ['a', 'b', 'c'].map((name) => provider(server.url, name));
  await work({ server, clock, models: modelsOf(clock, model(providers, { hedgeAfter: 500 })), guard: new Books() });
  assert.equal(clock.next, undefined, 'an alarm is left');
  server.verify();
}

suite('hedged requests', () => {
  test('a quick answer asks nobody else', async () => {
    await withThree(async ({ server, models, guard }) => {
      server.script('a-model', answer('quick'));
      assert.equal((await models.call(callOf({ guard }))).text, 'quick');
      assert.deepEqual(guard.settled, [18]);
    });
  });

  test('when the first is slow the next one is asked too; the first good answer counts and the other is aborted and paid at its worst', async () => {
    await withThree(async ({ server, clock, models, guard }) => {
      server.script('a-model', { is: 'hang' });
      server.script('b-model', answer('from b'));
      const call = models.call(callOf({ guard }));
      const { gone } = await server.received(1);
      clock.advance(500);
      const { text, tried } = await call;
      assert.deepEqual([text, tried], ['from b', []]);
      await gone;
      assert.deepEqual([guard.open, new Set(guard.settled)], [0, new Set([worstOfCall, 18])]);
    });
  });

  test('the slow one may still be first', async () => {
    await withThree(async ({ server, clock, models, guard }) => {
      const gate = new Gate();
      server.script('a-model', { is: 'held', gate, reply: answer('from a') });
      server.script('b-model', { is: 'hang' });
      const call = models.call(callOf({ guard }));
      await server.received(1);
      clock.advance(500);
      await server.received(2);
      gate.open();
      assert.equal((await call).provider, 'a');
      assert.equal(guard.open, 0);
    });
  });

  test('when the other one fails the first is waited for, and two are out at most', async () => {
    await withThree(async ({ server, clock, models, guard }) => {
      const gate = new Gate();
      server.script('a-model', { is: 'held', gate, reply: answer('from a') });
      server.script('b-model', status(500, 'oh'));
      server.script('c-model', { is: 'hang' });
      const call = models.call(callOf({ guard }));
      await server.received(1);
      clock.advance(500);
      await server.received(2);
      while (guard.settled.length === 0) await new Promise(setImmediate);
      assert.equal(server.requests.length, 2);
      while (clock.next !== clock.now() + 500) await new Promise(setImmediate);
      clock.advance(500);
      await server.received(3);
      gate.open();
      const { provider: by, tried } = await call;
      assert.deepEqual([by, tried.map((each) => each.provider)], ['a', ['b']]);
      assert.equal(guard.open, 0);
    });
  });

  test('a slow one that is aborted has not failed', async () => {
    await withThree(async ({ server, clock, models }) => {
      for (let at = 0; at < 6; at += 1) {
        server.script('a-model', { is: 'hang' });
        server.script('b-model', answer('from b'));
        const call = models.call(callOf());
        await server.received(2 * at + 1);
        clock.advance(500);
        await call;
      }
      assert.equal(server.count('a-model'), 6);
    });
  });

  test('streams are hedged until the first text', async () => {
    await withThree(async ({ server, clock, models, guard }) => {
      server.script('a-model', { is: 'hang' });
      server.script('b-model', answer(['from ', 'b']));
      const events = eventsOf(models.stream(callOf({ guard })));
      const { gone } = await server.received(1);
      clock.advance(500);
      const last = (await events).at(-1);
      assert.ok(last?.is === 'answer');
      assert.equal(last.answer.text, 'from b');
      await gone;
      assert.deepEqual([guard.open, guard.settled.length], [0, 2]);
    });
  });

  test('the caller’s abort ends both', async () => {
    await withThree(async ({ server, clock, models, guard }) => {
      server.script('a-model', { is: 'hang' });
      server.script('b-model', { is: 'hang' });
      const abort = new AbortController();
      const done = assert.rejects(models.call(callOf({ guard, signal: abort.signal })), /enough/);
      const first = await server.received(1);
      clock.advance(500);
      const second = await server.received(2);
      abort.abort(new Error('enough'));
      await done;
      await Promise.all([first.gone, second.gone]);
      assert.deepEqual([guard.open, guard.settled], [0, [worstOfCall, worstOfCall]]);
    });
  });

  test('a guard that refuses the second one ends the call, and the first one is not left behind', async () => {
    await withThree(async ({ server, clock, models, guard }) => {
      server.script('a-model', { is: 'hang' });
      let granted = 0;
      const once = {
        reserve: async (worst: { readonly tokens: number; readonly cost: number }) => {
          granted += 1;
          if (granted > 1) throw new Error('the purse is empty');
          return await guard.reserve(worst);
        },
      };
      const done = assert.rejects(models.call(callOf({ guard: once })), /the purse is empty/);
      const { gone } = await server.received(1);
      clock.advance(500);
      await done;
      await gone;
      assert.deepEqual([guard.open, guard.settled], [0, [worstOfCall]]);
    });
  });
});
