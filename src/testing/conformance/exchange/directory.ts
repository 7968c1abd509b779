import assert from 'node:assert/strict';
import type { AgentNotice } from '../../../ports/exchange.ts';
import type { ExchangeNode } from '../exchange.ts';
import { always, eventually } from '../world.ts';
import { twoNodes } from './workshop.ts';
import type { ExchangeTest } from './workshop.ts';

function notice(id: string, changes: Partial<AgentNotice> = {}): AgentNotice {
  return { id, version: '1', capabilities: ['pictures'], actions: ['paint'], room: 2, ...changes };
}

/** Who hosts the agent, as a node sees it now. */
async function hosts({ directory }: ExchangeNode, agent: string): Promise<readonly string[]> {
  await directory.refresh();
  return (directory.hosted().get(agent)?.nodes ?? []).toSorted();
}

export function directoryConformance(test: ExchangeTest): void {
  test('what a node hosts is seen by all, with everything that it says of it', async (world) => {
    const [a, b] = await twoNodes(world);
    assert.deepEqual([...b.directory.hosted()], []);
    const told = notice('a: “painter”, 🎻', { capabilities: ['x', 'y'], limits: { concurrency: 3, rate: { max: 1, per: 1000 } } });
    a.directory.announce([told, notice('writer')]);
    for (const node of [a, b]) {
      await eventually(world, 'it is seen', async () => (await hosts(node, told.id)).length === 1);
      assert.deepEqual(node.directory.hosted().get(told.id), { ...told, nodes: [a.fleet.node] });
      assert.deepEqual([...node.directory.hosted().keys()].toSorted(), [told.id, 'writer'].toSorted());
    }
  });

  test('an agent that several nodes host has the room of all', async (world) => {
    const [a, b] = await twoNodes(world);
    a.directory.announce([notice('painter', { room: 2 })]);
    b.directory.announce([notice('painter', { room: 3 })]);
    await eventually(world, 'both are seen', async () => (await hosts(a, 'painter')).length === 2);
    assert.deepEqual(await hosts(b, 'painter'), [a.fleet.node, b.fleet.node].toSorted());
    assert.equal(a.directory.hosted().get('painter')?.room, 5);
  });

  test('what a node says counts until it says otherwise', async (world) => {
    const [a, b] = await twoNodes(world);
    a.directory.announce([notice('painter'), notice('writer')]);
    await eventually(world, 'it is seen', async () => (await hosts(b, 'painter')).length === 1);
    a.directory.announce([notice('writer', { room: 7 })]);
    await eventually(world, 'the change is seen', async () => (await hosts(b, 'painter')).length === 0);
    await eventually(world, 'of the other too', async () => {
      await b.directory.refresh();
      return b.directory.hosted().get('writer')?.room === 7;
    });
    await always(world, 4, 'it is told again and again', async () => (await hosts(b, 'writer')).length === 1);
  });

  test('what a node hosts is forgotten soon after its last sign of life', async (world) => {
    const [a, b] = await twoNodes(world);
    a.directory.announce([notice('painter')]);
    b.directory.announce([notice('painter')]);
    await eventually(world, 'both are seen', async () => (await hosts(b, 'painter')).length === 2);
    const endSilence = await world.silence(a);
    await eventually(world, 'one is forgotten', async () => (await hosts(b, 'painter')).join() === b.fleet.node);
    await endSilence();
    await eventually(world, 'it is back', async () => (await hosts(b, 'painter')).length === 2);
  });

  test('what a node hosted that was closed is forgotten', async (world) => {
    const [a, b] = await twoNodes(world);
    a.directory.announce([notice('painter')]);
    await eventually(world, 'it is seen', async () => (await hosts(b, 'painter')).length === 1);
    await a.close();
    await eventually(world, 'it is forgotten', async () => (await hosts(b, 'painter')).length === 0);
  });

  test('who watches is told when somebody hosts more, and when somebody hosts less', async (world) => {
    const [a, b] = await twoNodes(world);
    let told = 0;
    const end = b.directory.watch(() => void told++);
    a.directory.announce([notice('painter')]);
    await eventually(world, 'more is told', () => told > 0 && b.directory.hosted().has('painter'));
    const before = told;
    a.directory.announce([]);
    await eventually(world, 'less is told', () => told > before && !b.directory.hosted().has('painter'));
    end();
    const last = told;
    a.directory.announce([notice('writer')]);
    await eventually(world, 'it is seen', () => b.directory.hosted().has('writer'));
    assert.equal(told, last, 'who does not watch any more is told nothing');
  });

  test('what was forgotten is told again', async (world) => {
    const [a, b] = await twoNodes(world);
    a.directory.announce([notice('painter')]);
    await eventually(world, 'it is seen', async () => (await hosts(b, 'painter')).length === 1);
    await world.forget();
    await eventually(world, 'it is seen again', async () => (await hosts(b, 'painter')).length === 1);
  });

  test('it can be looked at while the carrier is away, and is right again when that is back', async (world) => {
    const [a, b] = await twoNodes(world);
    a.directory.announce([notice('painter')]);
    await eventually(world, 'it is seen', async () => (await hosts(b, 'painter')).length === 1);
    const comeBack = await world.goAway();
    await b.directory.refresh();
    b.directory.hosted();
    a.directory.announce([notice('writer')]);
    await comeBack();
    await eventually(world, 'the change is seen', async () => (await hosts(b, 'writer')).length === 1);
    await eventually(world, 'all of it', async () => (await hosts(b, 'painter')).length === 0);
  });
}
