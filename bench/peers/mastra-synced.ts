/** Mastra on a connection of our own, which is set to sync each commit once the store has set it not to. */
import { createClient } from '@libsql/client';
import { LibSQLStore } from '@mastra/libsql';
import type { Engine } from '../engine.ts';
import { openMastra, urlIn } from './mastra.ts';

export function open(dir: string): Promise<Engine> {
  const client = createClient({ url: urlIn(dir), timeout: 5000 });
  return openMastra(new LibSQLStore({ id: 'bench', client }), async () => {
    await client.execute('PRAGMA synchronous = FULL');
    // What the store sets for files whose connection it makes itself.
    await client.execute('PRAGMA temp_store = MEMORY');
    await client.execute('PRAGMA cache_size = -16000');
    await client.execute('PRAGMA mmap_size = 134217728');
    const { rows } = await client.execute('PRAGMA synchronous');
    return rows[0]?.['synchronous'] === 2 ? 'synced' : undefined;
  });
}
