import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Board, type Line } from '../progress/board.ts';
import { stateOf } from './stages.ts';

const stage = { name: 'scenes', steps: ['segments', 'inspections'], weights: { segments: 9 } };

function board(lines: Readonly<Record<string, Partial<Line>>>): Board {
  const one = new Board('r1', 'film', 0);
  for (const id of stage.steps) Object.assign(one.line(id), lines[id]);
  return one;
}

describe('a stage', () => {
  it('goes up with every item, and with what is done of those in hand', () => {
    const share = (done: number, ...parts: readonly number[]): number =>
      stateOf(
        stage,
        board({ segments: { state: 'running', since: 0, items: { total: 10, done, failed: 0 }, parts: new Map(parts.entries()) } }),
        0,
      ).share;
    const shares = [share(0), share(0, 0.5), share(0, 0.5, 0.5), share(1, 0.5), share(1, 0.9), share(10)];
    assert.deepEqual(
      shares,
      shares.toSorted((a, b) => a - b),
    );
    assert.ok(Math.abs((shares.at(-1) ?? 0) - 0.9) < 1e-9, 'looking at them is the last tenth');
  });

  it('counts the items of the step that is most of its work', () => {
    const { items } = stateOf(
      stage,
      board({
        segments: { state: 'running', items: { total: 9, done: 2, failed: 0 } },
        inspections: { state: 'done', items: { total: 9, done: 9, failed: 0 } },
      }),
      0,
    );
    assert.equal(items?.done, 2);
  });

  it('does not count the time in which nobody worked on it, nor any time twice', () => {
    const worked = (segments: Partial<Line>, inspections: Partial<Line>, now: number): number | undefined =>
      stateOf(stage, board({ segments, inspections }), now).worked;
    assert.equal(worked({ state: 'done', since: 0, took: 10 }, { state: 'done', since: 100, took: 5 }, 999), 15);
    assert.equal(worked({ state: 'done', since: 0, took: 10 }, { state: 'running', since: 5 }, 30), 30);
    assert.equal(worked({}, {}, 30), undefined);
  });

  it('is running between its steps, done with the last, and failed with any', () => {
    const state = (segments: Line['state'], inspections: Line['state']): string =>
      stateOf(stage, board({ segments: { state: segments }, inspections: { state: inspections } }), 0).state;
    assert.deepEqual(
      [state('pending', 'pending'), state('done', 'pending'), state('done', 'skipped'), state('failed', 'pending')],
      ['pending', 'running', 'done', 'failed'],
    );
  });
});
