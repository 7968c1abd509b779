/**
 * Forty steps with fan-outs, joins, gates, conditions and a branch. `tsc` must check this
 * quickly, and infer the result without a cast: that it compiles is the test.
 */
import { agentRef } from '../../src/core/plan/agent-ref.ts';
import { workflow } from '../../src/core/plan/builder.ts';
import type { Workflow } from '../../src/core/plan/workflow.ts';

interface Scene {
  readonly visualPrompt: string;
  readonly text: string;
}

interface Script {
  readonly title: string;
  readonly scenes: readonly Scene[];
}

const writer = agentRef<{ topic: string }, Script>('writer');
const illustrator = agentRef<{ prompt: string }, { blob: string }>('illustrator');
const narrator = agentRef<{ text: string }, { wav: string }>('narrator');
const editor = agentRef<{ script: Script; pictures: readonly { blob: string }[]; voices: readonly { wav: string }[] }, { film: string }>(
  'editor',
);
const judge = agentRef<{ film: string }, { score: number }>('judge');

export const fortySteps: Workflow<
  { topic: string },
  { films: string[]; style: 'plain' | 'rich'; title: string | undefined; score: number | undefined }
> = workflow<{ topic: string }>('forty-steps')
  .step('brief', writer, ({ input }) => ({ topic: input.topic }))
  .step('b0_plan', writer, ({ brief, input }) => ({ topic: `${input.topic} ${brief.title}` }), {
    retry: { max: 3, delay: '1s' },
    timeout: '5m',
  })
  .map('b0_pictures', illustrator, ({ b0_plan }) => b0_plan.scenes.map((scene) => ({ prompt: scene.visualPrompt })), {
    after: ['b0_plan'],
    concurrency: 4,
  })
  .map('b0_voices', narrator, ({ b0_plan }) => b0_plan.scenes.map((scene) => ({ text: scene.text })), { after: ['b0_plan'], tolerate: 1 })
  .step(
    'b0_film',
    editor,
    ({ b0_plan, b0_pictures, b0_voices }) => ({
      script: b0_plan,
      pictures: b0_pictures,
      voices: b0_voices.filter((voice) => voice !== null),
    }),
    { after: ['b0_pictures', 'b0_voices'] },
  )
  .step('b0_review', judge, ({ b0_film }) => b0_film, { when: ({ b0_plan }) => b0_plan.scenes.length > 1 })
  .gate('b0_good', ({ b0_review }) => (b0_review?.score ?? 10) >= 7, {
    otherwise: { backTo: 'b0_plan', max: 3, keepBest: ({ b0_review }) => b0_review?.score ?? 0 },
  })
  .step('b1_plan', writer, ({ b0_plan, input }) => ({ topic: `${input.topic} ${b0_plan.title}` }), {
    retry: { max: 3, delay: '1s' },
    timeout: '5m',
  })
  .map('b1_pictures', illustrator, ({ b1_plan }) => b1_plan.scenes.map((scene) => ({ prompt: scene.visualPrompt })), {
    after: ['b1_plan'],
    concurrency: 4,
  })
  .map('b1_voices', narrator, ({ b1_plan }) => b1_plan.scenes.map((scene) => ({ text: scene.text })), { after: ['b1_plan'], tolerate: 1 })
  .step(
    'b1_film',
    editor,
    ({ b1_plan, b1_pictures, b1_voices }) => ({
      script: b1_plan,
      pictures: b1_pictures,
      voices: b1_voices.filter((voice) => voice !== null),
    }),
    { after: ['b1_pictures', 'b1_voices'] },
  )
  .step('b1_review', judge, ({ b1_film }) => b1_film, { when: ({ b1_plan }) => b1_plan.scenes.length > 1 })
  .gate('b1_good', ({ b1_review }) => (b1_review?.score ?? 10) >= 7, {
    otherwise: { backTo: 'b1_plan', max: 3, keepBest: ({ b1_review }) => b1_review?.score ?? 0 },
  })
  .step('b2_plan', writer, ({ b1_plan, input }) => ({ topic: `${input.topic} ${b1_plan.title}` }), {
    retry: { max: 3, delay: '1s' },
    timeout: '5m',
  })
  .map('b2_pictures', illustrator, ({ b2_plan }) => b2_plan.scenes.map((scene) => ({ prompt: scene.visualPrompt })), {
    after: ['b2_plan'],
    concurrency: 4,
  })
  .map('b2_voices', narrator, ({ b2_plan }) => b2_plan.scenes.map((scene) => ({ text: scene.text })), { after: ['b2_plan'], tolerate: 1 })
  .step(
    'b2_film',
    editor,
    ({ b2_plan, b2_pictures, b2_voices }) => ({
      script: b2_plan,
      pictures: b2_pictures,
      voices: b2_voices.filter((voice) => voice !== null),
    }),
    { after: ['b2_pictures', 'b2_voices'] },
  )
  .step('b2_review', judge, ({ b2_film }) => b2_film, { when: ({ b2_plan }) => b2_plan.scenes.length > 1 })
  .gate('b2_good', ({ b2_review }) => (b2_review?.score ?? 10) >= 7, {
    otherwise: { backTo: 'b2_plan', max: 3, keepBest: ({ b2_review }) => b2_review?.score ?? 0 },
  })
  .step('b3_plan', writer, ({ b2_plan, input }) => ({ topic: `${input.topic} ${b2_plan.title}` }), {
    retry: { max: 3, delay: '1s' },
    timeout: '5m',
  })
  .map('b3_pictures', illustrator, ({ b3_plan }) => b3_plan.scenes.map((scene) => ({ prompt: scene.visualPrompt })), {
    after: ['b3_plan'],
    concurrency: 4,
  })
  .map('b3_voices', narrator, ({ b3_plan }) => b3_plan.scenes.map((scene) => ({ text: scene.text })), { after: ['b3_plan'], tolerate: 1 })
  .step(
    'b3_film',
    editor,
    ({ b3_plan, b3_pictures, b3_voices }) => ({
      script: b3_plan,
      pictures: b3_pictures,
      voices: b3_voices.filter((voice) => voice !== null),
    }),
    { after: ['b3_pictures', 'b3_voices'] },
  )
  .step('b3_review', judge, ({ b3_film }) => b3_film, { when: ({ b3_plan }) => b3_plan.scenes.length > 1 })
  .gate('b3_good', ({ b3_review }) => (b3_review?.score ?? 10) >= 7, {
    otherwise: { backTo: 'b3_plan', max: 3, keepBest: ({ b3_review }) => b3_review?.score ?? 0 },
  })
  .step('b4_plan', writer, ({ b3_plan, input }) => ({ topic: `${input.topic} ${b3_plan.title}` }), {
    retry: { max: 3, delay: '1s' },
    timeout: '5m',
  })
  .map('b4_pictures', illustrator, ({ b4_plan }) => b4_plan.scenes.map((scene) => ({ prompt: scene.visualPrompt })), {
    after: ['b4_plan'],
    concurrency: 4,
  })
  .map('b4_voices', narrator, ({ b4_plan }) => b4_plan.scenes.map((scene) => ({ text: scene.text })), { after: ['b4_plan'], tolerate: 1 })
  .step(
    'b4_film',
    editor,
    ({ b4_plan, b4_pictures, b4_voices }) => ({
      script: b4_plan,
      pictures: b4_pictures,
      voices: b4_voices.filter((voice) => voice !== null),
    }),
    { after: ['b4_pictures', 'b4_voices'] },
  )
  .step('b4_review', judge, ({ b4_film }) => b4_film, { when: ({ b4_plan }) => b4_plan.scenes.length > 1 })
  .gate('b4_good', ({ b4_review }) => (b4_review?.score ?? 10) >= 7, {
    otherwise: { backTo: 'b4_plan', max: 3, keepBest: ({ b4_review }) => b4_review?.score ?? 0 },
  })
  .step('b5_plan', writer, ({ b4_plan, input }) => ({ topic: `${input.topic} ${b4_plan.title}` }), {
    retry: { max: 3, delay: '1s' },
    timeout: '5m',
  })
  .map('b5_pictures', illustrator, ({ b5_plan }) => b5_plan.scenes.map((scene) => ({ prompt: scene.visualPrompt })), {
    after: ['b5_plan'],
    concurrency: 4,
  })
  .map('b5_voices', narrator, ({ b5_plan }) => b5_plan.scenes.map((scene) => ({ text: scene.text })), { after: ['b5_plan'], tolerate: 1 })
  .step(
    'b5_film',
    editor,
    ({ b5_plan, b5_pictures, b5_voices }) => ({
      script: b5_plan,
      pictures: b5_pictures,
      voices: b5_voices.filter((voice) => voice !== null),
    }),
    { after: ['b5_pictures', 'b5_voices'] },
  )
  .step('b5_review', judge, ({ b5_film }) => b5_film, { when: ({ b5_plan }) => b5_plan.scenes.length > 1 })
  .gate('b5_good', ({ b5_review }) => (b5_review?.score ?? 10) >= 7, {
    otherwise: { backTo: 'b5_plan', max: 3, keepBest: ({ b5_review }) => b5_review?.score ?? 0 },
  })
  .branch('style', ({ input }) => (input.topic === '' ? 'plain' : 'rich'), {
    plain: (one) => one.step('plain', writer, ({ brief }) => ({ topic: brief.title })),
    rich: (one) => one.step('rich', writer, ({ b5_plan }) => ({ topic: b5_plan.title })),
  })
  .output(({ b0_film, b1_film, b2_film, b3_film, b4_film, b5_film, b5_review, style, plain, rich }) => ({
    films: [b0_film, b1_film, b2_film, b3_film, b4_film, b5_film].map(({ film }) => film),
    style: style.choice,
    title: plain?.title ?? rich?.title,
    score: b5_review?.score,
  }));
