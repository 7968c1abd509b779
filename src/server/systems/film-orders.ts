/** Takes an order for a film. */
import type { FastifyRequest } from 'fastify';
import { ContinuoError } from '../../core/errors.ts';
import type { FilmRequestInput } from '../../studio/film/request.ts';
import { mustOwnBlobs } from '../plans/blob-access.ts';
import { projectFor } from '../access/project-for.ts';
import type { MountedFilms, ServerParts } from '../parts.ts';

export interface AcceptedFilm {
  readonly job_id: string;
  readonly status: 'queued';
  readonly project_id: string;
  /** Dollars, at most. */
  readonly estimated_cost: number;
  readonly status_url: string;
  readonly notes: string[];
}

export function mountedFilms({ systems }: ServerParts): MountedFilms {
  if (systems.films !== undefined) return systems.films;
  throw new ContinuoError('NOT_MOUNTED', 'this server makes no films: start it without `--no-systems`, where ffmpeg can be found');
}

interface How {
  readonly project: string | undefined;
  readonly priority?: number;
  readonly idempotencyKey?: string | undefined;
}

export async function acceptFilm(
  parts: ServerParts,
  request: Pick<FastifyRequest, 'principal' | 'noted'>,
  asked: FilmRequestInput,
  how: How,
): Promise<AcceptedFilm> {
  const { system, estimate } = mountedFilms(parts);
  const project = projectFor(request.principal, how.project);
  await mustOwnBlobs(request.principal, [asked, how], parts);
  const read = system.readRequest(asked);
  if ('problems' in read) {
    const problems = read.problems.map(({ field, what }) => `${field} ${what}`);
    throw new ContinuoError('INPUT_INVALID', problems.join('; '), problems);
  }
  const { cost, notes } = estimate(read.request);
  const { id } = await parts.orchestrator.start(system.workflow, read.request, {
    project,
    by: request.principal.who,
    ...(how.priority === undefined ? {} : { priority: how.priority }),
    ...(how.idempotencyKey === undefined ? {} : { idempotencyKey: how.idempotencyKey }),
  });
  request.noted = { run: id, project };
  return { job_id: id, status: 'queued', project_id: project, estimated_cost: cost, status_url: `/api/status/${id}`, notes: [...notes] };
}
