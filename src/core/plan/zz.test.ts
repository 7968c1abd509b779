import { z } from 'zod';
import { agentRef } from './agent-ref.ts';
import { workflow } from './builder.ts';
import type { OutputOf, InputOf } from './workflow.ts';

interface Scene { visualPrompt: string; text: string }
const writer = agentRef<{ topic: string }, { title: string; scenes: Scene[] }>('writer');
const illustrator = agentRef<{ prompt: string }, { blob: string }>('illustrator');
const narrator = agentRef<{ text: string }, { wav: string }>('narrator');
const editor = agentRef<{ script: { title: string }; pictures: readonly { blob: string }[]; voices: readonly { wav: string }[] }, { film: string }>('editor');
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
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <A, B>(_: Same<A, B>): void => {};
same<OutputOf<typeof video>, { film: { film: string }; review: { score: number }; decision: 'publish' | 'revise' | 'discard' }>(true);
same<InputOf<typeof video>, { topic: string }>(true);
const b = workflow('x', { input: z.object({ topic: z.string() }) })
  .step('script', writer, ({ input }) => input)
  .step('maybe', judge, () => ({ film: '' }), { when: ({ script }) => script.title !== '' })
  .step('other', judge, ({ script }) => ({ film: script.title }), { after: ['script'], when: ({ script }) => script.title !== '' })
  .step('c', judge, ({ maybe, script }) => { same<typeof maybe, {score: number}|undefined>(true); return { film: script.title }; })
  .step('d', judge, ({ maybe }) => ({ film: String(maybe?.score) }), { after: ['maybe'] })
  .step('cont', judge, ({ d }) => { same<typeof d, {score: number}|undefined>(true); return ({ film: '' }) }, { onFailure: 'continue', undo: { agent: judge, input: ({ input, output }) => ({ film: input.film + output.score }) } })
  .step('res', judge, ({ cont }) => { same<typeof cont, {score: number}|undefined>(true); return ({ film: '' }) }, { onFailure: { goTo: 'fix' } })
  .step('afterres', judge, ({ res }) => { same<typeof res, {score: number}|undefined>(true); return ({ film: '' }) }, { onFailure: { goTo: 'script', max: 2 } })
  .step('fix', judge, ({ script, res }) => { same<typeof res, {score: number}|undefined>(true); return ({ film: script.title }) })
  .step('onward', judge, ({ fix, afterres }) => { same<typeof fix, {score: number}|undefined>(true); same<typeof afterres, {score: number}|undefined>(true); return ({ film: '' }) })
  .branch('kind', ({ script }) => (script.title === '' ? 'photo' : 'drawing'), {
    photo: (b) => b.step('shoot', illustrator, ({ script }) => ({ prompt: script.title })).step('shoot2', illustrator, ({ shoot }) => ({ prompt: shoot.blob })),
    drawing: (b) => b.step('draw', narrator, ({ script }) => ({ text: script.title })),
    none: (b) => b,
  })
  .ask('form', { question: ({ script }) => script.title, form: z.object({ note: z.string() }) })
  .wait('sig', { signal: 'go', schema: z.object({ n: z.number() }), deadline: '1h', otherwise: { n: 1 } })
  .wait('t', { until: ({ script }) => script.title, when: ({ sig }) => sig.n > 1 })
  .call('sub', video, ({ script }) => ({ topic: script.title }))
  .map('subs', video, ({ script }) => script.scenes.map((s) => ({ topic: s.text })), { tolerate: 1 })
  .call('dyn', ({ script }) => script, () => 1)
  .step('untyped', 'some-agent', ({ script }) => script)
  .output((c) => { same<typeof c.onward, {score: number}>(true); return c; });
type B = OutputOf<typeof b>;
same<B['shoot2'], { blob: string } | undefined>(true);
same<B['draw'], { wav: string } | undefined>(true);
same<B['kind'], { readonly choice: 'photo' | 'drawing' | 'none' }>(true);
same<B['form']['value'], { note: string }>(true);
same<B['sig'], { n: number }>(true);
same<B['t'], null | undefined>(true);
same<B['sub']['decision'], 'publish' | 'revise' | 'discard'>(true);
same<B['subs'][number], OutputOf<typeof video> | null>(true);
workflow('y').step('a', writer, () => ({ topic: '' })).step('b', writer, ({ input }) => ({ topic: String(input) }))
  // @ts-expect-error b does not precede
  .step('c', writer, ({ b }) => ({ topic: b.title }), { after: ['a'] });
// @ts-expect-error bad duration
workflow('y').step('a', writer, () => ({ topic: '' }), { timeout: '5 minutes' });
// @ts-expect-error bad input
workflow('y').step('a', writer, () => ({ topc: '' }));
// @ts-expect-error unknown backTo
workflow('y').step('a', writer, () => ({ topic: '' })).gate('g', () => true, { otherwise: { backTo: 'b', max: 2 } });
// @ts-expect-error unknown after
workflow('y').step('a', writer, () => ({ topic: '' }), { after: ['nope'] });
// @ts-expect-error wrong choice
workflow('y').ask('a', { question: '', choices: ['a', 'b'], otherwise: 'c' });
// @ts-expect-error wrong goto
workflow('y').step('a', writer, () => ({ topic: '' }), { onFailure: { goTo: 'nope', max: 1 } });
// @ts-expect-error wrong case
workflow('y').branch('b', () => 'z', { x: (b) => b });
