/** The examples of the documents that the product was asked for in, as they stand there. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Rig, type OpenBackend } from './rig.ts';

const ids = ['learning-agent-123', 'tutor-agent-123', 'speech-agent-123'];

/** An agent that does every action of the learning plans, and says so. */
function learner(id: string, log: string[], faults: Readonly<Record<string, number>> = {}): object {
  const names = [
    'initialize_session',
    'prepare_conversation',
    'get_next_activity',
    'process_interaction',
    'analyze_performance',
    'generate_feedback',
    'analyze_learning_patterns',
    'analyze_speech_progress',
    'analyze_conversation_patterns',
    'generate_comprehensive_report',
    'fetch_external_data',
    'predict_with_ml',
    'predict_with_gpt4',
  ];
  const left = { ...faults };
  const act =
    (name: string) =>
    (input: unknown): unknown => {
      log.push(name);
      if ((left[name] ?? 0) > 0) {
        left[name] = (left[name] ?? 0) - 1;
        throw new Error(`${name} failed`);
      }
      return { did: name, input };
    };
  return { id, actions: Object.fromEntries(names.map((name) => [name, act(name)])) };
}

const initialization = {
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
};

const activity = {
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
};

const analysis = {
  id: 'multi_analysis_999',
  steps: [
    {
      id: 'learning_analysis',
      agentId: 'learning-agent-123',
      action: 'analyze_learning_patterns',
      input: { learnerId: 'learner_456', days: 7 },
    },
    { id: 'speech_analysis', agentId: 'speech-agent-123', action: 'analyze_speech_progress', input: { learnerId: 'learner_456', days: 7 } },
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
};

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

const withFallback = {
  id: 'main_plan',
  steps: [{ id: 'use_ml_model', agentId: 'learning-agent-123', action: 'predict_with_ml', input: { features: [1] } }],
  parallel: false,
  timeout: 5000,
  fallbackPlan: {
    id: 'fallback_plan',
    steps: [{ id: 'use_gpt4', agentId: 'learning-agent-123', action: 'predict_with_gpt4', input: { features: [1] } }],
    parallel: false,
    timeout: 10000,
  },
};

const website = {
  name: 'build_website',
  description: 'Build a website from requirements',
  goal: 'Create a functional website',
  initial: 'create_specs',
  steps: [
    {
      step_id: 'create_specs',
      worker_type: 'product_manager',
      description: 'Product Manager creates technical specifications',
      on_success: 'implement_code',
      on_failure: 'failed',
    },
    {
      step_id: 'implement_code',
      worker_type: 'coder',
      description: 'Implement code',
      on_success: 'review_code',
      on_failure: 'create_specs',
      max_retries: 2,
    },
    {
      step_id: 'review_code',
      worker_type: 'reviewer',
      description: 'Reviewer checks code',
      on_success: 'complete',
      on_failure: 'implement_code',
    },
  ],
};

export function seedsConformance(open: OpenBackend): void {
  describe('orchestration plans', () => {
    it('answer with planId, success, duration, results and errors', () =>
      Rig.with(open, {}, async (rig) => {
        const log: string[] = [];
        rig.orchestrator.register(...ids.map((id) => learner(id, log)));
        const result = await rig.until(rig.orchestrator.orchestrate(initialization));
        assert.equal(result.planId, 'session_init_12345');
        assert.equal(result.success, true);
        assert.equal(result.results.size, 2);
        assert.deepEqual(result.results.get('init_tutor'), {
          success: true,
          data: { did: 'prepare_conversation', input: { subject: 'mathematics', gradeLevel: 5 } },
        });
        assert.equal(result.errors?.size ?? 0, 0);
        assert.deepEqual(log, ['initialize_session', 'prepare_conversation']);
      }));

    it('know their agents by the names of the document', () =>
      Rig.with(open, {}, async (rig) => {
        for (const id of ids) await rig.orchestrator.registerAgent(learner(id, []));
        assert.deepEqual(
          rig.orchestrator.getAllAgents().map(({ id }) => id),
          ids,
        );
        assert.equal(rig.orchestrator.getAgent('tutor-agent-123')?.health, 'idle');
        assert.equal(rig.orchestrator.getAgent('nobody'), undefined);
      }));

    it('run one after another, or in parallel, as they say', () =>
      Rig.with(open, {}, async (rig) => {
        const log: string[] = [];
        const events: string[] = [];
        rig.orchestrator.register(...ids.map((id) => learner(id, log)));
        rig.orchestrator.on('step:started', ({ stepId, agentId, jobId }) =>
          events.push(`${stepId} ${agentId} ${jobId === '' ? '' : 'job'}`),
        );
        await rig.until(rig.orchestrator.orchestrate(activity));
        assert.deepEqual(log, ['get_next_activity', 'process_interaction', 'analyze_performance', 'generate_feedback']);
        events.length = 0;
        await rig.until(rig.orchestrator.orchestrate(analysis));
        assert.deepEqual(events.slice(0, 3).toSorted(), [
          'learning_analysis learning-agent-123 job',
          'speech_analysis speech-agent-123 job',
          'tutor_analysis tutor-agent-123 job',
        ]);
        assert.equal(events[3], 'combine_insights learning-agent-123 job');
      }));

    it('retry after 1, 2 and 3 seconds', () =>
      Rig.with(open, {}, async (rig) => {
        rig.orchestrator.register(...ids.map((id) => learner(id, [], { fetch_external_data: 3 })));
        const began = rig.clock.now();
        const result = await rig.until(rig.orchestrator.orchestrate(resilient));
        assert.equal(result.success, true);
        assert.equal(rig.clock.now() - began, 6000);
      }));

    it('fall back when the main plan fails', () =>
      Rig.with(open, {}, async (rig) => {
        const heard: unknown[] = [];
        rig.orchestrator.register(...ids.map((id) => learner(id, [], { predict_with_ml: 1 })));
        rig.orchestrator.on('plan:fallback', (event) => heard.push([event.planId, event.fallbackPlanId]));
        rig.orchestrator.on('agent:error', ({ agentId, error }) => heard.push([agentId, error.message]));
        const result = await rig.until(rig.orchestrator.orchestrate(withFallback));
        assert.equal(result.success, true);
        assert.equal(result.results.get('use_gpt4')?.success, true);
        assert.equal(result.results.get('use_ml_model')?.success, false);
        assert.deepEqual(heard, [
          ['learning-agent-123', 'predict_with_ml failed'],
          ['main_plan', 'fallback_plan'],
        ]);
      }));

    it('say what failed, and reject when they time out with nothing to fall back on', () =>
      Rig.with(open, {}, async (rig) => {
        rig.orchestrator.register(...ids.map((id) => learner(id, [], { fetch_external_data: 9 })), {
          id: 'slow',
          actions: { run: (_: unknown, ctx: { sleep(ms: number): Promise<void> }) => ctx.sleep(1e9) },
        });
        const failed = await rig.until(rig.orchestrator.orchestrate(resilient));
        assert.equal(failed.success, false);
        assert.match(failed.errors?.get('api_call')?.message ?? '', /fetch_external_data failed/);
        await assert.rejects(
          rig.until(
            rig.orchestrator.orchestrate({
              id: 'timed_plan',
              steps: [{ id: 's', agentId: 'slow', action: 'run', input: {} }],
              parallel: true,
              timeout: 30000,
            }),
          ),
          /timed out/,
        );
      }));
  });

  describe('state machines', () => {
    const workers = (log: string[], faults: Readonly<Record<string, number>>): object[] => {
      const left: Record<string, number> = { ...faults };
      return ['product_manager', 'coder', 'reviewer'].map((id) => ({
        id: `the-${id}`,
        capabilities: [id],
        actions: {
          run: (input: unknown) => {
            log.push(id);
            if ((left[id] ?? 0) > 0) {
              left[id] = (left[id] ?? 0) - 1;
              throw new Error(`${id} refuses`);
            }
            return { by: id, from: input };
          },
        },
      }));
    };

    it('hand the last output on, from worker to worker', () =>
      Rig.with(open, {}, async (rig) => {
        const log: string[] = [];
        rig.orchestrator.register(...workers(log, {}));
        const { status, output } = await rig.run(website, { goal: 'Build a portfolio website' });
        assert.equal(status, 'succeeded');
        assert.deepEqual(log, ['product_manager', 'coder', 'reviewer']);
        assert.deepEqual((output as Record<string, unknown>)['review_code'], {
          by: 'reviewer',
          from: { by: 'coder', from: { by: 'product_manager', from: { goal: 'Build a portfolio website' } } },
        });
      }));

    it('retry in place, then loop back, and fail where they say so', () =>
      Rig.with(open, {}, async (rig) => {
        const log: string[] = [];
        rig.orchestrator.register(...workers(log, { coder: 3, reviewer: 1 }));
        assert.equal((await rig.run(website)).status, 'succeeded');
        assert.deepEqual(log, ['product_manager', 'coder', 'coder', 'coder', 'product_manager', 'coder', 'reviewer', 'coder', 'reviewer']);
        rig.orchestrator.register(...workers(log, { product_manager: 1 }));
        assert.equal((await rig.run(website)).status, 'failed');
      }));
  });
}
