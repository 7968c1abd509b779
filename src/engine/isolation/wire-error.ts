import { format } from 'node:util';
import { toJson, type Json } from '../../core/data/json.ts';
import { catalogue, ContinuoError, type ErrorCode } from '../../core/errors.ts';

/** An error on its way into another process. */
export interface WireError {
  /** Whether it comes back as a ContinuoError. */
  readonly ours: boolean;
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  readonly retryable?: boolean;
  readonly details?: Json;
  readonly stack?: string;
  readonly cause?: WireError;
}

// A cause may be its own ancestor.
const deepestCause = 4;

type Shape = { readonly [field in 'name' | 'message' | 'code' | 'retryable' | 'details' | 'stack' | 'cause']?: unknown };

/** Whatever was thrown, an Error or not. */
export function toWire(thrown: unknown, depth = 0): WireError {
  // Any object may be asked for fields that it may not have; what comes is unknown.
  const shape: Shape = typeof thrown === 'object' && thrown !== null ? thrown : {};
  const name = text(shape.name) ?? 'Error';
  const code = text(shape.code);
  const details = detailsOf(shape.details);
  const stack = text(shape.stack);
  return {
    ours: thrown instanceof ContinuoError,
    name,
    message: text(shape.message) ?? (thrown instanceof Error ? name : format('%s', thrown)),
    ...(code === undefined ? {} : { code }),
    ...(typeof shape.retryable === 'boolean' ? { retryable: shape.retryable } : {}),
    ...(details === undefined ? {} : { details }),
    ...(stack === undefined ? {} : { stack }),
    ...(shape.cause instanceof Error && depth < deepestCause ? { cause: toWire(shape.cause, depth + 1) } : {}),
  };
}

export function fromWire(wire: WireError): Error {
  const { code, message, details, retryable } = wire;
  const ours = wire.ours && code !== undefined && isOurs(code);
  const error = ours ? new ContinuoError(code, message, details) : new Error(message);
  if (!ours) {
    hide(error, 'name', wire.name);
    Object.assign(error, {
      ...(code === undefined ? {} : { code }),
      ...(retryable === undefined ? {} : { retryable }),
      ...(details === undefined ? {} : { details }),
    });
  }
  if (wire.stack !== undefined) hide(error, 'stack', wire.stack);
  if (wire.cause !== undefined) hide(error, 'cause', fromWire(wire.cause));
  return error;
}

function isOurs(code: string): code is ErrorCode {
  return Object.hasOwn(catalogue, code);
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Details that cannot be written down are left behind: the error itself matters more. */
function detailsOf(value: unknown): Json | undefined {
  if (value === undefined) return undefined;
  try {
    // A copy, because toJson freezes and the error is the agent's own.
    return toJson(structuredClone(value), 'details');
  } catch {
    return undefined;
  }
}

/** As the fields of a native error are: not enumerable. */
function hide(error: Error, field: 'name' | 'stack' | 'cause', value: unknown): void {
  Object.defineProperty(error, field, { value, writable: true, configurable: true, enumerable: false });
}
