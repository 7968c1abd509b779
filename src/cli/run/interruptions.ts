/** Ctrl-C and the like: once to leave in order, twice to leave at once. */
import { constants } from 'node:os';

export interface Interruptions {
  readonly signal: AbortSignal;
  readonly interrupt: () => void;
  exitCode(): number;
  close(): void;
}

const heeded = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export function interruptions(): Interruptions {
  const controller = new AbortController();
  let number: number = constants.signals.SIGINT;
  const on = (name: NodeJS.Signals): void => {
    if (controller.signal.aborted) process.exit(128 + number);
    number = constants.signals[name];
    controller.abort();
  };
  for (const name of heeded) process.on(name, on);
  return {
    signal: controller.signal,
    interrupt: () => on('SIGINT'),
    exitCode: () => 128 + number,
    close: () => {
      for (const name of heeded) process.off(name, on);
    },
  };
}
