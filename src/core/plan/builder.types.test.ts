/** What the compiler infers and refuses; `npm run typecheck` is half of this test. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import type { Json } from '../data/json.ts';
import { agentRef, capability, workflowRef } from './agent-ref.ts';
import { workflow } from './builder.ts';
import type { Feedback } from './builder-types.ts';
import type { InputOf, OutputOf } from './workflow.ts';

// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- two generic functions are the same only if their conditions are
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Compiles only where the two types are the same. */
const same = <A, B>(answer: Same<A, B>): void => assert.equal(answer, true);

interface Script {
  title: string;
  scenes: { visualPrompt: string; text: string }[];
}

const writer = agentRef<{ topic: string }, Script>('writer');
const illustrator = agentRef<{ prompt: string }, { blob: string }>('illustrator');
const narrator = agentRef<{ text: string }, { wav: string }>('narrator');
const editor = agentRef<{ script: Script; pictures: readonly { blob: string }[]; voices: readonly { wav: string }[] }, { film: string }>('editor');
const judge = agentRef<{ film: string }, { score: number }>('judge');

const video = workflow('diy-video', { input: z.object({ topic: z.string() }) })
  .step('script', writer, ({ input }) => ({ topic: input.topic }), { retry: { max: 3, backoff: 'exponential', delay: '1s' } })
  .map('pictures', illustrator, ({ script }) => script.scenes.map((s) => ({ prompt: s.visualPrompt })), { concurrency: 4 })
  .map('voices', narrator, ({ script }) => script.scenes.map((s) => ({ text: s.text })), { after: ['script'] })
  .step('film', editor, ({ script, pictures, voices }) => ({ script, pictures, voices }))
  .step('review', judge, ({ film }) => film)
  .gate('good-enough', ({ review }) => review.score >= 7, { otherwise: { backTo: 'script', max: 3, keepBest: ({ review }) => review.score } })
  .ask('publish', { question: 'Publish it?', choices: ['publish', 'revise', 'discard'], deadline: '24h', otherwise: 'discard' })
  .output(({ film, review, publish }) => ({ film, review, decision: publish.choice }));

const start = workflow('w', { input: z.object({ topic: z.string() }) }).step('script', writer, ({ input }) => input);

test('the example of the design infers its input and its result', () => {
  same<InputOf<typeof video>, { topic: string }>(true);
  same<OutputOf<typeof video>, { film: { film: string }; review: { score: number }; decision: 'publish' | 'revise' | 'discard' }>(true);
  assert.deepEqual(
    video.plan.steps.map(({ id, dependencies }) => [id, ...dependencies]),
    [['script'], ['pictures', 'script'], ['voices', 'script'], ['film', 'pictures', 'voices'], ['review', 'film'], ['good-enough', 'review'], ['publish', 'good-enough']],
  );
});

test('functions see the input after its schema, and a run is started with what goes into it', () => {
  const sum = workflow('w', { input: z.object({ n: z.string().transform(Number), m: z.number().default(1) }) })
    .emit('told', 'asked', ({ input }) => input)
    .output(({ input }) => {
      same<typeof input, { n: number; m: number }>(true);
      return input.n + input.m;
    });
  same<InputOf<typeof sum>, { n: string; m?: number | undefined }>(true);
  same<OutputOf<typeof sum>, number>(true);
  assert.equal(sum.id, 'w');
});

test('what may not have run is undefined, and only that', () => {
  const { plan } = start
    .step('maybe', judge, () => ({ film: '' }), { when: ({ script }) => script.title !== '' })
    .step('later', judge, ({ maybe, script }) => {
      same<typeof maybe, { score: number } | undefined>(true);
      return { film: script.title };
    })
    .step('behind', judge, ({ maybe }) => ({ film: String(maybe?.score) }), { after: ['maybe'] })
    .step('risky', judge, ({ later, behind }) => {
      same<typeof later, { score: number }>(true);
      same<typeof behind, { score: number } | undefined>(true);
      return { film: '' };
    }, { onFailure: 'continue' })
    .step('again', judge, ({ risky }) => {
      same<typeof risky, { score: number } | undefined>(true);
      return { film: '' };
    }, { onFailure: { goTo: 'script', max: 2 } })
    .output(({ again }) => {
      same<typeof again, { score: number }>(true);
      return again.score;
    });
  assert.equal(plan.steps.length, 6);
});

