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

/** The scope of a step; without one, of the plan's output, which may read every step. */
export function scopeOf(
  program: Program,
  run: Run,
  shelf: Shelf,
  reader: Node | undefined,
  extra: Partial<Pick<Scope, 'item' | 'index' | 'own'>> = {},
): Scope {
  const read = (step: string): Json | undefined => {
    const place = program.place(step);
    if (reader !== undefined && !program.precedes(place, reader.place)) {
      throw new ContinuoError('REFERENCE_INVALID', `step ${reader.id} reads the output of ${step}, which does not precede it`);
    }
    if (reader !== undefined && !leadsTo(program, run, place, reader.place)) return undefined;
    const output = outputOf(run.steps.get(place));
    return output === undefined ? undefined : openOutput(output, shelf);
  };
  const source: ContextSource = {
    get input() {
      return shelf.open(run.input);
    },
    get feedback() {
      return reader === undefined ? undefined : feedbackOf(program, run.steps.get(reader.place), shelf);
    },
    output: read,
    steps: () => program.nodes.filter(({ place }) => reader === undefined || program.precedes(place, reader.place)).map(({ id }) => id),
  };
  const scope: Scope = {
    get input() {
      return source.input;
    },
    get feedback() {
      return source.feedback;
    },
    run: run.id,
    get context() {
      return program.contextOf(source);
    },
    output: read,
    ...extra,
  };
  return scope;
}
