import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { randomBytes } from 'node:crypto';
import { suite, test, type TestContext } from 'node:test';
import { agent } from '../../src/engine/agent.ts';
import { workflow } from '../../src/core/plan/builder.ts';
import { Batch } from '../../src/server/live/batch.ts';
import { adminKey } from './served.ts';
import { listen, wired, type Told } from './live-rig.ts';

interface Deaf {
  /** It has been let in, and takes nothing since. */
  readonly isIn: Promise<void>;
  /** Takes everything, up to the end that it is told. */
  listen(): Promise<ReturnType<typeof framesIn>>;
}

/** A client that takes nothing from its connection until it is told to. */
function deaf(t: TestContext, host: string, path: string): Deaf {
  const socket = connect({ port: Number(host.split(':')[1]), host: '127.0.0.1' });
  t.after(() => socket.destroy());
  socket.write(
    `GET ${path} HTTP/1.1\r\nHost: here\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n` +
      `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\nX-API-Key: ${adminKey}\r\n\r\n`,
  );
  const chunks: Buffer[] = [];
  const first = once(socket, 'data').then(([chunk]: unknown[]) => {
    socket.pause();
    // Without an encoding a socket gives buffers.
    chunks.push(chunk as Buffer);
  });
  return {
    isIn: first,
    listen: async () => {
      const { promise, resolve } = Promise.withResolvers<ReturnType<typeof framesIn>>();
      let bytes = 0;
      socket.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        bytes += chunk.length;
        // Looking at all of it is left until little comes: the end is short.
        if (chunk.length >= 65_536) return;
        const found = framesIn(Buffer.concat(chunks));
        if (found.code !== 0) resolve(found);
      });
      socket.on('close', () => resolve(framesIn(Buffer.concat(chunks))));
      socket.resume();
      return promise.finally(() => assert.ok(bytes > 0));
    },
  };
}

/** The texts of a server's frames, and the end that it gave. */
function framesIn(bytes: Buffer): { readonly told: readonly Told[]; readonly code: number; readonly reason: string } {
  const told: Told[] = [];
  for (let at = bytes.indexOf('\r\n\r\n') + 4; at < bytes.length;) {
    if (bytes.length - at < 14 && bytes.readUInt8(at) !== 0x88) break;
    const short = bytes.readUInt8(at + 1);
    const [length, head] =
      short === 127 ? [Number(bytes.readBigUInt64BE(at + 2)), 10] : short === 126 ? [bytes.readUInt16BE(at + 2), 4] : [short, 2];
    const body = bytes.subarray(at + head, at + head + length);
    if (body.length < length) break;
    if (bytes.readUInt8(at) === 0x88) return { told, code: body.readUInt16BE(0), reason: body.toString('utf8', 2) };
    if (bytes.readUInt8(at) === 0x81) told.push(JSON.parse(body.toString()) as Told);
    at += head + length;
  }
  return { told, code: 0, reason: '' };
}

const text = 'x'.repeat(50_000);

/** Tells so much, in so many steps, when it is let. */
function flood(): { readonly agents: readonly unknown[]; readonly flow: ReturnType<typeof wide>; readonly go: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  const hold = agent({ id: 'hold', run: async (value: number) => promise.then(() => value) });
  const loud = agent({ id: 'loud', run: async (number: number) => ({ number, text }) });
  return { agents: [hold, loud], flow: wide(), go: resolve };
  function wide() {
    return workflow<number>('flood')
      .step('wait', hold, ({ input }) => input)
      .map('tell', loud, ({ wait }) => Array.from({ length: wait }, (_, number) => number), { concurrency: 1 })
      .output(() => null);
  }
}

suite('readers who are slow', () => {
  test('who leaves too much lying is given up with his cursor, goes on from there, and holds nobody up', async (t) => {
    const { agents, flow, go } = flood();
    const { orchestrator, host, metrics } = await wired(t, { agents, settings: { live: { room: 200_000, stall: 300 } } });
    const run = await orchestrator.start(flow, 200);
    const path = `/ws/workflows/${run.id}`;
    const quick = await listen(t, host, path);
    await quick.heard(({ event }) => event === 'step:started');
    const slow = deaf(t, host, path);
    await slow.isIn;
    go();
    await run.result();
    const whole = await quick.closed;
    assert.equal(whole.code, 1000);
    // He is not heard of: that he was given up is counted.
    while (!/dropped_total\{by="websocket"\} 1/.test(await metrics.text())) await new Promise((resolve) => setTimeout(resolve, 10));
    const { told, code, reason } = await slow.listen();
    assert.equal(code, 1013);
    const cursor = /^READER_TOO_SLOW cursor=(\d+(?:\.\d)?)$/.exec(reason)?.[1] ?? assert.fail(reason);
    assert.equal(told.at(-1)?.cursor, Number(cursor));
    assert.ok(told.length < quick.told.length);
    const rest = await listen(t, host, `${path}?cursor=${cursor}`);
    await rest.closed;
    assert.deepEqual([...told, ...rest.told], quick.told);
  });

  test('who reads what is past is waited for, however much it is', async (t) => {
    const { agents, flow, go } = flood();
    const { orchestrator, host } = await wired(t, { agents, settings: { live: { room: 200_000 } } });
    go();
    const { runId } = await orchestrator.run(flow, 200);
    const slow = deaf(t, host, `/ws/workflows/${runId}`);
    await slow.isIn;
    const quick = await listen(t, host, `/ws/workflows/${runId}`);
    await quick.closed;
    const { told, code } = await slow.listen();
    assert.equal(code, 1000);
    assert.deepEqual(told, quick.told);
  });
});

test('a batch is cut where a reader stands, also where some of it has no cursor', () => {
  const message = (cursor: number | undefined) => ({
    event: 'x',
    at: 0,
    data: null,
    learners: [],
    text: '{}',
    ...(cursor === undefined ? {} : { cursor }),
  });
  const batch = new Batch([message(1.1), message(2), message(undefined), message(3)]);
  assert.equal(batch.after(0), batch);
  assert.deepEqual(
    batch.after(1.1).messages.map(({ cursor }) => cursor),
    [2, undefined, 3],
  );
  assert.deepEqual(
    batch.after(2).messages.map(({ cursor }) => cursor),
    [3],
  );
  assert.deepEqual(batch.after(3).messages, []);
});
