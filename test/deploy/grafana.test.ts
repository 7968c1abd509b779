import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { told, parsed, read, unknownIn } from './told.ts';
import { askedIn } from './expressions.ts';

interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets?: readonly { readonly expr: string }[];
}

// It is ours, in Grafana's format.
const { panels } = JSON.parse(read('grafana/continuo.json')) as { readonly panels: readonly Panel[] };

suite('the dashboard', () => {
  test('every panel asks for what is told', () => {
    for (const { title, type, targets = [] } of panels) {
      assert.equal(targets.length > 0, type !== 'row', title);
      for (const { expr } of targets) assert.deepEqual(unknownIn(expr), [], title);
    }
  });

  test('what is told is shown somewhere, or alerts ask for it', () => {
    const asked = new Set(
      [
        ...panels.flatMap(({ targets = [] }) => targets.flatMap(({ expr }) => askedIn(expr))),
        ...askedIn(read('prometheus/alerts.yml')),
      ].map(({ name }) => name.replace(/_(?:bucket|sum|count)$/, '')),
    );
    // Who they are, and what is not worth a panel.
    const besides = ['up', 'continuo_info', 'process_start_time_seconds', 'nodejs_active_resources'];
    const unseen = [...told.keys()]
      .map((name) => name.replace(/_(?:bucket|sum|count)$/, ''))
      .filter((name) => !asked.has(name) && !besides.includes(name));
    assert.deepEqual([...new Set(unseen)], []);
  });

  test('it has the parts that were asked for, and no panel lies on another', () => {
    assert.deepEqual(
      panels.filter(({ type }) => type === 'row').map(({ title }) => title),
      ['Overview', 'Workflows', 'Agents', 'Gateway and cost', 'System'],
    );
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)}/${y + Math.floor(cell / w)}`),
    );
    assert.equal(new Set(cells).size, cells.length);
    assert.equal(new Set(panels.map(({ id }) => id)).size, panels.length);
  });

  test('its data source is provisioned', () => {
    // What it has is looked at here.
    const { datasources } = parsed('compose/grafana/datasource.yml') as {
      readonly datasources: readonly { readonly type: string; readonly url: string }[];
    };
    assert.deepEqual(
      datasources.map(({ type, url }) => [type, url]),
      [['prometheus', 'http://prometheus:9090']],
    );
  });
});
