import type { AgentRef } from '../core/plan/agent-ref.ts';
import { isStandardSchema, type StandardSchemaV1 } from '../core/plan/standard-schema.ts';
import { ContinuoError } from '../core/errors.ts';
import { parseDuration, type Duration } from '../core/data/duration.ts';
import type { Action, AgentContext, AgentDefinition } from '../ports/agent.ts';

interface Traits {
  readonly id: string;
  readonly description?: string;
  readonly capabilities?: readonly string[];
  readonly version?: string | number;
  readonly concurrency?: number;
  /** Limits over all nodes together, where several share a store: `{ concurrency: 4, rate: { max: 60, per: '1m' } }`. */
  readonly fleet?: { readonly concurrency?: number; readonly rate?: { readonly max: number; readonly per: Duration } };
  readonly resources?: Readonly<Record<string, number>>;
  readonly isolation?: 'inline' | 'process';
  /** `import.meta.url`: needed with `isolation: 'process'`, unless an agents file is loaded by the command line. */
  readonly module?: string;
  readonly circuit?: { readonly failures: number; readonly coolDown: Duration };
}

/** An agent with one action, `run`. */
export interface SingleAgent<I, O> extends Traits {
  readonly input?: StandardSchemaV1<unknown, I>;
  readonly output?: StandardSchemaV1<unknown, O>;
  readonly run: (input: I, ctx: AgentContext) => Promise<O> | O;
}

/** As {@link Action}, of any types: what the schemas give must only fit at run time. */
interface AnyAction {
  readonly input?: StandardSchemaV1;
  readonly output?: StandardSchemaV1;
  readonly run: (input: never, ctx: AgentContext) => unknown;
}

type Actions = Readonly<Record<string, AnyAction | ((input: never, ctx: AgentContext) => unknown)>>;

/** An agent with named actions, as functions or with schemas. */
export interface ManyAgent<A extends Actions = Actions> extends Traits {
  readonly actions: A;
}

/** An agent with types: it can be registered, and named in a workflow. */
export type TypedAgent<I, O> = AgentDefinition & AgentRef<I, O>;

type InputOfAction<A> = A extends (input: infer I, ctx: AgentContext) => unknown
  ? I
  : A extends { readonly run: (input: infer I, ctx: AgentContext) => unknown }
    ? I
    : never;
type OutputOfAction<A> = A extends (input: never, ctx: AgentContext) => infer O
  ? Awaited<O>
  : A extends { readonly run: (input: never, ctx: AgentContext) => infer O }
    ? Awaited<O>
    : never;

/** An agent with several actions: a workflow names one of them. */
export interface AgentOfMany<A extends Actions> extends AgentDefinition {
  action<N extends keyof A & string>(name: N): AgentRef<InputOfAction<A[N]>, OutputOfAction<A[N]>>;
}

/**
 * Describes an agent.
 *
 * ```ts
 * const writer = agent({ id: 'writer', run: async (input: { topic: string }) => ({ title: input.topic }) });
 * ```
 */
export function agent<I, O>(description: SingleAgent<I, O>): TypedAgent<I, O>;
/**
 * With several actions, a step names one: `.step('draft', writer.action('draft'), …)`.
 */
export function agent<const A extends Actions>(description: ManyAgent<A>): AgentOfMany<A>;
export function agent(description: object): AgentDefinition {
  const definition = readAgent(description);
  if (!('actions' in description)) return definition;
  return Object.assign(definition, { action: (name: string): AgentRef<unknown, unknown> => ({ id: definition.id, action: name }) });
}

type Shape = Partial<Traits> & { readonly actions?: unknown; readonly run?: unknown; readonly input?: unknown; readonly output?: unknown };

