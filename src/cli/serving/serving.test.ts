import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { memoryData, openMemory } from '../../backends/memory/index.ts';
import type { PartHealth } from '../../ports/exchange.ts';
import { SimulatedClock } from '../../testing/simulated-clock.ts';
import { errorsTold } from './errors-told.ts';
import { wordsOf, type Happening } from './happening.ts';
import { partsWatch } from './watch-parts.ts';

const textOf = (happening: Happening): string => wordsOf(happening).text;

suite('what a process that stays up says', () => {
  test('a server that goes away and comes back is said twice, however often it is tried', () => {
    const said: string[] = [];
    let redis: PartHealth = { part: 'Redis', at: 'cache:6379', is: 'up', since: 0 };
    const { look } = partsWatch({ health: () => [{ part: 'Postgres', is: 'up', since: 0 }, redis] }, (one) => said.push(textOf(one)));
    for (const next of [
      redis,
      { part: 'Redis', at: 'cache:6379', is: 'away', since: 1000, error: 'no route' },
      { part: 'Redis', at: 'cache:6379', is: 'trying', since: 2000 },
      { part: 'Redis', at: 'cache:6379', is: 'away', since: 3000, error: 'no route' },
      { part: 'Redis', at: 'cache:6379', is: 'trying', since: 4000 },
      { part: 'Redis', at: 'cache:6379', is: 'up', since: 5000 },
      { part: 'Redis', at: 'cache:6379', is: 'up', since: 5000 },
    ] as const) {
      redis = next;
      look();
    }
    assert.deepEqual(said, ['Redis at cache:6379 is away: no route', 'Redis at cache:6379 is back after 4.0s']);
  });

  test('a node says that it was taken for dead, and under which name it is back', async (t) => {
    const clock = new SimulatedClock();
    const data = memoryData();
    const node = openMemory({ data, fleet: { clock, node: 'one' } });
    const other = openMemory({ data, fleet: { clock, node: 'two' } });
    t.after(() => Promise.all([node.close(), other.close()]));
    const said: Happening[] = [];
    const { look } = partsWatch(node, (one) => said.push(one));
    const speak = node.fallSilent();
    clock.advance(60_000);
    speak();
    clock.advance(10_000);
    // What is told of nodes is told in the next turn.
    await new Promise((resolve) => void setImmediate(resolve));
    look();
    assert.deepEqual(said, [{ event: 'fenced' }]);
    await node.fleet.rejoin();
    look();
    look();
    assert.deepEqual(said.slice(1), [{ event: 'rejoined', node: node.fleet.node }]);
    assert.notEqual(node.fleet.node, 'one');
  });

  test('what every run complains of is said once in a while, with how many more there were', () => {
    const said: Happening[] = [];
    let now = 0;
    const tell = errorsTold({ say: (one) => said.push(one), now: () => now });
    const away = { code: 'STORE_FAILED', message: 'Postgres is away' };
    for (let run = 0; run < 50; run++) tell({ error: away, runId: `r${run}` });
    tell({ error: { code: 'INTERNAL', message: 'something else' } });
    now = 31_000;
    tell({ error: away, runId: 'r50' });
    assert.deepEqual(said.map(textOf), [
      'run r0: STORE_FAILED: Postgres is away',
      'INTERNAL: something else',
      'run r50: STORE_FAILED: Postgres is away (and 49 more like it since it was last said)',
    ]);
  });

  test('what a server that is away brings with it is said of the server alone', () => {
    const said: Happening[] = [];
    let redis: PartHealth = { part: 'Redis', is: 'up', since: 0 };
    let now = 1000;
    const held: (() => void)[] = [];
    const tell = errorsTold({ say: (one) => said.push(one), health: () => [redis], now: () => now, after: (_, work) => held.push(work) });
    const soon = (): void => held.splice(0).forEach((work) => work());
    const failed = { code: 'STORE_FAILED', message: 'no answer' };
    // It is not known to be away yet when the first call fails.
    for (let run = 0; run < 300; run++) tell({ error: failed, runId: `r${run}` });
    redis = { part: 'Redis', is: 'away', since: 1500 };
    for (let run = 0; run < 300; run++) tell({ error: failed, runId: `r${run}` });
    soon();
    tell({ error: failed });
    soon();
    assert.deepEqual(said, []);
    // It was away, and is back by then.
    redis = { part: 'Redis', is: 'up', since: 0 };
    now = 9000;
    tell({ error: failed });
    redis = { part: 'Redis', is: 'up', since: 9500 };
    soon();
    assert.deepEqual(said, []);
    now = 20_000;
    tell({ error: failed, runId: 'r1' });
    tell({ error: failed, runId: 'r2' });
    soon();
    assert.deepEqual(said.map(textOf), ['run r1: STORE_FAILED: no answer']);
    tell({ error: { code: 'INTERNAL', message: 'a fault' } });
    assert.deepEqual(said.map(textOf).slice(1), ['INTERNAL: a fault']);
  });

  test('draining says how much there is to wait for', () => {
    assert.match(textOf({ event: 'draining', inHand: 0, deadline: 30_000 }), /nothing is in hand$/);
    assert.match(textOf({ event: 'draining', inHand: 2, deadline: 30_000 }), /2 attempts in hand, at most 30\.0s more/);
  });
});
