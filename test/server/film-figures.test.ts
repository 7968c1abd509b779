import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { loadFilmSystem } from '../../src/cli/make/load-film-system.ts';
import { systemClock } from '../../src/engine/system-clock.ts';
import type { RunRecord } from '../../src/ports/journal.ts';
import type { FilmFigures } from '../../src/server/metrics/film-figures.ts';
import { served, type Served } from './served.ts';

const system = await loadFilmSystem();
const films = { system, estimate: () => ({ cost: 0, notes: [], scenes: 1 }) };
const minute = 60_000;

async function film(
  { backend }: Served,
  run: string,
  ago: number,
  { score, cost, ...changes }: Partial<RunRecord> & { readonly score?: number; readonly cost?: number } = {},
): Promise<void> {
  const endedAt = systemClock.now() - ago;
  const base = {
    project: 'default',
    workflow: system.workflow.id,
    plan: 'p',
    queued: false,
    priority: 0,
    dead: 0,
    questions: 0,
    awaits: [],
  };
  const times = { createdAt: endedAt - 5 * minute, updatedAt: endedAt, ...(changes.status === 'running' ? {} : { endedAt }) };
  const record: RunRecord = { ...base, run, status: 'succeeded', ...times, busy: false, ...changes };
  const began = {
    type: 'run.started',
    plan: 'p',
    workflow: record.workflow,
    project: record.project,
    input: { value: null },
    steps: 1,
  } as const;
  await backend.journal.append({ run, seq: 0, at: 0, events: [began], record });
  const rated = Object.entries({ video_quality_score: score, video_generation_cost: cost });
  await backend.ledger.write(
    rated.flatMap(([metric, value]) =>
      value === undefined
        ? []
        : [
            {
              is: 'feedback' as const,
              record: { id: `${run} ${metric}`, at: 1, project: record.project, metric, value, episode: run, tags: {} },
            },
          ],
    ),
  );
}

suite('films in plain figures', () => {
  test('are those of the last hour and day, with what was said of them', async (t) => {
    const there = await served(t, { parts: { systems: { films } } });
    await film(there, 'now', 10 * minute, { score: 8, cost: 0.2 });
    await film(there, 'earlier', 300 * minute, { score: 6, cost: 0.4 });
    await film(there, 'unrated', 400 * minute);
    await film(there, 'failed', 20 * minute, { status: 'failed' });
    await film(there, 'long ago', 1500 * minute, { score: 1, cost: 100 });
    await film(there, 'under way', 0, { status: 'running' });
    await film(there, 'in the queue', 0, { status: 'running', queued: true });
    await film(there, 'a book', 10 * minute, { workflow: 'book', score: 1 });
    const { at, cost_last_day: cost, average_cost: mean, ...rest } = (await there.ask('GET', '/api/metrics')).as<FilmFigures>();
    assert.match(at, /^\d{4}-/);
    assert.deepEqual(rest, {
      videos_last_hour: 1,
      videos_last_day: 3,
      average_score: 7,
      average_time_seconds: 300,
      error_rate: 0.25,
      queue: { running: 1, waiting: 0, queued: 1 },
    });
    assert.deepEqual([cost.toFixed(2), mean?.toFixed(2)], ['0.60', '0.30']);
  });

  test('nothing was made: there are no averages, and no zeros that look like some', async (t) => {
    const { ask } = await served(t, { parts: { systems: { films } } });
    const { average_score: score, error_rate: errors, videos_last_day: made } = (await ask('GET', '/api/metrics')).as<FilmFigures>();
    assert.deepEqual([score, errors, made], [null, null, 0]);
  });

  test('a key sees the films of its projects alone', async (t) => {
    const there = await served(t, { parts: { systems: { films } } });
    await film(there, 'mine', 10 * minute, { project: 'acme', score: 9 });
    await film(there, 'theirs', 10 * minute, { project: 'other', score: 1 });
    const key = await there.key(['read'], ['acme']);
    const { videos_last_hour: made, average_score: score } = (await there.ask('GET', '/api/metrics', { key })).as<FilmFigures>();
    assert.deepEqual([made, score], [1, 9]);
  });

  test('where no films are made there are none', async (t) => {
    const { ask } = await served(t);
    const { status, as } = await ask('GET', '/api/metrics');
    assert.deepEqual([status, as().code], [404, 'NOT_MOUNTED']);
  });
});
