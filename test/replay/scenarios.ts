/**
 * Runs whose journals are kept for ever: one for each kind of step, option and
 * operation, some ended and some left in the middle. `node scripts/golden.ts` writes
 * the journals of new ones; those that are there are never written again.
 */
import type { Json } from '../../src/core/data/json.ts';
import { sha256 } from '../../src/core/data/sha256.ts';
import { parsePlan } from '../../src/core/plan/read.ts';
import { planWorkflow, type AnyWorkflow } from '../../src/core/plan/workflow.ts';
import { forkOf } from '../../src/core/run/fork.ts';
import { PureRun } from '../../src/testing/pure-run.ts';
import { step } from '../../src/testing/short-plans.ts';

const plan = (steps: readonly object[], rest: object = {}): AnyWorkflow => planWorkflow(parsePlan({ id: 'golden', steps, ...rest }));
const run = (steps: readonly object[], rest: object = {}, input: Json = null): PureRun => new PureRun(plan(steps, rest), input);
const ask = (rest: object = {}): object => ({ id: 'q', kind: 'ask', question: 'Publish?', choices: ['yes', 'no'], ...rest });

/** What lies beside a journal, by the names of the blobs. */
const largeText = JSON.stringify('large');
const largeName = `sha256-${sha256(largeText)}`;
export const largeValues: ReadonlyMap<string, Json> = new Map([[largeName, 'large']]);

