import { ContinuoError } from '../../core/errors.ts';

/** Whether a run is another node's, or is about to be: whoever has it is to be asked. */
export function isElsewhere(error: unknown): error is ContinuoError {
  return error instanceof ContinuoError && (error.code === 'RUN_ELSEWHERE' || error.code === 'NODE_FENCED');
}
