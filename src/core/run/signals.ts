import type { WaitStep } from '../plan/model.ts';

/** Signals are named as sent; events of the bus are kept apart from them. */
export function signalName(step: WaitStep): string | undefined {
  if ('signal' in step.for) return step.for.signal;
  return 'event' in step.for ? `event:${step.for.event}` : undefined;
}
