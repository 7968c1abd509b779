import assert from 'node:assert/strict';
import { test } from 'node:test';
import { backEdgesOf, edgesOf, linksOf } from './edges.ts';
import { parsePlan, readPlan } from './read.ts';
import type { Plan } from './model.ts';

type Source = Readonly<Record<string, unknown>>;

const planOf = (...steps: readonly Source[]): Plan => parsePlan({ id: 'plan', steps: steps.map((step) => ({ agentId: 'a', ...step })) });

const named = (plan: Plan): readonly string[] =>
  edgesOf(plan).map(({ from, to, on }) => `${plan.steps[from]?.id ?? ''} ${on === 'success' ? '→' : '⇢'} ${plan.steps[to]?.id ?? ''}`);

test('dependencies are edges of success', () => {
  assert.deepEqual(named(planOf({ id: 'a' }, { id: 'b', after: ['a'] }, { id: 'c', after: ['a', 'b'] })), ['a → b', 'a → c', 'b → c']);
});

test('a later step that takes over is reached by failure, whether it lists the step or not', () => {
  assert.deepEqual(named(planOf({ id: 'a', onFailure: { goTo: 'r' } }, { id: 'r' })), ['a ⇢ r']);
  const listed = planOf({ id: 'a', onFailure: { goTo: 'r' } }, { id: 'r', after: ['a'] }, { id: 'b', after: ['a', 'r'] });
  assert.deepEqual(named(listed), ['a ⇢ r', 'a → b', 'r → b']);
  assert.deepEqual([...linksOf(listed).rescues], [[0, 1]]);
});

test('a failure that leads to a step before, or to the step itself, is a back edge and no edge', () => {
  const plan = planOf(
    { id: 'a' },
    { id: 'b', after: ['a'], onFailure: { goTo: 'a', max: 2 } },
    { id: 'c', after: ['b'], onFailure: { goTo: 'c', max: 1 } },
  );
  assert.deepEqual(named(plan), ['a → b', 'b → c']);
  assert.deepEqual(backEdgesOf(plan), [
    { from: 1, to: 0, max: 2 },
    { from: 2, to: 2, max: 1 },
  ]);
});

test('a step that is before only by way of a rescue is before', () => {
  const plan = planOf({ id: 'mend', onFailure: { goTo: 'try', max: 3 } }, { id: 'try', onFailure: { goTo: 'mend' } });
  assert.deepEqual(named(plan), ['try ⇢ mend']);
  assert.deepEqual(backEdgesOf(plan), [{ from: 0, to: 1, max: 3 }]);
});

test('gates lead back', () => {
  const plan = planOf({ id: 'a' }, { id: 'g', agentId: null, kind: 'gate', test: true, otherwise: { backTo: 'a', max: 4 }, after: ['a'] });
  assert.deepEqual(backEdgesOf(plan), [{ from: 1, to: 0, max: 4 }]);
});

test('in sequence every step waits for the one before, and rescues are passed by', () => {
  const { plan } = readPlan({
    id: 'plan',
    parallel: false,
    steps: [
      { id: 'c', agentId: 'x', dependencies: ['b'] },
      { id: 'a', agentId: 'x', onFailure: { goTo: 'r' } },
      { id: 'r', agentId: 'x' },
      { id: 'b', agentId: 'x' },
      { id: 'd', agentId: 'x', dependencies: ['a'] },
    ],
  });
  assert.deepEqual(
    plan?.steps.map(({ id, dependencies }) => [id, ...dependencies]),
    [['c', 'b'], ['a', 'c'], ['r'], ['b'], ['d', 'a', 'r']],
  );
});
