import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';
import { openSqlite } from '../../src/backends/sqlite/index.ts';
import type { LedgerEntry } from '../../src/ports/ledger.ts';
import { Desk, outcome } from './continuo.ts';
import { explain, options } from './desk.ts';

const day = 86_400_000;

/** A week that went well, and a day on which half of the answers failed and the others were poor and dear. */
function* entries(now: number): Generator<LedgerEntry> {
  for (let ago = 6; ago >= 0; ago--) {
    for (let nth = 0; nth < 30; nth++) {
      const id = `${ago}-${nth}`;
      const at = now - ago * day;
      const isBad = ago === 0;
      yield {
        is: 'inference',
        record: {
          id,
          at,
          project: nth % 3 === 0 ? 'acme' : 'default',
          function: 'script_generator_of_the_films',
          variant: nth % 2 === 0 ? 'structured' : 'as_creative_as_it_gets',
          model: 'm',
          provider: 'p',
          source: 'model',
          episode: `e${id}`,
          step: 'write_the_script_of_the_film',
          status: isBad && nth < 15 ? 'failed' : 'ok',
          inputTokens: 12_345,
          cachedTokens: 0,
          outputTokens: 678,
          cost: isBad ? 0.5 : 0.0123,
          latency: 2300,
          tags: {},
        },
      };
      const said = { project: nth % 3 === 0 ? 'acme' : 'default', at, episode: `e${id}`, tags: {} };
      yield { is: 'feedback', record: { ...said, id: `f${id}`, metric: 'video_quality_score', value: isBad ? 2 : 8 } };
    }
  }
}

async function seeded(t: TestContext): Promise<Desk> {
  const at = new Desk(t);
  const backend = await openSqlite({ dir: at.path('.continuo'), role: 'engine' });
  await backend.ledger.write([...entries(Date.now())]);
  await backend.close();
  return at;
}

suite('continuo gateway report and alerts', options, () => {
  test('three tables that fit 80 columns, or one, or all as data', async (t) => {
    const at = await seeded(t);
    const all = await at.run('gateway', 'report', '--limit', '4');
    assert.equal(all.code, 0, explain(all));
    assert.ok(
      all.stdout.split('\n').every((line) => line.length <= 80),
      all.stdout,
    );
    assert.match(
      all.stdout,
      /^quality_per_day .*\n +METRIC +N +MEAN +CHANGE\n +\d{4}-\d\d-\d\d {2}project acme\n +video_quality_score +10 +2 +-75 %\n/,
    );
    assert.match(all.stdout, /\nvariant_quality [^]* {2}script_generator_of_the_films\n +video_quality_score +as_creative_as_…/);
    assert.match(all.stdout, /\ncomponent_cost [^]*write_the_scrip… +10 +123k +6780 +\$5\.00\n/);
    assert.match(all.stdout, /… and 10 more: --limit/);

    const one = await at.run('gateway', 'report', 'component-cost', '--json');
    const { component_cost: rows, ...others } = JSON.parse(one.stdout) as { readonly component_cost: readonly { readonly cost: number }[] };
    assert.deepEqual([rows.length, rows.slice(0, 2).map(({ cost }) => cost), others], [14, [5, 10], {}]);
  });

  test('alerts end with 1, and with 0 where nothing is wrong; a wrong place is told', async (t) => {
    const at = await seeded(t);
    const alerts = await at.run('gateway', 'alerts');
    assert.equal(alerts.code, 1, explain(alerts));
    for (const alert of ['cost_spike', 'high_error_rate', 'quality_degradation']) assert.match(alerts.stdout, new RegExp(`✖ ${alert}\n`));
    assert.match(alerts.stdout, /video_quality_score of project default was 2\.00 on average in the last day/);
    const json = await at.run('gateway', 'alerts', '--json');
    assert.equal(json.code, 1);
    assert.ok(Array.isArray(outcome(json)['alerts']));

    const quiet = new Desk(t);
    await (await openSqlite({ dir: quiet.path('.continuo'), role: 'engine' })).close();
    const none = await quiet.run('gateway', 'alerts');
    assert.deepEqual([none.code, none.stdout], [0, '✔ no alerts\n']);
    const wrong = await at.run('gateway', 'alerts', '--dir', 'elsewhere');
    assert.equal(wrong.code, 2, explain(wrong));
    assert.match(wrong.stderr, /there is no Continuo data in elsewhere/);
  });

  test('what cannot be reported is said, and an empty ledger too', async (t) => {
    const at = new Desk(t);
    const unknown = await at.run('gateway', 'report', 'quality');
    assert.equal(unknown.code, 2);
    assert.match(unknown.stderr, /there is no view "quality"; there are quality_per_day, variant_quality, component_cost/);
    assert.match((await at.run('gateway', 'report', '--limit', 'few')).stderr, /whole number from 1 on/);
    const empty = await at.run('gateway', 'report');
    assert.deepEqual([empty.code, empty.stdout], [0, 'nothing to report in .continuo yet\n']);
  });
});
