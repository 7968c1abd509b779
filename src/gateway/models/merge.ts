import { isFields, type Fields } from '../../core/data/fields.ts';
import type { Json } from '../../core/data/json.ts';

/** `over` laid over `base`: objects field by field, everything else replaced. */
export function merged(base: Fields, over: Fields): Fields {
  const result: Record<string, Json> = { ...base };
  for (const [name, value] of Object.entries(over)) {
    const old = Object.hasOwn(base, name) ? base[name] : undefined;
    const next = isFields(old) && isFields(value) ? merged(old, value) : value;
    // Not by assignment: `__proto__` would change what the object is.
    Object.defineProperty(result, name, { value: next, enumerable: true, writable: true, configurable: true });
  }
  return result;
}
