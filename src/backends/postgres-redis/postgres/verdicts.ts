/** What the function `append` answers of an append that it refused, as an error. */
import { ContinuoError } from '../../../core/errors.ts';
import type { Task } from './append-group.ts';

export function refusal({ run, seq }: Task, verdict: string, detail: unknown): ContinuoError {
  switch (verdict) {
    case 'conflict':
      return new ContinuoError('JOURNAL_CONFLICT', `event ${seq} of run ${run} was to be written, and its next is ${String(detail)}`);
    case 'elsewhere':
      return new ContinuoError('RUN_ELSEWHERE', `run ${run}, or the run that called it, belongs to another node`);
    case 'exists':
      return keyTaken(run);
    case 'settled': {
      // The function wrote it: a list of the names of messages.
      const messages = JSON.parse(String(detail)) as readonly string[];
      return new ContinuoError('MESSAGE_SETTLED', `${messages.join(', ')} to run ${run} no longer waits`, { messages });
    }
    case 'unrecorded':
      return new ContinuoError('STORE_FAILED', `the first append to run ${run} has no record of it`);
    default:
      return new ContinuoError('INTERNAL', `the store answered ${verdict} to an append to run ${run}`);
  }
}

export function keyTaken(run: string): ContinuoError {
  return new ContinuoError('RUN_EXISTS', `the idempotency key of run ${run} belongs to another run of its project`);
}
