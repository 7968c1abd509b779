/** Two values as the places where they differ. */
import type { Json } from '../../core/data/json.ts';

export interface Change {
  /** `.scenes[2].title`; empty where the whole value is another. */
  readonly path: string;
  readonly was?: Json;
  readonly would?: Json;
}

export function* changesBetween(was: Json, would: Json, path = ''): Generator<Change> {
  if (was === would) return;
  const [old, fresh] = [membersOf(was), membersOf(would)];
  if (old === undefined || fresh === undefined || Array.isArray(was) !== Array.isArray(would)) {
    if (JSON.stringify(was) !== JSON.stringify(would)) yield { path, was, would };
    return;
  }
  for (const [key, value] of old) {
    const other = fresh.get(key);
    if (other === undefined) yield { path: path + key, was: value };
    else yield* changesBetween(value, other, path + key);
  }
  for (const [key, value] of fresh) if (!old.has(key)) yield { path: path + key, would: value };
}

function membersOf(value: Json): ReadonlyMap<string, Json> | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value)) return new Map((value as readonly Json[]).map((one, at) => [`[${at}]`, one]));
  return new Map(
    Object.entries(value).map(([key, one]) => [/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`, one]),
  );
}
