/** People and the world: questions, signals, waiting, and commands to the whole run. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { PureRun } from '../../testing/pure-run.ts';
import { plan, step } from '../../testing/short-plans.ts';
import { forkOf } from './fork.ts';
import { start } from './decide.ts';
import type { Fault } from './events.ts';

const ask = (rest: object = {}): object => ({ id: 'q', kind: 'ask', question: 'Publish?', choices: ['yes', 'no'], ...rest });

describe('a question', () => {
  it('waits for an answer and hands it on', () => {
    const run = new PureRun(plan([ask(), step('b', ['q'], { input: { said: { $from: 'steps.q.output.choice' } } })]));
    assert.equal(run.status, 'waiting');
    run.answer('q', 'yes');
    assert.deepEqual(run.outputOf('q'), { choice: 'yes', by: 'ann' });
    assert.deepEqual(run.input('b'), { said: 'yes' });
  });

  it('keeps an answer that comes before it is asked', () => {
    const run = new PureRun(plan([step('a'), ask({ dependencies: ['a'] })])).answer('q', 'no');
    run.complete('a');
    assert.deepEqual(run.outputOf('q'), { choice: 'no', by: 'ann' });
    assert.equal(run.status, 'succeeded');
    assert.equal(run.run.decisions.length, 1);
  });

  it('goes by the first that agree among answers that come before it is asked', () => {
    const steps = (quorum: number): PureRun => new PureRun(plan([step('a'), ask({ quorum, dependencies: ['a'] })]));
    assert.deepEqual(steps(1).answer('q', 'yes', 'ann').answer('q', 'no', 'bob').complete('a').outputOf('q'), { choice: 'yes', by: 'ann' });
    const run = steps(2).answer('q', 'yes', 'ann').answer('q', 'yes', 'bob').answer('q', 'no', 'cid').complete('a');
    assert.deepEqual(run.outputOf('q'), {
      choice: 'yes',
      by: 'bob',
      answers: [
        { choice: 'yes', by: 'ann' },
        { choice: 'yes', by: 'bob' },
      ],
    });
    assert.deepEqual(steps(1).answer('q', 'yes').answer('q', 'no').complete('a').outputOf('q'), { choice: 'no', by: 'ann' });
  });

  it('refuses what is not among its choices, and who may not answer', () => {
    const run = new PureRun(plan([ask({ who: ['ann'] })]));
    assert.throws(() => run.answer('q', 'maybe'), { code: 'ANSWER_INVALID' });
    assert.throws(() => run.answer('q', 'yes', 'bob'), { code: 'ANSWER_INVALID' });
    assert.throws(() => run.answer('nobody', 'yes'), { code: 'STEP_UNKNOWN' });
    assert.equal(run.status, 'waiting');
  });

  it('waits for as many voices as it needs, one for each person', () => {
    const run = new PureRun(plan([ask({ quorum: 2 }), step('b', ['q'])]));
    run.answer('q', 'yes', 'ann').answer('q', 'yes', 'ann').answer('q', 'no', 'bob');
    assert.equal(run.status, 'waiting');
    run.answer('q', 'yes', 'cid');
    assert.equal(run.is('q'), 'done');
    assert.throws(() => run.answer('q', 'no', 'dan'), { code: 'STEP_DONE' });
  });

  it('keeps voices through a failure elsewhere', () => {
    const run = new PureRun(plan([ask({ quorum: 2 }), step('x')])).answer('q', 'yes', 'ann');
    run.fail('x').submit({ type: 'retry' }).answer('q', 'yes', 'bob').complete('x');
    assert.equal(run.status, 'succeeded');
  });

  it('takes its default at the deadline, or fails without one', () => {
    const run = new PureRun(plan([ask({ deadline: '24h', otherwise: 'no' })])).advance(86_399_999);
    assert.equal(run.status, 'waiting');
    run.advance(1);
    assert.deepEqual(run.outputOf('q'), { choice: 'no', by: 'deadline' });
    assert.equal(new PureRun(plan([ask({ deadline: '1h' })])).advance(3_600_000).error?.code, 'ASK_EXPIRED');
  });
});

describe('a wait', () => {
  const wait = (rest: object): ReturnType<typeof plan> => plan([step('a'), { id: 'w', kind: 'wait', dependencies: ['a'], ...rest }]);

  it('lasts its time', () => {
    const run = new PureRun(wait({ duration: '1h' })).complete('a').advance(3_599_999);
    assert.equal(run.status, 'waiting');
    assert.equal(run.advance(1).status, 'succeeded');
  });

  it('lasts until an instant, and is over at once when that has passed', () => {
    const run = new PureRun(wait({ until: '1970-01-01T00:20:00Z' })).complete('a');
    assert.equal(run.advance(199_999).status, 'waiting');
    assert.equal(run.advance(1).status, 'succeeded');
    assert.equal(new PureRun(wait({ until: '1970-01-01T00:00:01Z' })).complete('a').status, 'succeeded');
    assert.equal(new PureRun(wait({ until: { $from: 'steps.a.output' } })).complete('a', 'tomorrow').error?.code, 'WAIT_INVALID');
  });

  it('takes a signal that comes during it, or came before', () => {
    const during = new PureRun(wait({ signal: 'go' })).complete('a').signal('other').signal('go', { n: 1 });
    assert.deepEqual(during.outputOf('w'), { n: 1 });
    const before = new PureRun(wait({ signal: 'go' })).signal('go', 'first').signal('go', 'second').complete('a');
    assert.equal(before.outputOf('w'), 'first');
    assert.equal(before.run.signals.length, 1);
  });

  it('hears each event of the bus once', () => {
    const run = new PureRun(
      plan([
        { id: 'w', kind: 'wait', event: 'e' },
        { id: 'w2', kind: 'wait', event: 'e', dependencies: ['w'] },
      ]),
    );
    run.submit({ type: 'hear', emission: 4, name: 'e', data: { value: 1 } });
    run.submit({ type: 'hear', emission: 4, name: 'e', data: { value: 1 } });
    assert.equal(run.status, 'waiting');
    run.submit({ type: 'hear', emission: 5, name: 'e', data: { value: 2 } });
    assert.deepEqual(run.output, { w: 1, w2: 2 });
  });

  it('gives up at its deadline', () => {
    assert.equal(new PureRun(wait({ signal: 'go', deadline: 1000 })).complete('a').advance(1000).error?.code, 'WAIT_EXPIRED');
    assert.equal(
      new PureRun(wait({ signal: 'go', deadline: 1000, otherwise: 'default' })).complete('a').advance(1000).outputOf('w'),
      'default',
    );
  });
});

describe('a pause', () => {
  it('starts nothing new, keeps what finishes, and goes on from there', () => {
    const run = new PureRun(plan([step('a'), step('b', ['a'])])).submit({ type: 'pause', by: 'ann' });
    assert.equal(run.status, 'paused');
    run.complete('a', 1);
    assert.deepEqual(run.inHand, []);
    run.submit({ type: 'resume' });
    assert.deepEqual(run.inHand, ['b']);
  });

  it('stops the run’s clock', () => {
    const run = new PureRun(plan([{ id: 'w', kind: 'wait', duration: 1000 }], { timeout: 5000 })).advance(400);
    run.submit({ type: 'pause' }).advance(100_000).submit({ type: 'resume' });
    assert.equal(run.advance(599).status, 'waiting');
    assert.equal(run.advance(1).status, 'succeeded');
  });

  it('keeps signals and answers for afterwards', () => {
    const run = new PureRun(plan([{ id: 'w', kind: 'wait', signal: 's' }, ask()]))
      .submit({ type: 'pause' })
      .signal('s', 1)
      .answer('q', 'yes');
    run.submit({ type: 'resume' });
    assert.equal(run.status, 'succeeded');
  });

  it('said twice is said once', () => {
    const run = new PureRun(plan([step('a')]))
      .submit({ type: 'pause' })
      .submit({ type: 'pause' })
      .submit({ type: 'resume' })
      .submit({ type: 'resume' });
    assert.equal(run.events('run.paused').length, 1);
  });
});

describe('a cancellation', () => {
  it('lets go of what is in hand, undoes what was done, and ends', () => {
    const run = new PureRun(plan([step('a', [], { undo: { action: 'undo' } }), step('b', ['a'])]))
      .complete('a')
      .submit({ type: 'cancel', by: 'ann', reason: 'enough' });
    assert.deepEqual(run.inHand, ['undo:a']);
    run.complete('undo:a');
    assert.equal(run.status, 'cancelled');
    assert.throws(() => run.submit({ type: 'pause' }), { code: 'RUN_ENDED' });
    assert.throws(() => run.submit({ type: 'retry' }), { code: 'RUN_NOT_FAILED' });
  });

  it('reaches a paused and a queued run', () => {
    assert.equal(new PureRun(plan([step('a')])).submit({ type: 'pause' }).submit({ type: 'cancel' }).status, 'cancelled');
    assert.equal(new PureRun(plan([step('a')]), null, { queued: true }).submit({ type: 'cancel' }).status, 'cancelled');
  });
});

describe('a retry and a skip', () => {
  it('go on from what failed, with what the attempt had recorded', () => {
    const run = new PureRun(plan([step('a'), step('b', ['a'])])).complete('a', 1);
    run
      .submit({ type: 'record', ref: run.ref('b'), name: 'paid', value: { value: 'receipt' } })
      .fail('b')
      .submit({ type: 'retry', by: 'ann' });
    assert.deepEqual(run.inHand, ['b']);
    const state = run.state('b');
    assert.ok(state.is === 'active' && state.work.do === 'task');
    assert.deepEqual(state.work.task.records, { paid: { is: 'value', value: { value: 'receipt' } } });
    assert.equal(run.complete('b').status, 'succeeded');
  });

  it('renew the allowance of retries', () => {
    const run = new PureRun(plan([step('a', [], { retryPolicy: { maxRetries: 1, backoffMs: 0 } })])).fail('a').fail('a');
    assert.equal(run.status, 'failed');
    run.submit({ type: 'retry' }).fail('a');
    assert.deepEqual(run.inHand, ['a']);
    assert.equal(run.ref('a').attempt, 4);
  });

  it('count a failed item of a map anew: one that fails again fails the map again', () => {
    const run = new PureRun(plan([step('a', [], { kind: 'map', over: [1, 2] })])).complete('a[0]').fail('a[1]');
    run.submit({ type: 'retry' });
    assert.deepEqual(run.inHand, ['a[1]']);
    assert.equal(run.fail('a[1]').error?.code, 'MAP_ITEMS_FAILED');
  });

  it('go on with compensation that failed, with what it had recorded', () => {
    const run = new PureRun(plan([step('a', [], { undo: { action: 'undo' } }), step('b', ['a'])])).complete('a').fail('b');
    run.submit({ type: 'record', ref: run.ref('undo:a'), name: 'refund', value: { value: 'paid back' } }).fail('undo:a');
    run.submit({ type: 'retry' }).fail('b');
    assert.deepEqual(run.inHand, ['undo:a']);
    assert.equal(run.ref('undo:a').attempt, 2);
    const { phase } = run.run;
    assert.ok(phase.is === 'undoing');
    assert.deepEqual(phase.task?.records, { refund: { is: 'value', value: { value: 'paid back' } } });
  });

  it('wait for their turn where others hold the concurrency key', () => {
    const run = new PureRun(plan([step('a'), { id: 'w', kind: 'wait', duration: 1000 }])).fail('a').advance(1000);
    assert.equal(run.status, 'failed');
    run.submit({ type: 'retry', queued: true });
    assert.deepEqual(run.inHand, []);
    run.advance(5000).submit({ type: 'admit' });
    assert.deepEqual(run.inHand, ['a']);
    // Its time stood still while it waited.
    assert.equal(run.run.stoodStill, 5000);
  });

  it('mend one of two failures; the other still stands', () => {
    const run = new PureRun(plan([step('a'), step('b')])).fail('a').fail('b').submit({ type: 'retry', step: 'a' }).complete('a');
    assert.equal(run.status, 'failed');
    assert.match(run.error?.message ?? '', /^b:/);
    run.submit({ type: 'skip', step: 'b', value: { value: 'by hand' }, by: 'ann' });
    assert.deepEqual(run.output, { a: null, b: 'by hand' });
  });

  it('skip does anew what was compensated when the run failed', () => {
    const run = new PureRun(plan([step('hotel', [], { undo: { action: 'undo' } }), step('flight', ['hotel'])])).complete('hotel', 1);
    run
      .fail('flight')
      .complete('undo:hotel')
      .submit({ type: 'skip', step: 'flight', value: { value: 'by train' } });
    assert.deepEqual(run.inHand, ['hotel']);
    assert.deepEqual(run.complete('hotel', 2).output, { hotel: 2, flight: 'by train' });
  });

  it('skip gives a waiting or running step its result', () => {
    const run = new PureRun(plan([step('a'), step('b', ['a'], { input: { a: { $from: 'steps.a.output' } } })])).submit({
      type: 'skip',
      step: 'a',
      value: { value: 'mine' },
    });
    assert.deepEqual(run.input('b'), { a: 'mine' });
    assert.throws(() => run.submit({ type: 'skip', step: 'a', value: { value: 1 } }), { code: 'STEP_DONE' });
  });
});

describe('a fork', () => {
  it('keeps what came before the step, with edits', () => {
    const workflow = plan([step('a'), step('b', ['a'], { input: { a: { $from: 'steps.a.output' } } }), step('c', ['b'])]);
    const run = new PureRun(workflow).complete('a', 1).complete('b', 2).complete('c', 3);
    const fork = forkOf(run.program, run.run, { from: 'b', outputs: { a: { value: 'edited' } } });
    const forked = start(run.program, 'fork', { project: 'test', input: { value: null }, fork }, run.now);
    assert.deepEqual(
      forked.events.map((event) => event.type),
      ['run.started', 'step.completed', 'task.started'],
    );
    assert.deepEqual(forked.run.forkedFrom, { run: 'run', step: 'b' });
    const listed = new PureRun(plan([{ id: 'm', kind: 'map', agentId: 'a', over: [1, 2] }, step('c', ['m'])]))
      .complete('m[0]', 'x')
      .complete('m[1]', 'y');
    const kept = start(
      listed.program,
      'fork',
      { project: 'test', input: { value: null }, fork: forkOf(listed.program, listed.run, { from: 'c' }) },
      1,
    );
    assert.deepEqual(kept.events[1], { type: 'step.completed', step: 0, visit: 1, output: { value: ['x', 'y'] }, source: 'fork' });
    assert.throws(() => forkOf(run.program, run.run, { from: 'b', outputs: { c: { value: 1 } } }), { code: 'FORK_INVALID' });
    assert.throws(() => forkOf(run.program, run.run, { from: 'nowhere' }), { code: 'STEP_UNKNOWN' });
  });
});

describe('a migration', () => {
  it('gives the items of an open map their own list, also where another map had its place', () => {
    const map = (id: string, over: readonly number[]): object => ({ id, kind: 'map', agentId: 'a', over, input: { $item: '' } });
    const run = new PureRun(plan([map('m', [1, 2]), map('n', [3, 4])]));
    assert.deepEqual([run.input('m[1]'), run.input('n[1]')], [2, 4]);
    run.migrate(plan([map('n', [3, 4]), map('m', [1, 2])]));
    assert.deepEqual([run.input('m[1]'), run.input('n[1]')], [2, 4]);
  });

  it('opens a map with the list of now, where what the list came from was undone and done again', () => {
    const run = new PureRun(
      plan([
        step('a', [], { undo: { action: 'undo' } }),
        { id: 'm', kind: 'map', agentId: 'a', over: { $from: 'steps.a.output' }, dependencies: ['a'] },
      ]),
    );
    run.complete('a', [1]).fail('m[0]').complete('undo:a');
    run.submit({ type: 'retry' }).complete('a', [2, 3]);
    assert.deepEqual([run.input('m[0]'), run.input('m[1]')], [2, 3]);
  });

  it('carries finished work to its new place', () => {
    const run = new PureRun(plan([step('a'), step('b', ['a'])])).complete('a', 1).fail('b');
    run.migrate(plan([step('z', ['a']), step('a'), step('b', ['z'])], { version: '2' }));
    run.submit({ type: 'retry' });
    assert.deepEqual(run.inHand, ['z']);
    assert.equal(run.outputOf('a'), 1);
    run.complete('z').complete('b');
    assert.equal(run.status, 'succeeded');
  });

  it('gives items of an open map what they had, at whatever place it now stands', () => {
    const map = (id: string, over: readonly string[]): object => ({ id, kind: 'map', agentId: 'a', over });
    const run = new PureRun(plan([map('m', ['x']), map('n', ['y'])])).migrate(plan([map('n', ['y']), map('m', ['x'])]));
    assert.deepEqual([run.input('m[0]'), run.input('n[0]')], ['x', 'y']);
  });

  it('keeps feedback, which names the same steps at their new places', () => {
    const gate = { id: 'g', kind: 'gate', dependencies: ['a'], test: false, otherwise: { backTo: 'a', max: 1 } };
    const input = { by: { $from: 'feedback.by' }, was: { $from: 'feedback.previous.a' } };
    const run = new PureRun(plan([step('a', [], { input }), gate])).complete('a', 'one');
    run.migrate(plan([step('z'), step('a', [], { input }), gate]));
    assert.deepEqual(run.input('a'), { by: 'g', was: 'one' });
    run.migrate(plan([step('a', [], { input }), step('z')]));
    assert.deepEqual(run.input('a'), { by: null, was: null });
  });

  it('makes attempts in hand again, and no result of the old plan counts in the new', () => {
    const run = new PureRun(plan([step('a'), step('b')]));
    const stale = run.ref('a');
    run.migrate(plan([step('b'), step('a', [], { input: 'new' })]));
    assert.equal(run.input('a'), 'new');
    run.submit({ type: 'completed', ref: stale, output: { value: 'of another step by now' } });
    assert.deepEqual(run.inHand.toSorted(), ['a', 'b']);
    assert.equal(run.complete('a').complete('b').status, 'succeeded');
  });

  it('releases what an attempt of the new plan had reserved when its time is over', () => {
    const limited = (version: string): ReturnType<typeof plan> =>
      plan([step('a', [], { timeout: { total: 1000 }, onFailure: 'continue' }), step('b', ['a'])], {
        version,
        budget: { limit: 5, onLimit: 'stop' },
      });
    const run = new PureRun(limited('1')).migrate(limited('2'));
    run.submit({ type: 'reserve', ref: run.ref('a'), id: '1', amount: 2 }).advance(1000);
    assert.deepEqual([run.is('a'), run.run.money.spent, run.run.money.reserved], ['failed', 2, {}]);
  });

  it('is refused, with the reasons, where finished work would lose its place', () => {
    const run = new PureRun(plan([step('a'), step('b', ['a'])])).complete('a', 1);
    const refused = (steps: readonly object[], reason: RegExp): void =>
      assert.throws(() => run.migrate(plan(steps)), { code: 'MIGRATION_REFUSED', message: reason });
    refused([step('b')], /a is done and the new plan has no such step/);
    refused([step('new'), step('a', ['new']), step('b', ['a'])], /puts new before it/);
    assert.deepEqual(run.inHand, ['b']);
    const asking = new PureRun(plan([ask()]));
    assert.throws(() => asking.migrate(plan([ask({ choices: ['no', 'yes'] })])), {
      code: 'MIGRATION_REFUSED',
      message: /q is in hand, and the new plan changes it/,
    });
  });
});

describe('money', () => {
  const rich = (budget: object, rest: object = {}): PureRun => new PureRun(plan([step('a', [], rest), step('b')], { budget }));
  const reserve = (run: PureRun, key: string, id: string, amount: number): PureRun =>
    run.submit({ type: 'reserve', ref: run.ref(key), id, amount });

  it('is reserved before, settled after, and never beyond the limit', () => {
    const run = rich({ limit: 1, onLimit: 'stop' });
    reserve(run, 'a', '1', 0.6);
    assert.throws(() => reserve(run, 'b', '1', 0.5), { code: 'BUDGET_EXCEEDED' });
    run.submit({ type: 'settle', id: '0.1.1/1', amount: 0.2 });
    reserve(run, 'b', '1', 0.5);
    assert.equal(run.run.money.spent, 0.2);
  });

  it('asked for again under the same name, by an attempt that is made again, is the same', () => {
    const run = rich({ limit: 1, onLimit: 'stop' });
    reserve(reserve(run, 'a', '1', 0.6), 'a', '1', 0.6);
    assert.throws(() => reserve(run, 'a', '2', 0.6), { code: 'BUDGET_EXCEEDED', message: /\$0.4000 left/ });
    assert.throws(() => reserve(run, 'a', '1', 1.1), { code: 'BUDGET_EXCEEDED', message: /\$1.0000 left/ });
    run.submit({ type: 'settle', id: '0.1.1/1', amount: 0.2 });
    assert.equal(run.run.money.spent, 0.2);
  });

  it('that an attempt leaves reserved counts as spent', () => {
    const run = rich({ limit: 1, onLimit: 'stop' });
    reserve(run, 'a', '1', 0.6).fail('a');
    assert.equal(run.run.money.spent, 0.6);
    assert.deepEqual(run.run.money.reserved, {});
  });

  it('is limited by whoever started the run, where the plan does not limit it more', () => {
    const limit = (plans: number | undefined, callers: number | undefined): number | undefined =>
      new PureRun(
        plan([step('a')], plans === undefined ? {} : { budget: { limit: plans, onLimit: 'stop' } }),
        null,
        callers === undefined ? {} : { budget: callers },
      ).run.money.limit;
    assert.deepEqual([limit(undefined, undefined), limit(1, undefined), limit(undefined, 2)], [undefined, 1, 2]);
    assert.deepEqual([limit(1, 2), limit(2, 1), limit(2, 0)], [1, 1, 0]);
  });

  it('has a limit for a step as well', () => {
    const run = rich({ limit: 10, onLimit: 'stop' }, { budget: { limit: 0.5, onLimit: 'degrade' } });
    assert.throws(
      () => reserve(run, 'a', '1', 0.6),
      (error: { details?: { onLimit?: string } }) => error.details?.onLimit === 'degrade',
    );
  });

  it('may be asked for: the step waits, and goes on with the new limit', () => {
    const run = rich({ limit: 1, onLimit: 'ask' });
    run.complete('b');
    run.fail('a', { code: 'BUDGET_EXCEEDED', message: 'needs $2', details: { of: 'run', onLimit: 'ask', needed: 2, left: 1 } });
    assert.equal(run.status, 'waiting');
    assert.throws(() => run.submit({ type: 'answer', step: 'a', by: 'ann', value: { value: 0.5 } }), { code: 'ANSWER_INVALID' });
    run.submit({ type: 'answer', step: 'a', by: 'ann', value: { value: 5 } });
    assert.deepEqual(run.inHand, ['a']);
    assert.equal(run.run.money.limit, 5);
  });
});

describe('a budget that the run does not own', () => {
  const empty = (onLimit: string): Fault => ({
    code: 'BUDGET_EXCEEDED',
    message: 'budget "acme" has $0 left',
    details: { of: 'budget acme', onLimit, needed: 2, left: 0 },
  });

  it('may be asked for: the step waits until somebody says that there is room again', () => {
    const run = new PureRun(plan([step('a')]));
    run.fail('a', empty('ask'));
    assert.equal(run.status, 'waiting');
    assert.throws(() => run.submit({ type: 'answer', step: 'a', by: 'ann', choice: 'never' }), { code: 'ANSWER_INVALID', message: /acme/ });
    run.submit({ type: 'answer', step: 'a', by: 'ann', choice: 'retry' });
    assert.deepEqual(run.inHand, ['a']);
    assert.equal(run.ref('a').attempt, 2);
  });

  it('or stops', () => {
    const run = new PureRun(plan([step('a')]));
    run.fail('a', empty('stop'));
    assert.equal(run.status, 'failed');
  });
});

describe('a job whose fate nobody knows', () => {
  const unknown = { code: 'JOB_UNKNOWN', message: 'who knows', details: { name: 'film' } };

  it('is adopted under the id that a person gives, or submitted anew', () => {
    for (const [said, record] of [
      ['job-7', { is: 'submitted', job: 'job-7' }],
      ['not-submitted', undefined],
    ] as const) {
      const run = new PureRun(plan([step('a')]));
      run.submit({ type: 'intend-job', ref: run.ref('a'), name: 'film' }).fail('a', unknown);
      assert.equal(run.status, 'waiting');
      run.submit({ type: 'answer', step: 'a', by: 'ann', value: { value: said } });
      const state = run.state('a');
      assert.ok(state.is === 'active' && state.work.do === 'task');
      assert.deepEqual(state.work.task.records['film'], record);
      assert.equal(run.ref('a').attempt, 2);
    }
  });
});
