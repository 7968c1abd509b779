import assert from 'node:assert/strict';
import { test } from 'node:test';
import { backEdgesOf, edgesOf } from './edges.ts';
import type { Plan, WorkStep } from './model.ts';
import { parsePlan, readPlan } from './read.ts';

type Source = Readonly<Record<string, unknown>>;

const machine = (...steps: readonly Source[]): Source => ({ name: 'machine', steps: steps.map((step) => ({ worker_type: 'w', ...step })) });
const planOf = (...steps: readonly Source[]): Plan => parsePlan(machine(...steps));
const problemsOf = (source: Source): readonly string[] => readPlan(source).problems.map(({ path, problem }) => `${path}: ${problem}`);

const named = (plan: Plan): readonly string[] => {
  const id = (place: number): string => plan.steps[place]?.id ?? '';
  return [
    ...edgesOf(plan).map(({ from, to, on }) => `${id(from)} ${on === 'success' ? '→' : '⇢'} ${id(to)}`),
    ...backEdgesOf(plan).map(({ from, to, max }) => `${id(from)} ↺${max} ${id(to)}`),
  ];
};

/** Seed 003's pipeline that builds a website. */
const website: Source = {
  name: 'build_website',
  description: 'Build a website from requirements',
  goal: 'Create a functional website',
  steps: [
    {
      step_id: 'create_specs',
      worker_type: 'product_manager',
      description: 'Product Manager creates technical specifications',
      on_success: 'implement_code',
      on_failure: 'failed',
      is_initial: true,
    },
    {
      step_id: 'implement_code',
      worker_type: 'coder',
      description: 'Implement code',
      on_success: 'review_code',
      on_failure: 'create_specs',
      max_retries: 2,
    },
    { step_id: 'review_code', worker_type: 'reviewer', on_success: 'complete', on_failure: 'implement_code', max_loops: 5 },
  ],
};

test('the pipeline of seed 003 becomes a plan', () => {
  const plan = parsePlan(website);
  assert.deepEqual(plan, {
    format: 'continuo/1',
    id: 'build_website',
    description: 'Build a website from requirements',
    steps: [
      {
        kind: 'step',
        id: 'create_specs',
        description: 'Product Manager creates technical specifications',
        dependencies: [],
        worker: { agentId: 'product_manager', action: 'run' },
        input: { $from: 'input' },
      },
      {
        kind: 'step',
        id: 'implement_code',
        description: 'Implement code',
        dependencies: ['create_specs'],
        onFailure: { goTo: 'create_specs', max: 3 },
        worker: { agentId: 'coder', action: 'run' },
        retryPolicy: { maxRetries: 2, backoffMs: 0, backoff: 'fixed' },
        input: { $from: 'steps.create_specs.output' },
      },
      {
        kind: 'step',
        id: 'review_code',
        dependencies: ['implement_code'],
        onFailure: { goTo: 'implement_code', max: 5 },
        worker: { agentId: 'reviewer', action: 'run' },
        input: { $from: 'steps.implement_code.output' },
      },
    ],
  } satisfies Plan);
  assert.deepEqual(named(plan), [
    'create_specs → implement_code',
    'implement_code → review_code',
    'implement_code ↺3 create_specs',
    'review_code ↺5 implement_code',
  ]);
  assert.deepEqual(parsePlan(plan), plan);
});

test('a failure that leads elsewhere makes a rescue, and what follows takes the output of whichever ran', () => {
  const plan = planOf(
    { step_id: 'rescue', on_success: 'end', on_failure: 'a' },
    { step_id: 'a', on_success: 'end', on_failure: 'rescue', is_initial: true },
    { step_id: 'end' },
  );
  assert.deepEqual(named(plan), ['rescue → end', 'a → end', 'a ⇢ rescue', 'rescue ↺3 a']);
  // Narrowing by kind: every step of a state machine is work.
  const inputs = plan.steps.map((step) => (step as WorkStep).input);
  assert.deepEqual(inputs, [
    { $from: 'input' },
    { $from: 'input' },
    { $first: [{ $from: 'steps.rescue.output' }, { $from: 'steps.a.output' }] },
  ]);
});

