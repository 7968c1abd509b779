/** The fonts of this machine, for letters that ours do not have. */
import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { readCoverage, type Coverage } from './font-coverage.ts';

export interface FontFile {
  readonly path: string;
  readonly coverage: Coverage;
}

/** The folder that the environment names comes first, then those of the system. */
export function fontFolders(env: Readonly<Record<string, string | undefined>> = process.env): readonly string[] {
  const named = env['CONTINUO_FONTS'];
  return [...(named === undefined || named === '' ? [] : [named]), ...systemFolders(env)];
}

/** Differs where the folder that the environment names has other fonts; empty where it names none. */
export function fontsFingerprint(env: Readonly<Record<string, string | undefined>> = process.env): string {
  const named = env['CONTINUO_FONTS'] ?? '';
  if (named === '') return '';
  const traits = filesIn(named).map((path) => [basename(path), statSync(path, { throwIfNoEntry: false })?.size]);
  return createHash('sha256').update(JSON.stringify(traits)).digest('hex').slice(0, 8);
}

function systemFolders(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  const home = homedir();
  if (process.platform === 'darwin') return ['/System/Library/Fonts', '/Library/Fonts', join(home, 'Library/Fonts')];
  if (process.platform === 'win32')
    return [join(env['WINDIR'] ?? 'C:\\Windows', 'Fonts'), join(env['LOCALAPPDATA'] ?? home, 'Microsoft\\Windows\\Fonts')];
  return ['/usr/share/fonts', '/usr/local/share/fonts', join(home, '.fonts'), join(home, '.local/share/fonts')];
}

const known = new Map<string, readonly FontFile[]>();

/** All fonts of the folders, the likeliest to look well beside ours first. The same folders are read once per thread. */
export function fontFilesIn(folders: readonly string[]): readonly FontFile[] {
  const key = folders.join('\n');
  const read = known.get(key);
  if (read !== undefined) return read;
  const files = folders.flatMap(filesIn).flatMap((path) => {
    const coverage = readCoverage(path);
    return coverage === undefined ? [] : [{ path, coverage }];
  });
  known.set(key, files);
  return files;
}

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => /\.(ttf|otf|ttc)$/i.test(entry.name) && !/emoji/i.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort((a, b) => oddity(a) - oddity(b) || (a < b ? -1 : 1));
  } catch {
    return [];
  }
}

/** How far a font is from a bold, upright one without serifs, by its file's name. */
function oddity(path: string): number {
  const name = basename(path);
  return (
    (/bold|black|heavy|bd\./i.test(name) ? 0 : 1) +
    (/medium|semi|demi/i.test(name) ? -0.5 : 0) +
    (/sans|gothic|hei/i.test(name) ? 0 : 2) +
    (/noto/i.test(name) ? -0.25 : 0) +
    (/serif|mincho|song|mono|math/i.test(name) ? 4 : 0) +
    (/italic|oblique|condensed|narrow|light|thin/i.test(name) ? 8 : 0)
  );
}
