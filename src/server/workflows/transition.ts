/**
 * Commands to runs: what does not fit how a run stands is refused with how it stands.
 *
 * Whoever asks is not kept waiting for ever by a node that does not answer: what was left for it lies there all the same.
 */
import { ContinuoError } from '../../core/errors.ts';
import { statusOf } from '../../core/run/phases.ts';
import type { Clock } from '../../ports/clock.ts';
import { statusOf as httpStatusOf } from '../http/status-of.ts';
import type { ServerParts } from '../parts.ts';

/** How long the node that has the run, or whoever takes it over, may need: twice what it takes to find out that one is dead. */
const patience = 30_000;

export async function transition<T>({ orchestrator, clock }: ServerParts, id: string, command: () => Promise<T>): Promise<T> {
  try {
    return await answeredBy(clock, command(), id);
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

async function answeredBy<T>(clock: Clock, command: Promise<T>, id: string): Promise<T> {
  const late = Promise.withResolvers<never>();
  const disarm = clock.at(clock.now() + patience, () => {
    const message = `the node that has run ${id} did not answer in ${patience / 1000} s; what was asked lies there, and may still be done`;
    late.reject(new ContinuoError('RUN_ELSEWHERE', message, undefined, true));
  });
  try {
    return await Promise.race([command, late.promise]);
  } finally {
    disarm();
  }
}
