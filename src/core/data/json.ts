// J1. What `toJson` returns equals what `JSON.parse(JSON.stringify(it))` returns: a run sees the same value live and on replay.
// J2. A value that already is plain JSON comes back as the same reference, deeply frozen.
// J3. An object that must change is copied; the agent's own object is then left as it was.
// J4. Frozen objects are walked again: an agent can freeze a Map holder too, and remembering
//     our own in a WeakSet costs every new object more than the second walk costs the few old ones.
import { NotJsonError, misfit, mend } from './not-json.ts';

export { NotJsonError };

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const deepest = 1000;

// Below this depth a repeated ancestor is looked for. A circle always gets here, so shallow values never pay for the search.
const suspicious = 16;

/** An object or array on the way to what is looked at. */
type Place = {
  readonly value: object;
  readonly key: string | number;
  readonly depth: number;
  readonly holder: Place | Where;
};

/** Where the way begins: what the whole value is, in messages. */
type Where = { readonly name: string; readonly depth: -1 };

type Fields = { readonly [key: string]: unknown };

export function toJson(value: unknown, where: string): Json {
  return clean(value, '', { name: where, depth: -1 }) ?? null;
}

/** Returns undefined where JSON has nothing to say: the field is dropped, the array entry becomes null. */
function clean(value: unknown, key: string | number, holder: Place | Where): Json | undefined {
  switch (typeof value) {
    case 'string':
    case 'boolean':
    case 'undefined':
      return value;
    case 'number':
      if (!Number.isFinite(value)) throw refuse(value, key, holder);
      return value === 0 ? 0 : value;
    case 'object':
      return value === null ? null : cleanObject(value, key, holder);
    default:
      throw refuse(value, key, holder);
  }
}

function cleanObject(value: object, key: string | number, holder: Place | Where): Json | undefined {
  if ('toJSON' in value && typeof value.toJSON === 'function') {
    const replaced: unknown = value.toJSON(String(key));
    // Like JSON.stringify, the replacement's own toJSON is not asked again: `return this` would never end.
    if (typeof replaced !== 'object' || replaced === null) return clean(replaced, key, holder);
    return cleanFields(replaced, key, holder);
  }
  return cleanFields(value, key, holder);
}

function cleanFields(value: object, key: string | number, holder: Place | Where): Json {
  const here: Place = { value, key, depth: holder.depth + 1, holder };
  if (here.depth > suspicious) guardDepth(here);
  return Array.isArray(value) ? cleanArray(value, here) : cleanRecord(value, here);
}

function cleanArray(value: readonly unknown[], here: Place): Json {
  let copy: Json[] | undefined = isPlainArray(value) ? undefined : [];
  for (let i = 0; i < value.length; i++) {
    const before = value[i];
    const after = clean(before, i, here) ?? null;
    // The entries before `i` came back unchanged, so they are JSON already.
    if (copy === undefined && !Object.is(before, after)) copy = value.slice(0, i) as Json[];
    if (copy !== undefined) copy[i] = after;
  }
  // Without a copy every entry came back unchanged, so the array is JSON.
  return Object.freeze(copy ?? (value as readonly Json[]));
}

function cleanRecord(value: object, here: Place): Json {
  const names = Object.keys(value);
  const plain = isPlainRecord(value, names);
  if (!plain && misfit(value, names) !== undefined) throw refuse(value, here.key, here.holder);
  // Any object can be read by its own keys; what is read stays unknown.
  const fields = value as Fields;
  let copy: Record<string, Json> | undefined = plain ? undefined : {};
  for (let i = 0; i < names.length; i++) {
    // `i` is below the length.
    const name = names[i] as string;
    const before = fields[name];
    const after = clean(before, name, here);
    // The fields before `i` came back unchanged, so they are JSON already.
    if (copy === undefined && (after === undefined || !Object.is(before, after)))
      copy = firstFields(fields as Record<string, Json>, names, i);
    if (copy !== undefined && after !== undefined) put(copy, name, after);
  }
  // Without a copy every field came back unchanged, so the object is JSON.
  return Object.freeze(copy ?? (value as { readonly [key: string]: Json }));
}

function firstFields(from: Record<string, Json>, names: readonly string[], count: number): Record<string, Json> {
  const copy: Record<string, Json> = {};
  // Each name is a key of `from`.
  for (const name of names.slice(0, count)) put(copy, name, from[name] as Json);
  return copy;
}

function put(target: Record<string, Json>, name: string, value: Json): void {
  // Assigning to `__proto__` would replace the prototype; JSON.parse makes it a field, so this does too.
  if (name === '__proto__') Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
  else target[name] = value;
}

function isPlainArray(value: readonly unknown[]): boolean {
  // `index`: a RegExp match is the array people return that carries named fields, which JSON loses.
  return Object.getPrototypeOf(value) === Array.prototype && !Object.hasOwn(value, 'index');
}

/** Hidden fields, symbols and getters would be lost or change on replay, so an object with any is not plain. */
function isPlainRecord(value: object, names: readonly string[]): boolean {
  if (Object.getPrototypeOf(value) !== Object.prototype) return false;
  // Two calls instead of Reflect.ownKeys, which is several times slower.
  if (Object.getOwnPropertyNames(value).length !== names.length) return false;
  if (Object.getOwnPropertySymbols(value).length !== 0) return false;
  for (const name of names) {
    const field = Object.getOwnPropertyDescriptor(value, name);
    if (field?.get !== undefined || field?.set !== undefined) return false;
  }
  return true;
}

function guardDepth(here: Place): void {
  for (let above = here.holder; 'value' in above; above = above.holder) {
    if (above.value !== here.value) continue;
    const again = `${pathTo(above.key, above.holder)} again`;
    throw new NotJsonError(`${pathTo(here.key, here.holder)} is circular (it is ${again}): return an id instead of the object`);
  }
  if (here.depth > deepest) {
    throw new NotJsonError(`${wholeOf(here)} is nested more than ${deepest} levels deep: return a flatter value, such as a list`);
  }
}

function refuse(value: unknown, key: string | number, holder: Place | Where): NotJsonError {
  return new NotJsonError(`${pathTo(key, holder)} is ${mend(value)}`);
}

function wholeOf(place: Place | Where): string {
  let here = place;
  while ('value' in here) here = here.holder;
  return here.name;
}

function pathTo(key: string | number, holder: Place | Where): string {
  if (!('value' in holder)) return holder.name;
  const path = pathTo(holder.key, holder.holder);
  if (typeof key === 'number') return `${path}[${key}]`;
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`;
}
