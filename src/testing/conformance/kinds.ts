/** Every kind of step, worked for real. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { workflowRef } from '../../core/plan/agent-ref.ts';
import { workflow } from '../../core/plan/builder.ts';
import { agent } from '../../engine/agent.ts';
import { Rig, type OpenBackend } from './rig.ts';

const double = agent({ id: 'double', run: (n: number) => n * 2 });
const echo = agent({ id: 'echo', run: (value: unknown) => value });

export function kindsConformance(open: OpenBackend): void {
  describe('kinds of steps', () => {
    it('step: agents work one after another, each on what came before', () =>
      Rig.with(open, { agents: [double, echo] }, async (rig) => {
        const flow = workflow('chain')
          .step('a', double, () => 1)
          .step('b', double, ({ a }) => a)
          .output(({ a, b }) => [a, b]);
        const { status, output } = await rig.run(flow);
        assert.equal(status, 'succeeded');
        assert.deepEqual(output, [2, 4]);
      }));

    it('step: an agent is found by id, or by capability, the less busy first', () =>
      Rig.with(open, {}, async (rig) => {
        const made: string[] = [];
        const voice = (id: string): unknown => ({
          id,
          capabilities: ['speech'],
          concurrency: 1,
          actions: { run: (_: unknown, ctx: { sleep(ms: number): Promise<void> }) => (made.push(id), ctx.sleep(10)) },
        });
        rig.orchestrator.register(voice('ann'), voice('bob'));
        await rig.run({ id: 'p', steps: [{ id: 'm', kind: 'map', capability: 'speech', over: [1, 2, 3, 4] }] });
        assert.deepEqual(made.toSorted(), ['ann', 'ann', 'bob', 'bob']);
      }));

    it('step: of several with a capability, one that knows the action is asked', () =>
      Rig.with(open, {}, async (rig) => {
        rig.orchestrator.register(
          { id: 'ann', capabilities: ['voice'], actions: { sing: () => 'la' } },
          { id: 'bob', capabilities: ['voice'], actions: { speak: () => 'hello' } },
        );
        assert.deepEqual((await rig.run({ id: 'p', steps: [{ id: 's', capability: 'voice', action: 'speak' }] })).output, { s: 'hello' });
      }));

    it('step: an agent with several actions is asked for one of them', () =>
      Rig.with(open, {}, async (rig) => {
        const writer = agent({
          id: 'writer',
          actions: {
            draft: (topic: string) => `about ${topic}`,
            count: { input: z.string(), run: async (text: string) => Promise.resolve(text.length) },
          },
        });
        rig.orchestrator.register(writer);
        const flow = workflow('w')
          .step('draft', writer.action('draft'), () => 'planes')
          .step('count', writer.action('count'), ({ draft }) => draft)
          .output(({ draft, count }) => `${draft}: ${count.toFixed(0)}`);
        assert.equal((await rig.run(flow)).output, 'about planes: 12');
      }));

    it('map: items keep their order, and their number at a time is bounded', () =>
      Rig.with(open, {}, async (rig) => {
        let now = 0;
        let most = 0;
        const slow = agent({
          id: 'slow',
          run: async (n: number, ctx) => {
            most = Math.max(most, ++now);
            await ctx.sleep(100 - n);
            now--;
            return n * n;
          },
        });
        rig.orchestrator.register(slow);
        const flow = workflow('squares')
          .map('m', slow, () => [1, 2, 3, 4, 5], { concurrency: 2 })
          .output(({ m }) => m);
        assert.deepEqual((await rig.run(flow)).output, [1, 4, 9, 16, 25]);
        assert.equal(most, 2);
      }));

    it('gate: sends the run back with feedback, and keeps the best', () =>
      Rig.with(open, {}, async (rig) => {
        const scores = [3, 6, 5];
        const seen: unknown[] = [];
        const writer = agent({
          id: 'writer',
          run: (input: { round: number }, ctx) => (seen.push([input.round, ctx.visit, ctx.feedback === undefined]), `draft ${input.round}`),
        });
        const judge = agent({ id: 'judge', run: () => ({ score: scores.shift() ?? 0 }) });
        rig.orchestrator.register(writer, judge);
        const flow = workflow('loop')
          .step('draft', writer, ({ feedback }) => ({ round: feedback?.round ?? 0 }))
          .step('review', judge, () => null)
          .gate('good', ({ review }) => review.score >= 7, {
            otherwise: { backTo: 'draft', max: 2, keepBest: ({ review }) => review.score },
          })
          .output(({ draft, review }) => `${draft}: ${review.score}`);
        assert.equal((await rig.run(flow)).output, 'draft 1: 6');
        assert.deepEqual(seen, [
          [0, 1, true],
          [1, 2, false],
          [2, 3, false],
        ]);
      }));

    it('branch: one case runs, the others are skipped', () =>
      Rig.with(open, { agents: [echo] }, async (rig) => {
        const flow = workflow<{ long: boolean }>('route')
          .branch('route', ({ input }) => (input.long ? 'film' : 'short'), {
            film: (b) => b.step('film', echo, () => 'a film'),
            short: (b) => b.step('short', echo, () => 'a short'),
          })
          .output(({ film, short, route }) => [film ?? null, short ?? null, route.choice]);
        assert.deepEqual((await rig.run(flow, { long: true })).output, ['a film', null, 'film']);
        assert.deepEqual((await rig.run(flow, { long: false })).output, [null, 'a short', 'short']);
      }));

    it('ask: the run waits, for as long as it takes, until somebody answers', () =>
      Rig.with(open, { agents: [echo] }, async (rig) => {
        const flow = workflow('asks')
          .ask('ok', { question: 'Publish it?', choices: ['yes', 'no'] })
          .output(({ ok }) => ok.choice);
        const run = await rig.orchestrator.start(flow, undefined, { id: 'r' });
        await rig.pass(30 * 86_400_000);
        assert.equal((await run.view()).status, 'waiting');
        assert.deepEqual(await rig.orchestrator.questions(), [
          { runId: 'r', step: 'ok', question: 'Publish it?', choices: ['yes', 'no'], answers: 0, quorum: 1 },
        ]);
        await assert.rejects(rig.orchestrator.answer('r', 'ok', { choice: 'perhaps' }), { code: 'ANSWER_INVALID' });
        await rig.orchestrator.answer('r', 'ok', { choice: 'yes', by: 'ann' });
        assert.equal((await rig.until(run.result())).output, 'yes');
        assert.deepEqual(
          (await run.view()).decisions.map(({ step, choice, by }) => ({ step, choice, by })),
          [{ step: 'ok', choice: 'yes', by: 'ann' }],
        );
      }));

    it('ask: a form is checked by its schema', () =>
      Rig.with(open, {}, async (rig) => {
        const form = { type: 'object', properties: { title: { type: 'string', minLength: 3 } }, required: ['title'] };
        const run = await rig.orchestrator.start({ id: 'p', steps: [{ id: 'q', kind: 'ask', question: 'Title?', form }] }, undefined, {
          id: 'r',
        });
        await assert.rejects(rig.orchestrator.answer('r', 'q', { value: { title: 'x' } }), { code: 'ANSWER_INVALID', message: /title/ });
        await rig.orchestrator.answer('r', 'q', { value: { title: 'Planes' }, by: 'ann' });
        assert.deepEqual((await rig.until(run.result())).output, { q: { value: { title: 'Planes' }, by: 'ann' } });
      }));

    it('answers and signals go through the schemas of the steps that wait for them', () =>
      Rig.with(open, {}, async (rig) => {
        const schema = z.object({ title: z.string().min(3), stars: z.number().default(5) });
        const flow = workflow('typed')
          .ask('q', { question: 'Which?', form: schema })
          .wait('s', { signal: 'go', schema })
          .output(({ q, s }) => [q.value.stars, s.title]);
        const run = await rig.orchestrator.start(flow, undefined, { id: 'r' });
        await assert.rejects(rig.orchestrator.answer('r', 'q', { value: { title: 'x' } }), { code: 'ANSWER_INVALID', message: /title/ });
        await assert.rejects(rig.orchestrator.signal('r', 'go', { title: 7 }), { code: 'INPUT_INVALID', message: /title/ });
        await rig.orchestrator.answer('r', 'q', { value: { title: 'one' } });
        await rig.orchestrator.signal('r', 'go', { title: 'two' });
        assert.deepEqual((await rig.until(run.result())).output, [5, 'two']);
      }));

    it('wait: for a time, an instant, a signal, an event of the bus', () =>
      Rig.with(open, { agents: [echo, agent({ id: 'teller', run: (_: null, ctx) => ctx.emit('insight', { n: 7 }) })] }, async (rig) => {
        const waits = workflow('waits')
          .wait('hour', { duration: '1h' })
          .wait('instant', { until: () => '2026-01-03T00:00:00Z' })
          .wait('go', { signal: 'go' })
          .wait('insight', { event: 'agent:insight' })
          .output(({ go, insight }) => [go, insight]);
        const run = await rig.orchestrator.start(waits, undefined, { id: 'r' });
        await rig.pass(3_600_000);
        assert.equal((await run.view()).steps['hour']?.status, 'done');
        await rig.pass(Date.UTC(2026, 0, 3) - rig.clock.now());
        assert.equal((await run.view()).steps['instant']?.status, 'done');
        // It comes before the run waits for it, and is kept.
        await rig.run({ id: 'tells', steps: [{ id: 't', agentId: 'teller' }] });
        await rig.settle();
        await rig.orchestrator.signal('r', 'go', 'now', 'ann');
        assert.deepEqual((await rig.until(run.result())).output, ['now', { n: 7 }]);
      }));

    it('call: a workflow, by value and by name, and a plan that a step produced', () =>
      Rig.with(open, { agents: [double, echo] }, async (rig) => {
        const child = workflow<number>('child')
          .step('d', double, ({ input }) => input)
          .output(({ d }) => d);
        const planner = agent({
          id: 'planner',
          run: () => ({
            id: 'made',
            steps: [{ id: 'x', agentId: 'double', input: { $from: 'input.n' } }],
            output: { $from: 'steps.x.output' },
          }),
        });
        rig.orchestrator.register(planner);
        const flow = workflow('parent')
          .call('one', child, () => 1)
          .map('many', child, ({ one }) => [one, one + 1])
          .step('plan', planner, () => null)
          .call(
            'planned',
            ({ plan }) => plan,
            () => ({ n: 21 }),
          )
          .output(({ one, many, planned }) => [one, many, planned]);
        const result = await rig.run(flow, undefined, 'r');
        assert.deepEqual(result.output, [2, [4, 6], 42]);
        assert.deepEqual((await rig.orchestrator.list({ parent: 'r' })).map(({ run, status }) => `${run} ${status}`).toSorted(), [
          'r~many.0.1 succeeded',
          'r~many.1.1 succeeded',
          'r~one.1 succeeded',
          'r~planned.1 succeeded',
        ]);
      }));

    it('call: a workflow that is registered elsewhere, by its name; one that is not is refused at the door', () =>
      Rig.with(open, { agents: [double] }, async (rig) => {
        const flow = workflow('caller')
          .call('c', workflowRef<number, number>('elsewhere'), () => 4)
          .output(({ c }) => c);
        await assert.rejects(rig.orchestrator.start(flow), { code: 'WORKFLOW_UNKNOWN' });
        rig.orchestrator.registerWorkflow(
          workflow<number>('elsewhere')
            .step('d', double, ({ input }) => input)
            .output(({ d }) => d),
        );
        assert.equal((await rig.run(flow)).output, 8);
      }));

    it('call: a plan that cannot run fails its step and names the problems', () =>
      Rig.with(open, { agents: [echo] }, async (rig) => {
        const { status, error } = await rig.run({
          id: 'p',
          steps: [
            { id: 'plan', agentId: 'echo', input: { id: 'bad', steps: [] } },
            { id: 'c', plan: { $from: 'steps.plan.output' }, dependencies: ['plan'] },
          ],
        });
        assert.equal(status, 'failed');
        assert.equal(error?.code, 'PLAN_INVALID');
      }));

    it('emit: tells the hub, and a trigger starts a workflow from it, once', () =>
      Rig.with(open, { agents: [echo] }, async (rig) => {
        const follow = workflow<{ id: string }>('follow')
          .step('x', echo, ({ input }) => input.id)
          .build();
        await rig.orchestrator.trigger({ id: 't', event: 'film:ready', workflow: follow, input: (data) => data });
        const heard: unknown[] = [];
        rig.orchestrator.on('film:ready', ({ data }) => heard.push(data));
        const flow = workflow('tells')
          .emit('tell', 'film:ready', () => ({ id: 'f1' }))
          .build();
        await rig.run(flow);
        await rig.settle();
        assert.deepEqual(heard, [{ id: 'f1' }]);
        assert.equal((await rig.orchestrator.list({ workflow: 'follow' })).length, 1);
        await rig.restart();
        await rig.orchestrator.trigger({ id: 't', event: 'film:ready', workflow: follow, input: (data) => data });
        await rig.settle();
        assert.equal((await rig.orchestrator.list({ workflow: 'follow' })).length, 1);
      }));
  });
}
