import assert from 'node:assert/strict';
import { rejectsWith } from '../storage/store.ts';
import { eventually } from '../world.ts';
import { Bench, hasTaken, isThere, maker, order, twoNodes } from './workshop.ts';
import type { ExchangeTest } from './workshop.ts';

export function carrierConformance(test: ExchangeTest): void {
  test('X4: what is asked of a carrier that is away is rejected', async (world) => {
    const [a] = await twoNodes(world);
    const comeBack = await world.goAway();
    await rejectsWith('STORE_FAILED', a.exchange.send([order('r/1')]));
    await rejectsWith('STORE_FAILED', a.exchange.withdraw([order('r/1')]));
    await rejectsWith('STORE_FAILED', a.exchange.there([order('r/1')]));
    await rejectsWith('STORE_FAILED', a.exchange.limit('painter', { concurrency: 1 }));
    await rejectsWith('STORE_FAILED', a.exchange.depths(['painter']));
    await comeBack();
    await eventually(world, 'it can be asked again', async () =>
      a.exchange.send([order('r/1')]).then(
        () => true,
        () => false,
      ),
    );
  });

  test('X4: takers go on by themselves when the carrier is back, with what they have and with what comes', async (world) => {
    const [a, b] = await twoNodes(world);
    const bench = new Bench(b.exchange, 2);
    await a.exchange.send([order('r/1')]);
    await hasTaken(world, bench, 1);
    const comeBack = await world.goAway();
    await world.pass(world.lease / 2);
    assert.equal(bench.taken[0]?.signal.aborted, false, 'what is in hand goes on');
    await comeBack();
    await eventually(world, 'it takes what is sent now', async () => {
      await a.exchange.send([order('r/2')]).catch(() => undefined);
      return bench.ids.includes('r/2');
    });
    bench.finishAll();
    await eventually(world, 'both are finished', async () => (await a.exchange.there([order('r/1'), order('r/2')])).size === 0);
  });

  test('X4: somebody who begins to take while the carrier is away takes when it is back', async (world) => {
    const [a, b] = await twoNodes(world);
    const comeBack = await world.goAway();
    const { made } = maker(b.exchange);
    await world.pass(world.lease / 4);
    await comeBack();
    await eventually(world, 'it takes', async () => {
      await a.exchange.send([order('r/1')]).catch(() => undefined);
      return made.length > 0;
    });
  });

  test('X4: what was made while the carrier was away is not made again by the same taker', async (world) => {
    const [a, b] = await twoNodes(world);
    const bench = new Bench(b.exchange, 1);
    await a.exchange.send([order('r/1')]);
    await hasTaken(world, bench, 1);
    const comeBack = await world.goAway();
    bench.finishAll();
    await world.pass(world.lease / 4);
    await comeBack();
    await eventually(world, 'it is not there', async () => !(await isThere(a.exchange, 'r/1').catch(() => true)));
    assert.equal(bench.taken.filter(({ again }) => !again).length, 1);
  });

  test('X4: orders that were forgotten are not there, and can be sent again', async (world) => {
    const [a, b] = await twoNodes(world);
    await a.exchange.send([order('r/1'), order('r/2')]);
    await world.forget();
    assert.deepEqual([...(await a.exchange.there([order('r/1'), order('r/2')]))], []);
    await a.exchange.send([order('r/1')]);
    const { made } = maker(b.exchange);
    await eventually(world, 'it is made', () => made.length === 1);
    assert.deepEqual([made[0]?.order.id, made[0]?.again], ['r/1', false]);
  });

  test('X4: a taker that was waiting when the carrier forgot everything is not deaf', async (world) => {
    const [a, b] = await twoNodes(world);
    const { made } = maker(b.exchange);
    await a.exchange.send([order('r/1')]);
    await eventually(world, 'the first is made', () => made.length === 1);
    await world.forget();
    await a.exchange.send([order('r/2')]);
    await eventually(world, 'the second is made', () => made.length === 2);
  });

  test('X4: what somebody has in hand is there again soon after it was forgotten', async (world) => {
    const [a, b] = await twoNodes(world);
    const bench = new Bench(b.exchange, 1);
    await a.exchange.send([order('r/1'), order('r/2')]);
    await hasTaken(world, bench, 1);
    await world.forget();
    await eventually(world, 'its taker tells of it', () => isThere(a.exchange, 'r/1'));
    assert.equal(await isThere(a.exchange, 'r/2'), false);
    bench.finishAll();
    await eventually(world, 'it is finished', async () => !(await isThere(a.exchange, 'r/1')));
  });

  test('X4: limits that were forgotten hold again soon after', async (world) => {
    const [a, b] = await twoNodes(world);
    await a.exchange.limit('painter', { concurrency: 1 });
    await world.forget();
    await world.pass(world.lease * 2);
    const bench = new Bench(b.exchange, 3);
    await a.exchange.send([order('r/1'), order('r/2'), order('r/3')]);
    await eventually(world, 'all are made', () => {
      bench.finish(bench.inHand[0] ?? '');
      return bench.taken.length === 3;
    });
    assert.equal(bench.most, 1);
    bench.finishAll();
  });
}
