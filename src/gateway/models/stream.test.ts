import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { suite, test } from 'node:test';
import { answer, Gate, status } from '../../testing/model-server/script.ts';
import type { Reply } from '../../testing/model-server/script.ts';
import { ModelServer } from '../../testing/model-server/model-server.ts';
import { SimulatedClock } from '../../testing/simulated-clock.ts';
import type { ProviderType } from '../config/model.ts';
import { Books, callOf, eventsOf, model, modelsOf, passPause, provider, wires, worstOfCall } from './fixtures/rig.ts';
import type { ModelEvent } from './model-call.ts';
import type { Models } from './models.ts';

interface World {
  readonly server: ModelServer;
  readonly clock: SimulatedClock;
  readonly models: Models;
}

async function withWire(
  type: ProviderType,
  a: readonly Reply[],
  b: readonly Reply[],
  work: (world: World) => Promise<void>,
): Promise<void> {
  await using server = await ModelServer.start();
  const clock = new SimulatedClock();
  server.script('a-model', ...a);
  server.script('b-model', ...b);
  await work({ server, clock, models: modelsOf(clock, model([provider(server.url, 'a', { type }), provider(server.url, 'b', { type })])) });
  server.verify();
}

const textOf = (events: readonly ModelEvent[]): string => events.map((event) => (event.is === 'text' ? event.text : '')).join('');

for (const type of wires)
  suite(`streams of ${type}`, () => {
    test('texts come as they are told, and the answer is the last event', async () => {
      await withWire(type, [answer(['Good ', 'day', '.'])], [], async ({ models }) => {
        const events = await eventsOf(models.stream(callOf()));
        assert.deepEqual(
          events.map((event) => event.is),
          ['text', 'text', 'text', 'answer'],
        );
        assert.equal(textOf(events), 'Good day.');
        const last = events.at(-1);
        assert.ok(last?.is === 'answer');
        const { text, finish, usage, cost, provider: by, tried } = last.answer;
        assert.deepEqual([text, finish, cost, by, tried], ['Good day.', 'stop', 18, 'a', []]);
        assert.deepEqual(usage, { inputTokens: 11, cachedTokens: 0, cacheWriteTokens: 0, outputTokens: 7 });
      });
    });

    const beforeText: readonly (readonly [string, Reply])[] = [
      ['refuses', status(400, 'no')],
      ['is limited', status(429, 'wait')],
      ['fails', status(500, 'oh')],
      ['breaks before the first token', { is: 'cut', after: [] }],
      ['breaks after its first sign of life', { is: 'cut', after: [''] }],
      ['ends without having said anything', { is: 'unfinished', after: [] }],
      ['tells an error first', { is: 'stream_error', after: [], message: 'overloaded' }],
      ['shows a page of HTML', { is: 'body', body: '<html></html>', contentType: 'text/html' }],
      ['sends broken JSON', { is: 'body', body: 'data: {"choices": [\n\n' }],
      ['gives an empty answer', answer('')],
    ];
    for (const [what, reply] of beforeText)
      test(`another provider takes over when the first ${what}`, async () => {
        await withWire(type, [reply], [answer(['from ', 'b'])], async ({ models }) => {
          const events = await eventsOf(models.stream(callOf()));
          assert.equal(textOf(events), 'from b');
          const last = events.at(-1);
          assert.ok(last?.is === 'answer');
          assert.deepEqual(
            last.answer.tried.map((each) => each.provider),
            ['a'],
          );
        });
      });

    const afterText: readonly (readonly [string, (after: readonly (string | Gate)[]) => Reply])[] = [
      ['breaks', (after) => ({ is: 'cut', after })],
      ['ends without a finish reason', (after) => ({ is: 'unfinished', after })],
      ['tells an error', (after) => ({ is: 'stream_error', after, message: 'out of order' })],
    ];
    for (const [what, reply] of afterText)
      test(`after the first text nobody takes over: a stream that ${what} ends in an error event`, async () => {
        const gate = new Gate();
        await withWire(type, [reply(['Good ', 'day', gate])], [], async ({ models }) => {
          const guard = new Books();
          const events: ModelEvent[] = [];
          for await (const event of models.stream(callOf({ guard, retries: { max: 3, maxDelay: 1000 } }))) {
            events.push(event);
            // A connection that breaks takes with it what was not read yet.
            if (textOf(events) === 'Good day') gate.open();
          }
          assert.equal(textOf(events), 'Good day');
          const last = events.at(-1);
          assert.ok(last?.is === 'error', 'the last event is no error');
          assert.equal(last.code, 'STREAM_CUT');
          assert.match(last.message, /model m: the stream was cut: a /);
          assert.ok(!events.some((event) => event.is === 'answer'));
          assert.deepEqual([guard.open, guard.settled], [0, [worstOfCall]]);
        });
      });

    test('who abandons a stream aborts its request and pays the worst', async () => {
      const gate = new Gate();
      await withWire(type, [answer(['Good ', gate, 'day'])], [], async ({ models, server, clock }) => {
        const guard = new Books();
        for await (const event of models.stream(callOf({ guard }))) {
          assert.equal(event.is, 'text');
          break;
        }
        await server.requests[0]?.gone;
        assert.deepEqual([guard.open, guard.settled], [0, [worstOfCall]]);
        assert.equal(clock.next, undefined, 'an alarm is left');
        gate.open();
      });
    });

    test('the caller’s abort ends it with the signal’s reason, before the first text and after', async () => {
      const gate = new Gate();
      await withWire(type, [{ is: 'hang' }, answer(['Good ', gate, 'day']), answer('fine')], [], async ({ models, server }) => {
        const guard = new Books();
        const first = new AbortController();
        const early = assert.rejects(eventsOf(models.stream(callOf({ guard, signal: first.signal }))), /not any more/);
        await server.received(1);
        first.abort(new Error('not any more'));
        await early;
        const second = new AbortController();
        await assert.rejects(async () => {
          for await (const event of models.stream(callOf({ guard, signal: second.signal })))
            if (event.is === 'text') second.abort(new Error('enough'));
        }, /enough/);
        gate.open();
        assert.deepEqual([guard.open, guard.settled], [0, [worstOfCall, worstOfCall]]);
        assert.equal(textOf(await eventsOf(models.stream(callOf()))), 'fine', 'an abort counts as a failure');
      });
    });

    test('the whole answer may come without a text: tool calls', async () => {
      const tools = [{ id: 't1', name: 'look', arguments: '{"at":"it"}' }];
      await withWire(type, [answer('', { tools })], [], async ({ models }) => {
        const events = await eventsOf(
          models.stream(callOf({ tools: [{ name: 'look', description: 'Looks.', parameters: { type: 'object' }, strict: false }] })),
        );
        const last = events.at(-1);
        assert.ok(last?.is === 'answer');
        assert.deepEqual(
          [last.answer.finish, last.answer.toolCalls[0]?.name, last.answer.toolCalls[0]?.arguments],
          ['tool-calls', 'look', { at: 'it' }],
        );
      });
    });
  });

