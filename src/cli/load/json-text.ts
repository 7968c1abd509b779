/** JSON that a person wrote, and where it is wrong when it is. */
import { ContinuoError, type ErrorCode } from '../../core/errors.ts';
import type { Json } from '../../core/data/json.ts';

export function parseJson(text: string, what: string, code: ErrorCode): Json {
  const plain = text.replace(/^\ufeff/, '');
  if (plain.trim() === '') throw new ContinuoError(code, `${what} is empty where JSON was expected`);
  try {
    // JSON.parse gives JSON and nothing else.
    return JSON.parse(plain) as Json;
  } catch (error) {
    throw new ContinuoError(code, `${what} is not JSON: ${placed(error instanceof Error ? error.message : String(error), plain)}`);
  }
}

/** V8 names line and column, except where the text just ends. */
function placed(message: string, text: string): string {
  if (/\(line \d+ column \d+\)/.test(message)) return message;
  const lines = text.split('\n');
  return `${message} (line ${lines.length} column ${(lines.at(-1)?.length ?? 0) + 1})`;
}
