import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Json } from '../../../core/data/json.ts';
import { textOf } from './event-text.ts';

describe('the text of a live event', () => {
  it('is the event', () => {
    assert.equal(
      textOf({ run: 'r', name: 'step:skipped', event: { runId: 'r', why: 'when' } }),
      '["step:skipped",{"runId":"r","why":"when"}]',
    );
  });

  it('leaves out what is large, and says so', () => {
    const text = textOf({ run: 'r', name: 'step:completed', event: { runId: 'r', stepId: 's', response: 'x'.repeat(100_000), item: 3 } });
    assert.deepEqual(JSON.parse(text), ['step:completed', { runId: 'r', stepId: 's', item: 3, omitted: true }]);
  });

  it('leaves out what is no JSON', () => {
    const circular: Record<string, unknown> = { runId: 'r', message: 'here it is' };
    circular['data'] = circular;
    // What agents log is typed as anything; it comes here as it is.
    const text = textOf({ run: 'r', name: 'step:log', event: circular as Json });
    assert.deepEqual(JSON.parse(text), ['step:log', { runId: 'r', message: 'here it is', omitted: true }]);
  });
});
