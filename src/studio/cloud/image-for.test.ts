import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { suite, test } from 'node:test';
import { Gate, image, ModelServer, status, type Reply } from '../../testing/model-server/index.ts';
import { brightPicture, imageModelAt, secret } from './fixtures/rig.ts';
import { imageFor, type ImageRequest } from './image-for.ts';
import { MediaModelError } from './media-model-error.ts';
import type { Provider } from './studio-config.ts';

const request: ImageRequest = { prompt: 'A paper airplane', negative: 'text', aspect: '9:16', seed: 7 };
const providers: readonly Provider[] = ['openai', 'google', 'openai_compatible'];
const picture = brightPicture();

async function failureOf(server: ModelServer, provider: Provider, reply: Reply): Promise<MediaModelError> {
  const model = imageModelAt(server.url, provider);
  server.script(model.config.model, reply);
  const error: unknown = await imageFor(model, request).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof MediaModelError, inspect(error));
  const seen = inspect(error, { depth: 10, showHidden: true }) + error.stack;
  for (const piece of [secret, secret.slice(0, 14), Buffer.from(secret).toString('base64').replace(/=+$/, '')])
    assert.ok(!seen.includes(piece), `${piece} is in ${seen}`);
  return error;
}

suite('a picture from a model', () => {
  test('openai: by size, with the options of the configuration; the tokens are the bill', async () => {
    await using server = await ModelServer.start();
    const model = imageModelAt(server.url, 'openai', {
      sizes: { '9:16': '1216x2160' },
      options: { quality: 'medium', outputFormat: 'jpeg' },
      tokenPrices: { input: 5, output: 30 },
    });
    server.script('image-test', image(picture, 'image/png', { input: 100, output: 400 }));
    const made = await imageFor(model, request);
    assert.deepEqual([Buffer.from(made.bytes).equals(picture), made.type, made.width, made.height], [true, 'image/png', 90, 160]);
    assert.ok(Math.abs(made.cost - 0.0125) < 1e-9);
    const [{ path, body } = assert.fail()] = server.requests;
    assert.equal(path, '/v1/images/generations');
    assert.deepEqual([body['size'], body['quality'], body['output_format'], body['n']], ['1216x2160', 'medium', 'jpeg', 1]);
    assert.match(String(body['prompt']), /A paper airplane\n\nNot in the picture: text\./);
    server.verify();
  });

  test('google: by its shape, with a seed', async () => {
    await using server = await ModelServer.start();
    server.script('gemini-test', image(picture));
    const made = await imageFor(imageModelAt(server.url, 'google', { options: { imageConfig: { imageSize: '1K' } } }), request);
    assert.deepEqual([made.type, made.cost], ['image/png', 0.04]);
    const sent = JSON.stringify(server.requests[0]?.body['generationConfig']);
    for (const part of ['"responseModalities":["IMAGE"]', '"aspectRatio":"9:16"', '"imageSize":"1K"', '"seed":7'])
      assert.ok(sent.includes(part), sent);
  });

  test('a compatible server may want no key, and get none that is ours', async () => {
    await using server = await ModelServer.start({ recordKeys: true });
    server.script('image-test', image(picture));
    const model = imageModelAt(server.url, 'openai_compatible', { options: { response_format: 'b64_json' } });
    await imageFor({ ...model, key: { is: 'none' } }, request);
    assert.equal(server.requests[0]?.body['response_format'], 'b64_json');
    assert.ok(!JSON.stringify(server.requests).includes('sk-'));
  });

  const faults: readonly (readonly [string, Reply, Partial<MediaModelError>, RegExp])[] = [
    [
      'too many at once',
      status(429, 'slow down', { 'retry-after': '3' }),
      { why: 'passing', retryable: true, spent: 'nothing', wait: 3000 },
      /for now: slow down \(HTTP 429\)/,
    ],
    ['a fault over there', status(500, 'oh'), { why: 'passing', retryable: true, spent: 'nothing', wait: 0 }, /oh \(HTTP 500\)/],
    [
      'a page',
      { is: 'status', status: 502, body: '<html>bad</html>', contentType: 'text/html' },
      { why: 'passing', retryable: true },
      /page of HTML/,
    ],
    ['a broken line', { is: 'cut', after: ['x'] }, { why: 'passing', retryable: true, spent: 'unknown' }, /drawer/],
    [
      'no picture',
      { is: 'body', body: '{"data":[],"candidates":[]}' },
      { why: 'passing', retryable: true, spent: 'unknown' },
      /made no picture|nothing usable|no answer/,
    ],
    [
      'something else',
      image(new TextEncoder().encode('hello')),
      { why: 'passing', retryable: true },
      /gave something that is no picture: it is no PNG, JPEG or WebP/,
    ],
    [
      'a wrong key',
      status(401, `Incorrect API key provided: ${secret}`),
      { why: 'mendable', retryable: false, spent: 'nothing', code: 'KEY_REFUSED' },
      /Check TEST_KEY/,
    ],
    ['no credit', status(429, 'insufficient_quota'), { why: 'mendable', retryable: false, code: 'PROVIDER_LIMITED' }, /no credit left/],
    ['what it does not know', status(400, 'no such size'), { why: 'mendable', retryable: false }, /refused the request: no such size/],
    [
      'what it will not draw',
      status(400, 'rejected by our safety system: content_policy_violation'),
      { why: 'content', retryable: false, spent: 'nothing' },
      /will not make this: rejected by/,
    ],
  ];
  for (const provider of providers)
    for (const [what, reply, expected, message] of faults)
      test(`${provider}: ${what}`, async () => {
        await using server = await ModelServer.start();
        const error = await failureOf(server, provider, reply);
        assert.match(error.message, message);
        for (const [name, value] of Object.entries(expected))
          assert.equal(error[name as keyof MediaModelError], value, `${name} of ${error.message}`);
        server.verify();
      });

  test('google says in an answer what it will not draw', async () => {
    await using server = await ModelServer.start();
    for (const body of [
      { candidates: [{ content: { role: 'model', parts: [] }, finishReason: 'IMAGE_SAFETY', index: 0 }] },
      { candidates: [{ content: { role: 'model', parts: [] }, finishReason: 'PROHIBITED_CONTENT', index: 0 }] },
      { promptFeedback: { blockReason: 'PROHIBITED_CONTENT' } },
    ]) {
      const error = await failureOf(server, 'google', { is: 'body', body: JSON.stringify(body) });
      assert.equal(error.why, 'content', `${JSON.stringify(body)}: ${error.message}`);
    }
  });

  test('what the configuration asks for and the package does not know is told before anything is sent', async () => {
    await using server = await ModelServer.start();
    for (const model of [
      imageModelAt(server.url, 'openai', { options: { quality: 'superb' } }),
      imageModelAt(server.url, 'google', { model: 'imagen-4' }),
    ])
      await assert.rejects(imageFor(model, request), {
        why: 'mendable',
        spent: 'nothing',
        message: /cannot be asked as it is configured: /,
      });
    assert.equal(server.requests.length, 0);
  });

  test('nobody is there', async () => {
    const error: unknown = await imageFor(imageModelAt('http://127.0.0.1:9'), request).catch((reason: unknown) => reason);
    assert.ok(error instanceof MediaModelError && error.retryable);
    assert.equal(error.why, 'passing');
  });

  test('a request ends when its signal does', async () => {
    await using server = await ModelServer.start();
    server.script('image-test', { is: 'held', gate: new Gate(), reply: image(picture) });
    const abort = new AbortController();
    const made = imageFor(imageModelAt(server.url), request, abort.signal);
    const { gone } = await server.received(1);
    abort.abort(new Error('not wanted any more'));
    await assert.rejects(made, /not wanted any more/);
    await gone;
  });
});
