/** Moments at which a node must not trust what it holds: an answer that is late, a command that was overtaken. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { memoryData, openMemory, type MemoryNode } from '../../src/backends/memory/index.ts';
import { agentRef } from '../../src/core/plan/agent-ref.ts';
import { workflow } from '../../src/core/plan/builder.ts';
import { ContinuoError } from '../../src/core/errors.ts';
import { agent } from '../../src/engine/agent.ts';
import { processIsolation } from '../../src/engine/isolation/process-isolation.ts';
import { Orchestrator, type OrchestratorParts } from '../../src/engine/orchestrator.ts';
import type { Backend } from '../../src/ports/backend.ts';
import { SimulatedClock } from '../../src/testing/simulated-clock.ts';

const lease = 3000;

class Stage {
  readonly clock = new SimulatedClock();
  readonly data = memoryData();
  readonly #open: Orchestrator[] = [];

  store(): MemoryNode {
    return openMemory({ data: this.data, fleet: { clock: this.clock, role: 'engine', node: `node-${this.#open.length}`, lease } });
  }

  async engine(backend: Backend, parts: Partial<OrchestratorParts>): Promise<Orchestrator> {
    const engine = new Orchestrator({ ...parts, backend, clock: this.clock, isolation: processIsolation() });
    engine.on('engine:error', () => undefined);
    this.#open.push(engine);
    await engine.begin();
    return engine;
  }

  async pass(milliseconds: number): Promise<void> {
    const until = this.clock.now() + milliseconds;
    await this.settle();
    for (let next = this.clock.next; next !== undefined && next <= until; next = this.clock.next) {
      this.clock.step();
      await this.settle();
    }
  }

  async settle(): Promise<void> {
    for (let turns = 0; turns < 20; turns++) await turn();
  }

  async close(): Promise<void> {
    const closing = Promise.all(this.#open.map((one) => one.close()));
    await this.pass(5000);
    await closing;
  }
}

function onStage(title: string, body: (stage: Stage) => Promise<void>): void {
  it(title, async () => {
    const stage = new Stage();
    try {
      await body(stage);
    } finally {
      await stage.close();
    }
  });
}

const same = agentRef<number, number>('same');

onStage('what a node learns too late of a run that it lost leads to nothing there', async (stage) => {
  const two = workflow<number>('two')
    .step('a', same, ({ input }) => input)
    .step('b', same, ({ a }) => a)
    .build();
  const made: string[] = [];
  const makes = (where: string): unknown =>
    agent({ id: 'same', run: (value: number, ctx) => (made.push(`${where} ${ctx.stepId} ${ctx.attempt}`), value) });
  const near = stage.store();
  const { promise: late, resolve: arrive } = Promise.withResolvers<void>();
  const journal: Backend['journal'] = {
    append: async (write) => {
      await near.journal.append(write);
      if (write.events.some(({ type }) => type === 'task.completed')) await late;
    },
    read: (run, from) => near.journal.read(run, from),
    snapshot: (run) => near.journal.snapshot(run),
    saveSnapshot: (run, snapshot) => near.journal.saveSnapshot(run, snapshot),
    remove: (runs) => near.journal.remove(runs),
  };
  const first = await stage.engine({ ...near, journal }, { workflows: [two], agents: [makes('first')] });
  await stage.engine(stage.store(), { workflows: [two], agents: [makes('second')] });
  await first.start(two, 1);
  await stage.settle();
  const speak = near.fallSilent();
  await stage.pass(4 * lease);
  speak();
  await stage.pass(lease);
  arrive();
  await stage.pass(lease);
  assert.deepEqual(made, ['first a 1', 'second b 2']);
});

onStage('what people send to a run is done in its order, also where the store stumbles at the first', async (stage) => {
  const waits = workflow<null>('waits').wait('go', { signal: 'go' }).build();
  const near = stage.store();
  let refused = 0;
  const append = near.journal.append.bind(near.journal);
  const engine = await stage.engine(near, { workflows: [waits] });
  const { id } = await engine.start(waits, null);
  near.journal.append = async (write) => {
    if (write.events.some(({ type }) => type === 'run.paused') && refused++ < 6) throw new ContinuoError('STORE_FAILED', 'not now');
    await append(write);
  };
  const visitor = openMemory({ data: stage.data });
  await visitor.inbox.send({ id: 'm1', run: id, command: '{"type":"pause"}', at: 1 });
  await visitor.inbox.send({ id: 'm2', run: id, command: '{"type":"resume"}', at: 2 });
  await stage.pass(20_000);
  assert.ok(refused > 4);
  assert.equal((await engine.get(id)).status, 'waiting');
});

onStage('a run whose functions a node lacks is not kept by it from others, whoever spoke to it', async (stage) => {
  const waits = workflow<null>('waits')
    .wait('go', { signal: 'go' })
    .output(() => 'gone');
  const first = await stage.engine(stage.store(), { workflows: [waits] });
  const { id } = await first.start(waits, null);
  const lacks = await stage.engine(stage.store(), {});
  await first.close();
  await stage.pass(lease);
  const told = lacks.signal(id, 'go').then(
    () => 'heard',
    (error: unknown) => (error instanceof ContinuoError ? error.code : 'unknown'),
  );
  const ended = lacks.handle(id).result();
  await stage.pass(lease);
  const knows = await stage.engine(stage.store(), { workflows: [waits] });
  await stage.pass(2 * lease);
  await knows.signal(id, 'go').catch(() => undefined);
  await stage.pass(2 * lease);
  assert.equal((await knows.get(id)).status, 'succeeded');
  assert.equal((await ended).status, 'succeeded');
  assert.ok(['heard', 'PLAN_CODE_MISSING'].includes(await told));
});

onStage('of a family of which a node claimed one run it goes on with all', async (stage) => {
  const child = workflow<null>('child').wait('go', { signal: 'go' }).build();
  const parent = workflow<null>('parent')
    .step('s', same, () => 1)
    .call('child', child, () => null, { after: [] })
    .build();
  const made: string[] = [];
  const makes = (where: string, hangs: boolean): unknown =>
    agent({
      id: 'same',
      run: async (value: number) => {
        made.push(where);
        return hangs ? new Promise(() => undefined) : value;
      },
    });
  const first = await stage.engine(stage.store(), { workflows: [parent, child], agents: [makes('first', true)] });
  const { id } = await first.start(parent, null);
  await stage.settle();
  const near = stage.store();
  const { promise: claimed, resolve: claim } = Promise.withResolvers<void>();
  const adopt = near.fleet.adopt.bind(near.fleet);
  const second = await stage.engine(near, { workflows: [parent, child], agents: [makes('second', false)] });
  near.fleet.adopt = async (...how) => {
    await claimed;
    return adopt(...how);
  };
  await first.close();
  const ended = second.handle(`${id}~child.1`).result();
  await stage.settle();
  claim();
  await stage.pass(lease);
  assert.deepEqual(made, ['first', 'second']);
  await second.signal(`${id}~child.1`, 'go');
  await stage.settle();
  assert.equal((await ended).status, 'succeeded');
});

onStage('an order of which nobody knows whether it was sent is not made twice, however late its end is heard', async (stage) => {
  const one = workflow<number>('one')
    .step('a', same, ({ input }) => input)
    .build();
  const made: number[] = [];
  const near = stage.store();
  const { promise: late, resolve: arrive } = Promise.withResolvers<void>();
  let sent = 0;
  const send = near.exchange.send.bind(near.exchange);
  near.exchange.send = async (orders) => {
    await send(orders);
    if (sent++ === 0) throw new ContinuoError('STORE_FAILED', 'no answer came');
  };
  const pending = near.inbox.pending.bind(near.inbox);
  near.inbox.pending = async (limit) => {
    if (sent > 0) await late;
    return pending(limit);
  };
  const engine = await stage.engine(near, { workflows: [one] });
  await stage.engine(stage.store(), { agents: [agent({ id: 'same', run: (value: number) => (made.push(value), value) })] });
  await stage.pass(10);
  const { id } = await engine.start(one, 1);
  await stage.pass(10_000);
  arrive();
  await stage.pass(2000);
  assert.equal((await engine.get(id)).status, 'succeeded');
  assert.deepEqual(made, [1]);
});
