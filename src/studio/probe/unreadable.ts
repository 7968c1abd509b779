import { ContinuoError } from '../../core/errors.ts';

/** When ffmpeg refuses a file by itself, the file is at fault; when it was killed, the machine is, and it may be tried again. */
export function unreadable(error: unknown, what: string): unknown {
  if (!(error instanceof ContinuoError) || error.code !== 'FFMPEG_FAILED') return error;
  const { details } = error;
  const refused = typeof details === 'object' && details !== null && 'exit' in details && details['exit'] !== null;
  // Its last words name the file, which is a scratch file of ours, and then the reason.
  const why = error.message.split(/: | \| /).at(-1);
  return refused ? new ContinuoError('MEDIA_UNREADABLE', `${what} cannot be read: ${why}`) : error;
}
