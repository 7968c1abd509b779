/** A problem in a list of outcomes: what happened to one of many. */
import { z } from 'zod';
import type { Json } from '../../core/data/json.ts';
import { problemOf } from '../http/problem.ts';
import { jsonValue } from '../http/json-value.ts';

export interface ProblemInList {
  readonly code: string;
  readonly status: number;
  readonly detail: string;
  readonly mend: string;
  readonly details?: Json | undefined;
}

export const problemInList: z.ZodType<ProblemInList> = z
  .object({ code: z.string(), status: z.int(), detail: z.string(), mend: z.string(), details: jsonValue.optional() })
  .meta({ id: 'ProblemInList' });

export function problemInListOf(error: unknown, request: string): ProblemInList {
  const { code, status, detail, mend, details } = problemOf(error, request);
  return { code, status, detail, mend, ...(details === undefined ? {} : { details }) };
}
