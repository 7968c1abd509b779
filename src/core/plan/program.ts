/**
 * A plan made ready to run: names resolved to positions, expressions to functions.
 * Everything here follows from the plan and its code table; nothing changes after
 * {@link compile} but the caches of what may be computed again.
 */
import { ContinuoError } from '../errors.ts';
import type { Json } from '../data/json.ts';
import { linksOf } from './edges.ts';
import { isCodeRef, prepare, type Evaluate } from './expression.ts';
import type { Expression, Plan, Step } from './model.ts';
import type { CodeTable } from './workflow.ts';

export interface Edge {
  readonly from: number;
  readonly on: 'success' | 'failure';
}

/** A step in its place. */
export interface Node {
  readonly place: number;
  readonly id: string;
  readonly step: Step;
  readonly edges: readonly Edge[];
  /** Steps with an edge from here. */
  readonly dependents: readonly number[];
  /** The bounded way back, for a gate or for `onFailure.goTo` an earlier step. */
  readonly back: { readonly to: number; readonly max: number } | undefined;
  /** The later step that takes over when this one fails. */
  readonly rescue: number | undefined;
  readonly when: Evaluate | undefined;
  /** The kind's main expression: input, over, test, choose, question, until or data. */
  readonly main: Evaluate;
  readonly each: Evaluate;
  readonly keepBest: Evaluate | undefined;
  readonly show: Evaluate | undefined;
  readonly undoInput: Evaluate | undefined;
  readonly plan: Evaluate | undefined;
}

const nothing: Evaluate = () => null;

export class Program {
  readonly plan: Plan;
  readonly hash: string;
  readonly nodes: readonly Node[];
  readonly roots: readonly number[];
  readonly output: Evaluate | undefined;
  readonly concurrencyKey: Evaluate | undefined;
  /** Functions that the plan names and that are not loaded: such a program can be looked at, not decided on. */
  readonly missing: readonly string[];
  /** Makes contexts for the plan's functions. */
  readonly contextOf: MakeContext;
  readonly #places: ReadonlyMap<string, number>;
  readonly #following = new Map<number, readonly number[]>();
  readonly #precedence = new Map<number, Map<number, boolean>>();

