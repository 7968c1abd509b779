/** A place in a stream, as Redis writes it: milliseconds, a dash, and a number within them. */
export type Cursor = string;

export const beginning: Cursor = '0-0';

export function isAfter(cursor: Cursor, other: Cursor): boolean {
  const [time = 0, place = 0] = cursor.split('-').map(Number);
  const [otherTime = 0, otherPlace = 0] = other.split('-').map(Number);
  return time > otherTime || (time === otherTime && place > otherPlace);
}

/** What a follower remembered, if it is a cursor. */
export function cursorOf(text: string | undefined): Cursor {
  return text !== undefined && /^\d{1,15}-\d{1,15}$/.test(text) ? text : beginning;
}
