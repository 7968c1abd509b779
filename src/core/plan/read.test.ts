import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ContinuoError } from '../errors.ts';
import { parsePlan, readPlan } from './read.ts';
import type { Plan, Step } from './model.ts';

type Source = Readonly<Record<string, unknown>>;

const planWith = (...steps: readonly unknown[]): Source => ({ id: 'plan', steps });

function stepOf(source: Source): Step {
  const step = parsePlan(planWith({ id: 's', ...source })).steps[0];
  assert.ok(step !== undefined);
  return step;
}

/** `path: problem`, without the mend. */
const problemsOf = (source: unknown): readonly string[] => readPlan(source).problems.map(({ path, problem }) => `${path}: ${problem}`);

const resilient = {
  id: 'resilient_plan',
  steps: [
    {
      id: 'api_call',
      agentId: 'learning-agent-123',
      action: 'fetch_external_data',
      input: { source: 'curriculum_api' },
      retryPolicy: { maxRetries: 3, backoffMs: 1000 },
    },
  ],
  parallel: false,
  timeout: 15000,
};

/** The plans of seed 004, as its document prints them. */
const seeds: readonly Source[] = [
  {
    id: 'session_init_12345',
    steps: [
      {
        id: 'init_learning',
        agentId: 'learning-agent-123',
        action: 'initialize_session',
        input: { subject: 'mathematics', gradeLevel: 5, sessionId: 'session_12345' },
        retryPolicy: { maxRetries: 2, backoffMs: 1000 },
      },
      {
        id: 'init_tutor',
        agentId: 'tutor-agent-123',
        action: 'prepare_conversation',
        input: { subject: 'mathematics', gradeLevel: 5 },
        dependencies: ['init_learning'],
        retryPolicy: { maxRetries: 2, backoffMs: 1000 },
      },
    ],
    parallel: true,
    timeout: 30000,
  },
  {
    id: 'learning_activity_789',
    steps: [
      { id: 'present_question', agentId: 'learning-agent-123', action: 'get_next_activity', input: { learnerId: 'learner_456' } },
      {
        id: 'process_answer',
        agentId: 'learning-agent-123',
        action: 'process_interaction',
        input: { activityId: 'act_789', response: { answer: '42' } },
        dependencies: ['present_question'],
      },
      {
        id: 'evaluate_performance',
        agentId: 'learning-agent-123',
        action: 'analyze_performance',
        input: { learnerId: 'learner_456' },
        dependencies: ['process_answer'],
      },
      {
        id: 'provide_feedback',
        agentId: 'tutor-agent-123',
        action: 'generate_feedback',
        input: { correct: true, concept: 'algebra' },
        dependencies: ['evaluate_performance'],
      },
    ],
    parallel: false,
    timeout: 45000,
  },
  {
    id: 'multi_analysis_999',
    steps: [
      {
        id: 'learning_analysis',
        agentId: 'learning-agent-123',
        action: 'analyze_learning_patterns',
        input: { learnerId: 'learner_456', days: 7 },
      },
      {
        id: 'speech_analysis',
        agentId: 'speech-agent-123',
        action: 'analyze_speech_progress',
        input: { learnerId: 'learner_456', days: 7 },
      },
      {
        id: 'tutor_analysis',
        agentId: 'tutor-agent-123',
        action: 'analyze_conversation_patterns',
        input: { learnerId: 'learner_456', days: 7 },
      },
      {
        id: 'combine_insights',
        agentId: 'learning-agent-123',
        action: 'generate_comprehensive_report',
        input: {},
        dependencies: ['learning_analysis', 'speech_analysis', 'tutor_analysis'],
      },
    ],
    parallel: true,
    timeout: 60000,
  },
  resilient,
  {
    id: 'main_plan',
    steps: [{ id: 'use_ml_model', agentId: 'learning-agent-123', action: 'predict_with_ml', input: { features: [1, 2] } }],
    parallel: false,
    timeout: 5000,
    fallbackPlan: {
      id: 'fallback_plan',
      steps: [{ id: 'use_gpt4', agentId: 'learning-agent-123', action: 'predict_with_gpt4', input: { features: [1, 2] } }],
      parallel: false,
      timeout: 10000,
    },
  },
];

