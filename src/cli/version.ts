import { readFileSync } from 'node:fs';

export const version: string = read();

function read(): string {
  for (const folder of ['../../', '../../../']) {
    try {
      // Every package.json has these two; a file without them is not ours.
      const { name, version: found } = JSON.parse(readFileSync(new URL(`${folder}package.json`, import.meta.url), 'utf8')) as {
        readonly name: string;
        readonly version: string;
      };
      if (name === 'continuo') return found;
    } catch {
      // As source, the file is two folders up; as built, three.
    }
  }
  return 'unknown';
}
