import { ContinuoError } from '../../core/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { VariantCall } from './variant-call.ts';

/** Does the work in the time that is given, or cancels it. */
export async function within<T>(
  clock: Clock,
  total: number | undefined,
  call: VariantCall,
  work: (call: VariantCall) => Promise<T>,
): Promise<T> {
  if (total === undefined) return work(call);
  const timeout = new AbortController();
  const late = new ContinuoError('PROVIDER_TIMED_OUT', `function ${call.fn.name}: no answer within ${total} ms`, undefined, true);
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