/** One step of every kind, with every field. */
const everything: Source = {
  id: 'everything',
  version: 3,
  name: 'Everything',
  goal: 'to be read',
  input: { type: 'object', properties: { topic: { type: 'string' } }, required: ['topic'] },
  timeout: '1h',
  retention: '30d',
  budget: { limit: 5, onLimit: 'ask' },
  priority: 2,
  concurrency: { key: { $from: 'input.topic' } },
  output: { title: { $from: 'steps.draft.output.title' } },
  fallbackPlan: { name: 'in words', steps: [{ step_id: 'only', worker_type: 'rules' }] },
  steps: [
    {
      id: 'draft',
      name: 'The draft',
      agentId: 'writer',
      input: { $from: 'input' },
      retry: { max: 2, cap: '10s', jitter: 0.5, only: ['RATE'], except: ['FATAL'] },
      timeout: { attempt: '1m', total: '5m' },
      heartbeat: '10s',
      onFailure: { goTo: 'mend' },
      undo: { action: 'forget', input: { was: { $from: 'own.output' } }, retryPolicy: { maxRetries: 1, backoffMs: 5 } },
      memo: true,
      priority: 1,
      resources: { gpu: 1 },
      budget: 1,
    },
    { id: 'mend', capability: 'mending', action: 'mend', after: ['draft'] },
    {
      id: 'scenes',
      kind: 'map',
      agentId: 'painter',
      over: { $from: 'steps.draft.output.scenes' },
      input: { scene: { $item: 'text' }, place: { $index: true } },
      concurrency: 3,
      tolerate: 1,
      after: ['draft'],
    },
    { id: 'first', agentId: 'a', after: ['draft', 'mend', 'scenes'], join: 'any' },
    { id: 'two', agentId: 'a', after: ['draft', 'first', 'scenes'], join: { atLeast: 2 } },
    { id: 'three', agentId: 'a', after: ['draft', 'first', 'scenes'], join: { atLeast: 3, rest: 'finish' } },
    { id: 'takes', kind: 'map', agentId: 'camera', over: [1, 2, 3], enough: 2 },
    {
      id: 'good',
      kind: 'gate',
      test: { $not: { $from: 'steps.scenes.output.bad' } },
      otherwise: { backTo: 'draft', max: 2, keepBest: { $from: 'steps.draft.output.score' } },
      after: ['scenes'],
    },
    { id: 'way', kind: 'branch', choose: { $from: 'steps.draft.output.kind' }, cases: ['long', 'short'], after: ['good'] },
    { id: 'long', agentId: 'a', after: ['way'], when: { $compare: [{ $from: 'steps.way.output.choice' }, '==', 'long'] }, timeout: 5000 },
    {
      id: 'ok',
      kind: 'ask',
      question: { $text: ['Is ', { $from: 'steps.draft.output.title' }, ' good?'] },
      show: { $from: 'steps.draft.output' },
      choices: ['yes', 'no'],
      deadline: '1d',
      otherwise: 'no',
      quorum: 2,
      who: ['ann', 'ben'],
      after: ['way'],
    },
    { id: 'form', kind: 'ask', question: 'What?', form: { type: 'string', minLength: 1 } },
    { id: 'pause', kind: 'wait', duration: '90s' },
    { id: 'until', kind: 'wait', for: { until: '2026-03-01T09:00:00Z' } },
    { id: 'signal', kind: 'wait', signal: 'go', deadline: '1h', otherwise: null },
    { id: 'event', kind: 'wait', for: { event: 'agent:insight' } },
    { id: 'sub', workflow: 'other', input: { $literal: { $from: 'x' } } },
    { id: 'made', kind: 'call', plan: { $from: 'steps.draft.output.plan' }, after: ['draft'], onFailure: 'continue' },
    { id: 'inner', plan: { id: 'inner', steps: [{ id: 'a', agentId: 'x', input: { $from: 'input' } }] } },
    { id: 'tell', kind: 'emit', event: 'done', data: { $first: [{ $from: 'steps.mend.output' }, { $from: 'run.id' }] }, after: ['mend'] },
  ],
};

