/** How a run stands, as it goes over the wire: the form of it. */
import { z } from 'zod';
import type { Json } from '../../core/data/json.ts';
import type { Status } from '../../core/run/state.ts';
import { questionView, type QuestionView } from './questions.ts';
import { jsonValue } from '../http/json-value.ts';
import { errorOfRun, type ErrorOfRun, instant, status } from './wire.ts';

/** Tasks in hand that one answer tells at most. */
export const mostTasks = 100;

export interface PendingTask {
  readonly agent: string;
  readonly step: string;
  readonly item?: number | undefined;
  readonly attempt: number;
  readonly data?: Json | undefined;
}

export interface UserDecision {
  readonly step: string;
  readonly at: string;
  readonly by: string;
  readonly choice?: string | undefined;
  readonly value?: Json | undefined;
  readonly note?: string | undefined;
}

export interface PastErrorView {
  readonly step?: string | undefined;
  readonly item?: number | undefined;
  readonly attempt?: number | undefined;
  readonly error: ErrorOfRun;
  readonly at: string;
}

/** What `?fields=` may name. */
export interface StateFields {
  readonly plan_id?: string | undefined;
  readonly phase?: string | undefined;
  readonly current_step?: string | null | undefined;
  readonly current_steps?: readonly string[] | undefined;
  readonly completed_steps?: readonly string[] | undefined;
  readonly failed_steps?: readonly string[] | undefined;
  readonly skipped_steps?: readonly string[] | undefined;
  readonly pending_tasks?: readonly PendingTask[] | undefined;
  readonly input?: Json | undefined;
  readonly results?: Readonly<Record<string, Json>> | undefined;
  readonly user_decisions?: readonly UserDecision[] | undefined;
  readonly error_history?: readonly PastErrorView[] | undefined;
  readonly questions?: readonly QuestionView[] | undefined;
  readonly created_at?: string | undefined;
  readonly updated_at?: string | undefined;
  readonly ended_at?: string | undefined;
  readonly output?: Json | undefined;
  readonly error?: ErrorOfRun | undefined;
  readonly cost?: { readonly limit?: number | undefined; readonly spent: number; readonly reserved: number } | undefined;
  readonly priority?: number | undefined;
  readonly parent_id?: string | undefined;
  readonly forked_from?: { readonly workflow_id: string; readonly step: string } | undefined;
}

export type StateField = keyof StateFields;

export interface RunState extends StateFields {
  readonly workflow_id: string;
  readonly project_id?: string | undefined;
  readonly workflow?: string | undefined;
  readonly status: Status;
  readonly as_of?: string | undefined;
}

const list = <T>(schema: z.ZodType<T>): z.ZodType<readonly T[]> => z.array(schema).readonly();
const steps = list(z.string());

const stateFields: { readonly [F in StateField]: z.ZodType<StateFields[F]> } = {
  plan_id: z.string(),
  phase: z.string().meta({ description: 'Finer than the status: queued, forward, draining, undoing, fallback.' }),
  current_step: z.string().nullable().meta({ description: 'Of the steps that are under way the one that began first.' }),
  current_steps: steps,
  completed_steps: steps.meta({ description: 'In the order in which they were done.' }),
  failed_steps: steps,
  skipped_steps: steps,
  pending_tasks: list<PendingTask>(
    z.object({
      agent: z.string(),
      step: z.string(),
      item: z.int().optional(),
      attempt: z.int(),
      data: jsonValue.optional().meta({ description: 'What the agent was given; left out where that lies in a blob.' }),
    }),
  ).meta({ description: `At most ${mostTasks}.` }),
  input: jsonValue,
  results: z.record(z.string(), jsonValue).readonly().meta({ description: 'The output of each step that is done.' }),
  user_decisions: list<UserDecision>(
    z.object({
      step: z.string(),
      at: instant,
      by: z.string(),
      choice: z.string().optional(),
      value: jsonValue.optional(),
      note: z.string().optional(),
    }),
  ),
  error_history: list<PastErrorView>(
    z.object({
      step: z.string().optional(),
      item: z.int().optional(),
      attempt: z.int().optional(),
      error: errorOfRun,
      at: instant,
    }),
  ).meta({ description: 'The last fifty; the events have all.' }),
  questions: list(questionView),
  created_at: instant,
  updated_at: instant,
  ended_at: instant,
  output: jsonValue,
  error: errorOfRun,
  cost: z.object({ limit: z.number().optional(), spent: z.number(), reserved: z.number() }).meta({ description: 'Dollars.' }),
  priority: z.int(),
  parent_id: z.string(),
  forked_from: z.object({ workflow_id: z.string(), step: z.string() }),
};

// An object of it has the names that it was made of.
export const allFields: readonly StateField[] = Object.keys(stateFields) as StateField[];

export const runState: z.ZodType<RunState> = z
  .object({
    workflow_id: z.string(),
    project_id: z.string().optional(),
    workflow: z.string().optional(),
    status,
    as_of: instant.optional().meta({ description: 'Only while the store is away: this is what was told of the run last.' }),
    ...z.object(stateFields).partial().shape,
  })
  .meta({ id: 'WorkflowState' });
