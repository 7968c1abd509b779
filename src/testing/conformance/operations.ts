/** What can be done to a run, worked for real. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { workflow } from '../../core/plan/builder.ts';
import type { AnyWorkflow } from '../../core/plan/workflow.ts';
import { agent } from '../../engine/agent.ts';
import { Visitor } from '../../engine/visitor.ts';
import { Rig, type OpenBackend } from './rig.ts';

const echo = agent({ id: 'echo', run: (value: unknown) => value });
const oneStep = { id: 'one', steps: [{ id: 's', agentId: 'echo', input: { $from: 'input' } }] };

export function operationsConformance(open: OpenBackend): void {
  describe('operations', () => {
    it('start: the same id or key is the same run, with something else it is refused', () =>
      Rig.with(open, { agents: [echo] }, async (rig) => {
        const { orchestrator } = rig;
        const first = await orchestrator.start(oneStep, { n: 1 }, { idempotencyKey: 'k' });
        const [second, third] = await Promise.all([
          orchestrator.start(oneStep, { n: 1 }, { idempotencyKey: 'k' }),
          orchestrator.start(oneStep, { n: 1 }, { idempotencyKey: 'new' }),
        ]);
        assert.equal(second.id, first.id);
        assert.notEqual(third.id, first.id);
        const racing = await Promise.all(Array.from({ length: 5 }, () => orchestrator.start(oneStep, 1, { idempotencyKey: 'race' })));
        assert.equal(new Set(racing.map(({ id }) => id)).size, 1);
        await assert.rejects(orchestrator.start(oneStep, { n: 2 }, { idempotencyKey: 'k' }), { code: 'RUN_EXISTS' });
        await orchestrator.start(oneStep, 1, { id: 'mine' });
        await assert.rejects(orchestrator.start({ ...oneStep, id: 'two' }, 1, { id: 'mine' }), { code: 'RUN_EXISTS' });
        assert.equal((await orchestrator.start(oneStep, 1, { idempotencyKey: 'k', project: 'other' })).id === first.id, false);
      }));

    it('start: bad input is refused at the door, and nothing is written', () =>
      Rig.with(open, { agents: [echo] }, async (rig) => {
        const { orchestrator } = rig;
        const typed = { ...oneStep, input: { type: 'object', properties: { n: { type: 'number' } }, required: ['n'] } };
        await assert.rejects(orchestrator.start(typed, { n: 'x' }), { code: 'INPUT_INVALID', message: /n/ });
        await assert.rejects(orchestrator.start({ id: 'p', steps: [{ id: 's', agentId: 'eho' }] }), {
          code: 'AGENT_UNKNOWN',
          message: /did you mean echo/,
        });
        await assert.rejects(orchestrator.start({ id: 'p', steps: [{ id: 's', agentId: 'echo', action: 'sing' }] }), {
          code: 'AGENT_UNKNOWN',
          message: /sing/,
        });
        await assert.rejects(orchestrator.start({ id: 'p', steps: [{ id: 's', agentId: 'echo', dependencies: ['t'] }] }), {
          code: 'PLAN_INVALID',
        });
        await assert.rejects(orchestrator.start('nothing'), { code: 'WORKFLOW_UNKNOWN' });
        await assert.rejects(orchestrator.start(oneStep, 1, { id: 'a/b' }), { code: 'RUN_ID_INVALID' });
        await assert.rejects(orchestrator.start(oneStep, new Map() as never), { code: 'INPUT_INVALID' });
        await assert.rejects(orchestrator.get('nobody'), { code: 'RUN_UNKNOWN' });
        assert.deepEqual(await orchestrator.list(), []);
      }));

    it('pause and resume: nothing new starts meanwhile, and time stands still', () =>
      Rig.with(open, { agents: [echo, agent({ id: 'slow', run: (_: null, ctx) => ctx.sleep(1000) })] }, async (rig) => {
        const run = await rig.orchestrator.start(
          {
            id: 'p',
            timeout: '10s',
            steps: [
              { id: 'a', agentId: 'slow' },
              { id: 'b', agentId: 'echo', dependencies: ['a'] },
            ],
          },
          undefined,
          { id: 'r' },
        );
        await rig.orchestrator.pause('r', 'ann');
        await rig.pass(60_000);
        const view = await run.view();
        assert.equal(view.status, 'paused');
        assert.equal(view.steps['a']?.status, 'done');
        assert.equal(view.steps['b']?.status, 'pending');
        await rig.orchestrator.resume('r');
        assert.equal((await rig.until(run.result())).status, 'succeeded');
      }));

    it('cancel: agents in hand are told, and their results do not count', () =>
      Rig.with(open, {}, async (rig) => {
        const heard: string[] = [];
        rig.orchestrator.register(
          agent({
            id: 'slow',
            run: (_: null, ctx) => {
              ctx.signal.addEventListener('abort', () => heard.push('aborted'));
              return ctx.sleep(10_000).catch(() => 'late');
            },
          }),
        );
        const run = await rig.orchestrator.start({ id: 'p', steps: [{ id: 'a', agentId: 'slow' }] }, undefined, { id: 'r' });
        await rig.settle();
        await rig.orchestrator.cancel('r');
        assert.equal((await rig.until(run.result())).status, 'cancelled');
        assert.deepEqual(heard, ['aborted']);
        await assert.rejects(rig.orchestrator.signal('r', 's'), { code: 'RUN_ENDED' });
      }));

    it('cancel: reaches the runs that the run called', () =>
      Rig.with(open, {}, async (rig) => {
        const child = workflow('child').wait('w', { signal: 'never' }).build();
        const run = await rig.orchestrator.start(
          workflow('parent')
            .call('c', child, () => null)
            .build(),
          undefined,
          { id: 'r' },
        );
        await rig.settle();
        await rig.orchestrator.cancel('r');
        await rig.until(run.result());
        await rig.settle();
        assert.equal((await rig.orchestrator.get('r~c.1')).status, 'cancelled');
      }));

    it('retry, skip and dead letters: a failed step is seen, mended and gone on from', () =>
      Rig.with(open, { agents: [echo] }, async (rig) => {
        let well = false;
        rig.orchestrator.register(
          agent({
            id: 'moody',
            run: (n: number) => {
              if (!well) throw new Error('not now');
              return n;
            },
          }),
        );
        const plan = {
          id: 'p',
          steps: [
            { id: 'a', agentId: 'echo', input: 1 },
            { id: 'b', agentId: 'moody', input: { $from: 'steps.a.output' }, dependencies: ['a'] },
          ],
        };
        await rig.run(plan, 'input', 'r');
        const [letter] = await rig.orchestrator.deadLetters();
        assert.deepEqual(
          { ...letter, at: 0 },
          {
            runId: 'r',
            workflow: 'p',
            project: 'default',
            step: 'b',
            attempts: 1,
            error: { code: 'AGENT_FAILED', message: 'not now' },
            at: 0,
            fatal: true,
            runInput: 'input',
          },
        );
        await assert.rejects(rig.orchestrator.retry('r', { step: 'a' }), { code: 'RUN_NOT_FAILED' });
        well = true;
        await rig.orchestrator.retry('r', { by: 'ann' });
        assert.deepEqual((await rig.until(rig.orchestrator.handle('r').result())).output, { a: 1, b: 1 });
        assert.deepEqual(await rig.orchestrator.deadLetters(), []);
        well = false;
        await rig.run(plan, null, 's');
        await rig.orchestrator.skip('s', 'b', 'by hand', 'ann');
        assert.deepEqual((await rig.until(rig.orchestrator.handle('s').result())).output, { a: 1, b: 'by hand' });
      }));

    it('retry of a call goes on with the child that failed', () =>
      Rig.with(open, { agents: [echo] }, async (rig) => {
        const made: string[] = [];
        let well = false;
        rig.orchestrator.register(
          agent({ id: 'counted', run: () => void made.push('x') }),
          agent({
            id: 'moody',
            run: () => {
              if (!well) throw new Error('not now');
            },
          }),
        );
        const child = {
          id: 'child',
          steps: [
            { id: 'x', agentId: 'counted' },
            { id: 'y', agentId: 'moody', dependencies: ['x'] },
          ],
        };
        await rig.run({ id: 'p', steps: [{ id: 'c', plan: { $literal: child } }] }, null, 'r');
        assert.equal((await rig.orchestrator.get('r')).error?.code, 'CHILD_FAILED');
        well = true;
        await rig.orchestrator.retry('r');
        assert.equal((await rig.until(rig.orchestrator.handle('r').result())).status, 'succeeded');
        assert.deepEqual(made, ['x']);
      }));

    it('retry of a run whose fallback failed too tries both again', () =>
      Rig.with(open, {}, async (rig) => {
        let well = false;
        rig.orchestrator.register(
          agent({
            id: 'bad',
            run: () => {
              throw new Error('no');
            },
          }),
          agent({
            id: 'moody',
            run: () => {
              if (!well) throw new Error('not now');
              return 'saved';
            },
          }),
        );
        const plan = { id: 'p', steps: [{ id: 's', agentId: 'bad' }], fallbackPlan: { id: 'f', steps: [{ id: 'x', agentId: 'moody' }] } };
        assert.equal((await rig.run(plan, null, 'r')).status, 'failed');
        well = true;
        await rig.orchestrator.retry('r');
        assert.deepEqual((await rig.until(rig.orchestrator.handle('r').result())).output, { x: 'saved' });
      }));

    it('fork: a new run keeps what came before, with edits', () =>
      Rig.with(open, {}, async (rig) => {
        const made: string[] = [];
        rig.orchestrator.register(agent({ id: 'a', run: (name: unknown) => (made.push(String(name)), `${String(name)}!`) }));
        const plan = {
          id: 'p',
          steps: [
            { id: 'x', agentId: 'a', input: { $from: 'input' } },
            { id: 'y', agentId: 'a', input: { $from: 'steps.x.output' }, dependencies: ['x'] },
          ],
        };
        await rig.run(plan, 'in', 'r');
        const fork = await rig.orchestrator.fork('r', { from: 'y', outputs: { x: 'edited' }, by: 'ann' });
        assert.deepEqual((await rig.until(fork.result())).output, { x: 'edited', y: 'edited!' });
        assert.deepEqual(made, ['in', 'in!', 'edited']);
        assert.deepEqual((await fork.view()).forkedFrom, { run: 'r', step: 'y' });
        assert.deepEqual((await rig.orchestrator.get('r')).output, { x: 'in!', y: 'in!!' });
      }));

    it('migrate: a run moves to a newer plan and keeps its work, or is refused with the reason', () =>
      Rig.with(open, { agents: [echo] }, async (rig) => {
        const version = (word: string): AnyWorkflow =>
          workflow('w')
            .step('a', echo, () => 'first')
            .wait('go', { signal: 'go' })
            .step('b', echo, word === 'new' ? () => 'new' : () => 'old')
            .build();
        const run = await rig.orchestrator.start(version('old'), undefined, { id: 'r' });
        await rig.settle();
        await rig.orchestrator.migrate('r', version('new'), 'ann');
        await rig.orchestrator.signal('r', 'go');
        assert.deepEqual((await rig.until(run.result())).output, { a: 'first', go: null, b: 'new' });
        await rig.orchestrator.start(version('old'), undefined, { id: 's' });
        await rig.settle();
        await assert.rejects(
          rig.orchestrator.migrate(
            's',
            workflow('w')
              .step('z', echo, () => 1)
              .build(),
          ),
          { code: 'MIGRATION_REFUSED', message: /a is done/ },
        );
        assert.equal((await rig.orchestrator.get('s')).status, 'waiting');
      }));

    it('commands left in the inbox act once, by the next engine too', () =>
      Rig.with(open, { agents: [echo] }, async (rig) => {
        const waits = {
          id: 'p',
          steps: [
            { id: 'q', kind: 'ask', question: 'ok?', choices: ['yes', 'no'] },
            { id: 'w', kind: 'wait', signal: 'go', dependencies: ['q'] },
          ],
        };
        await rig.orchestrator.start(waits, null, { id: 'r' });
        const visitor = new Visitor(rig.backend);
        assert.deepEqual(await rig.until(visitor.send('r', { type: 'answer', step: 'q', choice: 'yes', by: 'ann' }, 60_000)), {
          is: 'done',
        });
        await assert.rejects(rig.until(visitor.send('r', { type: 'answer', step: 'q', choice: 'no', by: 'bob' }, 60_000)), {
          code: 'STEP_DONE',
        });
        assert.deepEqual(
          await rig.until(visitor.send('r', { type: 'resume' }, 60_000)),
          { is: 'done' },
          'a command that changes nothing is done as well',
        );
        const settled = rig.orchestrator.handle('r').result();
        await rig.until(visitor.send('r', { type: 'signal', name: 'go', data: { value: 7 } }, 60_000));
        assert.deepEqual((await rig.until(settled)).output, { q: { choice: 'yes', by: 'ann' }, w: 7 });
      }));

    it('retention: finished runs go after their time, with the blobs that nothing else names', () =>
      Rig.with(open, { agents: [echo] }, async (rig) => {
        rig.orchestrator.register(agent({ id: 'maker', run: async (text: string, ctx) => ctx.blobs.put(text) }));
        const plan = { id: 'p', steps: [{ id: 's', agentId: 'maker', input: { $from: 'input' } }] };
        await rig.run(plan, 'shared', 'old');
        await rig.run(plan, 'alone', 'old2');
        await rig.pass(20 * 86_400_000);
        await rig.run({ ...plan, retention: '60d' }, 'shared', 'young');
        await rig.run(
          { id: 'big', steps: [{ id: 's', agentId: 'echo', input: { $from: 'input' } }] },
          { text: 'x'.repeat(100_000) },
          'large',
        );
        await rig.pass(11 * 86_400_000);
        await rig.orchestrator.tidy();
        assert.deepEqual((await rig.orchestrator.list()).map(({ run }) => run).toSorted(), ['large', 'young']);
        const { output } = await rig.orchestrator.get('young');
        const ref = (output as { s: { blob: string } }).s;
        assert.equal(new TextDecoder().decode(await rig.orchestrator.blobs.get(ref.blob)), 'shared');
        assert.equal(((await rig.orchestrator.get('large')).output as { s: { text: string } }).s.text.length, 100_000);
        const left = await rig.orchestrator.blobs.list(undefined, 100);
        assert.equal(left.filter(({ type }) => type.startsWith('text/')).length, 1);
      }));

    it('blobs that a kept blob names are kept, whatever type they were put as', () =>
      Rig.with(open, {}, async (rig) => {
        rig.orchestrator.register(
          agent({
            id: 'maker',
            run: async (_: null, ctx) => {
              const inner = await ctx.blobs.put('named by the list', 'application/octet-stream');
              // Large enough for the journal to keep it in a blob, of which the same bytes are here already.
              const list = { inner: inner.blob, filler: 'x'.repeat(70_000) };
              await ctx.blobs.put(JSON.stringify(list), 'application/octet-stream');
              await ctx.blobs.put('named by nobody');
              return list;
            },
          }),
        );
        await rig.run({ id: 'p', retention: '300d', steps: [{ id: 's', agentId: 'maker' }], output: 'kept apart' }, null, 'r');
        await rig.pass(2 * 86_400_000);
        const { s } = (await rig.orchestrator.get('r')).steps;
        const { inner } = (s?.output ?? {}) as { inner: string };
        assert.equal(new TextDecoder().decode(await rig.orchestrator.blobs.get(inner)), 'named by the list');
        assert.equal((await rig.orchestrator.blobs.list(undefined, 100)).length, 2);
      }));

    it('schedules: a workflow starts at its times, once each, also after an absence', () =>
      Rig.with(open, { agents: [echo] }, async (rig) => {
        const daily = { id: 'daily', cron: '0 9 * * *', timezone: 'UTC', workflow: oneStep } as const;
        await rig.orchestrator.trigger(daily);
        await rig.pass(3 * 86_400_000);
        assert.equal((await rig.orchestrator.list({ workflow: 'one' })).length, 3);
        await rig.stop();
        rig.clock.advance(5 * 86_400_000);
        await rig.start();
        await rig.orchestrator.trigger(daily);
        await rig.settle();
        assert.equal((await rig.orchestrator.list({ workflow: 'one' })).length, 4, 'only the latest of those that were missed');
        await assert.rejects(rig.orchestrator.trigger({ ...daily, id: 'x', cron: 'often' }), { code: 'USAGE' });
      }));
  });
}