test('a rescue and what depends on the rescued step alone may not run; what comes after both does', () => {
  const { plan } = start
    .step('first', judge, () => ({ film: '' }), { onFailure: { goTo: 'mend' } })
    .step('second', judge, ({ first }) => {
      same<typeof first, { score: number } | undefined>(true);
      return { film: '' };
    })
    .step('mend', judge, ({ script, first }) => {
      same<typeof first, { score: number } | undefined>(true);
      return { film: script.title };
    })
    .step('third', judge, ({ second, mend }) => {
      same<typeof second, { score: number } | undefined>(true);
      same<typeof mend, { score: number } | undefined>(true);
      return { film: '' };
    })
    .output(({ third }) => {
      same<typeof third, { score: number }>(true);
      return third;
    });
  assert.deepEqual(plan.steps.map(({ id, dependencies }) => [id, ...dependencies]), [['script'], ['first', 'script'], ['second', 'first'], ['mend', 'first'], ['third', 'second', 'mend']]);
});

test('after a join, what it may be decided without is not sure', () => {
  const two = start.step('one', judge, () => ({ film: '' }), { after: ['script'] }).step('two', judge, () => ({ film: '' }), { after: ['script'] });
  const { plan } = two
    .step('told', judge, ({ two: there }) => {
      same<typeof there, { score: number }>(true);
      return { film: '' };
    }, { after: ['two'] })
    .step('first', judge, ({ script, one, two: other }) => {
      same<typeof script, Script>(true);
      same<typeof one, { score: number } | undefined>(true);
      same<typeof other, { score: number } | undefined>(true);
      return { film: script.title };
    }, { after: ['one', 'two'], join: 'any' })
    .output(({ script, one, told, first }) => {
      same<typeof script, Script>(true);
      same<typeof one, { score: number } | undefined>(true);
      same<typeof told, { score: number } | undefined>(true);
      same<typeof first, { score: number }>(true);
      return first.score;
    });
  assert.deepEqual(plan.steps.at(-1)?.join, { atLeast: 1, rest: 'cancel' });
});

test('a join of what may fail, or be skipped, may be skipped itself', () => {
  const { plan } = start
    .step('one', judge, () => ({ film: '' }), { onFailure: 'continue' })
    .wait('two', { signal: 'go', schema: z.object({ score: z.number() }), after: ['script'], deadline: '1h' })
    .step('first', judge, () => ({ film: '' }), { after: ['one', 'two'], join: { atLeast: 1, rest: 'finish' } })
    .step('later', judge, ({ first, two }) => {
      same<typeof first, { score: number } | undefined>(true);
      same<typeof two, { score: number } | undefined>(true);
      return { film: '' };
    })
    .output(({ later }) => {
      same<typeof later, { score: number } | undefined>(true);
      return later ?? null;
    });
  assert.deepEqual(plan.steps.map(({ id, dependencies }) => [id, ...dependencies]), [['script'], ['one', 'script'], ['two', 'script'], ['first', 'one', 'two'], ['later', 'first']]);
});

test('a branch knows its cases, and afterwards none of their steps is sure', () => {
  const { plan } = start
    .branch('kind', ({ script }) => (script.title === '' ? 'photo' : 'drawing'), {
      photo: (one) =>
        one
          .step('shoot', illustrator, ({ script }) => ({ prompt: script.title }))
          .step('retouch', illustrator, ({ shoot, kind }) => {
            same<typeof shoot, { blob: string }>(true);
            return { prompt: shoot.blob + kind.choice };
          }),
      drawing: (one) => one.step('draw', illustrator, ({ script }) => ({ prompt: script.title })),
      none: (one) => one,
    })
    .output(({ kind, retouch, draw }) => {
      same<typeof kind, { readonly choice: 'photo' | 'drawing' | 'none' }>(true);
      same<typeof retouch, { blob: string } | undefined>(true);
      same<typeof draw, { blob: string } | undefined>(true);
      return kind.choice;
    });
  assert.equal(plan.steps.length, 5);
});

test('questions, waits, gates and events have outputs of their own', () => {
  const { plan } = start
    .ask('form', { question: ({ script }) => script.title, form: z.object({ note: z.string() }), otherwise: { note: '' }, deadline: '1h' })
    .ask('plain', { question: 'What?', form: { type: 'string' } })
    .wait('signal', { signal: 'go', schema: z.object({ n: z.number() }), deadline: '1h', otherwise: { n: 1 } })
    .wait('event', { event: 'agent:insight' })
    .wait('time', { until: ({ script }) => script.title })
    .gate('why', ({ script }) => ({ ok: true, because: script.title }))
    .emit('told', 'video:done', ({ script }) => script)
    .output((all) => {
      same<(typeof all)['form']['value'], { note: string }>(true);
      same<(typeof all)['plain']['value'], Json>(true);
      same<(typeof all)['signal'], { n: number }>(true);
      same<(typeof all)['event'], Json>(true);
      same<(typeof all)['time'], null>(true);
      same<(typeof all)['why']['verdict'], { ok: true; because: string }>(true);
      same<(typeof all)['told'], null>(true);
      same<(typeof all)['feedback'], Feedback | undefined>(true);
      return all.form.by;
    });
  assert.equal(plan.steps.length, 8);
});

