/** One append, and everything that it brings: all of it or nothing. */
import assert from 'node:assert/strict';
import type { Backend } from '../../../ports/backend.ts';
import type { Append } from '../../../ports/journal.ts';
import { event, first, next, record, rejectsWith, tally } from './store.ts';
import type { StoreTest } from './store.ts';

/** An append that brings one of everything, all marked with `mark`. */
function full(run: string, seq: number, mark: string, message: string): Append {
  return {
    ...next(run, seq, event(mark)),
    record: record(run, { workflow: mark, wakeAt: 5, awaits: [mark] }),
    emissions: [
      { run, project: 'default', name: mark, data: '{"n":1}', at: 1.5 },
      { run, project: 'default', name: mark, data: '{"n":2}', at: 2.5 },
    ],
    memos: [{ project: 'default', key: mark, value: '{"value":1}' }],
    consumes: [message],
  };
}

/** How much of such an append can be seen. */
async function traces(backend: Backend, run: string, mark: string, message: string): Promise<readonly unknown[]> {
  const entries = await backend.journal.read(run, 0);
  const { is } = await backend.inbox.outcome(message);
  return [
    entries.some((entry) => JSON.stringify(entry).includes(`"${mark}"`)),
    (await backend.runs.get(run))?.workflow === mark,
    (await backend.runs.list({ awaits: mark })).length,
    (await backend.topic.after(0, 100)).filter(({ name }) => name === mark).map(({ data }) => data),
    await backend.memos.get('default', mark),
    is,
  ];
}

const all: readonly unknown[] = [true, true, 1, ['{"n":1}', '{"n":2}'], '{"value":1}', 'done'];
const none: readonly unknown[] = [false, false, 0, [], undefined, 'waiting'];

async function send(backend: Backend, id: string): Promise<void> {
  await backend.inbox.send({ id, run: 'r', command: '{}', at: 1 });
}

export function togetherConformance(test: StoreTest): void {
  test('J2: events, record, emissions, memos and consumed messages are there together', async (backend, store) => {
    await send(backend, 'm');
    await backend.journal.append(first('r'));
    await backend.journal.append(full('r', 1, 'mark', 'm'));
    assert.deepEqual(await traces(backend, 'r', 'mark', 'm'), all);
    assert.deepEqual(await traces(await store.reopen(), 'r', 'mark', 'm'), all);
  });

  test('J2: of an append that conflicts nothing is there', async (backend, store) => {
    await send(backend, 'm');
    await backend.journal.append(first('r'));
    for (const seq of [0, 2]) await rejectsWith('JOURNAL_CONFLICT', backend.journal.append(full('r', seq, 'mark', 'm')));
    assert.deepEqual(await traces(backend, 'r', 'mark', 'm'), none);
    assert.deepEqual(await traces(await store.reopen(), 'r', 'mark', 'm'), none);
  });

  test('J2: of a start whose idempotency key is taken nothing is there', async (backend, store) => {
    await send(backend, 'm');
    await backend.journal.append(first('r', { idempotencyKey: 'k' }));
    const start = full('s', 0, 'mark', 'm');
    await rejectsWith(
      'RUN_EXISTS',
      backend.journal.append({ ...start, record: record('s', { workflow: 'mark', awaits: ['mark'], idempotencyKey: 'k' }) }),
    );
    assert.deepEqual(await traces(await store.reopen(), 's', 'mark', 'm'), none);
  });

  test('J2: of an append whose message was settled nothing is there', async (backend, store) => {
    for (const id of ['m', 'waiting']) await send(backend, id);
    await backend.journal.append(first('r'));
    await backend.inbox.refuse('m', 'no');
    const late = { ...full('r', 1, 'mark', 'm'), consumes: ['waiting', 'm'] };
    const start = { ...full('s', 0, 'mark', 'm'), record: record('s', { workflow: 'mark', idempotencyKey: 'k' }) };
    for (const append of [late, start]) await rejectsWith('MESSAGE_SETTLED', backend.journal.append(append));
    const reopened = await store.reopen();
    for (const run of ['r', 's']) assert.deepEqual(await traces(reopened, run, 'mark', 'waiting'), none);
    // The number and the key are free.
    await reopened.journal.append(next('r', 1, event(1)));
    await reopened.journal.append(first('s', { idempotencyKey: 'k' }));
  });

  test('an append that is refused takes none of its neighbours with it', async (backend, store) => {
    await backend.journal.append(first('r', { idempotencyKey: 'k' }));
    const { done, codes } = await tally([
      backend.journal.append(first('a')),
      backend.journal.append(next('r', 5, event('gap'))),
      backend.journal.append(first('b', { idempotencyKey: 'k' })),
      backend.journal.append(next('a', 1, event('a'))),
      backend.journal.append(next('r', 0, event('taken'))),
      backend.journal.append({ ...next('r', 1, event('settled')), consumes: ['settled'] }),
      backend.journal.append(next('r', 1, event('r'))),
      backend.journal.append({ run: 'c', seq: 0, at: 1, events: [event('no record')] }),
      backend.journal.append(first('d')),
    ]);
    assert.equal(done, 4);
    assert.deepEqual(codes, ['JOURNAL_CONFLICT', 'RUN_EXISTS', 'JOURNAL_CONFLICT', 'MESSAGE_SETTLED', 'STORE_FAILED']);
    const { journal } = await store.reopen();
    const lengths = await Promise.all(['r', 'a', 'b', 'c', 'd'].map(async (run) => (await journal.read(run, 0)).length));
    assert.deepEqual(lengths, [2, 2, 0, 0, 1]);
  });

  test('of racing appends that bring everything, all of one is there and nothing of the others', async (backend) => {
    const marks = Array.from({ length: 10 }, (_, i) => `mark-${i}`);
    await backend.journal.append(first('r'));
    for (const mark of marks) await send(backend, mark);
    const { done } = await tally(marks.map((mark) => backend.journal.append(full('r', 1, mark, mark))));
    assert.equal(done, 1);
    const seen = await Promise.all(marks.map(async (mark) => JSON.stringify(await traces(backend, 'r', mark, mark))));
    assert.deepEqual(seen.toSorted(), [...Array.from({ length: 9 }, () => JSON.stringify(none)), JSON.stringify(all)].toSorted());
  });
}
