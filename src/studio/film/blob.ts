import { z } from 'zod';
import type { BlobRef } from '../../ports/agent.ts';

/** A blob as it is named in what agents take and give. */
export const blobSchema: z.ZodType<BlobRef> = z.object({ blob: z.string(), bytes: z.number(), type: z.string() });

/** Where a thing that an agent made comes from. */
export interface Provenance {
  /** Id of the agent. */
  readonly agent: string;
  readonly version: string;
  /** Made on this machine by rules, by a program of this machine (a system voice), by a model, or given by the user. */
  readonly by: 'offline' | 'system' | 'model' | 'user';
  readonly model?: string | undefined;
  readonly prompt?: string | undefined;
  readonly seed?: number | undefined;
  /** Ids of the blobs that it was made of. */
  readonly inputs: readonly string[];
}

export const provenanceSchema: z.ZodType<Provenance> = z.object({
  agent: z.string(),
  version: z.string(),
  by: z.enum(['offline', 'system', 'model', 'user']),
  model: z.string().optional(),
  prompt: z.string().optional(),
  seed: z.number().optional(),
  inputs: z.array(z.string()),
});
