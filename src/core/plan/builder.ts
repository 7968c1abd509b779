/**
 * The typed way to write a plan. It writes plan JSON and has it read: one model, one
 * set of defaults, one list of problems.
 *
 * B4. A builder never changes: every method gives a new one that links to the old.
 * B5. Without `after`, a step comes after all leaves: steps that nothing follows yet. A
 *     step that may be skipped by itself leaves what it comes after a leaf as well, so
 *     that what follows runs either way. What follows a join follows it alone: nothing
 *     is to wait for what it was decided without.
 * B6. In a case of a branch, a step that depends on anything outside the case is guarded
 *     by the choice; the others are skipped together with it. A join has all of its
 *     dependencies inside: one outside could decide it before the choice is made.
 */
import type { Duration } from '../data/duration.ts';
import type { Json } from '../data/json.ts';
import { ContinuoError } from '../errors.ts';
import type { BudgetOptions } from './builder-options.ts';
import { finish, type Drawn } from './builder-finish.ts';
import { looseOf, Pen, type Baggage, type Loose } from './builder-step.ts';
import type { Builder } from './builder-types.ts';
import type { StandardSchemaV1 } from './standard-schema.ts';
import type { AnyWorkflow, Workflow } from './workflow.ts';

export interface WorkflowOptions<Start, Input, Fallback> {
  /** Of the run's input. */
  readonly input?: StandardSchemaV1<Start, Input>;
  readonly version?: string;
  readonly description?: string;
  readonly timeout?: Duration;
  readonly budget?: BudgetOptions;
  readonly priority?: number;
  /** Runs with the same key go one after another, `limit` at a time. */
  readonly concurrency?: { readonly key: string | ((context: { readonly input: NoInfer<Input> }) => unknown); readonly limit?: number };
  /** How long a finished run is kept. */
  readonly retention?: Duration;
  /** What runs when this one has failed. */
  readonly fallback?: Workflow<NoInfer<Start>, Fallback>;
}

/**
 * Begins a workflow.
 *
 * ```ts
 * const greet = workflow('greet', { input: z.object({ name: z.string() }) })
 *   .step('draft', writer, ({ input }) => ({ about: input.name }))
 *   .output(({ draft }) => draft.text);
 * ```
 */
export function workflow<Start = Json, Input = Start, Fallback = never>(
  id: string,
  options: WorkflowOptions<Start, Input, Fallback> = {},
): Builder<{ readonly start: Start; readonly input: Input; readonly fallback: Fallback }, {}, true> {
  const drawing = new Drawing({ id, options: looseOf(options), last: undefined, leaves: [], rescues: new Map(), guard: undefined });
  // The types stand in the interface alone; the drawing has its methods and gives itself back from each.
  return drawing as unknown as Builder<{ readonly start: Start; readonly input: Input; readonly fallback: Fallback }, {}, true>;
}

/** The choice that the steps of a case depend on. */
interface Guard {
  readonly branch: string;
  readonly choice: string;
  /** The steps of the case so far. */
  readonly inside: ReadonlySet<string>;
}

interface State {
  readonly id: string;
  readonly options: Loose;
  readonly last: Drawn | undefined;
  readonly leaves: readonly string[];
  /** Steps still to come that take over for others, and for which. */
  readonly rescues: ReadonlyMap<string, readonly string[]>;
  readonly guard: Guard | undefined;
}

class Drawing {
  readonly #state: State;

  constructor(state: State) {
    this.#state = state;
  }

  step(id: string, worker: unknown, input: unknown, options: Loose = {}): Drawing {
    return this.#add(id, options, (pen) => ({ ...pen.worker(worker), input: pen.fn('input', input) }));
  }

  map(id: string, worker: unknown, over: unknown, options: Loose = {}): Drawing {
    return this.#add(id, options, (pen) => ({ kind: 'map', ...pen.worker(worker), over: pen.fn('over', over) }));
  }

