/** Commands as the person could type them next. */
import { basename, relative } from 'node:path';

/** How this very command line was called, so that the next one can be called alike. */
export function invocation(env: NodeJS.ProcessEnv = process.env, script: string = process.argv[1] ?? ''): string {
  if (env['npm_package_name'] === 'continuo' && env['npm_lifecycle_event'] !== undefined) return 'npm run -s continuo --';
  if (env['npm_lifecycle_event'] === 'npx') return 'npx continuo';
  if (!basename(script).endsWith('.mjs') && !basename(script).endsWith('.ts')) return 'continuo';
  return `node ${quoted(relative(process.cwd(), script))}`;
}

/** A word that the shell takes as it is. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./~-]+$/.test(word) && !word.startsWith('~') ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

export function commandLine(...words: readonly (string | undefined)[]): string {
  return [invocation(), ...words.filter((word) => word !== undefined).map(quoted)].join(' ');
}
