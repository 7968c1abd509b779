import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { after, before, suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ContinuoError, faultOf } from '../../core/errors.ts';
import type { Isolation } from '../../ports/isolation.ts';
import { isolatedAgent, recordingContext, type Recording } from './fixtures/recording-context.ts';
import { processIsolation } from './process-isolation.ts';

const ends = isolatedAgent('ends', 'agents.ts');
const speaks = isolatedAgent('speaks', 'agents.ts');
const timeout = 60_000;

const caught = (promise: Promise<unknown>): Promise<Error & { readonly code?: unknown }> =>
  promise.then(
    (value) => assert.fail(`it answered ${JSON.stringify(value)}`),
    (error: Error) => error,
  );

/** A port at which agents of this test report; each connection lives as long as its process. */
async function reportingPort(): Promise<{ readonly port: number; readonly agent: Promise<Socket>; readonly close: () => void }> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const agent = once(server, 'connection').then(([socket]: unknown[]) => {
    // A server's connection event brings a socket.
    const connection = socket as Socket;
    // A killed process may reset its connection.
    connection.on('error', () => undefined);
    return connection;
  });
  // It listens at a TCP port, which has a number.
  return { port: (server.address() as AddressInfo).port, agent, close: () => server.close() };
}

const ended = (socket: Socket): Promise<unknown> => (socket.closed ? Promise.resolve() : once(socket.resume(), 'close'));

suite('an action in a process of its own', { timeout }, () => {
  let isolation: Isolation;
  before(() => (isolation = processIsolation()));
  after(() => isolation.close());
  const run = (action: string, input?: unknown, { ctx }: Recording = recordingContext()): Promise<unknown> => isolation.run(speaks, action, input, ctx);

  test('gets its input and gives its answer', async () => {
    assert.deepEqual(await run('echo', { a: [1, 'zwei', null] }), { a: [1, 'zwei', null] });
    assert.equal(await run('echo'), undefined);
    assert.equal(await run('echo', null), null);
  });

  test('answers with what the engine would write down', async () => {
    assert.deepEqual(await run('url'), { link: 'https://example.org/' });
  });

  test('answers with more than JSON where a schema reads it', async () => {
    assert.deepEqual(await run('dated'), { at: new Date(0), sizes: new Map([['a', 1]]) });
  });

  test('is told where its answer is not JSON', async () => {
    const error = await caught(run('notJson'));
    assert.equal(error.code, 'OUTPUT_NOT_JSON');
    assert.match(error.message, /output\.pages\[0\]\.render/);
  });

  test('an input that cannot cross is refused', async () => {
    const error = await caught(run('echo', { fn: () => 1 }));
    assert.match(error.message, /cannot cross between processes/);
    assert.equal(faultOf(error).retryable, false);
  });

  test('an error comes with its code, details, stack and cause', async () => {
    const error = await caught(run('fails'));
    assert.deepEqual(Object.fromEntries(Object.entries(error)), { code: 'TOO_MANY', retryable: false, details: { scenes: 99 } });
    assert.equal(error.name, 'RangeError');
    assert.equal(error.message, 'too many scenes');
    assert.match(String(error.stack), /fixtures\/agents\.ts/);
    assert.match(String(error.cause), /the list/);
  });

  test('a ContinuoError comes as one', async () => {
    const error = await caught(run('refuses'));
    assert.ok(error instanceof ContinuoError);
    assert.deepEqual(faultOf(error), { code: 'BUDGET_EXCEEDED', message: 'it costs too much', retryable: false, details: { left: 1 } });
  });

  test('what is thrown need not be an error', async () => {
    assert.deepEqual(faultOf(await caught(run('throwsText'))), { code: 'AGENT_FAILED', message: 'just words' });
  });

  test('its output goes to the log, all of it before the answer', async () => {
    const recording = recordingContext();
    assert.equal(await run('print', null, recording), 'said');
    // Data of a log line is what the isolation gave.
    const lines = (from: string): unknown[] => recording.told.filter(([, , data]) => (data as { from?: string }).from === from).map(([, line]) => line);
    assert.deepEqual(lines('stdout'), ['first', 'second', 'größer, und ohne Ende']);
    assert.deepEqual(lines('stderr'), ['a warning']);
  });
});

test('a chattering agent’s last line is logged before its answer', { timeout }, async () => {
  const recording = recordingContext();
  await processIsolation().run(speaks, 'chatter', null, recording.ctx);
  assert.deepEqual(recording.told.map(([, line]) => line), Array.from({ length: 5000 }, (_, index) => `line ${index + 1}`));
});

