import assert from 'node:assert/strict';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { encoderFingerprint, findTools } from './find.ts';

describe('ffmpeg', () => {
  let folder = '';
  before(async () => (folder = await mkdtemp(join(tmpdir(), 'continuo-find-'))));
  after(() => rm(folder, { recursive: true }));

  const program = async (name: string, script: string): Promise<string> => {
    const file = join(folder, name);
    await writeFile(file, `#!/bin/sh\n${script}\n`);
    await chmod(file, 0o755);
    return file;
  };

  it('of the packages is found where the machine has none, or one that will not do', async () => {
    const { version, ffprobe } = await findTools({ PATH: '', CONTINUO_FFMPEG: '', CONTINUO_FFPROBE: '' });
    assert.match(version, /\d/);
    await program('ffmpeg', 'echo ffmpeg version 3.4');
    await program('ffprobe', 'echo ffprobe version 3.4');
    assert.equal((await findTools({ PATH: folder })).ffprobe, ffprobe);
  });

  it('that is named is the one, whatever is wrong with it', async () => {
    const old = await program('old', 'echo ffmpeg version 3.4');
    await assert.rejects(findTools({ PATH: '', CONTINUO_FFMPEG: old }), {
      code: 'FFMPEG_MISSING',
      message: /CONTINUO_FFMPEG: version 3\.4 is older than 4\.1/,
    });
    const bare = await program('bare', 'echo ffmpeg version 7.1');
    await assert.rejects(findTools({ PATH: '', CONTINUO_FFMPEG: bare }), { message: /no encoder libx264 and no encoder aac/ });
    await assert.rejects(findTools({ PATH: '', CONTINUO_FFMPEG: join(folder, 'none') }), { message: /none does not exist/ });
  });

  it('is told from another one without running either', async () => {
    const usual = encoderFingerprint({ PATH: '' });
    assert.equal(encoderFingerprint({ PATH: '/nowhere' }), usual);
    const named = await program('mine', 'exit 1');
    const first = encoderFingerprint({ PATH: '', CONTINUO_FFMPEG: named });
    assert.notEqual(first, usual);
    assert.equal(encoderFingerprint({ PATH: '', CONTINUO_FFMPEG: named }), first);
    await program('mine', 'exit 12');
    assert.notEqual(encoderFingerprint({ PATH: '', CONTINUO_FFMPEG: named }), first);
  });
});
