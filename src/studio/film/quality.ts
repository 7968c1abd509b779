import { z } from 'zod';

/** How much care a film gets: `draft` to look at quickly, `standard` to post, `high` where time does not matter. */
export const qualitySchema: z.ZodEnum<{ draft: 'draft'; standard: 'standard'; high: 'high' }> = z.enum(['draft', 'standard', 'high']);
export type Quality = z.infer<typeof qualitySchema>;
