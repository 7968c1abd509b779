/** Steps that failed for good, and what it takes to try them again. */
import type { Json } from '../core/data/json.ts';
import type { Fault } from '../core/run/events.ts';
import { isOpenFailure } from '../core/run/ending.ts';
import type { Standing } from './standings.ts';
import type { OpenPayload } from './view.ts';

export interface DeadLetter {
  readonly runId: string;
  readonly workflow: string;
  readonly project: string;
  readonly step: string;
  readonly attempts: number;
  readonly error: Fault;
  readonly at: number;
  /** Whether the run as a whole failed with it. */
  readonly fatal: boolean;
  readonly runInput: Json;
}

export async function deadLettersOf({ run, program }: Standing, open: OpenPayload): Promise<readonly DeadLetter[]> {
  const { id: runId, workflow, project, phase } = run;
  const failed = program.nodes.flatMap(({ id: step, place }) => {
    const state = run.steps.get(place);
    if (state.is !== 'failed') return [];
    const { attempts, error, at } = state;
    return [{ step, attempts, error, at, fatal: phase.is === 'failed' && isOpenFailure(state) }];
  });
  if (failed.length === 0) return [];
  const runInput = await open(run.input);
  return failed.map((one) => ({ runId, workflow, project, ...one, runInput }));
}
