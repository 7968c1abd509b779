/** Time travel: a new run that keeps what another had done before a step. */
import { ContinuoError } from '../errors.ts';
import type { Program } from '../plan/program.ts';
import type { Start } from './commands.ts';
import type { Payload } from './events.ts';
import { doneAgain } from './joins.ts';
import type { Output, Run } from './state.ts';

export interface Fork {
  /** The first step to be done again; without it, whatever is not done. */
  readonly from?: string;
  /** Other results for steps that are kept. */
  readonly outputs?: Readonly<Record<string, Payload>>;
}

export function forkOf(program: Program, run: Run, fork: Fork): NonNullable<Start['fork']> {
  const again = new Set(fork.from === undefined ? [] : doneAgain(program, run, program.place(fork.from)));
  const keep = new Map<number, Output | 'skipped' | 'overtaken'>();
  for (const { place } of program.nodes) {
    if (again.has(place)) continue;
    const state = run.steps.get(place);
    if (state.is === 'done') keep.set(place, state.output);
    else if (state.is === 'skipped') keep.set(place, state.why === 'overtaken' ? 'overtaken' : 'skipped');
  }
  for (const [id, output] of Object.entries(fork.outputs ?? {})) {
    const place = program.place(id);
    if (!keep.has(place)) {
      throw new ContinuoError(
        'FORK_INVALID',
        `the fork gives ${id} another result, but ${again.has(place) ? `${id} is done again from ${fork.from}` : `${id} has not finished in run ${run.id}`}`,
      );
    }
    keep.set(place, output);
  }
  const joins = Object.entries(run.joins).flatMap(([place, live]) => (keep.has(Number(place)) ? [[Number(place), live] as const] : []));
  return { run: run.id, step: fork.from ?? '', keep: [...keep].sort(([a], [b]) => a - b), joins };
}
