import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { ContinuoError } from '../errors.ts';
import { agentRef, capability } from './agent-ref.ts';
import { workflow } from './builder.ts';
import type { Step } from './model.ts';
import { parsePlan } from './read.ts';
import type { AnyWorkflow, CodeTable } from './workflow.ts';

const writer = agentRef<{ topic: string }, { title: string }>('writer');
const judge = agentRef<unknown, { score: number }>('judge', 'score');

const orderOf = ({ plan }: AnyWorkflow): readonly string[] =>
  plan.steps.map(({ id, dependencies }) => `${id}: ${dependencies.join(' ')}`.trim());

function stepOf({ plan }: AnyWorkflow, id: string): Step {
  const step = plan.steps.find((one) => one.id === id);
  assert.ok(step !== undefined);
  return step;
}

function problemsOf(body: () => unknown): readonly string[] {
  try {
    body();
  } catch (error) {
    assert.ok(error instanceof ContinuoError && error.code === 'PLAN_INVALID');
    return error.message
      .split('\n')
      .slice(1)
      .map((line) => line.trim());
  }
  return assert.fail('it did not throw');
}

const call = (code: CodeTable, name: string, context: unknown): unknown => {
  // The test gives the context that the function wants.
  const fn = code.get(name) as ((context: unknown) => unknown) | undefined;
  assert.ok(fn !== undefined, name);
  return fn(context);
};

test('without `after` a step comes after everything so far, with it after exactly that', () => {
  const built = workflow('w')
    .step('a', 'x', () => 1)
    .step('b', 'x', () => 1, { after: ['a'] })
    .step('c', 'x', () => 1, { after: ['a'] })
    .step('d', 'x', () => 1, { after: [] })
    .step('e', 'x', () => 1)
    .step('f', 'x', () => 1)
    .build();
  assert.deepEqual(orderOf(built), ['a:', 'b: a', 'c: a', 'd:', 'e: b c d', 'f: e']);
});

test('what follows a conditional step follows what was before it as well, so that it runs either way', () => {
  const built = workflow('w')
    .step('a', 'x', () => 1)
    .step('maybe', 'x', () => 1, { when: () => false })
    .step('b', 'x', () => 1)
    .build();
  assert.deepEqual(orderOf(built), ['a:', 'maybe: a', 'b: a maybe']);
});

test('a rescue comes after what it rescues, and what follows comes after both ways', () => {
  const built = workflow('w')
    .step('a', 'x', () => 1)
    .step('b', 'x', () => 1, { onFailure: { goTo: 'mend' } })
    .step('mend', 'x', () => 1)
    .step('c', 'x', () => 1)
    .build();
  assert.deepEqual(orderOf(built), ['a:', 'b: a', 'mend: b', 'c: b mend']);
});

test('steps of a case depend on the choice, and what follows the branch on all cases', () => {
  const built = workflow('w')
    .step('a', 'x', () => 1)
    .branch('way', () => 'one', {
      one: (b) =>
        b
          .step('one1', 'x', () => 1)
          .step('one2', 'x', () => 1)
          .step('one3', 'x', () => 1, { after: ['a'] })
          .step('one4', 'x', () => 1, { when: () => true, after: ['one1'] }),
      two: (b) =>
        b.branch('inner', () => 'in', {
          in: (c) => c.step('deep', 'x', () => 1),
          out: (c) => c,
        }),
      none: (b) => b,
    })
    .step('z', 'x', () => 1)
    .build();
  assert.deepEqual(orderOf(built), [
    'a:',
    'way: a',
    'one1: way',
    'one2: one1',
    'one3: a way',
    'one4: one1',
    'inner: way',
    'deep: inner',
    'z: one2 one3 one4 deep inner way',
  ]);
  const chose = (branch: string, choice: string): unknown => ({ $compare: [{ $from: `steps.${branch}.output.choice` }, '==', choice] });
  assert.deepEqual(stepOf(built, 'one1').when, chose('way', 'one'));
  assert.equal(stepOf(built, 'one2').when, undefined);
  assert.deepEqual(stepOf(built, 'one3').when, chose('way', 'one'));
  assert.equal(JSON.stringify(stepOf(built, 'one4').when).startsWith('{"$code":"steps.one4.when"'), true);
  assert.deepEqual(stepOf(built, 'inner').when, chose('way', 'two'));
  assert.deepEqual(stepOf(built, 'deep').when, chose('inner', 'in'));
});

