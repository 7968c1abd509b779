import assert from 'node:assert/strict';
import type { Message } from '../../../ports/journal.ts';
import { event, first, next, rejectsWith } from './store.ts';
import type { StoreTest } from './store.ts';

const message = (id: string): Message => ({ id, run: 'r', command: JSON.stringify({ type: 'signal', text: '🎻' }), at: 1.5 });

export function inboxConformance(test: StoreTest): void {
  test('I1: a message waits, over restarts, until an append consumes it', async (backend, store) => {
    await backend.inbox.send(message('m'));
    await backend.journal.append(first('r'));
    const { inbox, journal } = await store.reopen();
    assert.deepEqual(await inbox.pending(10), [message('m')]);
    assert.deepEqual(await inbox.outcome('m'), { is: 'waiting' });
    await journal.append({ ...next('r', 1, event(1)), consumes: ['m'] });
    assert.deepEqual(await inbox.pending(10), []);
    assert.deepEqual(await inbox.outcome('m'), { is: 'done' });
    assert.deepEqual(await (await store.reopen()).inbox.outcome('m'), { is: 'done' });
  });

  test('I1: a message is refused with a reason that its sender can read', async (backend, store) => {
    await backend.inbox.send(message('m'));
    await backend.inbox.refuse('m', 'RUN_ENDED: “r” has ended');
    const { inbox } = await store.reopen();
    assert.deepEqual(await inbox.pending(10), []);
    assert.deepEqual(await inbox.outcome('m'), { is: 'refused', error: 'RUN_ENDED: “r” has ended' });
  });

  test('I1: a message that changed nothing is settled without an append', async ({ inbox }) => {
    await inbox.send(message('m'));
    await inbox.settle('m');
    assert.deepEqual(await inbox.pending(10), []);
    assert.deepEqual(await inbox.outcome('m'), { is: 'done' });
  });

  test('messages are taken in the order in which they came, a page at a time', async ({ inbox }) => {
    for (const id of ['c', 'a', 'b']) await inbox.send(message(id));
    assert.deepEqual(
      (await inbox.pending(2)).map(({ id }) => id),
      ['c', 'a'],
    );
    await inbox.refuse('c', 'no');
    assert.deepEqual(
      (await inbox.pending(2)).map(({ id }) => id),
      ['a', 'b'],
    );
  });

  test('a message that is sent again is the same message', async ({ inbox }) => {
    await inbox.send(message('m'));
    await inbox.send(message('m'));
    assert.equal((await inbox.pending(10)).length, 1);
    await inbox.settle('m');
    await inbox.send(message('m'));
    assert.deepEqual(await inbox.pending(10), []);
    assert.deepEqual(await inbox.outcome('m'), { is: 'done' });
  });

  test('the first answer to a message counts', async ({ inbox, journal }) => {
    await journal.append(first('r'));
    for (const id of ['refused', 'done']) await inbox.send(message(id));
    await inbox.refuse('refused', 'no');
    await inbox.settle('done');
    await journal.append({ ...next('r', 1, event(1)), consumes: ['refused', 'done'] });
    await inbox.refuse('done', 'too late');
    await inbox.settle('refused');
    assert.deepEqual(await inbox.outcome('refused'), { is: 'refused', error: 'no' });
    assert.deepEqual(await inbox.outcome('done'), { is: 'done' });
  });

  test('the outcome of a message that was never sent is an error', async ({ inbox }) => {
    await rejectsWith('STORE_FAILED', inbox.outcome('m'));
  });

  test('a watcher is called after a message has come', async ({ inbox }) => {
    const { promise: called, resolve } = Promise.withResolvers<void>();
    const end = inbox.watch(resolve);
    await inbox.send(message('m'));
    await called;
    end();
    assert.equal((await inbox.pending(1)).length, 1);
  });

  test('a watcher is called for messages that wait already', async (backend, store) => {
    await backend.inbox.send(message('m'));
    const { inbox } = await store.reopen();
    const { promise: called, resolve } = Promise.withResolvers<void>();
    const end = inbox.watch(resolve);
    await called;
    end();
  });

  test('a watcher is not called once it has ended', async ({ inbox }) => {
    let calls = 0;
    const endFirst = inbox.watch(() => void calls++);
    const { promise: called, resolve } = Promise.withResolvers<void>();
    const endSecond = inbox.watch(resolve);
    endFirst();
    await inbox.send(message('m'));
    await called;
    endSecond();
    assert.equal(calls, 0);
  });
}
