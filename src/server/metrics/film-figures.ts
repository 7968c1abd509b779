/** Films of the last hour and day, by what the store knows of their runs and how these were rated. */
import type { Backend } from '../../ports/backend.ts';
import type { RunRecord } from '../../ports/journal.ts';

const hour = 3_600_000;
const day = 24 * hour;
/** No more runs than these are looked at, the newest first … */
const mostRuns = 1000;
/** … and no more ratings are read. */
const mostRated = 200;

export interface FilmFigures {
  readonly at: string;
  readonly videos_last_hour: number;
  readonly videos_last_day: number;
  readonly average_score: number | null;
  readonly average_time_seconds: number | null;
  readonly cost_last_day: number;
  readonly average_cost: number | null;
  readonly error_rate: number | null;
  readonly queue: { readonly running: number; readonly waiting: number; readonly queued: number };
}

export async function filmFigures(
  { runs, ledger }: Pick<Backend, 'runs' | 'ledger'>,
  workflow: string,
  projects: readonly string[] | undefined,
  now: number,
): Promise<FilmFigures> {
  const list = (status: readonly RunRecord['status'][]): Promise<readonly RunRecord[]> => {
    return runs.list({ workflow, status, ...(projects === undefined ? {} : { projects }), limit: mostRuns });
  };
  const [ended, unended] = await Promise.all([list(['succeeded', 'failed']), list(['running', 'waiting', 'paused'])]);
  const lately = ended.filter(({ endedAt = 0 }) => endedAt > now - day);
  const made = lately.filter(({ status }) => status === 'succeeded');
  const ratings = await Promise.all(made.slice(0, mostRated).map(({ run }) => ledger.feedback({ episode: run })));
  const rated = (metric: string): readonly number[] =>
    ratings.flatMap((those) => {
      const value = those.findLast((one) => one.metric === metric)?.value;
      return typeof value === 'number' ? [value] : [];
    });
  const costs = rated('video_generation_cost');
  return {
    at: new Date(now).toISOString(),
    videos_last_hour: made.filter(({ endedAt = 0 }) => endedAt > now - hour).length,
    videos_last_day: made.length,
    average_score: mean(rated('video_quality_score')),
    average_time_seconds: mean(made.map(({ createdAt, endedAt = createdAt }) => (endedAt - createdAt) / 1000)),
    cost_last_day: sum(costs),
    average_cost: mean(costs),
    error_rate: lately.length === 0 ? null : 1 - made.length / lately.length,
    queue: {
      running: unended.filter(({ status, queued }) => status === 'running' && !queued).length,
      waiting: unended.filter(({ status, queued }) => status !== 'running' && !queued).length,
      queued: unended.filter(({ queued }) => queued).length,
    },
  };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const mean = (values: readonly number[]): number | null => (values.length === 0 ? null : sum(values) / values.length);
