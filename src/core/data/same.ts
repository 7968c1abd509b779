import { isFields, isList } from './fields.ts';
import type { Json } from './json.ts';
import type { Work } from '../schema/work.ts';

/** Whether both are written alike, their fields in the same order. */
export function isSame(a: Json, b: Json, work: Work): boolean {
  work.spend(typeof a === 'string' ? 4 + (a.length >> 3) : 4);
  if (a === b) return true;
  if (isList(a)) return isList(b) && a.length === b.length && a.every((item, place) => isSame(item, b[place] ?? null, work));
  if (!isFields(a) || !isFields(b)) return false;
  const [names, others] = [Object.keys(a), Object.keys(b)];
  // Both have the names.
  return (
    names.length === others.length && names.every((name, place) => name === others[place] && isSame(a[name] as Json, b[name] as Json, work))
  );
}
