/** Every text that may name a blob is met by a scan, whatever happens meanwhile. */
import assert from 'node:assert/strict';
import type { Backend } from '../../../ports/backend.ts';
import { event, first, next } from './store.ts';
import type { StoreTest } from './store.ts';

type Page = (after: number, limit: number) => Promise<readonly { readonly id: number; readonly text: string }[]>;

/** Reads to the end, two texts at a time; `meanwhile` happens after the first page. */
async function scan(page: Page, meanwhile: () => Promise<unknown> = async () => undefined): Promise<readonly string[]> {
  const texts: string[] = [];
  for (let after = 0, pages = 0; ; pages++) {
    const found = await page(after, 2);
    if (found.length === 0) return texts;
    const ids = found.map(({ id }) => id);
    assert.deepEqual(
      ids,
      ids.toSorted((a, b) => a - b),
    );
    assert.ok(ids.every((id) => Number.isSafeInteger(id) && id > after));
    after = ids.at(-1) ?? after;
    texts.push(...found.map(({ text }) => text));
    if (pages === 0) await meanwhile();
  }
}

const journalPages =
  (backend: Backend): Page =>
  (after, limit) =>
    backend.journalTexts(after, limit);

const count = (texts: readonly string[], part: string): number => texts.filter((text) => text.includes(part)).length;

export function textsConformance(test: StoreTest): void {
  test('journals, snapshots and waiting messages are met, each once', async (backend, store) => {
    for (const run of ['a', 'b', 'c']) {
      await backend.journal.append(first(run));
      await backend.journal.append(next(run, 1, event(`event of ${run}`)));
      await backend.journal.saveSnapshot(run, { seq: 2, state: `"snapshot of ${run}"` });
      await backend.inbox.send({ id: run, run, command: `"message to ${run}"`, at: 1 });
    }
    await backend.inbox.settle('b');
    await backend.journal.remove(['c']);
    for (const open of [async () => backend, () => store.reopen()]) {
      const texts = await scan(journalPages(await open()));
      for (const part of ['event of a', 'event of b', 'snapshot of a', 'snapshot of b', 'message to a', 'message to c'])
        assert.equal(count(texts, part), 1, part);
      for (const part of ['event of c', 'snapshot of c']) assert.equal(count(texts, part), 0, part);
    }
  });

  test('what is appended while a scan is under way is met', async (backend) => {
    for (const run of ['a', 'b']) await backend.journal.append(first(run));
    const texts = await scan(journalPages(backend), async () => {
      await backend.journal.remove(['b']);
      await backend.journal.append({ ...first('c'), events: [event('while scanning')] });
      await backend.journal.append(next('a', 1, event('while scanning')));
    });
    assert.equal(count(texts, 'while scanning'), 2);
  });

  test('a message that is consumed while a scan is under way is met in one place or the other', async (backend) => {
    await backend.journal.append(first('a'));
    await backend.journal.append(next('a', 1, event(1)));
    for (let i = 0; i < 4; i++) await backend.inbox.send({ id: `m${i}`, run: 'a', command: `"message ${i}"`, at: 1 });
    const texts = await scan(journalPages(backend), async () => {
      for (let i = 0; i < 4; i++) await backend.journal.append({ ...next('a', 2 + i, event(`message ${i}`)), consumes: [`m${i}`] });
    });
    for (let i = 0; i < 4; i++) assert.ok(count(texts, `message ${i}`) >= 1);
  });

  test('memos are met, also those that are written again while a scan is under way', async ({ journal, memos }) => {
    const memo = (key: string, value: string): { project: string; key: string; value: string } => ({ project: 'p', key, value });
    await journal.append({ ...first('a'), memos: [memo('a', '"old a"'), memo('b', '"old b"'), memo('c', '"old c"')] });
    const texts = await scan(
      (after, limit) => memos.texts(after, limit),
      () => journal.append({ ...next('a', 1, event(1)), memos: [memo('a', '"new a"')] }),
    );
    for (const part of ['old b', 'old c', 'new a']) assert.equal(count(texts, part), 1, part);
  });
}
