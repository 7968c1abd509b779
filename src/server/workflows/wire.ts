/** What requests and answers about runs are made of. */
import { z } from 'zod';
import type { Status } from '../../core/run/state.ts';

/** Names go into indexes, metrics and messages: no control characters. */
const name = (longest: number): z.ZodString =>
  z
    .string()
    .min(1)
    .max(longest)
    .regex(/^[^\p{Cc}]+$/u);

export const projectId: z.ZodString = name(128);
export const workflowName: z.ZodString = name(200);
export const stepId: z.ZodString = name(200);
export const signalName: z.ZodString = name(200);
export const agentId: z.ZodString = name(200);
export const runId: z.ZodString = z
  .string()
  .min(1)
  .max(1000)
  .regex(/^[A-Za-z0-9._~-]+$/);

export const status: z.ZodType<Status, Status> = z.enum(['running', 'waiting', 'paused', 'succeeded', 'failed', 'cancelled']);

export const instant: z.ZodString = z.string().meta({ description: 'ISO 8601, in UTC.' });

export const runParams: z.ZodObject<{ id: z.ZodString }> = z.object({ id: runId });
export const projectParams: z.ZodObject<{ id: z.ZodString }> = z.object({ id: projectId });

export const pageLimit: z.ZodDefault<z.ZodCoercedNumber> = z.coerce.number().int().min(1).max(500).default(50);

/** Opaque to whoever gets it. */
export const pageCursor: z.ZodString = z.string().min(1).max(2000).meta({ description: 'Where the page before said that it goes on.' });

export interface ErrorOfRun {
  readonly code: string;
  readonly message: string;
}

export const errorOfRun: z.ZodType<ErrorOfRun> = z.object({ code: z.string(), message: z.string() });

/** Of answers that are made into text by their handlers. */
export const jsonType = 'application/json; charset=utf-8';

export const isoOf = (at: number): string => new Date(at).toISOString();
