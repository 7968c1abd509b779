/** What the user brings along, in a few letters: a folder that has changed since makes another film. */
import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { FilmRequest } from '../../studio/film/request.ts';

/** Undefined where nothing is brought along. */
export function broughtAlong({ assets, music }: Pick<FilmRequest, 'assets' | 'music'>): string | undefined {
  const files = [
    ...(assets === null ? [] : namesIn(assets).map((name) => join(assets, name))),
    ...(music === 'auto' || music === 'none' ? [] : [music]),
  ];
  if (assets === null && files.length === 0) return undefined;
  const digest = createHash('sha256');
  for (const file of files) {
    const seen = statSync(file, { throwIfNoEntry: false });
    digest.update(JSON.stringify([file, seen?.size, seen?.mtimeMs]));
  }
  return digest.digest('hex').slice(0, 16);
}

/** A folder that cannot be read is the assets agent's to complain of. */
function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => !name.startsWith('.'))
      .sort();
  } catch {
    return [];
  }
}
