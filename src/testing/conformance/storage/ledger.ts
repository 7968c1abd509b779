/** Entries of the ledger: what is written is there, once, as it was. */
import assert from 'node:assert/strict';
import type { InferenceQuery, Ledger } from '../../../ports/ledger.ts';
import { answer, feedback, inference } from './entries.ts';
import { rejectsWith } from './store.ts';
import type { StoreTest } from './store.ts';

/** One with every field, and one with none but those that it must have. */
const full = inference('full', {
  at: 1234.5,
  project: 'films',
  function: 'script',
  variant: 'creative',
  model: 'smart',
  provider: 'mistral',
  source: 'cache',
  episode: 'e',
  run: 'r',
  step: 's',
  status: 'failed',
  error: { code: 'PROVIDER_FAILED', message: 'it said “no” 🎬' },
  rung: 'asked_again',
  inputTokens: 1,
  cachedTokens: 2,
  outputTokens: 3,
  cost: 0.000_123,
  latency: 5.25,
  tags: { key: 'one', 'odd "name"': '' },
  input: '{"topic":"paper 🛩️"}',
  output: '"text"',
  parent: 'another',
});
const bare = inference('bare');

const idsOf = async (ledger: Ledger, query: InferenceQuery): Promise<string> =>
  (await ledger.inferences(query)).map(({ id }) => id).join(' ');

