/** What happens while one of the servers is away, and that it goes on by itself. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { agent, agentRef, distributed, openWorker, Orchestrator, workflow, type DistributedOptions } from '../../src/index.ts';
import { startPostgres } from '../servers/postgres.ts';
import { startRedis } from '../servers/redis.ts';

const [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
const dir = await mkdtemp(join(tmpdir(), 'continuo-outage-'));
after(async () => {
  await Promise.all([postgres.stop(), redis.stop()]);
  await rm(dir, { recursive: true, force: true });
});

let schemas = 0;
const storeOf = (): DistributedOptions => ({
  postgres: { url: postgres.url, schema: `outage_${++schemas}` },
  redis: redis.url,
  blobs: join(dir, String(schemas)),
  lease: 2000,
});

const near = agent({ id: 'near', run: (value: number) => value + 1 });
const far = agentRef<number, number>('far');
const here = workflow<number>('here')
  .step('a', near, ({ input }) => input)
  .step('b', near, ({ a }) => a)
  .output(({ b }) => b);
const there = workflow<number>('there')
  .step('a', far, ({ input }) => input)
  .output(({ a }) => a);

async function engineOn(store: DistributedOptions, agents: readonly unknown[] = [near]): Promise<Orchestrator> {
  const engine = await Orchestrator.open({ backend: distributed(store), agents, workflows: [here, there] });
  for (const name of ['engine:error', 'engine:stalled'] as const) engine.on(name, () => undefined);
  return engine;
}

describe('while Redis is away', () => {
  it('what runs here goes on and is written down; what must move waits, and moves when it is back', async () => {
    const store = storeOf();
    const engine = await engineOn(store);
    const worker = await openWorker({
      backend: distributed({ ...store, role: 'worker' }),
      agents: [agent({ id: 'far', run: (n: number) => n * 10 })],
    });
    worker.bus.on('engine:error', () => undefined);
    try {
      assert.equal((await engine.run(there, 1)).output, 10);
      await redis.kill();
      assert.equal((await engine.run(here, 1)).output, 3);
      const waiting = await engine.start(there, 4);
      assert.equal((await engine.status(waiting.id)).status, 'running');
      await redis.start();
      assert.equal((await waiting.result()).output, 40);
      const parts = worker.backend.health?.() ?? [];
      assert.ok(parts.length >= 2);
    } finally {
      await worker.close();
      await engine.close();
    }
  });

  it('everything in it may be forgotten in the middle of a hundred runs', async () => {
    const store = storeOf();
    const engine = await engineOn(store);
    let made = 0;
    let emptied: Promise<unknown> | undefined;
    const slow = agent({
      id: 'far',
      concurrency: 8,
      run: async (n: number, ctx) => {
        if (++made === 40) emptied = flush();
        await ctx.sleep(5);
        return n;
      },
    });
    const worker = await openWorker({ backend: distributed({ ...store, role: 'worker' }), agents: [slow] });
    worker.bus.on('engine:error', () => undefined);
    try {
      const results = await Promise.all(Array.from({ length: 100 }, (_, n) => engine.run(there, n)));
      assert.deepEqual(
        results.map(({ output }) => output),
        Array.from({ length: 100 }, (_, n) => n),
      );
      assert.ok(emptied !== undefined);
      await emptied;
    } finally {
      await worker.close();
      await engine.close();
    }
  });
});

async function flush(): Promise<void> {
  const { Redis } = await import('ioredis');
  const client = new Redis(redis.url);
  await client.flushall();
  client.disconnect();
}

describe('while Postgres is away', () => {
  it('what is in hand is finished and kept, and written down when it is back; how runs stand is told from Redis', async () => {
    const begun = Promise.withResolvers<void>();
    const free = Promise.withResolvers<void>();
    const holds = agent({
      id: 'near',
      run: async (value: number) => {
        begun.resolve();
        await free.promise;
        return value + 1;
      },
    });
    const engine = await engineOn(storeOf(), [holds]);
    try {
      const stalled = new Promise<void>((resolve) => engine.on('engine:stalled', () => resolve()));
      const run = await engine.start(here, 1);
      await begun.promise;
      await postgres.kill();
      free.resolve();
      await stalled;
      const { status, asOf } = await engine.status(run.id);
      assert.equal(status, 'running');
      assert.ok(asOf !== undefined, 'it is what was told last');
      await postgres.start();
      assert.equal((await run.result()).output, 3);
      assert.equal((await engine.status(run.id)).asOf, undefined);
      const completed = (await engine.history(run.id)).flatMap(({ events }) => events.filter(({ type }) => type === 'task.completed'));
      assert.equal(completed.length, 2);
    } finally {
      await engine.close();
    }
  });
});
