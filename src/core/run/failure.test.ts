/** What goes wrong, and what the plan says of it. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { PureRun } from '../../testing/pure-run.ts';
import { plan, step } from '../../testing/short-plans.ts';
import { agentRef } from '../plan/agent-ref.ts';
import { workflow } from '../plan/builder.ts';

/** Fails the step until the run ends, and tells the delays between attempts. */
function delays(retryPolicy: object): readonly number[] {
  const run = new PureRun(plan([step('a', [], { retryPolicy })]));
  const found: number[] = [];
  while (run.error === undefined) {
    run.fail('a');
    const before = run.now;
    while (run.error === undefined && run.inHand.length === 0) run.advance(100);
    if (run.error === undefined) found.push(run.now - before);
  }
  return found;
}

describe('retries', () => {
  it('wait 1, 2, 3 seconds when linear, as an orchestration plan’s do', () =>
    assert.deepEqual(delays({ maxRetries: 3, backoffMs: 1000 }), [1000, 2000, 3000]));
  it('wait 1, 2, 4 seconds when exponential', () =>
    assert.deepEqual(delays({ maxRetries: 3, backoffMs: 1000, backoff: 'exponential' }), [1000, 2000, 4000]));
  it('wait the same when fixed', () => assert.deepEqual(delays({ maxRetries: 2, backoffMs: 500, backoff: 'fixed' }), [500, 500]));
  it('never wait longer than the cap', () =>
    assert.deepEqual(delays({ maxRetries: 4, backoffMs: 1000, backoff: 'exponential', capMs: 3000 }), [1000, 2000, 3000, 3000]));

  it('draw their jitter the same way each time', () => {
    const policy = { maxRetries: 5, backoffMs: 10_000, backoff: 'fixed', jitter: 0.5 };
    const drawn = delays(policy);
    assert.deepEqual(drawn, delays(policy));
    assert.ok(new Set(drawn).size > 1);
    for (const delay of drawn) assert.ok(delay >= 5000 && delay <= 10_000, String(delay));
  });

  it('are made only for the errors that the policy names', () => {
    const policy = (rest: object): object => ({ maxRetries: 1, backoffMs: 0, ...rest });
    const first = (rest: object, code: string, retryable?: boolean): number => {
      const run = new PureRun(plan([step('a', [], { retryPolicy: policy(rest) })]));
      run.fail('a', { code, message: 'm', ...(retryable === undefined ? {} : { retryable }) });
      return run.inHand.length;
    };
    assert.equal(first({ only: ['RATE'] }, 'RATE'), 1);
    assert.equal(first({ only: ['RATE'] }, 'OTHER'), 0);
    assert.equal(first({ except: ['FATAL'] }, 'FATAL'), 0);
    assert.equal(first({ except: ['FATAL'] }, 'OTHER'), 1);
    assert.equal(first({}, 'OTHER', false), 0, 'the error itself says that it is of no use');
  });
});

