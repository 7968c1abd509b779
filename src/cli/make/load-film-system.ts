/** The system behind `make`, loaded when it is asked for, as a user's own would be. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { FilmSystem } from '../../studio/film/film-system.ts';

export async function loadFilmSystem(): Promise<FilmSystem> {
  for (const path of ['../../../systems/diy-video/index.ts', '../../../systems/diy-video/index.js']) {
    const file = new URL(path, import.meta.url);
    // The system declares `system` as a FilmSystem.
    if (existsSync(fileURLToPath(file))) return ((await import(file.href)) as { readonly system: FilmSystem }).system;
  }
  throw new Error('the package is not whole: systems/diy-video is missing');
}
