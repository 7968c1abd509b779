/**
 * A run's state as text, so that a long journal need not be folded again.
 *
 * N1. `restore(save(run))` equals `run`. Vectors are the only thing in a state that
 *     JSON does not have; everything else is carried over as it is, so that a field
 *     added to the state cannot be forgotten here.
 */
import { Vector } from '../data/vector.ts';
import type { Json } from '../data/json.ts';
import type { Run } from './state.ts';

/** Bumped when a state of an older version can no longer be used: the journal is folded instead. */
const version = 3;

export function save(run: Run): string {
  return JSON.stringify({ version, run: pack(run) });
}

/** Undefined when another version of the code saved it. */
export function restore(text: string): Run | undefined {
  const saved = JSON.parse(text) as { readonly version: number; readonly run: Json };
  // The text is what `save` made of a Run, of this version.
  return saved.version === version ? (unpack(saved.run) as Run) : undefined;
}

// User data may have any key: an object of one key that looks like one of ours is wrapped as well.
const vectorKey = '$vector';
const plainKey = '$plain';

function pack(value: unknown): unknown {
  if (value instanceof Vector) return { [vectorKey]: value.toArray().map(pack) };
  if (Array.isArray(value)) return value.map(pack);
  if (typeof value !== 'object' || value === null) return value;
  const packed = Object.fromEntries(Object.entries(value).map(([key, one]) => [key, pack(one)]));
  return Object.hasOwn(packed, vectorKey) || Object.hasOwn(packed, plainKey) ? { [plainKey]: packed } : packed;
}

function unpack(value: Json): unknown {
  if (Array.isArray(value)) return (value as readonly Json[]).map(unpack);
  if (typeof value !== 'object' || value === null) return value;
  const object = value as { readonly [key: string]: Json };
  const vector = object[vectorKey];
  if (Array.isArray(vector) && Object.keys(object).length === 1) return Vector.from((vector as readonly Json[]).map(unpack));
  const plain = object[plainKey];
  const fields =
    typeof plain === 'object' && plain !== null && Object.keys(object).length === 1 ? (plain as { readonly [key: string]: Json }) : object;
  return Object.fromEntries(Object.entries(fields).map(([key, one]) => [key, unpack(one)]));
}
