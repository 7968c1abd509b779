import { ContinuoError } from '../core/errors.ts';

/** What the system says when there is no room, in our words; anything else as it is. */
export function diskFull(error: unknown, where: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code !== 'ENOSPC' && code !== 'EDQUOT') return error;
  return new ContinuoError('STORE_FULL', `there is no room left in ${where}`, undefined, true);
}
