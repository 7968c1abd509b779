/**
 * A value cannot be written to the journal and read back as the same value.
 * It has no code of its own: who called knows whether it was an output, an input or a function's result.
 */
export class NotJsonError extends Error {
  override readonly name = 'NotJsonError';
}

const list = 'return an array or an object instead';
const bytes = 'return a base64 string, or put them into a blob and return its reference';
const state = 'it cannot be read, so return the value it stands for';

const mends: { readonly [kind: string]: string } = {
  Map: list,
  Set: 'return an array instead',
  WeakMap: list,
  WeakSet: 'return an array instead',
  WeakRef: 'return the object it refers to',
  Promise: 'await it before returning',
  ArrayBuffer: bytes,
  SharedArrayBuffer: bytes,
  DataView: bytes,
  Error: 'throw it, or return its message',
  RegExp: 'return its source as a string',
  Generator: 'return an array of what it yields',
  AsyncGenerator: 'return an array of what it yields',
  String: 'return a plain string',
  Number: 'return a plain number',
  Boolean: 'return true or false',
  BigInt: 'return a string, or a number if it is small enough',
  Symbol: 'return a string instead',
};

/** The kind of an object whose content JSON would lose, or undefined when its fields say it all. */
export function misfit(value: object, names: readonly string[]): string | undefined {
  const kind = kindOf(value);
  if (ArrayBuffer.isView(value) || Object.hasOwn(mends, kind)) return kind;
  // A class instance without a field of its own (a Response, private state) would silently become {}.
  return names.length === 0 && isClassInstance(value) ? kind : undefined;
}

/** Names what a refused value is, and what to return instead. */
export function mend(value: unknown): string {
  switch (typeof value) {
    case 'number':
      return `${value}, which JSON cannot hold: return null or a finite number`;
    case 'bigint':
      return `a bigint: ${mends['BigInt']}`;
    case 'symbol':
      return `a symbol: ${mends['Symbol']}`;
    case 'function':
      return 'a function: return its result, or leave it out';
    case 'object':
      return value === null ? 'null' : mendObject(value);
    default:
      return `a value of type ${typeof value}: ${state}`;
  }
}

function mendObject(value: object): string {
  const kind = kindOf(value);
  if (ArrayBuffer.isView(value)) return `${article(kind)}: ${kind === 'DataView' ? bytes : `${bytes}; for a few numbers, an array`}`;
  if (Object.hasOwn(mends, kind)) return `${article(kind)}: ${mends[kind]}`;
  return `${article(className(value) ?? kind)} without fields of its own: return a plain object, or give it a toJSON method`;
}

// The tag, not instanceof: it also knows a Map made in another realm (a vm context, a worker).
function kindOf(value: object): string {
  return Object.prototype.toString.call(value).slice(8, -1);
}

function isClassInstance(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  // A prototype that has none itself is Object.prototype, of this realm or another.
  return prototype !== null && Object.getPrototypeOf(prototype) !== null;
}

function className(value: object): string | undefined {
  return typeof value.constructor === 'function' && value.constructor.name !== '' ? value.constructor.name : undefined;
}

function article(kind: string): string {
  return `${/^[AEIO]/.test(kind) ? 'an' : 'a'} ${kind}`;
}
