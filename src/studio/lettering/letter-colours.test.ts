import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contrastRatio, leastContrast, mixed } from './contrast.ts';
import { letterColours, plateAlpha } from './letter-colours.ts';
import { palettes } from './fixtures/looking.ts';

for (const palette of palettes)
  test(`${palette.name}: letters can be read on whatever is painted behind them`, () => {
    const colours = letterColours(palette);
    const plate = colours.plate.slice(0, 7);
    const pairs: readonly (readonly [string, string])[] = [
      [colours.letters, colours.outline],
      [colours.litOutlined, colours.outline],
      [colours.onPill, colours.pill],
      [colours.onPill, colours.sheen],
    ];
    for (const [letters, ground] of pairs) assert.ok(contrastRatio(letters, ground) >= leastContrast, `${letters} on ${ground}`);
    for (const behind of [...palette.ground, '#000000', '#ffffff'])
      for (const letters of [colours.letters, colours.litOnPlate])
        assert.ok(contrastRatio(letters, mixed(behind, plate, plateAlpha)) >= leastContrast, `${letters} on a plate over ${behind}`);
  });

test('a palette that is well made is taken as it is', () => {
  const [palette] = palettes;
  const { letters, litOutlined, litOnPlate, pill, onPill } = letterColours(palette);
  assert.deepEqual(
    [letters, litOutlined, litOnPlate, pill, onPill],
    [palette.ink, palette.accent, palette.accent, palette.accent, palette.onAccent],
  );
});

test('an accent that is lost on the outline gives way to another colour of the film', () => {
  const palette = palettes.find(({ name }) => name === 'dark accent');
  assert.ok(palette !== undefined);
  assert.equal(letterColours(palette).litOutlined, palette.glows[0]);
  assert.equal(letterColours(palette).pill, palette.accent);
});
