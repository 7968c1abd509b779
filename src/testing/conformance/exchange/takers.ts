import assert from 'node:assert/strict';
import { always, eventually } from '../world.ts';
import { Bench, hasTaken, isThere, maker, order, twoNodes } from './workshop.ts';
import type { ExchangeTest } from './workshop.ts';

export function takersConformance(test: ExchangeTest): void {
  test('X1: an order that is long in hand stays there while its taker lives', async (world) => {
    const [a, b] = await twoNodes(world);
    const bench = new Bench(a.exchange, 1);
    await a.exchange.send([order('r/1')]);
    await hasTaken(world, bench, 1);
    const other = maker(b.exchange);
    await always(world, 4, 'nobody else gets it', async () => other.made.length === 0 && (await isThere(b.exchange, 'r/1')));
    bench.finishAll();
  });

  test('X1: the order of a taker that is lost is given to another, marked as such', async (world) => {
    const [a, b] = await twoNodes(world);
    const lost = new Bench(a.exchange, 1);
    await b.exchange.send([order('r/1')]);
    await hasTaken(world, lost, 1);
    assert.equal(lost.taken[0]?.again, false);
    const endSilence = await world.silence(a);
    const other = new Bench(b.exchange, 2);
    await hasTaken(world, other, 1);
    assert.deepEqual(other.taken[0]?.order, order('r/1'));
    assert.equal(other.taken[0]?.again, true);
    // What the lost taker does of it now is nobody's affair.
    lost.finishAll();
    await endSilence();
    await always(world, 2, 'it is still there', () => isThere(b.exchange, 'r/1'));
    other.finishAll();
    await eventually(world, 'it is finished', async () => !(await isThere(b.exchange, 'r/1')));
    assert.equal(other.taken.length, 1);
  });

  test('X1: an order may be lost more than once', async (world) => {
    const [a, b] = await twoNodes(world);
    const c = await world.open('c');
    const [first, second] = [new Bench(a.exchange, 1), new Bench(b.exchange, 0)];
    await c.exchange.send([order('r/1')]);
    await hasTaken(world, first, 1);
    await world.silence(a);
    second.taking.resize(1);
    await hasTaken(world, second, 1);
    await world.silence(b);
    const third = maker(c.exchange);
    await eventually(world, 'the third has it', () => third.made.length === 1);
    assert.equal(third.made[0]?.again, true);
    for (const bench of [first, second]) bench.finishAll();
  });

  test('a taker takes as many at a time as it was told last', async (world) => {
    const [a, b] = await twoNodes(world);
    const bench = new Bench(b.exchange, 1);
    await a.exchange.send(Array.from({ length: 9 }, (_, n) => order(`r/${n}`)));
    await hasTaken(world, bench, 1);
    bench.taking.resize(4);
    await hasTaken(world, bench, 4);
    bench.taking.resize(2);
    bench.finish(bench.inHand[0] ?? '');
    await always(world, 1, 'it has more than it may already', () => bench.taken.length === 4);
    bench.finishAll();
    await hasTaken(world, bench, 6);
    await always(world, 1, 'it takes two', () => bench.taken.length === 6);
    bench.finishAll();
    await eventually(world, 'all are made', () => {
      bench.finishAll();
      return bench.taken.length === 9;
    });
    assert.equal(bench.most, 4);
    bench.finishAll();
  });

  test('a taker that has no room takes nothing until it has', async (world) => {
    const [a, b] = await twoNodes(world);
    const bench = new Bench(b.exchange, 0);
    await a.exchange.send([order('r/1')]);
    await always(world, 1, 'nothing is taken', () => bench.taken.length === 0);
    bench.taking.resize(1);
    await hasTaken(world, bench, 1);
    bench.finishAll();
  });

  test('a taker that stops takes nothing more, and has stopped when it is done with what it has', async (world) => {
    const [a, b] = await twoNodes(world);
    const bench = new Bench(b.exchange, 1);
    await a.exchange.send([order('r/1'), order('r/2')]);
    await hasTaken(world, bench, 1);
    let stopped = false;
    const stopping = bench.taking.stop(world.lease * 1000).then(() => (stopped = true));
    await always(world, 1, 'it waits for what it has', async () => !stopped && (await isThere(a.exchange, 'r/1')));
    bench.finishAll();
    await eventually(world, 'it stops', () => stopped);
    await stopping;
    assert.deepEqual(bench.ids, ['r/1']);
    const other = maker(a.exchange);
    await eventually(world, 'another goes on', () => other.made.length === 1);
    assert.deepEqual([other.made[0]?.order.id, other.made[0]?.again], ['r/2', false]);
  });

  test('a taker that stops waits no longer than it was told to', async (world) => {
    const [a, b] = await twoNodes(world);
    const bench = new Bench(b.exchange, 1);
    await a.exchange.send([order('r/1')]);
    await hasTaken(world, bench, 1);
    let stopped = false;
    const stopping = bench.taking.stop(world.lease).then(() => (stopped = true));
    await eventually(world, 'it stops', () => stopped);
    await stopping;
    bench.finishAll();
  });

  test('a taker that has nothing in hand stops at once', async (world) => {
    const [a] = await twoNodes(world);
    await new Bench(a.exchange, 3).taking.stop(0);
  });

  test('somebody may take anew after he has stopped', async (world) => {
    const [a, b] = await twoNodes(world);
    await maker(b.exchange).taking.stop(world.lease);
    await a.exchange.send([order('r/1')]);
    const { made } = maker(b.exchange);
    await eventually(world, 'it is made', () => made.length === 1);
    assert.equal(made[0]?.again, false);
  });

  test('a node that is closed takes nothing more', async (world) => {
    const [a, b] = await twoNodes(world);
    const { made } = maker(a.exchange);
    await a.close();
    await b.exchange.send([order('r/1')]);
    await always(world, 1, 'it takes nothing', () => made.length === 0);
    assert.ok(await isThere(b.exchange, 'r/1'));
  });
}
