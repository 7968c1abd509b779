/** What several engines and workers on one store promise together, on whatever store that is. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { workflow } from '../../core/plan/builder.ts';
import { agentRef } from '../../core/plan/agent-ref.ts';
import type { Worker } from '../../engine/fleet/worker.ts';
import type { Orchestrator } from '../../engine/orchestrator.ts';
import type { AnyWorkflow } from '../../core/plan/workflow.ts';
import { agent } from '../../engine/agent.ts';
import { nodesInTheWay } from './nodes-in-the-way.ts';

export interface NodeOptions {
  readonly agents?: readonly unknown[];
  readonly workflows?: readonly AnyWorkflow[];
}

/** Nodes of one fleet, made for one test. */
export interface Nodes {
  engine(options?: NodeOptions): Promise<Orchestrator>;
  worker(options?: NodeOptions): Promise<Worker>;
  /** It is not heard of any more, and does not know it: what it does goes on, and what it writes comes late. */
  silence(node: Orchestrator | Worker): () => void;
  /** Lets time pass until it is done. */
  until<T>(promise: Promise<T>): Promise<T>;
  close(): Promise<void>;
}

const same = agentRef<number, number>('same');
const chain = workflow<number>('chain')
  .step('a', same, ({ input }) => input)
  .step('b', same, ({ a }) => a + 1)
  .step('c', same, ({ b }) => b + 1)
  .output(({ c }) => c);
const wide = workflow<number>('wide')
  .step('list', agentRef<number, readonly number[]>('list'), ({ input }) => input)
  .map('work', same, ({ list }) => list)
  .output(({ work }) => work);

const counting = (made: string[], name: string): unknown =>
  agent({ id: 'same', run: (value: number, ctx) => (made.push(`${name} ${ctx.runId} ${ctx.stepId}.${ctx.item ?? ''}`), value) });
const lists = agent({ id: 'list', run: (length: number) => Array.from({ length }, (_, n) => n) });

/** Resolves when somebody has come. */
function gate(): { readonly come: () => void; readonly came: Promise<void> } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { come: resolve, came: promise };
}

