/**
 * Seed 003's form: steps that say where success and failure lead.
 *
 * M1. Success leads forward only; a circle of successes would never end and is refused.
 * M2. A failure that leads to a step on the way here goes back, at most `max_loops`
 *     times; one that leads elsewhere makes that step the rescue.
 * M3. Exactly one way leads to a step in any pass, so its input is the output of
 *     whichever predecessor there is one of.
 */
import type { Json } from '../data/json.ts';
import { defined, Fields, isList, isObject, type JsonObject, type Reading } from './fields.ts';
import { forwardOf } from './forward.ts';
import { Graph, type Arrow } from './graph.ts';
import type { OnFailure, Plan, WorkStep } from './model.ts';
import { inArrows, quote, suggest } from './problem.ts';
import { idFrom } from './plan-id.ts';

const ends = {
  on_success: new Set(['complete', 'completed', 'done', 'end', 'success', 'finished']),
  on_failure: new Set(['failed', 'fail', 'failure', 'error']),
} as const;

const usualLoops = 3;

/** A step as the source has it, with its transitions as positions. */
interface State {
  readonly id: string;
  readonly worker: string;
  readonly description: string | undefined;
  readonly input: Json | undefined;
  readonly retries: number | undefined;
  readonly loops: number | undefined;
  readonly isInitial: boolean;
  readonly fields: Fields;
}

/** A state's position, and where it leads. */
type Transitions = readonly (number | undefined)[];

export function isStateMachine(source: JsonObject): boolean {
  const steps = source['steps'];
  return (
    isList(steps) &&
    steps.some((step) => isObject(step) && ['step_id', 'worker_type', 'on_success', 'on_failure'].some((name) => Object.hasOwn(step, name)))
  );
}

export function readStateMachine(source: JsonObject, path: string, reading: Reading): Plan {
  const fields = new Fields(source, path, reading);
  const names = ['id', 'workflow', 'name'].map((name) => ({ name, value: fields.string(name) }));
  const named = names.find(({ value }) => value !== undefined);
  if (named !== undefined) reading.moved.set(fields.at('id'), fields.at(named.name));
  const goal = fields.string('goal');
  const description = fields.string('description') ?? goal;
  const states = (fields.list('steps') ?? []).map((step, place) => readState(step, `${fields.at('steps')}[${place}]`, reading));
  const initial = initialOf(states, fields);
  fields.close('a state machine');
  return defined<Plan>({
    format: 'continuo/1',
    id: idFrom(named?.value ?? 'workflow'),
    description,
    steps: stepsOf(states, initial, reading),
  });
}

function readState(source: Json, path: string, reading: Reading): State {
  const fields = new Fields(isObject(source) ? source : {}, path, reading);
  if (!isObject(source)) reading.report(path, 'a step must be an object', 'Give { "step_id", "worker_type", "on_success", "on_failure" }.');
  else {
    fields.missing('step_id', 'the step has no id', 'Give "step_id", a name that no other step has.');
    fields.missing('worker_type', 'it is not said who does the work', 'Give "worker_type", the id of an agent or a capability.');
  }
  const from = fields.at('');
  for (const [normal, own] of [
    ['id', 'step_id'],
    ['worker', 'worker_type'],
    ['retryPolicy.maxRetries', 'max_retries'],
    ['onFailure', 'on_failure'],
    ['onFailure.max', 'max_loops'],
  ] as const) {
    reading.moved.set(`${from}${normal}`, `${from}${own}`);
  }
  const name = fields.string('name');
  const state: State = {
    id: fields.string('step_id') ?? '',
    worker: fields.string('worker_type') ?? '',
    description: fields.string('description') ?? name,
    input: fields.raw('input'),
    retries: fields.number('max_retries'),
    loops: fields.number('max_loops'),
    isInitial: fields.boolean('is_initial') ?? false,
    fields,
  };
  fields.string('on_success');
  fields.string('on_failure');
  if (isObject(source)) fields.close('a step of a state machine');
  return state;
}

function initialOf(states: readonly State[], fields: Fields): number {
  const marked = states.flatMap(({ isInitial }, place) => (isInitial ? [place] : []));
  const [first, second] = marked;
  if (second !== undefined) {
    fields.reading.remark(
      states[second]?.fields.at('is_initial') ?? '',
      `step ${quote(states[first ?? 0]?.id)} is the initial one already`,
      'Mark one step only.',
    );
  }
  const wanted = fields.string('initial');
  if (wanted === undefined) return first ?? 0;
  const place = states.findIndex(({ id }) => id === wanted);
  if (place < 0)
    fields.reading.report(
      fields.at('initial'),
      `there is no step ${quote(wanted)}`,
      suggest(
        wanted,
        states.map(({ id }) => id),
      ),
    );
  else if (first !== undefined && first !== place)
    fields.reading.report(
      fields.at('initial'),
      `step ${quote(states[first]?.id)} is marked as the initial one`,
      'Say it in one place only.',
    );
  return Math.max(place, 0);
}

