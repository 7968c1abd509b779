/** What is told when a run is played again by another plan. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { PureRun } from '../../testing/pure-run.ts';
import { plan, step } from '../../testing/short-plans.ts';
import type { Json } from '../data/json.ts';
import { sha256 } from '../data/sha256.ts';
import { planHash, planWorkflow, type AnyWorkflow, type PlanFunction } from '../plan/workflow.ts';
import type { Difference } from './differences.ts';
import { rehearse, type Coded, type Rehearsal } from './rehearse.ts';

const retry = (maxRetries: number, backoffMs: number): object => ({ retryPolicy: { maxRetries, backoffMs } });

function play(run: PureRun, today?: Coded, blobs: ReadonlyMap<string, Json> = new Map()): Rehearsal {
  const going = rehearse({ run: 'run', plans: run.plans, entries: run.journal }, today);
  let at = going.next();
  while (at.done !== true) at = going.next(blobs.get(at.value));
  return at.value;
}

/** Each difference as its event, what it is, and of which step (and item). */
const told = (run: PureRun, today: Coded): readonly string[] => brief(play(run, today).differences);
const brief = (differences: readonly Difference[]): readonly string[] =>
  differences.map(({ seq, is, step: id = 'run', item }) => `${seq} ${id}${item === undefined ? '' : `[${item}]`} ${is}`);
const first = <T extends Difference['is']>(rehearsal: Rehearsal, is: T): Extract<Difference, { is: T }> => {
  const found = rehearsal.differences.find((one) => one.is === is);
  assert.ok(found !== undefined, `nothing is ${is}`);
  // Its tag was looked at.
  return found as Extract<Difference, { is: T }>;
};

const three = (): PureRun =>
  new PureRun(plan([step('a'), step('b', ['a']), step('c', ['b'])]), { n: 1 }).complete('a', 1).complete('b', 2).complete('c', 3);

describe('the same plan', () => {
  it('has no difference, and every event is decided just so', () => {
    const rehearsal = play(three(), plan([step('a'), step('b', ['a']), step('c', ['b'])]));
    assert.deepEqual(rehearsal.differences, []);
    assert.deepEqual(rehearsal.planDifferences, []);
    assert.deepEqual(rehearsal.events, { rehearsed: 8, same: 8, taken: 0 });
    assert.deepEqual(rehearsal.status, { was: 'succeeded', would: 'succeeded' });
    assert.deepEqual(rehearsal.migration, { is: 'same' });
  });

  it('meets deadlines when the run met them, also where nobody was there in time', () => {
    const late = new PureRun(plan([step('a', [], retry(1, 1000)), { id: 'w', kind: 'wait', duration: 500 }])).fail('a');
    late.now += 90_000;
    late.submit({ type: 'tick' }).complete('a');
    assert.deepEqual(play(late).differences, []);
  });
});

describe('steps', () => {
  it('that are new: they would start, what follows would not, and the run waits', () => {
    const rehearsal = play(three(), plan([step('a'), step('b', ['a']), step('x', ['b']), step('c', ['x'])]));
    assert.deepEqual(brief(rehearsal.differences), ['4 x would-start', '5 c would-not-start', '7 run other-end']);
    const { input, result } = first(rehearsal, 'would-start');
    assert.deepEqual([input, result], [{ value: { id: 'x' } }, 'unknown']);
    assert.deepEqual(rehearsal.waitsFor, [{ step: 'x', for: 'result' }]);
    assert.deepEqual(rehearsal.planDifferences, [
      { is: 'added', step: 'x', kind: 'step' },
      { is: 'changed', step: 'c', options: [{ option: 'dependencies', was: ['b'], would: ['x'] }] },
    ]);
  });

  it('that are gone are told once, with what comes earlier for it', () => {
    assert.deepEqual(told(three(), plan([step('a'), step('c', ['a'])])), ['2 c earlier', '3 b would-not-start', '7 run other-end']);
  });

  it('in another order: what is known of them is used when their turn comes', () => {
    const rehearsal = play(three(), plan([step('a'), step('c', ['a']), step('b', ['c'])]));
    assert.deepEqual(brief(rehearsal.differences), ['2 c earlier', '6 b later']);
    assert.equal(rehearsal.status.would, 'succeeded');
  });

  it('with another input, or another worker', () => {
    const rehearsal = play(
      three(),
      plan([step('a'), step('b', ['a'], { input: { it: { $from: 'steps.a.output' } }, agentId: 'z' }), step('c', ['b'])]),
    );
    assert.deepEqual(brief(rehearsal.differences), ['3 b other-worker', '3 b other-input']);
    const { was, would, at } = first(rehearsal, 'other-input');
    assert.deepEqual([was, would, at], [{ value: { id: 'b' } }, { value: { it: 1 } }, 1_000_000]);
  });

  it('that would be skipped', () => {
    const rehearsal = play(three(), plan([step('a'), step('b', ['a'], { when: false }), step('c', ['b'])]));
    assert.deepEqual(brief(rehearsal.differences), ['3 b other-turn', '5 c other-turn', '7 run other-end']);
    assert.deepEqual(first(rehearsal, 'other-turn').would, { as: 'skipped', why: 'when' });
  });
});

