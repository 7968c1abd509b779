import assert from 'node:assert/strict';
import type { Heard } from '../../../ports/exchange.ts';
import type { ExchangeNode } from '../exchange.ts';
import { always, eventually } from '../world.ts';
import { twoNodes } from './workshop.ts';
import type { ExchangeTest } from './workshop.ts';

function tellAll({ live }: ExchangeNode, run: string, from: number, to: number): void {
  for (let n = from; n < to; n++) live.tell({ run, name: 'step:progress', event: { runId: run, n } });
}

function numbersIn(heard: readonly Heard[]): readonly unknown[] {
  return heard.map(({ event }) => (typeof event === 'object' && event !== null && 'n' in event ? event.n : event));
}

const upTo = (from: number, to: number): readonly number[] => Array.from({ length: to - from }, (_, n) => from + n);

export function liveConformance(test: ExchangeTest): void {
  test('an event is heard as it was told', async (world) => {
    const [a, b] = await twoNodes(world);
    const heard: Heard[] = [];
    const end = await b.live.follow('r', undefined, (one) => void heard.push(one));
    const told = { run: 'r', name: 'agent:insight', event: { runId: 'r', insight: ['Grüße 🎻', null, 1.5, { deep: [] }] } };
    a.live.tell(told);
    await eventually(world, 'it is heard', () => heard.length === 1);
    const [{ cursor, ...rest }] = [heard[0] ?? assert.fail()];
    assert.deepEqual(rest, told);
    assert.ok(cursor.length > 0);
    end();
  });

  test('L1: events are heard in the order in which they were told, whenever one begins to listen', async (world) => {
    const [a, b] = await twoNodes(world);
    const [early, late]: [Heard[], Heard[]] = [[], []];
    const ends = [await b.live.follow('r', undefined, (one) => void early.push(one))];
    tellAll(a, 'r', 0, 200);
    await a.live.flushed();
    ends.push(await b.live.follow('r', undefined, (one) => void late.push(one)));
    tellAll(a, 'r', 200, 300);
    tellAll(a, 'other', 900, 910);
    await eventually(world, 'both have heard all', () => early.length >= 300 && late.length >= 300);
    assert.deepEqual(numbersIn(early), upTo(0, 300));
    assert.deepEqual(numbersIn(late), upTo(0, 300));
    for (const end of ends) end();
  });

  test('L2: who goes on after a cursor hears what came after it, each once', async (world) => {
    const [a, b] = await twoNodes(world);
    const [first, second]: [Heard[], Heard[]] = [[], []];
    const end = await b.live.follow('r', undefined, (one) => void first.push(one));
    tellAll(a, 'r', 0, 50);
    await eventually(world, 'all are heard', () => first.length === 50);
    end();
    tellAll(a, 'r', 50, 60);
    await a.live.flushed();
    const endSecond = await a.live.follow('r', first[19]?.cursor, (one) => void second.push(one));
    tellAll(a, 'r', 60, 70);
    await eventually(world, 'the rest is heard', () => second.length >= 50);
    assert.deepEqual(numbersIn(second), upTo(20, 70));
    assert.equal(first.length, 50, 'who does not follow any more hears nothing');
    endSecond();
  });

  test('L2: several follow the same run, and each hears all', async (world) => {
    const [a, b] = await twoNodes(world);
    const all: readonly Heard[][] = [[], [], []];
    const ends = await Promise.all(all.map((heard, at) => (at === 0 ? a : b).live.follow('r', undefined, (one) => void heard.push(one))));
    tellAll(a, 'r', 0, 20);
    await eventually(world, 'all have heard all', () => all.every(({ length }) => length === 20));
    ends[1]?.();
    tellAll(b, 'r', 20, 30);
    await eventually(world, 'the others go on', () => all[0]?.length === 30 && all[2]?.length === 30);
    assert.equal(all[1]?.length, 20);
    for (const end of ends) end();
  });

  test('L3: telling never fails, and who follows goes on when the carrier is back', async (world) => {
    const [a, b] = await twoNodes(world);
    const heard: Heard[] = [];
    const end = await b.live.follow('r', undefined, (one) => void heard.push(one));
    tellAll(a, 'r', 0, 5);
    await eventually(world, 'it is heard', () => heard.length === 5);
    const comeBack = await world.goAway();
    tellAll(a, 'r', 5, 10);
    await a.live.flushed();
    await comeBack();
    await eventually(world, 'it is heard again', () => {
      a.live.tell({ run: 'r', name: 'step:log', event: { n: 'back' } });
      return numbersIn(heard).includes('back');
    });
    const numbers = numbersIn(heard).filter((n) => n !== 'back');
    assert.deepEqual(numbers, upTo(0, 10).slice(0, numbers.length), 'what was told meanwhile is heard in order, or dropped');
    end();
  });

  test('a follower is not deaf after everything was forgotten', async (world) => {
    const [a, b] = await twoNodes(world);
    const heard: Heard[] = [];
    const end = await b.live.follow('r', undefined, (one) => void heard.push(one));
    tellAll(a, 'r', 0, 5);
    await eventually(world, 'it is heard', () => heard.length === 5);
    await world.forget();
    tellAll(a, 'r', 5, 10);
    await eventually(world, 'it goes on', () => heard.length === 10);
    assert.deepEqual(numbersIn(heard), upTo(0, 10));
    end();
  });

  test('the status that was told last is known, where it is known', async (world) => {
    const [a, b] = await twoNodes(world);
    assert.equal(await b.live.status('r'), undefined);
    const statusOf = async (): Promise<string | undefined> => (await b.live.status('r'))?.status;
    a.live.tell({ run: 'r', name: 'run:status', event: { runId: 'r', status: 'waiting' } });
    await eventually(world, 'it is known', async () => (await statusOf()) === 'waiting');
    tellAll(a, 'r', 0, 3);
    a.live.tell({ run: 'r', name: 'run:ended', event: { runId: 'r', status: 'succeeded' } });
    await eventually(world, 'it is known', async () => (await statusOf()) === 'succeeded');
    assert.ok(((await b.live.status('r'))?.at ?? 0) > 0);
    assert.equal(await b.live.status('other'), undefined);
    await world.forget();
    assert.equal(await b.live.status('r'), undefined);
  });

  test('who has ended hears nothing more, though there is more to hear', async (world) => {
    const [a, b] = await twoNodes(world);
    const heard: Heard[] = [];
    tellAll(a, 'r', 0, 10);
    await a.live.flushed();
    let late = 0;
    let hear = (): void => undefined;
    const end = await b.live.follow('r', undefined, () => hear());
    end();
    hear = () => void late++;
    const endSecond = await b.live.follow('r', undefined, (one) => void heard.push(one));
    await eventually(world, 'another hears it', () => heard.length === 10);
    await always(world, 1, 'each once', () => heard.length === 10);
    assert.equal(late, 0);
    endSecond();
  });
}
