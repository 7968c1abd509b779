import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Entry, RunEvent } from '../../core/run/events.ts';
import type { AnyWorkflow } from '../../core/plan/workflow.ts';
import { reuseOf } from './reuse.ts';

it('says of each step what was taken over and what was made, and nothing of steps where all was new', () => {
  // Two steps are all that is looked at.
  const workflow = { plan: { steps: [{ id: 'voices' }, { id: 'segments' }] } } as unknown as AnyWorkflow;
  const done = (step: number, item: number, source?: 'memo'): RunEvent => ({
    type: 'task.completed',
    step,
    visit: 1,
    item,
    attempt: 1,
    output: { value: null },
    ...(source === undefined ? {} : { source }),
  });
  const entry = (...events: readonly RunEvent[]): Entry => ({ seq: 0, at: 0, events });
  const history = [entry(done(1, 0, 'memo'), done(0, 0)), entry(done(1, 1)), entry(done(1, 2, 'memo'))];
  assert.deepEqual(reuseOf(history, workflow), [{ step: 'segments', reused: 2, made: 1 }]);
});