export function ledgerConformance(test: StoreTest): void {
  test('inferences come back as they were written, also after the store was opened again', async (backend, store) => {
    await backend.ledger.write([full, bare]);
    for (const open of [async () => backend, () => store.reopen()]) {
      const { ledger } = await open();
      assert.deepEqual(await ledger.inference('full'), full.record);
      assert.deepEqual(await ledger.inference('bare'), bare.record);
      assert.deepEqual(await ledger.inferences({}), [full.record, bare.record]);
      assert.equal(await ledger.inference('none'), undefined);
    }
  });

  test('contents are kept each for itself', async ({ ledger }) => {
    const kept = [inference('in', { input: '1' }), inference('out', { output: '2' })];
    await ledger.write(kept);
    for (const { record } of kept) assert.deepEqual(await ledger.inference(record.id), record);
  });

  test('feedback comes back as it was written, oldest first, for an inference and for an episode', async (backend, store) => {
    const ofInference = [
      feedback('late', { inference: 'i' }, true, { at: 5, tags: { by: 'ann' } }),
      feedback('early', { inference: 'i' }, 'well done 🎬', { at: 4, metric: 'comment' }),
      feedback('shown', { inference: 'i' }, { text: ['shown', null, 1.5] }, { at: 5, metric: 'demonstration' }),
    ];
    const ofEpisode = feedback('whole', { episode: 'e' }, 0.25);
    await backend.ledger.write([...ofInference, ofEpisode, feedback('other', { inference: 'e' }, 1)]);
    for (const open of [async () => backend, () => store.reopen()]) {
      const { ledger } = await open();
      const [late, early, shown] = ofInference;
      assert.deepEqual(await ledger.feedback({ inference: 'i' }), [early?.record, late?.record, shown?.record]);
      assert.deepEqual(await ledger.feedback({ episode: 'e' }), [ofEpisode.record]);
      assert.deepEqual(await ledger.feedback({ inference: 'none' }), []);
    }
  });

  test('L1: entries that are written together are there together, and nothing of those that are refused', async (backend) => {
    const { ledger } = backend;
    // Whatever a store makes of an entry, it has to read it first.
    const impossible = inference('bad', {
      tags: {
        get broken(): string {
          throw new TypeError('unreadable');
        },
      },
    });
    await assert.rejects(ledger.write([inference('before'), feedback('f', { inference: 'before' }, 1), impossible, inference('after')]));
    assert.deepEqual(await ledger.inferences({}), []);
    assert.deepEqual(await ledger.feedback({ inference: 'before' }), []);
    await ledger.write([]);
  });

  test('L2: an entry whose id is there changes nothing, in the same batch as well', async ({ ledger }) => {
    await ledger.write([bare, feedback('f', { inference: 'bare' }, 1)]);
    const changed = inference('bare', { variant: 'other', input: '"late"' });
    await ledger.write([changed, feedback('f', { inference: 'bare' }, 2), inference('new'), inference('new', { variant: 'other' })]);
    assert.deepEqual(await ledger.inference('bare'), bare.record);
    assert.equal((await ledger.inference('new'))?.variant, 'a');
    assert.deepEqual(
      (await ledger.feedback({ inference: 'bare' })).map(({ value }) => value),
      [1],
    );
  });

  test('nobody’s later change reaches what was written or read', async ({ ledger }) => {
    const tags = { key: 'as written' };
    const entry = inference('i', { tags });
    await ledger.write([entry]);
    tags.key = 'changed';
    const read = await ledger.inference('i');
    assert.deepEqual(read?.tags, { key: 'as written' });
    Object.assign(read?.tags ?? {}, { key: 'changed' });
    assert.deepEqual((await ledger.inference('i'))?.tags, { key: 'as written' });
  });

  test('inferences are found by each of their properties, newest first', async ({ ledger }) => {
    await ledger.write([
      inference('1', { at: 30, run: 'r', episode: 'e' }),
      inference('2', { at: 10, run: 'r', episode: 'f', variant: 'b' }),
      inference('3', { at: 20, project: 'other', episode: 'e', status: 'failed' }),
      inference('4', { at: 20, function: 'judge', run: 'r', episode: 'e', parent: '1' }),
    ]);
    const expected: readonly (readonly [InferenceQuery, string])[] = [
      [{}, '1 4 3 2'],
      [{ limit: 2 }, '1 4'],
      [{ project: 'other' }, '3'],
      [{ function: 'write' }, '1 3 2'],
      [{ function: 'write', variant: 'b' }, '2'],
      [{ variant: 'a' }, '1 4 3'],
      [{ run: 'r' }, '1 4 2'],
      [{ run: 'r', topLevel: true }, '1 2'],
      [{ episode: 'e' }, '1 4 3'],
      [{ episode: 'e', status: 'ok', function: 'judge' }, '4'],
      [{ status: 'failed' }, '3'],
      [{ from: 20 }, '1 4 3'],
      [{ from: 20.5 }, '1'],
      [{ function: 'none' }, ''],
    ];
    for (const [query, ids] of expected) assert.equal(await idsOf(ledger, query), ids, JSON.stringify(query));
  });

  test('a query without a limit gives the newest hundred', async ({ ledger }) => {
    await ledger.write(Array.from({ length: 120 }, (_, n) => inference(`i${n}`, { at: n })));
    const found = await ledger.inferences({});
    assert.equal(found.length, 100);
    assert.equal(found[0]?.id, 'i119');
  });

  test('a cached answer is given until it expires, to its own project', async ({ ledger }) => {
    await ledger.write([answer('k', '"one"', 100, 200), answer('k', '"theirs"', 100, 300, 'other')]);
    assert.equal(await ledger.answer('default', 'k', 199), '"one"');
    assert.equal(await ledger.answer('default', 'k', 200), undefined);
    assert.equal(await ledger.answer('other', 'k', 200), '"theirs"');
    assert.equal(await ledger.answer('default', 'none', 100), undefined);
  });

  test('L2: an answer that is there stays, and one that has expired is replaced', async (backend, store) => {
    const { ledger } = backend;
    await ledger.write([answer('k', '"one"', 100, 200)]);
    await ledger.write([answer('k', '"two"', 150, 900)]);
    assert.equal(await ledger.answer('default', 'k', 150), '"one"');
    await ledger.write([answer('k', '"three"', 200, 300)]);
    assert.equal(await ledger.answer('default', 'k', 250), '"three"');
    assert.equal(await (await store.reopen()).ledger.answer('default', 'k', 299), '"three"');
  });

  test('answers that have not expired are not removed with those that have', async ({ ledger }) => {
    await ledger.write(Array.from({ length: 40 }, (_, n) => answer(`k${n}`, '1', 0, n % 2 === 0 ? 10 : 1000)));
    await ledger.write(Array.from({ length: 40 }, (_, n) => answer(`later${n}`, '1', 500, 1000)));
    for (let n = 0; n < 40; n++) assert.equal(await ledger.answer('default', `k${n}`, 600), n % 2 === 0 ? undefined : '1');
  });

  test('a closed store takes no entries', async (backend) => {
    await backend.close();
    await rejectsWith('ENGINE_CLOSED', backend.ledger.write([bare]));
  });
}
