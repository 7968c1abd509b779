/** What is told of a film while it is made, and when it is there. */
import { ContinuoError } from '../../core/errors.ts';
import type { RunView } from '../../engine/view.ts';
import type { FilmResult } from '../../studio/film/result.ts';
import type { MountedFilms } from '../parts.ts';
import { standingOf, type FilmStanding } from './film-standing.ts';

export interface FilmStatus extends FilmStanding {
  readonly job_id: string;
  readonly project_id: string;
  readonly created_at: string;
  readonly updated_at: string;
  /** Dollars. */
  readonly cost: number;
  readonly title?: string;
  /** Seconds. */
  readonly duration?: number;
  readonly score?: number;
  readonly rating?: string;
  readonly video_url?: string;
  readonly thumbnail_url?: string;
  readonly subtitles_url?: string;
  readonly error?: { readonly code: string; readonly message: string };
}

export function filmStatusOf({ system }: MountedFilms, view: RunView): FilmStatus {
  if (view.workflow !== system.workflow.id) throw new ContinuoError('RUN_UNKNOWN', `there is no film ${JSON.stringify(view.runId)} here`);
  // What a film's run gives is the system's FilmResult.
  const film = view.output as unknown as FilmResult | undefined;
  const blobUrl = (blob: string): string => `/api/v1/workflows/${view.runId}/blobs/${blob}`;
  return {
    job_id: view.runId,
    project_id: view.project,
    ...standingOf(view, system.stages),
    created_at: new Date(view.startedAt).toISOString(),
    updated_at: new Date(view.updatedAt).toISOString(),
    cost: view.money.spent,
    ...(view.error === undefined ? {} : { error: { code: view.error.code, message: view.error.message } }),
    ...(film === undefined
      ? {}
      : {
          title: film.title,
          duration: film.seconds,
          score: film.score,
          rating: film.rating,
          video_url: blobUrl(film.film.blob),
          thumbnail_url: blobUrl(film.thumbnail.blob),
          subtitles_url: blobUrl(film.vtt.blob),
        }),
  };
}
