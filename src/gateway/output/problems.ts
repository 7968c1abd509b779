/** What a validator found, in words for people and for models. */
import type { ErrorObject } from 'ajv';
import type { Json } from '../../core/data/json.ts';

export interface Problem {
  /** `scenes/2/duration`; empty for the whole. */
  readonly path: string;
  readonly message: string;
}

const most = 20;
const shown = 60;

export function problemsOf(value: Json, errors: readonly ErrorObject[]): readonly Problem[] {
  const problems = new Map<string, Problem>();
  for (const error of errors) {
    const problem = { path: pathOf(error), message: messageOf(error, valueAt(value, error.instancePath)) };
    problems.set(sentence(problem), problem);
    if (problems.size === most) break;
  }
  return [...problems.values()];
}

export function sentence({ path, message }: Problem): string {
  return `${path === '' ? 'the whole' : path}: ${message}`;
}

function pathOf({ instancePath, params, keyword }: ErrorObject): string {
  const field =
    keyword === 'required' ? params['missingProperty'] : keyword === 'additionalProperties' ? params['additionalProperty'] : undefined;
  const keys = keysOf(instancePath);
  return (typeof field === 'string' ? [...keys, field] : keys).join('/');
}

function messageOf({ keyword, params, message }: ErrorObject, value: Json | undefined): string {
  const is = value === undefined ? '' : `, is ${excerpt(value)}`;
  switch (keyword) {
    case 'required':
      return 'is missing';
    case 'additionalProperties':
      return 'is no field of the schema';
    case 'type':
      return `must be ${[params['type']].flat().map(named).join(' or ')}${is}`;
    case 'enum':
      return `must be one of ${listed(params['allowedValues'])}${is}`;
    case 'const':
      return `must be ${excerpt(params['allowedValue'])}${is}`;
    case 'anyOf':
    case 'oneOf':
      return `fits none of the forms that the schema allows${is}`;
    default:
      return `${(message ?? `does not fit ${keyword}`).replace('must NOT have', 'must not have')}${is}`;
  }
}

const articles: Readonly<Record<string, string>> = { integer: 'a whole number', object: 'an object', array: 'a list', null: 'null' };

function named(type: unknown): string {
  return articles[String(type)] ?? `a ${String(type)}`;
}

function listed(values: unknown): string {
  return Array.isArray(values) ? values.slice(0, most).map(excerpt).join(', ') : excerpt(values);
}

function excerpt(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > shown ? `${text.slice(0, shown)}…` : text;
}

function keysOf(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function valueAt(value: Json, pointer: string): Json | undefined {
  let at: Json | undefined = value;
  for (const key of keysOf(pointer)) {
    if (typeof at !== 'object' || at === null) return undefined;
    // A list has its items under their numbers.
    at = (at as { readonly [key: string]: Json })[key];
  }
  return at;
}
