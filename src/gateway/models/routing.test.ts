import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { answer, Gate, status } from '../../testing/model-server/script.ts';
import type { Reply } from '../../testing/model-server/script.ts';
import { ModelServer } from '../../testing/model-server/model-server.ts';
import { SimulatedClock } from '../../testing/simulated-clock.ts';
import type { ProviderConfig } from '../config/model.ts';
import { callOf, model, modelsOf, passPause, provider } from './fixtures/rig.ts';
import type { Models } from './models.ts';

interface World {
  readonly server: ModelServer;
  readonly clock: SimulatedClock;
  readonly models: Models;
}

/** Providers a, b … in this order, each with its script. */
async function withProviders(
  scripts: Readonly<Record<string, readonly Reply[]>>,
  work: (world: World) => Promise<void>,
  extra: (name: string) => Partial<ProviderConfig> = () => ({}),
): Promise<void> {
  await using server = await ModelServer.start();
  const clock = new SimulatedClock();
  const providers = Object.keys(scripts).map((name) => provider(server.url, name, extra(name)));
  for (const [name, replies] of Object.entries(scripts)) server.script(`${name}-model`, ...replies);
  await work({ server, clock, models: modelsOf(clock, model(providers)) });
  server.verify();
}

suite('asking the providers of a model in order', () => {
  test('the first one that answers is the only one that is asked', async () => {
    await withProviders({ a: [answer('from a')], b: [] }, async ({ models }) => {
      const { text, provider: by, providerModel, tried } = await models.call(callOf());
      assert.deepEqual([text, by, providerModel, tried], ['from a', 'a', 'a-model', []]);
    });
  });

  const passedOver: readonly (readonly [string, Reply, string, RegExp])[] = [
    ['refuses', status(400, 'no such parameter'), 'PROVIDER_REFUSED', /a refused the request \(HTTP 400\): no such parameter/],
    ['knows no such model', status(404, 'unknown model'), 'PROVIDER_REFUSED', /HTTP 404\): unknown model. It was asked for a-model/],
    ['finds it too long', status(413, 'too long'), 'PROVIDER_REFUSED', /too long/],
    ['cannot process it', status(422, 'extra field'), 'PROVIDER_REFUSED', /extra field/],
    ['does not take the key', status(401, 'who are you'), 'KEY_REFUSED', /Check TEST_API_KEY/],
    ['forbids it', status(403, 'not for you'), 'KEY_REFUSED', /did not accept the key \(HTTP 403\)/],
    ['calls a wrong key a bad request', status(400, 'API key not valid. Please pass a valid one.'), 'KEY_REFUSED', /TEST_API_KEY/],
    ['is limited', status(429, 'slow down', { 'retry-after': '7' }), 'PROVIDER_LIMITED', /slow down. It answers again in 7 s/],
    ['wants money', status(402, 'no credit'), 'PROVIDER_LIMITED', /no credit/],
    ['is overloaded', status(529, 'overloaded'), 'PROVIDER_LIMITED', /overloaded/],
    ['fails', status(500, 'oh'), 'PROVIDER_FAILED', /a failed \(HTTP 500\): oh/],
    ['is away', status(503, 'back soon'), 'PROVIDER_FAILED', /back soon/],
    ['breaks the connection', { is: 'cut', after: ['half'] }, 'PROVIDER_FAILED', /a failed/],
    ['answers half a JSON', { is: 'body', body: '{"choices": [' }, 'PROVIDER_FAILED', /no answer/],
    ['answers with wrong types', { is: 'body', body: '{"choices": [{"message": {"content": 42}}]}' }, 'PROVIDER_FAILED', /no answer/],
    ['has no choices', { is: 'body', body: '{"choices": []}' }, 'PROVIDER_FAILED', /choices/],
    ['answers nothing', answer(''), 'PROVIDER_FAILED', /empty/],
    [
      'shows a page of HTML',
      { is: 'body', body: '<html><title>Sign in</title></html>', contentType: 'text/html' },
      'PROVIDER_FAILED',
      /HTML: Sign in/,
    ],
    [
      'fails with a page of HTML',
      { is: 'status', status: 502, body: '<html><h1>Bad gateway</h1></html>', contentType: 'text/html' },
      'PROVIDER_FAILED',
      /HTTP 502\): it answered with a page of HTML: Bad gateway/,
    ],
    [
      'says in a good answer that it is bad',
      { is: 'body', body: '{"error":{"message":"no money","code":402}}' },
      'PROVIDER_LIMITED',
      /no money/,
    ],
    ['redirects', { is: 'status', status: 302, headers: { location: 'http://127.0.0.1:1/' } }, 'PROVIDER_REFUSED', /HTTP 302/],
  ];
  for (const [what, reply, code, message] of passedOver)
    test(`the next one is asked when the first ${what}`, async () => {
      await withProviders({ a: [reply], b: [answer('from b')] }, async ({ models }) => {
        const { text, tried } = await models.call(callOf());
        assert.equal(text, 'from b');
        assert.deepEqual(
          tried.map((each) => [each.model, each.provider, each.code]),
          [['m', 'a', code]],
        );
        assert.match(tried[0]?.message ?? '', message);
      });
    });

  test('a provider that cannot be reached is passed over', async () => {
    const closed = await ModelServer.start();
    await closed.close();
    const unreachable = (name: string): Partial<ProviderConfig> => (name === 'a' ? { apiBase: `${closed.url}/v1` } : {});
    await withProviders(
      { a: [], b: [answer('from b')] },
      async ({ models }) => {
        const { tried } = await models.call(callOf());
        assert.match(tried[0]?.message ?? '', /a failed: .*ECONNREFUSED/);
      },
      unreachable,
    );
  });

  test('`only` and `without` choose among them', async () => {
    await withProviders({ a: [], b: [answer('b'), answer('b')], c: [answer('c')] }, async ({ models }) => {
      assert.equal((await models.call(callOf({ without: ['a'] }))).provider, 'b');
      assert.equal((await models.call(callOf({ only: ['b'] }))).provider, 'b');
      assert.equal((await models.call(callOf({ only: ['b', 'c'], without: ['b'] }))).provider, 'c');
      await assert.rejects(models.call(callOf({ without: ['a', 'b', 'c'] })), { code: 'PROVIDER_REFUSED', message: /had its turn/ });
    });
  });

  test('a model that is not there is told with those that are', async () => {
    await withProviders({ a: [] }, async ({ models }) => {
      await assert.rejects(models.call(callOf({ model: 'x' })), { code: 'MODEL_UNKNOWN', message: /no model "x": it has m/ });
      await assert.rejects(models.call(callOf({ model: 'toString' })), { code: 'MODEL_UNKNOWN' });
      assert.match(models.unusable('x') ?? '', /no model "x"/);
    });
  });
});

