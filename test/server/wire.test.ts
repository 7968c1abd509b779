import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { get, type RequestOptions } from 'node:https';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { App } from '../../src/server/http/app.ts';
import { served, type ServedOptions } from './served.ts';

const open = { config: { access: { open: 'to try' } } } as const;

interface Listening {
  readonly app: App;
  readonly port: number;
  /** What a socket has been sent until the server closed it. */
  said(this: void, socket: Socket): Promise<string>;
  dial(this: void): Promise<Socket>;
}

async function listening(
  t: TestContext,
  settings: ServedOptions['settings'] = {},
  declare: (app: App) => void = () => undefined,
): Promise<Listening> {
  const { app } = await served(t, { settings });
  app.get('/planted', open, async () => ({ is: 'planted' }));
  app.post('/planted', open, async ({ body }) => ({ got: body }));
  declare(app);
  const port = Number(new URL(await app.listen({ host: '127.0.0.1', port: 0 })).port);
  return {
    app,
    port,
    dial: async () => {
      const socket = connect(port, '127.0.0.1');
      t.after(() => socket.destroy());
      await once(socket, 'connect');
      return socket;
    },
    said: async (socket) => {
      let text = '';
      socket.on('data', (chunk) => (text += String(chunk)));
      socket.on('error', () => undefined);
      await once(socket, 'close');
      return text;
    },
  };
}

const hurried = { headers: 60, request: 120, checkedEvery: 20 };

