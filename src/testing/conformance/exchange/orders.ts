import assert from 'node:assert/strict';
import type { Order } from '../../../ports/exchange.ts';
import { always, eventually } from '../world.ts';
import { Bench, hasTaken, isThere, maker, order, twoNodes } from './workshop.ts';
import type { ExchangeTest } from './workshop.ts';

export function ordersConformance(test: ExchangeTest): void {
  test('an order arrives as it was sent, with everything in it', async (world) => {
    const [a, b] = await twoNodes(world);
    const whole: Order = {
      ...order('f3b1~0/e1.2.3.1.4', { agent: 'a: “painter”/{x}, 🎻 %', spent: 0.1 + 0.2, priority: -7 }),
      ref: { step: 2, item: 3, visit: 1, attempt: 4, epoch: 1 },
      input: { blob: `sha256-${'0'.repeat(64)}`, bytes: 70_000 },
      feedback: { value: [null, 1.5, 'Grüße 🎻', { deep: [] }] },
      records: { once: { is: 'value', value: { value: 7 } }, job: { is: 'submitted', job: { id: 5 } } },
      memo: true,
      timeout: 5000.5,
      heartbeat: 100,
    };
    const bench = new Bench(b.exchange, 1, whole.agent);
    await a.exchange.send([whole]);
    await hasTaken(world, bench, 1);
    assert.deepEqual(bench.taken[0]?.order, whole);
    assert.equal(bench.taken[0]?.again, false);
    assert.equal(bench.taken[0]?.signal.aborted, false);
    bench.finishAll();
  });

  test('orders wait until somebody takes them, whoever has sent them', async (world) => {
    const [a, b] = await twoNodes(world);
    await a.exchange.send([order('r/1')]);
    await a.close();
    const { made } = maker(b.exchange);
    await eventually(world, 'it is made', () => made.length === 1);
  });

  test('a taker takes the orders of its agent alone', async (world) => {
    const [a, b] = await twoNodes(world);
    const painter = maker(b.exchange, 'painter');
    const writer = maker(b.exchange, 'writer');
    await a.exchange.send([order('r/1'), order('r/2', { agent: 'writer' }), order('r/3', { agent: 'nobody' })]);
    await eventually(world, 'both have theirs', () => painter.made.length === 1 && writer.made.length === 1);
    assert.deepEqual([painter.made[0]?.order.id, writer.made[0]?.order.id], ['r/1', 'r/2']);
    assert.ok(await isThere(a.exchange, 'r/3', 'nobody'));
  });

  test('X1: each order is made once, by one of those that take', async (world) => {
    const [a, b] = await twoNodes(world);
    const benches = [new Bench(a.exchange, 3), new Bench(b.exchange, 2)];
    const ids = Array.from({ length: 40 }, (_, n) => `r/${n}`);
    await a.exchange.send(ids.slice(0, 20).map((id) => order(id)));
    await b.exchange.send(ids.slice(20).map((id) => order(id)));
    const made = (): readonly string[] => benches.flatMap((bench) => bench.ids);
    await eventually(world, 'all are made', () => {
      for (const bench of benches) bench.finishAll();
      return made().length >= ids.length;
    });
    assert.deepEqual(made().toSorted(), ids.toSorted());
    assert.ok(benches.every(({ most }, at) => most <= (at === 0 ? 3 : 2)));
    await eventually(world, 'none is there', async () => (await a.exchange.there(ids.map((id) => order(id)))).size === 0);
  });

  test('X2: what is sent again while it is there is the same order', async (world) => {
    const [a, b] = await twoNodes(world);
    await a.exchange.send([order('r/1'), order('r/1')]);
    await b.exchange.send([order('r/1', { step: 'other' })]);
    const bench = new Bench(b.exchange, 5);
    await hasTaken(world, bench, 1);
    await a.exchange.send([order('r/1')]);
    await always(world, 1, 'it is taken once', () => bench.taken.length === 1);
    assert.equal(bench.taken[0]?.order.step, 'pictures');
    bench.finishAll();
    await eventually(world, 'it is finished', async () => !(await isThere(a.exchange, 'r/1')));
  });

  test('X2: an order that was finished is there no longer, however it ended, and may be sent anew', async (world) => {
    const [a, b] = await twoNodes(world);
    let made = 0;
    b.exchange.take('painter', 1, async ({ again }) => {
      assert.equal(again, false);
      made++;
      throw new Error('it did not work');
    });
    for (const times of [1, 2]) {
      await a.exchange.send([order('r/1')]);
      await eventually(world, 'it was made', () => made === times);
      await eventually(world, 'it is not there', async () => !(await isThere(a.exchange, 'r/1')));
    }
    await always(world, 2, 'it is not made again', () => made === 2);
  });

  test('X2: an order that was withdrawn before anybody took it is never made', async (world) => {
    const [a, b] = await twoNodes(world);
    await a.exchange.send([order('r/1'), order('r/2')]);
    await b.exchange.withdraw([order('r/1'), order('unknown'), order('r/9', { agent: 'nobody' })]);
    assert.deepEqual([await isThere(a.exchange, 'r/1'), await isThere(a.exchange, 'r/2')], [false, true]);
    const { made } = maker(b.exchange);
    await eventually(world, 'the other is made', () => made.length === 1);
    await always(world, 1, 'that is all', () => made.length === 1 && made[0]?.order.id === 'r/2');
  });

  test('X2: whoever makes an order is told that it was withdrawn', async (world) => {
    const [a, b] = await twoNodes(world);
    const bench = new Bench(b.exchange, 2);
    await a.exchange.send([order('r/1'), order('r/2')]);
    await hasTaken(world, bench, 2);
    await a.exchange.withdraw([order('r/1')]);
    await eventually(world, 'it is told', () => bench.of('r/1')?.signal.aborted === true);
    assert.equal(bench.of('r/2')?.signal.aborted, false);
    bench.finish('r/1');
    await eventually(world, 'it is not there', async () => !(await isThere(a.exchange, 'r/1')));
    assert.ok(await isThere(a.exchange, 'r/2'));
    bench.finishAll();
  });

  test('X3: higher priority first, and of the same priority as they were sent', async (world) => {
    const [a, b] = await twoNodes(world);
    await a.exchange.send([order('low', { priority: -5 }), order('first'), order('high', { priority: 10 })]);
    await a.exchange.send([order('second'), order('higher', { priority: 11 }), order('lower', { priority: -6 })]);
    await b.exchange.send([order('third'), order('high too', { priority: 10 })]);
    const { made } = maker(b.exchange);
    await eventually(world, 'all are made', () => made.length === 8);
    assert.deepEqual(
      made.map(({ order: { id } }) => id),
      ['higher', 'high', 'high too', 'first', 'second', 'third', 'low', 'lower'],
    );
  });

  test('how many wait and how many are in hand is known of every agent that is asked for', async (world) => {
    const [a, b] = await twoNodes(world);
    await a.exchange.send(['r/1', 'r/2', 'r/3'].map((id) => order(id)));
    const bench = new Bench(b.exchange, 1);
    await hasTaken(world, bench, 1);
    assert.deepEqual(
      [...(await a.exchange.depths(['painter', 'nobody']))],
      [
        ['painter', { waiting: 2, inHand: 1 }],
        ['nobody', { waiting: 0, inHand: 0 }],
      ],
    );
    await eventually(world, 'all is made', async () => {
      bench.finishAll();
      const { waiting, inHand } = (await a.exchange.depths(['painter'])).get('painter') ?? assert.fail();
      return waiting === 0 && inHand === 0;
    });
  });
}
