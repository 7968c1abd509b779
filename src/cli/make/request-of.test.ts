import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import type { FilmSystem } from '../../studio/film/film-system.ts';
import { readFilmRequest } from '../../studio/film/request.ts';
import { requestOf, type MakeOptions } from './request-of.ts';

const folder = mkdtempSync(join(tmpdir(), 'continuo-request-'));
after(() => rmSync(folder, { recursive: true }));
const file = join(folder, 'script.json');
writeFileSync(file, '{"title": "A script"}');

// What a request needs of its system.
const system = {
  readRequest: readFilmRequest,
  readScript: (value: unknown) => value as { readonly title: string },
} as unknown as FilmSystem;

const read = (topic: string | undefined, options: MakeOptions = {}): ReturnType<typeof requestOf> => requestOf(system, topic, options);

describe('a command line', () => {
  it('with a topic alone has a usual value for everything else', () => {
    const { topic, duration, aspect, quality, mode, voice, music, assets, script, edit, take } = read('  planes ');
    assert.deepEqual(
      [topic, duration, aspect, quality, mode, voice, music, assets, script, edit, take],
      ['planes', 60, '9:16', 'standard', 'adult', null, 'auto', null, null, false, 1],
    );
  });

  it('takes lengths as people write them', () => {
    const lengths = ['90', '90s', '1m30s', '1.5m', '1m 30'].map((duration) => read('x', { duration }).duration);
    assert.deepEqual(lengths, [90, 90, 90, 90, 90]);
    for (const duration of ['', 'long', '1h', '-5']) assert.throws(() => read('x', { duration }), { code: 'USAGE' });
  });

  it('says everything that is wrong, in the words of the command line', () => {
    assert.throws(() => read('x', { aspect: '4:3', rate: '9', take: '1.5' }), {
      code: 'USAGE',
      message:
        '--aspect is 9:16, 16:9 or 1:1, and not "4:3"\n--rate is 0.5 to 2 times the usual speed, and not "9"\n--take is a whole number from 1, and not "1.5"',
    });
    assert.throws(() => read(' '), { message: /^say in a sentence/ });
    assert.throws(() => read('x'.repeat(2001)), { message: /at most 2000/ });
  });

  it('tells a file from a folder', () => {
    assert.throws(() => read('x', { assets: file }), { code: 'MEDIA_UNREADABLE', message: /this is a file/ });
    assert.throws(() => read('x', { music: folder }), { code: 'MEDIA_UNREADABLE', message: /this is a folder/ });
    assert.throws(() => read('x', { script: folder }), { code: 'SCRIPT_INVALID', message: /it is a folder/ });
    assert.equal(read('x', { assets: folder }).assets, folder);
  });

  it('goes by the film that a script belongs to, where it says nothing itself', () => {
    const before = { request: { ...read('planes', { quality: 'draft', rate: '1.2' }) } };
    const { topic, quality, rate, aspect, script } = requestOf(system, undefined, { script: file, aspect: '1:1' }, before);
    assert.deepEqual([topic, quality, rate, aspect, script], ['planes', 'draft', 1.2, '1:1', { title: 'A script' }]);
    assert.equal(read(undefined, { script: file }).topic, 'A script');
  });
});