test('a step whose success and failure lead to the same one goes on either way', () => {
  const plan = planOf({ step_id: 'a', on_success: 'b', on_failure: 'b' }, { step_id: 'b' });
  assert.equal(plan.steps[0]?.onFailure, 'continue');
  assert.deepEqual((plan.steps[1] as WorkStep).input, { $first: [{ $from: 'steps.a.output' }, { $from: 'input' }] });
});

test('ends have many names, unless a step has the name', () => {
  for (const end of ['complete', 'Completed', 'done', 'end', 'success', 'finished', null])
    assert.deepEqual(named(planOf({ step_id: 'a', on_success: end })), [], String(end));
  for (const end of ['failed', 'fail', 'failure', 'error', null])
    assert.deepEqual(named(planOf({ step_id: 'a', on_failure: end })), [], String(end));
  assert.deepEqual(named(planOf({ step_id: 'a', on_success: 'done', on_failure: 'error' }, { step_id: 'done' }, { step_id: 'error' })), [
    'a → done',
    'a ⇢ error',
  ]);
});

test('the initial step is the one that is named, or marked, or first; its own input counts', () => {
  const steps = [
    { step_id: 'b', worker_type: 'w' },
    { step_id: 'a', worker_type: 'w', on_success: 'b', input: { fixed: true } },
  ];
  assert.deepEqual(named(parsePlan({ initial: 'a', steps })), ['a → b']);
  assert.deepEqual((parsePlan({ initial: 'a', steps }).steps[1] as WorkStep).input, { fixed: true });
  assert.equal(parsePlan({ workflow: 'Build it!', initial: 'a', steps }).id, 'Build-it');
  assert.equal(parsePlan({ initial: 'a', steps }).id, 'workflow');
});

test('success that goes round is an unbounded back edge', () => {
  assert.deepEqual(problemsOf(machine({ step_id: 'a', on_success: 'b' }, { step_id: 'b', on_success: 'a' })), [
    'steps[1].on_success: unbounded back edge: success goes round for ever (a → b → a)',
  ]);
  assert.deepEqual(problemsOf(machine({ step_id: 'a', on_success: 'a' })), [
    'steps[0].on_success: unbounded back edge: success goes round for ever (a → a)',
  ]);
});

test('problems are told in the words of the state machine', () => {
  const problems = problemsOf({
    initial: 'x',
    steps: [
      { step_id: 'a', worker_type: 'w', on_success: 'bb', on_failure: 'nowhere', is_initial: true },
      { step_id: 'b', workertype: 'w', on_success: 'c', is_initial: true },
      { step_id: 'c', worker_type: 'w', on_failure: 'b', max_loops: 0, max_retries: -1 },
      { step_id: 'no id', worker_type: 'w' },
      'step',
    ],
  });
  assert.deepEqual(problems, [
    'initial: there is no step "x"',
    'steps[0].on_success: there is no step "bb"',
    'steps[0].on_failure: there is no step "nowhere"',
    'steps[1].worker_type: it is not said who does the work',
    'steps[1].workertype: a step of a state machine has no field "workertype"',
    'steps[1].is_initial: step "a" is the initial one already',
    'steps[1].step_id: nothing leads to step "b" from the initial step "a"',
    'steps[2].step_id: nothing leads to step "c" from the initial step "a"',
    'steps[2].max_retries: -1 is not a whole number from 0',
    'steps[3].step_id: nothing leads to step "no id" from the initial step "a"',
    'steps[3].step_id: "no id" is not an id',
    'steps[4]: a step must be an object',
  ]);
});

test('of two steps with the same id, the second is told to be taken and nothing else', () => {
  const problems = problemsOf(machine({ step_id: 'b', on_success: 'b' }, { step_id: 'b' }));
  assert.ok(problems.includes('steps[1].step_id: the id "b" is taken by steps[0]'), problems.join('\n'));
  for (const problem of problems) assert.match(problem, /^steps\[\d\]\.(step_id|on_success):/);
});

test('of a step whose id cannot be read, that is told and nothing else', () => {
  const problems = problemsOf(machine({ step_id: 5, on_success: 'b' }, { step_id: 'b' }));
  assert.deepEqual(problems, ['steps[0].step_id: 5 is not a string']);
});
