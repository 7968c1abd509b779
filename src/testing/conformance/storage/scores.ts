/** What variants are judged by: observations, uses, examples, assignments. */
import assert from 'node:assert/strict';
import type { Json } from '../../../core/data/json.ts';
import { feedback, inference, near, observed } from './entries.ts';
import type { StoreTest } from './store.ts';

export function scoresConformance(test: StoreTest): void {
  test('values are observed oldest first, true as 1 and false as 0', async ({ ledger }) => {
    await ledger.write([inference('1'), inference('2', { variant: 'b' }), inference('3', { function: 'judge' })]);
    await ledger.write([
      feedback('late', { inference: '1' }, 0.5, { at: 30 }),
      feedback('early', { inference: '2' }, 4, { at: 10 }),
      feedback('elsewhere', { inference: '3' }, 1, { at: 20 }),
      feedback('yes', { inference: '1' }, true, { at: 40, metric: 'liked' }),
      feedback('no', { inference: '2' }, false, { at: 50, metric: 'liked' }),
    ]);
    assert.deepEqual(await ledger.observations('write', 'quality'), [
      { variant: 'b', value: 4, at: 10 },
      { variant: 'a', value: 0.5, at: 30 },
    ]);
    assert.deepEqual(await observed(ledger, 'write', 'liked'), ['a 1', 'b 0']);
    assert.deepEqual(await observed(ledger, 'write', 'quality', 30), ['a 0.5']);
    assert.deepEqual(await observed(ledger, 'write', 'quality', 30.5), []);
    assert.deepEqual(await observed(ledger, 'none', 'quality'), []);
  });

  test('only whole inferences that succeeded are observed, and only numbers', async ({ ledger }) => {
    await ledger.write([inference('1'), inference('failed', { status: 'failed' }), inference('made', { parent: '1' })]);
    await ledger.write([
      feedback('a', { inference: 'failed' }, 1),
      feedback('b', { inference: 'made' }, 1),
      feedback('c', { inference: 'unknown' }, 1),
      feedback('d', { inference: '1' }, 7, { metric: 'demonstration' }),
      feedback('e', { inference: '1' }, 'fine', { metric: 'comment' }),
    ]);
    for (const metric of ['quality', 'demonstration', 'comment']) assert.deepEqual(await ledger.observations('write', metric), []);
  });

  test('feedback may come before its inference is written', async ({ ledger }) => {
    await ledger.write([feedback('f', { inference: 'i' }, 3)]);
    await ledger.write([inference('i')]);
    assert.deepEqual(await observed(ledger, 'write', 'quality'), ['a 3']);
  });

  test('L3: the latest value counts, and of one instant the last that came', async ({ ledger }) => {
    await ledger.write([inference('1'), inference('2')]);
    await ledger.write([feedback('new', { inference: '1' }, 2, { at: 20 }), feedback('old', { inference: '1' }, 1, { at: 10 })]);
    await ledger.write([feedback('first', { inference: '2' }, 3, { at: 30 }), feedback('second', { inference: '2' }, 4, { at: 30 })]);
    await ledger.write([feedback('other', { inference: '2' }, 5, { at: 40, metric: 'speed' })]);
    assert.deepEqual(await observed(ledger, 'write', 'quality'), ['a 2', 'a 4']);
    assert.equal((await ledger.feedback({ inference: '1' })).length, 2, 'nothing is forgotten');
  });

  test('L3: what was said of an inference and of an episode of the same name stand side by side', async ({ ledger }) => {
    await ledger.write([inference('same', { episode: 'same' })]);
    await ledger.write([feedback('i', { inference: 'same' }, 1, { at: 10 }), feedback('e', { episode: 'same' }, 2, { at: 20 })]);
    assert.deepEqual(await observed(ledger, 'write', 'quality'), ['a 1', 'a 2']);
  });

  test('L4: what is given for an episode counts for every variant that answered in it, once for each function', async ({ ledger }) => {
    const episode = 'e';
    await ledger.write([
      inference('1', { episode }),
      inference('2', { episode }),
      inference('3', { episode, variant: 'b' }),
      inference('4', { episode, variant: 'failing', status: 'failed' }),
      inference('5', { episode, variant: 'candidate', parent: '1' }),
      inference('6', { episode, function: 'judge', variant: 'j' }),
      inference('7', { episode: 'other', variant: 'absent' }),
    ]);
    await ledger.write([feedback('old', { episode }, 1, { at: 10 }), feedback('new', { episode }, 9, { at: 20 })]);
    assert.deepEqual((await observed(ledger, 'write', 'quality')).toSorted(), ['a 9', 'b 9']);
    assert.deepEqual(await observed(ledger, 'judge', 'quality'), ['j 9']);
  });

  test('the use of each variant: whole inferences, with the cost of what was made for them', async ({ ledger }) => {
    await ledger.write([
      ...Array.from({ length: 19 }, (_, n) => inference(`a${n}`, { at: 10 + n, latency: (n + 1) * 10, cost: 0.25 })),
      inference('a19', { at: 5, latency: 10_000, source: 'rules', cost: 0 }),
      inference('a20', { at: 6, latency: 1_000_000, status: 'failed', cost: 0.5 }),
      inference('made', { at: 7, parent: 'a0', variant: 'candidate', latency: 70_000, cost: 2 }),
      inference('b', { at: 8, variant: 'b', status: 'failed', source: 'cache' }),
      inference('else', { function: 'judge' }),
    ]);
    const [a, b, ...rest] = await ledger.uses('write');
    assert.deepEqual(rest, []);
    assert.deepEqual([a?.variant, a?.inferences, a?.failures, a?.fromRules, a?.fromCache], ['a', 21, 1, 1, 0]);
    near(a?.cost, 19 * 0.25 + 0.5 + 2);
    near(a?.meanLatency, (1900 + 10_000) / 20);
    assert.equal(a?.p95Latency, 190, 'of 20 the 19th');
    assert.deepEqual(b, { variant: 'b', inferences: 1, failures: 1, cost: 0.5, meanLatency: 0, p95Latency: 0, fromRules: 0, fromCache: 1 });
    assert.equal((await ledger.uses('write', 10))[0]?.inferences, 19);
    assert.deepEqual(await ledger.uses('none'), []);
  });

  test('examples: the best answers by a metric, the newest first among equals', async ({ ledger }) => {
    const kept = { input: '"in"', output: '"out"' };
    await ledger.write([
      inference('old', { ...kept, at: 1 }),
      inference('new', { ...kept, at: 2 }),
      inference('best', { ...kept, at: 3, input: '"best in"', output: '"best out"' }),
      inference('half', { input: '"in"', at: 4 }),
      inference('failed', { ...kept, status: 'failed' }),
      inference('made', { ...kept, parent: 'old' }),
      inference('unrated', kept),
      inference('else', { ...kept, function: 'judge' }),
      inference('foreign', { ...kept, project: 'another' }),
    ]);
    for (const id of ['old', 'new', 'half', 'failed', 'made', 'else', 'foreign']) await ledger.write([feedback(id, { inference: id }, 5)]);
    await ledger.write([feedback('was', { inference: 'best' }, 0, { at: 1 }), feedback('is', { inference: 'best' }, 8, { at: 2 })]);
    const [first, ...others] = await ledger.examples({ project: 'default', function: 'write', metric: 'quality', best: 'max', limit: 10 });
    assert.deepEqual(first, { inference: 'best', input: '"best in"', output: '"best out"', value: 8, at: 3 });
    assert.deepEqual(
      others.map(({ inference: id }) => id),
      ['new', 'old'],
    );
    assert.deepEqual(
      (await ledger.examples({ project: 'default', function: 'write', metric: 'quality', best: 'min', limit: 2 })).map(
        ({ inference: id }) => id,
      ),
      ['new', 'old'],
    );
  });

  test('examples: an episode’s value counts where the inference has none of its own', async ({ ledger }) => {
    const kept = { input: '"in"', output: '"out"', episode: 'e' };
    await ledger.write([inference('own', { ...kept, at: 1 }), inference('shared', { ...kept, at: 2 })]);
    await ledger.write([feedback('e', { episode: 'e' }, 5), feedback('i', { inference: 'own' }, 1)]);
    assert.deepEqual(
      (await ledger.examples({ project: 'default', function: 'write', metric: 'quality', best: 'max', limit: 10 })).map(
        ({ inference: id, value }) => `${id} ${value}`,
      ),
      ['shared 5', 'own 1'],
    );
  });

  test('examples: a demonstration is shown in the place of the output, the latest one', async ({ ledger }) => {
    await ledger.write([
      inference('1', { at: 1, input: '"one"', output: '"bad"' }),
      inference('2', { at: 2, input: '"two"', status: 'failed' }),
      inference('3', { at: 3, output: '"no input"' }),
      inference('4', { at: 4, input: '"four"', output: '"not shown"' }),
      inference('5', { at: 5, input: '"foreign"', project: 'another' }),
    ]);
    const shown = (id: string, of: string, value: Json, at: number): Promise<void> =>
      ledger.write([feedback(id, { inference: of }, value, { metric: 'demonstration', at })]);
    await shown('a', '1', 'first try', 10);
    await shown('b', '1', { good: true }, 20);
    await shown('c', '2', 'should have been', 10);
    await shown('d', '3', 'of nothing', 10);
    await shown('e', '5', 'of another project', 10);
    assert.deepEqual(await ledger.examples({ project: 'default', function: 'write', metric: 'demonstration', best: 'max', limit: 10 }), [
      { inference: '2', input: '"two"', output: '"should have been"', value: 1, at: 2 },
      { inference: '1', input: '"one"', output: '{"good":true}', value: 1, at: 1 },
    ]);
    assert.equal(
      (await ledger.examples({ project: 'default', function: 'write', metric: 'demonstration', best: 'max', limit: 1 })).length,
      1,
    );
  });

  test('an episode stays with the variant that answered first', async ({ ledger }) => {
    const episode = 'e';
    assert.equal(await ledger.assigned(episode, 'write'), undefined);
    await ledger.write([
      inference('1', { episode, at: 30, variant: 'late' }),
      inference('2', { episode, at: 20, variant: 'first' }),
      inference('3', { episode, at: 20, variant: 'same instant' }),
      inference('4', { episode, at: 10, variant: 'failing', status: 'failed' }),
      inference('5', { episode, at: 10, variant: 'candidate', parent: '2' }),
      inference('6', { episode, at: 10, variant: 'j', function: 'judge' }),
    ]);
    assert.equal(await ledger.assigned(episode, 'write'), 'first');
    assert.equal(await ledger.assigned(episode, 'judge'), 'j');
    assert.equal(await ledger.assigned('other', 'write'), undefined);
  });
}
