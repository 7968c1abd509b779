/** Lines typed by a person. */
import { createInterface } from 'node:readline';
import type { Shell } from '../shell.ts';
import type { Screen } from '../terminal/screen.ts';

export interface LineReader {
  /** The line; undefined when there will be none: end of input, or the question was taken back. */
  line(prompt: string): Promise<string | undefined>;
  close(): void;
}

export function lineReader(shell: Shell, screen: Screen, signal: AbortSignal, interrupt: () => void): LineReader {
  const readline = createInterface({ input: shell.stdin, output: screen.stream, terminal: true });
  // Lines may come faster than they are asked for: pasted, or typed ahead.
  const early: string[] = [];
  let waiting: ((line: string | undefined) => void) | undefined;
  let over = false;
  const give = (line: string | undefined): void => {
    if (line === undefined) over = true;
    const taker = waiting;
    waiting = undefined;
    if (taker !== undefined) taker(line);
    else if (line !== undefined) early.push(line);
  };
  readline.on('line', give);
  readline.on('close', () => give(undefined));
  readline.on('SIGINT', interrupt);
  signal.addEventListener('abort', () => give(undefined), { once: true });
  return {
    line: (prompt) => {
      if (over || signal.aborted) return Promise.resolve(undefined);
      readline.setPrompt(prompt);
      readline.prompt();
      const typed = early.shift();
      if (typed === undefined) return new Promise((resolve) => (waiting = resolve));
      screen.line(typed);
      return Promise.resolve(typed);
    },
    close: () => readline.close(),
  };
}
