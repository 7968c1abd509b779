/** The order of things: dependencies, skipping, branches, maps, loops. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { PureRun } from '../../testing/pure-run.ts';
import { plan, step } from '../../testing/short-plans.ts';

describe('a plan of steps', () => {
  it('runs what does not depend on each other at once, and joins it', () => {
    const run = new PureRun(plan([step('a'), step('b'), step('c', ['a', 'b'])]));
    assert.deepEqual(run.inHand, ['a', 'b']);
    run.complete('b', 2);
    assert.deepEqual(run.inHand, ['a']);
    run.complete('a', 1);
    assert.deepEqual(run.inHand, ['c']);
    run.complete('c', 3);
    assert.equal(run.status, 'succeeded');
    assert.deepEqual(run.output, { a: 1, b: 2, c: 3 });
  });

  it('makes each input from the run’s input and earlier outputs', () => {
    const run = new PureRun(
      plan(
        [
          step('a', [], { input: { topic: { $from: 'input.topic' } } }),
          step('b', ['a'], { input: { title: { $from: 'steps.a.output.title' }, all: { $from: 'steps.a.output' } } }),
        ],
        { output: { t: { $from: 'steps.a.output.title' } } },
      ),
      { topic: 'planes' },
    );
    assert.deepEqual(run.input('a'), { topic: 'planes' });
    run.complete('a', { title: 'T' });
    assert.deepEqual(run.input('b'), { title: 'T', all: { title: 'T' } });
    assert.deepEqual(run.complete('b').output, { t: 'T' });
  });

  it('ignores the result of an attempt that no longer counts', () => {
    const run = new PureRun(plan([step('a', [], { retryPolicy: { maxRetries: 1, backoffMs: 0 } })]));
    const stale = run.ref('a');
    run.fail('a');
    const before = run.run;
    run.submit({ type: 'completed', ref: stale, output: { value: 'late' } });
    assert.deepEqual(run.run, before);
    assert.throws(() => run.submit({ type: 'record', ref: stale, name: 'x', value: { value: 1 } }), { code: 'ATTEMPT_STALE' });
  });

  it('skips a step whose condition is not met, and runs what has another living dependency', () => {
    const run = new PureRun(
      plan([step('a'), step('b', ['a'], { when: { $from: 'steps.a.output.go' } }), step('c', ['b']), step('d', ['a', 'b'])]),
    );
    run.complete('a', { go: false });
    assert.equal(run.is('b'), 'skipped');
    assert.equal(run.is('c'), 'skipped');
    assert.deepEqual(run.inHand, ['d']);
    assert.deepEqual(run.complete('d', 1).output, { a: { go: false }, d: 1 });
  });

  it('takes one branch and skips the others', () => {
    const run = new PureRun(
      plan([
        step('a'),
        { id: 'route', kind: 'branch', choose: { $from: 'steps.a.output' }, cases: ['x', 'y'], dependencies: ['a'] },
        step('x', ['route'], { when: { $compare: [{ $from: 'steps.route.output.choice' }, '==', 'x'] } }),
        step('y', ['route'], { when: { $compare: [{ $from: 'steps.route.output.choice' }, '==', 'y'] } }),
        step('end', ['x', 'y']),
      ]),
    );
    run.complete('a', 'y');
    assert.deepEqual(run.inHand, ['y']);
    run.complete('y');
    assert.deepEqual(run.inHand, ['end']);
  });

  it('fails a branch that chooses what it does not have', () => {
    const run = new PureRun(plan([{ id: 'route', kind: 'branch', choose: 'z', cases: ['x', 'y'] }]));
    assert.equal(run.error?.code, 'BRANCH_UNKNOWN');
  });

  it('runs 2,000 steps in a row without growing slower or deeper', () => {
    const many = Array.from({ length: 2000 }, (_, i) =>
      step(`s${i}`, i === 0 ? [] : [`s${i - 1}`], {
        kind: 'emit',
        event: 'e',
        data: i,
        agentId: undefined,
        action: undefined,
        input: undefined,
      }),
    );
    const clean = many.map((one) => Object.fromEntries(Object.entries(one).filter(([, value]) => value !== undefined)));
    assert.equal(new PureRun(plan(clean)).status, 'succeeded');
  });
});

describe('a map', () => {
  const map = (rest: object = {}): ReturnType<typeof plan> =>
    plan([
      step('list'),
      { id: 'm', kind: 'map', agentId: 'a', over: { $from: 'steps.list.output' }, dependencies: ['list'], ...rest },
      step('end', ['m']),
    ]);

  it('runs an item for each, keeps the order of the list, and joins', () => {
    const run = new PureRun(map()).complete('list', ['x', 'y', 'z']);
    assert.deepEqual(run.inHand, ['m[0]', 'm[1]', 'm[2]']);
    assert.equal(run.input('m[1]'), 'y');
    run.complete('m[2]', 'Z').complete('m[0]', 'X').complete('m[1]', 'Y');
    assert.deepEqual(run.outputOf('m'), ['X', 'Y', 'Z']);
    assert.deepEqual(run.inHand, ['end']);
  });

  it('starts no more at a time than its concurrency', () => {
    const run = new PureRun(map({ concurrency: 2 })).complete('list', [1, 2, 3, 4]);
    assert.deepEqual(run.inHand, ['m[0]', 'm[1]']);
    run.complete('m[1]');
    assert.deepEqual(run.inHand, ['m[0]', 'm[2]']);
  });

  it('makes each item’s input from the item and its index', () => {
    const run = new PureRun(map({ input: { text: { $item: 'text' }, n: { $index: true } } })).complete('list', [
      { text: 'a' },
      { text: 'b' },
    ]);
    assert.deepEqual(run.input('m[1]'), { text: 'b', n: 1 });
  });

  it('is done at once over an empty list', () => {
    const run = new PureRun(map()).complete('list', []);
    assert.deepEqual(run.outputOf('m'), []);
    assert.deepEqual(run.inHand, ['end']);
  });

  it('fails over what is not a list', () => {
    const run = new PureRun(map()).complete('list', { not: 'a list' });
    assert.equal(run.error?.code, 'MAP_NOT_A_LIST');
  });

  it('lets items in hand finish when one fails for good, and a retry runs only what is missing', () => {
    const run = new PureRun(map({ concurrency: 2 })).complete('list', [1, 2, 3]);
    run.fail('m[0]');
    assert.deepEqual(run.inHand, ['m[1]'], 'the other item goes on, no new one starts');
    run.complete('m[1]', 'two');
    assert.equal(run.error?.code, 'MAP_ITEMS_FAILED');
    run.submit({ type: 'retry' });
    assert.deepEqual(run.inHand, ['m[0]', 'm[2]']);
    assert.equal(run.ref('m[0]').attempt, 2);
    run.complete('m[0]', 'one').complete('m[2]', 'three');
    assert.deepEqual(run.outputOf('m'), ['one', 'two', 'three']);
  });

  it('takes its list anew when a retry opens it again', () => {
    const undo = { agentId: 'u' };
    const items = { id: 'm', kind: 'map', agentId: 'a', over: { $from: 'steps.a.output' }, dependencies: ['a'] };
    const run = new PureRun(plan([step('a', [], { undo }), items])).complete('a', ['old']).fail('m[0]').complete('undo:a');
    run.submit({ type: 'retry' }).complete('a', ['new']);
    assert.equal(run.input('m[0]'), 'new');
  });

  it('tolerates as many failures as it says', () => {
    const run = new PureRun(map({ tolerate: 1 })).complete('list', [1, 2, 3]);
    run.fail('m[1]').complete('m[0]', 'a').complete('m[2]', 'c');
    assert.deepEqual(run.outputOf('m'), ['a', null, 'c']);
    assert.deepEqual(run.inHand, ['end']);
  });
});

describe('a map that needs only some of its items', () => {
  const map = (rest: object, over: readonly number[] = [1, 2, 3, 4]): PureRun =>
    new PureRun(plan([{ id: 'm', kind: 'map', agentId: 'a', over, enough: 2, ...rest }, step('end', ['m'])]));

  it('is done with as many, lets go of those in hand, and never hears them', () => {
    const run = map({}).complete('m[2]', 'c');
    const late = run.ref('m[0]');
    run.complete('m[1]', 'b');
    assert.deepEqual(run.outputOf('m'), [null, 'b', 'c', null]);
    assert.deepEqual(run.inHand, ['end']);
    const before = run.run;
    assert.equal(run.submit({ type: 'completed', ref: late, output: { value: 'late' } }).run, before);
  });

  it('starts no further item, and passes over those that failed', () => {
    const run = map({ concurrency: 2 }).fail('m[0]').complete('m[1]', 'b').complete('m[3]', 'd');
    assert.deepEqual(run.outputOf('m'), [null, 'b', null, 'd']);
    assert.equal(run.events('task.started').filter(({ step: place }) => place === 0).length, 4);
  });

  it('fails when too few can still be done, and a retry takes up what is missing', () => {
    const run = map({ concurrency: 2 }).complete('m[0]', 'a').fail('m[1]').fail('m[2]').fail('m[3]');
    assert.equal(run.error?.code, 'MAP_ITEMS_FAILED');
    run.submit({ type: 'retry' }).complete('m[2]', 'c');
    assert.deepEqual(run.outputOf('m'), ['a', null, 'c', null]);
  });

  it('needs all items of a list that is shorter, and none of an empty one', () => {
    const run = map({}, [1]);
    assert.deepEqual(run.inHand, ['m[0]']);
    assert.deepEqual(run.complete('m[0]', 'a').outputOf('m'), ['a']);
    assert.deepEqual(map({}, []).outputOf('m'), []);
    assert.equal(map({}, [1]).fail('m[0]').error?.code, 'MAP_ITEMS_FAILED');
  });

  it('closes while the run is paused, and what waits for a person or a retry goes with the rest', () => {
    const held = { code: 'JOB_UNKNOWN', message: 'who knows', details: { name: 'j' } };
    const run = map({ retryPolicy: { maxRetries: 1, backoffMs: 1000 } })
      .fail('m[0]', held)
      .fail('m[1]');
    run.submit({ type: 'pause' }).complete('m[2]', 'c').complete('m[3]', 'd');
    assert.deepEqual(run.outputOf('m'), [null, null, 'c', 'd']);
    assert.throws(() => run.answer('m', 'job'), { code: 'STEP_NOT_ASKING' });
    assert.deepEqual(run.submit({ type: 'resume' }).inHand, ['end']);
  });
});

describe('a gate', () => {
  const gated = (otherwise: object | undefined, rest: object = {}): ReturnType<typeof plan> =>
    plan([
      step('draft', [], { input: { round: { $from: 'feedback.round' }, was: { $from: 'feedback.previous.review.score' } } }),
      step('aside'),
      step('review', ['draft']),
      {
        id: 'good',
        kind: 'gate',
        test: { $compare: [{ $from: 'steps.review.output.score' }, '>=', 7] },
        dependencies: ['review'],
        ...(otherwise === undefined ? {} : { otherwise }),
        ...rest,
      },
      step('publish', ['good', 'aside']),
    ]);

  it('sends the run back with its verdict, redoing what follows and nothing else', () => {
    const run = new PureRun(gated({ backTo: 'draft', max: 2 })).complete('aside').complete('draft', 'one').complete('review', { score: 3 });
    assert.deepEqual(run.inHand, ['draft']);
    assert.equal(run.visits('draft'), 2);
    assert.equal(run.visits('review'), 1);
    assert.deepEqual(run.input('draft'), { round: 1, was: 3 });
    run.complete('draft', 'two').complete('review', { score: 8 });
    assert.deepEqual(run.inHand, ['publish']);
    run.complete('publish');
    assert.equal(run.status, 'succeeded');
    assert.equal(run.outputOf('draft'), 'two');
  });

  it('fails when its rounds are used up', () => {
    const run = new PureRun(gated({ backTo: 'draft', max: 1 })).complete('aside');
    for (let i = 0; i < 2; i++) run.complete('draft', i).complete('review', { score: i });
    assert.equal(run.error?.code, 'GATE_REFUSED');
    assert.equal(run.visits('review'), 2);
  });

  it('keeps the best round when its rounds are used up', () => {
    const run = new PureRun(gated({ backTo: 'draft', max: 2, keepBest: { $from: 'steps.review.output.score' } })).complete('aside');
    for (const score of [3, 6, 4]) run.complete('draft', `draft ${score}`).complete('review', { score });
    assert.equal(run.outputOf('draft'), 'draft 6');
    assert.deepEqual(run.outputOf('review'), { score: 6 });
    assert.deepEqual(run.inHand, ['publish']);
    assert.deepEqual(run.outputOf('good'), { passed: false, round: 3, verdict: false, kept: 2 });
  });

  it('never gives a visit number twice, also after it kept an earlier round', () => {
    const run = new PureRun(
      plan([
        step('a'),
        {
          id: 'inner',
          kind: 'gate',
          test: false,
          exhausted: 'continue',
          dependencies: ['a'],
          otherwise: { backTo: 'a', max: 1, keepBest: 1 },
        },
        { id: 'outer', kind: 'gate', test: { $from: 'steps.a.output' }, dependencies: ['inner'], otherwise: { backTo: 'a', max: 1 } },
      ]),
    );
    run.complete('a', false).complete('a', false);
    assert.equal(run.ref('a').visit, 3);
  });

  it('keeps the best round also of a step that the last one still has in hand', () => {
    const gate = {
      id: 'good',
      kind: 'gate',
      test: { $from: 'steps.a.output.ok' },
      dependencies: ['a', 'w'],
      otherwise: { backTo: 'a', max: 1, keepBest: { $from: 'steps.a.output.score' } },
    };
    const run = new PureRun(plan([step('a'), { id: 'w', kind: 'wait', signal: 'go' }, step('beside', ['a']), gate]));
    run.complete('a', { ok: false, score: 9 }).complete('beside', 'first').signal('go');
    run.complete('a', { ok: false, score: 1 });
    assert.equal(run.status, 'succeeded');
    assert.equal(run.outputOf('beside'), 'first');
  });

  it('goes on beside the gate from the best round too', () => {
    const otherwise = { backTo: 'draft', max: 1, keepBest: { $from: 'steps.review.output' } };
    const good = { id: 'good', kind: 'gate', dependencies: ['review'], test: false, otherwise };
    const run = new PureRun(plan([step('draft'), step('review', ['draft']), step('film', ['draft']), step('cut', ['film']), good]));
    run.complete('draft').complete('film', 'first').complete('review', 5).complete('draft').complete('review', 3);
    assert.deepEqual(run.inHand, ['cut'], 'the film of the first round is there, and its cut has yet to be made');
  });

  it('never gives two visits the same number, also after an earlier one was restored', () => {
    const otherwise = { backTo: 'draft', max: 1, keepBest: { $from: 'steps.draft.output' } };
    const inner = { id: 'inner', kind: 'gate', dependencies: ['draft'], test: false, otherwise };
    const outer = { id: 'outer', kind: 'gate', dependencies: ['inner'], test: false, otherwise: { backTo: 'idea', max: 1 } };
    const run = new PureRun(plan([step('idea'), step('draft', ['idea']), inner, outer])).complete('idea').complete('draft', 5);
    const second = run.ref('draft');
    run.complete('draft', 3).complete('idea');
    assert.equal(run.ref('draft').visit, 3);
    run.submit({ type: 'completed', ref: second, output: { value: 'late' } });
    assert.deepEqual(run.inHand, ['draft']);
  });

  it('without a way back fails, or goes on where it says so', () => {
    assert.equal(
      new PureRun(gated(undefined)).complete('aside').complete('draft').complete('review', { score: 1 }).error?.code,
      'GATE_REFUSED',
    );
    assert.deepEqual(
      new PureRun(gated(undefined, { exhausted: 'continue' })).complete('aside').complete('draft').complete('review', { score: 1 }).inHand,
      ['publish'],
    );
  });

  it('starts an inner loop anew with each round of the outer one', () => {
    const low = { $compare: [{ $from: 'steps.b.output' }, '>', 0] };
    const run = new PureRun(
      plan([
        step('a'),
        step('b', ['a']),
        { id: 'inner', kind: 'gate', test: low, dependencies: ['b'], otherwise: { backTo: 'b', max: 1 }, exhausted: 'continue' },
        step('c', ['inner']),
        {
          id: 'outer',
          kind: 'gate',
          test: { $from: 'steps.c.output' },
          dependencies: ['c'],
          otherwise: { backTo: 'a', max: 1 },
          exhausted: 'continue',
        },
      ]),
    );
    for (let outer = 0; outer < 2; outer++) run.complete('a').complete('b', 0).complete('b', 0).complete('c', false);
    assert.equal(run.status, 'succeeded');
    assert.equal(run.visits('b'), 4);
  });

  it('bounds two loops to the same step by the sum of both', () => {
    const run = new PureRun(
      plan([
        step('a'),
        {
          id: 'one',
          kind: 'gate',
          test: { $from: 'steps.a.output.one' },
          dependencies: ['a'],
          otherwise: { backTo: 'a', max: 2 },
          exhausted: 'continue',
        },
        { id: 'two', kind: 'gate', test: false, dependencies: ['one'], otherwise: { backTo: 'a', max: 2 }, exhausted: 'continue' },
      ]),
    );
    for (let visit = 0; run.status === 'running'; visit++) {
      assert.ok(visit < 10, 'the loops feed each other');
      run.complete('a', { one: visit % 2 === 1 });
    }
    assert.equal(run.status, 'succeeded');
    assert.equal(run.visits('a'), 5);
  });

  it('lets go of attempts in hand that it sends back', () => {
    const run = new PureRun(
      plan([
        step('a'),
        step('slow', ['a']),
        step('b', ['a']),
        { id: 'g', kind: 'gate', test: false, dependencies: ['b'], otherwise: { backTo: 'a', max: 1 } },
        step('end', ['slow', 'g']),
      ]),
    );
    run.complete('a');
    const stale = run.ref('slow');
    run.complete('b');
    assert.deepEqual(run.inHand, ['a']);
    run.submit({ type: 'completed', ref: stale, output: { value: 'late' } });
    assert.equal(run.is('slow'), 'idle');
  });
});
