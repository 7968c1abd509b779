// Agents of the command line's tests, in plain JavaScript: what happens is written down
// in files of the folder that the command runs in.
import { appendFileSync, existsSync, watch } from 'node:fs';

const ledger = (line) => appendFileSync('ledger', `${line}\n`);

/** Resolves when a file of that name is in the folder. */
function appears(name, signal) {
  return new Promise((resolve, reject) => {
    const watcher = watch('.', () => look());
    const look = () => {
      if (!existsSync(name)) return;
      watcher.close();
      resolve();
    };
    signal.addEventListener('abort', () => {
      watcher.close();
      reject(signal.reason);
    });
    look();
  });
}

const worker = {
  id: 'worker',
  capabilities: ['work'],
  actions: {
    echo: async (input) => input ?? null,
    note: async (input, ctx) => {
      ledger(`${ctx.stepId} ${ctx.attempt}`);
      return { noted: ctx.stepId, input };
    },
    /** Stays at work until somebody makes the file `go`. */
    hold: async (input, ctx) => {
      ledger(`${ctx.stepId} ${ctx.attempt}`);
      ctx.log('holding');
      await appears('go', ctx.signal);
      return { held: ctx.stepId };
    },
    fail: async () => {
      throw new Error('the mill is broken');
    },
    /** Fails until the file `mended` is there. */
    fragile: async (input, ctx) => {
      ledger(`${ctx.stepId} ${ctx.attempt}`);
      if (!existsSync('mended')) throw new Error('not mended yet');
      return 'whole';
    },
    flaky: async (input, ctx) => {
      if (ctx.attempt < 3) throw new Error(`try ${ctx.attempt} fails`);
      return { attempt: ctx.attempt };
    },
    loud: async () => {
      console.log('agents print when they like');
      process.stdout.write('and do not end their lines');
      return 'said';
    },
    /** Throws where nobody can catch it, and answers all the same. */
    stray: async () => {
      void Promise.reject(new Error('nobody awaits this'));
      await new Promise((resolve) =>
        setTimeout(() => {
          setImmediate(resolve);
          throw new Error('nobody catches this');
        }),
      );
      return 'answered';
    },
    big: async () => 'x'.repeat(300_000),
  },
};

/** Seed 003's workers: each has one action, `run`. */
const team = [
  { id: 'product_manager', run: async (input, ctx) => ({ spec: `a page for ${input?.goal ?? 'nobody'}`, round: ctx.visit }) },
  { id: 'anna', capabilities: ['coder'], run: async (input, ctx) => ({ code: `<h1>${input.spec}</h1>`, round: ctx.visit }) },
  {
    id: 'reviewer',
    actions: {
      run: async (input, ctx) => {
        if (ctx.visit === 1) throw Object.assign(new Error('the page has no footer'), { retryable: false });
        return { approved: true, code: input.code, round: ctx.visit };
      },
    },
  },
];

/** Seed 004's agents. */
const school = [
  {
    id: 'learning-agent-123',
    actions: {
      initialize_session: async ({ sessionId }) => ({ sessionReady: true, sessionId }),
      get_next_activity: async ({ learnerId }) => ({ activityId: `act of ${learnerId}` }),
      process_interaction: async (input) => ({ correct: input.response.answer === '42' }),
      analyze_performance: async () => ({ level: 5 }),
      analyze_learning_patterns: async () => ({ best: 'morning' }),
      generate_comprehensive_report: async (input) => ({ report: input }),
      predict_with_ml: async () => {
        throw new Error('the model is not loaded');
      },
      predict_with_rules: async () => ({ by: 'rules' }),
    },
  },
  {
    id: 'tutor-agent-123',
    actions: {
      prepare_conversation: async ({ gradeLevel }) => ({ conversationReady: true, gradeLevel }),
      generate_feedback: async ({ concept }) => ({ feedback: `well done: ${concept}` }),
      analyze_conversation_patterns: async () => ({ questions: 3 }),
    },
  },
  { id: 'speech-agent-123', actions: { analyze_speech_progress: async () => ({ fluency: 0.8 }) } },
];

export default [worker, ...team, ...school];
