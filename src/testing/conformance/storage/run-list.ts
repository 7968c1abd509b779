/** Lists of runs, held against a model of what they should say. */
import assert from 'node:assert/strict';
import type { Status } from '../../../core/run/state.ts';
import type { Backend } from '../../../ports/backend.ts';
import type { RunQuery, RunRecord } from '../../../ports/journal.ts';
import { event, first, next, record, rejectsWith, startAll } from './store.ts';
import type { StoreTest } from './store.ts';

const statuses: readonly Status[] = ['running', 'waiting', 'paused', 'succeeded', 'failed', 'cancelled'];
const live: readonly Status[] = ['running', 'waiting', 'paused'];

/** Runs of every sort; many were created in the same instant. */
const sample: readonly RunRecord[] = Array.from({ length: 90 }, (_, i) => {
  // Each field goes round at a pace of its own, so that they meet in all combinations.
  const status = statuses[(i * 7) % 6] ?? 'running';
  return record(`run-${String((i * 37) % 90).padStart(2, '0')}`, {
    project: i % 3 === 0 ? 'other' : 'default',
    workflow: i % 4 === 0 ? 'book' : 'film',
    status,
    createdAt: Math.floor(i / 4) * 0.5,
    queued: i % 5 === 0,
    busy: i % 7 < 3,
    dead: i % 11 === 0 ? 2 : 0,
    questions: i % 8 === 0 ? 1 : 0,
    awaits: i % 3 === 1 ? ['news', 'weather'] : i % 3 === 2 ? ['weather'] : [],
    ...(i % 2 === 0 ? { concurrencyKey: i % 4 === 0 ? 'x' : 'y' } : {}),
    ...(i % 9 === 0 ? { parent: 'run-00' } : {}),
    ...(live.includes(status) ? {} : { expiresAt: i }),
  });
});

const queries: readonly RunQuery[] = [
  {},
  { project: 'default' },
  { project: 'nobody' },
  { workflow: 'book' },
  { project: 'other', workflow: 'book' },
  ...statuses.map((status): RunQuery => ({ status: [status] })),
  { status: live },
  { status: ['failed', 'running', 'failed'] },
  { status: [] },
  { project: 'default', status: ['succeeded', 'waiting'] },
  { workflow: 'film', status: ['paused'] },
  { project: 'default', workflow: 'film', status: ['failed', 'cancelled'] },
  { parent: 'run-00' },
  { parent: 'run-00', status: ['running'] },
  { parent: 'run-01' },
  { concurrencyKey: 'x' },
  { concurrencyKey: 'x', status: live },
  { concurrencyKey: 'y', status: live, queued: false },
  { concurrencyKey: 'y', status: statuses, queued: true },
  { queued: true },
  { queued: true, status: live, project: 'other' },
  { queued: false },
  { busy: true },
  { called: true },
  { called: true, project: 'default' },
  { busy: true, project: 'default', workflow: 'film' },
  { busy: false, status: ['running'] },
  { dead: true },
  { dead: true, project: 'default', status: ['failed', 'running'] },
  { dead: false, workflow: 'book' },
  { withQuestions: true },
  { withQuestions: true, project: 'default' },
  { withQuestions: false, project: 'default' },
  { awaits: 'news' },
  { awaits: 'weather', project: 'default' },
  { awaits: 'weather', status: ['waiting'], busy: true },
  { awaits: 'nothing' },
  { expiredAt: 30 },
  { expiredAt: 60.5, project: 'default', status: ['failed'] },
  { expiredAt: -1 },
  { busy: true, queued: true, dead: true },
  { projects: ['default'] },
  { projects: ['other', 'default', 'other'] },
  { projects: ['nobody', 'other'], status: ['failed', 'waiting'] },
  { projects: [] },
  { projects: Array.from({ length: 40 }, (_, i) => (i === 30 ? 'other' : `p${i}`)) },
  { projects: ['other', 'nobody'], project: 'default' },
  { projects: ['other', 'default'], workflow: 'book' },
  { projects: ['default', 'nobody'], withQuestions: true },
  { projects: ['other'], dead: true, from: 3 },
  { from: 5.5 },
  { from: 5, project: 'other', status: live },
  { from: 4, awaits: 'weather' },
  { from: 1000 },
  { from: 2, projects: ['other', 'default'] },
  { concurrencyKey: 'x', parent: 'run-00', withQuestions: true },
];

function fits(one: RunRecord, query: RunQuery): boolean {
  const { project, projects, workflow, from, parent, concurrencyKey, queued, busy, dead, withQuestions, awaits, expiredAt, status } = query;
  const wanted = [
    [project, one.project],
    [workflow, one.workflow],
    [parent, one.parent],
    [concurrencyKey, one.concurrencyKey],
    [queued, one.queued],
    [busy, one.busy],
    [dead, one.dead > 0],
    [withQuestions, one.questions > 0],
  ];
  if (wanted.some(([asked, is]) => asked !== undefined && asked !== is)) return false;
  if (projects !== undefined && !projects.includes(one.project)) return false;
  if (from !== undefined && one.createdAt < from) return false;
  if (query.called === true && !(one.parent !== undefined && live.includes(one.status))) return false;
  if (status !== undefined && !status.includes(one.status)) return false;
  if (awaits !== undefined && !(one.awaits.includes(awaits) && live.includes(one.status))) return false;
  return expiredAt === undefined || (one.expiresAt !== undefined && one.expiresAt <= expiredAt);
}

