import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { sweepScratch, withScratch } from './scratch.ts';

describe('a folder for files on their way', () => {
  const before = process.env['TMPDIR'];
  let place = '';
  beforeEach(async () => {
    place = await mkdtemp(join(tmpdir(), 'continuo-scratch-test-'));
    process.env['TMPDIR'] = place;
  });
  afterEach(async () => {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
    await rm(place, { recursive: true });
  });

  it('is gone when the work is done, and when it fails', async () => {
    const folder = await withScratch(async (made) => {
      await writeFile(join(made, 'file'), 'x');
      return made;
    });
    assert.ok(!existsSync(folder));
    await assert.rejects(
      withScratch(() => Promise.reject(Object.assign(new Error('no room'), { code: 'ENOSPC' }))),
      { code: 'STORE_FULL' },
    );
    assert.deepEqual(await readdir(place), []);
  });

  it('is swept when its process is gone, and left alone when that lives, or is of another machine', async () => {
    const { pid: dead } = spawnSync(process.execPath, ['--version']);
    await withScratch(async (living) => {
      const name = basename(living);
      const left = name.replace(`-${process.pid}-`, `-${dead}-`);
      const elsewhere = left.replace(/studio-[0-9a-f]{8}/, 'studio-00000000');
      for (const folder of [left, elsewhere, 'continuo-studio-old']) await mkdir(join(place, folder));
      await writeFile(join(place, left, 'segment.ts'), 'half');
      await sweepScratch();
      assert.deepEqual((await readdir(place)).sort(), [name, elsewhere, 'continuo-studio-old'].sort());
    });
    await sweepScratch(join(place, 'nowhere'));
  });

  it('cannot be made where nothing can be written, and that is said with the mend', async () => {
    process.env['TMPDIR'] = join(place, 'nowhere');
    await assert.rejects(
      withScratch(() => Promise.resolve()),
      { code: 'STORE_FAILED', message: /nowhere.*TMPDIR/ },
    );
  });
});