describe('retries', () => {
  const twice = (): PureRun =>
    new PureRun(plan([step('a', [], retry(3, 1000)), step('b', ['a'])]))
      .fail('a')
      .advance(1000)
      .fail('a')
      .advance(5000)
      .complete('a')
      .complete('b');

  it('that are missing', () => {
    const rehearsal = play(twice(), plan([step('a'), step('b', ['a'])]));
    assert.deepEqual(brief(rehearsal.differences), ['2 a other-retry', '7 b would-not-start', '9 run other-end']);
    const { wasIn, wouldIn } = first(rehearsal, 'other-retry');
    assert.deepEqual([wasIn, wouldIn], [1000, undefined]);
    assert.equal(rehearsal.status.would, 'failed');
  });

  it('after another time: the outcome is given to the attempt when it is made', () => {
    const rehearsal = play(twice(), plan([step('a', [], retry(3, 5000)), step('b', ['a'])]));
    assert.deepEqual(brief(rehearsal.differences), ['2 a other-retry', '4 a other-retry', '9 b later', '9 run later']);
    assert.equal(rehearsal.status.would, 'succeeded');
  });

  it('that are new', () => {
    const run = new PureRun(plan([step('a')])).fail('a');
    const rehearsal = play(run, plan([step('a', [], retry(1, 0))]));
    assert.deepEqual(brief(rehearsal.differences), ['2 a other-retry', '5 run other-end']);
    assert.deepEqual(rehearsal.waitsFor, [{ step: 'a', for: 'result' }]);
    assert.deepEqual(rehearsal.migration, { is: 'possible' });
  });
});

describe('decisions of the plan', () => {
  const gated = (least: number): AnyWorkflow =>
    plan([
      step('draft'),
      {
        id: 'good',
        kind: 'gate',
        dependencies: ['draft'],
        test: { $compare: [{ $from: 'steps.draft.output' }, '>=', least] },
        otherwise: { backTo: 'draft', max: 2 },
      },
      step('end', ['good']),
    ]);
  const run = (): PureRun => new PureRun(gated(7)).complete('draft', 3).complete('draft', 8).complete('end');

  it('a gate that would refuse: another round, whose result nobody knows', () => {
    const rehearsal = play(run(), gated(9));
    assert.deepEqual(brief(rehearsal.differences), [
      '6 draft would-start',
      '7 good other-turn',
      '8 end would-not-start',
      '10 run other-end',
    ]);
    assert.equal(first(rehearsal, 'would-start').visit, 3);
  });

  it('a gate that would pass: the second round would not be', () => {
    assert.deepEqual(told(run(), gated(2)), [
      '2 end earlier',
      '3 good other-turn',
      '5 draft would-not-start',
      '7 good would-not-start',
      '10 run other-end',
    ]);
  });

  it('another branch', () => {
    const branching = (way: string): AnyWorkflow =>
      plan([{ id: 'way', kind: 'branch', choose: way, cases: ['x', 'y'] }, step('end', ['way'])]);
    const rehearsal = play(new PureRun(branching('x')), branching('y'));
    assert.deepEqual(brief(rehearsal.differences), ['1 way other-turn']);
    assert.deepEqual(first(rehearsal, 'other-turn').would, { as: 'chose', choice: 'y' });
  });

  it('another output', () => {
    const out = (output: Json): AnyWorkflow => plan([step('a')], { output });
    assert.deepEqual(told(new PureRun(out(1)).complete('a'), out(2)), ['3 run other-end']);
  });

  it('a shorter time limit is met in time, though the journal has nothing there', () => {
    const limited = (timeout: number): AnyWorkflow => plan([step('a'), step('b', ['a'])], { timeout });
    const rehearsal = play(new PureRun(limited(9000)).advance(5000).complete('a').complete('b'), limited(2000));
    assert.equal(rehearsal.status.would, 'failed');
    assert.equal(first(rehearsal, 'other-end').would?.['code'], 'RUN_TIMED_OUT');
  });
});

