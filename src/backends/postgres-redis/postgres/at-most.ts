/** How long a server may take to say goodbye, in milliseconds: on a line that is dead it never does. */
export const goodbye = 1000;

/** Until the work has settled, or for so many milliseconds; how it settles later is nobody's business. */
export async function atMost(milliseconds: number, work: Promise<unknown>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, milliseconds);
  try {
    await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}
