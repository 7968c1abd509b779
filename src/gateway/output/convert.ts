/** One value into another of the wanted type, where nothing is lost by it. */
import type { Json } from '../../core/data/json.ts';

type Fields = { readonly [key: string]: Json };

export function allowedTypes(schema: Fields): readonly string[] {
  const types = [schema['type']].flat();
  return types.filter((type): type is string => typeof type === 'string');
}

export function fitsType(value: Json, type: string): boolean {
  switch (type) {
    case 'null':
      return value === null;
    case 'array':
      return Array.isArray(value);
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    case 'integer':
      return Number.isInteger(value);
    default:
      return typeof value === type;
  }
}

/** Undefined when it cannot be, or not without a guess. */
export function convert(value: Json, type: string): Json | undefined {
  if (Array.isArray(value)) return value.length === 1 ? alone(value[0], type) : undefined;
  switch (type) {
    case 'number':
    case 'integer':
      return typeof value === 'string' ? numberIn(value, type) : undefined;
    case 'boolean':
      return typeof value === 'string' ? ({ true: true, false: false } as Fields)[value.trim().toLowerCase()] : undefined;
    case 'string':
      return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
    case 'array':
      return value === null ? undefined : (jsonIn(value, type) ?? [value]);
    case 'object':
      return jsonIn(value, type);
    default:
      return undefined;
  }
}

function alone(value: Json, type: string): Json | undefined {
  if (fitsType(value, type)) return value;
  return Array.isArray(value) || type === 'array' ? undefined : convert(value, type);
}

const decimal = /^[-+]?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?$/;
/** What a double holds for certain. */
const exactDigits = 15;

function numberIn(text: string, type: string): number | undefined {
  const trimmed = text.trim();
  if (!decimal.test(trimmed)) return undefined;
  const digits = trimmed
    .replace(/[eE].*$/, '')
    .replaceAll(/[^0-9]/g, '')
    .replace(/^0+/, '');
  const value = Number(trimmed);
  if (!Number.isFinite(value) || digits.length > exactDigits) return undefined;
  return type === 'integer' && !Number.isInteger(value) ? undefined : value;
}

/** A list or an object that was written down as a text. */
function jsonIn(value: Json, type: 'array' | 'object'): Json | undefined {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return undefined;
  try {
    // JSON.parse gives JSON.
    const parsed = JSON.parse(value) as Json;
    return fitsType(parsed, type) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** One of the values that `enum` or `const` allow, when the value differs from exactly one of them in letter case, blanks or quotes. */
export function matchAllowed(value: Json, schema: Fields): Json {
  const listed = 'const' in schema ? [schema['const']] : schema['enum'];
  if (!Array.isArray(listed)) return value;
  const allowed: readonly Json[] = listed;
  const given = Array.isArray(value) && value.length === 1 ? (value[0] as Json) : value;
  if (typeof given === 'object' || allowed.includes(value)) return value;
  if (allowed.includes(given)) return given;
  const near = allowed.filter((option) => typeof option !== 'object' && folded(option) === folded(given));
  return near.length === 1 ? (near[0] as Json) : value;
}

function folded(value: Json): string {
  return (typeof value === 'string' ? value : JSON.stringify(value))
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, ' ');
}