test('the plans of seed 004 are read as they stand there', () => {
  for (const seed of seeds) assert.deepEqual(problemsOf(seed), []);
  const { steps, timeout } = parsePlan(resilient);
  assert.equal(timeout, 15_000);
  assert.deepEqual(steps, [
    {
      id: 'api_call',
      kind: 'step',
      dependencies: [],
      worker: { agentId: 'learning-agent-123', action: 'fetch_external_data' },
      retryPolicy: { maxRetries: 3, backoffMs: 1000, backoff: 'linear' },
      input: { source: 'curriculum_api' },
    },
  ]);
});

test('a plan that has been read is read again unchanged', () => {
  for (const seed of [...seeds, everything]) {
    const once = parsePlan(seed);
    assert.deepEqual(parsePlan(once), once);
    assert.deepEqual(parsePlan(JSON.parse(JSON.stringify(once))), once);
  }
});

test('every field of every kind has its place in the normal form', () => {
  const { steps, fallbackPlan, ...plan } = parsePlan(everything);
  assert.deepEqual(plan, {
    format: 'continuo/1',
    id: 'everything',
    version: '3',
    description: 'to be read',
    input: { type: 'object', properties: { topic: { type: 'string' } }, required: ['topic'] },
    output: { title: { $from: 'steps.draft.output.title' } },
    timeout: 3_600_000,
    budget: { limit: 5, onLimit: 'ask' },
    priority: 2,
    concurrency: { key: { $from: 'input.topic' }, limit: 1 },
    retention: 2_592_000_000,
  });
  assert.deepEqual(fallbackPlan?.steps[0]?.id, 'only');
  const byId = new Map(steps.map((step) => [step.id, step]));
  assert.deepEqual(byId.get('draft'), {
    id: 'draft',
    kind: 'step',
    description: 'The draft',
    dependencies: [],
    worker: { agentId: 'writer', action: 'run' },
    input: { $from: 'input' },
    retryPolicy: { maxRetries: 2, backoffMs: 1000, backoff: 'exponential', capMs: 10_000, jitter: 0.5, only: ['RATE'], except: ['FATAL'] },
    timeout: { attempt: 60_000, total: 300_000 },
    heartbeat: 10_000,
    onFailure: { goTo: 'mend' },
    undo: {
      agentId: 'writer',
      action: 'forget',
      input: { was: { $from: 'own.output' } },
      retryPolicy: { maxRetries: 1, backoffMs: 5, backoff: 'linear' },
    },
    memo: true,
    priority: 1,
    resources: { gpu: 1 },
    budget: { limit: 1, onLimit: 'stop' },
  });
  assert.deepEqual(
    steps.map(({ kind }) => kind),
    [
      'step',
      'step',
      'map',
      'step',
      'step',
      'step',
      'map',
      'gate',
      'branch',
      'step',
      'ask',
      'ask',
      'wait',
      'wait',
      'wait',
      'wait',
      'call',
      'call',
      'call',
      'emit',
    ],
  );
  assert.deepEqual(
    steps.flatMap(({ join }) => (join === undefined ? [] : [join])),
    [
      { atLeast: 1, rest: 'cancel' },
      { atLeast: 2, rest: 'cancel' },
      { atLeast: 3, rest: 'finish' },
    ],
  );
  assert.deepEqual(byId.get('signal'), {
    id: 'signal',
    kind: 'wait',
    dependencies: [],
    for: { signal: 'go' },
    deadline: 3_600_000,
    otherwise: null,
  });
});

