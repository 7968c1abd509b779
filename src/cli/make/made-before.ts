/** The film that a script lies beside: whoever brings that script along means that film, as it was made. */
import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { FilmRequest } from '../../studio/film/request.ts';
import { placeFor } from './place.ts';

/** What `report.json` keeps so that the next run can go by it. */
export interface Kept {
  readonly request: Omit<FilmRequest, 'script' | 'edit'>;
  /** How the pictures were made: `--pictures`. */
  readonly pictures: string | null;
  /** Of the script as it was put there: another one was changed by hand. */
  readonly scriptDigest: string;
}

export interface MadeBefore extends Kept {
  readonly out: string;
}

export function madeBefore(script: string): MadeBefore | undefined {
  const stem = /^(.+)\.script\.json$/.exec(basename(script))?.[1];
  if (stem === undefined && basename(script) !== 'script.json') return undefined;
  const folder = dirname(script);
  const out = stem === undefined ? folder : join(folder, `${stem}.mp4`);
  const kept = readKept(placeFor('', out).report);
  return kept === undefined ? undefined : { ...kept, out };
}

/** Undefined where there is no report, or one that somebody has changed beyond recognition. */
export function readKept(report: string): Kept | undefined {
  try {
    const read: unknown = JSON.parse(readFileSync(report, 'utf8'));
    return isKept(read) ? read : undefined;
  } catch {
    return undefined;
  }
}

/** What the request says, its own schema is asked before anybody goes by it. */
function isKept(value: unknown): value is Kept {
  if (typeof value !== 'object' || value === null) return false;
  if (!('request' in value) || !('pictures' in value) || !('scriptDigest' in value)) return false;
  const { request, pictures, scriptDigest } = value;
  return (
    typeof request === 'object' &&
    request !== null &&
    (pictures === null || typeof pictures === 'string') &&
    typeof scriptDigest === 'string'
  );
}
