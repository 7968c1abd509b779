/** What `--input` stands for. */
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { ContinuoError } from '../../core/errors.ts';
import type { Json } from '../../core/data/json.ts';
import { parseJson } from './json-text.ts';

/** JSON itself, `@file`, or `-` for what comes on stdin; undefined when it was not given. */
export async function readInput(given: string | undefined, stdin: NodeJS.ReadStream): Promise<Json | undefined> {
  if (given === undefined) return undefined;
  if (given === '-') return parseJson(await text(stdin), 'what came on stdin for --input', 'USAGE');
  if (!given.startsWith('@')) return parseJson(given, '--input', 'USAGE');
  const path = given.slice(1);
  return parseJson(contents(path, '--input'), `${path} (--input)`, 'USAGE');
}

function contents(path: string, option: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new ContinuoError('USAGE', `${option} names a file that cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