suite('keys', () => {
  const keyed = (name: string): Partial<ProviderConfig> => ({
    key: name === 'a' ? { is: 'env', names: ['A_KEY', 'OTHER_A_KEY'] } : name === 'b' ? { is: 'dynamic', name: 'b_key' } : { is: 'none' },
  });

  test('providers without one are not asked, and not mentioned when another can answer', async () => {
    await withProviders(
      { a: [], b: [], c: [answer('c')] },
      async ({ models }) => {
        const { provider: by, tried } = await models.call(callOf());
        assert.deepEqual([by, tried], ['c', []]);
        assert.equal(models.unusable('m'), undefined);
      },
      keyed,
    );
  });

  test('without any key the error names what to set', async () => {
    await withProviders(
      { a: [], b: [] },
      async ({ models }) => {
        const mends = /set A_KEY or OTHER_A_KEY; or give the key "b_key" with the call/;
        await assert.rejects(models.call(callOf()), (error: { code?: string; message: string; details?: unknown; retryable?: boolean }) => {
          assert.equal(error.code, 'KEY_MISSING');
          assert.equal(error.retryable, false);
          assert.match(error.message, mends);
          assert.match(JSON.stringify(error.details), /"provider":"a","code":"KEY_MISSING"/);
          return true;
        });
        assert.match(models.unusable('m') ?? '', mends);
        assert.equal(models.unusable('m', { b_key: 'x' }), undefined);
      },
      keyed,
    );
  });

  test('a key that comes with the call is used', async () => {
    await using server = await ModelServer.start({ recordKeys: true });
    server.script('b-model', answer('b'));
    const models = modelsOf(new SimulatedClock(), model([provider(server.url, 'b', keyed('b'))]));
    await models.call(callOf({ keys: { b_key: ' of-this-call\n' } }));
    assert.equal(server.requests[0]?.headers['authorization'], 'Bearer of-this-call');
  });

  test('where none is configured none is sent', async () => {
    await using server = await ModelServer.start({ recordKeys: true });
    const types = ['openai', 'ollama', 'anthropic', 'google'] as const;
    for (const type of types) {
      server.script(`${type}-model`, answer('hi'));
      const models = modelsOf(new SimulatedClock(), model([provider(server.url, type, { type, key: { is: 'none' } })]));
      await models.call(callOf());
    }
    for (const { headers } of server.requests)
      assert.deepEqual([headers['authorization'], headers['x-api-key'], headers['x-goog-api-key']], [undefined, undefined, undefined]);
    assert.equal(server.requests.length, types.length);
  });
});

