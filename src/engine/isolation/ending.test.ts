import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { caught, ended, reportingPort } from './fixtures/reporting.ts';
import { isolatedAgent, recordingContext } from './fixtures/recording-context.ts';
import { processIsolation } from './process-isolation.ts';

const ends = isolatedAgent('ends', 'agents.ts');
const timeout = 60_000;

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
      const engine = spawn(process.execPath, [fileURLToPath(new URL('./fixtures/engine.ts', import.meta.url)), action, String(port)], {
        stdio: 'ignore',
      });
      const socket = await agent;
      await once(socket, 'data');
      engine.kill('SIGKILL');
      await ended(socket);
      close();
    });
  }
});
