/** Puts a table into a document, between its two markers. */
import { readFileSync, writeFileSync } from 'node:fs';

/** `what` tells several tables of one document apart. */
export function writeInto(path: string, text: string, what: 'measured' | 'distributed' | 'server' = 'measured'): void {
  const begins = `<!-- ${what}: begin -->`;
  const ends = `<!-- ${what}: end -->`;
  const before = readFileSync(path, 'utf8');
  const from = before.indexOf(begins);
  const to = before.indexOf(ends);
  if (from < 0 || to < from) throw new Error(`${path} has no lines ${begins} and ${ends} to write between`);
  writeFileSync(path, `${before.slice(0, from + begins.length)}\n\n${text.trim()}\n\n${before.slice(to)}`);
}
