/** A plan as it is told to whoever handed it in: its steps, and what it will want of whom. */
import { z } from 'zod';
import type { Plan, Step, Worker } from '../../core/plan/model.ts';
import { innerPlanOf } from '../../core/plan/expressions-of.ts';

export interface StepLine {
  readonly id: string;
  readonly kind: string;
  readonly worker?: string | undefined;
  readonly dependencies: string[];
}

export const stepSchema: z.ZodType<StepLine> = z.strictObject({
  id: z.string(),
  kind: z.string(),
  worker: z.string().optional().describe('`agent.action`, `any capability.action`, `workflow name`, or `a plan`.'),
  dependencies: z.array(z.string()),
});

/** An agent, or a capability that any agent may have. */
export interface AgentLine {
  readonly agent?: string | undefined;
  readonly capability?: string | undefined;
  readonly actions: string[];
  readonly known: boolean;
}

export const agentSchema: z.ZodType<AgentLine> = z.strictObject({
  agent: z.string().optional(),
  capability: z.string().optional(),
  actions: z.array(z.string()),
  known: z.boolean().describe('Whether somebody who is registered now has it, on any node.'),
});

export function stepLines({ steps }: Plan): StepLine[] {
  return steps.map((step) => {
    const worker = 'worker' in step ? inWords(step.worker) : undefined;
    return { id: step.id, kind: step.kind, ...(worker === undefined ? {} : { worker }), dependencies: [...step.dependencies] };
  });
}

/** Everybody whom the plan, its fallbacks and the plans in its steps want work of. */
export function agentLines(plan: Plan, knows: (name: string) => boolean): AgentLine[] {
  const lines = new Map<string, AgentLine>();
  for (const step of stepsWithin(plan)) {
    if (!('worker' in step)) continue;
    for (const worker of [step.worker, ...(step.undo === undefined ? [] : [step.undo])]) {
      if (!('action' in worker)) continue;
      const [kind, name] = 'agentId' in worker ? (['agent', worker.agentId] as const) : (['capability', worker.capability] as const);
      const line = lines.get(`${kind} ${name}`) ?? { [kind]: name, actions: [], known: knows(name) };
      lines.set(`${kind} ${name}`, line);
      if (!line.actions.includes(worker.action)) line.actions.push(worker.action);
    }
  }
  return [...lines.values()];
}

function inWords(worker: Worker): string {
  const dotted = (name: string, action: string): string => (action === 'run' ? name : `${name}.${action}`);
  if ('agentId' in worker) return dotted(worker.agentId, worker.action);
  if ('capability' in worker) return `any ${dotted(worker.capability, worker.action)}`;
  return 'workflow' in worker ? `workflow ${worker.workflow}` : 'a plan';
}

export function* stepsWithin(plan: Plan): Generator<Step> {
  for (const step of plan.steps) {
    yield step;
    const inner = innerPlanOf(step);
    if (inner !== undefined) yield* stepsWithin(inner);
  }
  if (plan.fallbackPlan !== undefined) yield* stepsWithin(plan.fallbackPlan);
}
