import assert from 'node:assert/strict';
import type { Json } from '../../../core/data/json.ts';
import { event, eventsOf, first, next, record, rejectsWith, tally } from './store.ts';
import type { StoreTest } from './store.ts';

const awkward: readonly Json[] = [
  'Grüße, 音楽, 🎻, e\u0301',
  'half a pair: \ud83c',
  'nothing: \u0000, lines: \u2028\r\n, quote: "\\',
  { '': [], __proto__: null, nested: [[[{ deep: true }]]] },
  [0.1, -1e300, 5e-324, 2 ** 53 - 1, null, false],
];

export function journalConformance(test: StoreTest): void {
  test('entries are read in order, each as it was appended', async ({ journal }) => {
    await journal.append({ ...first('r'), at: 10 });
    await journal.append({ run: 'r', seq: 1, at: 20.5, events: [event(1), event(2)] });
    await journal.append({ run: 'r', seq: 3, at: 15, events: [event(3)] });
    assert.deepEqual(await journal.read('r', 0), [
      { seq: 0, at: 10, events: [event('first')] },
      { seq: 1, at: 20.5, events: [event(1), event(2)] },
      { seq: 3, at: 15, events: [event(3)] },
    ]);
  });

  test('reading begins at any event, also in the middle of an entry', async ({ journal }) => {
    await journal.append(first('r'));
    await journal.append(next('r', 1, event(1), event(2), event(3)));
    await journal.append(next('r', 4, event(4)));
    const from = async (seq: number): Promise<unknown> => (await journal.read('r', seq)).map((entry) => [entry.seq, entry.events]);
    assert.deepEqual(await from(1), [
      [1, [event(1), event(2), event(3)]],
      [4, [event(4)]],
    ]);
    assert.deepEqual(await from(3), [
      [3, [event(3)]],
      [4, [event(4)]],
    ]);
    assert.deepEqual(await from(4), [[4, [event(4)]]]);
    assert.deepEqual(await from(5), []);
    assert.deepEqual(await from(99), []);
  });

  test('a page of entries begins where it is to, and has as many as were asked for', async ({ journal }) => {
    await journal.append(first('r'));
    await journal.append(next('r', 1, event(1), event(2), event(3)));
    for (const seq of [4, 5, 6]) await journal.append(next('r', seq, event(seq)));
    const page = async (seq: number, limit: number): Promise<unknown> => (await journal.read('r', seq, limit)).map((entry) => entry.seq);
    assert.deepEqual(await page(0, 2), [0, 1]);
    assert.deepEqual(await page(2, 2), [2, 4]);
    assert.deepEqual(await page(4, 2), [4, 5]);
    assert.deepEqual(await page(5, 9), [5, 6]);
    assert.deepEqual(await page(7, 1), []);
  });

  test('a run that is not there has no entries, no snapshot and no record', async ({ journal, runs }) => {
    await journal.append(first('r'));
    assert.deepEqual(await journal.read('x', 0), []);
    assert.equal(await journal.snapshot('x'), undefined);
    assert.equal(await runs.get('x'), undefined);
  });

  test('what is read is what JSON keeps, whatever characters it has', async (backend) => {
    await backend.journal.append({ ...first('r'), events: awkward.map(event) });
    assert.deepEqual(await eventsOf(backend, 'r'), JSON.parse(JSON.stringify(awkward.map(event))));
  });

  test('a megabyte in one event, and a thousand events in one append', async (backend, store) => {
    const large = '𝄞'.repeat(250_000);
    const many = Array.from({ length: 1000 }, (_, i) => event(i));
    await backend.journal.append({ ...first('r'), events: [event(large)] });
    await backend.journal.append(next('r', 1, ...many));
    const reopened = await store.reopen();
    assert.deepEqual(await eventsOf(reopened, 'r'), [event(large), ...many]);
  });

  test('J1: a number that is taken is refused', async ({ journal }) => {
    await journal.append(first('r'));
    await journal.append(next('r', 1, event(1), event(2)));
    await rejectsWith('JOURNAL_CONFLICT', journal.append(first('r')));
    await rejectsWith('JOURNAL_CONFLICT', journal.append(next('r', 1, event('other'))));
    await rejectsWith('JOURNAL_CONFLICT', journal.append(next('r', 2, event('other'))));
    assert.deepEqual(
      (await journal.read('r', 1)).flatMap((entry) => entry.events),
      [event(1), event(2)],
    );
  });

  test('J1: a gap is refused, also at the beginning', async ({ journal }) => {
    await rejectsWith('JOURNAL_CONFLICT', journal.append({ ...first('r'), seq: 1 }));
    await journal.append(first('r'));
    await rejectsWith('JOURNAL_CONFLICT', journal.append(next('r', 2, event(2))));
    assert.equal((await journal.read('r', 0)).length, 1);
  });

  test('J1: of writers that race for a number exactly one wins', async ({ journal }) => {
    const starts = await tally(Array.from({ length: 20 }, (_, i) => journal.append({ ...first('r'), events: [event(i)] })));
    assert.equal(starts.done, 1);
    for (let seq = 1; seq < 20; seq++) {
      const { done, codes } = await tally(Array.from({ length: 10 }, (_, i) => journal.append(next('r', seq, event([seq, i])))));
      assert.equal(done, 1);
      assert.deepEqual(
        codes,
        Array.from({ length: 9 }, () => 'JOURNAL_CONFLICT'),
      );
    }
    assert.deepEqual(
      (await journal.read('r', 0)).map((entry) => entry.seq),
      Array.from({ length: 20 }, (_, seq) => seq),
    );
  });

  test('J1: the number is held against what a reopened store finds', async (backend, store) => {
    await backend.journal.append(first('r'));
    await backend.journal.append(next('r', 1, event(1), event(2)));
    const { journal } = await store.reopen();
    await rejectsWith('JOURNAL_CONFLICT', journal.append(next('r', 1, event('other'))));
    await rejectsWith('JOURNAL_CONFLICT', journal.append(next('r', 4, event('other'))));
    await journal.append(next('r', 3, event(3)));
  });

  test('appends to one run may be sent without waiting for each other', async (backend) => {
    const appends = Array.from({ length: 100 }, (_, seq) => backend.journal.append(seq === 0 ? first('r') : next('r', seq, event(seq))));
    await Promise.all(appends);
    assert.deepEqual(await eventsOf(backend, 'r'), [event('first'), ...Array.from({ length: 99 }, (_, i) => event(i + 1))]);
  });

  test('J2: hundreds of appends at a time are all there after reopening', async (backend, store) => {
    const names = Array.from({ length: 300 }, (_, i) => `run-${i}`);
    await Promise.all(names.map((run, i) => backend.journal.append(first(run, { createdAt: i }))));
    await Promise.all(
      names.flatMap((run) => [backend.journal.append(next(run, 1, event(run))), backend.journal.append(next(run, 2, event([run])))]),
    );
    const reopened = await store.reopen();
    for (const run of names) assert.deepEqual(await eventsOf(reopened, run), [event('first'), event(run), event([run])]);
    assert.equal((await reopened.runs.list({})).length, names.length);
  });

  test('a first append without a record is refused', async ({ journal, runs }) => {
    await rejectsWith('STORE_FAILED', journal.append({ run: 'r', seq: 0, at: 1, events: [event(1)] }));
    assert.deepEqual(await journal.read('r', 0), []);
    assert.equal(await runs.get('r'), undefined);
  });

  test('an append without events changes the record, and is held to the number all the same', async ({ journal, runs }) => {
    await journal.append(first('r'));
    await journal.append({ run: 'r', seq: 1, at: 2000, events: [], record: record('r', { priority: 7 }) });
    await rejectsWith('JOURNAL_CONFLICT', journal.append({ run: 'r', seq: 0, at: 2000, events: [], record: record('r', { priority: 8 }) }));
    await journal.append(next('r', 1, event(1)));
    assert.equal((await runs.get('r'))?.priority, 7);
    assert.equal((await journal.read('r', 0)).length, 2);
  });

  test('later changes to what was given, or to what was read, do not reach the store', async ({ journal, runs }) => {
    const list = ['as', 'given'];
    const awaits = ['news'];
    const events = [event(list)];
    const appended = journal.append({ ...first('r', { awaits }), events });
    list.push('changed');
    awaits.push('changed');
    events.push(event('changed'));
    await appended;
    assert.deepEqual(await journal.read('r', 0), [{ seq: 0, at: 1000, events: [event(['as', 'given'])] }]);
    for (const read of [(await journal.read('r', 0))[0]?.events, (await runs.get('r'))?.awaits]) {
      // What is read is only declared as unchangeable.
      (read as unknown[] | undefined)?.push('changed');
    }
    assert.equal((await journal.read('r', 0))[0]?.events.length, 1);
    assert.deepEqual((await runs.get('r'))?.awaits, ['news']);
  });

  test('J3: a snapshot replaces the one before', async (backend, store) => {
    await backend.journal.append(first('r'));
    assert.equal(await backend.journal.snapshot('r'), undefined);
    await backend.journal.saveSnapshot('r', { seq: 1, state: '{"a":1}' });
    await backend.journal.saveSnapshot('r', { seq: 1, state: '{"a":"𝄞"}' });
    const { journal } = await store.reopen();
    assert.deepEqual(await journal.snapshot('r'), { seq: 1, state: '{"a":"𝄞"}' });
    assert.equal((await journal.read('r', 0)).length, 1);
  });

  test('J3: a snapshot of a run that is not there is not kept', async ({ journal }) => {
    await journal.saveSnapshot('r', { seq: 1, state: '{}' });
    assert.equal(await journal.snapshot('r'), undefined);
    await journal.append(first('r'));
    assert.equal(await journal.snapshot('r'), undefined);
  });
}
