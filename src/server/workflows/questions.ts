/** Questions that wait for a person, as they go over the wire. */
import { z } from 'zod';
import type { Json } from '../../core/data/json.ts';
import type { Question } from '../../core/run/outstanding.ts';
import { jsonValue } from '../http/json-value.ts';
import { instant, isoOf } from './wire.ts';

export interface QuestionView {
  readonly step: string;
  readonly item?: number | undefined;
  readonly question: string;
  readonly show?: Json | undefined;
  readonly choices?: readonly string[] | undefined;
  readonly form?: Json | undefined;
  readonly who?: readonly string[] | undefined;
  readonly deadline?: string | undefined;
  readonly otherwise?: Json | undefined;
  readonly answers: number;
  readonly quorum: number;
}

export const questionView: z.ZodType<QuestionView> = z
  .object({
    step: z.string(),
    item: z.int().optional(),
    question: z.string(),
    show: jsonValue.optional(),
    choices: z.array(z.string()).readonly().optional(),
    form: jsonValue.optional().meta({ description: 'A JSON Schema of the answer.' }),
    who: z.array(z.string()).readonly().optional().meta({ description: 'Who may answer; everybody when absent.' }),
    deadline: instant.optional(),
    otherwise: jsonValue.optional().meta({ description: 'What is taken for the answer at the deadline.' }),
    answers: z.int(),
    quorum: z.int(),
  })
  .meta({ id: 'Question' });

export function questionOf({ held: _held, deadline, ...rest }: Question): QuestionView {
  return { ...rest, ...(deadline === undefined ? {} : { deadline: isoOf(deadline) }) };
}