export function nodesConformance(name: string, open: () => Promise<Nodes>): void {
  const test = (title: string, body: (nodes: Nodes) => Promise<void>): void => {
    it(title, async () => {
      const nodes = await open();
      try {
        await body(nodes);
      } finally {
        await nodes.close();
      }
    });
  };

  describe(`several nodes on ${name}`, { concurrency: false }, () => {
    test('an attempt whose agent is hosted elsewhere is made there', async (nodes) => {
      const made: string[] = [];
      const engine = await nodes.engine({ workflows: [chain] });
      await nodes.worker({ agents: [counting(made, 'worker')] });
      const { output } = await nodes.until(engine.run(chain, 1));
      assert.equal(output, 3);
      assert.equal(made.length, 3);
    });

    test('an attempt whose agent is hosted here stays here', async (nodes) => {
      const made: string[] = [];
      const engine = await nodes.engine({ workflows: [chain], agents: [counting(made, 'engine')] });
      await nodes.worker({ agents: [counting(made, 'worker')] });
      await nodes.until(engine.run(chain, 1));
      assert.ok(
        made.every((one) => one.startsWith('engine')),
        made.join(),
      );
    });

    test('what has no room here goes to others', async (nodes) => {
      const at: string[] = [];
      const both = gate();
      const meets = (where: string): unknown =>
        agent({
          id: 'same',
          concurrency: 1,
          run: async (value: number) => {
            if (at.push(where) === 2) both.come();
            await both.came;
            return value;
          },
        });
      const engine = await nodes.engine({ workflows: [wide], agents: [lists, meets('engine')] });
      await nodes.worker({ agents: [meets('worker')] });
      const { output } = await nodes.until(engine.run(wide, 2));
      assert.deepEqual(output, [0, 1]);
      assert.deepEqual(at.toSorted(), ['engine', 'worker']);
    });

    test('a workflow whose agent nobody hosts is refused', async (nodes) => {
      const engine = await nodes.engine({ workflows: [chain] });
      await assert.rejects(engine.start(chain, 1), { code: 'AGENT_UNKNOWN' });
    });

    test('a command to a run of another node is carried out there, and its refusal comes back', async (nodes) => {
      const asks = workflow<null>('asks')
        .ask('publish', { question: 'Publish?', choices: ['yes', 'no'] })
        .output(({ publish }) => publish.choice);
      const first = await nodes.engine({ workflows: [asks] });
      const second = await nodes.engine({ workflows: [asks] });
      const { id } = await first.start(asks, null);
      const ended = second.handle(id).result();
      await assert.rejects(nodes.until(second.answer(id, 'publish', { choice: 'perhaps', by: 'ann' })), { code: 'ANSWER_INVALID' });
      await nodes.until(second.answer(id, 'publish', { choice: 'yes', by: 'ann' }));
      assert.equal((await nodes.until(ended)).output, 'yes');
    });

    test('a run of another node is moved to another plan there, and a refusal comes back', async (nodes) => {
      const plan = (version: string, steps: readonly object[]): object => ({ id: 'moving', version, steps });
      const wait = { id: 'w', kind: 'wait', for: { signal: 'go' } };
      const work = { id: 'a', agentId: 'same', input: 1 };
      const first = await nodes.engine({ agents: [counting([], 'first')] });
      const second = await nodes.engine({ agents: [counting([], 'second')] });
      const { id } = await first.start(plan('1', [work, { ...wait, dependencies: ['a'] }]));
      await nodes.until(first.idle());
      await assert.rejects(nodes.until(second.migrate(id, plan('2', [wait]), 'ann')), { code: 'MIGRATION_REFUSED', message: /a is done/ });
      const next = { id: 'b', agentId: 'same', input: 2, dependencies: ['w'] };
      await nodes.until(second.migrate(id, plan('3', [work, { ...wait, dependencies: ['a'] }, next]), 'ann'));
      await nodes.until(second.signal(id, 'go', 'now'));
      assert.deepEqual((await nodes.until(second.handle(id).result())).output, { a: 1, w: 'now', b: 2 });
    });
    test('a run whose functions a node has not is not kept there, though a message for it came', async (nodes) => {
      const asks = workflow<null>('asks-by-function')
        .ask('publish', { question: () => 'Publish?', choices: ['yes', 'no'] })
        .output(({ publish }) => publish.choice);
      const first = await nodes.engine({ workflows: [asks] });
      const { id } = await first.start(asks, null);
      const without = await nodes.engine();
      await nodes.until(first.close());
      const ended = without.handle(id).result();
      await assert.rejects(nodes.until(without.answer(id, 'publish', { choice: 'yes', by: 'ann' })), { code: 'PLAN_CODE_MISSING' });
      const second = await nodes.engine({ workflows: [asks] });
      await nodes.until(second.answer(id, 'publish', { choice: 'yes', by: 'ann' }));
      assert.equal((await nodes.until(ended)).output, 'yes');
    });

    test('a second start with the same key, on another node, is the same run', async (nodes) => {
      const waits = workflow<null>('waits').wait('go', { signal: 'go' }).build();
      const first = await nodes.engine({ workflows: [waits] });
      const second = await nodes.engine({ workflows: [waits] });
      const one = await first.start(waits, null, { idempotencyKey: 'k' });
      const other = await second.start(waits, null, { idempotencyKey: 'k' });
      assert.equal(other.id, one.id);
      await nodes.until(second.signal(one.id, 'go'));
      assert.equal((await nodes.until(second.handle(one.id).result())).status, 'succeeded');
    });

    test('runs of a node that is lost are taken over, its attempts made again under the next number, and its late results stale', async (nodes) => {
      const attempts: string[] = [];
      const late = gate();
      const begun = gate();
      const slow = (where: string): unknown =>
        agent({
          id: 'same',
          run: async (value: number, ctx) => {
            attempts.push(`${where} ${ctx.stepId} ${ctx.attempt}`);
            begun.come();
            if (where !== 'first') return value;
            await late.came;
            return 1000;
          },
        });
      const first = await nodes.engine({ workflows: [chain], agents: [slow('first')] });
      const { id } = await first.start(chain, 1);
      await begun.came;
      const second = await nodes.engine({ workflows: [chain], agents: [slow('second')] });
      const speak = nodes.silence(first);
      const { output, status } = await nodes.until(second.handle(id).result());
      assert.equal(status, 'succeeded');
      assert.equal(output, 3);
      late.come();
      speak();
      assert.deepEqual(attempts, ['first a 1', 'second a 2', 'second b 1', 'second c 1']);
      assert.equal((await nodes.until(first.handle(id).result())).output, 3);
      const starts = (await second.history(id)).flatMap(({ events }) => events.filter(({ type }) => type === 'task.completed'));
      assert.equal(starts.length, 3);
    });

    test('a node that was fenced joins again, and takes work again', async (nodes) => {
      const made: string[] = [];
      const first = await nodes.engine({ workflows: [chain], agents: [counting(made, 'first')] });
      const { id } = await first.start(workflow<null>('waits').wait('go', { signal: 'go' }).build(), null);
      const second = await nodes.engine({ workflows: [chain], agents: [counting(made, 'second')] });
      const speak = nodes.silence(first);
      await nodes.until(adopted(second, id));
      speak();
      await nodes.until(startsAgain(first));
      assert.ok(made.some((one) => one.startsWith('first')));
    });

    test('an attempt that a lost worker had is made again by another', async (nodes) => {
      const begun = gate();
      const seen: string[] = [];
      const engine = await nodes.engine({ workflows: [chain] });
      const hangs = agent({
        id: 'same',
        run: async (_: number, ctx) => {
          seen.push(`lost ${ctx.attempt}`);
          begun.come();
          await new Promise(() => undefined);
        },
      });
      const lost = await nodes.worker({ agents: [hangs] });
      const { id } = await engine.start(chain, 1);
      await nodes.until(begun.came);
      nodes.silence(lost);
      await nodes.worker({ agents: [agent({ id: 'same', run: (value: number, ctx) => (seen.push(`other ${ctx.attempt}`), value) })] });
      const { output, error } = await nodes.until(engine.handle(id).result());
      assert.equal(output, 3, error?.message ?? 'it did not fail');
      assert.deepEqual(seen, ['lost 1', 'other 2', 'other 1', 'other 1']);
    });

    test('what a worker on another node records is not done again, and what it reserves counts', async (nodes) => {
      const paid: number[] = [];
      const engine = await nodes.engine();
      await nodes.worker({
        agents: [
          agent({
            id: 'same',
            run: async (_: null, ctx) => {
              const receipt = await ctx.once('pay', () => paid.push(ctx.attempt));
              const money = await ctx.budget.reserve(0.4);
              if (money.granted) await money.settle(0.3);
              await ctx.emit('insight', { about: ctx.stepId });
              if (ctx.attempt === 1) throw new Error('again');
              return receipt;
            },
          }),
        ],
      });
      const plan = { id: 'p', budget: 1, steps: [{ id: 's', agentId: 'same', retry: { max: 1, delay: 0 } }] };
      const { id } = await engine.start(plan, null);
      const { output } = await nodes.until(engine.handle(id).result());
      assert.deepEqual(output, { s: 1 });
      assert.deepEqual(paid, [1]);
      assert.ok(Math.abs((await engine.get(id)).money.spent - 0.6) < 1e-9);
    });

    test('a budget that is too small is refused to a worker on another node as it is here', async (nodes) => {
      const engine = await nodes.engine();
      await nodes.worker({ agents: [agent({ id: 'same', run: (_: null, ctx) => ctx.budget.reserve(5) })] });
      const plan = { id: 'p', budget: { limit: 1, onLimit: 'degrade' }, steps: [{ id: 's', agentId: 'same' }] };
      const { output } = await nodes.until(engine.run(plan, null));
      assert.deepEqual(output, { s: { granted: false, onLimit: 'degrade', left: 1 } });
    });

    test('a run that is cancelled stops the worker that is at it', async (nodes) => {
      const begun = gate();
      const stopped = gate();
      const engine = await nodes.engine();
      await nodes.worker({
        agents: [
          agent({
            id: 'same',
            run: async (_: null, ctx) => {
              ctx.signal.addEventListener('abort', stopped.come);
              begun.come();
              await stopped.came;
            },
          }),
        ],
      });
      const { id } = await engine.start({ id: 'p', steps: [{ id: 's', agentId: 'same' }] }, null);
      await nodes.until(begun.came);
      await engine.cancel(id);
      await nodes.until(stopped.came);
      assert.equal((await nodes.until(engine.handle(id).result())).status, 'cancelled');
    });

    test('a worker that drains finishes what it has, and hands back what takes too long', async (nodes) => {
      const begun = gate();
      const engine = await nodes.engine();
      const tells = (where: string, hang: boolean): unknown =>
        agent({
          id: 'same',
          run: async (_: null, ctx) => {
            begun.come();
            if (hang) await new Promise((resolve) => ctx.signal.addEventListener('abort', resolve));
            return `${where} ${ctx.attempt}`;
          },
        });
      const worker = await nodes.worker({ agents: [tells('first', true)] });
      const { id } = await engine.start({ id: 'p', steps: [{ id: 's', agentId: 'same' }] }, null);
      await nodes.until(begun.came);
      assert.equal(await nodes.until(worker.drain(100)), 'handed back');
      await nodes.worker({ agents: [tells('second', false)] });
      assert.deepEqual((await nodes.until(engine.handle(id).result())).output, { s: 'second 2' });
    });

    test('a run and the runs that it called go to one node together', async (nodes) => {
      const begun = gate();
      const slow = (hang: boolean): unknown =>
        agent({
          id: 'same',
          run: async (value: number, ctx) => {
            begun.come();
            if (hang) await new Promise((resolve) => ctx.signal.addEventListener('abort', resolve));
            return value;
          },
        });
      const calls = workflow<number>('calls')
        .call('child', chain, ({ input }) => input)
        .output(({ child }) => child);
      const first = await nodes.engine({ workflows: [chain, calls], agents: [slow(true)] });
      const { id } = await first.start(calls, 1);
      await begun.came;
      const second = await nodes.engine({ workflows: [chain, calls], agents: [slow(false)] });
      nodes.silence(first);
      assert.equal((await nodes.until(second.handle(id).result())).output, 3);
    });

    test('runs of one concurrency key go so many at a time over all nodes', async (nodes) => {
      let going = 0;
      let most = 0;
      const counts = agent({
        id: 'same',
        run: async (value: number, ctx) => {
          most = Math.max(most, ++going);
          await ctx.sleep(5);
          going--;
          return value;
        },
      });
      const keyed = workflow<number>('keyed', { concurrency: { limit: 1, key: () => 'one' } })
        .step('s', same, ({ input }) => input)
        .build();
      const engines = await Promise.all([1, 2].map(() => nodes.engine({ workflows: [keyed], agents: [counts] })));
      const results = engines.flatMap((engine) => [1, 2, 3].map((n) => engine.run(keyed, n)));
      for (const { status } of await nodes.until(Promise.all(results))) assert.equal(status, 'succeeded');
      assert.equal(most, 1);
    });

    test('an event that one node emits wakes the run of another', async (nodes) => {
      const hears = workflow<null>('hears').wait('news', { event: 'agent:news' }).build();
      const tells = agent({ id: 'tells', run: (_: null, ctx) => ctx.emit('news', { n: 1 }) });
      const first = await nodes.engine({ workflows: [hears] });
      const second = await nodes.engine({ agents: [tells] });
      const { id } = await first.start(hears, null);
      await nodes.until(second.run({ id: 'p', steps: [{ id: 's', agentId: 'tells' }] }, null));
      assert.equal((await nodes.until(first.handle(id).result())).status, 'succeeded');
    });

    test('one project’s many do not stand before another’s few', async (nodes) => {
      const order: string[] = [];
      const one = agent({ id: 'same', concurrency: 1, run: (value: number, ctx) => (order.push(ctx.project), value) });
      const engine = await nodes.engine({ workflows: [wide], agents: [lists] });
      await nodes.worker({ agents: [one] });
      const many = await engine.start(wide, 200, { project: 'many' });
      const few = await engine.start(wide, 3, { project: 'few' });
      await nodes.until(Promise.all([many.result(), few.result()]));
      const last = order.lastIndexOf('few');
      assert.ok(last < 60, `${last} of 203 were made before the last of another project’s three`);
    });

    nodesInTheWay(test);
  });
}

/** Until that node has the run: it can be told so. */
async function adopted(engine: Orchestrator, id: string): Promise<void> {
  await engine.signal(id, 'go');
}

async function startsAgain(engine: Orchestrator): Promise<void> {
  for (;;) {
    try {
      const { status } = await engine.run(chain, 1);
      assert.equal(status, 'succeeded');
      return;
    } catch (error) {
      const { code } = error as { readonly code?: string };
      if (code !== 'NODE_FENCED' && code !== 'RUN_ELSEWHERE') throw error;
    }
  }
}
