/** What can be seen day by day. */
import assert from 'node:assert/strict';
import type { Backend } from '../../../ports/backend.ts';
import type { LedgerEntry, LedgerView } from '../../../ports/ledger.ts';
import { feedback, inference } from './entries.ts';
import type { StoreTest } from './store.ts';

const day = 86_400_000;
const hour = 3_600_000;
/** Noon. */
const now = Date.UTC(2026, 10, 20, 12);

type Row = Readonly<Record<string, string | number | null>>;

/** Numbers are brought to a billionth: stores may add in any order. */
async function rows({ ledger }: Backend, view: LedgerView, at: number = now): Promise<readonly Row[]> {
  const rounded = (value: string | number | null): string | number | null =>
    typeof value === 'number' ? Math.round(value * 1e9) / 1e9 : value;
  return (await ledger.view(view, at)).map((row) => Object.fromEntries(Object.entries(row).map(([key, value]) => [key, rounded(value)])));
}

/** Feedback for an episode of its own, at an instant of its own. */
function rated(id: string, at: number, value: number | boolean, metric = 'quality', project = 'default'): LedgerEntry {
  return feedback(id, { episode: id }, value, { at, metric, project });
}

function asked(id: string, at: number, changes: Parameters<typeof inference>[1] = {}): LedgerEntry {
  return inference(id, { at, ...changes });
}

/** Each alert, with what it is about. */
async function alertsOf(backend: Backend, at: number = now): Promise<readonly string[]> {
  return (await rows(backend, 'alerts', at)).map(({ alert, subject }) => `${alert} ${subject}`);
}

function perDay(test: StoreTest): void {
  test('quality per day: against the mean of the 7 days before', async (backend) => {
    const at = (days: number): number => Date.UTC(2026, 10, 20) - days * day;
    await backend.ledger.write([
      rated('too old', at(8), 100),
      rated('a week', at(7), 4),
      rated('yesterday, late', at(1) + day - 1, 8),
      rated('today, early', at(0), 3),
      rated('today, later', at(0) + 5 * hour, 6),
      rated('liked', at(0), true, 'liked'),
      rated('theirs', at(0), 1, 'quality', 'other'),
      rated('said', at(0), 5, 'comment'),
      feedback('replaced', { episode: 'today, early' }, 50, { at: at(0) - 1 }),
    ]);
    assert.deepEqual(await rows(backend, 'quality_per_day'), [
      { day: '2026-11-20', project: 'default', metric: 'liked', n: 1, mean: 1, change: null },
      { day: '2026-11-20', project: 'default', metric: 'quality', n: 2, mean: 4.5, change: -0.25 },
      { day: '2026-11-20', project: 'other', metric: 'quality', n: 1, mean: 1, change: null },
      { day: '2026-11-19', project: 'default', metric: 'quality', n: 1, mean: 8, change: -0.846_153_846 },
      { day: '2026-11-13', project: 'default', metric: 'quality', n: 1, mean: 4, change: -0.96 },
      { day: '2026-11-12', project: 'default', metric: 'quality', n: 1, mean: 100, change: null },
    ]);
  });

  test('quality per day: a change from nothing has no size, and one from below has its sign', async (backend) => {
    await backend.ledger.write([rated('1', 0, 0), rated('2', day, 2), rated('3', 0, -4, 'balance'), rated('4', day, -2, 'balance')]);
    assert.deepEqual(
      (await rows(backend, 'quality_per_day')).map(({ metric, change }) => [metric, change]),
      [
        ['balance', 0.5],
        ['quality', null],
        ['balance', null],
        ['quality', null],
      ],
    );
  });

  test('component cost: every inference, by day, project, function and step', async (backend) => {
    await backend.ledger.write([
      asked('1', day, { step: 's', cost: 0.25, inputTokens: 7, outputTokens: 1 }),
      asked('2', day + 1, { step: 's', cost: 0.5, status: 'failed' }),
      asked('3', 2 * day - 1, { step: 's', cost: 0.125, parent: '1' }),
      asked('4', day, { cost: 1 }),
      asked('5', 2 * day, { step: 's', function: 'judge' }),
      asked('6', 2 * day, { step: 's', project: 'a' }),
    ]);
    const one = { inferences: 1, input_tokens: 100, output_tokens: 10, cost: 0.5 };
    assert.deepEqual(await rows(backend, 'component_cost'), [
      { day: '1970-01-03', project: 'a', function: 'write', step: 's', ...one },
      { day: '1970-01-03', project: 'default', function: 'judge', step: 's', ...one },
      { day: '1970-01-02', project: 'default', function: 'write', step: null, ...one, cost: 1 },
      {
        day: '1970-01-02',
        project: 'default',
        function: 'write',
        step: 's',
        inferences: 3,
        input_tokens: 207,
        output_tokens: 21,
        cost: 0.875,
      },
    ]);
  });

  test('variant quality: what an answer costs, with its candidates and the failures on the way', async (backend) => {
    await backend.ledger.write([
      inference('1', { cost: 1, latency: 100 }),
      inference('2', { cost: 1, latency: 300 }),
      inference('3', { cost: 1, latency: 5000, status: 'failed' }),
      inference('4', { cost: 1, parent: '1', variant: 'candidate', latency: 7 }),
      inference('5', { variant: 'free', cost: 0, source: 'rules' }),
      inference('6', { variant: 'unrated' }),
    ]);
    await backend.ledger.write([
      feedback('f1', { inference: '1' }, 6),
      feedback('f2', { inference: '2' }, 8),
      feedback('f3', { inference: '5' }, 5),
      feedback('f4', { inference: '1' }, true, { metric: 'liked' }),
    ]);
    assert.deepEqual(await rows(backend, 'variant_quality'), [
      { function: 'write', variant: 'a', metric: 'liked', n: 1, mean: 1, cost: 2, mean_latency: 200, quality_per_dollar: 0.5 },
      { function: 'write', variant: 'a', metric: 'quality', n: 2, mean: 7, cost: 2, mean_latency: 200, quality_per_dollar: 3.5 },
      { function: 'write', variant: 'free', metric: 'quality', n: 1, mean: 5, cost: 0, mean_latency: 200, quality_per_dollar: null },
    ]);
  });
}