  gate(id: string, test: unknown, options: Loose = {}): Drawing {
    const { otherwise, ...rest } = options;
    return this.#add(id, rest, (pen) => {
      const { keepBest, ...back } = looseOf(otherwise);
      const best = keepBest === undefined ? {} : { keepBest: pen.fn('keepBest', keepBest) };
      return { kind: 'gate', test: pen.fn('test', test), ...(otherwise === undefined ? {} : { otherwise: { ...back, ...best } }) };
    });
  }

  ask(id: string, { question, show, form, ...options }: Loose): Drawing {
    return this.#add(id, options, (pen) => ({
      kind: 'ask',
      question: pen.fn('question', question),
      ...(show === undefined ? {} : { show: pen.fn('show', show) }),
      ...(form === undefined ? {} : { form: pen.schema('form', form) }),
    }));
  }

  wait(id: string, { until, ...options }: Loose): Drawing {
    return this.#add(id, options, (pen) => ({ kind: 'wait', ...(until === undefined ? {} : { until: pen.fn('until', until) }) }));
  }

  call(id: string, callee: unknown, input: unknown, options: Loose = {}): Drawing {
    return this.#add(id, options, (pen) => ({ kind: 'call', ...pen.worker(callee), input: pen.fn('input', input) }));
  }

  emit(id: string, event: unknown, data: unknown, options: Loose = {}): Drawing {
    return this.#add(id, options, (pen) => ({ kind: 'emit', event, data: pen.fn('data', data) }));
  }

  branch(id: string, choose: unknown, cases: Readonly<Record<string, (builder: Drawing) => unknown>>, options: Loose = {}): Drawing {
    const branch = this.#add(id, options, (pen) => ({ kind: 'branch', choose: pen.fn('choose', choose), cases: Object.keys(cases) }));
    let state = branch.#state;
    const leaves = new Set<string>();
    const inside = new Set<string>();
    for (const [choice, draw] of Object.entries(cases)) {
      const drawn = draw(new Drawing({ ...state, leaves: [id], guard: { branch: id, choice, inside: new Set() } }));
      if (!(drawn instanceof Drawing) || !isCase(drawn.#state.guard, id, choice))
        throw new ContinuoError('PLAN_INVALID', `case ${choice} of branch ${id} must return the builder that it was given`);
      for (const leaf of drawn.#state.leaves) leaves.add(leaf);
      for (const step of drawn.#state.guard?.inside ?? []) inside.add(step);
      state = { ...state, last: drawn.#state.last, rescues: drawn.#state.rescues };
    }
    const others = branch.#state.leaves.filter((leaf) => leaf !== id);
    const guard = state.guard === undefined ? undefined : { ...state.guard, inside: new Set([...state.guard.inside, ...inside]) };
    return new Drawing({ ...state, leaves: [...new Set([...others, ...leaves])], guard });
  }

  output(output: unknown): AnyWorkflow {
    return finish(this.#state, output);
  }

  build(): AnyWorkflow {
    return finish(this.#state, undefined);
  }

  #add(id: string, options: Loose, write: (pen: Pen) => Loose): Drawing {
    const state = this.#state;
    const baggage: Baggage = { code: new Map(), schemas: new Map(), calls: [] };
    const pen = new Pen(id, baggage);
    const rescued = state.rescues.get(id);
    const dependencies = dependenciesOf(state, options['after'], rescued);
    if (options['join'] !== undefined) mustBeInside(id, state.guard, dependencies);
    const when = whenOf(state.guard, dependencies, pen.fn('when', options['when']));
    const source = { id, ...write(pen), ...pen.options(options), dependencies, ...(when === undefined ? {} : { when }) };
    // B5
    const stays = (options['when'] !== undefined && options['join'] === undefined) || rescued !== undefined;
    const leaves = stays ? state.leaves : state.leaves.filter((leaf) => !dependencies.includes(leaf));
    const guard = state.guard === undefined ? undefined : { ...state.guard, inside: new Set([...state.guard.inside, id]) };
    return new Drawing({
      ...state,
      last: { before: state.last, source, ...baggage },
      leaves: [...leaves, id],
      rescues: rescuesWith(state, id, options['onFailure']),
      guard,
    });
  }
}

function isCase(guard: Guard | undefined, branch: string, choice: string): boolean {
  return guard?.branch === branch && guard.choice === choice;
}

function dependenciesOf({ leaves, guard }: State, after: unknown, rescued: readonly string[] | undefined): readonly unknown[] {
  const wanted: readonly unknown[] = Array.isArray(after) ? after : (rescued ?? leaves);
  if (guard === undefined) return wanted;
  // B6: the choice must have been made.
  const inside = wanted.some((one) => one === guard.branch || guard.inside.has(String(one)));
  return inside ? wanted : [...wanted, guard.branch];
}

/** B6. */
function mustBeInside(id: string, guard: Guard | undefined, dependencies: readonly unknown[]): void {
  const outside = dependencies.find((one) => guard?.inside.has(String(one)) === false);
  if (guard !== undefined && outside !== undefined)
    throw new ContinuoError(
      'PLAN_INVALID',
      `step ${id} of case ${guard.choice} joins ${JSON.stringify(outside)}, which is not in the case; join steps of the case, or after the branch`,
    );
}

function whenOf(guard: Guard | undefined, dependencies: readonly unknown[], own: unknown): unknown {
  if (guard === undefined || dependencies.every((one) => guard.inside.has(String(one)))) return own;
  const chosen = { $compare: [{ $from: `steps.${guard.branch}.output.choice` }, '==', guard.choice] };
  return own === undefined ? chosen : { $all: [chosen, own] };
}

/** A failure that leads to a step not drawn yet makes that step a rescue. */
function rescuesWith({ rescues, last }: State, id: string, onFailure: unknown): State['rescues'] {
  const { goTo, max } = looseOf(onFailure);
  if (typeof goTo !== 'string' || goTo === id || max !== undefined || isDrawn(last, goTo)) return rescues;
  return new Map([...rescues, [goTo, [...(rescues.get(goTo) ?? []), id]]]);
}

function isDrawn(last: Drawn | undefined, id: string): boolean {
  for (let drawn = last; drawn !== undefined; drawn = drawn.before) if (drawn.source['id'] === id) return true;
  return false;
}
