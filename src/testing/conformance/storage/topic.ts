import assert from 'node:assert/strict';
import type { Append, Emission } from '../../../ports/journal.ts';
import { event, first, next } from './store.ts';
import type { StoreTest } from './store.ts';

const told = (run: string, n: number): Emission => ({
  run,
  project: 'p',
  name: `name-${n}`,
  data: JSON.stringify({ n, text: '🎻' }),
  at: n + 0.5,
});
const memo = (key: string, value: string, project = 'p'): Required<Append>['memos'][number] => ({ project, key, value });

export function topicConformance(test: StoreTest): void {
  test('emissions are read in one order, as they were told', async (backend, store) => {
    await backend.journal.append({ ...first('a'), emissions: [told('a', 1), told('a', 2)] });
    await backend.journal.append({ ...first('b'), emissions: [told('b', 3)] });
    await backend.journal.append({ ...next('a', 1, event(1)), emissions: [told('a', 4)] });
    const { topic } = await store.reopen();
    const found = await topic.after(0, 10);
    assert.deepEqual(
      found.map(({ id: _, ...emission }) => emission),
      [told('a', 1), told('a', 2), told('b', 3), told('a', 4)],
    );
    const ids = found.map(({ id }) => id);
    assert.deepEqual(
      ids,
      [...new Set(ids)].toSorted((a, b) => a - b),
    );
    assert.ok(ids.every((id) => id > 0));
  });

  test('the topic is read a page at a time', async ({ journal, topic }) => {
    await journal.append({ ...first('a'), emissions: Array.from({ length: 7 }, (_, n) => told('a', n)) });
    const names: string[] = [];
    for (let last = 0; ;) {
      const page = await topic.after(last, 3);
      names.push(...page.map(({ name }) => name));
      if (page.length < 3) break;
      last = page.at(-1)?.id ?? last;
    }
    assert.deepEqual(
      names,
      Array.from({ length: 7 }, (_, n) => `name-${n}`),
    );
  });

  test('a cursor begins at 0, stays where it was put, and does not go back', async (backend, store) => {
    assert.equal(await backend.topic.cursor('triggers'), 0);
    await backend.topic.advance('triggers', 5);
    await backend.topic.advance('cron', 1.5);
    await backend.topic.advance('triggers', 3);
    const { topic } = await store.reopen();
    assert.equal(await topic.cursor('triggers'), 5);
    assert.equal(await topic.cursor('cron'), 1.5);
    await topic.advance('triggers', 6);
    assert.equal(await topic.cursor('triggers'), 6);
  });

  test('a memo is found in its project, and the last one written counts', async (backend, store) => {
    await backend.journal.append({ ...first('a'), memos: [memo('k', '1'), memo('l', '{"text":"🎻"}'), memo('k', '2', 'q')] });
    await backend.journal.append({ ...next('a', 1, event(1)), memos: [memo('k', '3')] });
    const { memos } = await store.reopen();
    assert.equal(await memos.get('p', 'k'), '3');
    assert.equal(await memos.get('p', 'l'), '{"text":"🎻"}');
    assert.equal(await memos.get('q', 'k'), '2');
    assert.equal(await memos.get('q', 'l'), undefined);
  });

  test('a plan is kept under its hash, once', async (backend, store) => {
    assert.equal(await backend.plans.load('h'), undefined);
    await Promise.all([backend.plans.save('h', '{"plan":"🎻"}'), backend.plans.save('h', '{"plan":"🎻"}'), backend.plans.save('i', '{}')]);
    const { plans } = await store.reopen();
    await plans.save('h', '{"plan":"🎻"}');
    assert.equal(await plans.load('h'), '{"plan":"🎻"}');
    assert.equal(await plans.load('i'), '{}');
  });
}
