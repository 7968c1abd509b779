import assert from 'node:assert/strict';
import { event, first, next, record, rejectsWith, startAll, tally } from './store.ts';
import type { StoreTest } from './store.ts';

export function runsConformance(test: StoreTest): void {
  test('a record is read as it was last written, with everything in it', async (backend, store) => {
    const whole = record('r', {
      status: 'failed',
      endedAt: 2000.25,
      wakeAt: 1500.75,
      expiresAt: 9000,
      queued: true,
      concurrencyKey: 'Grüße 🎻',
      idempotencyKey: 'ключ',
      parent: 'p',
      priority: -3,
      dead: 2,
      questions: 1,
      awaits: ['b', 'a'],
      busy: true,
      error: { code: 'AGENT_FAILED', message: 'said "no"' },
    });
    await backend.journal.append(first('r', { status: 'waiting' }));
    await backend.journal.append({ ...next('r', 1, event(1)), record: whole });
    await backend.journal.append(next('r', 2, event(2)));
    assert.deepEqual(await backend.runs.get('r'), whole);
    const { runs } = await store.reopen();
    assert.deepEqual(await runs.get('r'), whole);
    assert.deepEqual(await runs.byKey('default', 'ключ'), whole);
  });

  test('an idempotency key belongs to one run of a project', async ({ journal, runs }) => {
    await journal.append(first('a', { idempotencyKey: 'k' }));
    await journal.append(first('b', { idempotencyKey: 'k', project: 'other' }));
    await journal.append(first('c'));
    await journal.append(first('d'));
    await rejectsWith('RUN_EXISTS', journal.append(first('e', { idempotencyKey: 'k' })));
    assert.equal((await runs.byKey('default', 'k'))?.run, 'a');
    assert.equal((await runs.byKey('other', 'k'))?.run, 'b');
    assert.equal(await runs.byKey('third', 'k'), undefined);
    assert.equal(await runs.byKey('default', 'K'), undefined);
    await journal.append({ ...next('a', 1, event(1)), record: record('a', { idempotencyKey: 'k', status: 'waiting' }) });
    assert.equal((await runs.byKey('default', 'k'))?.status, 'waiting');
  });

  test('of starts that race for an idempotency key exactly one wins', async ({ journal, runs }) => {
    const { done, codes } = await tally(Array.from({ length: 20 }, (_, i) => journal.append(first(`r${i}`, { idempotencyKey: 'k' }))));
    assert.equal(done, 1);
    assert.deepEqual(
      codes,
      Array.from({ length: 19 }, () => 'RUN_EXISTS'),
    );
    assert.equal((await runs.list({})).length, 1);
  });

  test('due: the earliest first, as many as are asked for, and none that ended or is paused', async (backend) => {
    const { runs } = backend;
    assert.equal(await runs.nextWake(), undefined);
    await startAll(backend, [
      record('late', { wakeAt: 30 }),
      record('never'),
      record('early', { wakeAt: 10.5, status: 'waiting' }),
      record('paused', { wakeAt: 1, status: 'paused' }),
      record('succeeded', { wakeAt: 2, status: 'succeeded' }),
      record('failed', { wakeAt: 3, status: 'failed' }),
      record('cancelled', { wakeAt: 4, status: 'cancelled' }),
      record('middle', { wakeAt: 20, queued: true }),
    ]);
    assert.equal(await runs.nextWake(), 10.5);
    assert.deepEqual(await runs.due(10, 10), []);
    assert.deepEqual(await runs.due(10.5, 10), ['early']);
    assert.deepEqual(await runs.due(30, 10), ['early', 'middle', 'late']);
    assert.deepEqual(await runs.due(30, 2), ['early', 'middle']);
  });

  test('due: follows the record', async ({ journal, runs }) => {
    await journal.append(first('r', { wakeAt: 10 }));
    const move = (seq: number, changes: Parameters<typeof record>[1]): Promise<void> =>
      journal.append({ ...next('r', seq, event(seq)), record: record('r', changes) });
    await move(1, { wakeAt: 20 });
    assert.equal(await runs.nextWake(), 20);
    await move(2, { wakeAt: 20, status: 'paused' });
    assert.equal(await runs.nextWake(), undefined);
    await move(3, { wakeAt: 5, status: 'waiting' });
    assert.deepEqual(await runs.due(5, 10), ['r']);
    await move(4, {});
    assert.equal(await runs.nextWake(), undefined);
    assert.deepEqual(await runs.due(100, 10), []);
  });
}
