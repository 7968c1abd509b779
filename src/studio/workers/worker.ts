/** The other side of the studio's processes: does one task after another. Importing this file runs it. */
import { enableCompileCache } from 'node:module';
import { tmpdir } from 'node:os';
import { ContinuoError } from '../../core/errors.ts';
import { diskFull } from '../disk-full.ts';
import type { FromWorker, ToWorker } from './protocol.ts';
import type { Perform } from './tasks.ts';

// The next one of its kind starts sooner.
enableCompileCache();

let abort = new AbortController();

const say = (message: FromWorker): void => {
  process.send?.(message);
};

// Ctrl-C in a terminal reaches everybody; what is to end, the engine says.
process.on('SIGINT', () => undefined);
process.on('disconnect', () => process.exit());
process.on('message', (message: ToWorker) => {
  if (message.is === 'cancel') abort.abort(new ContinuoError('ATTEMPT_STALE', 'nobody wants the result any more'));
  else void perform(message.file, message.input);
});

async function perform(file: string, input: unknown): Promise<void> {
  abort = new AbortController();
  try {
    // Every file in the table exports `perform`: a test goes through them.
    const { perform: work } = (await import(file)) as { readonly perform: Perform<unknown, unknown> };
    const output = await work(input, {
      signal: abort.signal,
      progress: (share, text) => say({ is: 'progress', share, message: text }),
    });
    say({ is: 'done', output });
  } catch (error) {
    // Of an error, its code alone would be lost on the way.
    say({ is: 'failed', error: shapeOf(diskFull(error, tmpdir())) });
  }
}

function shapeOf(error: unknown): Extract<FromWorker, { is: 'failed' }>['error'] {
  if (error instanceof ContinuoError)
    return { code: error.code, message: error.message, details: error.details, retryable: error.retryable };
  return { code: undefined, message: error instanceof Error ? error.message : String(error), details: undefined, retryable: true };
}
