import assert from 'node:assert/strict';
import { event, first, next, record, rejectsWith, tally } from '../storage/store.ts';
import { eventually } from '../world.ts';
import { call, engines, lengthOf, lose, start, two, writeTo } from './nodes.ts';
import type { FleetTest } from './nodes.ts';

export function ownershipConformance(test: FleetTest): void {
  test('F1: a run begins as its starter’s, and others can read it', async (world) => {
    const [a, b] = await two(world);
    await start(a, 'r');
    await writeTo(a, 'r', 1);
    assert.deepEqual(await b.journal.read('r', 0), await a.journal.read('r', 0));
    assert.equal((await b.runs.get('r'))?.run, 'r');
    assert.equal(await a.fleet.claim('r'), 'mine');
    assert.equal(await b.fleet.claim('r'), 'elsewhere');
    assert.equal(await b.fleet.claim('unknown'), 'unknown');
  });

  test('F1: of what another node writes to a run nothing is there', async (world) => {
    const [a, b] = await two(world);
    await start(a, 'r');
    await b.inbox.send({ id: 'm', run: 'r', command: '{}', at: 1 });
    const write = {
      ...next('r', 1, event('b')),
      record: record('r', { workflow: 'b' }),
      memos: [{ project: 'default', key: 'k', value: '1' }],
      emissions: [{ run: 'r', project: 'default', name: 'e', data: '1', at: 1 }],
      consumes: ['m'],
    };
    await rejectsWith('RUN_ELSEWHERE', b.journal.append(write));
    assert.equal(await lengthOf(a, 'r'), 1);
    assert.equal((await a.runs.get('r'))?.workflow, 'film');
    assert.equal(await a.memos.get('default', 'k'), undefined);
    assert.deepEqual(await a.topic.after(0, 10), []);
    assert.deepEqual(await a.inbox.outcome('m'), { is: 'waiting' });
    await a.journal.append(write);
    assert.deepEqual(await b.inbox.outcome('m'), { is: 'done' });
  });

  test('F1: an append that is refused takes none of its neighbours with it', async (world) => {
    const [a, b] = await two(world);
    await start(a, 'r');
    await start(b, 's');
    const { done, codes } = await tally([
      b.journal.append(next('s', 1, event(1))),
      b.journal.append(next('r', 1, event('b'))),
      b.journal.append(first('t')),
      b.journal.append(next('s', 2, event(2))),
    ]);
    assert.deepEqual([done, codes], [3, ['RUN_ELSEWHERE']]);
    assert.deepEqual([await lengthOf(a, 's'), await lengthOf(a, 'r'), await lengthOf(a, 't')], [3, 1, 1]);
  });

  test('who starts a run that is there on another node is told that it is there', async (world) => {
    const [a, b] = await two(world);
    await start(a, 'r');
    await rejectsWith('JOURNAL_CONFLICT', b.journal.append(first('r')));
    await a.journal.append(first('s', { idempotencyKey: 'k' }));
    await rejectsWith('RUN_EXISTS', b.journal.append(first('t', { idempotencyKey: 'k' })));
  });

  test('of nodes that start the same run, or with the same key, at once one succeeds', async (world) => {
    const nodes = await engines(world, 'a', 'b', 'c');
    const same = await tally(nodes.map((node) => node.journal.append(first('r'))));
    assert.deepEqual([same.done, same.codes], [1, ['JOURNAL_CONFLICT', 'JOURNAL_CONFLICT']]);
    const keyed = await tally(nodes.map((node, at) => node.journal.append(first(`k${at}`, { idempotencyKey: 'k' }))));
    assert.deepEqual([keyed.done, keyed.codes], [1, ['RUN_EXISTS', 'RUN_EXISTS']]);
    assert.equal(await lengthOf(nodes[0] ?? assert.fail(), 'r'), 1);
  });

  test('F3: a run is called by runs of its own node alone', async (world) => {
    const [a, b] = await two(world);
    await start(a, 'r');
    await call(a, 'r', 'child');
    await rejectsWith('RUN_ELSEWHERE', call(b, 'r', 'stranger'));
    await rejectsWith('RUN_ELSEWHERE', call(b, 'child', 'stranger'));
    assert.equal(await a.runs.get('stranger'), undefined);
  });

  test('F5: a node is told of its own runs when they are due', async (world) => {
    const [a, b] = await two(world);
    await a.journal.append(first('early', { wakeAt: 10 }));
    await b.journal.append(first('late', { wakeAt: 20 }));
    assert.deepEqual([await a.runs.due(100, 10), await b.runs.due(100, 10)], [['early'], ['late']]);
    assert.deepEqual([await a.runs.nextWake(), await b.runs.nextWake()], [10, 20]);
    await lose(world, a, b);
    assert.equal(await b.runs.nextWake(), 20, 'nobody has them yet');
    await b.fleet.adopt(10, []);
    assert.equal(await b.runs.nextWake(), 10);
    assert.deepEqual(await b.runs.due(100, 10), ['early', 'late']);
  });

  test('F5: messages are shown to the node of their run, and to all when that one has gone', async (world) => {
    const [a, b, c] = await engines(world, 'a', 'b', 'c');
    assert.ok(a && b && c);
    await start(a, 'r');
    await start(b, 's');
    for (const run of ['r', 's', 'nobody’s']) await c.inbox.send({ id: `to ${run}`, run, command: '{}', at: 1 });
    const shown = async (): Promise<readonly (readonly string[])[]> =>
      Promise.all([a, b, c].map(async ({ inbox }) => (await inbox.pending(10)).map(({ run }) => run)));
    assert.deepEqual(await shown(), [['r', 'nobody’s'], ['s', 'nobody’s'], ['nobody’s']]);
    await lose(world, a, b);
    const [, toB, toC] = await shown();
    assert.deepEqual(
      [toB, toC],
      [
        ['r', 's', 'nobody’s'],
        ['r', 'nobody’s'],
      ],
    );
    assert.equal(await c.fleet.claim('r'), 'mine');
    assert.deepEqual((await shown()).slice(1), [
      ['s', 'nobody’s'],
      ['r', 'nobody’s'],
    ]);
  });

  test('the owner is told of a message, and its sender of the answer', async (world) => {
    const [a, b] = await two(world);
    await start(a, 'r');
    let [arrived, answered] = [0, 0];
    const ends = [a.inbox.watch(() => void arrived++), b.inbox.watch(() => void answered++)];
    await b.inbox.send({ id: 'm', run: 'r', command: '{}', at: 1 });
    await eventually(world, 'the owner is told', () => arrived > 0);
    const before = answered;
    await a.journal.append({ ...next('r', 1, event(1)), consumes: ['m'] });
    await eventually(world, 'the sender is told', () => answered > before);
    assert.deepEqual(await b.inbox.outcome('m'), { is: 'done' });
    for (const end of ends) end();
  });

  test('F5: who watches is told of messages that wait for a run whose node has gone', async (world) => {
    const [a, b] = await two(world);
    await a.journal.append(first('ended', { status: 'succeeded' }));
    await b.inbox.send({ id: 'm', run: 'ended', command: '{}', at: 1 });
    let told = 0;
    const end = b.inbox.watch(() => void told++);
    // What was told of before need not be told again.
    await world.pass(world.lease / 4);
    const before = told;
    await a.close();
    await eventually(world, 'it is told', () => told > before);
    assert.equal((await b.inbox.pending(10)).length, 1);
    end();
  });

  test('I2: a message to a run that changed hands is taken once', async (world) => {
    const [a, b] = await two(world);
    for (const run of ['r', 's']) await start(a, run);
    await a.inbox.send({ id: 'm', run: 'r', command: '{}', at: 1 });
    await a.journal.append({ ...next('r', 1, event(1)), consumes: ['m'] });
    await lose(world, a, b);
    assert.equal(await b.fleet.claim('r'), 'mine');
    await rejectsWith('MESSAGE_SETTLED', b.journal.append({ ...next('r', 2, event(2)), consumes: ['m'] }));
    await writeTo(b, 'r', 2);
  });
}