function stepsOf(states: readonly State[], initial: number, reading: Reading): readonly WorkStep[] {
  const success = transitions(states, 'on_success');
  const failure = transitions(states, 'on_failure');
  reportCircles(states, success, reading);
  const order = walk(initial, success, failure);
  reportUnreachable(states, order, initial, reading);
  // A circle has been reported; without it the rest can be validated.
  const successes = forwardOf(states.length, [], arrowsOf(order, success));
  const always = (place: number): boolean => success[place] !== undefined && success[place] === failure[place];
  const rescues = forwardOf(
    states.length,
    successes,
    arrowsOf(order, failure).filter(({ from }) => !always(from)),
  );
  const rescueOf = new Map(rescues.map(({ from, to }) => [from, to]));
  const before = predecessors(states.length, successes);
  const rescued = new Set(rescueOf.values());
  return states.map((state, place) => {
    const goTo = order.has(place) ? failure[place] : undefined;
    const onFailure: OnFailure | undefined =
      goTo === undefined ? undefined : always(place) ? 'continue' : failureOf(state, states[goTo]?.id ?? '', rescueOf.has(place));
    // A state without an id has been reported; nothing is said of it in paths that no state machine has.
    const from = (before[place] ?? []).map((one) => states[one]?.id ?? '').filter((id) => id !== '');
    return defined<WorkStep>({
      kind: 'step',
      id: state.id,
      description: state.description,
      dependencies: from,
      onFailure,
      worker: { agentId: state.worker, action: 'run' },
      retryPolicy: state.retries === undefined ? undefined : { maxRetries: state.retries, backoffMs: 0, backoff: 'fixed' },
      input:
        state.input === undefined
          ? inputFrom(from, place === initial || rescued.has(place) || (before[place] ?? []).some(always))
          : state.input,
    });
  });
}

/** A rescue needs no bound: it lies ahead. */
function failureOf(state: State, goTo: string, isRescue: boolean): OnFailure {
  return isRescue ? { goTo } : { goTo, max: state.loops ?? usualLoops };
}

/** The output of whichever predecessor led here; the run's input where none has one. */
function inputFrom(steps: readonly string[], orInput: boolean): Json {
  const sources: Json[] = steps.map((id) => ({ $from: `steps.${id}.output` }));
  if (orInput || sources.length === 0) sources.push({ $from: 'input' });
  return sources.length === 1 ? (sources[0] ?? null) : { $first: sources };
}

/** Where each state leads: to a position, or to the end. A name that a step has is that step, whatever it sounds like. */
function transitions(states: readonly State[], on: 'on_success' | 'on_failure'): Transitions {
  // Of two states with the same id, which is refused, the first is the one that is meant.
  const places = new Map(states.map(({ id }, place) => [id, place] as const).reverse());
  return states.map(({ fields }) => {
    const target = fields.some(on);
    if (typeof target !== 'string') return undefined;
    const place = places.get(target);
    if (place === undefined && !ends[on].has(target.toLowerCase())) {
      fields.reading.report(
        fields.at(on),
        `there is no step ${quote(target)}`,
        `${suggest(target, places.keys())} ${on === 'on_success' ? 'The end is called "complete".' : 'To fail the run, write "failed".'}`,
      );
    }
    return place;
  });
}

function arrowsOf(places: Iterable<number>, to: Transitions): readonly Arrow[] {
  return [...places].flatMap((from) => {
    const target = to[from];
    return target === undefined ? [] : [{ from, to: target }];
  });
}

/** Everything that the initial state leads to, nearest first. */
function walk(initial: number, success: Transitions, failure: Transitions): ReadonlySet<number> {
  const met = new Set(success.length === 0 ? [] : [initial]);
  for (const place of met) for (const next of [success[place], failure[place]]) if (next !== undefined) met.add(next);
  return met;
}

function predecessors(count: number, arrows: readonly Arrow[]): readonly (readonly number[])[] {
  const before: number[][] = Array.from({ length: count }, () => []);
  for (const { from, to } of arrows) before[to]?.push(from);
  for (const list of before) list.sort((a, b) => a - b);
  return before;
}

function reportCircles(states: readonly State[], success: Transitions, reading: Reading): void {
  const arrows = arrowsOf(states.keys(), success);
  const graph = new Graph(states.length, arrows);
  const selves = arrows.filter(({ from, to }) => from === to).map(({ from }) => [from]);
  for (const circle of [...selves, ...graph.circles().map((set) => graph.wayRound(set))]) {
    const way = [...circle, circle[0] ?? 0].map((place) => states[place]?.id ?? '');
    const last = states[circle.at(-1) ?? 0];
    if (last === undefined) continue;
    reading.remark(
      last.fields.at('on_success'),
      `unbounded back edge: success goes round for ever (${inArrows(way)})`,
      'Let a failure lead back (on_failure), which max_loops bounds.',
    );
  }
}

function reportUnreachable(states: readonly State[], reached: ReadonlySet<number>, initial: number, reading: Reading): void {
  for (const [place, { fields, id }] of states.entries()) {
    if (reached.has(place) || id === '') continue;
    reading.remark(
      fields.at('step_id'),
      `nothing leads to step ${quote(id)} from the initial step ${quote(states[initial]?.id)}`,
      'Name it in on_success or on_failure of a step, or remove it.',
    );
  }
}
