import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A file that the package brings along, in `assets/`: as source it lies two folders up, as built three. */
export function assetFile(name: string): string {
  for (const up of ['../../', '../../../']) {
    const file = fileURLToPath(new URL(`${up}assets/${name}`, import.meta.url));
    if (existsSync(file)) return file;
  }
  throw new Error(`the package is not whole: assets/${name} is missing`);
}
