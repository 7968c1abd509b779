/** Where the expressions of a plan stand, and what each may read. */
import { isList, isObject } from './fields.ts';
import type { Expression, Plan, Step } from './model.ts';

export interface Spot {
  readonly path: string;
  readonly expression: Expression;
  /**
   * What it is evaluated for: a `step` (the run's input, and what precedes), an `item` of
   * a map besides, a step's `undo` (what the step got and gave), the `end` of the run
   * (everything), or its `start` (the input alone).
   */
  readonly at: 'step' | 'item' | 'undo' | 'end' | 'start';
}

export function expressionsOf(step: Step, path: string): readonly Spot[] {
  const spots: Spot[] = [];
  const add = (field: string, expression: Expression | undefined, at: Spot['at'] = 'step'): void => {
    if (expression !== undefined) spots.push({ path: `${path}.${field}`, expression, at });
  };
  add('when', step.when);
  switch (step.kind) {
    case 'step':
    case 'call':
      add('input', step.input);
      break;
    case 'map':
      add('over', step.over);
      add('input', step.input, 'item');
      break;
    case 'gate':
      add('test', step.test);
      add('otherwise.keepBest', step.otherwise?.keepBest);
      break;
    case 'branch':
      add('choose', step.choose);
      break;
    case 'ask':
      add('question', step.question);
      add('show', step.show);
      break;
    case 'wait':
      add('for.until', 'until' in step.for ? step.for.until : undefined);
      break;
    case 'emit':
      add('data', step.data);
      break;
  }
  if ('worker' in step) {
    add('worker.plan', 'plan' in step.worker ? step.worker.plan : undefined);
    add('undo.input', step.undo?.input, 'undo');
  }
  return spots;
}

/** The expressions that belong to no step. */
export function ownExpressionsOf(plan: Plan): readonly Spot[] {
  const spots: Spot[] = [];
  if (plan.concurrency !== undefined) spots.push({ path: 'concurrency.key', expression: plan.concurrency.key, at: 'start' });
  if (plan.output !== undefined) spots.push({ path: 'output', expression: plan.output, at: 'end' });
  return spots;
}

/** A plan that is written inside a step. */
export function innerPlanOf(step: Step): Plan | undefined {
  if (!('worker' in step) || !('plan' in step.worker)) return undefined;
  const plan = step.worker.plan;
  const literal = isObject(plan) && '$literal' in plan && Object.keys(plan).length === 1 ? plan['$literal'] : undefined;
  // Reading brings a plan that stands here to the normal form, and leaves what is none as it is.
  return isObject(literal) && isList(literal['steps']) ? (literal as unknown as Plan) : undefined;
}
