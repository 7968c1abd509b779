import type { AttemptRef } from './events.ts';

/** One attempt's name within its run. */
export function attemptName(ref: AttemptRef): string {
  return `${ref.undo === true ? 'undo.' : ''}${ref.epoch === undefined ? '' : `e${ref.epoch}.`}${ref.step}${ref.item === undefined ? '' : `.${ref.item}`}.${ref.visit}.${ref.attempt}`;
}

const pattern = /^(?<undo>undo\.)?(?:e(?<epoch>\d+)\.)?(?<step>\d+)(?:\.(?<item>\d+))?\.(?<visit>\d+)\.(?<attempt>\d+)$/;

/** The attempt of that name. */
export function attemptNamed(name: string): AttemptRef | undefined {
  const { undo, epoch, step, item, visit, attempt } = pattern.exec(name)?.groups ?? {};
  if (step === undefined) return undefined;
  return {
    step: Number(step),
    ...(item === undefined ? {} : { item: Number(item) }),
    ...(undo === undefined ? {} : { undo: true }),
    visit: Number(visit),
    attempt: Number(attempt),
    ...(epoch === undefined ? {} : { epoch: Number(epoch) }),
  };
}
