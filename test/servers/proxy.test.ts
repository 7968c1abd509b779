import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { suite, test, type TestContext } from 'node:test';
import { Proxy } from './proxy.ts';

interface Ends {
  readonly proxy: Proxy;
  readonly client: Socket;
  readonly server: Socket;
}

/** A client and a server, with a proxy between them. */
async function ends(t: TestContext): Promise<Ends> {
  const listener = createServer({ allowHalfOpen: true });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const proxy = await Proxy.before((listener.address() as AddressInfo).port);
  const client = connect({ port: proxy.port, host: '127.0.0.1', allowHalfOpen: true });
  const [server] = (await once(listener, 'connection')) as [Socket];
  for (const socket of [client, server]) socket.on('error', () => undefined);
  t.after(async () => {
    client.destroy();
    server.destroy();
    await proxy.close();
    listener.close();
  });
  return { proxy, client, server };
}

async function heard(socket: Socket, text: string): Promise<void> {
  let said = '';
  while (!said.includes(text)) {
    const [bytes] = (await once(socket, 'data')) as [Buffer];
    said += bytes.toString();
  }
  assert.equal(said, text);
}

suite('a proxy', () => {
  test('hands on what either side says', async (t) => {
    const { client, server } = await ends(t);
    client.write('hello');
    await heard(server, 'hello');
    server.write('well met');
    await heard(client, 'well met');
  });

  test('that is slow delivers in order', async (t) => {
    const { proxy, client, server } = await ends(t);
    proxy.delay(20);
    client.write('one ');
    setImmediate(() => client.write('two'));
    await heard(server, 'one two');
  });

  test('that is silent delivers late what was sent, although its sender is gone', async (t) => {
    const { proxy, client, server } = await ends(t);
    proxy.hold();
    client.write('commit', () => client.destroy());
    await once(client, 'close');
    // It is with the proxy by now; the server has heard nothing.
    assert.equal(server.readableLength, 0);
    const late = heard(server, 'commit');
    proxy.calm();
    await late;
  });

  test('that was cut loses both sides, and takes newcomers', async (t) => {
    const { proxy, client, server } = await ends(t);
    const closed = Promise.all([client, server].map((socket) => new Promise((resolve) => socket.once('close', resolve))));
    client.resume();
    server.resume();
    proxy.cut();
    await closed;
    const another = connect(proxy.port, '127.0.0.1');
    await once(another, 'connect');
    another.destroy();
  });

  test('that refuses lets nobody through until it is calm', async (t) => {
    const { proxy } = await ends(t);
    proxy.refuse();
    const refused = connect(proxy.port, '127.0.0.1');
    const [error] = (await once(refused, 'error')) as [NodeJS.ErrnoException];
    assert.equal(error.code, 'ECONNRESET');
    proxy.calm();
    const taken = connect(proxy.port, '127.0.0.1');
    await once(taken, 'connect');
    taken.destroy();
  });

  test('that closes one side hands on what the other still says', async (t) => {
    const { proxy, client, server } = await ends(t);
    client.resume();
    const ended = once(client, 'end');
    proxy.halfClose();
    await ended;
    client.write('are you there?');
    await heard(server, 'are you there?');
  });
});