suite('on the wire', () => {
  test('a request that drips is answered, and its connection is closed', async (t) => {
    const { dial, said } = await listening(t, { timeouts: hurried });
    const socket = await dial();
    socket.write('GET /planted HTTP/1.1\r\nhost: a\r\n');
    const dripping = setInterval(() => socket.write('x-slow: a\r\n'), 10);
    socket.once('close', () => clearInterval(dripping));
    const text = await said(socket);
    assert.match(text, /^HTTP\/1\.1 408 Request Timeout\r\ncontent-type: application\/problem\+json/);
    assert.match(text, /"code":"REQUEST_TIMED_OUT"/);
  });

  test('a body that never comes to its end is answered, and its connection is closed', async (t) => {
    const { dial, said } = await listening(t, { timeouts: hurried });
    const socket = await dial();
    socket.write('POST /planted HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"a":');
    assert.match(await said(socket), /^HTTP\/1\.1 408 /);
  });

  test('a request that asks for another protocol waits for no body, and its connection ends with its answer', async (t) => {
    const { app, dial, said } = await listening(t, { timeouts: hurried });
    for (const rest of ['upgrade: other\r\ncontent-length: 100', 'upgrade: websocket\r\ntransfer-encoding: chunked']) {
      const socket = await dial();
      socket.write(`POST /planted HTTP/1.1\r\nhost: a\r\nconnection: upgrade\r\ncontent-type: application/json\r\n${rest}\r\n\r\n`);
      assert.match(await said(socket), /^HTTP\/1\.1 400 /, rest);
    }
    // One that never closes its own side.
    const mute = connect({ port: (app.server.address() as AddressInfo).port, host: '127.0.0.1', allowHalfOpen: true });
    t.after(() => mute.destroy());
    mute.write('GET /planted HTTP/1.1\r\nhost: a\r\nconnection: upgrade\r\nupgrade: other\r\n\r\n');
    mute.resume();
    await once(mute, 'end');
    while ((await promisify((done: (error: Error | null, count: number) => void) => app.server.getConnections(done))()) > 0)
      await setImmediate();
  });

  test('a connection that says nothing is closed, and so is one that waits too long for its next request', async (t) => {
    const { dial, said } = await listening(t, { timeouts: { ...hurried, keepAlive: 30 } });
    const silent = await dial();
    const waiting = await dial();
    waiting.write('GET /planted HTTP/1.1\r\nhost: a\r\n\r\n');
    const [nothing, answered] = await Promise.all([said(silent), said(waiting)]);
    assert.match(nothing, /^HTTP\/1\.1 408 /);
    assert.match(answered, /^HTTP\/1\.1 200 OK/);
  });

  test('somebody who goes away in the middle of a request leaves nothing behind', async (t) => {
    const { app, dial } = await listening(t);
    const [cut, halfOpen] = [await dial(), await dial()];
    cut.write('POST /planted HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{');
    halfOpen.write('POST /planted HTTP/1.1\r\nhost: a\r\ncontent-length: 100\r\n\r\n{');
    cut.resetAndDestroy();
    halfOpen.end();
    await once(halfOpen.resume(), 'close');
    assert.deepEqual((await app.inject('/planted')).json(), { is: 'planted' });
  });

  test('what is not HTTP, and headers without end, are answered as such', async (t) => {
    const { dial, said } = await listening(t);
    const answers: string[] = [];
    for (const text of [
      'hello there\r\n\r\n',
      'GET /planted HTTP/1.1\r\nhost: a\r\ncontent-length: x\r\n\r\n',
      `GET / HTTP/1.1\r\nhost: a\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`,
    ]) {
      const socket = await dial();
      socket.write(text);
      answers.push((await said(socket)).split('\r\n')[0] ?? '');
    }
    assert.deepEqual(answers, ['HTTP/1.1 400 Bad Request', 'HTTP/1.1 400 Bad Request', 'HTTP/1.1 431 Request Header Fields Too Large']);
  });

  test('a body of two lengths is read by nobody', async (t) => {
    const { dial, said } = await listening(t);
    const socket = await dial();
    socket.write(
      'POST /planted HTTP/1.1\r\nhost: a\r\ncontent-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nGET /planted HTTP/1.1\r\nhost: a\r\n\r\n',
    );
    assert.match(await said(socket), /^HTTP\/1\.1 400 Bad Request/);
  });

  test('beyond so many connections none is taken, and those that there are go on', async (t) => {
    const { dial, said } = await listening(t, { connections: 2 });
    const [first, second] = [await dial(), await dial()];
    for (const socket of [first, second]) {
      socket.write('GET /planted HTTP/1.1\r\nhost: a\r\n\r\n');
      await once(socket, 'data');
    }
    assert.equal(await said(await dial()), '');
    first.write('GET /planted HTTP/1.1\r\nhost: a\r\n\r\n');
    assert.match(String((await once(first, 'data'))[0]), /^HTTP\/1\.1 200 OK/);
  });

  test('a server that closes answers what is in flight, ends idle connections and takes no new ones', async (t) => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let begun = (): void => undefined;
    const beginning = new Promise<void>((resolve) => (begun = resolve));
    const { app, dial, said, port } = await listening(t, {}, (declared) =>
      declared.get('/planted/held', open, async () => {
        begun();
        await held;
        return {};
      }),
    );
    const [idle, busy] = [await dial(), await dial()];
    idle.write('GET /planted HTTP/1.1\r\nhost: a\r\n\r\n');
    await once(idle, 'data');
    busy.write('GET /planted/held HTTP/1.1\r\nhost: a\r\n\r\n');
    await beginning;
    const closing = app.close();
    await said(idle);
    const refused = connect(port, '127.0.0.1');
    assert.equal((await once(refused, 'error'))[0].code, 'ECONNREFUSED');
    const answered = said(busy);
    release();
    assert.match(await answered, /^HTTP\/1\.1 200 OK[\s\S]*connection: close/i);
    await closing;
  });

  test('addresses that a proxy tells count where it is trusted, and nowhere else', async (t) => {
    const seen = async (trustProxy: boolean | readonly string[]): Promise<string> => {
      const { port } = await listening(t, { trustProxy }, (app) => app.get('/planted/ip', open, async ({ ip }) => ip));
      return (await fetch(`http://127.0.0.1:${port}/planted/ip`, { headers: { 'x-forwarded-for': '203.0.113.9' } })).text();
    };
    assert.deepEqual(
      [await seen(false), await seen(['192.0.2.0/24']), await seen(['127.0.0.1'])],
      ['127.0.0.1', '127.0.0.1', '203.0.113.9'],
    );
  });

  test('it speaks TLS with the certificate that it is given', async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'continuo-tls-'));
    t.after(() => rm(folder, { recursive: true }));
    const [keyFile, certFile] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const fresh = [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-days',
      '2',
      '-subj',
      '/CN=localhost',
    ];
    await promisify(execFile)('openssl', [...fresh, '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', keyFile, '-out', certFile]);
    const [key, cert] = [await readFile(keyFile, 'utf8'), await readFile(certFile, 'utf8')];
    const { port, dial, said } = await listening(t, { tls: { key, cert }, timeouts: hurried });
    const asked = async (options: RequestOptions): Promise<number | undefined> => {
      const request = get({ host: '127.0.0.1', port, path: '/planted', agent: false, ...options });
      const [response] = await once(request, 'response');
      response.resume();
      return response.statusCode;
    };
    assert.equal(await asked({ ca: cert }), 200);
    await assert.rejects(asked({}), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
    const plain = await dial();
    plain.write('GET /planted HTTP/1.1\r\nhost: a\r\n\r\n');
    assert.doesNotMatch(await said(plain), /200 OK/);
  });
});
