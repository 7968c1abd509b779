import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { ContinuoError, faultOf } from '../../core/errors.ts';
import type { Isolation } from '../../ports/isolation.ts';
import { caught } from './fixtures/reporting.ts';
import { isolatedAgent, recordingContext, type Recording } from './fixtures/recording-context.ts';
import { processIsolation } from './process-isolation.ts';

const ends = isolatedAgent('ends', 'agents.ts');
const speaks = isolatedAgent('speaks', 'agents.ts');
const timeout = 60_000;

suite('an action in a process of its own', { timeout }, () => {
  let isolation: Isolation;
  before(() => (isolation = processIsolation()));
  after(() => isolation.close());
  const run = (action: string, input?: unknown, { ctx }: Recording = recordingContext()): Promise<unknown> =>
    isolation.run(speaks, action, input, ctx);

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
    const lines = (from: string): unknown[] =>
      recording.told.filter(([, , data]) => (data as { from?: string }).from === from).map(([, line]) => line);
    assert.deepEqual(lines('stdout'), ['first', 'second', 'größer, und ohne Ende']);
    assert.deepEqual(lines('stderr'), ['a warning']);
  });
});

test('a chattering agent’s last line is logged before its answer', { timeout }, async () => {
  const recording = recordingContext();
  await processIsolation().run(speaks, 'chatter', null, recording.ctx);
  assert.deepEqual(
    recording.told.map(([, line]) => line),
    Array.from({ length: 5000 }, (_, index) => `line ${index + 1}`),
  );
});

suite('a process that ends without an answer', { timeout }, () => {
  let isolation: Isolation;
  before(() => (isolation = processIsolation()));
  after(() => isolation.close());
  const crash = (action: string): Promise<Error & { readonly code?: unknown }> =>
    caught(isolation.run(ends, action, null, recordingContext().ctx));

  test('by process.exit: with its code and its last words', async () => {
    const error = await crash('exit');
    assert.deepEqual(Object.fromEntries(Object.entries(error)), {
      code: 'AGENT_CRASHED',
      retryable: true,
      details: { exitCode: 3, signal: null, stderr: ['out of paper', 'out of ink'] },
    });
    assert.match(error.message, /ends\.exit ended by exit code 3 .*out of paper\nout of ink/s);
    assert.equal(faultOf(error).retryable, true);
  });

  test('by process.exit(0)', async () => assert.equal((await crash('cleanExit')).code, 'AGENT_CRASHED'));
  test('by a signal', async () => assert.match((await crash('killItself')).message, /ended by SIGKILL/));
  test('by an error that nobody caught', async () =>
    assert.match((await crash('throwOutside')).message, /exit code 1 .*nobody catches this/s));

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
