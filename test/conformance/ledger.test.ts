/** Two stores that were written in different ways answer every question to the ledger alike. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { openMemory } from '../../src/backends/memory/index.ts';
import { openSqlite } from '../../src/backends/sqlite/index.ts';
import type { InferenceRecord, Ledger, LedgerEntry } from '../../src/ports/ledger.ts';
import { ledgerViews } from '../../src/ports/ledger.ts';

const hour = 3_600_000;
const now = Date.UTC(2026, 10, 20, 12);

const few = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
/** Few ids, so that entries meet; few instants, so that some are the same. */
const id = fc.integer({ min: 0, max: 100 }).map((n) => `i${n}`);
const episode = few('e0', 'e1', 'e2', 'e3');
const at = fc.oneof(few(0, 1, 2, 5), fc.integer({ min: 0, max: 54 })).map((n) => now - n * 4 * hour);
/** Sums of quarters are exact, in whichever order they are added. */
const quarters = fc.oneof(fc.integer({ min: 0, max: 8000 }), fc.integer({ min: 0, max: 8 })).map((n) => n / 4);
const project = few('p', 'p', 'q');

const inference: fc.Arbitrary<LedgerEntry> = fc
  .record(
    {
      id,
      at,
      project,
      function: few('f', 'g'),
      variant: few('a', 'a', 'b', 'c'),
      source: few<InferenceRecord['source']>('model', 'rules', 'cache'),
      episode,
      run: few('r', 's'),
      step: few('x', 'y'),
      status: few<InferenceRecord['status']>('ok', 'ok', 'failed'),
      inputTokens: fc.nat(1000),
      cachedTokens: fc.nat(10),
      outputTokens: fc.nat(1000),
      cost: quarters,
      latency: quarters,
      tags: fc.dictionary(fc.string(), fc.string(), { maxKeys: 2 }),
      input: fc.json(),
      output: fc.json(),
      parent: id,
    },
    {
      requiredKeys: [
        'id',
        'at',
        'project',
        'function',
        'variant',
        'source',
        'episode',
        'status',
        'inputTokens',
        'cachedTokens',
        'outputTokens',
        'cost',
        'latency',
        'tags',
      ],
    },
  )
  .map((record) => ({ is: 'inference', record }));

const feedback: fc.Arbitrary<LedgerEntry> = fc
  .record({
    id: fc.integer({ min: 0, max: 500 }).map((n) => `f${n}`),
    at,
    project,
    metric: few('quality', 'render_time', 'render_cost', 'comment', 'demonstration'),
    value: fc.oneof(quarters, fc.boolean(), fc.string()),
    tags: fc.constant({}),
    target: fc.oneof(
      id.map((of) => ({ inference: of })),
      episode.map((of) => ({ episode: of })),
    ),
  })
  .map(({ target, ...record }) => ({ is: 'feedback', record: { ...record, ...target } }));

const answer: fc.Arbitrary<LedgerEntry> = fc
  .record({ project, key: few('k', 'l'), answer: fc.json(), at, lives: fc.integer({ min: 0, max: 9 }) })
  .map(({ lives, ...record }) => ({ is: 'answer', record: { ...record, expiresAt: record.at + lives * hour } }));

const batches = fc.array(fc.array(fc.oneof(inference, feedback, answer), { minLength: 20, maxLength: 60 }), { minLength: 4, maxLength: 8 });

async function everything(ledger: Ledger): Promise<unknown> {
  const told: Record<string, unknown> = {
    all: await ledger.inferences({}),
    some: await ledger.inferences({ run: 'r', topLevel: true, limit: 5 }),
  };
  for (const fn of ['f', 'g']) {
    told[`uses ${fn}`] = [await ledger.uses(fn), await ledger.uses(fn, now - 40 * hour)];
    for (const metric of ['quality', 'render_time', 'comment', 'demonstration']) {
      told[`observed ${fn} ${metric}`] = [await ledger.observations(fn, metric), await ledger.observations(fn, metric, now - 40 * hour)];
      told[`examples ${fn} ${metric}`] = await Promise.all(
        (['max', 'min'] as const).map((best) => ledger.examples({ project: 'p', function: fn, metric, best, limit: 7 })),
      );
    }
    for (const e of ['e0', 'e1', 'e2', 'e3']) told[`assigned ${fn} ${e}`] = await ledger.assigned(e, fn);
  }
  for (const e of ['e0', 'e1']) told[`feedback ${e}`] = await ledger.feedback({ episode: e });
  for (const p of ['p', 'q']) told[`answer ${p}`] = await ledger.answer(p, 'k', now - 8 * hour);
  for (const view of ledgerViews) told[view] = [await ledger.view(view, now), await ledger.view(view, now - 50 * hour)];
  return told;
}

test('memory and SQLite answer alike, whatever is in the ledger', async () => {
  await fc.assert(
    fc.asyncProperty(batches, async (entries) => {
      const dir = await mkdtemp(join(tmpdir(), 'continuo-'));
      const [memory, sqlite] = [openMemory(), await openSqlite({ dir, role: 'engine' })];
      try {
        for (const batch of entries) {
          await memory.ledger.write(batch);
          await sqlite.ledger.write(batch);
        }
        assert.deepEqual(await everything(sqlite.ledger), await everything(memory.ledger));
      } finally {
        await sqlite.close();
        await rm(dir, { recursive: true });
      }
    }),
    // Every run opens a database: shrinking would take minutes, and the seed that is told finds it again.
    { numRuns: 25, endOnFailure: true },
  );
});