async function pages(backend: Backend, query: RunQuery, limit: number): Promise<readonly RunRecord[]> {
  const found: RunRecord[] = [];
  for (;;) {
    const after = found.at(-1)?.run;
    const page = await backend.runs.list({ ...query, limit, ...(after === undefined ? {} : { after }) });
    assert.ok(page.length <= limit);
    found.push(...page);
    if (page.length < limit) return found;
  }
}

const names = (records: readonly RunRecord[]): readonly string[] => records.map(({ run }) => run);

export function runListConformance(test: StoreTest): void {
  test('lists exactly the runs that every filter lets through, in order', async (backend) => {
    await startAll(backend, sample);
    for (const query of queries) {
      const wanted = sample.filter((one) => fits(one, query));
      for (const oldestFirst of [false, true]) {
        const found = await backend.runs.list({ ...query, oldestFirst });
        const what = JSON.stringify({ ...query, oldestFirst });
        assert.deepEqual(names(found).toSorted(), names(wanted).toSorted(), what);
        const times = found.map(({ createdAt }) => createdAt);
        assert.deepEqual(
          times,
          times.toSorted((a, b) => (oldestFirst ? a - b : b - a)),
          what,
        );
        assert.deepEqual(
          found,
          found.map(({ run }) => sample.find((one) => one.run === run)),
          what,
        );
      }
    }
  });

  test('a tally counts the runs that have not ended, and which of them wait for their turn or for a person', async (backend) => {
    assert.deepEqual(await backend.runs.tally(), { running: 0, waiting: 0, paused: 0, queued: 0, asking: 0 });
    await startAll(backend, sample);
    const count = (query: RunQuery): number => sample.filter((one) => fits(one, query)).length;
    assert.deepEqual(await backend.runs.tally(), {
      running: count({ status: ['running'] }),
      waiting: count({ status: ['waiting'] }),
      paused: count({ status: ['paused'] }),
      queued: count({ status: live, queued: true }),
      asking: count({ status: live, withQuestions: true }),
    });
  });

  test('pages repeat nothing and skip nothing, also among runs of the same instant', async (backend) => {
    await startAll(backend, sample);
    for (const query of queries) {
      for (const oldestFirst of [false, true]) {
        const whole = names(await backend.runs.list({ ...query, oldestFirst }));
        for (const limit of [1, 7, 1000])
          assert.deepEqual(
            names(await pages(backend, { ...query, oldestFirst }, limit)),
            whole,
            JSON.stringify({ ...query, oldestFirst, limit }),
          );
      }
    }
  });

  test('a page goes on after a run that no longer fits the filter', async (backend) => {
    const { journal, runs } = backend;
    await startAll(
      backend,
      [1, 2, 3].map((n) => record(`r${n}`, { createdAt: n, busy: true })),
    );
    await journal.append({ ...next('r2', 1, event(1)), record: record('r2', { createdAt: 2 }) });
    assert.deepEqual(names(await runs.list({ busy: true, oldestFirst: true, after: 'r2' })), ['r3']);
    assert.deepEqual(names(await runs.list({ busy: true, after: 'r2' })), ['r1']);
  });

  test('a page cannot go on after a run that is not there', async ({ journal, runs }) => {
    await journal.append(first('r'));
    await rejectsWith('RUN_UNKNOWN', runs.list({ after: 'gone' }));
  });

  test('a run is listed by what its last record says', async ({ journal, runs }) => {
    await journal.append(first('r', { busy: true, awaits: ['news', 'weather'], questions: 1, queued: true, concurrencyKey: 'x' }));
    const isIn = async (query: RunQuery): Promise<boolean> => (await runs.list(query)).length === 1;
    const before: readonly RunQuery[] = [
      { busy: true },
      { awaits: 'news' },
      { withQuestions: true },
      { queued: true },
      { status: ['running'] },
      { concurrencyKey: 'x', queued: true },
    ];
    for (const query of before) assert.ok(await isIn(query), JSON.stringify(query));
    await journal.append({
      ...next('r', 1, event(1)),
      record: record('r', { status: 'waiting', awaits: ['weather'], concurrencyKey: 'x', dead: 1 }),
    });
    for (const query of before) assert.ok(!(await isIn(query)), JSON.stringify(query));
    for (const query of [{ busy: false }, { awaits: 'weather' }, { dead: true }, { concurrencyKey: 'x', queued: false }])
      assert.ok(await isIn(query), JSON.stringify(query));
    await journal.append({ ...next('r', 2, event(2)), record: record('r', { status: 'succeeded', awaits: ['weather'], expiresAt: 5 }) });
    for (const query of [{ awaits: 'weather' }, { dead: true }, { concurrencyKey: 'x' }])
      assert.ok(!(await isIn(query)), JSON.stringify(query));
    for (const query of [{ expiredAt: 5 }, { status: ['succeeded' as const] }]) assert.ok(await isIn(query), JSON.stringify(query));
  });
}
