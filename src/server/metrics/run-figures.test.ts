import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Registry } from 'prom-client';
import type { RunEvent } from '../../core/run/events.ts';
import type { RunRecord } from '../../ports/journal.ts';
import { RunFigures } from './run-figures.ts';

const record = (run: string, changes: Partial<RunRecord> = {}): RunRecord => ({
  run,
  project: 'default',
  workflow: 'film',
  plan: 'p',
  status: 'running',
  createdAt: 1000,
  updatedAt: 1000,
  queued: false,
  priority: 0,
  dead: 0,
  questions: 0,
  awaits: [],
  busy: true,
  ...changes,
});

const settled = (amount: number): RunEvent => ({ type: 'money.settled', id: 'm', amount });

async function told(registry: Registry, name: string): Promise<readonly string[]> {
  return (await registry.metrics()).split('\n').filter((line) => line.startsWith(name));
}

test('what a called run spends counts once, under the workflow that somebody started', async () => {
  const registry = new Registry();
  const figures = new RunFigures(registry);
  figures.appended({ run: 'r', seq: 0, at: 0, events: [], record: record('r') });
  figures.appended({ run: 'r~c.1', seq: 0, at: 0, events: [], record: record('r~c.1', { workflow: 'scene', parent: 'r' }) });
  figures.appended({ run: 'r~c.1', seq: 1, at: 0, events: [settled(2)] });
  figures.appended({ run: 'r', seq: 1, at: 0, events: [settled(2)] });
  assert.deepEqual(await told(registry, 'continuo_run_cost_dollars_total{'), ['continuo_run_cost_dollars_total{workflow="film"} 2']);
});

test('what a run spends of which nothing is known here yet is counted all the same', async () => {
  const registry = new Registry();
  const figures = new RunFigures(registry);
  figures.appended({ run: 'r', seq: 9, at: 0, events: [settled(1)] });
  figures.appended({ run: 'r~c.1', seq: 9, at: 0, events: [settled(1)] });
  assert.deepEqual(await told(registry, 'continuo_run_cost_dollars_total{'), ['continuo_run_cost_dollars_total{workflow="other"} 1']);
});

test('a run that failed and was tried again ends twice, and its time is that from its start', async () => {
  const registry = new Registry();
  const figures = new RunFigures(registry);
  const error = { code: 'AN_AGENTS_OWN', message: 'no' };
  figures.appended({
    run: 'r',
    seq: 5,
    at: 0,
    events: [{ type: 'run.failed', error }],
    record: record('r', { status: 'failed', endedAt: 3000 }),
  });
  const output = { value: null };
  figures.appended({
    run: 'r',
    seq: 9,
    at: 0,
    events: [{ type: 'run.succeeded', output }],
    record: record('r', { status: 'succeeded', endedAt: 7000 }),
  });
  assert.deepEqual(await told(registry, 'continuo_runs_ended_total{'), [
    'continuo_runs_ended_total{workflow="film",status="failed"} 1',
    'continuo_runs_ended_total{workflow="film",status="succeeded"} 1',
  ]);
  assert.deepEqual(await told(registry, 'continuo_run_duration_seconds_sum{'), [
    'continuo_run_duration_seconds_sum{workflow="film",status="failed"} 2',
    'continuo_run_duration_seconds_sum{workflow="film",status="succeeded"} 6',
  ]);
  assert.deepEqual(await told(registry, 'continuo_run_errors_total{'), ['continuo_run_errors_total{code="other"} 1']);
});
