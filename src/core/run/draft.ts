/**
 * A decision in the making: events so far, and the run as they leave it.
 *
 * D1. `run` is always the fold of the run before and `events`; nothing else changes it.
 * D2. `touched` are steps that may have become ready; `advance` empties it.
 */
import { toJson, type Json } from '../data/json.ts';
import type { Scope } from '../plan/expression.ts';
import type { Node, Program } from '../plan/program.ts';
import { evolve } from './evolve.ts';
import type { RunEvent } from './events.ts';
import { scopeOf, type Shelf } from './scope.ts';
import type { Run } from './state.ts';
import { runTime } from './time.ts';

export class Draft {
  readonly program: Program;
  readonly shelf: Shelf;
  /** Wall time. */
  readonly now: number;
  readonly events: RunEvent[] = [];
  readonly touched: number[] = [];
  run: Run;

  constructor(program: Program, run: Run, now: number, shelf: Shelf) {
    this.program = program;
    this.run = run;
    this.now = now;
    this.shelf = shelf;
  }

  /** Now, in the run's own time. */
  get time(): number {
    return runTime(this.run, this.now);
  }

  push(event: RunEvent): void {
    this.events.push(event);
    this.run = evolve(this.program, this.run, event, this.now);
  }

  /** Whatever comes after this step may be ready now. */
  settled(place: number): void {
    for (const next of this.program.node(place).dependents) this.touched.push(next);
  }

  touchAll(): void {
    for (const node of this.program.nodes) this.touched.push(node.place);
  }

  scope(reader: Node | undefined, extra?: Partial<Pick<Scope, 'item' | 'index' | 'own'>>): Scope {
    return scopeOf(this.program, this.run, this.shelf, reader, extra);
  }
}

/** Outputs that the skeleton itself makes are small: they always lie in the journal. */
export function inline(value: Json): { readonly value: Json } {
  return { value: toJson(value, 'output') };
}
