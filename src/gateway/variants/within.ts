import { ContinuoError } from '../../core/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { VariantCall } from './variant-call.ts';

class Late extends ContinuoError {
  constructor(fn: string, total: number) {
    super('PROVIDER_TIMED_OUT', `function ${fn}: no answer within ${total} ms`, undefined, true);
  }
}

/** Does the work in the time that is given, or cancels it. What is there by then is an answer all the same. */
export async function within<T>(
  clock: Clock,
  total: number | undefined,
  call: VariantCall,
  work: (call: VariantCall) => Promise<T>,
): Promise<T> {
  if (total === undefined) return work(call);
  const timeout = new AbortController();
  const late = new Late(call.fn.name, total);
  const cancel = clock.at(clock.now() + total, () => timeout.abort(late));
  const signal = call.signal === undefined ? timeout.signal : AbortSignal.any([call.signal, timeout.signal]);
  try {
    return await work({ ...call, signal });
  } catch (error) {
    throw timeout.signal.aborted && call.signal?.aborted !== true ? late : error;
  } finally {
    cancel();
  }
}

/** Whether nobody wants an answer any more. Where only the time is up, one that is there already will do. */
export function isCancelled({ signal }: VariantCall): boolean {
  return signal?.aborted === true && !(signal.reason instanceof Late);
}
