/** Readers on one node of runs on another. */
import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';
import { io } from 'socket.io-client';
import type { Backend } from '../../src/ports/backend.ts';
import { adminKey } from './served.ts';
import { holding, listen, story, wired, type Told, type Wired } from './live-rig.ts';

/** Opens the store of one test as one more node. */
export type OpenNode = (node: string) => Backend | Promise<Backend>;

/** What servers on one store promise together, on whatever store that is. */
export function liveOnNodes(where: string, store: (t: TestContext) => OpenNode | Promise<OpenNode>): void {
  const nodes = async (t: TestContext, agents: readonly unknown[]): Promise<readonly [Wired, Wired]> => {
    const open = await store(t);
    const node = async (its: string): Promise<Wired> => wired(t, { backend: await open(its), agents, workflows: [story] });
    return [await node('one'), await node('other')];
  };

  suite(`live on several nodes, on ${where}`, () => {
    test('a reader on another node is told the same, with the same cursors, and what is in no journal too', async (t) => {
      const { agents, go, at } = holding();
      const [one, other] = await nodes(t, agents);
      const { id } = await one.orchestrator.start(story, 1);
      const here = await listen(t, one.host, `/ws/workflows/${id}`);
      const there = await listen(t, other.host, `/ws/workflows/${id}`);
      const ctx = await at('first');
      for (const listener of [here, there]) await listener.heard(({ event }) => event === 'step:started');
      ctx.progress(0.5);
      for (const listener of [here, there])
        assert.equal((await listener.heard(({ event }) => event === 'step:progress')).cursor, undefined);
      go('first');
      const seen = await here.heard(({ event }) => event === 'step:completed');
      // What one node gave, another takes.
      const moved = await listen(t, other.host, `/ws/workflows/${id}?cursor=${seen.cursor}`);
      for (const step of ['second', 'third']) go(step);
      for (const listener of [here, there, moved]) assert.equal((await listener.closed).code, 1000);
      const kept = (told: readonly Told[]): readonly Told[] => told.filter(({ event }) => event !== 'step:progress');
      assert.deepEqual(kept(there.told), kept(here.told));
      assert.deepEqual(moved.told, here.told.slice(here.told.indexOf(seen) + 1));
      assert.equal(here.names.filter((name) => name === 'step:progress').length, 1);
    });

    test('a room of a project has the runs of other nodes', async (t) => {
      const { agents, go } = holding();
      const [one, other] = await nodes(t, agents);
      const socket = io(`http://${other.host}`, { auth: { key: adminKey }, transports: ['websocket'] });
      t.after(() => socket.disconnect());
      await socket.timeout(5000).emitWithAck('subscribe', { project: 'p' });
      const ended = new Promise<readonly unknown[]>((resolve) => {
        const heard: unknown[] = [];
        socket.onAny((event: string, data: { readonly stepId?: string }) => {
          if (event === 'step:completed') heard.push(data.stepId);
          if (event === 'run:ended') resolve(heard);
        });
      });
      for (const step of ['first', 'second', 'third']) go(step);
      await one.orchestrator.run(story, 1, { project: 'p' });
      assert.deepEqual(await ended, ['first', 'second', 'third']);
    });

    test('a ticket of one node opens a connection on another, once in all', async (t) => {
      const [one, other] = await nodes(t, []);
      const { ticket } = (await one.ask('POST', '/api/v1/live/tickets')).as<{ readonly ticket: string }>();
      const listener = await listen(t, other.host, `/ws/agents?ticket=${ticket}`, { key: '' });
      await listener.heard(({ event }) => event === 'agents:snapshot');
      await assert.rejects(listen(t, one.host, `/ws/agents?ticket=${ticket}`, { key: '' }), /401/);
    });
  });
}
