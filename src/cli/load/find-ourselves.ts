/**
 * `import … from 'continuo'` (and zod, for schemas) works in a file anywhere: what the
 * file's own folder does not provide is taken from this installation. Importing this
 * file makes it so.
 */
import { registerHooks } from 'node:module';

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
});
