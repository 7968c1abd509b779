import type { Clock } from '../ports/clock.ts';

const longest = 2 ** 31 - 1;

function timers(keepsAlive: boolean): Clock {
  return {
    now: () => Date.now(),
    at: (time, wake) => {
      const timer = setTimeout(wake, Math.min(longest, Math.max(0, time - Date.now())));
      if (!keepsAlive) timer.unref();
      return () => clearTimeout(timer);
    },
  };
}

export const keepingAlive: Clock = timers(true);
/** A process does not stay for these. */
export const lettingGo: Clock = timers(false);
