/** What can be started by its name. */
import { z } from 'zod';
import type { App } from '../http/app.ts';
import type { ServerParts } from '../parts.ts';
import { jsonValue } from '../http/json-value.ts';

const workflowType = z
  .object({
    workflow: z.string(),
    description: z.string().optional(),
    version: z.string().optional(),
    plan_id: z.string(),
    steps: z.array(z.object({ id: z.string(), kind: z.string(), dependencies: z.array(z.string()).readonly() })),
    input: jsonValue.optional().meta({ description: 'A JSON Schema of what it is started with, where there is one.' }),
    budget: z.number().optional().meta({ description: 'Dollars.' }),
  })
  .meta({ id: 'WorkflowType' });

export function workflowTypeRoutes(app: App, { orchestrator }: ServerParts): void {
  app.get(
    '/api/v1/workflow-types',
    {
      config: { access: { scope: 'read', of: 'some' } },
      schema: {
        tags: ['workflows'],
        operationId: 'listWorkflowTypes',
        summary: 'Workflows that can be started by their names',
        response: { 200: z.object({ workflow_types: z.array(workflowType) }) },
      },
    },
    async () => ({
      workflow_types: orchestrator.workflows().map(({ id, hash, plan: { description, version, steps, input, budget } }) => ({
        workflow: id,
        ...(description === undefined ? {} : { description }),
        ...(version === undefined ? {} : { version }),
        plan_id: hash,
        steps: steps.map((step) => ({ id: step.id, kind: step.kind, dependencies: step.dependencies })),
        ...(input === undefined ? {} : { input }),
        ...(budget === undefined ? {} : { budget: budget.limit }),
      })),
    }),
  );
}
