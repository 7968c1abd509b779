import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readPlan } from './read.ts';

type Source = Readonly<Record<string, unknown>>;

const work = (id: string, more: Source = {}): Source => ({ id, agentId: 'x', ...more });

/** `path: problem`, for a plan of these steps. */
function problemsOf(steps: readonly Source[], more: Source = {}): readonly string[] {
  return readPlan({ id: 'plan', steps, ...more }).problems.map(({ path, problem }) => `${path}: ${problem}`);
}

/** The mend of the only problem. */
function mendOf(...steps: readonly Source[]): string {
  const { problems } = readPlan({ id: 'plan', steps });
  assert.equal(problems.length, 1, JSON.stringify(problems));
  return problems[0]?.mend ?? '';
}

test('a plan has an id and at least one step', () => {
  assert.deepEqual(problemsOf([]), ['steps: the plan is empty']);
  assert.deepEqual(problemsOf([work('a')], { id: 'a b' }), ['id: "a b" is not an id']);
});

test('ids are words, each its own, and none that a function’s context holds', () => {
  for (const id of ['1', 'a', 'good-enough', '_x', 'A9', 'x'.repeat(64)]) assert.deepEqual(problemsOf([work(id)]), [], id);
  for (const id of ['-a', 'a b', 'a.b', 'é', 'x'.repeat(65)])
    assert.deepEqual(problemsOf([work(id)]), [`steps[0].id: ${JSON.stringify(id)} is not an id`], id);
  for (const id of ['input', 'feedback', 'item', 'index', 'run', 'steps', '__proto__'])
    assert.deepEqual(problemsOf([work(id)]), [`steps[0].id: the id "${id}" is reserved`], id);
  assert.deepEqual(problemsOf([work('a'), work('a')]), ['steps[1].id: the id "a" is taken by steps[0]']);
});

test('dependencies are steps, and none waits for itself', () => {
  assert.deepEqual(problemsOf([work('draft'), work('b', { after: ['drfat', 'b'] })]), [
    'steps[1].after[0]: there is no step "drfat"',
    'steps[1].after[1]: step "b" depends on itself',
  ]);
  assert.equal(mendOf(work('draft'), work('b', { after: ['drfat'] })), 'Did you mean "draft"?');
});

test('a circle is named whole, and what it makes unreachable besides', () => {
  const problems = problemsOf([
    work('a', { after: ['c'] }),
    work('b', { after: ['a'] }),
    work('c', { after: ['b', 'free'] }),
    work('behind', { after: ['c'] }),
    work('free'),
  ]);
  assert.deepEqual(problems, [
    'steps[0].after: these steps wait for each other: a → b → c → a',
    'steps[3]: step "behind" is unreachable: it comes after steps that wait for each other',
  ]);
});

test('two circles are two problems', () => {
  const problems = problemsOf([
    work('a', { after: ['b'] }),
    work('b', { after: ['a'] }),
    work('c', { after: ['b', 'd'] }),
    work('d', { after: ['c'] }),
  ]);
  assert.deepEqual(problems, [
    'steps[0].after: these steps wait for each other: a → b → a',
    'steps[2].after: these steps wait for each other: c → d → c',
  ]);
});

test('ways back are bounded, and lead back', () => {
  const gate = (otherwise: Source, more: Source = {}): Source => ({ id: 'g', kind: 'gate', test: true, otherwise, after: ['a'], ...more });
  assert.deepEqual(problemsOf([work('a'), gate({ backTo: 'a', max: 3 })]), []);
  assert.deepEqual(problemsOf([work('a'), gate({ backTo: 'b', max: 3 }), work('b')]), [
    'steps[1].otherwise.backTo: step "b" does not precede the gate "g"',
  ]);
  assert.deepEqual(problemsOf([work('a'), gate({ backTo: 'aa', max: 3 })]), ['steps[1].otherwise.backTo: there is no step "aa"']);
  for (const max of [0, 1.5, 1001, -1])
    assert.deepEqual(problemsOf([work('a'), gate({ backTo: 'a', max })]), [`steps[1].otherwise.max: ${max} is not a number of rounds`]);
  assert.deepEqual(problemsOf([work('a'), gate({ backTo: 'a' })]), ['steps[1].otherwise.max: the back edge is unbounded']);
  assert.deepEqual(problemsOf([work('a'), gate({ backTo: 'a', max: 1 }, { onFailure: { goTo: 'a', max: 1 } })]), [
    'steps[1].onFailure.goTo: the gate "g" goes back by way of its failure',
  ]);
});

