/** Measures values level by level and not by calls, so that none is too deep to be measured. */
import type { Json } from '../../core/data/json.ts';

export function isDeeperThan(value: Json, limit: number): boolean {
  let depth = 0;
  for (let level = inside([[value]]); level.length > 0; level = inside(level)) if (depth++ === limit) return true;
  return false;
}

/** How many values there are, inside of each other and beside. */
export function sizeOf(value: Json): number {
  let size = 1;
  for (let level = inside([[value]]); level.length > 0; level = inside(level)) for (const items of level) size += items.length;
  return size;
}

/** What the lists and objects among the items hold. */
function inside(level: readonly (readonly Json[])[]): readonly (readonly Json[])[] {
  const next: (readonly Json[])[] = [];
  for (const items of level) {
    for (const item of items) {
      if (typeof item === 'object' && item !== null) next.push(Array.isArray(item) ? item : Object.values(item));
    }
  }
  return next;
}