export const scenarios: Readonly<Record<string, () => PureRun>> = {
  'steps-in-parallel': () =>
    run([step('a'), step('b'), step('c', ['a', 'b'])])
      .complete('b', 2)
      .complete('a', { x: 1 })
      .complete('c'),
  'step-in-hand': () => run([step('a'), step('b', ['a'])], {}, { topic: 'planes' }).complete('a', 'A'),
  'retry-waiting': () =>
    run([step('a', [], { retryPolicy: { maxRetries: 3, backoffMs: 1000 } })])
      .fail('a')
      .advance(1000)
      .fail('a'),
  'recorded-sub-steps': () => {
    const it = run([step('a')]);
    it.submit({ type: 'record', ref: it.ref('a'), name: 'pay', value: { value: 'receipt' } });
    it.submit({ type: 'intend-job', ref: it.ref('a'), name: 'film' });
    return it.submit({ type: 'submit-job', ref: it.ref('a'), name: 'film', job: 'job-1' });
  },
  'job-unknown-answered': () => {
    const it = run([step('a')]);
    it.submit({ type: 'intend-job', ref: it.ref('a'), name: 'film' }).fail('a', {
      code: 'JOB_UNKNOWN',
      message: 'who knows',
      details: { name: 'film' },
    });
    return it.submit({ type: 'answer', step: 'a', by: 'ann', value: { value: 'job-7' } });
  },
  'map-half-done': () =>
    run([{ id: 'm', kind: 'map', agentId: 'a', over: [1, 2, 3, 4], concurrency: 2, retry: { max: 1, delay: 500 } }])
      .complete('m[1]', 'two')
      .fail('m[0]'),
  'map-failed-and-retried': () =>
    run([{ id: 'm', kind: 'map', agentId: 'a', over: [1, 2, 3] }])
      .complete('m[0]', 1)
      .fail('m[1]')
      .complete('m[2]', 3)
      .submit({ type: 'retry', by: 'ann' }),
  'map-tolerated': () =>
    run([{ id: 'm', kind: 'map', agentId: 'a', over: [1, 2], tolerate: 1 }, step('end', ['m'])])
      .fail('m[0]')
      .complete('m[1]')
      .complete('end'),
  'map-had-enough': () =>
    run([{ id: 'm', kind: 'map', agentId: 'a', over: [1, 2, 3, 4], concurrency: 3, enough: 2 }, step('end', ['m'])])
      .fail('m[0]')
      .complete('m[2]', 'three')
      .complete('m[3]', 'four'),
  'join-any': () =>
    run([
      step('a'),
      { id: 'b', kind: 'map', agentId: 'a', over: [1, 2] },
      step('c'),
      step('d', ['c']),
      step('first', ['a', 'b', 'd'], { join: 'any', input: { $first: [{ $from: 'steps.a.output' }, { $from: 'steps.b.output' }] } }),
    ])
      .complete('b[0]', 1)
      .complete('a', 'A'),
  'join-two-and-the-rest-goes-on': () =>
    run([
      step('a'),
      step('b'),
      step('c'),
      step('two', ['a', 'b', 'c'], { join: { atLeast: 2, rest: 'finish' }, input: { late: { $from: 'steps.b.output' } } }),
    ])
      .complete('a')
      .complete('c')
      .complete('b', 'late'),
  'join-lost': () =>
    run([
      step('a', [], { onFailure: 'continue' }),
      step('b', [], { onFailure: 'continue' }),
      step('both', ['a', 'b'], { join: { atLeast: 2 } }),
      step('end', ['b']),
    ]).fail('a'),
  'gate-kept-the-best': () => {
    const it = run([
      step('draft'),
      {
        id: 'good',
        kind: 'gate',
        test: { $compare: [{ $from: 'steps.draft.output.score' }, '>=', 7] },
        dependencies: ['draft'],
        otherwise: { backTo: 'draft', max: 2, keepBest: { $from: 'steps.draft.output.score' } },
      },
      step('end', ['good']),
    ]);
    for (const score of [3, 6, 4]) it.complete('draft', { score });
    return it.complete('end');
  },
  'gate-sent-back': () =>
    run([
      step('draft'),
      {
        id: 'good',
        kind: 'gate',
        test: { $from: 'steps.draft.output.ok' },
        dependencies: ['draft'],
        otherwise: { backTo: 'draft', max: 2 },
      },
    ]).complete('draft', { ok: false }),
  branch: () =>
    run(
      [
        { id: 'route', kind: 'branch', choose: { $from: 'input.way' }, cases: ['x', 'y'] },
        step('x', ['route'], { when: { $compare: [{ $from: 'steps.route.output.choice' }, '==', 'x'] } }),
        step('y', ['route'], { when: { $compare: [{ $from: 'steps.route.output.choice' }, '==', 'y'] } }),
        step('end', ['x', 'y']),
      ],
      {},
      { way: 'y' },
    ).complete('y'),
  'ask-open': () => run([ask({ deadline: '1d', otherwise: 'no', show: { film: { $from: 'input' } } })], {}, 'film'),
  'ask-quorum-half': () => run([ask({ quorum: 2 })]).answer('q', 'yes', 'ann'),
  'ask-answered-early': () =>
    run([step('a'), ask({ dependencies: ['a'] })])
      .answer('q', 'no')
      .complete('a'),
  'ask-expired-to-default': () => run([ask({ deadline: 1000, otherwise: 'no' })]).advance(1000),
  waits: () =>
    run([
      { id: 't', kind: 'wait', duration: '1h' },
      { id: 'u', kind: 'wait', until: '1970-02-01T00:00:00Z' },
      { id: 's', kind: 'wait', signal: 'go' },
      { id: 'e', kind: 'wait', event: 'ev', deadline: '2h' },
    ]).signal('other', 1),
  'signal-before-wait': () =>
    run([step('a'), { id: 's', kind: 'wait', signal: 'go', dependencies: ['a'] }])
      .signal('go', { n: 1 })
      .complete('a'),
  'event-heard': () =>
    run([{ id: 'e', kind: 'wait', event: 'ev' }]).submit({ type: 'hear', emission: 3, name: 'ev', data: { value: 'x' } }),
  'call-in-hand': () => run([{ id: 'c', workflow: 'other', input: { n: 1 } }]),
  'call-of-a-made-plan': () =>
    run([step('plan'), { id: 'c', plan: { $from: 'steps.plan.output' }, dependencies: ['plan'] }]).complete('plan', {
      id: 'made',
      steps: [],
    }),
  emit: () => run([{ id: 'e', kind: 'emit', event: 'ready', data: { $from: 'input' } }, step('a', ['e'])], {}, 'x'),
  'agent-told': () => {
    const it = run([step('a')]);
    return it.submit({ type: 'emit', ref: it.ref('a'), name: 'insight', data: { value: 1 }, agent: 'a' });
  },
  'failure-rescued': () =>
    run([step('a', [], { onFailure: { goTo: 'r' } }), step('b', ['a']), step('r'), step('end', ['b', 'r'])])
      .fail('a')
      .complete('r'),
  'failure-passed-over': () =>
    run([step('a', [], { onFailure: 'continue' }), step('b', ['a'])])
      .fail('a')
      .complete('b'),
  'failure-sent-back': () =>
    run([step('a'), step('b', ['a'], { onFailure: { goTo: 'a', max: 2 } })])
      .complete('a')
      .fail('b'),
  undoing: () =>
    run([step('a', [], { undo: { action: 'undo' } }), step('b', ['a'], { undo: { action: 'undo' } }), step('c', ['b'])])
      .complete('a')
      .complete('b')
      .fail('c')
      .complete('undo:b'),
  'undone-and-failed': () =>
    run([step('a', [], { undo: { action: 'undo' } }), step('c', ['a'])])
      .complete('a')
      .fail('c')
      .complete('undo:a'),
  'fallback-in-hand': () => run([step('a')], { timeout: 5000, fallbackPlan: { id: 'spare', steps: [step('x')] } }).advance(5000),
  'timed-out': () => run([step('a')], { timeout: 5000 }).advance(5000),
  paused: () =>
    run([step('a'), step('b', ['a'])], { timeout: 60_000 })
      .advance(100)
      .submit({ type: 'pause', by: 'ann' })
      .advance(1000)
      .complete('a'),
  resumed: () =>
    run([{ id: 'w', kind: 'wait', duration: 1000 }])
      .advance(400)
      .submit({ type: 'pause' })
      .advance(5000)
      .submit({ type: 'resume', by: 'ann' }),
  cancelled: () => run([step('a')]).submit({ type: 'cancel', by: 'ann', reason: 'enough' }),
  queued: () => new PureRun(plan([step('a')]), null, { queued: true }),
  admitted: () => new PureRun(plan([step('a')], { timeout: 9000 }), null, { queued: true }).advance(500).submit({ type: 'admit' }),
  'skipped-by-hand': () => run([step('a'), step('b', ['a'])]).submit({ type: 'skip', step: 'a', value: { value: 'mine' }, by: 'ann' }),
  migrated: () =>
    run([step('a'), step('b', ['a'])])
      .complete('a', 1)
      .fail('b')
      .migrate(plan([step('z', ['a']), step('a'), step('b', ['z'])], { version: '2' }))
      .submit({ type: 'retry' }),
  'money-raised': () => {
    const it = run([step('a')], { budget: { limit: 1, onLimit: 'ask' } });
    it.fail('a', { code: 'BUDGET_EXCEEDED', message: 'needs more', details: { of: 'run', onLimit: 'ask', needed: 3, left: 1 } });
    return it.submit({ type: 'answer', step: 'a', by: 'ann', value: { value: 5 } });
  },
  money: () => {
    const it = run([step('a'), step('b')], { budget: { limit: 2, onLimit: 'ask' } });
    it.submit({ type: 'reserve', ref: it.ref('a'), id: '1', amount: 0.5 }).submit({ type: 'settle', id: '0.1.1/1', amount: 0.4 });
    it.submit({ type: 'reserve', ref: it.ref('b'), id: '1', amount: 1 });
    return it.fail('a', { code: 'BUDGET_EXCEEDED', message: 'needs more', details: { of: 'run', onLimit: 'ask', needed: 3, left: 0.6 } });
  },
  'from-a-memo': () => {
    const it = run([step('a', [], { memo: true }), step('b', ['a'])]);
    return it.submit({ type: 'completed', ref: it.ref('a'), output: { value: 'as before' }, source: 'memo' });
  },
  forked: () => {
    const to = plan([
      step('a'),
      step('never', [], { when: false }),
      { id: 'm', kind: 'map', agentId: 'a', over: [1, 2], dependencies: ['a'] },
      step('b', ['a', 'm']),
    ]);
    const first = new PureRun(to).complete('a', 1).complete('m[0]', 'x').complete('m[1]', 'y').complete('b');
    return new PureRun(to, null, { fork: forkOf(first.program, first.run, { from: 'b', outputs: { a: { value: 'edited' } } }) });
  },
  'large-value': () => {
    const it = run([step('a'), step('b', ['a'], { input: 'small' })], { output: { $from: 'steps.b.output' } });
    it.shelf.put(largeName, 'large');
    return it.submit({ type: 'completed', ref: it.ref('a'), output: { blob: largeName, bytes: largeText.length } });
  },
  'skipped-after-failure': () =>
    run([step('a'), step('b', ['a'])])
      .fail('a')
      .submit({ type: 'skip', step: 'a', value: { value: 'mine' }, by: 'ann' }),
  'retry-of-one-step': () =>
    run([step('a'), step('b')])
      .fail('a')
      .fail('b')
      .submit({ type: 'retry', step: 'b', by: 'ann' }),
  'total-time-over': () =>
    run([
      step('a', [], { timeout: { total: 3000 }, retryPolicy: { maxRetries: 9, backoffMs: 1000 }, onFailure: 'continue' }),
      step('b', ['a']),
    ])
      .fail('a')
      .advance(3000),
  'wait-over': () =>
    run([
      { id: 's', kind: 'wait', signal: 'go', deadline: 1000, otherwise: 'late' },
      { id: 't', kind: 'wait', duration: 500 },
      step('a', ['s', 't']),
    ]).advance(1000),
  'question-unanswered': () => run([ask({ deadline: 1000, onFailure: { goTo: 'r' } }), step('r')]).advance(1000),
  'job-not-submitted': () => {
    const it = run([{ id: 'm', kind: 'map', agentId: 'a', over: [1, 2] }]);
    it.submit({ type: 'intend-job', ref: it.ref('m[1]'), name: 'film' }).fail('m[1]', {
      code: 'JOB_UNKNOWN',
      message: 'who knows',
      details: { name: 'film' },
    });
    return it.submit({ type: 'answer', step: 'm', item: 1, by: 'ann', value: { value: 'not-submitted' } });
  },
  'held-for-an-answer': () => {
    const it = run([step('a')]);
    return it.submit({ type: 'intend-job', ref: it.ref('a'), name: 'film' }).fail('a', {
      code: 'JOB_UNKNOWN',
      message: 'who knows',
      details: { name: 'film' },
    });
  },
  'moved-with-an-open-map': () => {
    const mapping = (id: string, over: readonly number[]): object => ({ id, kind: 'map', agentId: 'a', over, concurrency: 1 });
    return run([mapping('m', [1, 2]), mapping('n', [3, 4])])
      .complete('m[0]', 'x')
      .migrate(plan([mapping('n', [3, 4]), mapping('m', [1, 2]), step('z')], { version: '2' }));
  },
  'cancelled-while-undoing': () =>
    run([step('a', [], { undo: { action: 'undo' } }), step('b', ['a'])])
      .complete('a')
      .submit({ type: 'cancel', by: 'ann', reason: 'enough' }),
};
