import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aspectSchema, layoutOf, type Aspect } from '../film/aspect.ts';
import type { Bitmap } from '../film/bitmap.ts';
import type { SceneKind, TextCard } from '../film/scene.ts';
import { cardLayers } from './card-layers.ts';
import { overlap, painted, palettes, within } from './fixtures/looking.ts';

const [palette] = palettes;
const seconds = 6;
const blank: TextCard = { title: null, heading: null, list: [], button: null };
const of = (card: Partial<TextCard>, kind: SceneKind = 'step', aspect: Aspect = '9:16') =>
  cardLayers({ card: { ...blank, ...card }, kind, seconds, aspect, palette });

const long = 'How to make the perfect paper airplane that flies farther than anybody expects';
const needed = [
  'A4 paper · 1 sheet',
  'Ruler',
  'Scissors · optional',
  'Extra strong double-sided mounting tape · about 2 m',
  'A table',
  'Pens · 3',
  'Clip',
  'Time',
];
const cards: readonly (readonly [SceneKind, Partial<TextCard>])[] = [
  ['title', { title: 'Fly far' }],
  ['title', { title: long }],
  ['title', { title: `${'Donaudampfschifffahrtsgesellschaftskapitän'.repeat(5)} x`, heading: 'New' }],
  ['materials', { heading: 'What you need', list: needed.slice(0, 1) }],
  ['materials', { heading: 'What you need', list: needed }],
  ['materials', { title: long, list: Array.from({ length: 25 }, (_, at) => `Thing ${at} · ${at}`) }],
  ['step', { heading: 'Step 2 of 7' }],
  ['step', { heading: long.repeat(3) }],
  ['ending', { title: 'Now go and fly it!', button: 'Save this for later' }],
  ['ending', { title: long, button: long.repeat(2), heading: 'The end' }],
  ['ending', { title: 'x', list: ['y'], button: 'z' }],
];

for (const aspect of aspectSchema.options)
  test(`${aspect}: every part lies in the safe area, off the others and the captions, and is whole`, () => {
    const { safe, captions } = layoutOf(aspect);
    for (const [kind, card] of cards) {
      const { layers, texts } = of(card, kind, aspect);
      assert.equal(layers.length, texts.length);
      assert.ok(layers.length > 0);
      texts.forEach((box, at) => {
        const said = `${JSON.stringify(card).slice(0, 90)} ${JSON.stringify(box)}`;
        assert.ok(within(box, safe), said);
        assert.ok(!overlap(box, captions), said);
        texts.slice(at + 1).forEach((other) => assert.ok(!overlap(box, other), `${said} ${JSON.stringify(other)}`));
      });
      for (const { bitmap, box } of layers) {
        assert.deepEqual([bitmap.width, bitmap.height], [box.width, box.height]);
        const whole = painted(bitmap, 4);
        assert.ok(whole !== undefined && within(whole, { x: 1, y: 1, width: box.width - 2, height: box.height - 2 }));
      }
    }
  });

test('the title of the first scene is there from the first frame, that of an ending comes in', () => {
  const [first] = of({ title: 'Fly far' }, 'title').layers;
  assert.deepEqual([first?.start, first?.entrance, first?.end], [0, 'none', seconds]);
  const [last] = of({ title: 'Fly far' }, 'ending').layers;
  assert.equal(last?.entrance, 'rise');
});

test('the rows of a list come in one after another in the first half', () => {
  const { layers } = of({ list: needed }, 'materials');
  const starts = layers.map(({ start }) => start);
  assert.equal(starts.length, needed.length);
  starts.slice(1).forEach((start, at) => assert.ok(start > (starts[at] ?? 0)));
  assert.ok((starts.at(-1) ?? seconds) < seconds / 2);
  for (const layer of layers) assert.deepEqual([layer.entrance, layer.end], ['rise', seconds]);
});

test('headings drop in, buttons spring up', () => {
  const { layers } = of({ heading: 'Step 1', button: 'Save this' }, 'ending');
  assert.deepEqual(
    layers.map(({ entrance }) => entrance),
    ['drop', 'pop'],
  );
});

test('the text of a pill stands in its middle', () => {
  for (const aspect of aspectSchema.options) {
    const { layers, texts } = of({ heading: 'HEH', button: 'HEH' }, 'ending', aspect);
    layers.forEach(({ bitmap, box }, at) => {
      const pill = texts[at];
      // The heading's letters are white, the button's dark; nothing else of them is.
      const letters = painted(only(bitmap, at === 0 ? [255, 255, 255] : [0x14, 0x10, 0x2b]), 250);
      assert.ok(pill !== undefined && letters !== undefined);
      const above = box.y + letters.y - pill.y;
      const below = pill.y + pill.height - (box.y + letters.y + letters.height);
      assert.ok(Math.abs(above - below) <= 2, `${aspect} ${at}: ${above} above, ${below} below`);
      const left = box.x + letters.x - pill.x;
      const right = pill.x + pill.width - (box.x + letters.x + letters.width);
      assert.ok(Math.abs(left - right) <= 6, `${aspect} ${at}: ${left} left, ${right} right`);
    });
  }
});

/** The pixels of one colour. */
function only({ width, height, data }: Bitmap, colour: readonly number[]): Bitmap {
  const kept = new Uint8Array(data.length);
  for (let at = 0; at < data.length; at += 4)
    if (colour.every((channel, offset) => data[at + offset] === channel) && data[at + 3] === 255) kept[at + 3] = 255;
  return { width, height, data: kept };
}

test('a card without text, or with emoji alone, has no layers', () => {
  assert.deepEqual(of({}), { layers: [], texts: [] });
  assert.deepEqual(of({ title: '😀', heading: '  ', list: ['🎉', ''], button: '' }), { layers: [], texts: [] });
});

test('the same card gives the same bytes', () => {
  const [first, again] = [of({ title: long }), of({ title: long })];
  assert.ok(Buffer.from(first.layers[0]?.bitmap.data ?? []).equals(again.layers[0]?.bitmap.data ?? Buffer.of(0)));
});
