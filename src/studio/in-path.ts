import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where a program of that name lies on this machine; undefined where it has none. */
export function inPath(name: string, env: Readonly<Record<string, string | undefined>>): string | undefined {
  const file = process.platform === 'win32' ? `${name}.exe` : name;
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, file)).find((path) => existsSync(path));
}
