import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openSqlite } from './index.ts';

test('a data directory that is made is its owner’s alone', { skip: process.platform === 'win32' }, async (t) => {
  const parent = mkdtempSync(join(tmpdir(), 'continuo-privacy-'));
  t.after(() => rmSync(parent, { recursive: true }));
  const dir = join(parent, 'data');
  const backend = await openSqlite({ dir, role: 'engine' });
  t.after(() => backend.close());
  assert.equal(statSync(dir).mode & 0o077, 0);
});
