/** Any program will do: what is tested is how it is run. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { runTool, type RunOptions } from './run.ts';

const node = (script: string, options: Partial<RunOptions> = {}): ReturnType<typeof runTool> =>
  runTool(process.execPath, ['-e', script], { what: 'trying', ...options });

const lives = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** Whether somebody who has connected still answers when asked; heard from the first moment on, for the end may come at once. */
function fateOf(server: Server): { readonly ask: () => Promise<'gone' | 'there'> } {
  const { promise, resolve } = Promise.withResolvers<'gone' | 'there'>();
  const connected = new Promise<Socket>((found) => {
    server.on('connection', (socket) => {
      socket.on('error', () => resolve('gone'));
      socket.on('close', () => resolve('gone'));
      socket.on('data', () => {
        resolve('there');
        socket.destroy();
      });
      found(socket);
    });
  });
  return {
    ask: async () => {
      const socket = await connected;
      if (!socket.destroyed) socket.write('?');
      return promise;
    },
  };
}

describe('running a tool', () => {
  it('gives what it says, and hands over what it is fed piece by piece', async () => {
    const piece = new Uint8Array(100_000);
    const feed = function* (): Generator<Uint8Array> {
      for (let value = 0; value < 5; value++) yield piece.fill(value);
    };
    const { stdout, stderr } = await node('process.stderr.write("so"); process.stdin.pipe(process.stdout)', { feed: feed() });
    assert.equal(stderr, 'so');
    assert.deepEqual(
      [0, 1, 2, 3, 4].map((at) => [stdout[at * 100_000], stdout[at * 100_000 + 99_999]]),
      [0, 1, 2, 3, 4].map((value) => [value, value]),
    );
  });

  it('one that stops listening fails by its own words, and is fed no more', async () => {
    let fed = 0;
    const feed = function* (): Generator<Uint8Array> {
      for (; fed < 10_000; fed++) yield new Uint8Array(100_000);
    };
    await assert.rejects(node('console.error("no such thing"); process.exit(3)', { feed: feed() }), {
      code: 'FFMPEG_FAILED',
      message: 'trying: ffmpeg ended with 3: no such thing',
    });
    assert.ok(fed < 10_000);
  });

  it('what is fed fails as itself, and the program is gone by then', async () => {
    const said: Buffer[] = [];
    const feed = async function* (): AsyncGenerator<Uint8Array> {
      yield new Uint8Array(1);
      while (said.length === 0) await new Promise(setImmediate);
      throw new RangeError('a frame too few');
    };
    const script = 'process.stdin.resume(); process.stdin.once("data", () => console.log(process.pid)); setInterval(() => {}, 1000)';
    await assert.rejects(node(script, { feed: feed(), onOutput: (piece) => said.push(piece) }), RangeError);
    assert.equal(lives(Number(Buffer.concat(said).toString())), false);
  });

  it('ends with its signal, and is gone by then', async () => {
    const controller = new AbortController();
    let pid = 0;
    const onOutput = (piece: Buffer): void => {
      pid = Number(piece.toString());
      controller.abort(new Error('nobody wants it'));
    };
    const script = 'console.log(process.pid); setInterval(() => {}, 1000)';
    await assert.rejects(node(script, { signal: controller.signal, onOutput }), { message: 'nobody wants it' });
    assert.equal(lives(pid), false);
  });

  it('does not outlive who runs it', async () => {
    // The program answers whoever asks, until it ends.
    const server = createServer().listen(0, '127.0.0.1').unref();
    await once(server, 'listening');
    const fate = fateOf(server);
    const script = fileURLToPath(new URL('./fixtures/exits-early.ts', import.meta.url));
    const { port } = server.address() as AddressInfo;
    assert.deepEqual(await once(spawn(process.execPath, [script, `${port}`]), 'exit'), [0, null]);
    assert.equal(await fate.ask(), 'gone');
  });

  it('says what is missing, and when there is no room', async () => {
    await assert.rejects(runTool('/nowhere/ffmpeg', [], { what: 'trying' }), {
      code: 'FFMPEG_FAILED',
      message: /^trying: .*\/nowhere\/ffmpeg/,
    });
    await assert.rejects(node('console.error("av_write: No space left on device"); process.exit(1)'), {
      code: 'STORE_FULL',
      retryable: true,
    });
    await assert.rejects(node('process.stderr.write("x".repeat(9_000_000)); process.exitCode = 1'), { code: 'FFMPEG_FAILED' });
  });
});
