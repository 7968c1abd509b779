/** No key comes out of here, whatever a provider does with it. */
import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { suite, test } from 'node:test';
import { answer } from '../../testing/model-server/script.ts';
import type { Reply, Sent } from '../../testing/model-server/script.ts';
import { ModelServer } from '../../testing/model-server/model-server.ts';
import { SimulatedClock } from '../../testing/simulated-clock.ts';
import { callOf, eventsOf, model, modelsOf, provider, secret, wires } from './fixtures/rig.ts';
import { redact } from '../../core/data/redact.ts';

const pieces = [secret, secret.slice(0, 14), encodeURIComponent(secret), Buffer.from(secret).toString('base64').replace(/=+$/, '')];

function clean(what: unknown): void {
  const seen = inspect(what, { depth: 20, showHidden: true, getters: true }) + JSON.stringify(what);
  for (const piece of pieces) assert.ok(!seen.includes(piece), `${piece} is in ${seen}`);
}

const echoes: readonly (readonly [string, (sent: Sent) => string])[] = [
  [
    'in a sentence',
    ({ key }) => JSON.stringify({ error: { message: `Incorrect API key provided: ${key}. See your account.`, code: 401 } }),
  ],
  ['twice and long', ({ key }) => JSON.stringify({ error: { message: `${'x'.repeat(225)} ${key} ${key}` } })],
  ['as a text', ({ key }) => `Bearer ${key} is not known`],
  ['in a page', ({ key }) => `<html><title>denied: ${key}</title></html>`],
  ['percent-encoded', ({ key }) => `GET /v1?key=${encodeURIComponent(key)} failed`],
  ['in base64', ({ key }) => JSON.stringify({ error: `auth ${Buffer.from(key).toString('base64')} failed` })],
  ['where nobody reads', ({ key }) => JSON.stringify({ error: { message: 'no', request: { headers: { authorization: key } } } })],
];

suite('a provider that echoes the key', () => {
  for (const type of wires)
    for (const [where, body] of echoes)
      test(`${type}: ${where} does not leak it`, async () => {
        await using server = await ModelServer.start();
        for (const status of [200, 400, 401, 429, 500]) {
          const reply: Reply = { is: 'status', status, body };
          server.script('a-model', reply, reply);
          server.script('b-model', answer('fine'));
          const both = modelsOf(new SimulatedClock(), model([provider(server.url, 'a', { type }), provider(server.url, 'b', { type })]));
          const told = await both.call(callOf());
          assert.equal(told.tried.length, 1);
          clean(told.tried);
          const alone = modelsOf(new SimulatedClock(), model([provider(server.url, 'a', { type })]));
          await assert.rejects(alone.call(callOf()), (error: Error) => {
            assert.equal(error.cause, undefined);
            clean(error);
            clean([error.message, error.stack]);
            return true;
          });
        }
        server.verify();
      });

  test('nor in the middle of a stream, nor with a key that came with the call', async () => {
    for (const type of wires) {
      await using server = await ModelServer.start();
      server.script('a-model', { is: 'stream_error', after: ['Good '], message: `session of ${secret} ended` });
      const models = modelsOf(new SimulatedClock(), model([provider(server.url, 'a', { type, key: { is: 'dynamic', name: 'k' } })]), {
        env: {},
      });
      const events = await eventsOf(models.stream(callOf({ keys: { k: secret } })));
      assert.equal(events.at(-1)?.is, 'error');
      clean(events);
    }
  });
});

suite('redact', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['Incorrect API key provided: abcd****wxyz. You can', 'Incorrect API key provided: [key] You can'],
    ['key sk-proj-abcDEF123_456 is wrong', 'key [key] is wrong'],
    ['gsk_abcdef0123456789 and AIzaSyA1234567890abc', '[key] and [key]'],
    ['Authorization: Bearer abc.def-ghi', 'Authorization: [key] [key]'],
    ['https://x.test/v1?alt=sse&key=abc123&x=1', 'https://x.test/v1?alt=sse&key=[key]&x=1'],
    ['{"api_key":"abcdef","model":"m"}', '{"api_key":"[key]","model":"m"}'],
    ['the token count is 5; max_tokens: 9', 'the token count is 5; max_tokens: 9'],
    ['a risk-free ask-me-anything', 'a risk-free ask-me-anything'],
  ];
  for (const [text, expected] of cases) test(`“${text}” becomes “${expected}”`, () => assert.equal(redact(text, []), expected));

  test('known keys go, the longest first, and placeholders stay', () => {
    assert.equal(redact('abcdefghij abcdef none', ['abcdef', 'abcdefghij', 'none', '']), '[key] [key] none');
  });

  test('a key that is special in a regular expression is taken literally', () => {
    assert.equal(redact('a$&.*+(x and a$&.*+(x', ['a$&.*+(x']), '[key] and [key]');
  });
});
