import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { PureRun } from '../../testing/pure-run.ts';
import { plan, step } from '../../testing/short-plans.ts';

const history = ({ run }: PureRun): readonly string[] =>
  (run.errors ?? []).map(({ step: id = 'run', item, attempt, code }) =>
    [id, item, attempt, code].filter((one) => one !== undefined).join(' '),
  );

describe('the history of errors', () => {
  it('has each attempt that failed once, with the step and the time', () => {
    const run = new PureRun(plan([step('a', [], { retry: { max: 1, delay: 0 } }), step('b')]));
    run.fail('a', 'first').fail('a', 'second');
    assert.deepEqual(history(run), ['a 1 AGENT_FAILED', 'a 2 AGENT_FAILED']);
    assert.deepEqual(
      run.run.errors?.map(({ message, at }) => [message, at]),
      [
        ['first', 1_000_000],
        ['second', 1_000_000],
      ],
    );
  });

  it('has what failed without an attempt, and what ended the run as a whole', () => {
    const gate = new PureRun(plan([step('a'), { id: 'g', kind: 'gate', test: false, dependencies: ['a'] }])).complete('a');
    assert.deepEqual(history(gate), ['g GATE_REFUSED']);
    const late = new PureRun(plan([step('a')], { timeout: 100 })).advance(100);
    assert.deepEqual(history(late), ['run RUN_TIMED_OUT']);
  });

  it('names the item of a map, and keeps what came before a retry', () => {
    const run = new PureRun(plan([{ ...step('m'), kind: 'map', over: [1, 2] }]));
    run.fail('m[1]').complete('m[0]');
    assert.deepEqual(history(run), ['m 1 1 AGENT_FAILED', 'm MAP_ITEMS_FAILED']);
    run.submit({ type: 'retry' }).fail('m[1]');
    assert.deepEqual(history(run), ['m 1 1 AGENT_FAILED', 'm MAP_ITEMS_FAILED', 'm 1 2 AGENT_FAILED', 'm MAP_ITEMS_FAILED']);
  });

  it('is bounded: the last fifty, and of each the beginning', () => {
    const run = new PureRun(plan([step('a', [], { retry: { max: 200, delay: 0 } })]));
    for (let i = 1; i <= 120; i++) run.fail('a', `${i} ${'x'.repeat(10_000)}`);
    const { errors = [] } = run.run;
    assert.deepEqual([errors.length, errors.at(0)?.attempt, errors.at(-1)?.attempt], [50, 71, 120]);
    assert.ok(errors.every(({ message }) => message.length <= 501));
  });
});