describe('people, and the world', () => {
  const asking = (rest: object = {}): AnyWorkflow =>
    plan([{ id: 'q', kind: 'ask', question: 'Publish?', choices: ['yes', 'no'], ...rest }, step('e', ['q'])]);
  const answered = (): PureRun => new PureRun(asking()).answer('q', 'yes').complete('e');

  it('an answer that would be refused', () => {
    const rehearsal = play(answered(), asking({ choices: ['ok', 'no'] }));
    assert.equal(first(rehearsal, 'refused').code, 'ANSWER_INVALID');
    assert.deepEqual(rehearsal.waitsFor, [{ step: 'q', for: 'answer' }]);
  });

  it('another question, and a quorum that is not there yet', () => {
    assert.deepEqual(told(answered(), asking({ question: 'Sure?', quorum: 2 })), [
      '1 q other-turn',
      '3 q would-not-close',
      '4 e would-not-start',
      '6 run other-end',
    ]);
  });

  it('items of a map: those that would be there, and those that would not', () => {
    const mapping = (over: Json): AnyWorkflow => plan([{ id: 'm', kind: 'map', agentId: 'a', over }]);
    const run = new PureRun(mapping([1, 2])).complete('m[0]').complete('m[1]');
    assert.deepEqual(told(run, mapping([1])), ['1 m other-turn', '3 m[1] would-not-start', '7 run other-end']);
    const narrow = planWorkflow({ ...run.program.plan, steps: run.program.plan.steps.map((one) => ({ ...one, concurrency: 1 })) });
    assert.deepEqual(told(run, narrow), ['4 m[1] later']);
    assert.deepEqual(told(run, mapping([1, 5, 3])).slice(0, 3), ['0 m[2] would-start', '1 m other-turn', '3 m[1] other-input']);
  });
});

describe('a run that moved to another plan', () => {
  const moved = (): PureRun => {
    const run = new PureRun(plan([step('a'), step('b', ['a'])])).complete('a').fail('b');
    run.migrate(plan([step('a'), step('b', ['a'], { input: 'two' })], { version: '2' }));
    return run.submit({ type: 'retry' }).complete('b');
  };

  it('is decided the same by its own plans', () => {
    const rehearsal = play(moved());
    assert.deepEqual([rehearsal.differences, rehearsal.events.taken], [[], 0]);
  });

  it('goes by today’s plan from its last migration on; what was before stays as it was', () => {
    const rehearsal = play(moved(), plan([step('z'), step('a'), step('b', ['a'], { input: 'three' })]));
    assert.equal(rehearsal.events.taken, 8);
    assert.deepEqual(brief(rehearsal.differences), ['9 z would-start', '10 b other-input', '12 run other-end']);
  });

  it('tells where today’s plan would have refused it, and nothing after', () => {
    const rehearsal = play(moved(), plan([step('b')]));
    assert.deepEqual(brief(rehearsal.differences), ['8 run migration-refused']);
    assert.equal(rehearsal.status.would, undefined);
  });
});

describe('functions and large values', () => {
  const coded = (source: string, fn: PlanFunction): AnyWorkflow => {
    const { plan: made } = plan([step('a', [], { input: { $code: 'steps.a.input', digest: source } })]);
    return { ...planWorkflow(made), hash: planHash(made), code: new Map([['steps.a.input', fn]]) };
  };

  it('an input whose old function is gone cannot be compared, and that is told', () => {
    const rehearsal = play(
      new PureRun(coded('1', () => 'old')).complete('a'),
      coded('2', () => 'new'),
    );
    assert.deepEqual(first(rehearsal, 'not-known').input, { value: 'new' });
    assert.deepEqual(rehearsal.planDifferences[0]?.is === 'changed' && rehearsal.planDifferences[0].options[0]?.code, true);
  });

  it('a function that failed and is mended: the input is another, and its result unknown', () => {
    const broken = new PureRun(coded('1', () => Promise.resolve()));
    broken.submit({ type: 'failed', ref: broken.ref('a'), error: { code: 'TRANSFORMER_ASYNC', message: 'a promise' }, agent: 'a' });
    const rehearsal = play(
      broken,
      coded('2', () => 'whole'),
    );
    assert.deepEqual(brief(rehearsal.differences), ['1 a not-known', '2 a not-asked-for', '5 run other-end']);
    assert.deepEqual(rehearsal.waitsFor, [{ step: 'a', for: 'result' }]);
    assert.equal(rehearsal.migration.is, 'possible');
  });

  it('without its functions a run cannot be rehearsed', () => {
    const run = new PureRun(coded('1', () => 1));
    assert.throws(() => play(run), { code: 'PLAN_CODE_MISSING', message: /steps\.a\.input/ });
  });

  const text = JSON.stringify('large');
  const blob = `sha256-${sha256(text)}`;
  const reading = (field: string): AnyWorkflow =>
    plan([step('a'), { id: 'g', kind: 'gate', test: { $from: `steps.a.output${field}` }, dependencies: ['a'] }], { output: null });
  const large = (): PureRun => {
    const run = new PureRun(reading(''));
    run.shelf.put(blob, 'large');
    return run.submit({ type: 'completed', ref: run.ref('a'), output: { blob, bytes: text.length } });
  };

  it('a large value that a decision needs is asked for', () => {
    assert.deepEqual(play(large(), reading(''), new Map([[blob, 'large']])).differences, []);
    assert.deepEqual(brief(play(large(), reading('.ok'), new Map([[blob, 'large']])).differences), ['3 g other-turn', '4 run other-end']);
  });

  it('where it is not there, the replay says from where on it does not know', () => {
    const rehearsal = play(large(), reading('.ok'));
    assert.deepEqual(brief(rehearsal.differences), ['2 run not-known']);
    assert.match(first(rehearsal, 'not-known').why, new RegExp(blob));
  });
});
