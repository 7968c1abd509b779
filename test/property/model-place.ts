/** A step in a run, as the model keeps it, and the small rules about one. */
import type { Json } from '../../src/core/data/json.ts';
import type { RetryPolicy, Step } from '../../src/core/plan/model.ts';
import type { StepView } from './facts.ts';

/** A piece of work: a step's, or one item's. */
export interface Task {
  is: 'idle' | 'running' | 'backoff' | 'done' | 'failed';
  attempt: number;
  /** Since it last began anew: by a new visit, or by hand. */
  retries: number;
  /** Attempts in a row that were lost with whoever made them. */
  losses: number;
  first: number;
  retryAt: number;
  output: Json;
}

export interface Vote {
  readonly by: string;
  readonly choice: string;
}

/** A step in its present visit. Instants are in the run's own time. */
export interface Place {
  readonly step: Step;
  is: 'open' | 'active' | 'done' | 'skipped' | 'failed';
  /** How many visits it has had, and which of them stands. */
  visits: number;
  visit: number;
  /** It began in this visit and was cut off or failed: a retry goes on with it. */
  kept: boolean;
  began: number;
  tasks: Task[];
  votes: Vote[];
  due: number | undefined;
  feedback: Json | undefined;
  output: Json;
  order: number;
  undone: boolean;
  code: string;
  handled: boolean;
}

export interface Loop {
  rounds: number;
  best?: { readonly score: number; readonly round: number; readonly places: readonly Place[] };
}

export const freshTask = (): Task => ({ is: 'idle', attempt: 0, retries: 0, losses: 0, first: 0, retryAt: 0, output: null });

export const freshPlace = (step: Step): Place => ({
  step,
  is: 'open',
  visits: 0,
  visit: 0,
  kept: false,
  began: 0,
  tasks: [],
  votes: [],
  due: undefined,
  feedback: undefined,
  output: null,
  order: 0,
  undone: false,
  code: '',
  handled: false,
});

export function viewOf({ is, output, undone, code }: Place): StepView {
  if (is === 'done') return { done: output, ...(undone ? { undone: true } : {}) };
  if (is === 'failed') return { failed: code };
  return is === 'skipped' ? 'skipped' : 'open';
}

export function wantedBy(step: Step): string | undefined {
  if (step.kind !== 'wait') return undefined;
  return 'signal' in step.for ? step.for.signal : 'event' in step.for ? `event:${step.for.event}` : undefined;
}

/** "With `only`, errors with these codes; otherwise every error, except …" */
export function mayRetry(policy: RetryPolicy, { code, retryable }: { code: string; retryable?: boolean }, retries: number): boolean {
  if (retries >= policy.maxRetries) return false;
  if (policy.only !== undefined) return policy.only.includes(code);
  return policy.except?.includes(code) !== true && (retryable ?? code !== 'INPUT_INVALID');
}

/** Before the first retry, the second, …: fixed 1, 1, 1; linear 1, 2, 3; exponential 1, 2, 4. */
export function delayOf({ backoff, backoffMs, capMs = Infinity }: RetryPolicy, retry: number): number {
  const times = backoff === 'fixed' ? 1 : backoff === 'linear' ? retry : 2 ** (retry - 1);
  return Math.min(backoffMs * times, capMs);
}
