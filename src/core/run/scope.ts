/** What an expression of a run sees. */
import type { Json } from '../data/json.ts';
import { ContinuoError } from '../errors.ts';
import { BlobNeeded, type Scope } from '../plan/expression.ts';
import type { ContextSource, Node, Program } from '../plan/program.ts';
import type { Payload } from './events.ts';
import { leadsTo } from './joins.ts';
import type { Feedback, Item, Output, Run, StepState } from './state.ts';

/**
 * What a loaded run need not fetch or compute twice: large values by blob, and the
 * lists of open maps. Only a cache: an empty shelf gives the same answers, by way of
 * {@link BlobNeeded}.
 */
export class Shelf {
  readonly #blobs = new Map<string, Json>();
  /** Of each map the list that it was opened with last. */
  readonly #lists = new Map<number, { readonly key: string; readonly list: readonly Json[] }>();

  put(blob: string, value: Json): void {
    this.#blobs.set(blob, value);
  }

  open(payload: Payload): Json {
    if ('value' in payload) return payload.value;
    const value = this.#blobs.get(payload.blob);
    if (value === undefined) throw new BlobNeeded(payload.blob);
    return value;
  }

  /** The list of an open map. A place is one step's in one plan only, so that the epoch belongs to its name. */
  list(map: OpenMap, compute: () => readonly Json[]): readonly Json[] {
    const known = this.#lists.get(map.place);
    return known !== undefined && known.key === keyOf(map) ? known.list : this.opened(map, compute());
  }

  /** A map opens: a list of the same visit may be from before something was undone and done again. */
  opened(map: OpenMap, list: readonly Json[]): readonly Json[] {
    this.#lists.set(map.place, { key: keyOf(map), list });
    return list;
  }

  /** The state was loaded anew: others may have opened its maps with other lists. */
  forgetLists(): void {
    this.#lists.clear();
  }
}

interface OpenMap {
  readonly place: number;
  readonly visit: number;
  readonly epoch: number;
}

const keyOf = ({ visit, epoch }: OpenMap): string => `${epoch}.${visit}`;

export function outputOf(state: StepState): Output | undefined {
  return state.is === 'done' ? state.output : undefined;
}

export function openOutput(output: Output, shelf: Shelf): Json {
  return 'items' in output
    ? output.items.toArray().map((item: Item) => (item.is === 'done' ? shelf.open(item.output) : null))
    : shelf.open(output);
}

function openFeedback(program: Program, feedback: Feedback, shelf: Shelf): Json {
  const view = {
    by: program.node(feedback.by).id,
    round: feedback.round,
    verdict: feedback.verdict,
    previous: {},
  };
  // Opened one by one when read: a transformer rarely looks at more than one of them.
  for (const [place, output] of feedback.previous) {
    Object.defineProperty(view.previous, program.node(place).id, { enumerable: true, get: () => openOutput(output, shelf) });
  }
  return view;
}

export function feedbackOf(program: Program, state: StepState, shelf: Shelf): Json | undefined {
  return 'feedback' in state && state.feedback !== undefined ? openFeedback(program, state.feedback, shelf) : undefined;
}

/** What differs between the evaluations of one step. */
type Extra = Partial<Pick<Scope, 'item' | 'index' | 'own'>>;

const plain: Extra = {};

/** The scope of a step; without one, of the plan's output, which may read every step. */
export function scopeOf(program: Program, run: Run, shelf: Shelf, reader: Node | undefined, extra: Extra = plain): Scope {
  return new RunScope(program, run, shelf, reader, extra);
}

/** Made for every evaluation: what it holds is looked up when it is asked for. */
class RunScope implements Scope, ContextSource {
  readonly #program: Program;
  readonly #run: Run;
  readonly #shelf: Shelf;
  readonly #reader: Node | undefined;
  readonly #extra: Extra;

  constructor(program: Program, run: Run, shelf: Shelf, reader: Node | undefined, extra: Extra) {
    this.#program = program;
    this.#run = run;
    this.#shelf = shelf;
    this.#reader = reader;
    this.#extra = extra;
  }

  get input(): Json {
    return this.#shelf.open(this.#run.input);
  }

  get feedback(): Json | undefined {
    return this.#reader === undefined ? undefined : feedbackOf(this.#program, this.#run.steps.get(this.#reader.place), this.#shelf);
  }

  get run(): string {
    return this.#run.id;
  }

  get context(): object {
    return this.#program.contextOf(this);
  }

  get item(): Json | undefined {
    return this.#extra.item;
  }

  get index(): number | undefined {
    return this.#extra.index;
  }

  get own(): Scope['own'] {
    return this.#extra.own;
  }

  output(step: string): Json | undefined {
    const reader = this.#reader;
    const place = this.#program.place(step);
    if (reader !== undefined && !this.#program.precedes(place, reader.place)) {
      throw new ContinuoError('REFERENCE_INVALID', `step ${reader.id} reads the output of ${step}, which does not precede it`);
    }
    if (reader !== undefined && !leadsTo(this.#program, this.#run, place, reader.place)) return undefined;
    const output = outputOf(this.#run.steps.get(place));
    return output === undefined ? undefined : openOutput(output, this.#shelf);
  }

  steps(): readonly string[] {
    const reader = this.#reader;
    return this.#program.nodes
      .filter(({ place }) => reader === undefined || this.#program.precedes(place, reader.place))
      .map(({ id }) => id);
  }
}
