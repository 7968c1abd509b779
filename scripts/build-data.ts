/**
 * Puts what is not code beside the built code: the configuration of models and studio, and of every system its
 * functions, templates, schemas and data. A function's rules are named as they were built.
 *
 *   npm run build
 */
import { cpSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

for (const file of globSync(['config/*.toml', 'systems/*/config/**/*.{toml,json,minijinja}'])) {
  const to = join('dist', file);
  mkdirSync(dirname(to), { recursive: true });
  if (file.endsWith('.toml')) writeFileSync(to, readFileSync(file, 'utf8').replace(/^(module = ".+)\.ts"$/gm, '$1.js"'));
  else cpSync(file, to);
}
