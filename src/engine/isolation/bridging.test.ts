import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { isolatedAgent, recordingContext, type Recording } from './fixtures/recording-context.ts';
import { processIsolation } from './process-isolation.ts';

suite('the context in a process of its own', { timeout: 60_000 }, () => {
  const isolation = processIsolation();
  after(() => isolation.close());
  const user = isolatedAgent('user', 'context-user.ts');
  const run = (action: string, recording: Recording = recordingContext()): Promise<unknown> =>
    isolation.run(user, action, null, recording.ctx);
  const toldOf = ({ told }: Recording, name: string): unknown[] => told.filter(([first]) => first === name).map(([, ...rest]) => rest);

  test('says whose attempt it is', async () => {
    const { runId, project, workflow, stepId, item, visit, attempt, feedback, idempotencyKey } = recordingContext().ctx;
    assert.deepEqual(await run('facts'), { runId, project, workflow, stepId, item, visit, attempt, feedback, idempotencyKey });
  });

  test('once: a recorded value comes back, a new one is computed in the child and recorded here', async () => {
    const recording = recordingContext();
    recording.records.set('known', 'recorded earlier');
    // What the fixture returns.
    const [known, fresh, nested] = (await run('once', recording)) as [string, { link: string; from: number }, string];
    assert.equal(known, 'recorded earlier');
    assert.equal(fresh.link, 'https://example.org/');
    assert.notEqual(fresh.from, process.pid);
    assert.deepEqual(recording.records.get('fresh'), fresh);
    assert.equal(nested, 'inside');
  });

  test('once: an error of its function passes through both processes', async () => {
    await assert.rejects(run('onceFails'), { message: 'no luck', code: 'NO_LUCK', retryable: true });
  });

  test('job: every function runs in the child, in the engine’s order, and the actual cost comes along', async () => {
    const recording = recordingContext();
    assert.deepEqual(await run('job', recording), { film: 'of job-1', seconds: 12 });
    assert.deepEqual(recording.told, [
      ['submitted', { id: 'job-1', key: 'the key' }],
      ['waiting', { wait: 5, progress: 1 / 3 }],
      ['waiting', { wait: 5, progress: 2 / 3 }],
      ['cost', { atMost: 2, actual: 1.2 }],
    ]);
    assert.deepEqual(recording.records.get('render'), { film: 'of job-1', seconds: 12 });
  });

  test('job: find is asked, and what the job leaves out stays out', async () => {
    let given: object = {};
    const base = recordingContext();
    const job: Recording['ctx']['job'] = (name, description) => {
      given = description;
      return base.ctx.job(name, description);
    };
    assert.equal(await run('adoptedJob', recordingContext({ job })), 'found by the key');
    assert.deepEqual(Object.keys(given).toSorted(), ['cost', 'fetch', 'find', 'idempotent', 'submit']);
    assert.deepEqual(base.told.at(-1), ['cost', 0.5]);
  });

  test('job: a price that throws does so where it is asked for', async () => {
    await assert.rejects(run('overpricedJob'), { message: 'no price is known' });
  });

  test('job: what was not fetched by this process costs the worst', async () => {
    let actual: unknown;
    const job: Recording['ctx']['job'] = async (_name, { cost }) => {
      // The result is an earlier attempt's; this job's `actual` does not look at it here.
      actual = typeof cost === 'object' ? cost.actual('recorded' as never) : cost;
      throw new Error('enough seen');
    };
    await assert.rejects(run('job', recordingContext({ job })), { message: 'enough seen' });
    assert.equal(actual, 2);
  });

  test('blobs: bytes, text and streams', async () => {
    const recording = recordingContext();
    assert.deepEqual(await run('blobs', recording), {
      bytes: { blob: 'blob-0', bytes: 3, type: 'application/octet-stream' },
      got: [1, 2, 3],
      text: 'words',
      stream: 'a stream in pieces',
      path: '/files/blob-2',
      missing: 'BLOB_MISSING',
      broken: 'DRY',
    });
    assert.equal(recording.blobs.size, 3);
  });

  test('budget: reserved and settled here; a refusal to degrade by comes back', async () => {
    const recording = recordingContext();
    assert.deepEqual(await run('budget', recording), [{ granted: false, onLimit: 'degrade', left: 10 }, 7.5]);
    assert.deepEqual(toldOf(recording, 'settle'), [[3, 1.5]]);
  });

  test('progress, heartbeat, stream, log and emit arrive in order', async () => {
    const recording = recordingContext();
    await run('tells', recording);
    assert.deepEqual(recording.told, [
      ['progress', 0.5, 'half'],
      ['heartbeat'],
      ['stream', new Uint8Array([9])],
      ['log', 'a note', { n: 1 }],
      ['log', 'a strange note', '{ fn: [Function: fn] }'],
      ['emit', 'insight', { at: '1970-01-01T00:00:00.000Z' }],
      ['emit', 'bare', undefined],
    ]);
  });

  test('infer and tool', async () => {
    assert.deepEqual(await run('asks'), [
      { fn: 'title', input: { topic: 'planes' } },
      'short',
      null,
      { server: 'files', name: 'read', args: { path: 'a' } },
    ]);
  });
});
