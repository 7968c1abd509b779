import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as consumers from 'node:stream/consumers';
import { suite, test, type TestContext } from 'node:test';
import { fetchOutside, mustBeOutside, type Address, type FetchOptions } from './outside.ts';

const home: Address = { address: '127.0.0.1', family: 4 };
const away: Address = { address: '93.184.215.14', family: 4 };

async function listening(t: TestContext, answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  // It listens on a port.
  return String((server.address() as AddressInfo).port);
}

const usual: FetchOptions = { atMostBytes: 1000, milliseconds: 20_000, allowedHosts: ['files.test'], resolve: async () => [home] };

async function textOf(url: string, options: Partial<FetchOptions> = {}): Promise<string> {
  const { bytes } = await fetchOutside(url, { ...usual, ...options });
  return consumers.text(bytes);
}

suite('what is fetched for clients', () => {
  test('a name is refused when any of its addresses is inside', async () => {
    const resolving = (...addresses: Address[]) => ({ resolve: async () => addresses });
    assert.deepEqual((await mustBeOutside('https://name.test/a?b', resolving(away))).addresses, [away]);
    for (const inner of [
      home,
      { address: '169.254.169.254', family: 4 },
      { address: 'fd00::1', family: 6 },
      { address: '::ffff:10.0.0.1', family: 6 },
    ])
      await assert.rejects(mustBeOutside('https://name.test', resolving(away, inner)), { code: 'ADDRESS_FORBIDDEN' });
    await assert.rejects(mustBeOutside('https://name.test', resolving()), { code: 'SOURCE_FAILED' });
  });

  test('only the web is gone to: no other scheme, no other port, no credentials', async () => {
    const refused = [
      'ftp://name.test/',
      'file:///etc/passwd',
      'gopher://name.test',
      'data:,x',
      'javascript:1',
      'unix:/run/x.sock',
      'name.test',
      '//name.test',
      '',
      'http://',
      'http://me:pass@name.test/',
      'http://me@name.test/',
      'http://name.test:22/',
      'http://name.test:6379/',
      'http://[::1',
      'http://a b/',
    ];
    for (const url of refused)
      await assert.rejects(mustBeOutside(url, { resolve: async () => [away] }), { code: 'ADDRESS_FORBIDDEN' }, url);
  });

  test('this machine’s own name leads nowhere', async () => {
    for (const url of ['http://localhost/', 'http://LOCALHOST./', 'http://localhost:8080/'])
      await assert.rejects(
        mustBeOutside(url, {}),
        (error: Error) => 'code' in error && ['ADDRESS_FORBIDDEN', 'SOURCE_FAILED'].includes(String(error.code)),
        url,
      );
  });

  test('an error does not repeat what may be secret', async () => {
    await assert.rejects(
      mustBeOutside('http://me:hunter2@10.0.0.1/a?token=hunter2', {}),
      (error: Error) => !error.message.includes('hunter2'),
    );
  });

  test('a host that was allowed may be private, on any port or on the one that was named', async (t) => {
    const port = await listening(t, (_, response) => response.end('here'));
    assert.equal(await textOf(`http://files.test:${port}/`), 'here');
    assert.equal(await textOf(`http://FILES.test.:${port}/`, { allowedHosts: [`files.test:${port}`] }), 'here');
    assert.equal(await textOf(`http://127.0.0.1:${port}/`, { allowedHosts: ['127.0.0.1'] }), 'here');
    await assert.rejects(textOf(`http://files.test:${port}/`, { allowedHosts: ['files.test:1'] }), { code: 'ADDRESS_FORBIDDEN' });
    await assert.rejects(textOf(`http://sub.files.test:${port}/`), { code: 'ADDRESS_FORBIDDEN' });
  });

  test('a name that says something else a moment later changes nothing', async (t) => {
    const port = await listening(t, (_, response) => response.end('the one that was checked'));
    let asked = 0;
    const rebinding = async (): Promise<readonly Address[]> => (asked++ === 0 ? [home] : [{ address: '169.254.169.254', family: 4 }]);
    assert.equal(await textOf(`http://files.test:${port}/`, { resolve: rebinding }), 'the one that was checked');
    assert.equal(asked, 1);
  });

  test('a redirect is followed, and checked as a URL of a client', async (t) => {
    const inner: string[] = [];
    const innerPort = await listening(t, (request, response) => {
      inner.push(request.url ?? '');
      response.end('a secret');
    });
    const port = await listening(t, ({ url = '' }, response) => {
      const to = new URL(url, 'http://x').searchParams.get('to');
      if (to === null) response.end(`came to ${url}`);
      else response.writeHead(302, { location: to }).end();
    });
    const leadingTo = (to: string): Promise<string> => textOf(`http://files.test:${port}/?to=${encodeURIComponent(to)}`);
    assert.equal(await leadingTo('/there'), 'came to /there');
    for (const to of [
      `http://127.0.0.1:${innerPort}/x`,
      `http://[::ffff:127.0.0.1]:${innerPort}/`,
      'http://169.254.169.254/latest/meta-data',
      'file:///etc/passwd',
      'http://me:pw@files.test/',
    ])
      await assert.rejects(leadingTo(to), { code: 'ADDRESS_FORBIDDEN' }, to);
    assert.deepEqual(inner, []);
    await assert.rejects(leadingTo('http://[broken'), { code: 'SOURCE_FAILED' });
  });

  test('redirects without an end are given up', async (t) => {
    const port = await listening(t, (_, response) => response.writeHead(307, { location: '/again' }).end());
    await assert.rejects(textOf(`http://files.test:${port}/`), { code: 'SOURCE_FAILED', message: /more than 5 times/ });
  });

  test('what is too long is refused by what it says, and by what comes', async (t) => {
    const port = await listening(t, ({ url }, response) => {
      if (url === '/honest') response.writeHead(200, { 'content-length': 5000 });
      response.write('x'.repeat(600));
      response.end('y'.repeat(4400));
    });
    await assert.rejects(textOf(`http://files.test:${port}/honest`), { code: 'BODY_TOO_LARGE' });
    await assert.rejects(textOf(`http://files.test:${port}/`), { code: 'BODY_TOO_LARGE' });
    assert.equal((await textOf(`http://files.test:${port}/`, { atMostBytes: 5000 })).length, 5000);
  });

  test('who never answers, or never ends, is given up in time', async (t) => {
    const port = await listening(t, ({ url }, response) => {
      if (url === '/slow') response.write('a beginning');
    });
    for (const path of ['/silent', '/slow'])
      await assert.rejects(textOf(`http://files.test:${port}${path}`, { milliseconds: 50 }), { code: 'SOURCE_FAILED' }, path);
    const never = new Promise<never>(() => undefined);
    await assert.rejects(textOf('http://files.test/', { milliseconds: 50, resolve: () => never }), { code: 'SOURCE_FAILED' });
  });

  test('an answer that is none, compressed, or broken off is told', async (t) => {
    const port = await listening(t, ({ url }, response) => {
      if (url === '/missing') response.writeHead(404).end();
      if (url === '/gzip') response.writeHead(200, { 'content-encoding': 'gzip' }).end('x');
      if (url === '/cut') {
        response.writeHead(200, { 'content-length': 100 });
        response.write('x', () => response.destroy());
      }
    });
    for (const path of ['/missing', '/gzip', '/cut'])
      await assert.rejects(textOf(`http://files.test:${port}${path}`), { code: 'SOURCE_FAILED' }, path);
    await assert.rejects(textOf('http://files.test:1/'), { code: 'SOURCE_FAILED' });
  });
});