test('failures lead to steps that there are, back only within bounds, and on without any', () => {
  const failing = (onFailure: unknown): readonly Source[] => [work('a'), work('b', { after: ['a'], onFailure }), work('c')];
  assert.deepEqual(problemsOf(failing({ goTo: 'a', max: 2 })), []);
  assert.deepEqual(problemsOf(failing({ goTo: 'b', max: 2 })), []);
  assert.deepEqual(problemsOf(failing({ goTo: 'c' })), []);
  assert.deepEqual(problemsOf(failing({ goTo: 'a' })), [
    'steps[1].onFailure.max: unbounded back edge: step "b" may go back to "a" for ever',
  ]);
  assert.deepEqual(problemsOf(failing({ goTo: 'c', max: 2 })), [
    'steps[1].onFailure.max: step "c" does not precede "b", so there is no way back to bound',
  ]);
  assert.deepEqual(problemsOf(failing({ goTo: 'd' })), ['steps[1].onFailure.goTo: there is no step "d"']);
  assert.deepEqual(problemsOf(failing('continu')), ['steps[1].onFailure: "continu" is not one of "fail", "continue"']);
});

test('a reference names what is there and precedes', () => {
  const reading = (path: unknown): readonly string[] =>
    problemsOf([work('a'), work('b', { after: ['a'] }), work('c', { after: ['b'], input: { deep: [{ $from: path }] } }), work('d')]);
  for (const path of [
    'input',
    'input.x[0].y',
    'run.id',
    'feedback',
    'feedback.verdict.why',
    'steps.a.output',
    'steps.b.output.list.0',
    'steps.b.output.length',
  ])
    assert.deepEqual(reading(path), [], path);
  const wrong: readonly (readonly [unknown, string])[] = [
    ['steps.d.output', 'step "d" does not precede "c"'],
    ['steps.c.output', 'step "c" does not precede "c"'],
    ['steps.bb.output', 'there is no step "bb"'],
    ['steps', 'the path "steps" names no step'],
    ['steps.b', 'the path "steps.b" does not say "output"'],
    ['steps.b.title', 'the path "steps.b.title" does not say "output"'],
    ['b.title', 'the path "b.title" begins with none of input, run, feedback, steps'],
    ['inptu.x', 'the path "inptu.x" begins with none of input, run, feedback, steps'],
    ['own.output', 'the path "own.output" begins with none of input, run, feedback, steps'],
    ['run.started', 'a run has nothing called "started" that a plan may read'],
    ['input..x', 'the path "input..x" has an empty part'],
    [7, '"$from" has no path'],
  ];
  for (const [path, problem] of wrong) assert.deepEqual(reading(path), [`steps[2].input.deep[0]: ${problem}`]);
});

test('a wrong reference comes with the right one', () => {
  const mend = (path: string): string => mendOf(work('draft'), work('c', { after: ['draft'], input: { $from: path } }), work('late'));
  assert.equal(mend('draft.title'), 'Write "steps.draft.output.title".');
  assert.equal(mend('steps.draft.title'), 'Write "steps.draft.output.title".');
  assert.equal(mend('steps.drfat.output'), 'Did you mean "draft"?');
  assert.equal(mend('steps.late.output'), 'Add "late" to the dependencies of "c", or read a step before it.');
});

test('a rescue may read what precedes the step that it takes over for', () => {
  assert.deepEqual(
    problemsOf([work('a'), work('b', { after: ['a'], onFailure: { goTo: 'r' } }), work('r', { input: { $from: 'steps.a.output' } })]),
    [],
  );
});

