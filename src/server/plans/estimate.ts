/**
 * What a run of a plan may cost, as far as it is known before.
 *
 * E1. Nothing is guessed: what the plan says, what runs of the same workflow have cost, and what nobody knows yet stand
 *     apart.
 */
import { z } from 'zod';
import type { Plan, Step } from '../../core/plan/model.ts';
import { stepsWithin } from './summary.ts';

export interface Estimate {
  readonly currency: 'USD';
  readonly at_most?: number | undefined;
  readonly on_limit?: 'degrade' | 'ask' | 'stop' | undefined;
  readonly earlier?: { readonly runs: number; readonly mean: number; readonly most: number } | undefined;
  readonly attempts_at_most?: number | undefined;
  readonly unknown: string[];
}

export const estimateSchema: z.ZodType<Estimate> = z.strictObject({
  currency: z.literal('USD'),
  at_most: z.number().optional().describe('What the budget of the plan lets it spend.'),
  on_limit: z.enum(['degrade', 'ask', 'stop']).optional().describe('What happens at the limit of the budget.'),
  earlier: z
    .strictObject({ runs: z.number(), mean: z.number(), most: z.number() })
    .optional()
    .describe('What the last runs of this workflow that succeeded in the project have spent, whatever plan they had.'),
  attempts_at_most: z
    .number()
    .optional()
    .describe('Attempts at agents, where the plan bounds them; what fallback plans and undoing need is not in it.'),
  unknown: z.array(z.string()).describe('Why it cannot be told better, in sentences.'),
});

export function estimateOf(plan: Plan, earlier: readonly number[]): Estimate {
  const attempts = attemptsOf(plan);
  return {
    currency: 'USD',
    ...(plan.budget === undefined ? {} : { at_most: plan.budget.limit, on_limit: plan.budget.onLimit }),
    ...(earlier.length === 0
      ? {}
      : {
          earlier: { runs: earlier.length, mean: earlier.reduce((sum, one) => sum + one, 0) / earlier.length, most: Math.max(...earlier) },
        }),
    ...(attempts === undefined ? {} : { attempts_at_most: attempts }),
    unknown: [...unknownOf(plan, earlier.length > 0)],
  };
}

/** Undefined where something decides at run time how often work is done. */
function attemptsOf(plan: Plan): number | undefined {
  let sum = 0;
  for (const step of plan.steps) {
    if (goesBack(step) || step.kind === 'map' || step.kind === 'call') return undefined;
    if (step.kind === 'step') sum += 1 + (step.retryPolicy?.maxRetries ?? 0);
  }
  return sum;
}

function* unknownOf(plan: Plan, hasRun: boolean): Generator<string> {
  const all = [...stepsWithin(plan)];
  const named = (test: (step: Step) => boolean): string => inWords(all.filter(test).map(({ id }) => id));
  const maps = named(({ kind }) => kind === 'map');
  const calls = named(({ kind }) => kind === 'call');
  const backs = named(goesBack);
  if (plan.budget === undefined) yield 'The plan has no budget, so that nothing bounds what its agents spend.';
  if (!hasRun) yield 'No run of this workflow has succeeded in the project, so that nothing was measured.';
  if (maps !== '') yield `How many items there are is known when the run gets there: ${maps}.`;
  if (calls !== '') yield `What is called is priced by itself: ${calls}.`;
  if (backs !== '') yield `How many rounds are made is decided by what comes out: ${backs}.`;
}

function inWords(ids: readonly string[]): string {
  return ids.length <= 8 ? ids.join(', ') : `${ids.slice(0, 8).join(', ')} and ${ids.length - 8} more`;
}

function goesBack(step: Step): boolean {
  return (step.kind === 'gate' && step.otherwise !== undefined) || (typeof step.onFailure === 'object' && step.onFailure.max !== undefined);
}
