import assert from 'node:assert/strict';
import { inference } from './entries.ts';
import { event, eventsOf, first, next } from './store.ts';
import type { StoreTest } from './store.ts';

export function removalConformance(test: StoreTest): void {
  test('takes journal, snapshot, record, key and alarm away, and leaves the other runs', async (backend, store) => {
    for (const run of ['a', 'b', 'c']) {
      await backend.journal.append(first(run, { idempotencyKey: run, wakeAt: 5, awaits: ['news'], busy: true }));
      await backend.journal.append(next(run, 1, event(run)));
      await backend.journal.saveSnapshot(run, { seq: 2, state: `"${run}"` });
    }
    await backend.journal.remove(['a', 'c', 'not there']);
    for (const open of [async () => backend, () => store.reopen()]) {
      const { journal, runs } = await open();
      for (const run of ['a', 'c']) {
        assert.deepEqual(await journal.read(run, 0), []);
        assert.equal(await journal.snapshot(run), undefined);
        assert.equal(await runs.get(run), undefined);
        assert.equal(await runs.byKey('default', run), undefined);
      }
      for (const query of [{}, { awaits: 'news' }, { busy: true }])
        assert.deepEqual(
          (await runs.list(query)).map(({ run }) => run),
          ['b'],
        );
      assert.deepEqual(await runs.due(5, 10), ['b']);
      assert.equal((await journal.read('b', 0)).length, 2);
      assert.deepEqual(await journal.snapshot('b'), { seq: 2, state: '"b"' });
    }
  });

  test('a removed run may begin anew, with its old id and key', async (backend, store) => {
    await backend.journal.append(first('r', { idempotencyKey: 'k' }));
    await backend.journal.append(next('r', 1, event('old')));
    await backend.journal.saveSnapshot('r', { seq: 2, state: '{}' });
    await backend.journal.remove(['r']);
    await backend.journal.append(first('r', { idempotencyKey: 'k' }));
    await backend.journal.append(next('r', 1, event('new')));
    const reopened = await store.reopen();
    assert.deepEqual(await eventsOf(reopened, 'r'), [event('first'), event('new')]);
    assert.equal(await reopened.journal.snapshot('r'), undefined);
  });

  test('what a run asked the gateway and was told goes with it; what it cost stays in the books', async (backend, store) => {
    await backend.journal.append(first('r'));
    const contents = { input: '"secret"', output: '"told"' };
    const [gone, other] = [inference('gone', { run: 'r', ...contents }), inference('other', { run: 'another', ...contents })];
    await backend.ledger.write([gone, other]);
    await backend.journal.remove(['r']);
    for (const open of [async () => backend, () => store.reopen()]) {
      const { ledger } = await open();
      const { input: _input, output: _output, ...books } = gone.record;
      assert.deepEqual(await ledger.inference('gone'), books);
      assert.deepEqual(await ledger.inference('other'), other.record);
    }
  });

  test('what a run told the world outlives it', async ({ journal, topic, memos }) => {
    await journal.append({
      ...first('r'),
      emissions: [{ run: 'r', project: 'default', name: 'news', data: '1', at: 1 }],
      memos: [{ project: 'default', key: 'k', value: '1' }],
    });
    await journal.remove(['r']);
    assert.equal((await topic.after(0, 10)).length, 1);
    assert.equal(await memos.get('default', 'k'), '1');
  });
}
