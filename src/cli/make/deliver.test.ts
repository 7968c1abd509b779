import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { FilmRequest } from '../../studio/film/request.ts';
import type { FilmResult } from '../../studio/film/result.ts';
import { deliver, mustBeWritable, put } from './deliver.ts';
import { placeFor } from './place.ts';

const ref = (blob: string): FilmResult['film'] => ({ blob, bytes: 4, type: 'video/mp4' });
const result: FilmResult = {
  title: 'A film',
  film: ref('film'),
  thumbnail: ref('thumbnail'),
  srt: ref('srt'),
  vtt: ref('vtt'),
  script: { title: 'A film' },
  writtenBy: 'rules',
  seconds: 60,
  size: { width: 1080, height: 1920 },
  scenes: 9,
  score: 8,
  rating: 'GOOD',
  passed: true,
  refinements: 0,
  summary: 'Good.',
  strengths: [],
  problems: [],
  checks: [],
  notes: [],
  cost: 0,
};

const request = { topic: 'x', script: null, edit: false, duration: 60 } as unknown as FilmRequest;

describe('handing a film over', () => {
  let folder = '';
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'continuo-deliver-'))));
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const blobs = { get: async (id: string) => new TextEncoder().encode(id), path: async () => undefined };

  it('puts film, captions, thumbnail, script and report into the folder, and nothing else', async () => {
    const place = placeFor('x', join(folder, 'new', 'place'));
    await deliver({ result, request, pictures: 'offline', place, ownScript: undefined }, blobs);
    assert.deepEqual((await readdir(join(folder, 'new', 'place'))).sort(), [
      'captions.srt',
      'captions.vtt',
      'film.mp4',
      'report.json',
      'script.json',
      'thumbnail.jpg',
    ]);
    assert.equal(await readFile(place.film, 'utf8'), 'film');
    assert.deepEqual(JSON.parse(await readFile(place.script, 'utf8')), { title: 'A film' });
  });

  it('names everything after the film where a film was named', () => {
    const { film, srt, script } = placeFor('x', 'out/plane.mp4');
    assert.deepEqual([film, srt, script], ['out/plane.mp4', 'out/plane.srt', 'out/plane.script.json']);
  });

  it('leaves the whole film of before where a new one cannot be written to its end', async () => {
    const film = join(folder, 'film.mp4');
    await writeFile(film, 'whole');
    const half = put(film, async (file) => {
      await writeFile(file, 'ha');
      throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
    });
    await assert.rejects(half, { code: 'STORE_FULL', message: /no room for .*film\.mp4/ });
    assert.equal(await readFile(film, 'utf8'), 'whole');
    assert.deepEqual(await readdir(folder), ['film.mp4']);
  });

  it('says at the door that a place cannot be written to', async () => {
    await writeFile(join(folder, 'file'), '');
    await assert.rejects(mustBeWritable(placeFor('x', join(folder, 'file', 'below'))), {
      code: 'FILM_UNWRITABLE',
      message: /a part of its path is a file/,
    });
    await mkdir(join(folder, 'film.mp4'));
    await assert.rejects(mustBeWritable(placeFor('x', folder)), { code: 'FILM_UNWRITABLE', message: /is a folder/ });
    if (process.getuid?.() === 0) return;
    await chmod(folder, 0o555);
    await assert.rejects(mustBeWritable(placeFor('x', folder)), { code: 'FILM_UNWRITABLE', message: /may not be written to/ });
  });
});
