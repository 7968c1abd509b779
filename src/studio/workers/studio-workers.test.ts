import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { after, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Odd } from './fixtures/odd-task.ts';
import { openStudioWorkers, type StudioWorkers, type TaskOptions } from './studio-workers.ts';
import { taskFiles } from './tasks.ts';

const opened: StudioWorkers[] = [];
after(() => Promise.all(opened.map((workers) => workers.close())));

function odd(count: number): { readonly workers: StudioWorkers; readonly run: (input: Odd, options?: TaskOptions) => Promise<unknown> } {
  const workers = openStudioWorkers({ workers: count, grace: 50, fileOf: () => new URL('./fixtures/odd-task.ts', import.meta.url) });
  opened.push(workers);
  return { workers, run: (input, options) => workers.run('speak', input, options) };
}

/** Aborts as soon as the task says that it has begun. */
function abortedOnceBegun(): TaskOptions {
  const controller = new AbortController();
  return { signal: controller.signal, progress: () => controller.abort(new Error('nobody wants it')) };
}

describe('the workers of the studio', () => {
  it('do tasks, more of them than there are workers, and tell how far they are', async () => {
    const { run } = odd(2);
    const told: unknown[] = [];
    const results = await Promise.all(
      [1, 2, 3, 4, 5].map((number) => run({ does: 'double', number }, { progress: (...said) => told.push(said) })),
    );
    assert.deepEqual(results, [2, 4, 6, 8, 10]);
    assert.deepEqual(told[0], [0.5, 'half']);
    assert.equal(told.length, 5);
  });

  it('give back errors of the catalogue as they are, and others with their message', async () => {
    const { run } = odd(1);
    await assert.rejects(run({ does: 'fail' }), {
      code: 'MEDIA_UNREADABLE',
      message: 'plane.png is damaged',
      details: { file: 'plane.png' },
    });
    await assert.rejects(run({ does: 'throw' }), { message: 'oh' });
    await assert.rejects(run({ does: 'fill' }), { code: 'STORE_FULL', retryable: true });
    assert.equal(await run({ does: 'double', number: 4 }), 8);
  });

  it('a task that is not wanted any more ends with the reason; one that does not listen loses its worker', async () => {
    const { run } = odd(1);
    await assert.rejects(run({ does: 'wait' }, abortedOnceBegun()), { message: 'nobody wants it' });
    await assert.rejects(run({ does: 'hang' }, abortedOnceBegun()), { message: 'nobody wants it' });
    assert.equal(await run({ does: 'double', number: 1 }), 2);
    await assert.rejects(run({ does: 'double', number: 1 }, { signal: AbortSignal.abort(new Error('too late')) }), { message: 'too late' });
  });

  it('a task that is not wanted any more while it waits is given up at once, and does not take its turn', async () => {
    const { workers, run } = odd(1);
    const first = run({ does: 'wait' });
    const controller = new AbortController();
    const second = run({ does: 'crash' }, { signal: controller.signal });
    controller.abort(new Error('too long'));
    await assert.rejects(second, { message: 'too long' });
    const outcome = Promise.allSettled([first, run({ does: 'double', number: 1 })]);
    await workers.close();
    assert.deepEqual(
      (await outcome).map((one) => (one.status === 'rejected' ? (one.reason as { code?: string }).code : 'done')),
      ['ENGINE_CLOSED', 'ENGINE_CLOSED'],
    );
  });

  it('a process that cannot be started fails the task, and not the engine', async () => {
    const { run } = odd(1);
    // More than a process may be given.
    process.env['CONTINUO_TOO_LARGE'] = 'x'.repeat(3_000_000);
    try {
      await assert.rejects(run({ does: 'double', number: 1 }), { code: 'AGENT_CRASHED', retryable: true });
    } finally {
      delete process.env['CONTINUO_TOO_LARGE'];
    }
    assert.equal(await run({ does: 'double', number: 2 }), 4);
  });

  it('workers that rest keep nobody from ending', () => {
    const script = fileURLToPath(new URL('./fixtures/one-task.ts', import.meta.url));
    const { stdout, signal } = spawnSync(process.execPath, [script], { encoding: 'utf8', timeout: 60_000 });
    assert.equal(signal, null, 'it had to be killed');
    assert.equal(stdout, '2\n');
  });

  it('a worker that is lost fails its own task alone, and the others go on', async () => {
    const { run } = odd(1);
    const [crashed, next] = await Promise.allSettled([run({ does: 'crash' }), run({ does: 'double', number: 3 })]);
    assert.equal(crashed.status === 'rejected' ? (crashed.reason as { code?: string }).code : '', 'AGENT_CRASHED');
    assert.equal(next.status === 'fulfilled' ? next.value : '', 6);
  });

  it('after the end nothing begins, and what was waiting is told', async () => {
    const { workers, run } = odd(1);
    const outcomes = Promise.allSettled([run({ does: 'wait' }), run({ does: 'double', number: 1 })]);
    await workers.close();
    for (const outcome of await outcomes) assert.equal(outcome.status, 'rejected');
    await assert.rejects(run({ does: 'double', number: 1 }), { code: 'ENGINE_CLOSED' });
  });

  it('every task has a file that does it', async () => {
    for (const path of Object.values(taskFiles)) {
      const file = new URL(`${path}.ts`, import.meta.url);
      assert.ok(existsSync(fileURLToPath(file)), path);
      const module = (await import(file.href)) as { readonly perform?: unknown };
      assert.equal(typeof module.perform, 'function', path);
    }
  });
});
