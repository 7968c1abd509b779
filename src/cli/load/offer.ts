/** What a module of the user's has to offer: agents and workflows, however it exports them. */
import { ContinuoError } from '../../core/errors.ts';
import type { AnyWorkflow } from '../../core/plan/workflow.ts';
import { readAgent } from '../../engine/agent.ts';
import type { Module } from './import-module.ts';

export type Agent = ReturnType<typeof readAgent>;

export interface Offer {
  readonly agents: readonly Agent[];
  /** By the name of the export; those of the default export by their ids. */
  readonly workflows: ReadonlyMap<string, AnyWorkflow>;
  /** The default export, when it is one workflow, or a plan as data. */
  readonly main: AnyWorkflow | object | undefined;
}

export function offerOf(module: Module): Offer {
  const agents = new Map<string, Agent>();
  const workflows = new Map<string, AnyWorkflow>();
  const take = (value: unknown, where: string, name: string | undefined): boolean => {
    if (isWorkflow(value)) workflows.set(name ?? value.id, value);
    else if (looksLikeAgent(value)) add(agents, readAgent(value, where), module, where);
    else return false;
    return true;
  };
  const { default: first, ...named } = module.exports;
  const isPlan = isPlanLike(first);
  for (const [at, entry] of listOf(first).entries()) {
    const where = Array.isArray(first) ? `entry ${at + 1} of the default export of ${module.path}` : `the default export of ${module.path}`;
    if (!isPlan && !take(entry, where, undefined)) throw new ContinuoError('AGENT_INVALID', `${where} ${whyNot(entry)}`);
  }
  for (const [name, value] of Object.entries(named)) {
    const isList = name === 'agents' || name === 'workflows';
    if (!isList) take(value, `${name} of ${module.path}`, name);
    else
      for (const [at, entry] of listOf(value).entries()) {
        const where = `entry ${at + 1} of \`${name}\` of ${module.path}`;
        if (!take(entry, where, undefined)) throw new ContinuoError('AGENT_INVALID', `${where} ${whyNot(entry)}`);
      }
  }
  return { agents: [...agents.values()], workflows, main: isPlanLike(first) || isWorkflow(first) ? first : undefined };
}

/** A builder that was never ended is an easy thing to export. */
export function isUnfinished(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'step' in value && typeof value.step === 'function' && 'build' in value;
}

export function isWorkflow(value: unknown): value is AnyWorkflow {
  return typeof value === 'object' && value !== null && 'plan' in value && 'hash' in value && 'code' in value && value.code instanceof Map;
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : value === undefined ? [] : [value]);

function isPlanLike(value: unknown): value is object {
  return typeof value === 'object' && value !== null && 'steps' in value && Array.isArray(value.steps);
}

function looksLikeAgent(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'id' in value && ('run' in value || 'actions' in value);
}

function whyNot(value: unknown): string {
  if (isUnfinished(value)) return 'is a workflow that was not finished: end it with .output(…) or .build()';
  if (value instanceof Promise) return 'is a promise; export what it gives';
  if (typeof value !== 'object' || value === null)
    return `is ${value === null ? 'null' : `a ${typeof value}`}, neither an agent nor a workflow`;
  return `is neither an agent nor a workflow: it has ${Object.keys(value).slice(0, 8).join(', ') || 'nothing in it'}`;
}

/** A process of its own imports the agent again, from the file that it was found in. */
function add(agents: Map<string, Agent>, agent: Agent, module: Module, where: string): void {
  const known = agents.get(agent.id);
  if (known !== undefined && !sameActions(known, agent))
    throw new ContinuoError(
      'AGENT_INVALID',
      `${where} has the id ${JSON.stringify(agent.id)}, which another agent of that file has already`,
    );
  agents.set(agent.id, agent.isolation === 'process' && agent.module === undefined ? { ...agent, module: module.url } : agent);
}

/** An agent may be exported by name and stand in the list as well. */
function sameActions(one: Agent, other: Agent): boolean {
  const names = Object.keys(one.actions);
  return names.length === Object.keys(other.actions).length && names.every((name) => one.actions[name]?.run === other.actions[name]?.run);
}
