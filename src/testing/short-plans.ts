/** Plans in few words, for tests. */
import { parsePlan } from '../core/plan/read.ts';
import { planWorkflow, type AnyWorkflow } from '../core/plan/workflow.ts';

export const plan = (steps: readonly object[], rest: object = {}): AnyWorkflow => planWorkflow(parsePlan({ id: 'p', steps, ...rest }));

/** A step whose input says which it is. */
export const step = (id: string, dependencies: readonly string[] = [], rest: object = {}): object => ({
  id,
  agentId: 'a',
  action: 'do',
  input: { id },
  dependencies,
  ...rest,
});
