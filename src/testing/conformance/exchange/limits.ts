import assert from 'node:assert/strict';
import { always, eventually } from '../world.ts';
import { Bench, order, twoNodes } from './workshop.ts';
import type { ExchangeTest } from './workshop.ts';

export function limitsConformance(test: ExchangeTest): void {
  test('no more of an agent’s orders are in hand than its limit says, over all nodes', async (world) => {
    const [a, b] = await twoNodes(world);
    await a.exchange.limit('painter', { concurrency: 2 });
    const benches = [new Bench(a.exchange, 4), new Bench(b.exchange, 4)];
    const others = new Bench(b.exchange, 4, 'writer');
    const inHand = (): number => benches.reduce((sum, bench) => sum + bench.inHand.length, 0);
    const taken = (): number => benches.reduce((sum, bench) => sum + bench.taken.length, 0);
    await a.exchange.send(Array.from({ length: 6 }, (_, n) => order(`r/${n}`)));
    await a.exchange.send(Array.from({ length: 4 }, (_, n) => order(`w/${n}`, { agent: 'writer' })));
    await eventually(world, 'two are taken', () => inHand() === 2);
    await eventually(world, 'other agents have other limits', () => others.inHand.length === 4);
    await always(world, 1, 'no more than two', () => inHand() === 2);
    for (const bench of benches) bench.finishAll();
    await eventually(world, 'two more are taken', () => taken() === 4);
    await always(world, 1, 'no more than two', () => inHand() === 2);
    await eventually(world, 'all are taken', () => {
      for (const bench of benches) bench.finishAll();
      return taken() === 6;
    });
    for (const bench of [...benches, others]) bench.finishAll();
  });

  test('a limit can be raised', async (world) => {
    const [a, b] = await twoNodes(world);
    await a.exchange.limit('painter', { concurrency: 1 });
    const bench = new Bench(b.exchange, 4);
    await a.exchange.send(Array.from({ length: 4 }, (_, n) => order(`r/${n}`)));
    await eventually(world, 'one is taken', () => bench.inHand.length === 1);
    await b.exchange.limit('painter', { concurrency: 3 });
    await eventually(world, 'three are taken', () => bench.inHand.length === 3);
    await always(world, 1, 'no more than three', () => bench.inHand.length === 3);
    await b.exchange.limit('painter', {});
    await eventually(world, 'all are taken', () => bench.inHand.length === 4);
    bench.finishAll();
  });

  test('no more orders of an agent are begun in a while than its rate says, over all nodes', async (world) => {
    const [a, b] = await twoNodes(world);
    await a.exchange.limit('painter', { rate: { max: 2, per: world.lease * 6 } });
    const benches = [new Bench(a.exchange, 4), new Bench(b.exchange, 4)];
    const taken = (): number => benches.reduce((sum, bench) => sum + bench.taken.length, 0);
    await b.exchange.send([order('r/1'), order('r/2'), order('r/3')]);
    await eventually(world, 'two are taken', () => taken() === 2);
    for (const bench of benches) bench.finishAll();
    await always(world, 1, 'no more than two', () => taken() === 2);
    assert.equal((await a.exchange.depths(['painter'])).get('painter')?.waiting, 1);
    await eventually(world, 'the third is taken when its time has come', () => taken() === 3);
    for (const bench of benches) bench.finishAll();
  });
}
