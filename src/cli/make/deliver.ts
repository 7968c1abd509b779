/**
 * Puts a finished film where it was asked for.
 *
 * D1. A file is there whole or not at all: it is written beside its place and then takes it.
 * D2. The film comes last, so that where it is, everything that belongs to it is.
 */
import { constants } from 'node:fs';
import { access, copyFile, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { ContinuoError } from '../../core/errors.ts';
import type { FilmResult } from '../../studio/film/result.ts';
import { slugOf } from './naming.ts';

export interface Place {
  readonly film: string;
  readonly srt: string;
  readonly vtt: string;
  readonly thumbnail: string;
  readonly script: string;
  readonly report: string;
}

/** `--out` names a folder, or the film itself. */
export function placeFor(topic: string, out: string | undefined): Place {
  if (out !== undefined && extname(out).toLowerCase() === '.mp4') {
    const stem = join(dirname(out), basename(out, extname(out)));
    return {
      film: out,
      srt: `${stem}.srt`,
      vtt: `${stem}.vtt`,
      thumbnail: `${stem}.jpg`,
      script: `${stem}.script.json`,
      report: `${stem}.report.json`,
    };
  }
  const folder = out ?? join('films', slugOf(topic));
  return {
    film: join(folder, 'film.mp4'),
    srt: join(folder, 'captions.srt'),
    vtt: join(folder, 'captions.vtt'),
    thumbnail: join(folder, 'thumbnail.jpg'),
    script: join(folder, 'script.json'),
    report: join(folder, 'report.json'),
  };
}

/** Said at the door, and not after a minute of work. */
export async function mustBeWritable({ film }: Place): Promise<void> {
  const folder = dirname(resolve(film));
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
    if ((await stat(film).catch(() => undefined))?.isDirectory() === true) throw new Error(`${film} is a folder`);
  } catch (error) {
    throw unwritable(film, error);
  }
}

/** Where the film's parts lie. */
export interface Store {
  get(id: string): Promise<Uint8Array>;
  path(id: string): Promise<string | undefined>;
}

export async function deliver(result: FilmResult, place: Place, blobs: Store): Promise<void> {
  await mustBeWritable(place);
  const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
  await put(place.script, (file) => writeFile(file, json(result.script)));
  await put(place.report, (file) => writeFile(file, json(reportOf(result))));
  for (const [file, ref] of [
    [place.srt, result.srt],
    [place.vtt, result.vtt],
    [place.thumbnail, result.thumbnail],
    [place.film, result.film],
  ] as const) {
    const stored = await blobs.path(ref.blob);
    await put(file, async (half) => (stored === undefined ? writeFile(half, await blobs.get(ref.blob)) : copyFile(stored, half)));
  }
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

function reportOf({ script: _script, film: _film, thumbnail: _thumbnail, srt: _srt, vtt: _vtt, ...report }: FilmResult): object {
  return report;
}

function unwritable(file: string, error: unknown): unknown {
  if (error instanceof ContinuoError) return error;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOSPC' || code === 'EDQUOT') return new ContinuoError('STORE_FULL', `there is no room for ${file}`);
  const reasons: Readonly<Record<string, string>> = {
    EACCES: 'it may not be written to',
    EPERM: 'it may not be written to',
    EROFS: 'the disk is read-only',
    ENOTDIR: 'a part of its path is a file',
    EEXIST: 'a part of its path is a file',
  };
  const reason = typeof code === 'string' ? reasons[code] : undefined;
  return new ContinuoError(
    'FILM_UNWRITABLE',
    `${file} cannot be written: ${reason ?? (error instanceof Error ? error.message : String(error))}`,
  );
}
