/** The other side of the studio's threads: does one task after another. Importing this file runs it. */
import { extname } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { ContinuoError } from '../../core/errors.ts';
import type { FromThread, ToThread } from './protocol.ts';
import { taskFiles, type Perform, type TaskName } from './tasks.ts';

let abort = new AbortController();

const say = (message: FromThread): void => parentPort?.postMessage(message);

parentPort?.on('message', (message: ToThread) => {
  if (message.is === 'cancel') abort.abort(new ContinuoError('ATTEMPT_STALE', 'nobody wants the result any more'));
  else void perform(message.task, message.input);
});

async function perform(task: TaskName, input: unknown): Promise<void> {
  abort = new AbortController();
  try {
    const file = new URL(`${taskFiles[task]}${extname(import.meta.url)}`, import.meta.url);
    // Every file in the table exports `perform`: a test goes through them.
    const { perform: work } = (await import(file.href)) as { readonly perform: Perform<unknown, unknown> };
    const output = await work(input, {
      signal: abort.signal,
      progress: (share, text) => say({ is: 'progress', share, message: text }),
    });
    say({ is: 'done', output });
  } catch (error) {
    say({ is: 'failed', error: shapeOf(error) });
  }
}

function shapeOf(error: unknown): Extract<FromThread, { is: 'failed' }>['error'] {
  if (error instanceof ContinuoError)
    return { code: error.code, message: error.message, details: error.details, retryable: error.retryable };
  return { code: undefined, message: error instanceof Error ? error.message : String(error), details: undefined, retryable: true };
}