  constructor(plan: Plan, hash: string, code: CodeTable) {
    this.plan = plan;
    this.hash = hash;
    this.#places = new Map(plan.steps.map((step, place) => [step.id, place]));
    this.nodes = nodesOf(plan, code);
    this.roots = this.nodes.filter((node) => node.edges.length === 0).map((node) => node.place);
    this.output = plan.output === undefined ? undefined : prepare(plan.output, code);
    this.concurrencyKey = plan.concurrency === undefined ? undefined : prepare(plan.concurrency.key, code);
    this.missing = missingCode(plan, code);
    this.contextOf = contextsOf(this.#places);
  }

  node(place: number): Node {
    const node = this.nodes[place];
    if (node === undefined)
      throw new ContinuoError('STORE_CORRUPT', `the journal names step ${place} of ${this.nodes.length} in plan ${this.plan.id}`);
    return node;
  }

  place(id: string): number {
    const place = this.#places.get(id);
    if (place === undefined) {
      throw new ContinuoError(
        'STEP_UNKNOWN',
        `plan ${this.plan.id} has no step ${JSON.stringify(id)}; it has ${this.plan.steps.map((step) => step.id).join(', ')}`,
      );
    }
    return place;
  }

  /** The step and everything that follows from it, in plan order. */
  following(place: number): readonly number[] {
    const known = this.#following.get(place);
    if (known !== undefined) return known;
    const seen = new Set([place]);
    const todo = [place];
    for (let at = todo.pop(); at !== undefined; at = todo.pop()) {
      for (const next of this.node(at).dependents) {
        if (!seen.has(next)) {
          seen.add(next);
          todo.push(next);
        }
      }
    }
    const found = [...seen].sort((a, b) => a - b);
    this.#following.set(place, found);
    return found;
  }

  /** Whether `reader` comes after `place`, whatever happens. */
  precedes(place: number, reader: number): boolean {
    let known = this.#precedence.get(reader);
    if (known === undefined) this.#precedence.set(reader, (known = new Map()));
    let answer = known.get(place);
    if (answer === undefined) known.set(place, (answer = this.#reaches(place, reader)));
    return answer;
  }

  #reaches(place: number, reader: number): boolean {
    const seen = new Set<number>();
    const todo = [reader];
    for (let at = todo.pop(); at !== undefined; at = todo.pop()) {
      for (const edge of this.node(at).edges) {
        if (edge.from === place) return true;
        if (!seen.has(edge.from)) {
          seen.add(edge.from);
          todo.push(edge.from);
        }
      }
    }
    return false;
  }
}

export function compile(source: { readonly plan: Plan; readonly hash: string; readonly code: CodeTable }): Program {
  return new Program(source.plan, source.hash, source.code);
}

/** The fallback's functions are its own program's, and a literal is data, whatever it looks like. */
function missingCode(plan: Plan, code: CodeTable): readonly string[] {
  const missing: string[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const one of value) visit(one);
    else if (typeof value === 'object' && value !== null) {
      const candidate = value as Expression;
      if (isCodeRef(candidate)) {
        if (!code.has(candidate.$code)) missing.push(candidate.$code);
      } else if (!Object.hasOwn(value, '$literal')) for (const one of Object.values(value)) visit(one);
    }
  };
  const { fallbackPlan: _, ...own } = plan;
  visit(own);
  return missing;
}

function nodesOf(plan: Plan, code: CodeTable): readonly Node[] {
  const edges: Edge[][] = plan.steps.map(() => []);
  const dependents: number[][] = plan.steps.map(() => []);
  const links = linksOf(plan);
  for (const edge of links.edges) {
    edges[edge.to]?.push({ from: edge.from, on: edge.on });
    dependents[edge.from]?.push(edge.to);
  }
  const back = new Map(links.back.map((edge) => [edge.from, { to: edge.to, max: edge.max }]));
  return plan.steps.map((step, place) => ({
    place,
    id: step.id,
    step,
    edges: edges[place] ?? [],
    dependents: dependents[place] ?? [],
    back: back.get(place),
    rescue: links.rescues.get(place),
    ...expressionsOf(step, code),
  }));
}

function expressionsOf(step: Step, code: CodeTable): Pick<Node, 'when' | 'main' | 'each' | 'keepBest' | 'show' | 'undoInput' | 'plan'> {
  const ready = (expression: Expression | undefined): Evaluate | undefined =>
    expression === undefined ? undefined : prepare(expression, code);
  const works = step.kind === 'step' || step.kind === 'call' || step.kind === 'map' ? step : undefined;
  return {
    when: ready(step.when),
    main: ready(mainOf(step)) ?? nothing,
    each: step.kind === 'map' ? prepare(step.input, code) : nothing,
    keepBest: step.kind === 'gate' ? ready(step.otherwise?.keepBest) : undefined,
    show: step.kind === 'ask' ? ready(step.show) : undefined,
    undoInput: ready(works?.undo?.input),
    plan: works !== undefined && 'plan' in works.worker ? prepare(works.worker.plan, code) : undefined,
  };
}

function mainOf(step: Step): Expression | undefined {
  switch (step.kind) {
    case 'step':
    case 'call':
      return step.input;
    case 'map':
      return step.over;
    case 'gate':
      return step.test;
    case 'branch':
      return step.choose;
    case 'ask':
      return step.question;
    case 'wait':
      return 'until' in step.for ? step.for.until : undefined;
    case 'emit':
      return step.data;
  }
}

/** What a function's context is made from. */
export interface ContextSource {
  readonly input: Json;
  readonly feedback: Json | undefined;
  output(step: string): Json | undefined;
  /** The steps that may be read: what `...rest` and `{ ...context }` list. */
  steps(): readonly string[];
}

type MakeContext = (source: ContextSource) => object;

/** Contexts read on demand: an output is opened, and a wrong reference refused, when a function asks for it. */
function contextsOf(places: ReadonlyMap<string, number>): MakeContext {
  const read = (source: ContextSource, key: string | symbol): Json | undefined => {
    if (key === 'input') return source.input;
    if (key === 'feedback') return source.feedback;
    return typeof key === 'string' && places.has(key) ? source.output(key) : undefined;
  };
  const keysOf = (source: ContextSource): string[] => ['input', ...(source.feedback === undefined ? [] : ['feedback']), ...source.steps()];
  const handler: ProxyHandler<ContextSource> = {
    get: read,
    has: (source, key) => typeof key === 'string' && keysOf(source).includes(key),
    ownKeys: keysOf,
    getOwnPropertyDescriptor: (source, key) => ({ configurable: true, enumerable: true, value: read(source, key) }),
    set: () => false,
    deleteProperty: () => false,
    defineProperty: () => false,
  };
  return (source) => new Proxy(source, handler);
}
