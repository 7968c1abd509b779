/** A line on a terminal that says what is waited for, gone when the waiting ends. */
import type { Screen } from '../terminal/screen.ts';
import { elapsed } from '../terminal/time.ts';

/** Whoever is answered sooner sees nothing. */
const patience = 1000;

export function waitingFor(screen: Screen, what: string): { end(): void } {
  if (!screen.isTerminal) return { end: () => undefined };
  const began = performance.now();
  let isShown = false;
  const timer = setInterval(() => {
    isShown = true;
    screen.write(`\r\x1b[K${screen.paint('dim', `waiting ${elapsed(performance.now() - began)} for ${what}`)}`);
  }, patience);
  return {
    end: () => {
      clearInterval(timer);
      if (isShown) screen.write('\r\x1b[K');
      isShown = false;
    },
  };
}
