import { z } from 'zod';

/** Where a reader stopped: the cursor of the last message that he read. */
export const cursorText: z.ZodString = z
  .string()
  .regex(/^\d{1,15}(\.\d)?$/, 'must be a cursor: the number that a message came with')
  .meta({ description: 'The cursor of the last message that was read; 0, and when absent: from the beginning.', example: '12' });
