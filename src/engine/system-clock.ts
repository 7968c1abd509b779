import type { Clock } from '../ports/clock.ts';

/** Node's timers take no more than this many milliseconds. */
const longest = 2 ** 31 - 1;

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  at(time, wake) {
    let timer: NodeJS.Timeout;
    const arm = (): void => {
      const left = time - Date.now();
      timer = setTimeout(left > longest ? arm : wake, Math.min(Math.max(0, left), longest));
    };
    arm();
    return () => clearTimeout(timer);
  },
};
