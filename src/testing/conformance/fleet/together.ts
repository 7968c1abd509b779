import assert from 'node:assert/strict';
import { rejectsWith } from '../storage/store.ts';
import { eventually } from '../world.ts';
import { engines, lose, two } from './nodes.ts';
import type { FleetTest } from './nodes.ts';

export function togetherConformance(test: FleetTest): void {
  test('what is done exclusively is done by one at a time, over all nodes', async (world) => {
    const nodes = await engines(world, 'a', 'b', 'c');
    let [inside, most, done] = [0, 0, 0];
    const work = async (): Promise<number> => {
      most = Math.max(most, ++inside);
      await Promise.resolve();
      await world.pass(1);
      inside--;
      return ++done;
    };
    const answers = await Promise.all([0, 1, 2].flatMap(() => nodes.map(({ fleet }) => fleet.exclusively('key', work))));
    assert.deepEqual([most, done, inside], [1, 9, 0]);
    assert.deepEqual(
      answers.toSorted((a, b) => a - b),
      [1, 2, 3, 4, 5, 6, 7, 8, 9],
    );
  });

  test('different keys do not wait for each other', async (world) => {
    const [a, b] = await two(world);
    const { promise: never, resolve: end } = Promise.withResolvers<void>();
    const holding = a.fleet.exclusively('held', () => never);
    assert.equal(await a.fleet.exclusively('free', async () => 1), 1);
    assert.equal(await b.fleet.exclusively('free', async () => 2), 2);
    end();
    await holding;
  });

  test('who fails lets go of the lock', async (world) => {
    const [a, b] = await two(world);
    const failing = a.fleet.exclusively('key', async () => {
      throw new Error('it did not work');
    });
    await assert.rejects(failing, /it did not work/);
    assert.equal(await b.fleet.exclusively('key', async () => 2), 2);
    assert.equal(await a.fleet.exclusively('key', async () => 1), 1);
  });

  test('a node that is closed lets go of its locks, though it was not done', async (world) => {
    const [a, b] = await two(world);
    const { promise: entered, resolve: enter } = Promise.withResolvers<void>();
    const { promise: held, resolve: end } = Promise.withResolvers<void>();
    const holding = a.fleet.exclusively('key', async () => {
      enter();
      await held;
    });
    holding.catch(() => undefined);
    await entered;
    let got = false;
    const waiting = b.fleet.exclusively('key', async () => (got = true));
    await a.close();
    await eventually(world, 'the other has it', () => got);
    await waiting;
    end();
    await holding.catch(() => undefined);
  });

  test('a node that was taken away gets no lock', async (world) => {
    const [a, b] = await two(world);
    await lose(world, a, b);
    await rejectsWith(
      'NODE_FENCED',
      a.fleet.exclusively('key', async () => assert.fail('it was let in')),
    );
  });

  test('a closed node is asked in vain', async (world) => {
    const [a] = await two(world);
    await a.close();
    await rejectsWith('ENGINE_CLOSED', a.fleet.claim('r'));
    await rejectsWith('ENGINE_CLOSED', a.fleet.adopt(1, []));
    await rejectsWith('ENGINE_CLOSED', a.fleet.rejoin());
    await rejectsWith(
      'ENGINE_CLOSED',
      a.fleet.exclusively('key', async () => undefined),
    );
  });
}