test('a call is typed by the workflow that is called', () => {
  const named = workflowRef<{ topic: string }, { film: string }>('elsewhere');
  const { plan, calls } = start
    .call('one', video, ({ script }) => ({ topic: script.title }))
    .map('many', video, ({ script }) => script.scenes.map(({ text }) => ({ topic: text })), { tolerate: 1 })
    .map('few', video, ({ script }) => script.scenes.map(({ text }) => ({ topic: text })), { enough: 2 })
    .call('named', named, ({ script }) => ({ topic: script.title }))
    .call('made', ({ script }) => script, () => null)
    .step('speech', capability<{ text: string }, { wav: string }>('speech', 'say'), ({ script }) => ({ text: script.title }))
    .output(({ one, many, few, named: film, made, speech }) => {
      same<typeof one, OutputOf<typeof video>>(true);
      same<typeof many, readonly (OutputOf<typeof video> | null)[]>(true);
      same<typeof few, readonly (OutputOf<typeof video> | null)[]>(true);
      same<typeof film, { film: string }>(true);
      same<typeof made, Json>(true);
      same<typeof speech, { wav: string }>(true);
      return one.decision;
    });
  assert.deepEqual(plan.steps.map(({ kind }) => kind), ['step', 'call', 'map', 'map', 'call', 'call', 'step']);
  assert.deepEqual(calls, [video]);
});

test('without an output function a run gives the outputs of its steps', () => {
  const built = start.step('review', judge, ({ script }) => ({ film: script.title }), { when: () => false }).build();
  same<OutputOf<typeof built>, { readonly script: Script; readonly review: { score: number } | undefined }>(true);
  assert.equal(built.plan.output, undefined);
});

test('a fallback adds its result', () => {
  const fallback = workflow<{ topic: string }>('simple').step('only', 'anyone', ({ input }) => input.topic).output(() => 'rules' as const);
  const main = workflow('main', { input: z.object({ topic: z.string() }), fallback }).step('script', writer, ({ input }) => input).output(() => 1);
  same<OutputOf<typeof main>, number | 'rules'>(true);
  assert.equal(main.fallback, fallback);
  assert.deepEqual(main.plan.fallbackPlan, fallback.plan);
});

test('mistakes do not compile', () => {
  const { step } = { step: () => start };
  // @ts-expect-error -- the writer wants a topic
  step().step('a', writer, () => ({ topc: '' }));
  // @ts-expect-error -- no step is called so
  assert.throws(() => step().gate('g', () => true, { otherwise: { backTo: 'scrip', max: 2 } }).build(), /Did you mean "script"/);
  // @ts-expect-error -- a way back needs a bound
  assert.throws(() => step().gate('g', () => true, { otherwise: { backTo: 'script' } }).build(), /unbounded/);
  // @ts-expect-error -- not one of the choices
  assert.throws(() => step().ask('q', { question: '?', choices: ['yes', 'no'], otherwise: 'maybe', deadline: '1h' }).build(), /not one of the choices/);
  // @ts-expect-error -- choices or a form
  assert.throws(() => step().ask('q', { question: '?', choices: ['yes'], form: true }).build(), /choices and a form/);
  // @ts-expect-error -- minutes are "m"
  assert.throws(() => step().step('a', writer, () => ({ topic: '' }), { timeout: '5 minutes' }).build(), /not a duration/);
  // @ts-expect-error -- no step is called so
  assert.throws(() => step().step('a', writer, () => ({ topic: '' }), { after: ['scrpt'] }).build(), /Did you mean "script"/);
  // @ts-expect-error -- no step before it is called so
  assert.throws(() => step().step('a', writer, () => ({ topic: '' }), { onFailure: { goTo: 'later', max: 1 } }).build(), /there is no step "later"/);
  // @ts-expect-error -- a join is of any, or of so many
  assert.throws(() => step().step('a', writer, () => ({ topic: '' })).step('b', writer, () => ({ topic: '' }), { join: 'first' }).build(), /not a join/);
  // @ts-expect-error -- there is no such case
  step().branch('b', () => 'z', { x: (one) => one });
  // @ts-expect-error -- a condition answers yes or no
  step().step('a', writer, () => ({ topic: '' }), { when: () => 'yes' });
  assert.throws(
    () =>
      step()
        .step('b', writer, () => ({ topic: '' }))
        // @ts-expect-error -- b is not before c
        .step('c', writer, ({ b }) => ({ topic: b.title }), { after: ['script'] })
        .build(),
    /"b", which does not precede "c"/,
  );
});
