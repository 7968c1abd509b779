import { z, type ZodType } from 'zod';
import type { Json } from '../../core/data/json.ts';

/** Any JSON: bodies were read as such before, and what is answered is. Zod's own is recursive, which a document cannot say inline. */
export const jsonValue: ZodType<Json, Json> = z.any().meta({ description: 'Any JSON value.' });
