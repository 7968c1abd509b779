/** Whether everybody that a workflow names is there: looked at before anything is written down. */
import { ContinuoError } from '../../core/errors.ts';
import type { Plan, Step } from '../../core/plan/model.ts';
import type { AnyWorkflow } from '../../core/plan/workflow.ts';
import { Registry } from '../../engine/registry.ts';
import { emptyLibrary } from './empty-library.ts';
import type { Loaded } from './load.ts';

export interface Lack {
  readonly path: string;
  readonly code: 'AGENT_UNKNOWN' | 'WORKFLOW_UNKNOWN';
  readonly problem: string;
}

/** Who is missing for the workflow and those that it calls. */
export function lacking({ workflow, agents, workflows }: Loaded): readonly Lack[] {
  const registry = new Registry();
  for (const agent of agents) registry.register(agent);
  const library = emptyLibrary();
  for (const one of workflows) library.register(one);
  const seen = new Set<AnyWorkflow>();
  const lacks: Lack[] = [];
  const look = (one: AnyWorkflow, prefix: string): void => {
    if (seen.has(one)) return;
    seen.add(one);
    lookAt(one.plan, prefix, registry, lacks, (name, path) => {
      try {
        look(library.named(name), `${path} (${name}): `);
      } catch (error) {
        if (!(error instanceof ContinuoError)) throw error;
        lacks.push({ path, code: 'WORKFLOW_UNKNOWN', problem: error.message });
      }
    });
  };
  look(workflow, '');
  return lacks;
}

function lookAt(plan: Plan, prefix: string, registry: Registry, lacks: Lack[], call: (name: string, path: string) => void): void {
  for (const [place, step] of plan.steps.entries()) {
    const path = `${prefix}steps[${place}]`;
    const { fallbackPlan: _, ...rest } = plan;
    for (const problem of registry.missing({ ...rest, steps: [step] })) lacks.push({ path, code: 'AGENT_UNKNOWN', problem });
    const called = calledBy(step);
    if (called !== undefined) call(called, path);
  }
  if (plan.fallbackPlan !== undefined) lookAt(plan.fallbackPlan, `${prefix}fallbackPlan.`, registry, lacks, call);
}

function calledBy(step: Step): string | undefined {
  return 'worker' in step && 'workflow' in step.worker ? step.worker.workflow : undefined;
}

export function mustLackNothing(loaded: Loaded): void {
  const lacks = lacking(loaded);
  const [first] = lacks;
  if (first === undefined) return;
  const hint = loaded.hasAgents ? '' : ' (no --agents file was given)';
  throw new ContinuoError(
    first.code,
    `${loaded.workflow.id} cannot run here${hint}:\n${lacks.map(({ path, problem }) => `  ${path}: ${problem}`).join('\n')}`,
    lacks.map(({ path, problem }) => ({ path, problem })),
  );
}