describe('a step that failed for good', () => {
  it('fails the run, after what is in hand has finished', () => {
    const run = new PureRun(plan([step('a'), step('b'), step('c', ['b'])])).fail('a', 'no');
    assert.equal(run.status, 'running');
    run.complete('b', 'kept');
    assert.equal(run.status, 'failed');
    assert.equal(run.is('c'), 'idle');
    assert.equal(run.outputOf('b'), 'kept');
    assert.match(run.error?.message ?? '', /a: no/);
  });

  it('lets nothing be tried again, also what is due at the same instant or is answered now', () => {
    const retryPolicy = { maxRetries: 1, backoffMs: 500 };
    const ask = { id: 'q', kind: 'ask', question: '?', choices: ['y'], deadline: 500 };
    const run = new PureRun(plan([ask, step('a', [], { retryPolicy }), step('b'), step('c')])).fail('a');
    run.fail('c', { code: 'JOB_UNKNOWN', message: 'who knows', details: { name: 'film' } }).advance(500);
    run.submit({ type: 'answer', step: 'c', by: 'ann', value: { value: 'not-submitted' } });
    assert.deepEqual(run.inHand, ['b']);
    run.complete('b');
    assert.equal(run.error?.code, 'ASK_EXPIRED');
    assert.deepEqual(run.submit({ type: 'retry' }).inHand, ['a', 'c']);
  });

  it('can be passed over: dependents run without its output', () => {
    const run = new PureRun(
      plan([step('a', [], { onFailure: 'continue' }), step('b', ['a'], { input: { a: { $from: 'steps.a.output' } } })]),
    ).fail('a');
    assert.deepEqual(run.input('b'), { a: null });
    assert.equal(run.complete('b').status, 'succeeded');
  });

  it('goes to its rescue, and what followed it is skipped', () => {
    const steps = [step('a', [], { onFailure: { goTo: 'r' } }), step('b', ['a']), step('r'), step('end', ['b', 'r'])];
    const failed = new PureRun(plan(steps)).fail('a');
    assert.deepEqual(failed.inHand, ['r']);
    assert.equal(failed.is('b'), 'skipped');
    failed.complete('r');
    assert.deepEqual(failed.inHand, ['end']);
    const well = new PureRun(plan(steps)).complete('a');
    assert.equal(well.is('r'), 'skipped');
    assert.deepEqual(well.inHand, ['b']);
  });

  it('goes back a bounded number of times', () => {
    const run = new PureRun(plan([step('a'), step('b', ['a'], { onFailure: { goTo: 'a', max: 2 } })]));
    for (let round = 0; round < 2; round++) {
      run.complete('a').fail('b', 'again');
      assert.deepEqual(run.inHand, ['a']);
    }
    run.complete('a').fail('b', 'enough');
    assert.equal(run.status, 'failed');
    assert.equal(run.visits('b'), 3);
  });

  it('is undone together with all that was done, last first', () => {
    const undo = { action: 'undo' };
    const run = new PureRun(plan([step('a', [], { undo }), step('b', ['a'], { undo }), step('c', ['b'])]));
    run.complete('a', 'A').complete('b', 'B').fail('c', 'no');
    assert.deepEqual(run.inHand, ['undo:b']);
    assert.deepEqual(run.input('undo:b'), { input: { id: 'b' }, output: 'B' });
    run.complete('undo:b');
    assert.deepEqual(run.inHand, ['undo:a']);
    run.complete('undo:a');
    assert.equal(run.status, 'failed');
    run.submit({ type: 'retry' });
    assert.deepEqual(run.inHand, ['a'], 'what was undone is done again');
  });

  it('whose undo fails does not keep the rest from being undone', () => {
    const undo = { action: 'undo' };
    const run = new PureRun(plan([step('a', [], { undo }), step('b', ['a'], { undo }), step('c', ['b'])]));
    run.complete('a').complete('b').fail('c').fail('undo:b').complete('undo:a');
    assert.equal(run.status, 'failed');
  });

  it('is undone anew after a retry, and no earlier attempt to undo counts in it', () => {
    const undo = { action: 'undo', retryPolicy: { maxRetries: 1, backoffMs: 0 } };
    const run = new PureRun(plan([step('a', [], { undo }), step('b', ['a'])])).complete('a').fail('b');
    const early = [run.ref('undo:a')];
    run.fail('undo:a').fail('undo:a').submit({ type: 'retry' }).fail('b');
    assert.equal(run.ref('undo:a').attempt, 3, 'the same visit is undone with names of its own');
    early.push(run.ref('undo:a'));
    run.fail('undo:a').complete('undo:a').submit({ type: 'retry' }).complete('a').fail('b');
    assert.equal(run.ref('undo:a').visit, 2);
    for (const ref of early) run.submit({ type: 'completed', ref, output: { value: null } });
    assert.deepEqual(run.inHand, ['undo:a']);
  });

  it('is undone under a new name also where the best round was restored after it had been undone', () => {
    const otherwise = { backTo: 'a', max: 1, keepBest: { $from: 'steps.a.output' } };
    const gate = { id: 'g', kind: 'gate', dependencies: ['a'], test: false, exhausted: 'fail', otherwise };
    const run = new PureRun(plan([step('a', [], { undo: { action: 'undo' } }), gate])).complete('a', 5).complete('a', 3);
    const first = run.ref('undo:a');
    run.complete('undo:a').submit({ type: 'retry' }).complete('a', 4);
    assert.deepEqual([first.attempt, run.ref('undo:a').attempt], [1, 2]);
  });

  it('hands over to the fallback plan', () => {
    const run = new PureRun(plan([step('a')], { fallbackPlan: { id: 'f', steps: [step('x')] } })).fail('a');
    assert.equal(run.run.phase.is, 'fallback');
    run.submit({ type: 'fallback-ended', result: { output: { value: 'saved' } } });
    assert.equal(run.output, 'saved');
  });
});

