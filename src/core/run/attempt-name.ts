import type { AttemptRef } from './events.ts';

/** One attempt's name within its run. */
export function attemptName(ref: AttemptRef): string {
  return `${ref.undo === true ? 'undo.' : ''}${ref.epoch === undefined ? '' : `e${ref.epoch}.`}${ref.step}${ref.item === undefined ? '' : `.${ref.item}`}.${ref.visit}.${ref.attempt}`;
}