suite('trying again', () => {
  const retries = { max: 2, maxDelay: 10_000 };

  test('what may pass is tried again, each time for the whole routing, with growing pauses', async () => {
    const oh = status(500, 'oh');
    await withProviders({ a: [oh, oh, oh], b: [oh, oh, answer('at last')] }, async ({ models, clock, server }) => {
      const call = models.call(callOf({ retries }));
      const first = await passPause(clock, 1000);
      const second = await passPause(clock, 1000);
      const { text, tried } = await call;
      assert.equal(text, 'at last');
      assert.deepEqual(
        server.requests.map((request) => request.model),
        ['a-model', 'b-model', 'a-model', 'b-model', 'a-model', 'b-model'],
      );
      assert.equal(tried.length, 5);
      assert.ok(second > first && first > 0, `pauses of ${first} and ${second}`);
    });
  });

  test('a refused request and a refused key are not tried again', async () => {
    const scripts = { a: [status(400, 'no')], b: [status(401, 'no')], c: [status(500, 'oh'), status(500, 'oh'), status(500, 'oh')] };
    await withProviders(scripts, async ({ models, clock }) => {
      const call = models.call(callOf({ retries }));
      const done = assert.rejects(call, (error: { code?: string; retryable?: boolean; message: string }) => {
        assert.deepEqual([error.code, error.retryable], ['PROVIDER_FAILED', true]);
        assert.match(error.message, /^model m: c failed \(HTTP 500\): oh; besides, a refused.*; b did not accept/);
        return true;
      });
      await passPause(clock, 1000);
      await passPause(clock, 1000);
      await done;
    });
  });

  test('when nothing can succeed there is no pause at all', async () => {
    await withProviders({ a: [status(400, 'bad')], b: [status(404, 'unknown')] }, async ({ models }) => {
      await assert.rejects(models.call(callOf({ retries: { max: 9, maxDelay: 10_000 } })), { code: 'PROVIDER_REFUSED', retryable: false });
    });
  });

  test('the last one that is limited is asked again when it says so', async () => {
    await withProviders({ a: [status(429, 'wait', { 'retry-after': '4' }), answer('thanks')] }, async ({ models, clock }) => {
      const call = models.call(callOf({ retries }));
      assert.equal(await passPause(clock, 5000), 4000);
      assert.equal((await call).text, 'thanks');
    });
  });

  test('a limit may be told as a date, and by Google in the body', async () => {
    await withProviders({ a: [] }, async ({ models, clock, server }) => {
      server.script('a-model', status(429, 'wait', { 'retry-after': new Date(clock.now() + 3000).toUTCString() }), answer('1'));
      server.script(
        'a-model',
        { is: 'status', status: 429, body: '{"error":{"message":"x","details":[{"retryDelay":"2.5s"}]}}' },
        answer('2'),
      );
      const first = models.call(callOf({ retries }));
      assert.equal(await passPause(clock, 5000), 3000);
      await first;
      const second = models.call(callOf({ retries }));
      assert.equal(await passPause(clock, 5000), 2500);
      await second;
    });
  });

  test('a wait that is longer than max_delay is not waited', async () => {
    await withProviders({ a: [status(429, 'wait', { 'retry-after': '11' })] }, async ({ models }) => {
      await assert.rejects(models.call(callOf({ retries })), { code: 'PROVIDER_LIMITED', retryable: true });
    });
  });

  test('a wait that does not fit into the total time is not waited', async () => {
    await withProviders({ a: [status(429, 'wait', { 'retry-after': '5' })] }, async ({ models }) => {
      await assert.rejects(models.call(callOf({ retries, timeouts: { total: 4000 } })), { code: 'PROVIDER_LIMITED' });
    });
  });

  test('an account without credit is not waited for', async () => {
    const body = '{"error":{"message":"You exceeded your quota","code":"insufficient_quota"}}';
    await withProviders({ a: [{ is: 'status', status: 429, body }] }, async ({ models }) => {
      await assert.rejects(models.call(callOf({ retries })), { code: 'PROVIDER_LIMITED', retryable: false });
    });
  });

  test('the caller can end a pause', async () => {
    await withProviders({ a: [status(500, 'oh')] }, async ({ models, clock }) => {
      const abort = new AbortController();
      const call = models.call(callOf({ retries, signal: abort.signal }));
      const done = assert.rejects(call, /enough/);
      while (clock.next === undefined || clock.next - clock.now() > 1000) await new Promise(setImmediate);
      abort.abort(new Error('enough'));
      await done;
      assert.equal(clock.next, undefined, 'an alarm is left');
    });
  });
});