describe('a function of the plan that misbehaves', () => {
  it('fails its own step with the reason', () => {
    const source = plan([{ id: 'g', kind: 'gate', test: { $code: 'g', digest: '' } }]);
    const throwing = {
      ...source,
      code: new Map([
        [
          'g',
          (): never => {
            throw new Error('boom');
          },
        ],
      ]),
    };
    assert.match(new PureRun(throwing).error?.message ?? '', /g threw: boom/);
    const promising = { ...source, code: new Map([['g', () => Promise.resolve(true)]]) };
    assert.equal(new PureRun(promising).error?.code, 'TRANSFORMER_ASYNC');
    const strange = { ...source, code: new Map([['g', () => new Map()]]) };
    assert.equal(new PureRun(strange).error?.code, 'TRANSFORMER_NOT_JSON');
  });
});

describe('the context of a function', () => {
  it('lists what precedes its step, and nothing else', () => {
    const flow = workflow('w')
      .step('a', agentRef<null, number>('x'), () => null)
      .step('b', agentRef<null, number>('x'), () => null, { after: [] })
      .step('c', agentRef<unknown, number>('x'), ({ input, ...rest }) => ({ input, rest }), { after: ['a'] })
      .output((all) => ({ ...all }));
    const run = new PureRun(flow, 'in').complete('a', 1).complete('b', 2);
    assert.deepEqual(run.input('c'), { input: 'in', rest: { a: 1 } });
    assert.deepEqual(run.complete('c', 3).output, { input: 'in', a: 1, b: 2, c: 3 });
  });
});

describe('a literal', () => {
  it('is data, also where it looks like a function of the plan', () => {
    const run = new PureRun(plan([step('a', [], { input: { $literal: { $code: 'x', digest: '' } } })]));
    assert.deepEqual(run.program.missing, []);
    assert.deepEqual(run.input('a'), { $code: 'x', digest: '' });
  });
});

describe('time', () => {
  it('ends a step whose attempts take too long in all', () => {
    const run = new PureRun(
      plan([step('a', [], { timeout: { total: '10s' }, retryPolicy: { maxRetries: 9, backoffMs: 4000, backoff: 'fixed' } })]),
    );
    run.advance(3000).fail('a').advance(4000).advance(2999);
    assert.deepEqual(run.inHand, ['a']);
    run.advance(1);
    assert.equal(run.error?.code, 'STEP_TIMED_OUT');
  });

  it('ends a run that takes too long, whatever is in hand', () => {
    const run = new PureRun(plan([step('a'), step('b', ['a'])], { timeout: 5000 })).complete('a').advance(5000);
    assert.equal(run.error?.code, 'RUN_TIMED_OUT');
    assert.match(run.error?.message ?? '', /timed out/);
    assert.deepEqual(run.inHand, []);
    run.submit({ type: 'retry' });
    assert.deepEqual(run.inHand, ['b'], 'a retry has its own time');
    assert.equal(run.advance(4999).complete('b').status, 'succeeded');
  });

  it('falls back when a run takes too long', () => {
    const run = new PureRun(plan([step('a')], { timeout: 5000, fallbackPlan: { id: 'f', steps: [step('x')] } })).advance(5000);
    assert.equal(run.run.phase.is, 'fallback');
  });
});
