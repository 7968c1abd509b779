/** Writes docs/errors.md from the catalogue of errors: `node scripts/errors-page.ts`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue } from '../src/core/errors.ts';

interface Entry {
  readonly meaning: string;
  readonly mend: string;
}

/** The page that documents a catalogue: a heading for each code, then what it means and what mends it. */
export function errorsPage(entries: Readonly<Record<string, Entry>>): string {
  const sections = Object.keys(entries)
    .sort()
    .map((code) => `### ${code}\n\n${entries[code]?.meaning}\n\n**Mend:** ${entries[code]?.mend}\n`);
  return [
    '# Errors\n',
    'Every error that Continuo itself raises has a code. Codes are stable: a program may rely on them, and not on the wording of messages.\n',
    ...sections,
  ].join('\n');
}

if (import.meta.main) {
  const docs = join(import.meta.dirname, '../docs');
  mkdirSync(docs, { recursive: true });
  writeFileSync(join(docs, 'errors.md'), errorsPage(catalogue));
}
