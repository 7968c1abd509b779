/** What the routes of plans, blobs and money take and give in common. */
import { z } from 'zod';
import type { PlanSignature } from './signed.ts';

export const projectId: z.ZodString = z.string().min(1).max(128).describe('The project; where a key is bound to one, that one.');
export const planId: z.ZodString = z.string().min(1).max(128);
export const examplePlan = {
  id: 'approval',
  steps: [{ id: 'publish', kind: 'ask', question: 'Which cut is published?', choices: ['publish', 'redo'] }],
} as const;
export const planBody: z.ZodRecord<z.ZodString, z.ZodUnknown> = z.record(z.string().max(256), z.unknown()).meta({
  description: 'A plan as data, in any form that can be read: orchestration plan, state machine, or the normal form.',
  example: examplePlan,
});
export const signature: z.ZodType<PlanSignature> = z.strictObject({
  signer: z.string().min(1).max(128).describe('Name of the key, as the server knows it.'),
  value: z.string().max(128).describe('Ed25519 over the canonical JSON of the plan in its normal form, in base64url.'),
});
export const time: z.ZodISODateTime = z.iso.datetime().describe('UTC, as ISO 8601 says it.');
