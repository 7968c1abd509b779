/**
 * The run as it was: its journal, taken apart into what came from outside and what
 * followed from it.
 *
 * R1. `run` is the fold of the events of all groups that were given out, each under the
 *     plan of its time. Nothing is decided here, so that no function of a plan is needed.
 */
import { ContinuoError } from '../errors.ts';
import type { Program } from '../plan/program.ts';
import { begin, evolve } from '../run/evolve.ts';
import type { Entry, RunEvent } from '../run/events.ts';
import { Shelf } from '../run/scope.ts';
import type { Run } from '../run/state.ts';
import { causeOf, type Cause, type Place } from './causes.ts';
import { factOf, type Fact } from './facts.ts';

/** A cause with the events that it led to. */
export interface Group {
  readonly cause: Cause;
  readonly seq: number;
  readonly facts: readonly { readonly seq: number; readonly fact: Fact }[];
  /** How the run stood before; nothing stood before its start. */
  readonly before: Place | undefined;
}

interface OpenGroup extends Group {
  readonly facts: { readonly seq: number; readonly fact: Fact }[];
}

export class Recorded {
  readonly shelf: Shelf = new Shelf();
  readonly #id: string;
  readonly #programOf: (hash: string) => Program;
  #now: { readonly program: Program; readonly run: Run } | undefined;

  constructor(id: string, programOf: (hash: string) => Program) {
    this.#id = id;
    this.#programOf = programOf;
  }

  get program(): Program {
    return this.#must.program;
  }

  get run(): Run {
    return this.#must.run;
  }

  get #must(): { readonly program: Program; readonly run: Run } {
    if (this.#now === undefined) throw new ContinuoError('STORE_CORRUPT', `the journal of run ${this.#id} does not begin with its start`);
    return this.#now;
  }

  /** Each group is given out when all of it has been folded. */
  *groups({ seq, at, events }: Entry): Generator<Group> {
    let open: OpenGroup | undefined;
    let through = -1;
    for (const [offset, event] of events.entries()) {
      if (this.#now === undefined) this.#begin(event, at);
      const place: Place = { ...this.#must, at };
      const found = offset <= through ? undefined : causeOf(place, events, offset, open?.cause);
      if (found !== undefined || open === undefined) {
        if (open !== undefined) yield open;
        open = {
          cause: found?.cause ?? { is: 'tick' },
          seq: seq + offset,
          facts: [],
          before: event.type === 'run.started' ? undefined : place,
        };
        through = found?.through ?? offset;
      }
      // What cannot be folded is no event that can be told of.
      this.#fold(event, at);
      open.facts.push({ seq: seq + offset, fact: factOf(place, event, events[offset - 1]) });
    }
    if (open !== undefined) yield open;
  }

  #begin(event: RunEvent, at: number): void {
    if (event.type === 'run.started') this.#now = { program: this.#programOf(event.plan), run: begin(this.#id, event, at) };
  }

  #fold(event: RunEvent, at: number): void {
    if (event.type === 'run.started') return;
    const { program, run } = this.#must;
    this.#now = {
      program: event.type === 'run.migrated' ? this.#programOf(event.plan) : program,
      run: evolve(program, run, event, at),
    };
  }
}
