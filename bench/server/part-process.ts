/** The other end of `process.ts`: what a process that takes part is told, and how it answers. */

/** What it was told at its beginning. */
export function told<T>(): T {
  // `Part` writes it, for the script that it starts.
  return JSON.parse(process.argv[2] ?? '{}') as T;
}

export function say(message: object): void {
  process.send?.(message);
}

/** When nobody listens any more, it is over. */
export function endWith(close: () => Promise<void>): void {
  process.once('disconnect', () => {
    void close().finally(() => process.exit(0));
  });
}
