/** An experiment from its first episode to its winner, with a real ledger. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import { openMemory } from '../../src/backends/memory/index.ts';
import { openSqlite } from '../../src/backends/sqlite/index.ts';
import type { FunctionConfig } from '../../src/gateway/config/model.ts';
import { Assigner } from '../../src/gateway/experiments/assigner.ts';
import type { Metrics } from '../../src/gateway/experiments/observe.ts';
import { reports } from '../../src/gateway/experiments/reports.ts';
import type { Backend } from '../../src/ports/backend.ts';
import type { Ledger, LedgerEntry } from '../../src/ports/ledger.ts';
import { SimulatedClock } from '../../src/testing/simulated-clock.ts';
import { chance } from './world.ts';

const metrics: Metrics = {
  liked: { name: 'liked', type: 'boolean', optimize: 'max', level: 'episode' },
  seconds: { name: 'seconds', type: 'float', optimize: 'min', level: 'inference' },
};
const writer: FunctionConfig = {
  name: 'writer',
  type: 'chat',
  schemas: {},
  tools: [],
  variants: {},
  experiment: {
    type: 'adaptive',
    algorithm: 'track_and_stop',
    metric: 'liked',
    candidates: ['plain', 'vivid', 'terse'],
    fallbacks: ['rules'],
    guardrails: ['seconds'],
    minSamples: 10,
    maxSamples: 10_000,
    delta: 0.05,
    epsilon: 0,
    minShare: 0,
    period: 60_000,
  },
};
const liking: Readonly<Record<string, number>> = { plain: 0.5, vivid: 0.8, terse: 0.4 };

async function sqlite(t: TestContext): Promise<Backend> {
  const dir = mkdtempSync(join(tmpdir(), 'continuo-experiments-'));
  const backend = await openSqlite({ dir, role: 'engine' });
  t.after(async () => {
    await backend.close();
    rmSync(dir, { recursive: true, force: true });
  });
  return backend;
}

/** One answer, and what was said of it. */
function entries(id: string, at: number, variant: string, liked: boolean, seconds: number): readonly LedgerEntry[] {
  const about = { at, project: 'default', tags: {} };
  return [
    {
      is: 'inference',
      record: {
        ...about,
        id,
        function: 'writer',
        variant,
        source: 'model',
        episode: `episode-${id}`,
        status: 'ok',
        inputTokens: 10,
        cachedTokens: 0,
        outputTokens: 10,
        cost: 0.01,
        latency: 500,
      },
    },
    { is: 'feedback', record: { ...about, id: `liked-${id}`, metric: 'liked', value: liked, episode: `episode-${id}` } },
    { is: 'feedback', record: { ...about, id: `seconds-${id}`, metric: 'seconds', value: seconds, inference: id } },
  ];
}

/** So many episodes, each answered by whom the experiment says; how often each was. */
async function live(
  ledger: Ledger,
  clock: SimulatedClock,
  episodes: number,
  first: number,
  speed: Readonly<Record<string, number>> = {},
): Promise<Readonly<Record<string, number>>> {
  const random = chance(first + 1);
  const assigner = new Assigner({ ledger, metrics, clock, random });
  const counts: Record<string, number> = {};
  for (let at = first; at < first + episodes; at++) {
    const [variant = ''] = await assigner.order(writer, `episode-${at}`, () => true);
    counts[variant] = (counts[variant] ?? 0) + 1;
    const isLiked = random() < (liking[variant] ?? 0);
    await ledger.write(entries(String(at), clock.now(), variant, isLiked, (speed[variant] ?? 2) + random()));
    clock.advance(3000);
  }
  return counts;
}

for (const [name, open] of [
  ['memory', async () => openMemory()],
  ['sqlite', sqlite],
] as const)
  suite(`an experiment over ${name}`, () => {
    test('sends everybody to the winner once there is one, keeps who has begun, and says so', async (t) => {
      const { ledger } = await open(t);
      const clock = new SimulatedClock();
      const early = await live(ledger, clock, 30, 0);
      assert.ok(
        ['plain', 'vivid', 'terse'].every((variant) => (early[variant] ?? 0) > 3),
        JSON.stringify(early),
      );
      await live(ledger, clock, 570, 30);
      const late = await live(ledger, clock, 50, 600);
      assert.deepEqual(late, { vivid: 50 });

      const assigner = new Assigner({ ledger, metrics, clock, random: chance(1) });
      const begun = (await ledger.inferences({ function: 'writer', limit: 1000 })).find(({ variant }) => variant === 'terse');
      assert.ok(begun !== undefined);
      assert.equal((await assigner.order(writer, begun.episode, () => true))[0], 'terse');

      const [found] = await reports({ functions: { writer }, metrics, ledger, random: chance(1) });
      const goal = found?.metrics.find(({ role }) => role === 'goal');
      assert.ok(goal?.verdict.is === 'winner' && goal.verdict.variant === 'vivid');
      assert.match(goal.says, /^vivid \(0\.\d+\) is better than every other candidate by liked\./);
      assert.equal(
        found?.variants.reduce((sum, { inferences }) => sum + inferences, 0),
        650,
      );
    });

    test('sends nobody to a variant that a guardrail bars, however it is liked', async (t) => {
      const { ledger } = await open(t);
      const clock = new SimulatedClock();
      await live(ledger, clock, 200, 0, { vivid: 9 });
      const late = await live(ledger, clock, 50, 200, { vivid: 9 });
      assert.equal(late['vivid'], undefined);
      assert.ok((late['plain'] ?? 0) > 0);
    });

    test('lists no function without feedback, and refuses one that there is not', async (t) => {
      const { ledger } = await open(t);
      const of = { functions: { writer }, metrics, ledger, random: chance(1) };
      assert.deepEqual(await reports(of), []);
      assert.equal((await reports({ ...of, of: 'writer' })).length, 1);
      await assert.rejects(reports({ ...of, of: 'writre' }), { code: 'FUNCTION_UNKNOWN', message: /writre.*writer/ });
    });
  });
