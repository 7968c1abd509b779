/** What an engine finds when it takes another's place. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { workflow } from '../../core/plan/builder.ts';
import { ContinuoError } from '../../core/errors.ts';
import { agentRef } from '../../core/plan/agent-ref.ts';
import type { AnyWorkflow } from '../../core/plan/workflow.ts';
import type { RunEvent } from '../../core/run/events.ts';
import { agent } from '../../engine/agent.ts';
import { Rig, type OpenBackend } from './rig.ts';

export function recoveryConformance(open: OpenBackend): void {
  describe('recovery', () => {
    it('attempts in hand are made again, finished steps are not', () =>
      Rig.with(open, {}, async (rig) => {
        const made: string[] = [];
        const worker = (hang: boolean): unknown =>
          agent({
            id: 'a',
            run: async (name: string, ctx) => {
              made.push(name);
              if (hang && name === 'second') await ctx.sleep(1e9);
              return name;
            },
          });
        rig.orchestrator.register(worker(true));
        const plan = {
          id: 'p',
          steps: ['first', 'second', 'third'].map((id, i, all) => ({
            id,
            agentId: 'a',
            input: id,
            dependencies: i === 0 ? [] : [all[i - 1]],
          })),
        };
        await rig.orchestrator.start(plan, null, { id: 'r' });
        await rig.settle();
        await rig.restart({ agents: [worker(false)] });
        assert.equal((await rig.until(rig.orchestrator.handle('r').result())).status, 'succeeded');
        assert.deepEqual(made, ['first', 'second', 'second', 'third']);
      }));

    it('timers, questions and signals of parked runs are still there', () =>
      Rig.with(open, {}, async (rig) => {
        const plan = (step: object): object => ({ id: 'p', steps: [{ id: 's', ...step }] });
        await rig.orchestrator.start(plan({ kind: 'wait', duration: '1h' }), null, { id: 'timer' });
        await rig.orchestrator.start(plan({ kind: 'ask', question: 'q', choices: ['y'], deadline: '2h', otherwise: 'y' }), null, {
          id: 'ask',
        });
        await rig.orchestrator.start(plan({ kind: 'wait', signal: 'go' }), null, { id: 'signal' });
        await rig.settle();
        await rig.restart();
        await rig.orchestrator.signal('signal', 'go', 1);
        await rig.pass(3_600_000);
        assert.equal((await rig.orchestrator.get('timer')).status, 'succeeded');
        assert.equal((await rig.orchestrator.get('ask')).status, 'waiting');
        await rig.pass(3_600_000);
        assert.deepEqual((await rig.orchestrator.get('ask')).output, { s: { choice: 'y', by: 'deadline' } });
        assert.deepEqual((await rig.orchestrator.get('signal')).output, { s: 1 });
      }));

    it('deadlines that passed meanwhile are met at once', () =>
      Rig.with(open, {}, async (rig) => {
        await rig.orchestrator.start({ id: 'p', steps: [{ id: 's', kind: 'wait', duration: '1h' }] }, null, { id: 'r' });
        await rig.stop();
        rig.clock.advance(7_200_000);
        await rig.start();
        assert.equal((await rig.until(rig.orchestrator.handle('r').result())).status, 'succeeded');
      }));

    it('a retry that was waiting is made at its time', () =>
      Rig.with(open, {}, async (rig) => {
        let calls = 0;
        const shaky = agent({
          id: 'a',
          run: () => {
            if (++calls === 1) throw new Error('once');
            return calls;
          },
        });
        rig.orchestrator.register(shaky);
        await rig.orchestrator.start({ id: 'p', steps: [{ id: 's', agentId: 'a', retry: { max: 1, delay: '1h' } }] }, null, { id: 'r' });
        await rig.settle();
        await rig.restart({ agents: [shaky] });
        await rig.pass(3_599_999);
        assert.equal(calls, 1);
        await rig.pass(1);
        assert.deepEqual((await rig.orchestrator.get('r')).output, { s: 2 });
      }));

    it('a parent hears of a child that ended while it was not loaded, and of one that goes on', () =>
      Rig.with(open, {}, async (rig) => {
        const child = workflow('child').wait('w', { signal: 'go' }).build();
        const parent = workflow('parent')
          .call('c', child, () => null)
          .output(({ c }) => c);
        await rig.orchestrator.start(parent, undefined, { id: 'r' });
        await rig.settle();
        await rig.restart({ workflows: [parent] });
        await rig.orchestrator.signal('r~c.1', 'go', 'done');
        assert.deepEqual((await rig.until(rig.orchestrator.handle('r').result())).output, { w: 'done' });
      }));

    it('a run whose functions are not loaded waits visibly, and goes on when they are', () =>
      Rig.with(open, {}, async (rig) => {
        const flow = workflow('w')
          .wait('go', { signal: 'go' })
          .output(({ go }) => [go]);
        await rig.orchestrator.start(flow, undefined, { id: 'r' });
        await rig.settle();
        await rig.restart({ workflows: [] });
        await assert.rejects(rig.orchestrator.signal('r', 'go', 1), { code: 'PLAN_CODE_MISSING' });
        assert.equal((await rig.orchestrator.get('r')).status, 'waiting');
        await rig.restart({ workflows: [flow] });
        await rig.orchestrator.signal('r', 'go', 1);
        assert.deepEqual((await rig.until(rig.orchestrator.handle('r').result())).output, [1]);
      }));

    it('an attempt whose functions are not loaded is not made without them', () =>
      Rig.with(open, {}, async (rig) => {
        const hanging = agent({ id: 'a', run: (n: number, ctx) => ctx.sleep(1e9).then(() => n) });
        const flow = workflow('w')
          .step('s', hanging, () => 7)
          .output(({ s }) => s);
        rig.orchestrator.register(hanging);
        await rig.orchestrator.start(flow, undefined, { id: 'r' });
        await rig.settle();
        await rig.restart({ agents: [agent({ id: 'a', run: (n: number) => n })], workflows: [] });
        await rig.settle();
        assert.equal((await rig.orchestrator.get('r')).status, 'running');
        rig.orchestrator.registerWorkflow(flow);
        assert.equal((await rig.until(rig.orchestrator.handle('r').result())).output, 7);
      }));

    it('a run whose workflow was changed while it was at a step moves to the new version and goes on', () =>
      Rig.with(open, {}, async (rig) => {
        const made: string[] = [];
        const worker = (hang: boolean): unknown =>
          agent({
            id: 'a',
            run: async (name: string, ctx) => {
              made.push(name);
              if (hang && name !== 'first') await ctx.sleep(1e9);
              return name;
            },
          });
        const version = (second: () => string): AnyWorkflow =>
          workflow('w')
            .step('x', agentRef<string, string>('a'), () => 'first')
            .step('y', agentRef<string, string>('a'), second)
            .build();
        rig.orchestrator.register(worker(true));
        await rig.orchestrator.start(
          version(() => 'wrong'),
          undefined,
          { id: 'r' },
        );
        await rig.settle();
        const mended = version(() => 'right');
        await rig.restart({ agents: [worker(false)], workflows: [mended] });
        await rig.orchestrator.migrate('r', mended);
        assert.deepEqual((await rig.until(rig.orchestrator.handle('r').result())).output, { x: 'first', y: 'right' });
        assert.deepEqual(made, ['first', 'wrong', 'right']);
      }));

    it('a start that is asked for twice at the same time is one run, with one attempt at each step', () =>
      Rig.with(open, {}, async (rig) => {
        const made: string[] = [];
        rig.orchestrator.register(agent({ id: 'a', run: (_, ctx) => ctx.sleep(10).then(() => void made.push(ctx.stepId)) }));
        const plan = {
          id: 'p',
          steps: [
            { id: 'x', agentId: 'a' },
            { id: 'go', kind: 'wait', signal: 'go' },
          ],
        };
        await Promise.all([1, 2, 3].map(() => rig.orchestrator.start(plan, null, { id: 'r' })));
        await rig.orchestrator.signal('r', 'go');
        assert.equal((await rig.until(rig.orchestrator.handle('r').result())).status, 'succeeded');
        assert.deepEqual(made, ['x']);
      }));

    it('a called run that nothing waits for any more is cancelled, also when the engine ended before it could be', () => {
      const wire = { cut: false };
      const cutting: OpenBackend = async (dir) => {
        const backend = await open(dir);
        // The parent's end is written, and nothing more is done about the child, as if the process had died.
        const get: typeof backend.runs.get = async (run) => {
          if (wire.cut && run === 'r~c.1') throw new ContinuoError('STORE_CORRUPT', 'the wire is cut');
          return backend.runs.get(run);
        };
        const { runs } = backend;
        const cut = {
          get,
          byKey: runs.byKey.bind(runs),
          list: runs.list.bind(runs),
          tally: runs.tally.bind(runs),
          due: runs.due.bind(runs),
          nextWake: runs.nextWake.bind(runs),
        };
        return { ...backend, runs: cut, journalTexts: backend.journalTexts.bind(backend), close: backend.close.bind(backend) };
      };
      return Rig.with(cutting, {}, async (rig) => {
        const child = { id: 'child', steps: [{ id: 'go', kind: 'wait', signal: 'go' }] };
        rig.orchestrator.on('engine:error', () => undefined);
        await rig.orchestrator.start({ id: 'p', steps: [{ id: 'c', plan: { $literal: child } }] }, null, { id: 'r' });
        await rig.settle();
        wire.cut = true;
        await rig.orchestrator.cancel('r');
        await rig.settle();
        wire.cut = false;
        assert.equal((await rig.orchestrator.get('r~c.1')).status, 'waiting');
        await rig.restart();
        await rig.settle();
        assert.equal((await rig.orchestrator.get('r~c.1')).status, 'cancelled');
      });
    });

    it('a store that refuses to write for a while loses nothing, and no finished work is done again', () => {
      const disk = { full: false };
      const filling: OpenBackend = async (dir) => {
        const backend = await open(dir);
        const { journal } = backend;
        const append: typeof journal.append = async (write) => {
          if (disk.full) throw new ContinuoError('STORE_FULL', 'the disk is full');
          await journal.append(write);
        };
        const wrapped = {
          append,
          read: journal.read.bind(journal),
          snapshot: journal.snapshot.bind(journal),
          saveSnapshot: journal.saveSnapshot.bind(journal),
          remove: journal.remove.bind(journal),
        };
        return {
          ...backend,
          location: backend.location,
          name: backend.name,
          journal: wrapped,
          journalTexts: backend.journalTexts.bind(backend),
          close: backend.close.bind(backend),
        };
      };
      return Rig.with(filling, {}, async (rig) => {
        const made: string[] = [];
        const told: string[] = [];
        rig.orchestrator.register(
          agent({
            id: 'a',
            run: async (name: string, ctx) => {
              made.push(name);
              await ctx.sleep(1000);
              disk.full = name === 'first';
              return name;
            },
          }),
        );
        rig.orchestrator.on('engine:stalled', ({ runId, error }) => told.push(`${runId} ${error.code}`));
        const plan = {
          id: 'p',
          steps: [
            { id: 'x', agentId: 'a', input: 'first' },
            { id: 'y', agentId: 'a', input: 'second', dependencies: ['x'] },
          ],
        };
        const run = await rig.orchestrator.start(plan, null, { id: 'r' });
        await rig.pass(10_000);
        assert.ok(told.includes('r STORE_FULL'));
        await assert.rejects(rig.until(rig.orchestrator.start(plan)), { code: 'STORE_FULL' });
        disk.full = false;
        assert.equal((await rig.until(run.result())).status, 'succeeded');
        assert.deepEqual(made, ['first', 'second']);
      });
    });

    it('a command to a run whose functions are not loaded is kept until they are', () =>
      Rig.with(open, {}, async (rig) => {
        const flow = workflow('w')
          .wait('go', { signal: 'go' })
          .output(({ go }) => [go]);
        await rig.orchestrator.start(flow, undefined, { id: 'r' });
        await rig.restart({ workflows: [] });
        await rig.backend.inbox.send({
          id: 'm',
          run: 'r',
          command: JSON.stringify({ type: 'signal', name: 'go', data: { value: 7 } }),
          at: 1,
        });
        await rig.restart({ workflows: [] });
        await rig.settle();
        assert.deepEqual(await rig.backend.inbox.outcome('m'), { is: 'waiting' });
        rig.orchestrator.registerWorkflow(flow);
        assert.deepEqual((await rig.until(rig.orchestrator.handle('r').result())).output, [7]);
        assert.deepEqual(await rig.backend.inbox.outcome('m'), { is: 'done' });
      }));

    it('what was told before the engine ended sets off what it should in the next one', () => {
      const lost = { all: true };
      // The engine ends between the append of an event of the bus and its handling.
      const deaf: OpenBackend = async (dir) => {
        const backend = await open(dir);
        const { topic } = backend;
        const after: typeof topic.after = async (id, limit) => (lost.all ? [] : topic.after(id, limit));
        return {
          ...backend,
          topic: { after, cursor: topic.cursor.bind(topic), advance: topic.advance.bind(topic) },
          journalTexts: backend.journalTexts.bind(backend),
          close: backend.close.bind(backend),
        };
      };
      return Rig.with(deaf, {}, async (rig) => {
        await rig.orchestrator.start({ id: 'waits', steps: [{ id: 'w', kind: 'wait', event: 'ready' }] }, null, { id: 'waits' });
        await rig.run({ id: 'tells', steps: [{ id: 'e', kind: 'emit', event: 'ready', data: 5 }] });
        lost.all = false;
        const follow = { id: 'follows', steps: [{ id: 'w', kind: 'wait', duration: 1 }] };
        await rig.restart({ triggers: [{ id: 't', event: 'ready', workflow: follow }] });
        assert.deepEqual((await rig.until(rig.orchestrator.handle('waits').result())).output, { w: 5 });
        await rig.settle();
        assert.equal((await rig.orchestrator.list({ workflow: 'follows' })).length, 1);
      });
    });

    it('a journal of a newer version is said to be one, and the other runs go on', () =>
      Rig.with(open, {}, async (rig) => {
        const waits = { id: 'p', steps: [{ id: 'w', kind: 'wait', signal: 'go' }] };
        await rig.orchestrator.start(waits, null, { id: 'newer' });
        await rig.orchestrator.start(waits, null, { id: 'other' });
        const { seq } = (await rig.orchestrator.history('newer')).at(-1) ?? { seq: 0 };
        const record = await rig.backend.runs.get('newer');
        assert.ok(record !== undefined);
        // An event that only a later version of the code writes.
        const event = { type: 'run.dreamt' } as unknown as RunEvent;
        await rig.backend.journal.append({ run: 'newer', seq: seq + 2, at: 1, events: [event], record: { ...record, busy: true } });
        await rig.restart();
        await assert.rejects(rig.orchestrator.get('newer'), { code: 'JOURNAL_NEWER', message: /run.dreamt/ });
        await assert.rejects(rig.orchestrator.signal('newer', 'go'), { code: 'JOURNAL_NEWER' });
        await rig.orchestrator.signal('other', 'go');
        assert.equal((await rig.until(rig.orchestrator.handle('other').result())).status, 'succeeded');
      }));

    it('a run whose agent is not registered waits for it', () =>
      Rig.with(open, {}, async (rig) => {
        const hanging = agent({ id: 'a', run: (_: null, ctx) => ctx.sleep(1e9) });
        rig.orchestrator.register(hanging);
        await rig.orchestrator.start({ id: 'p', steps: [{ id: 's', agentId: 'a' }] }, null, { id: 'r' });
        await rig.settle();
        await rig.restart({ agents: [] });
        assert.equal((await rig.orchestrator.get('r')).status, 'running');
        rig.orchestrator.register(agent({ id: 'a', run: () => 'here' }));
        assert.deepEqual((await rig.until(rig.orchestrator.handle('r').result())).output, { s: 'here' });
      }));

    it('a long run is loaded from its snapshot and goes on', () =>
      Rig.with(open, {}, async (rig) => {
        const seen: number[] = [];
        const counter = agent({ id: 'a', run: (n: number) => (seen.push(n), n) });
        rig.orchestrator.register(counter);
        const count = 400;
        const plan = {
          id: 'p',
          steps: [
            ...Array.from({ length: count }, (_, i) => ({
              id: `s${i}`,
              agentId: 'a',
              input: i,
              dependencies: i === 0 ? [] : [`s${i - 1}`],
            })),
            { id: 'w', kind: 'wait', signal: 'go', dependencies: [`s${count - 1}`] },
          ],
          output: { $from: `steps.s${count - 1}.output` },
        };
        await rig.orchestrator.start(plan, null, { id: 'r' });
        await rig.settle();
        assert.notEqual(await rig.backend.journal.snapshot('r'), undefined);
        await rig.restart({ agents: [counter] });
        await rig.orchestrator.signal('r', 'go');
        assert.equal((await rig.until(rig.orchestrator.handle('r').result())).output, count - 1);
        assert.equal(seen.length, count);
      }));

    it('an attempt that is made again has the money that it had reserved', () =>
      Rig.with(open, {}, async (rig) => {
        const studio = (hang: boolean): unknown =>
          agent({
            id: 'a',
            run: (_: null, ctx) =>
              ctx.job('film', {
                submit: (key) => Promise.resolve(key),
                poll: () => Promise.resolve(hang ? { wait: 1e9 } : 'done'),
                fetch: (id) => Promise.resolve(id),
                cost: { atMost: 0.5, actual: () => 0.2 },
              }),
          });
        rig.orchestrator.register(studio(true));
        const film = { id: 'film', agentId: 'a', budget: 0.5 };
        const child = { id: 'child', budget: 0.5, steps: [film], output: { $from: 'steps.film.output' } };
        await rig.orchestrator.start({ id: 'p', budget: 0.5, steps: [{ id: 'c', plan: { $literal: child } }] }, null, { id: 'r' });
        await rig.settle();
        await rig.restart({ agents: [studio(false)] });
        assert.deepEqual((await rig.until(rig.orchestrator.handle('r').result())).output, { c: 'r~c.1:film:1:film' });
        assert.equal((await rig.orchestrator.get('r')).money.spent, 0.2);
        assert.equal((await rig.orchestrator.get('r~c.1')).money.spent, 0.2);
      }));

    it('a call that an engine died in stays counted beside the call that is made again', () =>
      Rig.with(open, {}, async (rig) => {
        const caller = (hang: boolean): unknown =>
          agent({
            id: 'a',
            run: async (_: null, ctx) => {
              const money = await ctx.budget.reserve(0.4);
              if (hang) await ctx.sleep(1e9);
              if (money.granted) await money.settle(0.1);
              return money.granted;
            },
          });
        const plan = {
          id: 'p',
          budget: 1,
          steps: [{ id: 's', plan: { $literal: { id: 'child', budget: 1, steps: [{ id: 'a', agentId: 'a' }] } } }],
        };
        const money = async (run: string): Promise<readonly number[]> => {
          const { spent, reserved } = (await rig.orchestrator.get(run)).money;
          return [spent, reserved];
        };
        rig.orchestrator.register(caller(true));
        await rig.orchestrator.start(plan, null, { id: 'r' });
        await rig.settle();
        await rig.restart({ agents: [caller(true)] });
        await rig.settle();
        for (const run of ['r', 'r~s.1']) assert.deepEqual(await money(run), [0, 0.8]);
        // The cap holds for the calls that may have been billed: two fit into it, and a third does not.
        await rig.restart({ agents: [caller(false)] });
        const { error } = await rig.until(rig.orchestrator.handle('r').result());
        assert.match(error?.message ?? '', /\$0\.4000.*\$0\.2000 left/);
        for (const run of ['r', 'r~s.1']) assert.deepEqual(await money(run), [0.8, 0]);
      }));

    it('a hundred runs left at different places all end', () =>
      Rig.with(open, {}, async (rig) => {
        const slow = agent({ id: 'a', run: (n: number, ctx) => ctx.sleep(n % 7 === 0 ? 500 : n) });
        const plan = {
          id: 'p',
          steps: [
            { id: 'x', agentId: 'a', input: { $from: 'input' } },
            { id: 'y', agentId: 'a', input: 3, dependencies: ['x'] },
          ],
        };
        rig.orchestrator.register(slow);
        await rig.orchestrator.startAll(
          plan,
          Array.from({ length: 100 }, (_, i) => i),
        );
        for (let i = 0; i < 4; i++) {
          await rig.pass(20);
          await rig.restart({ agents: [slow] });
        }
        await rig.pass(5000);
        assert.equal((await rig.orchestrator.list({ status: ['succeeded'], limit: 1000 })).length, 100);
      }));
  });
}