suite('a process that ends without an answer', { timeout }, () => {
  let isolation: Isolation;
  before(() => (isolation = processIsolation()));
  after(() => isolation.close());
  const crash = (action: string): Promise<Error & { readonly code?: unknown }> => caught(isolation.run(ends, action, null, recordingContext().ctx));

  test('by process.exit: with its code and its last words', async () => {
    const error = await crash('exit');
    assert.deepEqual(Object.fromEntries(Object.entries(error)), { code: 'AGENT_CRASHED', retryable: true, details: { exitCode: 3, signal: null, stderr: ['out of paper', 'out of ink'] } });
    assert.match(error.message, /ends\.exit ended by exit code 3 .*out of paper\nout of ink/s);
    assert.equal(faultOf(error).retryable, true);
  });

  test('by process.exit(0)', async () => assert.equal((await crash('cleanExit')).code, 'AGENT_CRASHED'));
  test('by a signal', async () => assert.match((await crash('killItself')).message, /ended by SIGKILL/));
  test('by an error that nobody caught', async () => assert.match((await crash('throwOutside')).message, /exit code 1 .*nobody catches this/s));

  test('within a submit: the job is left as it was', async () => {
    let submitted: Promise<unknown> = Promise.resolve();
    const job: Recording['ctx']['job'] = (_name, { submit }) => {
      submitted = submit('the key');
      return submitted.then(() => assert.fail('it was submitted'));
    };
    await caught(isolation.run(ends, 'submitAndDie', null, recordingContext({ job }).ctx));
    assert.equal((await caught(submitted)).code, 'AGENT_CRASHED');
  });

  test('because it could not start', async () => {
    const { execPath } = process;
    process.execPath = '/there/is/no/node';
    try {
      const error = await crash('exit');
      assert.equal(error.code, 'AGENT_CRASHED');
      assert.match(error.message, /could not start: .*ENOENT/);
    } finally {
      process.execPath = execPath;
    }
  });
});

suite('the end of a process', { timeout }, () => {
  test('an agent that computes without pause is killed when its attempt is aborted', async () => {
    const isolation = processIsolation({ grace: 1 });
    const { port, agent, close } = await reportingPort();
    const { ctx, abort } = recordingContext();
    const answer = caught(isolation.run(ends, 'spin', { port }, ctx));
    const socket = await agent;
    await once(socket, 'data');
    abort.abort();
    assert.equal((await answer).code, 'ATTEMPT_STALE');
    await ended(socket);
    close();
  });

  test('an aborted agent may tidy up; its attempt is over at once', async () => {
    const isolation = processIsolation({ grace: 3_600_000 });
    const { ctx, abort, events, told } = recordingContext();
    const ready = once(events, 'emit');
    const answer = caught(isolation.run(ends, 'tidyUp', null, ctx));
    await ready;
    const tidied = once(events, 'emit');
    abort.abort(new Error('overtaken'));
    assert.equal((await answer).code, 'ATTEMPT_STALE');
    await tidied;
    assert.deepEqual(told.at(-1), ['emit', 'tidied', { same: true, reason: 'Error: overtaken' }]);
    await isolation.close();
  });

  test('an attempt that is aborted already does not start', async () => {
    const { ctx, abort } = recordingContext();
    abort.abort();
    assert.equal((await caught(processIsolation().run(ends, 'exit', null, ctx))).code, 'ATTEMPT_STALE');
  });

  test('one that does not go after its answer is killed', async () => {
    const { port, agent, close } = await reportingPort();
    assert.equal(await processIsolation({ grace: 1 }).run(ends, 'lingerAtExit', { port }, recordingContext().ctx), 'answered');
    await ended(await agent);
    close();
  });

  test('what the agent started is killed with it', { skip: process.platform === 'win32' && 'there are no process groups' }, async () => {
    const isolation = processIsolation({ grace: 1 });
    const { port, agent, close } = await reportingPort();
    const { ctx, abort } = recordingContext();
    const answer = caught(isolation.run(ends, 'waitForHelper', { port }, ctx));
    const helper = await agent;
    abort.abort();
    assert.equal((await answer).code, 'ATTEMPT_STALE');
    await ended(helper);
    close();
  });

  test('closing kills all and waits for them', async () => {
    const isolation = processIsolation({ grace: 3_600_000 });
    const { port, agent, close } = await reportingPort();
    const answer = caught(isolation.run(ends, 'idle', { port }, recordingContext().ctx));
    const socket = await agent;
    await isolation.close();
    assert.equal((await answer).code, 'ENGINE_CLOSED');
    assert.equal((await caught(isolation.run(ends, 'idle', { port }, recordingContext().ctx))).code, 'ENGINE_CLOSED');
    await ended(socket);
    close();
  });

  for (const action of ['idle', 'spin']) {
    test(`the engine is killed while its agent is at ${action}: the agent’s process ends`, async () => {
      const { port, agent, close } = await reportingPort();
      const engine = spawn(process.execPath, [fileURLToPath(new URL('./fixtures/engine.ts', import.meta.url)), action, String(port)], { stdio: 'ignore' });
      const socket = await agent;
      await once(socket, 'data');
      engine.kill('SIGKILL');
      await ended(socket);
      close();
    });
  }
});
