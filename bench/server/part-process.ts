/** The other end of `process.ts`: what a process that takes part is told, and how it answers. */

/** What it was told at its beginning: by `Part`, for the script that it starts. */
export function told(): unknown {
  return JSON.parse(process.argv[2] ?? '{}');
}

export function say(message: object): void {
  process.send?.(message);
}

/** Says so, and goes on when it is told to. */
export async function whenTold(message: object): Promise<void> {
  say(message);
  await new Promise((resolve) => void process.once('message', resolve));
}

/** When nobody listens any more, it is over. */
export function endWith(close: () => Promise<void>): void {
  process.once('disconnect', () => {
    void close().finally(() => process.exit(0));
  });
}
