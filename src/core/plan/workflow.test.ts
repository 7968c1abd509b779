import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsePlan } from './read.ts';
import { isWorkflow, planWorkflow } from './workflow.ts';

const step = { id: 'a', agentId: 'x' };

test('a plan alone is a workflow without functions, and its fallback one of its own', () => {
  const plan = parsePlan({ id: 'main', steps: [step], fallbackPlan: { id: 'simple', steps: [step] } });
  const { fallback, ...workflow } = planWorkflow(plan);
  assert.equal(workflow.id, 'main');
  assert.equal(workflow.plan, plan);
  assert.equal(workflow.code.size, 0);
  assert.equal(fallback?.id, 'simple');
  assert.notEqual(fallback.hash, workflow.hash);
});

test('equal plans have equal hashes, however they were written', () => {
  const one = planWorkflow(parsePlan({ id: 'p', timeout: '1s', steps: [{ ...step, after: [] }] }));
  const other = planWorkflow(parsePlan({ steps: [{ agentId: 'x', id: 'a', action: 'run' }], timeout: 1000, id: 'p', parallel: true }));
  assert.equal(one.hash, other.hash);
});

test('workflows are told from plans', () => {
  const plan = parsePlan({ id: 'p', steps: [step] });
  assert.equal(isWorkflow(planWorkflow(plan)), true);
  for (const other of [plan, null, 'p', {}]) assert.equal(isWorkflow(other), false);
});