test('a condition of its own is added to the choice of the case', () => {
  const built = workflow('w')
    .branch('way', () => 'one', { one: (b) => b.step('s', 'x', () => 1, { when: () => true }).step('t', 'x', () => 1) })
    .build();
  assert.deepEqual(orderOf(built), ['way:', 's: way', 't: way s']);
  const when = JSON.stringify(stepOf(built, 's').when);
  assert.match(when, /^\{"\$all":\[\{"\$compare":.*\},\{"\$code":"steps\.s\.when"/);
  assert.match(JSON.stringify(stepOf(built, 't').when), /^\{"\$compare"/);
});

test('a builder never changes', () => {
  const base = workflow('w').step('a', 'x', () => 1);
  const left = base.step('left', 'x', () => 1).build();
  const right = base.step('right', 'x', () => 1).build();
  assert.deepEqual(orderOf(left), ['a:', 'left: a']);
  assert.deepEqual(orderOf(right), ['a:', 'right: a']);
});

test('functions are named by their place and stand in the table', () => {
  const { plan, code } = workflow<{ who: string }>('w', { concurrency: { key: ({ input }) => input.who, limit: 2 } })
    .step('r', writer, ({ input }) => ({ topic: input.who }))
    .step('s', writer, ({ input }) => ({ topic: input.who }), {
      when: ({ input }) => input.who !== '',
      undo: { agent: judge, input: ({ input, output }) => [input.topic, output.title] },
    })
    .map('m', writer, () => [{ topic: '' }])
    .gate('g', () => true, { otherwise: { backTo: 's', max: 1, keepBest: () => 1 } })
    .branch('b', () => 'c', { c: (one) => one })
    .ask('q', { question: () => 'Well?', show: () => 1, choices: ['y'] })
    .wait('t', { until: () => 0 })
    .call(
      'c',
      () => ({}),
      () => 1,
    )
    .emit('e', 'told', () => 1)
    .output(({ q }) => q.choice);
  const names = [
    'b.choose',
    'c.input',
    'c.plan',
    'e.data',
    'g.keepBest',
    'g.test',
    'm.over',
    'q.question',
    'q.show',
    'r.input',
    's.input',
    's.undo',
    's.when',
    't.until',
  ];
  assert.deepEqual([...code.keys()].sort(), ['concurrency.key', 'output', ...names.map((name) => `steps.${name}`)]);
  assert.equal(call(code, 'steps.s.input', { input: { who: 'Ann' } }) instanceof Object, true);
  assert.deepEqual(call(code, 'steps.s.undo', { input: { topic: 'a' }, output: { title: 'b' } }), ['a', 'b']);
  assert.equal(call(code, 'concurrency.key', { input: { who: 'Ann' } }), 'Ann');
  assert.deepEqual(parsePlan(JSON.parse(JSON.stringify(plan))), plan);
});

test('the hash follows the code, but not its layout', () => {
  const hashOf = (fn: () => unknown): string => workflow('w').step('a', 'x', fn).build().hash;
  const short = (): unknown => [1, 2];
  // prettier-ignore
  const long = ()          : unknown => [1, 2];
  assert.notEqual(short.toString(), long.toString());
  assert.equal(hashOf(short), hashOf(long));
  assert.notEqual(
    hashOf(short),
    hashOf(() => [1, 3]),
  );
});

test('workers are agents, capabilities, workflows and names', () => {
  const other = workflow('other')
    .step('a', 'x', () => 1)
    .build();
  const built = workflow('w')
    .step('a', writer, () => ({ topic: '' }))
    .step('b', judge, () => 1)
    .step('c', capability<unknown, string>('speech', 'say'), () => 1)
    .step('d', 'anyone', () => 1)
    .step('e', other, () => 1)
    .map('f', { workflow: 'other' }, () => [1])
    .build();
  assert.deepEqual(
    built.plan.steps.map((step) => ('worker' in step ? step.worker : undefined)),
    [
      { agentId: 'writer', action: 'run' },
      { agentId: 'judge', action: 'score' },
      { capability: 'speech', action: 'say' },
      { agentId: 'anyone', action: 'run' },
      { workflow: 'other' },
      { workflow: 'other' },
    ],
  );
  assert.deepEqual(built.calls, [other]);
  const undone = workflow('w')
    .step('a', 'x', () => 1, { undo: capability('cleaning', 'wipe') })
    .step('b', 'x', () => 1, { undo: { agent: 'cleaner', retry: { max: 1 } } })
    .build();
  assert.deepEqual(
    undone.plan.steps.map((step) => ('undo' in step ? step.undo : undefined)),
    [
      { agentId: 'cleaning', action: 'wipe' },
      { agentId: 'cleaner', action: 'run', retryPolicy: { maxRetries: 1, backoffMs: 1000, backoff: 'exponential' } },
    ],
  );
});

test('schemas stand in the plan as JSON Schema, and validate by themselves', () => {
  const input = z.object({ topic: z.string() });
  const form = z.object({ note: z.string() });
  const day = z.date();
  const built = workflow('w', { input })
    .ask('q', { question: '?', form })
    .wait('s', { signal: 'go', schema: form })
    .ask('d', { question: '?', form: day })
    .build();
  assert.equal(built.inputSchema, input);
  assert.deepEqual(built.plan.input, {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    properties: { topic: { type: 'string' } },
    required: ['topic'],
  });
  const ask = stepOf(built, 'q');
  assert.equal(ask.kind === 'ask' && JSON.stringify(ask.form).includes('"note"'), true);
  const dated = stepOf(built, 'd');
  assert.equal(dated.kind === 'ask' && dated.form, true);
  assert.deepEqual(
    [...built.schemas],
    [
      ['steps.q.form', form],
      ['steps.s.signal', form],
      ['steps.d.form', day],
    ],
  );
});

test('all problems are told at once, by the names of the steps', () => {
  const loose = { retry: { max: 1.5 }, timeout: { attempt: '2s', total: '1s' } } as const;
  assert.deepEqual(
    problemsOf(() =>
      workflow('not an id')
        .step('in put', 'x', () => 1, loose)
        .gate('g', () => true, { otherwise: { backTo: 'in put', max: 0 } })
        .build(),
    ),
    [
      'id: "not an id" is not an id. Use letters, digits, dot, dash and underscore, at most 128, beginning with a letter, a digit or an underscore.',
      'steps.in put.id: "in put" is not an id. Use letters, digits, dash and underscore, at most 64, and no dash in front.',
      'steps.in put.retry.max: 1.5 is not a whole number from 0. Give 0 or more.',
      'steps.in put.timeout.total: all attempts together have 1000 ms, one alone 2000 ms. Let "total" be at least "attempt".',
      'steps.g.otherwise.max: 0 is not a number of rounds. Give a whole number from 1 to 1000.',
    ],
  );
});

/** A function as someone without types could have written it. */
const untyped = (fn: (context: Readonly<Record<string, unknown>>) => unknown): (() => unknown) => fn as () => unknown;

test('a function that reads what is not there is found before anything runs', () => {
  const built = (): unknown =>
    workflow('w')
      .step(
        'script',
        'x',
        untyped(({ inptu }) => inptu),
      )
      .step(
        'film',
        'x',
        untyped(({ scirpt, ...rest }) => [scirpt, rest]),
      )
      .step(
        'aside',
        'x',
        untyped(({ film }) => film),
        { after: ['script'], undo: { agent: 'x', input: untyped(({ film }) => film) } },
      )
      .step(
        'fine',
        'x',
        untyped(
          ({
            input,
            feedback,
            film: { length } = [],
            script = 2,
          }: {
            input?: unknown;
            feedback?: unknown;
            film?: readonly unknown[];
            script?: number;
          }) => [input, feedback, length, script],
        ),
      )
      .output(untyped(({ flim }) => flim));
  assert.deepEqual(problemsOf(built), [
    'steps.script.input: the function reads "inptu", which is neither "input" nor "feedback". Did you mean "input"?',
    'steps.film.input: the function reads "scirpt", which is neither "input" nor "feedback" nor a step before it. Did you mean "script"?',
    'steps.aside.input: the function reads "film", which does not precede "aside". Add "film" to the "after" of "aside", or read a step before it.',
    'steps.aside.undo.input: the function reads "film", which is neither "input" nor "output". Use one of "input", "output".',
    'output: the function reads "flim", which is neither "input" nor "feedback" nor a step before it. Did you mean "film"?',
  ]);
});

test('a function that waits is refused', () => {
  const [problem] = problemsOf(() =>
    workflow('w')
      .step('a', 'x', async () => Promise.resolve(1))
      .build(),
  );
  assert.equal(
    problem,
    'steps.a.input: the function is asynchronous: the skeleton cannot wait. Do such work in an agent, and give the function its output.',
  );
});

test('what follows a join follows it alone, also where it has a condition', () => {
  const flow = workflow('w')
    .step('a', writer, () => ({ topic: '' }))
    .step('b', writer, () => ({ topic: '' }), { after: [] })
    .step('j', judge, ({ a, b }) => a ?? b, { join: 'any', when: ({ a }) => a !== undefined })
    .step('k', judge, ({ j }) => j ?? null);
  assert.deepEqual(orderOf(flow.build()), ['a:', 'b:', 'j: a b', 'k: j']);
  assert.deepEqual(stepOf(flow.build(), 'j').join, { atLeast: 1, rest: 'cancel' });
});

test('a case joins its own steps alone', () => {
  const start = workflow('w')
    .step('a', writer, () => ({ topic: '' }))
    .step('b', writer, () => ({ topic: '' }), { after: [] });
  const inside = start.branch('route', () => 'x', {
    x: (one) =>
      one
        .step('c', writer, () => ({ topic: '' }))
        .step('d', writer, () => ({ topic: '' }), { after: ['route'] })
        .step('j', judge, ({ c, d }) => c ?? d, { after: ['c', 'd'], join: 'any' }),
  });
  assert.deepEqual(orderOf(inside.build()), ['a:', 'b:', 'route: a b', 'c: route', 'd: route', 'j: c d']);
  assert.throws(
    () => start.branch('route', () => 'x', { x: (one) => one.step('j', judge, ({ a, b }) => a ?? b, { after: ['a', 'b'], join: 'any' }) }),
    /step j of case x joins "a", which is not in the case/,
  );
});

test('a case must give back its builder', () => {
  const other = workflow('other').step('a', 'x', () => 1);
  for (const stray of [other, {}]) {
    assert.throws(
      () => workflow('w').branch('b', () => 'c', { c: () => stray }),
      /case c of branch b must return the builder that it was given/,
    );
  }
});

test('ten thousand steps are built', () => {
  let builder = workflow('w').step('s0', 'x', ({ input }) => input);
  for (let i = 1; i < 10_000; i++) builder = builder.step(`s${i}`, 'x', () => 1);
  assert.equal(builder.build().plan.steps.length, 10_000);
});
