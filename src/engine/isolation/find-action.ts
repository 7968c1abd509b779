/** Finds an agent's action in the module that exports it. */
import { ContinuoError } from '../../core/errors.ts';
import type { AgentContext } from '../../ports/agent.ts';
import type { Task } from './protocol.ts';

export interface FoundAction {
  readonly run: (input: unknown, ctx: AgentContext) => unknown;
  /** Whether a schema will read the answer: it may want more than JSON. */
  readonly hasOutputSchema: boolean;
}

type Fields = { readonly [name: string]: unknown };

export async function findAction({ module, agent, action }: Pick<Task, 'module' | 'agent' | 'action'>): Promise<FoundAction> {
  const found = agentsOf(await load(module));
  const one = found.find(({ id }) => id === agent);
  if (one === undefined) {
    const ids = found.map(({ id }) => String(id)).join(', ');
    const there = ids === '' ? 'it exports no agent' : `it exports ${ids}`;
    throw new ContinuoError(
      'AGENT_INVALID',
      `agent ${JSON.stringify(agent)} is not exported by ${module}: ${there}. Export it there, or let its \`module\` name the file that does`,
    );
  }
  return actionOf(one, agent, action);
}

async function load(module: string): Promise<Fields> {
  try {
    // The namespace of a module is an object; what it holds stays unknown.
    return (await import(module)) as Fields;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const failure = new ContinuoError('AGENT_INVALID', `${module}, which should export the agent, could not be imported: ${why}`);
    failure.cause = error;
    throw failure;
  }
}

/** The default export first, then the others; of each, itself or what it lists. */
function agentsOf(exported: Fields): readonly Fields[] {
  const { default: first, ...others } = exported;
  return [first, ...Object.values(others)].flat().filter(isAgent);
}

function isAgent(value: unknown): value is Fields {
  if (!isObject(value) || typeof value['id'] !== 'string') return false;
  return isObject(value['actions']) || typeof value['run'] === 'function';
}

/** `{ id, run }` has one action, called run, as it has where agents are registered. */
function actionOf(agent: Fields, id: string, name: string): FoundAction {
  const actions: Fields = typeof agent['run'] === 'function' ? { run: agent } : isObject(agent['actions']) ? agent['actions'] : {};
  const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
  if (action === undefined) {
    throw new ContinuoError(
      'ACTION_UNKNOWN',
      `agent ${id} has no action ${JSON.stringify(name)}; it has ${Object.keys(actions).join(', ')}`,
    );
  }
  const [owner, fn]: readonly [Fields, unknown] = isObject(action) ? [action, action['run']] : [actions, action];
  if (typeof fn !== 'function')
    throw new ContinuoError('AGENT_INVALID', `action ${id}.${name} is neither a function nor an object with \`run\``);
  return {
    run: (input, ctx) => Reflect.apply(fn, owner, [input, ctx]),
    hasOutputSchema: isObject(action) && action['output'] !== undefined,
  };
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}
