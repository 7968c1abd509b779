/**
 * Expressions, made ready to evaluate: each becomes one function of a scope.
 *
 * X1. Evaluation is pure and cannot reach anything but its scope.
 * X2. What a function of the plan throws, or returns that is not JSON, becomes a
 *     TRANSFORMER_* error; only {@link BlobNeeded} passes through, because it is not
 *     the function's fault: the caller fetches the blob and evaluates again.
 */
import { ContinuoError } from '../errors.ts';
import { bearable } from '../data/bearable.ts';
import { toJson, type Json } from '../data/json.ts';
import { NotJsonError } from '../data/not-json.ts';
import type { CodeRef, Expression } from './model.ts';
import type { CodeTable } from './workflow.ts';

export interface Scope {
  readonly input: Json;
  readonly feedback: Json | undefined;
  readonly run: string;
  readonly item?: Json | undefined;
  readonly index?: number | undefined;
  /** For compensation: what the step got and gave. */
  readonly own?: { readonly input: Json; readonly output: Json } | undefined;
  /** What a function of the plan gets. */
  readonly context: object;
  output(step: string): Json | undefined;
}

export type Evaluate = (scope: Scope) => Json | undefined;

/** Thrown when a value lies in a blob that has not been fetched yet. */
export class BlobNeeded {
  readonly blob: string;
  constructor(blob: string) {
    this.blob = blob;
  }
}

const constant =
  (value: Json): Evaluate =>
  () =>
    value;

function isObject(value: Expression): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isCodeRef(value: Expression | undefined): value is CodeRef {
  return value !== undefined && isObject(value) && typeof value['$code'] === 'string';
}

/** `a.b[0].c` and `a.b.0.c` are the same path. */
export function pathOf(text: string): readonly string[] {
  return text === '' ? [] : text.replaceAll(/\[(\d+)\]/g, '.$1').split('.');
}

export function dig(value: Json | undefined, path: readonly string[], from: number): Json | undefined {
  let here: Json | undefined = value;
  for (let i = from; i < path.length; i++) {
    const key = path[i] ?? '';
    if (Array.isArray(here)) here = key === 'length' ? here.length : here[Number(key)];
    else if (typeof here === 'object' && here !== null && Object.hasOwn(here, key)) here = (here as Readonly<Record<string, Json>>)[key];
    else return undefined;
  }
  return here;
}

function fromPath(text: string): Evaluate {
  const path = pathOf(text);
  const step = path[1] ?? '';
  switch (path[0]) {
    case 'input':
      return (scope) => dig(scope.input, path, 1);
    case 'steps':
      return (scope) => dig(scope.output(step), path, 3);
    case 'feedback':
      return (scope) => dig(scope.feedback, path, 1);
    case 'run':
      return (scope) => scope.run;
    case 'own':
      return (scope) => dig(scope.own, path, 1);
    default:
      throw new ContinuoError('PLAN_INVALID', `"$from": ${JSON.stringify(text)} begins with none of input, steps, feedback, run`);
  }
}

const operators: Readonly<Record<string, (a: Json, b: Json) => boolean>> = {
  '==': (a, b) => a === b || JSON.stringify(a) === JSON.stringify(b),
  '!=': (a, b) => !(a === b || JSON.stringify(a) === JSON.stringify(b)),
  '<': (a, b) => ordered(a, b) && a! < b!,
  '<=': (a, b) => ordered(a, b) && a! <= b!,
  '>': (a, b) => ordered(a, b) && a! > b!,
  '>=': (a, b) => ordered(a, b) && a! >= b!,
  in: (a, b) => Array.isArray(b) && b.includes(a),
  contains: (a, b) => (typeof a === 'string' && typeof b === 'string' ? a.includes(b) : Array.isArray(a) && a.includes(b)),
};

/** Numbers compare with numbers and strings with strings; anything else is simply not so. */
function ordered(a: Json, b: Json): boolean {
  return (typeof a === 'number' && typeof b === 'number') || (typeof a === 'string' && typeof b === 'string');
}

export function truthy(value: Json | undefined): boolean {
  return value !== undefined && value !== null && value !== false && value !== 0 && value !== '';
}

const textOf = (value: Json | undefined): string =>
  value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);

/** Whoever hands a plan in is asked whether he may name the blobs that it names: a name in pieces would pass by that. */
const blobName = /sha256-[0-9a-f]{64}/g;

/** Steps that each join what the one before gave, twice, would come to any length. */
const longestText = 16 * 1024 * 1024;

function joined(parts: readonly string[]): string {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  if (length > longestText) throw new ContinuoError('VALUE_TOO_LARGE', `"$text" came to ${length} characters; it may have ${longestText}`);
  const text = parts.join('');
  for (const [name] of text.matchAll(blobName))
    if (!parts.some((part) => part.includes(name)))
      throw new ContinuoError('REFERENCE_INVALID', '"$text" joined the name of a blob out of pieces; hand the whole name on');
  return text;
}

