import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { suite, test } from 'node:test';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { listening } from './fixtures/listening.ts';
import { keptConnections } from './kept-connections.ts';
import { fetchBy } from './post.ts';

const kept = (otherwise: typeof fetch): typeof fetch => fetchBy(keptConnections(otherwise), otherwise);
const never: typeof fetch = () => Promise.reject(new Error('it was asked by the other fetch'));
const post = { method: 'POST', body: '{"ä":1}', headers: { 'content-type': 'application/json', authorization: 'Bearer k' } } as const;

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const piece of request.setEncoding('utf8')) text += String(piece);
  return text;
}

suite('a request over a kept connection', () => {
  test('brings its text and its headers, and the answer comes with status, headers and body', async (t) => {
    const sockets = new Set<Socket>();
    const url = await listening(t, (request, response) => {
      sockets.add(request.socket);
      void textOf(request).then((text) => {
        response.writeHead(429, 'Too Many', { 'retry-after': '3', 'content-type': 'application/json' });
        response.end(
          JSON.stringify({ text, method: request.method, key: request.headers.authorization, length: request.headers['content-length'] }),
        );
      });
    });
    const ask = kept(never);
    for (const _ of [1, 2, 3]) {
      const answer = await ask(url, post);
      assert.deepEqual([answer.status, answer.ok, answer.statusText, answer.headers.get('retry-after')], [429, false, 'Too Many', '3']);
      assert.deepEqual(await answer.json(), { text: post.body, method: 'POST', key: 'Bearer k', length: '8' });
    }
    assert.equal(sockets.size, 1);
  });

  test('names who asks where the address does', async (t) => {
    const url = new URL(await listening(t, (request, response) => void response.end(request.headers.authorization)));
    Object.assign(url, { username: 'me', password: 'p:w' });
    const { authorization: _, ...headers } = post.headers;
    assert.equal(await (await kept(never)(url, { ...post, headers })).text(), `Basic ${btoa('me:p:w')}`);
  });

  test('that is answered without a body leaves its connection to the next', async (t) => {
    const sockets = new Set<Socket>();
    const url = await listening(t, (request, response) => {
      sockets.add(request.socket);
      response.writeHead(204).end();
    });
    const ask = kept(never);
    for (const _ of [1, 2, 3]) assert.deepEqual([(await ask(url, post)).status, sockets.size], [204, 1]);
  });

  test('is read as it comes', async (t) => {
    const url = await listening(t, (_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('one');
    });
    const gone = new AbortController();
    const { body } = await kept(never)(url, { ...post, signal: gone.signal });
    const reader = body?.getReader();
    assert.equal(Buffer.from((await reader?.read())?.value ?? []).toString(), 'one');
    gone.abort();
    await assert.rejects(reader?.read() ?? Promise.resolve());
  });

  test('is read also where it is packed although nobody asked for that', async (t) => {
    const url = await listening(t, (request, response) => {
      const isBrotli = request.headers['x-pack'] === 'br';
      response.writeHead(200, { 'content-encoding': isBrotli ? 'br' : 'gzip' });
      response.end(isBrotli ? brotliCompressSync('packed') : gzipSync('packed'));
    });
    for (const how of ['br', 'gzip']) {
      const answer = await kept(never)(url, { ...post, headers: { 'x-pack': how } });
      assert.equal(await answer.text(), 'packed');
    }
  });

  test('that is cut is an error, whether its length was known or not', async (t) => {
    const url = await listening(t, (request, response) => {
      response.writeHead(200, request.headers['x-length'] === undefined ? {} : { 'content-length': 100 });
      response.write('half', () => response.destroy());
    });
    const ask = kept(never);
    await assert.rejects(ask(url, { ...post, headers: { 'x-length': '1' } }), { name: 'TypeError', message: 'fetch failed' });
    await assert.rejects(ask(url, post).then((answer) => answer.text()));
  });

  test('to nobody, or with a header that cannot be, fails as fetch does', async (t) => {
    const url = await listening(t, () => undefined);
    const closed = new URL(url);
    closed.port = '1';
    await assert.rejects(kept(never)(closed, post), ({ name, cause }: Error) => {
      assert.equal(name, 'TypeError');
      return cause instanceof Error && 'code' in cause && cause.code === 'ECONNREFUSED';
    });
    await assert.rejects(kept(never)(url, { ...post, headers: { 'x-bad': 'a\nb' } }), { name: 'TypeError' });
    await assert.rejects(kept(never)('no address', post), { name: 'TypeError' });
  });

  test('that is aborted rejects with the reason, before it was sent and after', async (t) => {
    const arrived = Promise.withResolvers<void>();
    const url = await listening(t, () => arrived.resolve());
    const ask = kept(never);
    const reason = new Error('enough');
    await assert.rejects(ask(url, { ...post, signal: AbortSignal.abort(reason) }), reason);
    const gone = new AbortController();
    const asked = ask(url, { ...post, signal: gone.signal });
    await arrived.promise;
    gone.abort(reason);
    await assert.rejects(asked, reason);
  });

  test('that brings no text goes by the other fetch', async () => {
    const otherwise: typeof fetch = async (_, init) => new Response(init?.method ?? 'GET');
    const ask = kept(otherwise);
    assert.equal(await (await ask('http://localhost:1/')).text(), 'GET');
    assert.equal(await (await ask('http://localhost:1/', { method: 'POST', body: new FormData() })).text(), 'POST');
  });
});
