/**
 * Puts a finished film where it was asked for.
 *
 * D1. A file is there whole or not at all: it is written beside its place and then takes it.
 * D2. The film comes last, so that where it is, everything that belongs to it is.
 * D3. A script that somebody wrote is not lost: see own-hand.ts.
 */
import { constants } from 'node:fs';
import { access, copyFile, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { ContinuoError } from '../../core/errors.ts';
import type { Orchestrator } from '../../engine/orchestrator.ts';
import type { FilmRequest } from '../../studio/film/request.ts';
import type { FilmResult } from '../../studio/film/result.ts';
import type { Kept } from './made-before.ts';
import { digestOf, putAside } from './own-hand.ts';
import type { Place } from './place.ts';

export interface Delivery {
  readonly result: FilmResult;
  readonly request: FilmRequest;
  /** How the pictures were made: `--pictures`. */
  readonly pictures: string | null;
  readonly place: Place;
  /** Of the script that was read from its place, as it was then: whoever wrote it may be writing again. */
  readonly ownScript: string | undefined;
}

/** Said at the door, and not after a minute of work. */
export async function mustBeWritable({ film }: Pick<Place, 'film'>): Promise<void> {
  const folder = dirname(resolve(film));
  try {
    await makeFolder(folder);
    await access(folder, constants.W_OK);
    if ((await stat(film).catch(() => undefined))?.isDirectory() === true) throw new Error('it is a folder');
  } catch (error) {
    throw unwritable(film, error);
  }
}

/** Folder by folder: Node's own way goes on for ever where a folder is refused as if its parent were missing (/proc). */
async function makeFolder(folder: string): Promise<void> {
  const isThere = (await stat(folder).catch(() => undefined))?.isDirectory() === true;
  if (isThere || dirname(folder) === folder) return;
  await makeFolder(dirname(folder));
  await mkdir(folder).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  });
}

/** Answers with where a script is now that somebody had changed; undefined where there was none. */
export async function deliver(delivery: Delivery, blobs: Pick<Orchestrator['blobs'], 'get' | 'path'>): Promise<string | undefined> {
  const { result, place, ownScript } = delivery;
  await mustBeWritable(place);
  const script = json(result.script);
  const aside = ownScript === undefined ? await putAside(place, script) : undefined;
  if (ownScript === undefined) await put(place.script, (file) => writeFile(file, script));
  await put(place.report, (file) => writeFile(file, json(reportOf(delivery, script))));
  for (const [file, ref] of [
    [place.srt, result.srt],
    [place.vtt, result.vtt],
    [place.thumbnail, result.thumbnail],
    [place.film, result.film],
  ] as const) {
    const stored = await blobs.path(ref.blob);
    await put(file, async (half) => (stored === undefined ? writeFile(half, await blobs.get(ref.blob)) : copyFile(stored, half)));
  }
  return aside;
}

export async function put(file: string, write: (half: string) => Promise<unknown>): Promise<void> {
  const half = join(dirname(file), `.${basename(file)}.part`);
  try {
    await write(half);
    await rename(half, file);
  } catch (error) {
    await rm(half, { force: true }).catch(() => undefined);
    throw unwritable(file, error);
  }
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

function reportOf({ result, request, pictures, ownScript }: Delivery, written: string): object {
  const { script: _script, film: _film, thumbnail: _thumbnail, srt: _srt, vtt: _vtt, ...report } = result;
  const { script: _given, edit: _edit, ...asked } = request;
  const kept: Kept = { request: asked, pictures, scriptDigest: ownScript ?? digestOf(written) };
  return { ...report, ...kept };
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'it may not be written to',
  EPERM: 'it may not be written to',
  EROFS: 'the disk is read-only',
  ENOTDIR: 'a part of its path is a file',
  EEXIST: 'a part of its path is a file',
  ENOENT: 'no folder can be made there',
  ENAMETOOLONG: 'its name is too long for this disk',
};

function unwritable(file: string, error: unknown): unknown {
  if (error instanceof ContinuoError) return error;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new ContinuoError('STORE_FULL', `there is no room for ${file}; the film is kept, and the same command only copies it`);
  const reason = typeof code === 'string' ? reasons[code] : undefined;
  return new ContinuoError(
    'FILM_UNWRITABLE',
    `${file} cannot be written: ${reason ?? (error instanceof Error ? error.message : String(error))}`,
  );
}
