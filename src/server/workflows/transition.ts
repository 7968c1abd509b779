/** Commands to runs: what does not fit how a run stands is refused with how it stands. */
import { ContinuoError } from '../../core/errors.ts';
import { statusOf } from '../../core/run/phases.ts';
import { statusOf as httpStatusOf } from '../http/status-of.ts';
import type { ServerParts } from '../parts.ts';

export async function transition<T>({ orchestrator }: ServerParts, id: string, command: () => Promise<T>): Promise<T> {
  try {
    return await command();
  } catch (error) {
    if (!(error instanceof ContinuoError) || httpStatusOf[error.code] !== 409) throw error;
    const { run, program } = await orchestrator.standings.get(id);
    const step = run.active.map((place) => program.node(place).id)[0];
    throw new ContinuoError(error.code, error.message, {
      status: statusOf(run),
      phase: run.phase.is,
      current_step: step ?? null,
      ...(error.details === undefined ? {} : { reasons: error.details }),
    });
  }
}