suite('providers that rest', () => {
  const fail = status(500, 'oh');

  test('five failures in a row close the door, half a minute later one request is let through', async () => {
    await withProviders({ a: [fail, fail, fail, fail, fail, answer('better')] }, async ({ models, clock }) => {
      for (let at = 0; at < 5; at += 1) await assert.rejects(models.call(callOf()), { code: 'PROVIDER_FAILED' });
      await assert.rejects(models.call(callOf()), {
        code: 'PROVIDER_RESTING',
        retryable: true,
        message: /a is left alone for another 30 s: oh/,
      });
      clock.advance(30_000);
      assert.equal((await models.call(callOf())).text, 'better');
    });
  });

  test('one answer in between starts the count anew', async () => {
    const scripts = { a: [fail, fail, fail, fail, answer('ok'), fail, fail, fail, fail, answer('ok')] };
    await withProviders(scripts, async ({ models }) => {
      for (const reply of scripts.a) {
        if (reply === fail) await assert.rejects(models.call(callOf()));
        else await models.call(callOf());
      }
    });
  });

  test('refusals do not count', async () => {
    const refuse = status(400, 'no');
    await withProviders({ a: [refuse, refuse, refuse, refuse, refuse, refuse, answer('ok')] }, async ({ models }) => {
      for (let at = 0; at < 6; at += 1) await assert.rejects(models.call(callOf()), { code: 'PROVIDER_REFUSED' });
      assert.equal((await models.call(callOf())).text, 'ok');
    });
  });

  test('a probe that fails closes the door again, and while it is out nobody else goes through', async () => {
    const gate = new Gate();
    const scripts = { a: [fail, fail, fail, fail, fail, { is: 'held', gate, reply: fail } as const, answer('ok')] };
    await withProviders(scripts, async ({ models, clock, server }) => {
      for (let at = 0; at < 5; at += 1) await assert.rejects(models.call(callOf()));
      clock.advance(30_000);
      const probe = assert.rejects(models.call(callOf()), { code: 'PROVIDER_FAILED' });
      await server.received(6);
      await assert.rejects(models.call(callOf()), { code: 'PROVIDER_RESTING' });
      gate.open();
      await probe;
      await assert.rejects(models.call(callOf()), { code: 'PROVIDER_RESTING' });
      clock.advance(30_000);
      await models.call(callOf());
    });
  });

  test('a probe that the caller gives up leaves the door to the next one', async () => {
    await withProviders({ a: [fail, fail, fail, fail, fail, { is: 'hang' }, answer('ok')] }, async ({ models, clock, server }) => {
      for (let at = 0; at < 5; at += 1) await assert.rejects(models.call(callOf()));
      clock.advance(30_000);
      const abort = new AbortController();
      const probe = assert.rejects(models.call(callOf({ signal: abort.signal })));
      await server.received(6);
      abort.abort();
      await probe;
      assert.equal((await models.call(callOf())).text, 'ok');
    });
  });

  test('a limit holds for those who come later, and they go to the next provider', async () => {
    const scripts = { a: [status(429, 'wait', { 'retry-after': '60' }), answer('a')], b: [answer('b'), answer('b')] };
    await withProviders(scripts, async ({ models, clock }) => {
      assert.equal((await models.call(callOf())).provider, 'b');
      const { provider: by, tried } = await models.call(callOf());
      assert.deepEqual([by, tried.map((each) => each.code)], ['b', ['PROVIDER_RESTING']]);
      clock.advance(60_000);
      assert.equal((await models.call(callOf())).provider, 'a');
    });
  });

  test('a refused key rests for minutes, and another key of the same provider does not', async () => {
    const dynamic = (): Partial<ProviderConfig> => ({ key: { is: 'dynamic', name: 'k' } });
    await withProviders(
      { a: [status(401, 'no'), answer('ok'), answer('now')] },
      async ({ models, clock }) => {
        const wrong = callOf({ keys: { k: 'wrong-key' } });
        await assert.rejects(models.call(wrong), { code: 'KEY_REFUSED' });
        clock.advance(60_000);
        await assert.rejects(models.call(wrong), { code: 'PROVIDER_RESTING' });
        assert.equal((await models.call(callOf({ keys: { k: 'right-key' } }))).text, 'ok');
        clock.advance(240_000);
        assert.equal((await models.call(wrong)).text, 'now');
      },
      dynamic,
    );
  });
});