test('what is left out has its default', () => {
  assert.deepEqual(stepOf({ agentId: 'a' }), {
    id: 's',
    kind: 'step',
    dependencies: [],
    worker: { agentId: 'a', action: 'run' },
    input: null,
  });
  assert.deepEqual(stepOf({ kind: 'map', capability: 'c', over: [1] }), {
    id: 's',
    kind: 'map',
    dependencies: [],
    worker: { capability: 'c', action: 'run' },
    over: [1],
    input: { $item: '' },
  });
  assert.deepEqual(stepOf({ agentId: 'a', timeout: '2s', input: null, when: null, memo: null }), {
    id: 's',
    kind: 'step',
    dependencies: [],
    worker: { agentId: 'a', action: 'run' },
    timeout: { attempt: 2000 },
    input: null,
  });
  const gate = (more: Source): unknown => {
    const step = parsePlan(planWith({ id: 'a', agentId: 'x' }, { id: 'g', kind: 'gate', test: true, after: ['a'], ...more })).steps[1];
    return step?.kind === 'gate' ? step.exhausted : undefined;
  };
  assert.equal(gate({}), 'fail');
  assert.equal(gate({ otherwise: { backTo: 'a', max: 1 } }), 'fail');
  assert.equal(gate({ otherwise: { backTo: 'a', max: 1, keepBest: 1 } }), 'continue');
  assert.equal(gate({ otherwise: { backTo: 'a', max: 1, keepBest: 1 }, exhausted: 'fail' }), 'fail');
});

test('all problems are told at once, with their path in the source and a mend', () => {
  const problems = problemsOf({
    paralel: true,
    timeout: '5 minutes',
    steps: [
      { id: 'a', agentid: 'x', input: { $from: 'steps.bb.output' } },
      { id: 'b', agentId: 'q', after: ['aa', 'b'], retry: { max: 1.5, delay: '1 s', tries: 2 } },
      { id: 'b', kind: 'gat' },
      7,
      { id: 'g', kind: 'gate', otherwise: { backTo: 'c' } },
      { id: 'w', kind: 'wait', until: 'tomorrow' },
      {
        id: 'p',
        kind: 'call',
        plan: { id: 'in', steps: [{ id: 'z', agentId: 'x', retry: { max: -1 }, input: { $from: 'steps.y.output' } }] },
      },
      { id: 'two', agentId: 'x', workflow: 'y', dependencies: 'a', memo: 1, onFailure: { go: 'a' } },
    ],
  });
  assert.deepEqual(problems, [
    'id: the plan has no id',
    'timeout: "5 minutes" is not a duration',
    'paralel: a plan has no field "paralel"',
    'steps[0].agentId: it is not said who does the work',
    'steps[0].agentid: a step has no field "agentid"',
    'steps[0].input: there is no step "bb"',
    'steps[1].retry.delay: "1 s" is not a duration',
    'steps[1].retry.tries: "retry" has no field "tries"',
    'steps[1].after[0]: there is no step "aa"',
    'steps[1].after[1]: step "b" depends on itself',
    'steps[1].retry.max: 1.5 is not a whole number from 0',
    'steps[2].kind: "gat" is not one of "step", "map", "gate", "branch", "ask", "wait", "call", "emit"',
    'steps[2].id: the id "b" is taken by steps[1]',
    'steps[3]: a step must be an object',
    'steps[4].test: the gate tests nothing',
    'steps[4].otherwise.max: the back edge is unbounded',
    'steps[4].otherwise.backTo: there is no step "c"',
    'steps[5].until: "tomorrow" is not a date-time',
    'steps[6].plan.steps[0].retry.max: -1 is not a whole number from 0',
    'steps[6].plan.steps[0].input: there is no step "y"',
    'steps[7].dependencies: "a" is not a list of strings',
    'steps[7].onFailure.goTo: it is not said which step to go to',
    'steps[7].onFailure.go: "onFailure" has no field "go"',
    'steps[7].workflow: "agentId" says already who does the work',
    'steps[7].memo: 1 is not true or false',
  ]);
});

test('the error has every problem on a line of its own, and in its details', () => {
  const error = thrown(() => parsePlan(planWith({ id: 'a', agentid: 'x' })));
  assert.equal(error.code, 'PLAN_INVALID');
  assert.deepEqual(error.message.split('\n'), [
    'the plan is invalid:',
    '  steps[0].agentId: it is not said who does the work. Give "agentId", "capability", "workflow" or "plan".',
    '  steps[0].agentid: a step has no field "agentid". Did you mean "agentId"?',
  ]);
  assert.equal(Array.isArray(error.details) && error.details.length, 2);
});

