/** What the making of a film will take, before it begins. Pure. */
import type { FilmRequest } from '../../studio/film/request.ts';

/** Seconds of work for a second of film on two cores; more cores render side by side. */
const work: Readonly<Record<FilmRequest['quality'], number>> = { draft: 0.4, standard: 0.55, high: 2 };
/** Script, voices, pictures and checks, which do not grow with the length as much. */
const overhead = 8;
const mostThreads = 4;

export function secondsToMake({ quality, duration }: FilmRequest, cores: number): number {
  return overhead + (work[quality] * duration * 2) / Math.max(1, Math.min(mostThreads, cores));
}

/** Nobody wants to know it to the second: `40 s`, `1½ min`, `6 min`. */
export function roughly(seconds: number): string {
  if (seconds < 75) return `${Math.max(10, Math.round(seconds / 10) * 10)} s`;
  const halves = Math.round(seconds / 30);
  return `${Math.floor(halves / 2)}${halves % 2 === 1 ? '½' : ''} min`;
}
