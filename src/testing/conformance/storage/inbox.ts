import assert from 'node:assert/strict';
import type { Message } from '../../../ports/journal.ts';
import { event, first, next, rejectsWith, tally } from './store.ts';
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

  test('the first answer to a message counts', async ({ inbox }) => {
    for (const id of ['refused', 'done']) await inbox.send(message(id));
    await inbox.refuse('refused', 'no');
    await inbox.settle('done');
    await inbox.refuse('done', 'too late');
    await inbox.settle('refused');
    assert.deepEqual(await inbox.outcome('refused'), { is: 'refused', error: 'no' });
    assert.deepEqual(await inbox.outcome('done'), { is: 'done' });
  });

  test('I2: an append whose message does not wait any more is rejected, and says which', async ({ inbox, journal }) => {
    await journal.append(first('r'));
    for (const id of ['refused', 'done', 'waiting']) await inbox.send(message(id));
    await inbox.refuse('refused', 'no');
    await inbox.settle('done');
    const late = journal.append({ ...next('r', 1, event(1)), consumes: ['refused', 'waiting', 'done', 'unknown'] });
    const { details } = await rejectsWith('MESSAGE_SETTLED', late);
    assert.deepEqual(details, { messages: ['refused', 'done', 'unknown'] });
    assert.deepEqual(await inbox.outcome('waiting'), { is: 'waiting' });
    await journal.append({ ...next('r', 1, event(1)), consumes: ['waiting'] });
    await rejectsWith('MESSAGE_SETTLED', journal.append({ ...next('r', 2, event(2)), consumes: ['waiting'] }));
    assert.equal((await journal.read('r', 0)).length, 2);
  });

  test('I2: of appends to two runs that take the same message one succeeds', async ({ inbox, journal }) => {
    for (const run of ['r', 's']) await journal.append(first(run));
    await inbox.send(message('m'));
    const { done, codes } = await tally(['r', 's'].map((run) => journal.append({ ...next(run, 1, event(1)), consumes: ['m'] })));
    assert.equal(done, 1);
    assert.deepEqual(codes, ['MESSAGE_SETTLED']);
  });

  test('whether a message was settled is asked after the number of the event', async ({ inbox, journal }) => {
    await journal.append(first('r'));
    await inbox.send(message('m'));
    await inbox.settle('m');
    await rejectsWith('JOURNAL_CONFLICT', journal.append({ ...next('r', 0, event(1)), consumes: ['m'] }));
  });

  test('a message that nobody will ask about is forgotten once it was handled', async (backend, store) => {
    const unasked = ['consumed', 'refused', 'settled', 'waiting'].map((id): Message => ({ ...message(id), unasked: true }));
    for (const one of unasked) await backend.inbox.send(one);
    await backend.journal.append(first('r'));
    const { inbox, journal } = await store.reopen();
    assert.deepEqual(await inbox.pending(10), unasked);
    await journal.append({ ...next('r', 1, event(1)), consumes: ['consumed'] });
    await inbox.refuse('refused', 'no');
    await inbox.settle('settled');
    for (const id of ['consumed', 'refused', 'settled']) {
      await rejectsWith('STORE_FAILED', inbox.outcome(id));
      await rejectsWith('MESSAGE_SETTLED', journal.append({ ...next('r', 2, event(2)), consumes: [id] }));
    }
    assert.deepEqual(await inbox.outcome('waiting'), { is: 'waiting' });
    assert.deepEqual(await inbox.pending(10), unasked.slice(3));
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
