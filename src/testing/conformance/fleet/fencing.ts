import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { ContinuoError } from '../../../core/errors.ts';
import { event, first, next, rejectsWith, tally } from '../storage/store.ts';
import { eventually } from '../world.ts';
import { lengthOf, lose, namesOf, start, two, writeTo } from './nodes.ts';
import type { FleetTest } from './nodes.ts';

export function fencingConformance(test: FleetTest): void {
  test('F1: what a node writes that was taken away is refused, whatever it is', async (world) => {
    const [a, b] = await two(world);
    await start(a, 'r');
    await lose(world, a, b);
    const { codes } = await tally([
      a.journal.append(next('r', 1, event('late'))),
      a.journal.append(next('r', 7, event('gap'))),
      a.journal.append(first('s')),
      a.journal.append(first('r')),
    ]);
    assert.deepEqual(codes, ['NODE_FENCED', 'NODE_FENCED', 'NODE_FENCED', 'NODE_FENCED']);
    assert.equal(await lengthOf(b, 'r'), 1);
    assert.equal(await b.runs.get('s'), undefined);
  });

  test('F1: what a node has under way when it is taken away is there before its runs are another’s, or never', async (world) => {
    const [a, b] = await two(world);
    await start(a, 'r');
    const { node } = a.fleet;
    let acknowledged = 1;
    /** Writes until it is refused, and answers with the refusal. */
    const write = async (): Promise<unknown> => {
      for (;;) {
        try {
          await writeTo(a, 'r', acknowledged);
        } catch (error) {
          return error;
        }
        acknowledged++;
        await turn();
      }
    };
    const writing = write();
    const endSilence = await world.silence(a);
    await eventually(world, 'it is gone', async () => !(await namesOf(b)).includes(node));
    assert.equal(await b.fleet.claim('r'), 'mine');
    const length = await lengthOf(b, 'r');
    await writeTo(b, 'r', length);
    const refusal = await writing;
    assert.ok(refusal instanceof ContinuoError && refusal.code === 'NODE_FENCED', String(refusal));
    assert.equal(length, acknowledged, 'all that was acknowledged is there, and nothing else');
    assert.equal(await lengthOf(b, 'r'), length + 1);
    await endSilence();
  });

  test('a node that was taken away is told, takes nothing any more, and does not lead', async (world) => {
    const [a, b] = await two(world);
    await start(b, 'r');
    let fenced = 0;
    const end = a.fleet.watch({ fenced: () => void fenced++ });
    const endSilence = await lose(world, a, b);
    await endSilence();
    await eventually(world, 'it is told', () => fenced > 0);
    await b.close();
    await rejectsWith('NODE_FENCED', a.fleet.claim('r'));
    await rejectsWith('NODE_FENCED', a.fleet.adopt(10, []));
    assert.equal(a.fleet.leads(), false);
    assert.equal(fenced, 1);
    end();
  });

  test('a node that was taken away joins again under another name, and has nothing', async (world) => {
    const [a, b] = await two(world);
    await a.journal.append(first('r', { wakeAt: 1 }));
    const { node } = a.fleet;
    const endSilence = await lose(world, a, b);
    await endSilence();
    await a.fleet.rejoin();
    assert.notEqual(a.fleet.node, node);
    assert.deepEqual(await namesOf(b), [b.fleet.node, a.fleet.node]);
    await rejectsWith('RUN_ELSEWHERE', writeTo(a, 'r', 1));
    assert.equal(await a.runs.nextWake(), undefined);
    await start(a, 's');
    assert.deepEqual(
      (await a.fleet.adopt(10, [])).map(({ run }) => run),
      ['r'],
      'its own runs are up for adoption as any',
    );
    await writeTo(a, 'r', 1);
    await eventually(world, 'it stays', async () => (await namesOf(b)).includes(a.fleet.node));
  });

  test('a node that was taken away finds its runs with another when it is back', async (world) => {
    const [a, b] = await two(world);
    await start(a, 'r');
    const endSilence = await lose(world, a, b);
    assert.equal(await b.fleet.claim('r'), 'mine');
    await writeTo(b, 'r', 1);
    await endSilence();
    await a.fleet.rejoin();
    await rejectsWith('RUN_ELSEWHERE', writeTo(a, 'r', 2));
    assert.equal(await a.fleet.claim('r'), 'elsewhere');
    await writeTo(b, 'r', 2);
  });

  test('a node may be taken away twice', async (world) => {
    const [a, b] = await two(world);
    let fenced = 0;
    const end = a.fleet.watch({ fenced: () => void fenced++ });
    for (const times of [1, 2]) {
      const endSilence = await lose(world, a, b);
      await endSilence();
      await eventually(world, 'it is told', () => fenced === times);
      await a.fleet.rejoin();
    }
    await start(a, 'r');
    end();
  });
}
