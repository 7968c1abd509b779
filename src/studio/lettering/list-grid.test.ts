import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aspectSchema } from '../film/aspect.ts';
import { cardPlaces } from './card-places.ts';
import { listGrid } from './list-grid.ts';
import { overlap, within } from './fixtures/looking.ts';

for (const aspect of aspectSchema.options)
  test(`${aspect}: any number of rows fits, none over another`, () => {
    const room = cardPlaces(aspect, { heading: true, title: false, list: true, button: false }).list;
    for (let count = 1; count <= 30; count++) {
      const { rows, left } = listGrid(count, room, aspect, 500);
      assert.equal(rows.length + left, count);
      if (count <= 8) assert.equal(left, 0);
      rows.forEach((row, at) => {
        assert.ok(within(row, room), `${count} rows: ${JSON.stringify(row)}`);
        assert.ok(row.height >= 40);
        rows.slice(at + 1).forEach((other) => assert.ok(!overlap(row, other)));
      });
    }
  });

test('a list is as wide as its longest row, within its room', () => {
  const room = { x: 0, y: 0, width: 900, height: 400 };
  assert.equal(listGrid(3, room, '9:16', 700).rows[0]?.width, 700);
  assert.equal(listGrid(3, room, '9:16', 5000).rows[0]?.width, 900);
  assert.equal(listGrid(1, room, '9:16', 10).rows[0]?.width, 558);
});
