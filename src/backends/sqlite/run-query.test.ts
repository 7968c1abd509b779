/** Every look at the index of runs goes through an index of SQLite: the store may hold any number of runs. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { RunQuery } from '../../ports/journal.ts';
import { plan, withDatabase } from './fixtures/query-plan.ts';
import { listSql } from './run-query.ts';

const unended = ['running', 'waiting', 'paused'] as const;

/** Each with the index that it should go through, and whether its order comes out of the index as well. */
const queries: readonly (readonly [RunQuery, string, 'ordered' | 'sorted'])[] = [
  [{}, 'runs_status', 'ordered'],
  [{ status: ['failed'] }, 'runs_status', 'ordered'],
  [{ project: 'p' }, 'runs_project', 'ordered'],
  [{ project: 'p', status: ['failed', 'running'] }, 'runs_project', 'ordered'],
  [{ projects: ['p', 'q', 'r'] }, 'runs_project', 'ordered'],
  [{ projects: Array.from({ length: 100 }, (_, i) => `p${i}`) }, 'runs_status', 'ordered'],
  [{ projects: ['p', 'q'], workflow: 'w' }, 'runs_workflow', 'ordered'],
  [{ from: 5 }, 'runs_status', 'ordered'],
  [{ from: 5, projects: ['p', 'q'], status: ['failed'] }, 'runs_project', 'ordered'],
  [{ workflow: 'w' }, 'runs_workflow', 'ordered'],
  [{ project: 'p', workflow: 'w', status: [...unended] }, 'runs_workflow', 'ordered'],
  [{ parent: 'r', project: 'p' }, 'runs_parent', 'ordered'],
  [{ concurrencyKey: 'k', queued: true, status: [...unended] }, 'runs_concurrency', 'ordered'],
  [{ concurrencyKey: 'k', queued: false, status: [...unended] }, 'runs_concurrency', 'ordered'],
  [{ queued: true, status: [...unended] }, 'runs_queued', 'ordered'],
  [{ busy: true }, 'runs_busy', 'ordered'],
  [{ called: true }, 'runs_called', 'ordered'],
  [{ dead: true, project: 'p' }, 'runs_dead', 'ordered'],
  [{ withQuestions: true }, 'runs_asking', 'ordered'],
  [{ awaits: 'news', project: 'p' }, 'PRIMARY KEY', 'ordered'],
  [{ expiredAt: 5 }, 'runs_expiring', 'sorted'],
];

const fixed: readonly (readonly [string, string])[] = [
  ['SELECT run FROM runs WHERE due_at <= 5 ORDER BY due_at, id LIMIT 10', 'runs_due'],
  ['SELECT due_at FROM runs WHERE due_at IS NOT NULL ORDER BY due_at LIMIT 1', 'runs_due'],
  ["SELECT run, record FROM runs WHERE project = 'p' AND idempotency_key = 'k'", 'runs_idempotency'],
  ["SELECT 1 FROM inbox WHERE state = 'waiting' LIMIT 1", 'inbox_waiting'],
];

suite('query plans', () => {
  test('each list of runs goes through its index, and a page is read in order', () =>
    withDatabase((db) => {
      for (const [query, index, order] of queries) {
        for (const oldestFirst of [false, true]) {
          for (const after of [undefined, { createdAt: 1, id: 1 }]) {
            const { text, values } = listSql({ ...query, oldestFirst, limit: 50 }, after);
            const steps = plan(db, text, values);
            const what = `${JSON.stringify({ ...query, oldestFirst, after })}\n${steps.join('\n')}`;
            // A partial index may be walked from end to end: it holds only runs of interest.
            assert.ok(
              steps.some((step) => /^(SEARCH|SCAN) (runs|awaits) USING /.test(step) && step.includes(index)),
              what,
            );
            assert.ok(!steps.some((step) => /^SCAN (runs|awaits)(?! USING)/.test(step)), what);
            if (order === 'ordered') assert.ok(!steps.some((step) => step.includes('TEMP B-TREE')), what);
          }
        }
      }
    }));

  test('alarms, keys and messages are looked up', () =>
    withDatabase((db) => {
      for (const [sql, index] of fixed) {
        const steps = plan(db, sql);
        assert.equal(steps.length, 1, steps.join('\n'));
        assert.ok(steps[0]?.includes(index), steps.join());
      }
    }));
});
