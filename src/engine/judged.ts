/**
 * Schemas that came as data, and that nobody has read before: whoever wrote one must not be able to stop the process.
 *
 * J1. Judging a value takes a bounded time, whatever patterns the schema has: what goes back over a text again and
 *     again is broken off, and the value does not fit.
 * J2. A schema that leads back to itself without going deeper judges nothing.
 */
import { types } from 'node:util';
import { createContext, Script } from 'node:vm';
import type { ZodType } from 'zod';
import type { StandardSchemaV1 } from '../core/plan/standard-schema.ts';

type Schema = StandardSchemaV1<unknown, unknown>;
type Verdict = ReturnType<Schema['~standard']['validate']>;

const { isNativeError } = types;

/** Milliseconds that everybody else on this node waits at most. */
const patience = 250;

/** What goes on in it can be broken off from outside, which nothing else can do to a regular expression. */
const cell: { judge: () => Verdict } = { judge: () => ({ value: undefined }) };
createContext(cell);
const call = new Script('judge()');

export function judged(schema: ZodType): Schema {
  return { '~standard': { ...schema['~standard'], validate: (value) => inTime(() => verdictOf(schema, value)) } };
}

/** Not by the schema's own `validate`: where that throws, it begins anew, later and unwatched. */
function verdictOf(schema: ZodType, value: unknown): Verdict {
  const { success, data, error } = schema.safeParse(value);
  return success ? { value: data } : { issues: error.issues };
}

function inTime(judge: () => Verdict): Verdict {
  try {
    cell.judge = judge;
    // It is what `judge` gives.
    return call.runInContext(cell, { timeout: patience }) as Verdict;
  } catch (error) {
    if (isNativeError(error) && /call stack/.test(error.message))
      return { issues: [{ message: 'the schema leads back to itself, so that nothing fits it' }] };
    if (isLate(error)) return { issues: [{ message: `the schema takes more than ${patience} ms to judge it; give it simpler patterns` }] };
    throw error;
  } finally {
    cell.judge = () => ({ value: undefined });
  }
}

// An error of the cell is none of this realm's classes.
const isLate = (error: unknown): boolean => isNativeError(error) && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