test('each place has its own things to read', () => {
  const map = (more: Source): Source => ({ id: 'm', kind: 'map', agentId: 'x', over: { $from: 'input' }, ...more });
  assert.deepEqual(problemsOf([map({ input: { place: { $index: true }, text: { $item: 'text' } } })]), []);
  assert.deepEqual(problemsOf([map({ over: { $item: '' } })]), ['steps[0].over: "$item" is outside a map\'s input']);
  assert.deepEqual(problemsOf([work('a', { input: { $index: true } })]), ['steps[0].input: "$index" is outside a map\'s input']);
  const undone = (path: string): readonly string[] => problemsOf([work('a', { undo: { action: 'drop', input: { $from: path } } })]);
  assert.deepEqual(undone('own.output.id'), []);
  assert.deepEqual(undone('own.id'), ['steps[0].undo.input: the path "own.id" is neither the step\'s input nor its output']);
  assert.deepEqual(undone('steps.a.output'), ['steps[0].undo.input: step "a" does not precede "a"']);
  assert.deepEqual(problemsOf([work('a')], { output: { $from: 'steps.a.output' } }), []);
  assert.deepEqual(problemsOf([work('a')], { output: { $from: 'feedback' } }), ['output: there is no feedback outside the steps']);
  assert.deepEqual(problemsOf([work('a')], { concurrency: { key: { $from: 'steps.a.output' } } }), [
    'concurrency.key: step "a" has not run when the key is computed',
  ]);
});

test('objects that compute are whole', () => {
  const wrong: readonly (readonly [unknown, string])[] = [
    [{ $frm: 'input' }, ': there is no operator "$frm"'],
    [{ $from: 'input', other: 1 }, ': "$from" stands beside "other"'],
    [{ other: 1, $from: 'input' }, ': "$from" stands beside "other"'],
    [{ $first: [] }, ': "$first" has nothing to go over'],
    [{ $text: 'x' }, ': "$text" has nothing to go over'],
    [{ $compare: [1, 2] }, ': "$compare" does not have three parts'],
    [{ $compare: [1, '=', 2] }, '.$compare[1]: there is no comparison "="'],
    [{ $all: [{ $not: { $form: 'x' } }] }, '.$all[0].$not: there is no operator "$form"'],
    [{ $code: 7 }, ': a function of a workflow was not written as the builder does it'],
  ];
  for (const [expression, problem] of wrong) assert.deepEqual(problemsOf([work('a', { input: expression })]), [`steps[0].input${problem}`]);
  for (const comparator of ['==', '!=', '<', '<=', '>', '>=', 'in', 'contains'])
    assert.deepEqual(problemsOf([work('a', { when: { $compare: [{ $from: 'input' }, comparator, 1] } })]), []);
  assert.deepEqual(problemsOf([work('a', { input: { $literal: { $ref: 1, $from: 2 } } })]), []);
});

test('a comparison with a choice that is never made is found', () => {
  const chosen = (choice: string): readonly string[] =>
    problemsOf([
      { id: 'way', kind: 'branch', choose: { $from: 'input' }, cases: ['long', 'short'] },
      work('b', { after: ['way'], when: { $compare: [{ $from: 'steps.way.output.choice' }, '==', choice] } }),
    ]);
  assert.deepEqual(chosen('long'), []);
  assert.deepEqual(chosen('lnog'), ['steps[1].when.$compare[2]: "way" never chooses "lnog"']);
});