test('what is no plan at all is unreadable', () => {
  const circle: Record<string, unknown> = { id: 'a' };
  circle['steps'] = [circle];
  for (const source of [undefined, null, 7, 'a plan', [], {}, { steps: 3 }, () => 1, new Map()])
    assert.equal(thrown(() => parsePlan(source)).code, 'PLAN_UNREADABLE');
  assert.match(thrown(() => parsePlan(circle)).message, /circular/);
  let deep: unknown = 1;
  for (let i = 0; i < 100_000; i++) deep = [deep];
  assert.match(thrown(() => parsePlan(planWith(deep))).message, /nested more than 1000/);
  assert.match(thrown(() => parsePlan(planWith({ id: 'a', agentId: 'x', input: () => 1 }))).message, /input is a function/);
});

test('what only looks like a plan inside a step is left as it is', () => {
  const calls = [{ $literal: { format: 'continuo/1', id: 'x', steps: 0 } }, { $literal: { format: 'continuo/1', steps: [0] }, beside: 1 }];
  const problems = calls.map((plan) => readPlan({ id: 'p', steps: [{ id: 'a', plan }] }).problems.map(({ path }) => path));
  assert.deepEqual(problems, [[], ['steps[0].plan']]);
});

test('a newer format is told apart from a wrong one', () => {
  assert.deepEqual(problemsOf({ ...planWith({ id: 'a', agentId: 'x' }), format: 'continuo/2' }), [
    'format: a newer version of Continuo wrote this plan: its format is "continuo/2"',
  ]);
  assert.deepEqual(problemsOf({ ...planWith({ id: 'a', agentId: 'x' }), format: 1 }), ['format: 1 is not a format of plans']);
});

test('the source stays as it was, and the plan does not change with it', () => {
  const source = { id: 'plan', steps: [{ id: 'a', agentId: 'x', input: { list: [1] } }] };
  const plan: Plan = parsePlan(source);
  source.steps[0]?.input.list.push(2);
  assert.deepEqual(plan, parsePlan(planWith({ id: 'a', agentId: 'x', input: { list: [1] } })));
});

test('ten thousand steps in a row are read', () => {
  const chain = (count: number): Source => ({
    id: 'chain',
    parallel: false,
    steps: Array.from({ length: count }, (_, i) => ({
      id: `s${i}`,
      agentId: 'a',
      input: { first: { $from: i === 0 ? 'input' : 'steps.s0.output' }, last: { $from: i === 0 ? 'input' : `steps.s${i - 1}.output` } },
    })),
  });
  assert.deepEqual(problemsOf(chain(10_000)), []);
});

test('of a plan that is wrong all over a hundred problems are told, and that there may be more', () => {
  const names = Array.from({ length: 8000 }, (_, i) => `step-number-${i}`);
  const wrong = {
    id: 'wrong',
    steps: names.map((id) => ({ id, agentId: 'a', dependencies: [`${id}x`, `${id}y`], input: { $from: `steps.${id}z.output` } })),
  };
  assert.equal(readPlan(wrong).problems.length, 100);
  assert.match(thrown(() => parsePlan(wrong)).message, /… and there may be more$/);
  const odd = { id: 'odd', steps: [Object.fromEntries(names.map((name) => [name, 1]))] };
  assert.equal(readPlan(odd).problems.length, 100);
});

test('a name of half a million letters is compared with nothing, and told by its beginning', () => {
  const [one, other] = ['a'.repeat(500_000), 'b'.repeat(500_000)];
  const { message } = thrown(() => parsePlan(planWith({ id: one, agentId: 'x' }, { id: 's', agentId: 'x', dependencies: [other] })));
  assert.match(message, /there is no step "b{199}…/);
  assert.ok(message.length < 5000);
});

function thrown(body: () => unknown): ContinuoError {
  try {
    body();
  } catch (error) {
    assert.ok(error instanceof ContinuoError);
    return error;
  }
  return assert.fail('it did not throw');
}

test('a field that every object has is unknown like any other, and its mend is said', () => {
  assert.throws(() => parsePlan({ id: 'x', steps: [{ id: 'a', agentId: 'b' }], toString: 1, constructor: 2 }), {
    code: 'PLAN_INVALID',
    message: /toString: a plan has no field "toString"\. Use one of .*\n {2}constructor: a plan has no field "constructor"\. Use one of /,
  });
});
