/** JSON that was given on the command line, in a file or on stdin. */
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { ContinuoError } from '../../core/errors.ts';
import type { Json } from '../../core/data/json.ts';
import { parseJson } from './json-text.ts';

/** JSON itself, `@file`, or `-` for what comes on stdin; undefined when it was not given. */
export async function readJson(given: string | undefined, option: string, stdin: NodeJS.ReadStream): Promise<Json | undefined> {
  if (given === undefined) return undefined;
  if (given === '-') return parseJson(await text(stdin), `what came on stdin for ${option}`, 'USAGE');
  if (!given.startsWith('@')) return parseJson(given, option, 'USAGE');
  const path = given.slice(1);
  return parseJson(contents(path, option), `${path} (${option})`, 'USAGE');
}

function contents(path: string, option: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new ContinuoError(
      'USAGE',
      `${option} names a file that cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
