/** What the file system complains about, in the words of the catalogue. */
import { ContinuoError } from '../../../core/errors.ts';

export function fileFault(error: unknown, path: string): ContinuoError {
  if (error instanceof ContinuoError) return error;
  const code = codeOf(error);
  const message = error instanceof Error ? error.message : String(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') return new ContinuoError('STORE_FULL', `no room for ${path}: ${message}`);
  return new ContinuoError('STORE_FAILED', `${path}: ${message}`);
}

export function isMissing(error: unknown): boolean {
  return codeOf(error) === 'ENOENT';
}

export async function atPath<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw fileFault(error, path);
  }
}

/** The answer of `work`, or undefined where there is no such file. */
export async function ifThere<T>(path: string, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw fileFault(error, path);
  }
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
