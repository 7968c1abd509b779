// What is deeper is left as it is: making it JSON refuses it.
const deepest = 1000;

/**
 * A copy of lists and plain objects, circles included; everything else stays itself.
 * Making a value JSON freezes it, and what a caller wrote stays the caller's.
 */
export function copyOf(value: unknown, copies: Map<object, unknown> = new Map(), depth: number = 0): unknown {
  if (typeof value !== 'object' || value === null || depth > deepest) return value;
  const known = copies.get(value);
  if (known !== undefined) return known;
  if (Array.isArray(value)) {
    const copy: unknown[] = [];
    copies.set(value, copy);
    for (const one of value) copy.push(copyOf(one, copies, depth + 1));
    return copy;
  }
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  const copy: Record<string, unknown> = {};
  copies.set(value, copy);
  // Assigning to `__proto__` would replace the prototype.
  for (const [key, one] of Object.entries(value))
    Object.defineProperty(copy, key, { value: copyOf(one, copies, depth + 1), enumerable: true, configurable: true, writable: true });
  return copy;
}
