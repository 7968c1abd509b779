import assert from 'node:assert/strict';
import { event, eventsOf, first, next, rejectsWith } from './store.ts';
import type { StoreTest } from './store.ts';

export function closingConformance(test: StoreTest): void {
  test('what was accepted before closing is finished', async (backend, store) => {
    const accepted = Array.from({ length: 50 }, (_, seq) => backend.journal.append(seq === 0 ? first('r') : next('r', seq, event(seq))));
    const reopened = await store.reopen();
    await Promise.all(accepted);
    assert.equal((await eventsOf(reopened, 'r')).length, 50);
  });

  test('a closed store accepts nothing, and may be closed again', async (backend) => {
    await backend.journal.append(first('r'));
    await backend.close();
    await backend.close();
    await rejectsWith('ENGINE_CLOSED', backend.journal.append(next('r', 1, event(1))));
    await rejectsWith('ENGINE_CLOSED', backend.inbox.send({ id: 'm', run: 'r', command: '{}', at: 1 }));
    await rejectsWith('ENGINE_CLOSED', backend.blobs.put(new Uint8Array(3), 'text/plain', 1));
  });

  test('a store has a name and says where it is', async ({ name, location }) => {
    assert.ok(name.length > 0);
    assert.ok(location.length > 0);
  });
}
