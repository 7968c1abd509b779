/** Everything that a command line names: the workflow, and the agents and workflows around it. */
import { readFileSync } from 'node:fs';
import { ContinuoError } from '../../core/errors.ts';
import type { AnyWorkflow } from '../../core/plan/workflow.ts';
import { workflowOf } from '../../engine/admission.ts';
import { emptyLibrary } from './empty-library.ts';
import { importModule } from './import-module.ts';
import { parseJson } from './json-text.ts';
import { isUnfinished, offerOf, type Agent, type Offer } from './offer.ts';

export interface Loaded {
  readonly workflow: AnyWorkflow;
  readonly agents: readonly Agent[];
  /** The workflow and those that it may call. */
  readonly workflows: readonly AnyWorkflow[];
  /** Whether anything was given that could have agents in it. */
  readonly hasAgents: boolean;
}

const moduleName = /^(?<file>.+\.(?:[cm]?ts|[cm]?js))(?:#(?<name>[^#]*))?$/;

export async function load(source: string, agentsFile: string | undefined): Promise<Loaded> {
  const helpers = agentsFile === undefined ? undefined : await loadAgents(agentsFile);
  const { file, name } = moduleName.exec(source)?.groups ?? {};
  if (file !== undefined) {
    const offer = offerOf(await importModule(file, 'workflow file', 'PLAN_UNREADABLE'));
    return gather(await chosen(file, name, offer), helpers, offer);
  }
  const named = helpers === undefined || source.endsWith('.json') ? undefined : byName(helpers, source);
  return gather(named ?? planIn(source, agentsFile, helpers), helpers, undefined);
}

export async function loadAgents(path: string): Promise<Offer> {
  if (path.endsWith('.json'))
    throw new ContinuoError('AGENT_INVALID', `agents file ${path} is JSON; agents are code: give a .ts or .mjs file`);
  const offer = offerOf(await importModule(path, 'agents file', 'AGENT_INVALID'));
  if (offer.agents.length === 0 && offer.workflows.size === 0)
    throw new ContinuoError('AGENT_INVALID', `agents file ${path} exports no agents`);
  return offer;
}

function gather(workflow: AnyWorkflow, helpers: Offer | undefined, own: Offer | undefined): Loaded {
  // Those of the agents file come last: they are what was asked for by name.
  const offers = [own, helpers].filter((offer) => offer !== undefined);
  const agents = new Map(offers.flatMap((offer) => offer.agents.map((agent) => [agent.id, agent] as const)));
  const workflows = new Map([
    ...offers.flatMap((offer) => [...offer.workflows.values()].map((one) => [one.id, one] as const)),
    [workflow.id, workflow],
  ]);
  return { workflow, agents: [...agents.values()], workflows: [...workflows.values()], hasAgents: offers.length > 0 };
}

function byName(offer: Offer, name: string): AnyWorkflow | undefined {
  return offer.workflows.get(name) ?? [...offer.workflows.values()].find((one) => one.id === name);
}

async function chosen(file: string, name: string | undefined, offer: Offer): Promise<AnyWorkflow> {
  const names = [...offer.workflows.keys()];
  if (name !== undefined && name !== 'default') {
    const found = byName(offer, name);
    if (found !== undefined) return found;
    const unfinished = isUnfinished((await importModule(file, 'workflow file', 'PLAN_UNREADABLE')).exports[name]);
    if (unfinished)
      throw new ContinuoError(
        'PLAN_UNREADABLE',
        `${name} of ${file} is a workflow that was not finished: end it with .output(…) or .build()`,
      );
    throw new ContinuoError(
      'WORKFLOW_UNKNOWN',
      `${file} exports no workflow ${JSON.stringify(name)}; it exports ${names.join(', ') || 'none'}`,
    );
  }
  if (offer.main !== undefined) return asWorkflow(offer.main, file);
  const [only, ...others] = offer.workflows.values();
  if (only === undefined) throw new ContinuoError('PLAN_UNREADABLE', `${file} exports no workflow`);
  if (others.length > 0)
    throw new ContinuoError(
      'USAGE',
      `${file} exports ${names.length} workflows; say which one: ${names.map((one) => `${file}#${one}`).join(', ')}`,
    );
  return only;
}

function planIn(path: string, agentsFile: string | undefined, helpers: Offer | undefined): AnyWorkflow {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw noPlan(path, error, agentsFile, helpers);
  }
  return asWorkflow(asObject(parseJson(text, path, 'PLAN_UNREADABLE'), path), path);
}

function asObject(plan: unknown, path: string): object {
  if (typeof plan === 'object' && plan !== null) return plan;
  throw new ContinuoError('PLAN_UNREADABLE', `${path} holds a ${plan === null ? 'null' : typeof plan}; a plan is an object with steps`);
}

function noPlan(path: string, error: unknown, agentsFile: string | undefined, helpers: Offer | undefined): ContinuoError {
  const isFile = /[./\\]/.test(path);
  if (isFile)
    return new ContinuoError('PLAN_UNREADABLE', `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  const names = [...(helpers?.workflows.values() ?? [])].map(({ id }) => id);
  const where =
    agentsFile === undefined
      ? 'and no --agents file was given that could export it'
      : `and ${agentsFile} exports ${names.join(', ') || 'no workflow'}`;
  return new ContinuoError('WORKFLOW_UNKNOWN', `there is no plan file and no workflow ${JSON.stringify(path)}: no such file, ${where}`);
}

/** The complaints of the plan's reader, with the file's name before them. */
function asWorkflow(what: object, path: string): AnyWorkflow {
  try {
    return workflowOf(what, emptyLibrary());
  } catch (error) {
    if (error instanceof ContinuoError) throw new ContinuoError(error.code, `${path}: ${error.message}`, error.details);
    throw error;
  }
}
