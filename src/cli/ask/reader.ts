/** Lines typed by a person. */
import { createInterface } from 'node:readline/promises';
import type { Shell } from '../shell.ts';
import type { Screen } from '../terminal/screen.ts';

export interface LineReader {
  /** The line; undefined when there will be none: end of input, or the question was taken back. */
  line(prompt: string): Promise<string | undefined>;
  close(): void;
}

export function lineReader(shell: Shell, screen: Screen, signal: AbortSignal, interrupt: () => void): LineReader {
  const readline = createInterface({ input: shell.stdin, output: screen.stream, terminal: true });
  const { promise: over, resolve: end } = Promise.withResolvers<undefined>();
  readline.on('close', () => end(undefined));
  readline.on('SIGINT', interrupt);
  signal.addEventListener('abort', () => end(undefined), { once: true });
  return {
    line: (prompt) => Promise.race([over, readline.question(prompt, { signal }).catch(() => undefined)]),
    close: () => readline.close(),
  };
}
