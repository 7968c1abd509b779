import { ContinuoError } from '../errors.ts';
import type { Json } from './json.ts';

/** Beyond it nobody writes a value out: what stands in it many times takes no room until then. */
const largest = 64 * 1024 * 1024;

/** The value, where its JSON text has not more than about as many characters as anybody can bear. */
export function bearable<T extends Json>(value: T): T {
  let size = 0;
  const open: Json[] = [value];
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    size += typeof one === 'string' ? one.length + 3 : 5;
    if (size > largest) throw new ContinuoError('VALUE_TOO_LARGE', `a value comes to more than ${largest} characters`);
    if (typeof one !== 'object' || one === null) continue;
    for (const inner of Object.values(one)) open.push(inner);
  }
  return value;
}
