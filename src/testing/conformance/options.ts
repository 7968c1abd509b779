/** Every option of steps and plans, worked for real. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { workflow } from '../../core/plan/builder.ts';
import type { AnyWorkflow } from '../../core/plan/workflow.ts';
import { agent } from '../../engine/agent.ts';
import { Rig, type OpenBackend } from './rig.ts';

const echo = agent({ id: 'echo', run: (value: unknown) => value });

/** An agent that fails so many times, and what it saw. */
function failing(
  times: number,
  code = 'BUSY',
): { readonly agent: ReturnType<typeof agent<null, string>>; readonly calls: { attempt: number; key: string }[] } {
  const calls: { attempt: number; key: string }[] = [];
  return {
    calls,
    agent: agent({
      id: 'shaky',
      run: (_: null, ctx) => {
        calls.push({ attempt: ctx.attempt, key: ctx.idempotencyKey });
        if (calls.length <= times) throw Object.assign(new Error(`busy ${calls.length}`), { code });
        return 'fine';
      },
    }),
  };
}

export function optionsConformance(open: OpenBackend): void {
  describe('options', () => {
    it('retry: waits between attempts by the clock, and tells them apart', () =>
      Rig.with(open, {}, async (rig) => {
        const shaky = failing(3);
        rig.orchestrator.register(shaky.agent);
        const flow = workflow('r')
          .step('s', shaky.agent, () => null, { retry: { max: 3, backoff: 'exponential', delay: '1s' } })
          .output(({ s }) => s);
        const began = rig.clock.now();
        assert.equal((await rig.run(flow)).output, 'fine');
        assert.equal(rig.clock.now() - began, 7000);
        assert.deepEqual(
          shaky.calls.map(({ attempt }) => attempt),
          [1, 2, 3, 4],
        );
        assert.equal(new Set(shaky.calls.map(({ key }) => key)).size, 1, 'one piece of work has one idempotency key');
      }));

    it('timeout: an attempt that takes too long is aborted and made again', () =>
      Rig.with(open, {}, async (rig) => {
        const aborted: string[] = [];
        const slow = agent({
          id: 'slow',
          run: async (_: null, ctx) => {
            ctx.signal.addEventListener('abort', () => aborted.push(String(ctx.attempt)));
            if (ctx.attempt === 1) await ctx.sleep(60_000);
            return ctx.attempt;
          },
        });
        rig.orchestrator.register(slow);
        const flow = workflow('t')
          .step('s', slow, () => null, { timeout: '5s', retry: { max: 1, delay: '1s' } })
          .output(({ s }) => s);
        assert.equal((await rig.run(flow)).output, 2);
        assert.deepEqual(aborted, ['1']);
      }));

    it('timeout: an attempt’s time counts from when it is made, not from when it queued', () =>
      Rig.with(open, {}, async (rig) => {
        const slow = agent({ id: 'slow', concurrency: 1, run: (n: number, ctx) => ctx.sleep(4000).then(() => n) });
        rig.orchestrator.register(slow);
        const flow = workflow('t')
          .map('m', slow, () => [1, 2, 3], { timeout: '5s' })
          .output(({ m }) => m);
        assert.deepEqual((await rig.run(flow)).output, [1, 2, 3]);
      }));

    it('heartbeat: silence fails the attempt, signs of life keep it', () =>
      Rig.with(open, {}, async (rig) => {
        const lively = agent({
          id: 'lively',
          run: async (_: null, ctx) => {
            for (let i = 0; i < 5; i++) {
              await ctx.sleep(900);
              ctx.progress(i / 5);
            }
            return 'alive';
          },
        });
        const silent = agent({ id: 'silent', run: (_: null, ctx) => ctx.sleep(5000) });
        rig.orchestrator.register(lively, silent);
        const flow = (who: typeof lively | typeof silent): AnyWorkflow =>
          workflow('h')
            .step('s', who, () => null, { heartbeat: '1s' })
            .build();
        assert.equal((await rig.run(flow(lively))).status, 'succeeded');
        assert.equal((await rig.run(flow(silent))).error?.code, 'HEARTBEAT_LOST');
      }));

    it('onFailure and when: passed over, rescued, sent back, skipped', () =>
      Rig.with(open, { agents: [echo] }, async (rig) => {
        const broken = agent({
          id: 'broken',
          run: (): string => {
            throw new Error('no');
          },
        });
        rig.orchestrator.register(broken);
        const flow = workflow('f')
          .step('optional', broken, () => null, { onFailure: 'continue' })
          .step('risky', broken, () => null, { onFailure: { goTo: 'rescue' } })
          .step('rescue', echo, () => 'rescued')
          .step('never', echo, () => 1, { when: () => false })
          .output(({ optional, rescue, never }) => [optional ?? 'none', rescue ?? 'none', never ?? 'none']);
        assert.deepEqual((await rig.run(flow)).output, ['none', 'rescued', 'none']);
        const shaky = failing(2);
        rig.orchestrator.register(shaky.agent);
        const back = workflow('b')
          .step('a', echo, () => 1)
          .step('s', shaky.agent, () => null, { onFailure: { goTo: 'a', max: 2 } })
          .build();
        await rig.run(back, undefined, 'back');
        assert.equal((await rig.orchestrator.get('back')).steps['a']?.visits, 3);
      }));

    it('undo: what was done is undone, last first, when the run fails or is cancelled', () =>
      Rig.with(open, {}, async (rig) => {
        const log: string[] = [];
        const maker = {
          id: 'maker',
          actions: {
            make: (what: string) => (log.push(`make ${what}`), what.toUpperCase()),
            unmake: ({ output }: { output: string }) => void log.push(`unmake ${output}`),
            fail: () => {
              throw new Error('no');
            },
          },
        };
        rig.orchestrator.register(maker);
        const steps = (last: string): object[] => [
          { id: 'a', agentId: 'maker', action: 'make', input: 'a', undo: { action: 'unmake' } },
          { id: 'b', agentId: 'maker', action: 'make', input: 'b', dependencies: ['a'], undo: { action: 'unmake' } },
          { id: 'c', agentId: 'maker', action: last, dependencies: ['b'] },
        ];
        assert.equal((await rig.run({ id: 'p', steps: steps('fail') })).status, 'failed');
        assert.deepEqual(log, ['make a', 'make b', 'unmake B', 'unmake A']);
        log.length = 0;
        const run = await rig.orchestrator.start(
          { id: 'q', steps: [...steps('make').slice(0, 2), { id: 'w', kind: 'wait', signal: 'never', dependencies: ['b'] }] },
          undefined,
          { id: 'r' },
        );
        await rig.settle();
        await rig.orchestrator.cancel('r', { by: 'ann', reason: 'enough' });
        assert.equal((await rig.until(run.result())).status, 'cancelled');
        assert.deepEqual(log, ['make a', 'make b', 'unmake B', 'unmake A']);
      }));

    it('memo: the same agent, version, action and input give the recorded result in other runs', () =>
      Rig.with(open, {}, async (rig) => {
        let made = 0;
        const maker = (version: string): unknown =>
          agent({ id: 'maker', version, run: (input: { a: number; b: number }) => ({ sum: input.a + input.b, made: ++made }) });
        rig.orchestrator.register(maker('1'));
        const plan = (input: object): object => ({ id: 'p', steps: [{ id: 's', agentId: 'maker', input, memo: true }] });
        await rig.run(plan({ a: 1, b: 2 }));
        const again = await rig.run(plan({ b: 2, a: 1 }), undefined, 'again');
        assert.deepEqual(again.output, { s: { sum: 3, made: 1 } });
        assert.equal((await rig.orchestrator.get('again')).steps['s']?.source, 'memo');
        await rig.run(plan({ a: 1, b: 3 }));
        rig.orchestrator.register(maker('2'));
        await rig.run(plan({ a: 1, b: 2 }));
        assert.equal(made, 3);
      }));

    it('memo: what names a blob that is lost is made anew, and remembered again', () =>
      Rig.with(open, {}, async (rig) => {
        let made = 0;
        const large = 'x'.repeat(100_000);
        const painter = agent({
          id: 'painter',
          run: async (isLarge: boolean, ctx) => {
            made++;
            const ref = await ctx.blobs.put('a picture', 'text/plain');
            return isLarge ? { ref, large } : { ref };
          },
        });
        rig.orchestrator.register(painter);
        const paint = async (isLarge: boolean): Promise<string> => {
          const { output } = await rig.run({ id: 'p', steps: [{ id: 's', agentId: 'painter', input: isLarge, memo: true }] });
          return (output as { readonly s: { readonly ref: { readonly blob: string } } }).s.ref.blob;
        };
        const { blobs } = rig.backend;
        const lose = async (isLost: (bytes: number) => boolean): Promise<void> => {
          for (const { id, bytes } of await blobs.list(undefined, 10)) if (isLost(bytes)) await blobs.remove(id, Number.MAX_SAFE_INTEGER);
        };
        for (const isLarge of [false, true])
          for (const isLost of [(bytes: number) => bytes < 100, (bytes: number) => bytes > large.length]) {
            const picture = await paint(isLarge);
            const before = made;
            await paint(isLarge);
            assert.equal(made, before);
            await lose(isLost);
            await paint(isLarge);
            // A small result lies in the memo itself.
            assert.equal(made, isLarge || isLost(1) ? before + 1 : before);
            assert.notEqual(await blobs.info(picture), undefined);
          }
      }));

    it('priority: the more urgent run and step go first where there is a queue', () =>
      Rig.with(open, {}, async (rig) => {
        const order: string[] = [];
        rig.orchestrator.register(
          agent({ id: 'one', concurrency: 1, run: (name: string, ctx) => ctx.sleep(10).then(() => void order.push(name)) }),
        );
        const plan = (name: string, priority: number): object => ({
          id: name,
          priority,
          steps: [{ id: 's', agentId: 'one', input: name }],
        });
        const runs = [];
        for (const [name, priority] of [
          ['first', 0],
          ['low', 1],
          ['high', 9],
          ['low-too', 1],
        ] as const)
          runs.push((await rig.orchestrator.start(plan(name, priority))).result());
        await rig.until(Promise.all(runs));
        assert.deepEqual(order, ['first', 'high', 'low', 'low-too']);
      }));

    it('resources: no more at a time than there are', () =>
      Rig.with(open, { limits: { resources: { gpu: 2 } } }, async (rig) => {
        let used = 0;
        let most = 0;
        rig.orchestrator.register(
          agent({
            id: 'painter',
            resources: { gpu: 1 },
            run: async (_: number, ctx) => {
              most = Math.max(most, ++used);
              await ctx.sleep(10);
              used--;
            },
          }),
        );
        await rig.run({ id: 'p', steps: [{ id: 'm', kind: 'map', agentId: 'painter', over: [1, 2, 3, 4, 5] }] });
        assert.equal(most, 2);
      }));

    it('budget: reserved before and settled after, over a whole fan-out', () =>
      Rig.with(open, {}, async (rig) => {
        let paid = 0;
        rig.orchestrator.register(
          agent({
            id: 'buyer',
            run: async (_: number, ctx) => {
              const money = await ctx.budget.reserve(0.3);
              if (!money.granted) return 'cheap';
              await ctx.sleep(10);
              paid += 0.25;
              await money.settle(0.25);
              return 'dear';
            },
          }),
          agent({ id: 'bookkeeper', run: (_: unknown, ctx) => ctx.budget.spent() }),
        );
        const bought = await rig.run({
          id: 'b',
          steps: [
            { id: 'buy', agentId: 'buyer' },
            { id: 'sum', agentId: 'bookkeeper', after: ['buy'] },
          ],
        });
        assert.deepEqual(bought.output, { buy: 'dear', sum: 0.25 });
        paid = 0;
        const plan = (onLimit: string): object => ({
          id: 'p',
          budget: { limit: 1, onLimit },
          steps: [{ id: 'm', kind: 'map', agentId: 'buyer', over: [1, 2, 3, 4, 5, 6], tolerate: 6 }],
        });
        const result = await rig.run(plan('degrade'), undefined, 'r');
        assert.deepEqual(result.output, { m: ['dear', 'dear', 'dear', 'cheap', 'cheap', 'cheap'] });
        assert.equal((await rig.orchestrator.get('r')).money.spent, 0.75);
        assert.ok(paid <= 1);
        assert.deepEqual((await rig.run(plan('stop'))).output, { m: ['dear', 'dear', 'dear', null, null, null] });
      }));

    it('budget: what its caller will pay at most holds for a run, its forks and its fallback', () =>
      Rig.with(open, {}, async (rig) => {
        const { orchestrator } = rig;
        orchestrator.register(
          agent({
            id: 'buyer',
            run: async ({ fails = false }: { fails?: boolean }, ctx) => {
              const money = await ctx.budget.reserve(0.3);
              if (money.granted) await money.settle(0.3);
              if (fails) throw new Error('bought, and broken');
              return money.granted ? 'dear' : 'none';
            },
          }),
        );
        const buy = { id: 'buy', agentId: 'buyer', input: {} };
        const twice = { id: 'p', budget: { limit: 9, onLimit: 'degrade' }, steps: [buy, { ...buy, id: 'again', after: ['buy'] }] };
        const { id } = await orchestrator.start(twice, null, { budget: 0.5 });
        const { output } = await orchestrator.handle(id).result();
        assert.deepEqual(output, { buy: 'dear', again: 'none' });
        const fork = await orchestrator.fork(id, { from: 'buy' });
        assert.deepEqual([(await fork.result()).output, (await fork.view()).money.limit], [{ buy: 'dear', again: 'none' }, 0.5]);
        const { output: own } = await orchestrator.run(twice, null, { budget: 100 });
        assert.deepEqual(own, { buy: 'dear', again: 'dear' });
        const falls = { ...twice, steps: [{ ...buy, input: { fails: true } }], fallbackPlan: { ...twice, id: 'f' } };
        const fallen = await orchestrator.run(falls, null, { budget: 0.7 });
        assert.deepEqual(fallen.output, { buy: 'dear', again: 'none' });
        for (const budget of [-1, NaN, Infinity]) await assert.rejects(orchestrator.start(twice, null, { budget }), { code: 'USAGE' });
      }));

    it('budget: what a called run spends counts in the run that called it', () =>
      Rig.with(open, {}, async (rig) => {
        rig.orchestrator.register(
          agent({
            id: 'buyer',
            run: async (_: null, ctx) => {
              const money = await ctx.budget.reserve(0.4);
              if (!money.granted) return 'cheap';
              await money.settle(0.4);
              return 'dear';
            },
          }),
        );
        const child = { id: 'child', steps: [{ id: 's', agentId: 'buyer' }] };
        const result = await rig.run(
          {
            id: 'p',
            budget: { limit: 1, onLimit: 'stop' },
            steps: [{ id: 'm', kind: 'map', plan: { $literal: child }, over: [1, 2, 3], tolerate: 3 }],
          },
          null,
          'r',
        );
        // Which of the three comes too late is not said.
        const items = (result.output as { m: readonly unknown[] }).m;
        const refused = items.indexOf(null);
        assert.deepEqual(items.toSpliced(refused, 1), [{ s: 'dear' }, { s: 'dear' }]);
        assert.equal((await rig.orchestrator.get('r')).money.spent, 0.8);
        assert.equal((await rig.orchestrator.get(`r~m.${refused}.1`)).money.spent, 0);
        assert.match((await rig.orchestrator.get(`r~m.${refused}.1`)).error?.message ?? '', /budget of the run/);
      }));

    it('plan timeout and fallback: the fallback’s result is the run’s', () =>
      Rig.with(open, { agents: [echo] }, async (rig) => {
        rig.orchestrator.register(agent({ id: 'slow', run: (_: null, ctx) => ctx.sleep(60_000) }));
        const plan = {
          id: 'main',
          timeout: '5s',
          steps: [{ id: 's', agentId: 'slow' }],
          fallbackPlan: { id: 'spare', steps: [{ id: 'x', agentId: 'echo', input: { $from: 'input.topic' } }] },
        };
        const events: unknown[] = [];
        rig.orchestrator.on('plan:fallback', ({ planId, fallbackPlanId }) => events.push([planId, fallbackPlanId]));
        const { status, output } = await rig.run(plan, { topic: 'planes' });
        assert.equal(status, 'succeeded');
        assert.deepEqual(output, { x: 'planes' });
        assert.deepEqual(events, [['main', 'spare']]);
      }));

    it('concurrency key: runs with the same key go one after another, others beside them', () =>
      Rig.with(open, {}, async (rig) => {
        const order: string[] = [];
        rig.orchestrator.register(
          agent({
            id: 'a',
            run: async (name: string, ctx) => {
              order.push(`+${name}`);
              await ctx.sleep(name === 'other' ? 1 : 10);
              order.push(`-${name}`);
            },
          }),
        );
        const plan = {
          id: 'p',
          concurrency: { key: { $from: 'input.site' }, limit: 1 },
          steps: [{ id: 's', agentId: 'a', input: { $from: 'input.name' } }],
        };
        const runs = [];
        for (const [site, name] of [
          ['x', 'one'],
          ['x', 'two'],
          ['y', 'other'],
          ['x', 'three'],
        ] as const)
          runs.push((await rig.orchestrator.start(plan, { site, name })).result());
        assert.equal((await rig.orchestrator.list({ queued: true })).length, 2);
        await rig.until(Promise.all(runs));
        assert.deepEqual(order, ['+one', '+other', '-other', '-one', '+two', '-two', '+three', '-three']);
      }));

    it('a call that took too long goes on in its next attempt, with what it had finished', () =>
      Rig.with(open, {}, async (rig) => {
        const made: number[] = [];
        rig.orchestrator.register(agent({ id: 'a', run: (_, ctx) => void made.push(ctx.attempt) }));
        const child = {
          id: 'child',
          steps: [
            { id: 'x', agentId: 'a' },
            { id: 'go', kind: 'wait', signal: 'go', dependencies: ['x'] },
          ],
        };
        const call = { id: 'c', plan: { $literal: child }, timeout: { attempt: 100 }, retry: { max: 1, delay: 0 } };
        const run = await rig.orchestrator.start({ id: 'p', steps: [call] }, null, { id: 'r' });
        await rig.pass(150);
        await rig.orchestrator.signal('r~c.1', 'go', 'went');
        assert.deepEqual((await rig.until(run.result())).output, { c: { x: null, go: 'went' } });
        assert.deepEqual(made, [1]);
      }));

    it('concurrency key: a run that is tried again waits for its turn again', () =>
      Rig.with(open, {}, async (rig) => {
        let fails = true;
        rig.orchestrator.register(
          agent({
            id: 'a',
            run: async (name: string, ctx) => {
              await ctx.sleep(10);
              if (name === 'one' && fails) throw new Error('not yet');
            },
          }),
        );
        const plan = { id: 'p', concurrency: { key: 'k', limit: 1 }, steps: [{ id: 's', agentId: 'a', input: { $from: 'input' } }] };
        await rig.orchestrator.start(plan, 'one', { id: 'one' });
        await rig.orchestrator.start(plan, 'two', { id: 'two' });
        await rig.pass(15);
        fails = false;
        await rig.orchestrator.retry('one');
        assert.deepEqual(
          (await rig.orchestrator.list({ queued: true })).map(({ run }) => run),
          ['one'],
        );
        await rig.pass(5);
        assert.equal((await rig.orchestrator.get('two')).status, 'succeeded');
        await rig.pass(10);
        assert.equal((await rig.orchestrator.get('one')).status, 'succeeded');
      }));

    it('each resting agent is tried again at its own time', () =>
      Rig.with(open, {}, async (rig) => {
        const ill = (id: string, coolDown: number): unknown => {
          let calls = 0;
          return agent({
            id,
            circuit: { failures: 1, coolDown },
            run: () => {
              if (++calls === 1) throw new Error('ill');
            },
          });
        };
        rig.orchestrator.register(ill('long', 60_000), ill('short', 10_000));
        const plan = (id: string): object => ({ id, steps: [{ id: 's', agentId: id, retry: { max: 1, delay: 0 } }] });
        await rig.orchestrator.start(plan('long'), null, { id: 'long' });
        await rig.settle();
        await rig.orchestrator.start(plan('short'), null, { id: 'short' });
        await rig.pass(10_000);
        assert.equal((await rig.orchestrator.get('short')).status, 'succeeded');
        assert.equal((await rig.orchestrator.get('long')).status, 'running');
        await rig.pass(50_000);
        assert.equal((await rig.orchestrator.get('long')).status, 'succeeded');
      }));

    it('an agent that fails in a row rests, is tried again, and can be reset', () =>
      Rig.with(open, {}, async (rig) => {
        let calls = 0;
        rig.orchestrator.register(
          agent({
            id: 'ill',
            circuit: { failures: 2, coolDown: '1m' },
            run: () => {
              if (++calls <= 2) throw new Error('ill');
              return 'well';
            },
          }),
        );
        const began = rig.clock.now();
        const plan = { id: 'p', steps: [{ id: 's', agentId: 'ill', retry: { max: 5, delay: '1s', backoff: 'fixed' } }] };
        await rig.run(plan);
        assert.equal(rig.clock.now() - began, 61_000);
        assert.equal(rig.orchestrator.agent('ill')?.health, 'idle');
        calls = 0;
        const run = await rig.orchestrator.start(plan);
        await rig.pass(2000);
        assert.equal(rig.orchestrator.agent('ill')?.health, 'offline');
        rig.orchestrator.resetAgent('ill');
        await rig.settle();
        assert.equal((await run.view()).status, 'succeeded');
      }));
  });
}