function list(value: Json | undefined, code: CodeTable): readonly Evaluate[] {
  return (Array.isArray(value) ? (value as readonly Json[]) : [value ?? null]).map((one) => prepare(one, code));
}

function computed(value: { readonly [key: string]: Json }, code: CodeTable): Evaluate | undefined {
  const key = Object.keys(value)[0];
  const argument = key === undefined ? null : (value[key] ?? null);
  switch (key) {
    case '$literal':
      return constant(argument);
    case '$from':
      return fromPath(textOf(argument));
    case '$item': {
      const path = pathOf(textOf(argument));
      return (scope) => dig(scope.item, path, 0);
    }
    case '$index':
      return (scope) => scope.index;
    case '$code':
      return functionNamed(textOf(argument), code);
    case '$first': {
      const parts = list(argument, code);
      return (scope) => {
        for (const part of parts) {
          const found = part(scope);
          if (found !== undefined && found !== null) return found;
        }
        return undefined;
      };
    }
    case '$compare': {
      const [a, operator, b] = argument as readonly Json[];
      const left = prepare(a ?? null, code);
      const right = prepare(b ?? null, code);
      const compare = operators[textOf(operator)];
      if (compare === undefined) throw new ContinuoError('PLAN_INVALID', `"$compare" has no operator ${JSON.stringify(operator)}`);
      return (scope) => compare(left(scope) ?? null, right(scope) ?? null);
    }
    case '$all': {
      const parts = list(argument, code);
      return (scope) => parts.every((part) => truthy(part(scope)));
    }
    case '$any': {
      const parts = list(argument, code);
      return (scope) => parts.some((part) => truthy(part(scope)));
    }
    case '$not': {
      const part = prepare(argument, code);
      return (scope) => !truthy(part(scope));
    }
    case '$text': {
      const parts = list(argument, code);
      return (scope) => joined(parts.map((part) => textOf(part(scope))));
    }
    default:
      return undefined;
  }
}

function functionNamed(name: string, code: CodeTable): Evaluate {
  const fn = code.get(name);
  if (fn === undefined) {
    return () => {
      throw new ContinuoError('PLAN_CODE_MISSING', `the function ${name} of the plan is not loaded`);
    };
  }
  // The table's functions take contexts of many types; the builder has checked that each fits its place.
  const call = fn as (context: object) => unknown;
  return (scope) => {
    let result: unknown;
    try {
      result = call(scope.own ?? scope.context);
    } catch (error) {
      if (error instanceof BlobNeeded || error instanceof ContinuoError) throw error;
      throw new ContinuoError('TRANSFORMER_THREW', `${name} threw: ${error instanceof Error ? error.message : String(error)}`);
    }
    if (result === undefined) return undefined;
    if (typeof result === 'object' && result !== null && typeof (result as { then?: unknown }).then === 'function') {
      throw new ContinuoError('TRANSFORMER_ASYNC', `${name} returned a promise`);
    }
    try {
      return toJson(result, name);
    } catch (error) {
      if (error instanceof NotJsonError) throw new ContinuoError('TRANSFORMER_NOT_JSON', error.message);
      throw error;
    }
  };
}

/** An expression as a function. Parts that compute nothing are evaluated once, here. */
export function prepare(expression: Expression, code: CodeTable): Evaluate {
  const evaluate = unbounded(expression, code);
  if (!isComposed(expression)) return evaluate;
  // It may name what is large again and again.
  return (scope) => {
    const value = evaluate(scope);
    return value === undefined ? undefined : bearable(value);
  };
}

function unbounded(expression: Expression, code: CodeTable): Evaluate {
  if (Array.isArray(expression)) {
    const items = (expression as readonly Json[]).map((item) => unbounded(item, code));
    return (scope) => items.map((item) => item(scope) ?? null);
  }
  if (!isObject(expression)) return constant(expression);
  const special = computed(expression, code);
  if (special !== undefined) return special;
  if (!mentionsDollar(expression)) return constant(expression);
  const fields = Object.entries(expression).map(([key, value]) => [key, unbounded(value, code)] as const);
  return (scope) => Object.fromEntries(fields.map(([key, value]) => [key, value(scope) ?? null]));
}

/** A list or an object with something computed in it, and not itself computed. */
function isComposed(expression: Expression): boolean {
  const isList = Array.isArray(expression);
  return (isList || (isObject(expression) && Object.keys(expression)[0]?.startsWith('$') !== true)) && mentionsDollar(expression);
}

function mentionsDollar(value: Json): boolean {
  if (Array.isArray(value)) return value.some(mentionsDollar);
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, inner]) => key.startsWith('$') || mentionsDollar(inner));
}