function warnings(test: StoreTest): void {
  test('an empty ledger shows nothing and warns of nothing', async (backend) => {
    for (const view of ['quality_per_day', 'variant_quality', 'component_cost', 'alerts'] as const)
      assert.deepEqual(await rows(backend, view), []);
  });

  test('alert: quality that fell by more than a tenth, for the project and the metric', async (backend) => {
    await backend.ledger.write([
      ...[1, 2, 3].map((days) => rated(`before ${days}`, now - days * day - hour, 8)),
      rated('long ago', now - 9 * day, 100),
      rated('lately', now - 2 * hour, 7.5),
      rated('now', now, 6.5),
      rated('in the future', now + 1, 100),
      ...['render_time', 'render_cost'].flatMap((metric) => [
        rated(`${metric} before`, now - 2 * day, 8, metric),
        rated(`${metric} lately`, now - hour, 1, metric),
      ]),
      rated('held before', now - 2 * day, 10, 'held'),
      rated('held', now - hour, 9, 'held'),
      rated('new', now - hour, 1, 'new'),
      rated('theirs', now - 2 * day, 1, 'quality', 'other'),
    ]);
    assert.deepEqual(await rows(backend, 'alerts'), [
      {
        alert: 'quality_degradation',
        subject: 'default/quality',
        value: 7,
        threshold: 7.2,
        since: '2026-11-20T10:00:00.000Z',
        sentence: 'quality of project default was 7.00 on average in the last day, and 8.00 in the 7 days before',
      },
    ]);
    assert.deepEqual(await alertsOf(backend, now + day + 2), [], 'and it passes');
  });

  test('alert: more than 15 % of at least ten inferences failed', async (backend) => {
    const some = (project: string, failed: number, fine: number): LedgerEntry[] =>
      Array.from({ length: failed + fine }, (_, n) =>
        asked(`${project} ${n}`, now - hour + n, { project, status: n < failed ? 'failed' : 'ok', cost: 0 }),
      );
    await backend.ledger.write([
      ...some('bad', 4, 16),
      ...some('at the limit', 3, 17),
      ...some('few', 9, 0),
      ...some('candidates', 2, 18),
      ...Array.from({ length: 9 }, (_, n) =>
        asked(`made ${n}`, now, { project: 'candidates', status: 'failed', parent: 'candidates 5', cost: 0 }),
      ),
      asked('yesterday', now - day, { project: 'few', status: 'failed', cost: 0 }),
      ...Array.from({ length: 20 }, (_, n) =>
        asked(`left ${n}`, now, { project: 'cancelled', status: 'failed', error: { code: 'CANCELLED', message: 'left' }, cost: 0 }),
      ),
    ]);
    assert.deepEqual(await rows(backend, 'alerts'), [
      {
        alert: 'high_error_rate',
        subject: 'bad',
        value: 0.2,
        threshold: 0.15,
        since: '2026-11-20T11:00:00.000Z',
        sentence: '4 of 20 inferences of project bad failed in the last day',
      },
    ]);
  });

  test('alert: a time that was longer than a quarter of an hour on average', async (backend) => {
    await backend.ledger.write([
      rated('1', now - 3 * hour, 1200, 'video_generation_time'),
      rated('2', now - 2 * hour, 900, 'video_generation_time'),
      rated('3', now - hour, 900, 'other_time'),
      rated('4', now - hour, 5000, 'timeliness'),
    ]);
    assert.deepEqual(await rows(backend, 'alerts'), [
      {
        alert: 'slow_performance',
        subject: 'default/video_generation_time',
        value: 1050,
        threshold: 900,
        since: '2026-11-20T09:00:00.000Z',
        sentence: 'video_generation_time of project default was 17.5 minutes on average in the last day, more than 15',
      },
    ]);
  });

  test('alert: a day that cost half as much again as a day on which there was something', async (backend) => {
    const cost = (project: string, days: readonly number[]): LedgerEntry[] =>
      days.map((dollars, ago) => asked(`${project} ${ago}`, now - ago * day, { project, cost: dollars }));
    await backend.ledger.write([
      ...cost('dear', [1.75, 1.5, 0.5]),
      ...cost('the same', [1.5, 1, 1]),
      ...cost('new', [100]),
      asked('candidate', now - 2, { project: 'dear', parent: 'dear 0', cost: 0.25 }),
      asked('rested before', now - 7 * day, { project: 'rested', cost: 1 }),
      asked('rested', now, { project: 'rested', cost: 1.25 }),
    ]);
    assert.deepEqual(await rows(backend, 'alerts'), [
      {
        alert: 'cost_spike',
        subject: 'dear',
        value: 2,
        threshold: 1.5,
        since: '2026-11-20T11:59:59.998Z',
        sentence: 'project dear cost $2.00 in the last day, and $1.00 on a day of the 7 before',
      },
    ]);
  });

  test('a project and a metric are told apart from others whose names are the same when joined', async (backend) => {
    await backend.ledger.write([rated('1', now, 1000, 'c_time', 'a/b'), rated('2', now, 2000, 'b/c_time', 'a')]);
    const values = (await rows(backend, 'alerts')).map(({ subject, value }) => `${subject} ${value}`);
    assert.deepEqual(values.toSorted(), ['a/b/c_time 1000', 'a/b/c_time 2000']);
  });

  test('alerts come in one order', async (backend) => {
    await backend.ledger.write([
      rated('1', now, 1000, 'b_time'),
      rated('2', now, 1000, 'a_time'),
      rated('3', now, 1000, 'a_time', 'a'),
      rated('4', now, 1),
      rated('5', now - 2 * day, 2),
    ]);
    assert.deepEqual(await alertsOf(backend), [
      'quality_degradation default/quality',
      'slow_performance a/a_time',
      'slow_performance default/a_time',
      'slow_performance default/b_time',
    ]);
  });
}

export function viewsConformance(test: StoreTest): void {
  perDay(test);
  warnings(test);
}
