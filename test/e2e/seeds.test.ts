import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { outcome } from './continuo.ts';
import { desk, withAgents, explain, options } from './desk.ts';

suite('plans in the forms of the seeds', options, () => {
  test('seed 004: dependencies, side by side', async (t) => {
    const at = desk(t);
    at.write('plan.json', {
      id: 'session_init_12345',
      steps: [
        {
          id: 'init_learning',
          agentId: 'learning-agent-123',
          action: 'initialize_session',
          input: { subject: 'mathematics', gradeLevel: 5, sessionId: 's1' },
          retryPolicy: { maxRetries: 2, backoffMs: 1000 },
        },
        {
          id: 'init_tutor',
          agentId: 'tutor-agent-123',
          action: 'prepare_conversation',
          input: { gradeLevel: 5 },
          dependencies: ['init_learning'],
          retryPolicy: { maxRetries: 2, backoffMs: 1000 },
        },
      ],
      parallel: true,
      timeout: 30000,
    });
    const ended = await at.run('run', 'plan.json', ...withAgents);
    assert.equal(ended.code, 0, explain(ended));
    assert.deepEqual(outcome(ended).output, {
      init_learning: { sessionReady: true, sessionId: 's1' },
      init_tutor: { conversationReady: true, gradeLevel: 5 },
    });
  });

  test('seed 004: in sequence, with references', async (t) => {
    const at = desk(t);
    at.write('plan.json', {
      id: 'learning_activity_789',
      steps: [
        { id: 'present', agentId: 'learning-agent-123', action: 'get_next_activity', input: { learnerId: 'l1' } },
        {
          id: 'process',
          agentId: 'learning-agent-123',
          action: 'process_interaction',
          input: { activityId: { $from: 'steps.present.output.activityId' }, response: { answer: '42' } },
        },
        {
          id: 'provide_feedback',
          agentId: 'tutor-agent-123',
          action: 'generate_feedback',
          input: { correct: { $from: 'steps.process.output.correct' }, concept: 'algebra' },
        },
      ],
      parallel: false,
      timeout: 45000,
    });
    const ended = await at.run('run', 'plan.json', ...withAgents);
    assert.equal(ended.code, 0, explain(ended));
    assert.deepEqual(outcome(ended).output, {
      present: { activityId: 'act of l1' },
      process: { correct: true },
      provide_feedback: { feedback: 'well done: algebra' },
    });
  });

  test('seed 004: the fallback plan takes over', async (t) => {
    const at = desk(t);
    const fallback = {
      id: 'fallback_plan',
      steps: [{ id: 'rules', agentId: 'learning-agent-123', action: 'predict_with_rules', input: {} }],
      parallel: false,
      timeout: 10000,
    };
    at.write('plan.json', {
      id: 'main_plan',
      steps: [{ id: 'ml', agentId: 'learning-agent-123', action: 'predict_with_ml', input: {} }],
      parallel: false,
      timeout: 5000,
      fallbackPlan: fallback,
    });
    const ended = await at.run('run', 'plan.json', ...withAgents);
    assert.equal(ended.code, 0, explain(ended));
    assert.equal(outcome(ended).steps['ml']?.status, 'failed');
    assert.deepEqual(outcome(ended).output, { rules: { by: 'rules' } });
  });

  test('seed 003: a state machine whose failure leads back; workers by id and by capability', async (t) => {
    const at = desk(t);
    at.write('plan.json', {
      name: 'build_website',
      goal: 'Create a functional website',
      steps: [
        { step_id: 'create_specs', worker_type: 'product_manager', on_success: 'implement_code', on_failure: 'failed', is_initial: true },
        { step_id: 'implement_code', worker_type: 'coder', on_success: 'review_code', on_failure: 'create_specs', max_retries: 2 },
        { step_id: 'review_code', worker_type: 'reviewer', on_success: 'complete', on_failure: 'implement_code' },
      ],
    });
    const ended = await at.run('run', 'plan.json', ...withAgents, '--input', '{"goal":"ada"}');
    assert.equal(ended.code, 0, explain(ended));
    const { steps } = outcome(ended);
    assert.deepEqual([steps['create_specs']?.visits, steps['implement_code']?.visits, steps['review_code']?.visits], [1, 2, 2]);
    assert.deepEqual(steps['review_code']?.output, { approved: true, code: '<h1>a page for ada</h1>', round: 2 });
  });
});
