import assert from 'node:assert/strict';
import type { Fleet } from '../../../ports/fleet.ts';
import { event, first, next, record, rejectsWith } from '../storage/store.ts';
import { call, engines, lengthOf, lose, start, two, writeTo } from './nodes.ts';
import type { FleetTest } from './nodes.ts';
import { eventually } from '../world.ts';

const film = `sha256-${'0'.repeat(64)}`;
const strange = `sha256-${'1'.repeat(64)}`;

async function adopted(fleet: Fleet, limit = 100, without: readonly string[] = []): Promise<readonly string[]> {
  return (await fleet.adopt(limit, without)).map(({ run }) => run);
}

export function adoptionConformance(test: FleetTest): void {
  test('F4: unfinished runs of nodes that are gone are adopted, oldest first, and no others', async (world) => {
    const [a, b] = await two(world);
    await a.journal.append(first('young', { createdAt: 3000 }));
    await a.journal.append(first('old', { createdAt: 1000 }));
    await a.journal.append(first('ended', { status: 'succeeded' }));
    await a.journal.append(first('paused', { status: 'paused', createdAt: 2000 }));
    await start(b, 'own');
    assert.deepEqual(await adopted(b.fleet), []);
    await lose(world, a, b);
    const runs = await b.fleet.adopt(100, []);
    assert.deepEqual(
      runs,
      await Promise.all(['old', 'paused', 'young'].map((run) => b.runs.get(run))),
      'they are given as their records are',
    );
    assert.deepEqual(await adopted(b.fleet), []);
    await writeTo(b, 'old', 1);
  });

  test('F4: families are adopted as many as were asked for', async (world) => {
    const [a, b] = await two(world);
    for (let n = 0; n < 5; n++) {
      await start(a, `r${n}`);
      await call(a, `r${n}`, `child${n}`);
    }
    await a.close();
    const seen = new Set<string>();
    for (const families of [2, 2, 1, 0]) {
      const runs = await adopted(b.fleet, 2);
      assert.equal(runs.length, families * 2);
      for (const run of runs) seen.add(run);
    }
    assert.equal(seen.size, 10);
  });

  test('F4: families in which a run goes by an unknown plan are left for others', async (world) => {
    const [a, b, c] = await engines(world, 'a', 'b', 'c');
    assert.ok(a && b && c);
    await a.journal.append(first('known', { plan: film }));
    await a.journal.append(first('strange', { plan: strange }));
    await a.journal.append(first('mixed', { plan: film }));
    await a.journal.append(first('child', { plan: strange, parent: 'mixed' }));
    await a.close();
    assert.deepEqual(await adopted(b.fleet, 100, [strange]), ['known']);
    assert.deepEqual((await adopted(c.fleet, 100, [film])).toSorted(), ['strange']);
    assert.deepEqual((await adopted(c.fleet)).toSorted(), ['child', 'mixed']);
  });

  test('F3: a family changes hands whole, down to the last, ended runs too', async (world) => {
    const [a, b] = await two(world);
    await start(a, 'root');
    await call(a, 'root', 'child');
    await call(a, 'child', 'grandchild');
    await a.journal.append(first('ended', { parent: 'root', status: 'succeeded' }));
    await start(a, 'other');
    await a.close();
    assert.equal(await b.fleet.claim('grandchild'), 'mine');
    for (const run of ['root', 'child', 'grandchild', 'ended']) await writeTo(b, run, 1);
    const c = await world.open('c');
    for (const run of ['root', 'child', 'grandchild', 'ended']) assert.equal(await c.fleet.claim(run), 'elsewhere');
    assert.equal(await c.fleet.claim('other'), 'mine', 'another family stays where it was');
  });

  test('whoever claims a run is told of its whole family', async (world) => {
    const [a, b] = await two(world);
    await start(a, 'root');
    await call(a, 'root', 'child');
    await a.journal.append(first('ended', { parent: 'root', status: 'succeeded' }));
    await a.close();
    let told = 0;
    b.fleet.watch({ gone: () => told++ });
    await eventually(world, 'it was told once', () => told > 0);
    const before = told;
    assert.equal(await b.fleet.claim('ended'), 'mine');
    await eventually(world, 'it is told again', () => told > before);
    assert.deepEqual((await adopted(b.fleet, 1)).toSorted(), ['child', 'root']);
    assert.equal(await b.fleet.claim('child'), 'mine');
    assert.deepEqual(await adopted(b.fleet), [], 'of what it knows to be its own it is not told');
  });

  test('F3: a family whose root has ended goes with its last run', async (world) => {
    const [a, b] = await two(world);
    await start(a, 'root');
    await call(a, 'root', 'child');
    await a.journal.append({ ...next('root', 1, event(1)), record: record('root', { status: 'failed' }) });
    await a.close();
    assert.deepEqual(await adopted(b.fleet), ['child']);
    await writeTo(b, 'root', 2);
  });

  test('F3: what is called after the family changed hands belongs to it', async (world) => {
    const [a, b, c] = await engines(world, 'a', 'b', 'c');
    assert.ok(a && b && c);
    await start(a, 'root');
    await a.close();
    assert.deepEqual(await adopted(b.fleet), ['root']);
    await call(b, 'root', 'child');
    await b.close();
    assert.equal(await c.fleet.claim('child'), 'mine');
    await writeTo(c, 'root', 1);
  });

  test('F4: a run that has ended is claimed, though it is not adopted', async (world) => {
    const [a, b] = await two(world);
    await a.journal.append(first('r', { status: 'failed' }));
    await a.close();
    assert.deepEqual(await adopted(b.fleet), []);
    assert.equal(await b.fleet.claim('r'), 'mine');
    await b.journal.append({ ...next('r', 1, event(1)), record: record('r') });
  });

  test('F4: of two that adopt at once, each gets what the other does not get', async (world) => {
    const [a, b, c] = await engines(world, 'a', 'b', 'c');
    assert.ok(a && b && c);
    const runs = Array.from({ length: 20 }, (_, n) => `r${n}`);
    for (const run of runs) await start(a, run);
    await a.close();
    const rounds = await Promise.all([0, 1, 2, 3, 4, 5].flatMap(() => [adopted(b.fleet, 3), adopted(c.fleet, 3)]));
    const got = rounds.flat();
    assert.equal(new Set(got).size, got.length, 'no run was given twice');
    // Whoever asks while the other chooses may get less than there is.
    got.push(...(await adopted(b.fleet)));
    assert.deepEqual(got.toSorted(), runs.toSorted());
    for (const run of runs) {
      const owners: readonly string[] = [await b.fleet.claim(run), await c.fleet.claim(run)];
      assert.deepEqual(owners.toSorted(), ['elsewhere', 'mine'], `${run} has one owner`);
    }
  });

  test('F4: of two that claim a run at once, one gets it', async (world) => {
    const [a, b, c] = await engines(world, 'a', 'b', 'c');
    assert.ok(a && b && c);
    await start(a, 'root');
    await call(a, 'root', 'child');
    await a.close();
    const answers = await Promise.all([b.fleet.claim('root'), c.fleet.claim('child'), b.fleet.claim('child'), c.fleet.claim('root')]);
    assert.equal(answers[0], answers[2]);
    assert.equal(answers[1], answers[3]);
    assert.deepEqual(answers.slice(0, 2).toSorted(), ['elsewhere', 'mine']);
  });

  test('a family that its node gives up is anybody’s, whole', async (world) => {
    const [a, b] = await two(world);
    await start(a, 'root', 'other');
    await call(a, 'root', 'child');
    await a.inbox.send({ id: 'm', run: 'root', command: '{}', at: 1 });
    await a.fleet.release('child');
    await rejectsWith('RUN_ELSEWHERE', writeTo(a, 'root', 1));
    assert.deepEqual(
      (await b.inbox.pending(10)).map(({ id }) => id),
      ['m'],
    );
    assert.deepEqual((await adopted(b.fleet)).toSorted(), ['child', 'root']);
    await writeTo(b, 'root', 1);
    assert.equal(await b.fleet.claim('other'), 'elsewhere');
  });

  test('what is not a node’s own it cannot give up', async (world) => {
    const [a, b] = await two(world);
    await start(a, 'r');
    await b.fleet.release('r');
    await b.fleet.release('unknown');
    assert.equal(await b.fleet.claim('r'), 'elsewhere');
    await writeTo(a, 'r', 1);
  });

  test('who begins anew goes on with what everybody left', async (world) => {
    const [a, b] = await two(world);
    await start(a, 'r');
    await start(b, 's');
    await a.close();
    await b.close();
    const c = await world.open('c');
    assert.deepEqual((await adopted(c.fleet)).toSorted(), ['r', 's']);
    await writeTo(c, 'r', 1);
    assert.equal(await lengthOf(c, 'r'), 2);
  });
}
