/** What is checked before a run is accepted: nothing that cannot run is written down. */
import { toJson, NotJsonError, type Json } from '../core/data/json.ts';
import { ContinuoError, type ErrorCode } from '../core/errors.ts';
import type { StandardSchemaV1 } from '../core/plan/standard-schema.ts';
import { parsePlan } from '../core/plan/read.ts';
import { judgeOf } from '../core/schema/judge.ts';
import { isWorkflow, planWorkflow, type AnyWorkflow } from '../core/plan/workflow.ts';
import type { Backend } from '../ports/backend.ts';
import type { Registry } from './registry.ts';
import type { Library } from './library.ts';
import { check } from './schema.ts';

/** A workflow, the name of a registered one, or a plan in any accepted form. */
export type Startable = AnyWorkflow | string | object;

export function workflowOf(what: Startable, library: Library): AnyWorkflow {
  if (typeof what === 'string') return library.named(what);
  return isWorkflow(what) ? what : planWorkflow(parsePlan(what));
}

/** The workflows that the plan calls by name are registered. */
export function mustKnowWorkflows(workflow: AnyWorkflow, library: Library): void {
  for (const step of workflow.plan.steps) if ('worker' in step && 'workflow' in step.worker) library.named(step.worker.workflow);
}

/** Everybody that the plan wants work of is there, here or on other nodes: agents, and workflows that it calls by name. */
export async function mustHaveWorkers(
  workflow: AnyWorkflow,
  {
    registry,
    library,
    backend,
  }: { readonly registry: Registry; readonly library: Library; readonly backend: Pick<Backend, 'directory' | 'health'> },
): Promise<void> {
  mustKnowWorkflows(workflow, library);
  if (registry.missing(workflow.plan).length > 0) await backend.directory?.refresh();
  const missing = registry.missing(workflow.plan);
  if (missing.length === 0) return;
  const away = backend.health?.().find(({ is }) => is !== 'up');
  // Others may well host them: nobody can tell just now.
  if (backend.directory !== undefined && away !== undefined)
    throw new ContinuoError(
      'STORE_FAILED',
      `${workflow.id} may need agents of other nodes, and who hosts what cannot be seen: ${away.part} is away`,
    );
  throw new ContinuoError('AGENT_UNKNOWN', `${workflow.id} cannot run here: ${missing.join('; ')}`, missing);
}

export async function validInput(workflow: AnyWorkflow, input: unknown): Promise<Json> {
  const schema = workflow.inputSchema ?? schemaOf(workflow.plan.input);
  const plain = json(input ?? null, 'input', 'INPUT_INVALID');
  if (schema === undefined) return plain;
  return json(await check(schema, plain, 'INPUT_INVALID', `the input of ${workflow.id}`), 'input', 'INPUT_INVALID');
}

export function json(value: unknown, where: string, code: ErrorCode): Json {
  try {
    return toJson(value, where);
  } catch (error) {
    if (error instanceof NotJsonError) throw new ContinuoError(code, error.message);
    throw error;
  }
}

/** A JSON Schema as other schemas are used. One that is absent, or true, says nothing. */
export function schemaOf(schema: Json | undefined): StandardSchemaV1<unknown, unknown> | undefined {
  return schema === undefined || schema === true ? undefined : judgeOf(schema);
}
