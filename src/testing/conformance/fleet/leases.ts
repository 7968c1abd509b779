import assert from 'node:assert/strict';
import { always, eventually } from '../world.ts';
import { lose, namesOf, start, two, writeTo, engines } from './nodes.ts';
import type { FleetTest } from './nodes.ts';

export function leasesConformance(test: FleetTest): void {
  test('F2: nodes that renew live on, however long it takes', async (world) => {
    const [a, b] = await two(world);
    await start(a, 'r');
    await always(world, 4, 'both live', async () => (await namesOf(b)).length === 2);
    assert.equal(await b.fleet.claim('r'), 'elsewhere');
    assert.deepEqual(await b.fleet.adopt(10, []), []);
    await writeTo(a, 'r', 1);
  });

  test('F2: a node that is silent for longer than its lease is gone, and all are told', async (world) => {
    const [a, b, c] = await engines(world, 'a', 'b', 'c');
    assert.ok(a && b && c);
    const told = new Set<string>();
    const ends = [b, c].map(({ fleet }) => fleet.watch({ gone: () => void told.add(fleet.node) }));
    await eventually(world, 'both are told that somebody may have gone before', () => told.size === 2);
    told.clear();
    const { node } = a.fleet;
    await lose(world, a, b);
    await eventually(world, 'both are told', () => told.size === 2);
    assert.ok(!(await namesOf(c)).includes(node));
    for (const end of ends) end();
  });

  test('F2: a short silence costs nothing', async (world) => {
    const [a, b] = await two(world);
    await start(a, 'r');
    let fenced = false;
    const end = a.fleet.watch({ fenced: () => (fenced = true) });
    const endSilence = await world.silence(a);
    await world.pass(world.lease / 4);
    await endSilence();
    await always(world, 3, 'both live', async () => (await namesOf(b)).length === 2);
    await writeTo(a, 'r', 1);
    assert.equal(fenced, false);
    end();
  });

  test('F2: nobody who was cut off himself says of others that they are gone', async (world) => {
    const [a, b] = await two(world);
    await start(a, 'r');
    await start(b, 's');
    const ends = await Promise.all([world.silence(a), world.silence(b)]);
    await world.pass(world.lease * 3);
    for (const end of ends) await end();
    await always(world, 3, 'both live', async () => (await namesOf(b)).length === 2);
    await writeTo(a, 'r', 1);
    await writeTo(b, 's', 1);
  });

  test('F2: a node that goes in order is gone at once', async (world) => {
    const [a, b] = await two(world);
    await start(a, 'r');
    let gone = 0;
    const end = b.fleet.watch({ gone: () => void gone++ });
    await eventually(world, 'told at the beginning', () => gone > 0);
    const before = gone;
    await a.close();
    assert.deepEqual(await namesOf(b), [b.fleet.node]);
    assert.deepEqual(
      (await b.fleet.adopt(10, [])).map(({ run }) => run),
      ['r'],
    );
    await eventually(world, 'told that it went', () => gone > before);
    end();
  });

  test('nodes are listed with what they say of themselves, oldest first', async (world) => {
    const a = await world.open('a');
    const w = await world.open('w', 'worker');
    const listed = await a.fleet.nodes();
    assert.deepEqual(
      listed.map(({ node, role }) => [node, role]),
      [
        [a.fleet.node, 'engine'],
        [w.fleet.node, 'worker'],
      ],
    );
    for (const { name, joinedAt, livesUntil, oldestAttempt } of listed) {
      assert.ok(name.length > 0 && livesUntil > joinedAt);
      assert.equal(oldestAttempt, undefined);
    }
    w.fleet.describe(() => ({ oldestAttempt: 12.5 }));
    await eventually(world, 'it is told with the next sign of life', async () => (await a.fleet.nodes())[1]?.oldestAttempt === 12.5);
    w.fleet.describe(() => ({}));
    await eventually(world, 'and taken back', async () => (await a.fleet.nodes())[1]?.oldestAttempt === undefined);
  });

  test('the oldest engine leads, and another when it has gone', async (world) => {
    const worker = await world.open('w', 'worker');
    const [a, b, c] = await engines(world, 'a', 'b', 'c');
    assert.ok(a && b && c);
    const leading = (): readonly boolean[] => [worker, a, b, c].map(({ fleet }) => fleet.leads());
    await eventually(world, 'the oldest leads', () => String(leading()) === 'false,true,false,false');
    await a.close();
    await eventually(world, 'the next leads', () => b.fleet.leads());
    await lose(world, b, c);
    await eventually(world, 'the last leads', () => c.fleet.leads());
    assert.equal(worker.fleet.leads(), false);
  });

  test('who does not watch any more is told nothing', async (world) => {
    const [a, b] = await two(world);
    let [first, second] = [0, 0];
    const end = b.fleet.watch({ gone: () => void first++ });
    const endSecond = b.fleet.watch({ gone: () => void second++ });
    await eventually(world, 'both are told at the beginning', () => first > 0 && second > 0);
    end();
    const [before, beforeSecond] = [first, second];
    await a.close();
    await eventually(world, 'the other is told', () => second > beforeSecond);
    assert.equal(first, before);
    endSecond();
  });
}
