/**
 * Expressions, made ready to evaluate: each becomes one function of a scope.
 *
 * X1. Evaluation is pure and cannot reach anything but its scope.
 * X2. What a function of the plan throws, or returns that is not JSON, becomes a
 *     TRANSFORMER_* error; only {@link BlobNeeded} passes through, because it is not
 *     the function's fault: the caller fetches the blob and evaluates again.
 * X3. The work of one evaluation is counted and bounded, and with it the size of what it makes: texts and lists that
 *     double from step to step end in VALUE_TOO_LARGE.
 */
import { ContinuoError } from '../errors.ts';
import { toJson, type Json } from '../data/json.ts';
import { NotJsonError } from '../data/not-json.ts';
import { isSame } from '../data/same.ts';
import { TooMuchWork, Work } from '../schema/work.ts';
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

/** A part of an expression, which shares its work with the others. */
type Part = (scope: Scope, work: Work) => Json | undefined;

/** Characters and values that one expression may make and compare. */
const mostWork = 32 * 1024 * 1024;

/** Thrown when a value lies in a blob that has not been fetched yet. */
export class BlobNeeded {
  readonly blob: string;
  constructor(blob: string) {
    this.blob = blob;
  }
}

const constant =
  (value: Json): Part =>
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

function fromPath(text: string): Part {
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

const operators: Readonly<Record<string, (a: Json, b: Json, work: Work) => boolean>> = {
  '==': isSame,
  '!=': (a, b, work) => !isSame(a, b, work),
  '<': (a, b) => ordered(a, b) && a! < b!,
  '<=': (a, b) => ordered(a, b) && a! <= b!,
  '>': (a, b) => ordered(a, b) && a! > b!,
  '>=': (a, b) => ordered(a, b) && a! >= b!,
  in: (a, b, work) => Array.isArray(b) && holds(b, a, work),
  contains: (a, b, work) => {
    if (typeof a !== 'string' || typeof b !== 'string') return Array.isArray(a) && holds(a, b, work);
    work.spend(a.length);
    return a.includes(b);
  },
};

function holds(items: readonly Json[], one: Json, work: Work): boolean {
  work.spend(items.length);
  return items.includes(one);
}

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

function joined(parts: readonly string[]): string {
  const text = parts.join('');
  for (const [name] of text.matchAll(blobName))
    if (!parts.some((part) => part.includes(name)))
      throw new ContinuoError('REFERENCE_INVALID', '"$text" joined the name of a blob out of pieces; hand the whole name on');
  return text;
}

function list(value: Json | undefined, code: CodeTable): readonly Part[] {
  return (Array.isArray(value) ? (value as readonly Json[]) : [value ?? null]).map((one) => ready(one, code));
}

/** What may give much. */
const specials = new Set(['$from', '$item', '$first', '$text', '$code']);

function computed(value: { readonly [key: string]: Json }, code: CodeTable): Part | undefined {
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
      return (scope, work) => {
        for (const part of parts) {
          const found = part(scope, work);
          if (found !== undefined && found !== null) return found;
        }
        return undefined;
      };
    }
    case '$compare': {
      const [a, operator, b] = argument as readonly Json[];
      const left = ready(a ?? null, code);
      const right = ready(b ?? null, code);
      const compare = operators[textOf(operator)];
      if (compare === undefined) throw new ContinuoError('PLAN_INVALID', `"$compare" has no operator ${JSON.stringify(operator)}`);
      return (scope, work) => compare(left(scope, work) ?? null, right(scope, work) ?? null, work);
    }
    case '$all': {
      const parts = list(argument, code);
      return (scope, work) => parts.every((part) => truthy(part(scope, work)));
    }
    case '$any': {
      const parts = list(argument, code);
      return (scope, work) => parts.some((part) => truthy(part(scope, work)));
    }
    case '$not': {
      const part = ready(argument, code);
      return (scope, work) => !truthy(part(scope, work));
    }
    case '$text': {
      const parts = list(argument, code);
      return (scope, work) => joined(parts.map((part) => counted(textOf(part(scope, work)), work)));
    }
    default:
      return undefined;
  }
}

function counted(text: string, work: Work): string {
  work.spend(text.length);
  return text;
}

function functionNamed(name: string, code: CodeTable): Part {
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
  if (!mentionsDollar(expression)) return () => expression;
  const part = ready(expression, code);
  return (scope) => {
    try {
      return part(scope, new Work(mostWork));
    } catch (error) {
      if (!(error instanceof TooMuchWork)) throw error;
      throw new ContinuoError('VALUE_TOO_LARGE', `an expression of the plan makes or compares more than ${mostWork} characters and values`);
    }
  };
}

function ready(expression: Expression, code: CodeTable): Part {
  if (Array.isArray(expression)) {
    const items = (expression as readonly Json[]).map((item) => within(item, code));
    return (scope, work) => items.map((item) => item(scope, work) ?? null);
  }
  if (!isObject(expression)) return constant(expression);
  const special = computed(expression, code);
  if (special !== undefined) return special;
  if (!mentionsDollar(expression)) return constant(expression);
  const fields = Object.entries(expression).map(([key, value]) => [key, within(value, code)] as const);
  return (scope, work) => Object.fromEntries(fields.map(([key, value]) => [key, value(scope, work) ?? null]));
}

/** As part of something new. What the plan says itself is as large as it stands there. */
function within(expression: Expression, code: CodeTable): Part {
  const part = ready(expression, code);
  const computes = isObject(expression) && specials.has(Object.keys(expression)[0] ?? '');
  return computes ? (scope, work) => measured(part(scope, work) ?? null, work) : part;
}

/** What goes into something new is as large there as where it came from, however often it goes in. */
function measured(value: Json, work: Work): Json {
  const open: Json[] = [value];
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    if (typeof one === 'string') work.spend(one.length + 1);
    else if (typeof one !== 'object' || one === null) work.spend(1);
    else {
      const inner = Object.values(one);
      work.spend(1 + inner.length);
      // Not spread: there may be more than a call takes arguments.
      for (const part of inner) open.push(part);
    }
  }
  return value;
}

function mentionsDollar(value: Json): boolean {
  if (Array.isArray(value)) return value.some(mentionsDollar);
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, inner]) => key.startsWith('$') || mentionsDollar(inner));
}