test('branches, questions, waits and events say what they need', () => {
  const branch = (cases: unknown): readonly string[] => problemsOf([{ id: 's', kind: 'branch', choose: { $from: 'input' }, cases }]);
  assert.deepEqual(branch([]), ['steps[0].cases: the branch has no cases']);
  assert.deepEqual(branch(['a', 'a', '']), ['steps[0].cases[1]: the case "a" is there twice', 'steps[0].cases[2]: the case is empty']);
  const ask = (more: Source): readonly string[] => problemsOf([{ id: 's', kind: 'ask', question: 'Well?', ...more }]);
  assert.deepEqual(ask({ choices: ['y', 'n'], otherwise: 'n', deadline: '1h', quorum: 2, who: ['a', 'b'] }), []);
  assert.deepEqual(ask({}), ['steps[0].choices: it is not said what can be answered']);
  assert.deepEqual(ask({ choices: ['y'], form: {} }), ['steps[0].form: the question has choices and a form']);
  assert.deepEqual(ask({ choices: [] }), ['steps[0].choices: there are no choices']);
  assert.deepEqual(ask({ choices: ['y'], otherwise: 'x', deadline: 1000 }), ['steps[0].otherwise: "x" is not one of the choices']);
  assert.deepEqual(ask({ choices: ['y'], otherwise: 'y' }), ['steps[0].otherwise: without a deadline it is never taken']);
  assert.deepEqual(ask({ choices: ['y'], quorum: 0 }), ['steps[0].quorum: 0 is not a whole number from 1']);
  assert.deepEqual(ask({ choices: ['y'], who: [] }), ['steps[0].who: nobody may answer']);
  assert.deepEqual(ask({ choices: ['y'], who: ['a'], quorum: 2 }), ['steps[0].quorum: 2 must agree, but only 1 may answer']);
  assert.deepEqual(ask({ question: '', choices: ['y'] }), ['steps[0].question: the question is empty']);
  assert.deepEqual(ask({ form: { type: 'txt' } }), ['steps[0].form.type: there is no type "txt"']);
  const wait = (more: Source): readonly string[] => problemsOf([{ id: 's', kind: 'wait', ...more }]);
  assert.deepEqual(wait({ until: { $from: 'input.when' } }), []);
  assert.deepEqual(wait({}), ['steps[0].duration: it is not said what to wait for']);
  assert.deepEqual(wait({ duration: 1, signal: 'x' }), ['steps[0].signal: "duration" says already what to wait for']);
  assert.deepEqual(wait({ signal: '' }), ['steps[0].signal: the signal has no name']);
  assert.deepEqual(wait({ duration: 1, deadline: 2, otherwise: 3 }), [
    'steps[0].deadline: a wait for a time has no deadline',
    'steps[0].otherwise: a wait for a time always ends',
  ]);
  assert.deepEqual(wait({ event: 'x', otherwise: 1 }), ['steps[0].otherwise: without a deadline it is never taken']);
  assert.deepEqual(problemsOf([{ id: 's', kind: 'emit', event: '' }]), ['steps[0].event: the event has no name']);
});

test('null is no answer without a deadline, and one with it', () => {
  assert.deepEqual(problemsOf([{ id: 's', kind: 'ask', question: '?', choices: ['y'], otherwise: null, deadline: null }]), []);
  assert.deepEqual(problemsOf([{ id: 's', kind: 'wait', signal: 'x', otherwise: null }]), []);
  const { plan } = readPlan({ id: 'plan', steps: [{ id: 's', kind: 'wait', signal: 'x', otherwise: null, deadline: 1 }] });
  assert.deepEqual(plan?.steps[0], { id: 's', kind: 'wait', dependencies: [], for: { signal: 'x' }, deadline: 1, otherwise: null });
});

test('a field of another kind says which kind was meant', () => {
  assert.equal(mendOf(work('a', { over: [1] })), 'Steps with "over" are of "kind": "map".');
  assert.equal(mendOf({ id: 'q', kind: 'gate', test: true, question: 'Well?' }), 'Steps with "question" are of "kind": "ask".');
});

