/** A problem document, as whoever reads the documentation sees it. */
import { z, type ZodType } from 'zod';
import { catalogue } from '../../core/errors.ts';
import { jsonValue } from '../http/json-value.ts';
import type { Problem } from '../http/problem.ts';

export const problemSchema: ZodType<Problem> = z
  .object({
    type: z.string().meta({ description: 'Where the error is explained: `/errors/<code>`.' }),
    title: z.string(),
    status: z.int().min(400).max(599),
    detail: z.string().meta({ description: 'What was wrong here, and where.' }),
    code: z.enum(Object.keys(catalogue)).meta({ description: 'Stable: programs go by this.' }),
    mend: z.string().meta({ description: 'What to do about it.' }),
    details: jsonValue
      .exactOptional()
      .meta({ description: 'What the error says besides: each field and its problem, the state that forbids it.' }),
    request_id: z.string(),
  })
  .meta({
    id: 'Problem',
    description: 'An error, as RFC 9457 says it.',
    example: {
      type: '/errors/RUN_UNKNOWN',
      title: catalogue.RUN_UNKNOWN.meaning,
      status: 404,
      detail: 'there is no run "wf_7" here',
      code: 'RUN_UNKNOWN',
      mend: catalogue.RUN_UNKNOWN.mend,
      request_id: '0199d3a2-7c1e-7b9a-8a57-2f6f0c1d9e11',
    },
  });
