import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { openMemory } from '../backends/memory/index.ts';
import type { Ledger, LedgerEntry } from '../ports/ledger.ts';
import { SimulatedClock } from '../testing/simulated-clock.ts';
import { Recorder } from './recorder.ts';

/** A real ledger that refuses as the test wants. */
class Moody {
  readonly ledger: Ledger = openMemory().ledger;
  readonly sizes: number[] = [];
  refuses: (entries: readonly LedgerEntry[]) => boolean = () => false;

  async write(entries: readonly LedgerEntry[]): Promise<void> {
    this.sizes.push(entries.length);
    if (this.refuses(entries)) throw new Error('the store is down');
    await this.ledger.write(entries);
  }

  inference(id: string): ReturnType<Ledger['inference']> {
    return this.ledger.inference(id);
  }

  answer(project: string, key: string, now: number): ReturnType<Ledger['answer']> {
    return this.ledger.answer(project, key, now);
  }
}

function entry(id: string, episode = 'e'): LedgerEntry {
  return {
    is: 'inference',
    record: {
      id,
      at: 1,
      project: 'p',
      function: 'f',
      variant: 'v',
      source: 'model',
      episode,
      status: 'ok',
      inputTokens: 0,
      cachedTokens: 0,
      outputTokens: 0,
      cost: 1,
      latency: 1,
      tags: {},
    },
  };
}

const entries = (count: number, name = 'i'): readonly LedgerEntry[] =>
  Array.from({ length: count }, (_, place) => entry(`${name}${place}`));

/** Lets promises go on until nothing changes any more. */
const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function pass(clock: SimulatedClock, seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second++) {
    clock.advance(1000);
    await breathe();
  }
}

const counted = async ({ ledger }: Moody): Promise<number> => (await ledger.inferences({ limit: 10_000 })).length;

suite('the recorder', () => {
  test('writes what gathers together', async () => {
    const store = new Moody();
    const recorder = new Recorder(store, new SimulatedClock());
    for (const one of entries(600)) void recorder.note([one]);
    await recorder.settled();
    assert.equal(await counted(store), 600);
    assert.ok(store.sizes.length < 20, `${store.sizes.length} writes`);
  });

  test('an inference is found from the moment at which it was noted', async () => {
    const store = new Moody();
    store.refuses = () => true;
    const recorder = new Recorder(store, new SimulatedClock());
    await recorder.note([entry('a', 'episode')]);
    assert.equal((await recorder.inference('a'))?.id, 'a');
    assert.equal(recorder.inEpisode('episode')?.id, 'a');
    assert.equal(recorder.inEpisode('another'), undefined);
  });

  test('an answer is found from the moment at which it was noted, and until it expires', async () => {
    const store = new Moody();
    const clock = new SimulatedClock();
    const recorder = new Recorder(store, clock);
    const record = { project: 'p', key: 'k', answer: '"first"', at: clock.now(), expiresAt: clock.now() + 1000 };
    const found = (): Promise<string | undefined> => recorder.answer('p', 'k');
    void recorder.note([{ is: 'answer', record }]);
    assert.equal(store.sizes.length, 0);
    assert.equal(await found(), '"first"');
    assert.equal(await recorder.answer('another', 'k'), undefined);
    await recorder.settled();
    assert.equal(await found(), '"first"');
    clock.advance(1000);
    assert.equal(await found(), undefined);
    store.refuses = () => true;
    void recorder.note([{ is: 'answer', record: { ...record, answer: '"second"', expiresAt: clock.now() + 1000 } }]);
    await breathe();
    assert.equal(await found(), '"second"');
    clock.advance(1000);
    assert.equal(await found(), undefined);
  });

  test('a store that is down for minutes costs nothing', async () => {
    const store = new Moody();
    const clock = new SimulatedClock();
    const recorder = new Recorder(store, clock);
    store.refuses = () => true;
    await recorder.note(entries(1000));
    const durable = recorder.write([entry('paid')]);
    await pass(clock, 300);
    const tries = store.sizes.length;
    assert.ok(tries < 700, `${tries} tries in five minutes`);
    store.refuses = () => false;
    await pass(clock, 3);
    await recorder.settled();
    await durable;
    assert.equal(await counted(store), 1001);
  });

  test('when too many wait, whoever brings more waits too', async () => {
    const store = new Moody();
    const clock = new SimulatedClock();
    const recorder = new Recorder(store, clock);
    store.refuses = () => true;
    const first = recorder.note(entries(3000));
    let isDone = false;
    const more = (recorder.note(entries(1, 'more')) ?? Promise.resolve()).then(() => (isDone = true));
    await pass(clock, 10);
    assert.equal(isDone, false);
    store.refuses = () => false;
    await pass(clock, 3);
    await more;
    await recorder.settled();
    assert.equal(await counted(store), 3001);
    await first;
  });

  test('one entry that cannot be written keeps no other from being written', async () => {
    const store = new Moody();
    const clock = new SimulatedClock();
    const recorder = new Recorder(store, clock);
    store.refuses = (batch) => batch.some(({ is, record }) => is === 'inference' && record.id === 'i100');
    await recorder.note(entries(500));
    for (let time = 0; time < 20; time++) {
      await recorder.write(entries(50, `more${time}-`));
      await pass(clock, 1);
    }
    assert.equal(await counted(store), 499 + 1000);
    await assert.rejects(recorder.close(), /the store is down/);
  });

  test('giving up, it loses what is refused, and says so to whoever waits', async () => {
    const store = new Moody();
    const clock = new SimulatedClock();
    const recorder = new Recorder(store, clock);
    store.refuses = () => true;
    const durable = recorder.write(entries(3));
    await recorder.note(entries(1500, 'more'));
    await pass(clock, 2);
    const before = store.sizes.length;
    const closed = recorder.close();
    await assert.rejects(durable, /the store is down/);
    await assert.rejects(closed, /the store is down/);
    assert.ok(store.sizes.length - before < 40, `${store.sizes.length - before} more tries`);
    await assert.rejects(recorder.settled(), /the store is down/);
    assert.equal(clock.next, undefined);
  });

  test('giving up, it still writes what the store takes', async () => {
    const store = new Moody();
    const recorder = new Recorder(store, new SimulatedClock());
    await recorder.note(entries(10));
    recorder.giveUp();
    await recorder.note(entries(10, 'late'));
    await recorder.close();
    assert.equal(await counted(store), 20);
  });
});