suite('streams', () => {
  test('a finish reason makes an answer whole, with or without [DONE]', async () => {
    for (const type of ['groq', 'openai'] as const)
      await withWire(type, [{ is: 'without_done', answer: answer(['all of ', 'it']) }], [], async ({ models }) => {
        const last = (await eventsOf(models.stream(callOf()))).at(-1);
        assert.ok(last?.is === 'answer');
        assert.equal(last.answer.text, 'all of it');
      });
  });

  test('a stream is retried as a call is, until it has a text', async () => {
    await withWire('groq', [status(500, 'oh'), answer('now')], [{ is: 'cut', after: [] }], async ({ models, clock }) => {
      const events = eventsOf(models.stream(callOf({ retries: { max: 1, maxDelay: 1000 } })));
      await passPause(clock, 1000);
      assert.equal(textOf(await events), 'now');
    });
  });

  test('when nobody answers it throws what a call throws', async () => {
    await withWire('groq', [status(500, 'oh')], [status(404, 'who')], async ({ models }) => {
      await assert.rejects(eventsOf(models.stream(callOf())), { code: 'PROVIDER_FAILED', message: /a failed.*b refused/ });
    });
  });

  test('cuts count for the circuit', async () => {
    const cut: Reply = { is: 'unfinished', after: ['Go'] };
    await withWire('groq', [cut, cut, cut, cut, cut], [answer('from b')], async ({ models }) => {
      for (let at = 0; at < 5; at += 1) assert.equal((await eventsOf(models.stream(callOf()))).at(-1)?.is, 'error');
      assert.equal(textOf(await eventsOf(models.stream(callOf()))), 'from b');
    });
  });

  test('a whole stream starts the count anew', async () => {
    const cut: Reply = { is: 'unfinished', after: ['Go'] };
    const four = [cut, cut, cut, cut];
    await withWire('groq', [...four, answer('whole'), ...four, answer('whole')], [], async ({ models }) => {
      for (let at = 0; at < 10; at += 1) await eventsOf(models.stream(callOf()));
    });
  });

  test('a reader that waits holds the provider back: nothing is heaped up', async () => {
    const piece = 'x'.repeat(64 * 1024);
    let written = 0;
    await using server = await ModelServer.start();
    const pieces = Array.from({ length: 400 }, () => [piece, counted()]).flat();
    function counted(): Gate {
      const gate = new Gate();
      gate.open();
      return Object.defineProperty(gate, 'opened', {
        get: () => {
          written += 1;
          return Promise.resolve();
        },
      });
    }
    server.script('a-model', answer(pieces));
    const models = modelsOf(new SimulatedClock(), model([provider(server.url, 'a')]));
    const stream = models.stream(callOf())[Symbol.asyncIterator]();
    await stream.next();
    let before = -1;
    // What is written settles when every buffer on the way is full.
    while (before !== written) {
      before = written;
      for (let at = 0; at < 200; at += 1) await turn();
    }
    assert.ok(written < 300, `${written} of 400 pieces were written for a reader that took one`);
    let length = piece.length;
    for (let next = await stream.next(); next.done !== true; next = await stream.next())
      if (next.value.is === 'text') length += next.value.text.length;
    assert.equal(length, 400 * piece.length);
  });
});
