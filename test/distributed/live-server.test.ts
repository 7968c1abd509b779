import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { liveOnNodes } from '../server/live-on-nodes.ts';
import { sharedStore } from './shared-store.ts';

const store = await sharedStore();

liveOnNodes('postgres and redis', async (t) => {
  const dir = await mkdtemp(join(tmpdir(), 'continuo-live-'));
  t.after(() => rm(dir, { recursive: true }));
  return (name) => store.open(dir, { role: 'engine', name });
});