/** An agent from `agent({...})`, or from the plain object of an agents file. */
export function readAgent(value: unknown, where = 'the agent'): AgentDefinition {
  if (typeof value !== 'object' || value === null) throw invalid(where, `is ${value === null ? 'null' : `a ${typeof value}`}`);
  const shape = value as Shape;
  const { id, capabilities = [], concurrency, resources, isolation = 'inline', module, description, circuit } = shape;
  if (typeof id !== 'string' || id === '') throw invalid(where, 'has no id');
  if (!Array.isArray(capabilities) || capabilities.some((one) => typeof one !== 'string'))
    throw invalid(id, 'has capabilities that are not a list of names');
  if (isolation !== 'inline' && isolation !== 'process')
    throw invalid(id, `has isolation ${JSON.stringify(isolation)}; it may be "inline" or "process"`);
  if (concurrency !== undefined && !(Number.isInteger(concurrency) && concurrency > 0))
    throw invalid(id, 'has a concurrency that is not a positive whole number');
  return {
    id,
    capabilities,
    actions: readActions(id, shape),
    version: String(shape.version ?? '1'),
    isolation,
    ...(concurrency === undefined ? {} : { concurrency }),
    ...(shape.fleet === undefined ? {} : { fleet: readFleet(id, shape.fleet) }),
    ...(resources === undefined ? {} : { resources }),
    ...(module === undefined ? {} : { module }),
    ...(description === undefined ? {} : { description }),
    ...(circuit === undefined ? {} : { circuit: { failures: circuit.failures, coolDown: parseDuration(circuit.coolDown) ?? 10_000 } }),
  };
}

function readFleet(id: string, { concurrency, rate }: NonNullable<Traits['fleet']>): NonNullable<AgentDefinition['fleet']> {
  const isCount = (value: unknown): boolean => Number.isInteger(value) && Number(value) > 0;
  if (concurrency !== undefined && !isCount(concurrency))
    throw invalid(id, 'has a concurrency of the fleet that is not a positive whole number');
  const per = rate === undefined ? undefined : parseDuration(rate.per);
  if (rate !== undefined && (!isCount(rate.max) || per === undefined || per <= 0))
    throw invalid(id, 'has a rate of the fleet that is not so many in a time, { max: 60, per: "1m" }');
  return {
    ...(concurrency === undefined ? {} : { concurrency }),
    ...(rate === undefined || per === undefined ? {} : { rate: { max: rate.max, per } }),
  };
}

function readActions(id: string, shape: Shape): AgentDefinition['actions'] {
  const actions: Record<string, Action> = {};
  const given = typeof shape.run === 'function' ? { run: { run: shape.run, input: shape.input, output: shape.output } } : shape.actions;
  if (typeof given !== 'object' || given === null) throw invalid(id, 'has neither `run` nor `actions`');
  for (const [name, action] of Object.entries(given as Readonly<Record<string, unknown>>))
    actions[name] = readAction(`${id}.${name}`, action);
  if (Object.keys(actions).length === 0) throw invalid(id, 'has no actions');
  return actions;
}

function readAction(where: string, value: unknown): Action {
  // The types of what an action takes are checked by its schema when it is called.
  if (typeof value === 'function') return { run: value as Action['run'] };
  const shape = (typeof value === 'object' && value !== null ? value : {}) as { run?: unknown; input?: unknown; output?: unknown };
  if (typeof shape.run !== 'function') throw invalid(where, 'is neither a function nor an object with `run`');
  for (const [name, schema] of [
    ['input', shape.input],
    ['output', shape.output],
  ] as const) {
    if (schema !== undefined && !isStandardSchema(schema))
      throw invalid(where, `has an ${name} that is not a schema (Standard Schema, as zod's are)`);
  }
  return {
    run: shape.run as Action['run'],
    ...(isStandardSchema(shape.input) ? { input: shape.input } : {}),
    ...(isStandardSchema(shape.output) ? { output: shape.output } : {}),
  };
}

function invalid(where: string, what: string): ContinuoError {
  return new ContinuoError('AGENT_INVALID', `${where} ${what}`);
}
