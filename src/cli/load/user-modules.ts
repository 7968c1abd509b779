/**
 * What makes a user's file work wherever it lies. Importing this file makes it so.
 *
 * - `import … from 'continuo'` (and zod, for schemas): what the file's own folder does not
 *   provide is taken from this installation.
 * - TypeScript that is written with import and export is a module, also in a package that
 *   does not say `"type": "module"`.
 */
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

/** For a process that should do the same: `--import`. */
export const here: string = import.meta.url;

const ours = /^(?:continuo|zod)(?:\/|$)/;

registerHooks({
  resolve: (specifier, context, next) => {
    if (!ours.test(specifier)) return next(specifier, context);
    try {
      return next(specifier, context);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND')) throw error;
      return next(specifier, { ...context, parentURL: import.meta.url });
    }
  },
  load: (url, context, next) => next(url, isModule(url, context.format) ? { ...context, format: 'module-typescript' } : context),
});

function isModule(url: string, format: string | null | undefined): boolean {
  if (format !== 'commonjs-typescript' || url.includes('/node_modules/')) return false;
  return /^(?:import|export)\b/m.test(readFileSync(fileURLToPath(url), 'utf8'));
}