test('numbers have their limits', () => {
  const wrong: readonly (readonly [Source, string])[] = [
    [{ retryPolicy: { maxRetries: -1, backoffMs: 1 } }, 'retryPolicy.maxRetries: -1 is not a whole number from 0'],
    [{ retry: { max: 1, jitter: 1.1 } }, 'retry.jitter: 1.1 is no share of a delay'],
    [{ retry: { max: 1, only: ['A'], except: ['A'] } }, 'retry.except: "A" stands in "only" as well'],
    [{ timeout: 0 }, 'timeout: 0 leaves no time'],
    [{ timeout: { attempt: '2s', total: '1s' } }, 'timeout.total: all attempts together have 1000 ms, one alone 2000 ms'],
    [{ heartbeat: 0 }, 'heartbeat: 0 leaves no time'],
    [{ priority: 1.5 }, 'priority: 1.5 is not a whole number'],
    [{ resources: { gpu: 0 } }, 'resources.gpu: 0 is no amount'],
    [{ resources: { gpu: '1' } }, 'resources.gpu: "1" is not a number'],
    [{ budget: 0 }, 'budget: 0 is no budget'],
    [{ budget: { limit: -1 } }, 'budget.limit: -1 is no budget'],
    [{ agentId: '' }, 'agentId: the agentId is empty'],
    [{ agentId: 'a', action: '' }, 'action: the action is empty'],
    [{ agentId: null, workflow: 'w', memo: true }, 'memo: only the work of an agent can be remembered'],
    [{ agentId: null, workflow: 'w', undo: { action: 'x' } }, 'undo.agentId: it is not said who undoes the step'],
    [{ undo: {} }, 'undo.action: it is not said how to undo the step'],
    [{ kind: 'call' }, 'kind: a call names no workflow and no plan'],
    [{ kind: 'map', over: [], concurrency: 0 }, 'concurrency: 0 is not a whole number from 1'],
    [{ kind: 'map', over: [], tolerate: -1 }, 'tolerate: -1 is not a whole number from 0'],
    [{ kind: 'map', over: [], enough: 0 }, 'enough: 0 is not a whole number from 1'],
    [{ kind: 'map', over: [], enough: 1, tolerate: 0 }, 'tolerate: "enough" says already how many items may fail'],
    [{ enough: 1 }, 'enough: a step has no field "enough"'],
  ];
  for (const [step, problem] of wrong) assert.deepEqual(problemsOf([work('a', step)]), [`steps[0].${problem}`]);
  const plans: readonly (readonly [Source, string])[] = [
    [{ timeout: 0 }, 'timeout: 0 leaves no time'],
    [{ budget: 0 }, 'budget: 0 is no budget'],
    [{ priority: 0.5 }, 'priority: 0.5 is not a whole number'],
    [{ concurrency: { key: 'x', limit: 0 } }, 'concurrency.limit: 0 is not a whole number from 1'],
    [{ input: { type: 'x' } }, 'input.type: there is no type "x"'],
  ];
  for (const [plan, problem] of plans) assert.deepEqual(problemsOf([work('a')], plan), [problem]);
});

test('a join has something to join, and no more than there is', () => {
  const joined = (step: Source): readonly string[] => problemsOf([work('a'), work('b'), work('j', { after: ['a', 'b'], ...step })]);
  assert.deepEqual(joined({ join: 'any' }), []);
  assert.deepEqual(joined({ join: { atLeast: 2, rest: 'finish' } }), []);
  assert.deepEqual(joined({ join: 'all' }), ['steps[2].join: "all" is not a join']);
  assert.deepEqual(joined({ join: {} }), ['steps[2].join.atLeast: it is not said how many dependencies are enough']);
  assert.deepEqual(joined({ join: { atLeast: 3 } }), ['steps[2].join.atLeast: 3 is not a number of its 2 dependencies']);
  assert.deepEqual(joined({ join: { atLeast: 0 } }), ['steps[2].join.atLeast: 0 is not a number of its 2 dependencies']);
  assert.deepEqual(joined({ join: { atLeast: 1, rest: 'go' } }), ['steps[2].join.rest: "go" is not one of "cancel", "finish"']);
  assert.deepEqual(joined({ join: { atLeast: 1, of: 2 } }), ['steps[2].join.of: "join" has no field "of"']);
  assert.deepEqual(joined({ join: 'any', after: ['a'] }), ['steps[2].join: step "j" has one dependency alone to join']);
  assert.deepEqual(joined({ join: 'any', after: [] }), ['steps[2].join: step "j" has no dependencies to join']);
  const rescue = [work('a', { onFailure: { goTo: 'j' } }), work('b'), work('j', { after: ['a', 'b'], join: 'any' })];
  assert.deepEqual(problemsOf(rescue), ['steps[2].join: step "j" takes over when another fails, and joins nothing']);
  assert.deepEqual(problemsOf([work('a'), work('b'), work('j', { after: ['a', 'b'], join: 'any' })], { parallel: false }), [
    'steps[2].join: step "j" joins steps that run one after another',
  ]);
});

test('fallbacks and plans inside steps are validated where they stand', () => {
  const inner = { id: 'inner', steps: [work('a', { after: ['zz'] })] };
  assert.deepEqual(problemsOf([work('a')], { fallbackPlan: { ...inner, fallbackPlan: inner } }), [
    'fallbackPlan.steps[0].after[0]: there is no step "zz"',
    'fallbackPlan.fallbackPlan.steps[0].after[0]: there is no step "zz"',
  ]);
  assert.deepEqual(problemsOf([{ id: 'c', plan: inner }]), ['steps[0].plan.steps[0].after[0]: there is no step "zz"']);
});
