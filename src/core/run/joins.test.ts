/** Steps that do not wait for all of their dependencies. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { PureRun } from '../../testing/pure-run.ts';
import { plan } from '../../testing/short-plans.ts';
import { start } from './decide.ts';
import type { RunEvent } from './events.ts';
import { forkOf } from './fork.ts';

const runOf = (steps: readonly object[], rest: object = {}): PureRun => new PureRun(plan(steps, rest));
const step = (id: string, dependencies: readonly string[] = [], rest: object = {}): object => ({
  id,
  agentId: 'a',
  input: dependencies.map((one) => ({ $from: `steps.${one}.output` })),
  dependencies,
  ...rest,
});
const finish = (atLeast: number): object => ({ join: { atLeast, rest: 'finish' } });
const gate = (id: string, after: string, rest: object = {}): object => ({
  id,
  kind: 'gate',
  dependencies: [after],
  test: { $from: `steps.${after}.output` },
  ...rest,
});

function why(run: PureRun, id: string): string {
  const state = run.state(id);
  return state.is === 'skipped' ? state.why : state.is;
}

describe('a join', () => {
  it('starts with the first that is done, cuts off the others, and never hears them', () => {
    const run = runOf([step('a'), step('b'), step('c'), step('j', ['a', 'b', 'c'], { join: 'any' })]);
    const late = run.ref('a');
    run.complete('b', 'B');
    assert.deepEqual(run.inHand, ['j']);
    assert.deepEqual(run.input('j'), [null, 'B', null]);
    assert.deepEqual([why(run, 'a'), why(run, 'c')], ['overtaken', 'overtaken']);
    const before = run.run;
    assert.equal(run.submit({ type: 'completed', ref: late, output: { value: 'A' } }).run, before);
    assert.throws(() => run.submit({ type: 'record', ref: late, name: 'x', value: { value: 1 } }), { code: 'ATTEMPT_STALE' });
    assert.deepEqual(run.complete('j', 'J').output, { b: 'B', j: 'J' });
  });

  it('waits for as many as it says', () => {
    const run = runOf([step('a'), step('b'), step('c'), step('j', ['a', 'b', 'c'], { join: { atLeast: 2 } })]).complete('c', 'C');
    assert.deepEqual(run.inHand, ['a', 'b']);
    run.complete('a', 'A');
    assert.deepEqual(run.inHand, ['j']);
    assert.deepEqual(run.input('j'), ['A', null, 'C']);
  });

  it('lets the rest finish where it says so, and what they come to changes nothing for it', () => {
    const run = runOf([step('a'), step('b'), step('j', ['a', 'b'], finish(1)), step('k', ['j'], { input: { $from: 'steps.b.output' } })]);
    run.complete('a', 'A');
    assert.deepEqual(run.inHand, ['b', 'j']);
    run.complete('b', 'B');
    assert.deepEqual(run.input('j'), ['A', null], 'an attempt that is made again gets what it got before');
    run.complete('j', 'J');
    assert.equal(run.input('k'), null, 'what follows sees what the join saw');
    assert.deepEqual(run.complete('k').output, { a: 'A', b: 'B', j: 'J', k: null });
  });

  it('counts a failure that the plan passes over as lost, and one that it does not fails the run', () => {
    const providers = (onFailure: string): PureRun =>
      runOf([step('a', [], { onFailure }), step('b'), step('j', ['a', 'b'], { join: 'any' })]);
    const run = providers('continue').fail('a');
    assert.deepEqual(run.inHand, ['b']);
    assert.deepEqual(run.complete('b', 'B').inHand, ['j']);
    const failed = providers('fail').fail('a').complete('b', 'B');
    assert.equal(failed.status, 'failed');
    assert.deepEqual(failed.submit({ type: 'retry' }).inHand, ['j'], 'a retry goes by what is done already');
    assert.equal(why(failed, 'a'), 'overtaken');
  });

  it('is skipped as soon as too few can still be done, and the others go on', () => {
    const run = runOf([
      step('a', [], { onFailure: 'continue' }),
      step('b'),
      step('j', ['a', 'b'], { join: { atLeast: 2 } }),
      step('end', ['j']),
    ]).fail('a');
    assert.deepEqual([why(run, 'j'), why(run, 'end')], ['dependencies', 'dependencies']);
    assert.deepEqual(run.inHand, ['b']);
    assert.equal(run.complete('b').status, 'succeeded');
  });

  it('looks at its condition after it is decided: the rest is cut off either way', () => {
    const run = runOf([
      step('a'),
      step('b'),
      step('j', ['a', 'b'], { join: 'any', when: { $from: 'steps.a.output' } }),
      step('end', ['j']),
    ]);
    run.complete('b', true);
    assert.deepEqual([why(run, 'a'), why(run, 'j'), why(run, 'end')], ['overtaken', 'when', 'dependencies']);
    assert.equal(run.status, 'succeeded');
  });

  it('cuts off what leads to its rest alone, and leaves what something else waits for', () => {
    const run = runOf([
      step('alone'),
      step('shared'),
      step('done'),
      step('b', ['alone', 'shared', 'done']),
      step('told', ['b']),
      step('other', ['shared']),
      step('a'),
      step('j', ['a', 'b'], { join: 'any' }),
    ]);
    run.complete('done').complete('a');
    assert.deepEqual(
      ['alone', 'shared', 'done', 'b', 'told'].map((id) => why(run, id)),
      ['overtaken', 'active', 'done', 'overtaken', 'dependencies'],
    );
    run.complete('shared');
    assert.deepEqual(run.inHand, ['j', 'other']);
  });

  it('cuts off a rescue and what it would take over for', () => {
    const run = runOf([
      step('a', [], { onFailure: { goTo: 'r' } }),
      step('aa', ['a']),
      step('r'),
      step('mail', [], { onFailure: 'continue' }),
      step('b'),
      step('j', ['aa', 'r', 'b'], { join: 'any' }),
    ]);
    run.complete('b');
    assert.deepEqual(
      ['a', 'aa', 'r', 'mail'].map((id) => why(run, id)),
      ['overtaken', 'overtaken', 'overtaken', 'active'],
    );
  });

  it('takes all that are done at the same moment', () => {
    const waits = ['a', 'b'].map((id) => ({ id, kind: 'wait', duration: 1000 }));
    const run = runOf([...waits, step('c'), step('j', ['a', 'b', 'c'], { join: 'any' })]).advance(1000);
    assert.deepEqual(run.events('step.joined'), [{ type: 'step.joined', step: 3, live: [0, 1] }]);
  });

  it('joins joins', () => {
    const run = runOf([
      ...['a', 'b', 'c', 'd'].map((id) => step(id)),
      step('ab', ['a', 'b'], { join: 'any' }),
      step('cd', ['c', 'd'], finish(1)),
      step('j', ['ab', 'cd'], { join: 'any' }),
    ]);
    run.complete('c').complete('cd');
    assert.deepEqual(
      ['a', 'b', 'd', 'ab'].map((id) => why(run, id)),
      ['overtaken', 'overtaken', 'active', 'overtaken'],
      'd goes on: its join said so',
    );
  });
});

describe('what is overtaken', () => {
  it('a question is closed, a signal is not taken, and an alarm does not ring', () => {
    const run = runOf([
      { id: 'q', kind: 'ask', question: '?', choices: ['y'], quorum: 2 },
      { id: 's', kind: 'wait', signal: 'go' },
      { id: 't', kind: 'wait', duration: '1h' },
      step('a', [], { retryPolicy: { maxRetries: 1, backoffMs: 60_000 } }),
      step('b'),
      step('j', ['q', 's', 't', 'a', 'b'], { join: 'any' }),
      { id: 'later', kind: 'wait', signal: 'go', dependencies: ['j'] },
    ]);
    run.answer('q', 'y').fail('a').complete('b');
    assert.throws(() => run.answer('q', 'y', 'bob'), { code: 'STEP_DONE' });
    assert.equal(run.signal('go', 7).run.signals.length, 1);
    run.advance(7_200_000);
    assert.equal(run.complete('j').outputOf('later'), 7);
    assert.equal(run.status, 'succeeded');
  });

  it('a map in the middle is cut off with all of its items', () => {
    const run = runOf([{ id: 'm', kind: 'map', agentId: 'a', over: [1, 2, 3] }, step('b'), step('j', ['m', 'b'], { join: 'any' })]);
    run.complete('m[0]').complete('b');
    assert.deepEqual(run.inHand, ['j']);
  });

  it('money that it had reserved stays reserved until it is settled, or the run ends', () => {
    const run = runOf([step('a'), step('c'), step('b'), step('j', ['a', 'b', 'c'], { join: 'any' })], { budget: { limit: 5 } });
    for (const key of ['a', 'c']) run.submit({ type: 'reserve', ref: run.ref(key), id: 'm', amount: 2 });
    run.complete('b').submit({ type: 'settle', id: '0.1.1/m', amount: 0.5 });
    assert.throws(() => run.submit({ type: 'reserve', ref: run.ref('j'), id: 'm', amount: 3 }), { code: 'BUDGET_EXCEEDED' });
    run.complete('j');
    assert.equal(run.run.money.spent, 2.5);
  });
});

describe('joins and the rest of a run', () => {
  it('nothing is decided while the run stands still', () => {
    const run = runOf([step('a'), step('b'), step('c'), step('j', ['a', 'b', 'c'], { join: 'any' })]).submit({ type: 'pause' });
    run.complete('a', 'A').complete('b', 'B');
    assert.deepEqual(run.inHand, ['c']);
    run.submit({ type: 'resume' });
    assert.deepEqual(run.inHand, ['j']);
    assert.deepEqual(run.input('j'), ['A', 'B', null]);
  });

  it('a run that drains decides nothing; its retry does', () => {
    const run = runOf([step('x'), step('a'), step('b'), step('j', ['a', 'b'], { join: 'any' })])
      .fail('x')
      .complete('a')
      .complete('b');
    assert.equal(run.status, 'failed');
    assert.equal(run.is('j'), 'idle');
    assert.deepEqual(run.submit({ type: 'retry' }).inHand, ['x', 'j']);
  });

  it('a join that failed is tried again with what decided it', () => {
    const run = runOf([step('a'), step('b'), step('j', ['a', 'b'], finish(1))])
      .complete('a', 'A')
      .fail('j');
    run.complete('b', 'B');
    assert.deepEqual(run.submit({ type: 'retry' }).input('j'), ['A', null]);
  });

  it('a retry does not reopen what was overtaken', () => {
    const run = runOf([step('a'), step('b'), step('j', ['a', 'b'], { join: 'any' })])
      .complete('a')
      .fail('j')
      .submit({ type: 'retry' });
    assert.deepEqual(run.inHand, ['j']);
    assert.equal(why(run, 'b'), 'overtaken');
  });

  it('what was undone is done again with the joins that it decided', () => {
    const undo = { undo: { action: 'undo' } };
    const run = runOf([step('a', [], undo), step('b', [], undo), step('j', ['a', 'b'], finish(1)), step('k', ['b'])]);
    run.complete('a').complete('j').complete('b').fail('k').complete('undo:b').complete('undo:a').submit({ type: 'retry' });
    assert.deepEqual(run.inHand, ['a', 'b']);
    run.complete('b');
    assert.deepEqual([run.visits('j'), run.inHand], [2, ['a', 'j', 'k']]);
  });

  it('a result given by hand counts', () => {
    const run = runOf([step('a'), step('b'), step('j', ['a', 'b'], { join: 'any' })]);
    run.submit({ type: 'skip', step: 'b', value: { value: 'mine' } });
    assert.deepEqual(run.input('j'), [null, 'mine']);
    assert.throws(() => run.submit({ type: 'skip', step: 'a', value: { value: 1 } }), { code: 'STEP_DONE' });
  });

  it('going back to before its rest starts everything anew', () => {
    const back = { otherwise: { backTo: 'x', max: 1 } };
    const run = runOf([step('x'), step('a', ['x']), step('b', ['x']), step('j', ['a', 'b'], { join: 'any' }), gate('g', 'j', back)]);
    run.complete('x').complete('a').complete('j', false).complete('x');
    assert.deepEqual(run.inHand, ['a', 'b']);
    run.complete('b');
    assert.deepEqual([why(run, 'a'), run.visits('j')], ['overtaken', 2]);
  });

  it('going back inside the rest does not repeat a join that was decided without it', () => {
    const run = runOf([
      step('w'),
      step('b'),
      gate('g', 'b', { otherwise: { backTo: 'b', max: 1 } }),
      step('j', ['w', 'g'], finish(1)),
      step('after', ['j']),
    ]);
    run.complete('w').complete('j', 'J').complete('b', false);
    assert.deepEqual([run.visits('j'), run.inHand], [1, ['after', 'b']]);
    run.complete('b', true).complete('after');
    assert.deepEqual([run.status, run.visits('j')], ['succeeded', 1]);
  });

  it('going back to before both does not start the rest of a join that stays', () => {
    const run = runOf([
      step('x'),
      step('b', ['x']),
      step('y', ['x']),
      gate('g', 'y', { otherwise: { backTo: 'x', max: 1 } }),
      step('w'),
      step('j', ['w', 'b'], { join: 'any' }),
    ]);
    run.complete('x').complete('w').complete('y', false).complete('x');
    assert.deepEqual([why(run, 'b'), run.inHand], ['overtaken', ['j', 'y']]);
  });

  it('the best round is restored with what its joins were decided by', () => {
    const run = runOf([
      step('x'),
      step('a', ['x']),
      step('b', ['x']),
      step('j', ['a', 'b'], finish(1)),
      gate('g', 'j', { otherwise: { backTo: 'x', max: 1, keepBest: { $from: 'steps.j.output.score' } }, test: false }),
      step('end', ['g'], { input: [{ $from: 'steps.a.output' }, { $from: 'steps.b.output' }] }),
    ]);
    run.complete('x').complete('a', 'A1').complete('b', 'B1').complete('j', { score: 9 });
    run.complete('x').complete('b', 'B2').complete('a', 'A2').complete('j', { score: 1 });
    assert.deepEqual(run.input('end'), ['A1', null]);
  });

  it('a run moves to another plan with the joins that it has decided', () => {
    const steps = [step('a'), step('b'), step('j', ['a', 'b'], finish(1))];
    const run = runOf(steps)
      .complete('a', 'A')
      .migrate(plan(steps.toReversed(), { version: '2' }));
    assert.deepEqual(run.inHand.toSorted(), ['b', 'j']);
    assert.deepEqual(run.complete('b', 'B').input('j'), ['A', null]);
    assert.throws(
      () =>
        runOf(steps)
          .complete('a')
          .migrate(plan([step('a'), step('b'), step('j', ['a', 'b'])])),
      { code: 'MIGRATION_REFUSED' },
    );
  });

  it('a fork keeps what was overtaken, and what the joins that it keeps were decided by', () => {
    const run = runOf([step('a'), step('b'), step('c'), step('j', ['a', 'b'], { join: 'any' }), step('k', ['j', 'c'])]);
    run.complete('a', 'A').complete('c').complete('j').complete('k');
    const fork = { project: 'test', input: { value: null }, fork: forkOf(run.program, run.run, { from: 'k' }) };
    const { run: forked, events } = start(run.program, 'fork', fork, run.now);
    assert.deepEqual(forked.joins, run.run.joins);
    assert.deepEqual(
      events
        .filter((event): event is Extract<RunEvent, { type: 'step.skipped' }> => event.type === 'step.skipped')
        .map((event) => event.why),
      ['overtaken'],
    );
    assert.deepEqual(forked.active, [4]);
  });
});
