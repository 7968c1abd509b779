import type { Clock } from '../../ports/clock.ts';

/** Waits by the clock; rejects with the signal's reason when it is aborted. */
export function sleep(clock: Clock, milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(signal.reason);
      return;
    }
    const aborted = (): void => {
      stop();
      reject(signal?.reason);
    };
    const stop = clock.at(clock.now() + milliseconds, () => {
      signal?.removeEventListener('abort', aborted);
      resolve();
    });
    signal?.addEventListener('abort', aborted, { once: true });
  });
}
