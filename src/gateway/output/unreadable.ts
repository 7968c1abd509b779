/** Not even a tolerant reader makes sense of it. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
}
