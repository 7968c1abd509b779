/**
 * A copy of lists and plain objects, all the way down, circles included; everything else
 * stays itself. Making a value JSON freezes it, and what a caller wrote stays the caller's.
 */
export function copyOf(value: unknown, copies: Map<object, unknown> = new Map()): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const known = copies.get(value);
  if (known !== undefined) return known;
  if (Array.isArray(value)) {
    const copy: unknown[] = [];
    copies.set(value, copy);
    for (const one of value) copy.push(copyOf(one, copies));
    return copy;
  }
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  const copy: Record<string, unknown> = {};
  copies.set(value, copy);
  for (const [key, one] of Object.entries(value)) Object.defineProperty(copy, key, { value: copyOf(one, copies), enumerable: true, configurable: true, writable: true });
  return copy;
}
