/** What an agent holds in its hands, worked for real. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Json } from '../../core/data/json.ts';
import { agent } from '../../engine/agent.ts';
import type { Job } from '../../ports/agent.ts';
import { Rig, type OpenBackend } from './rig.ts';

const single = (rest: object = {}): object => ({ id: 'p', steps: [{ id: 's', agentId: 'a', ...rest }] });

export function contextConformance(open: OpenBackend): void {
  describe('the context of an agent', () => {
    it('once: a recorded sub-step is not done again by a later attempt', () =>
      Rig.with(open, {}, async (rig) => {
        const paid: number[] = [];
        rig.orchestrator.register(
          agent({
            id: 'a',
            run: async (_: null, ctx) => {
              const receipt = await ctx.once('pay', () => (paid.push(ctx.attempt), { no: paid.length }));
              const twice = await Promise.all([ctx.once('pay', () => ({ no: 99 })), ctx.once('other', () => 5)]);
              if (ctx.attempt < 3) throw new Error('later');
              return [receipt, twice];
            },
          }),
        );
        const { output } = await rig.run(single({ retry: { max: 3, delay: 0 } }));
        assert.deepEqual(output, { s: [{ no: 1 }, [{ no: 1 }, 5]] });
        assert.deepEqual(paid, [1]);
      }));

    it('once: an attempt that was overtaken, and does not heed it, has no more effects', () =>
      Rig.with(open, {}, async (rig) => {
        const paid: number[] = [];
        const refused: unknown[] = [];
        rig.orchestrator.register(
          agent({
            id: 'a',
            run: async (_: null, ctx) => {
              const late = new Promise<void>((resolve) => void rig.clock.at(rig.clock.now() + 100, resolve));
              if (ctx.attempt === 1) await late;
              const pay = ctx.once('pay', () => paid.push(ctx.attempt));
              return pay.catch((error: unknown) => refused.push(error instanceof Error && 'code' in error && error.code));
            },
          }),
        );
        await rig.run(single({ retry: { max: 1, delay: 0 }, timeout: { attempt: 50 } }));
        await rig.pass(200);
        assert.deepEqual(paid, [2]);
        assert.deepEqual(refused, ['ATTEMPT_STALE']);
      }));

    it('once: what was recorded survives the end of the engine', () =>
      Rig.with(open, {}, async (rig) => {
        let paid = 0;
        let recorded = (): void => undefined;
        const first = new Promise<void>((resolve) => (recorded = resolve));
        const hangs = {
          id: 'a',
          actions: {
            run: async (_: unknown, ctx: { once(name: string, fn: () => unknown): Promise<unknown>; sleep(ms: number): Promise<void> }) => {
              const value = await ctx.once('pay', () => ++paid);
              recorded();
              await ctx.sleep(1e9);
              return value;
            },
          },
        };
        rig.orchestrator.register(hangs);
        await rig.orchestrator.start(single(), null, { id: 'r' });
        await rig.until(first);
        await rig.restart({
          agents: [
            {
              id: 'a',
              actions: {
                run: (_: unknown, ctx: { once(name: string, fn: () => unknown): Promise<unknown> }) => ctx.once('pay', () => ++paid),
              },
            },
          ],
        });
        assert.deepEqual((await rig.until(rig.orchestrator.handle('r').result())).output, { s: 1 });
        assert.equal(paid, 1);
      }));

    it('job: submitted once, adopted by the next attempt, fetched and billed', () =>
      Rig.with(open, {}, async (rig) => {
        const submitted: string[] = [];
        let polls = 0;
        const job: Job<{ film: string }, string> = {
          submit: (key) => Promise.resolve(`job-${submitted.push(key)}`),
          poll: () => Promise.resolve(++polls < 3 ? { wait: 1000, progress: polls / 3 } : 'done'),
          fetch: (id) => Promise.resolve({ film: id }),
          cost: { atMost: 0.5, actual: () => 0.2 },
        };
        rig.orchestrator.register(
          agent({
            id: 'a',
            run: async (_: null, ctx) => {
              if (ctx.attempt === 1) {
                await ctx.job('film', { ...job, poll: () => Promise.reject(new Error('network')) });
              }
              return ctx.job('film', job);
            },
          }),
        );
        const { output } = await rig.run({ ...single({ retry: { max: 1, delay: 0 } }), budget: 5 }, null, 'r');
        assert.deepEqual(output, { s: { film: 'job-1' } });
        assert.deepEqual(submitted, ['r:s:1:film']);
        // The first attempt's reservation counts as spent: its call was made.
        assert.equal(Math.round((await rig.orchestrator.get('r')).money.spent * 100), 70);
      }));

    it('job: where nobody knows whether it was submitted, a person is asked', () =>
      Rig.with(open, {}, async (rig) => {
        let submits = 0;
        rig.orchestrator.register(
          agent({
            id: 'a',
            run: (_: null, ctx) =>
              ctx.job<Json, string>('film', {
                submit: () => (++submits === 1 ? Promise.reject(new Error('the line broke')) : Promise.resolve('again')),
                fetch: (id) => Promise.resolve(id),
              }),
          }),
        );
        for (const [id, answer, submitsAfter] of [
          ['r', 'job-77', 1],
          ['q', 'not-submitted', 2],
        ] as const) {
          submits = 0;
          const run = await rig.orchestrator.start(single({ retry: { max: 2, delay: 0 } }), null, { id });
          await rig.settle();
          const [question] = await rig.orchestrator.questions();
          assert.equal(question?.held?.about, 'job');
          assert.equal((await run.view()).status, 'waiting');
          await rig.orchestrator.answer(id, 's', { value: answer, by: 'ann' });
          assert.deepEqual((await rig.until(run.result())).output, { s: answer === 'job-77' ? 'job-77' : 'again' });
          assert.equal(submits, submitsAfter);
        }
      }));

    it('job: a provider that takes keys, or can look them up, needs no person', () =>
      Rig.with(open, {}, async (rig) => {
        let submits = 0;
        const breaking = (rest: Partial<Job<Json, string>>): unknown =>
          agent({
            id: 'a',
            run: (_: null, ctx) =>
              ctx.job<Json, string>('film', {
                submit: () => (++submits === 1 ? Promise.reject(new Error('the line broke')) : Promise.resolve('second')),
                fetch: (id) => Promise.resolve(id),
                ...rest,
              }),
          });
        rig.orchestrator.register(breaking({ idempotent: true }));
        assert.deepEqual((await rig.run(single({ retry: { max: 2, delay: 0 } }))).output, { s: 'second' });
        submits = 0;
        rig.orchestrator.register(breaking({ find: (key) => Promise.resolve(`found ${key.slice(-4)}`) }));
        assert.deepEqual((await rig.run(single({ retry: { max: 2, delay: 0 } }))).output, { s: 'found film' });
      }));

    it('blobs: the same bytes have one name, and agents read them back', () =>
      Rig.with(open, {}, async (rig) => {
        rig.orchestrator.register(
          agent({
            id: 'a',
            run: async (_: null, ctx) => {
              const [one, two] = [
                await ctx.blobs.put('hello'),
                await ctx.blobs.put(new TextEncoder().encode('hello'), 'text/plain; charset=utf-8'),
              ];
              return [one.blob === two.blob, one.bytes, await ctx.blobs.text(one)];
            },
          }),
        );
        assert.deepEqual((await rig.run(single())).output, { s: [true, 5, 'hello'] });
      }));

    it('large values go through blobs and come back whole, in inputs, outputs and lists', () =>
      Rig.with(open, {}, async (rig) => {
        const big = 'ü'.repeat(80_000);
        rig.orchestrator.register(agent({ id: 'a', run: (input: unknown) => input }));
        const plan = {
          id: 'p',
          steps: [
            { id: 's', agentId: 'a', input: { text: { $from: 'input' } } },
            { id: 'm', kind: 'map', agentId: 'a', over: [{ $from: 'steps.s.output.text' }, 'small'], dependencies: ['s'] },
            { id: 'g', kind: 'gate', test: { $compare: [{ $from: 'steps.m.output[0]' }, '==', { $from: 'input' }] }, dependencies: ['m'] },
          ],
          output: { $from: 'steps.m.output' },
        };
        assert.deepEqual((await rig.run(plan, big, 'r')).output, [big, 'small']);
        const journal = JSON.stringify(await rig.orchestrator.history('r'));
        assert.ok(journal.length < 5000, 'the journal holds names, not values');
        await rig.restart();
        assert.equal(((await rig.orchestrator.get('r')).output as string[])[0], big);
      }));

    it('feedback: what the last round gave is there, however large', () =>
      Rig.with(open, {}, async (rig) => {
        const seen: unknown[] = [];
        rig.orchestrator.register(
          agent({
            id: 'a',
            run: (_: null, ctx) => {
              const { previous } = (ctx.feedback ?? { previous: {} }) as { previous: { s?: { text: string } } };
              seen.push(previous.s?.text.length);
              return { text: 'x'.repeat(80_000), visit: ctx.visit };
            },
          }),
        );
        const gate = {
          id: 'g',
          kind: 'gate',
          test: { $compare: [{ $from: 'steps.s.output.visit' }, '>=', 2] },
          dependencies: ['s'],
          otherwise: { backTo: 's', max: 2 },
        };
        await rig.run({ id: 'p', steps: [{ id: 's', agentId: 'a' }, gate], output: 1 });
        assert.deepEqual(seen, [undefined, 80_000]);
      }));

    it('emit: is journaled, and listeners hear who said it', () =>
      Rig.with(open, {}, async (rig) => {
        rig.orchestrator.register(agent({ id: 'a', run: (_: null, ctx) => ctx.emit('insight', { type: 'struggling' }) }));
        const heard: unknown[] = [];
        rig.orchestrator.on('agent:insight', ({ agentId, ['insight']: insight }) => heard.push([agentId, insight]));
        await rig.run(single(), null, 'r');
        assert.deepEqual(heard, [['a', { type: 'struggling' }]]);
        assert.ok((await rig.orchestrator.history('r')).some(({ events }) => events.some((event) => event.type === 'emitted')));
      }));

    it('progress, stream and log: are heard live', () =>
      Rig.with(open, {}, async (rig) => {
        rig.orchestrator.register(
          agent({
            id: 'a',
            run: (_: null, ctx) => {
              ctx.progress(0.5, 'half');
              ctx.stream('par');
              ctx.log('note', { n: 1 });
            },
          }),
        );
        const heard: unknown[] = [];
        for (const name of ['step:progress', 'step:stream', 'step:log'] as const) rig.orchestrator.on(name, (event) => heard.push(event));
        await rig.run(single(), null, 'r');
        const at = { runId: 'r', stepId: 's' };
        assert.deepEqual(heard, [
          { ...at, share: 0.5, message: 'half' },
          { ...at, chunk: 'par' },
          { ...at, message: 'note', data: { n: 1 } },
        ]);
      }));

    it('an answer that is not JSON, or does not fit its schema, fails the attempt and says where', () =>
      Rig.with(open, {}, async (rig) => {
        const answers: unknown[] = [{ a: [1, { when: new Map() }] }, BigInt(1), () => 1];
        rig.orchestrator.register(agent({ id: 'a', run: () => answers.shift() }));
        assert.match((await rig.run(single())).error?.message ?? '', /output\.a\[1\]\.when/);
        assert.equal((await rig.run(single())).error?.code, 'OUTPUT_NOT_JSON');
        assert.equal((await rig.run(single())).error?.code, 'OUTPUT_NOT_JSON');
      }));
  });
}
