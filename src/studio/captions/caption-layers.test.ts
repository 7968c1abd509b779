import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aspectSchema, layoutOf, type Box } from '../film/aspect.ts';
import type { Bitmap } from '../film/bitmap.ts';
import { captionTemplates } from '../film/scene.ts';
import type { Word } from '../film/speech.ts';
import { within, painted, palettes } from '../lettering/fixtures/looking.ts';
import { captionLayers } from './caption-layers.ts';

const palette = palettes[0];

function said(text: string): readonly Word[] {
  return text.split(' ').map((word, at) => ({ text: word, start: at * 0.35, end: at * 0.35 + 0.3 }));
}

const plain = 'Want a paper airplane that flies across the room? Fold it, quickly!';
const texts = [
  plain,
  'I a antidisestablishmentarianism Donaudampfschifffahrtsgesellschaftskapitän oh',
  `${'abcdefghijklmnopqrstuvwxyzabcdefghijklmn '.repeat(2)}${'W'.repeat(200)} x`,
  'ÅNGSTRÖM Ế?! “Quoting” Jumpy gypsy Ñandú'.normalize('NFC').replace('Ế', 'É'),
  'x',
];

for (const template of captionTemplates)
  for (const aspect of aspectSchema.options)
    test(`${template} ${aspect}: everything lies in its place, and nothing is cut off`, () => {
      const area = layoutOf(aspect).captions;
      for (const text of texts) {
        const words = said(text);
        const { layers, shown } = captionLayers({ words, seconds: words.length * 0.35, template, aspect, palette });
        assert.ok(shown.length > 0);
        for (const { lines, box } of shown) {
          assert.ok(lines >= 1 && lines <= 2);
          assert.ok(within(box, area), `${JSON.stringify(box)} in ${text}`);
        }
        // The middle of each caption stands for it: drawing all would take long.
        for (const caption of shown) {
          const own = layers.filter(({ start, end }) => start >= caption.start - 1e-6 && end <= caption.end + 1e-6);
          const layer = own[own.length >> 1];
          assert.ok(layer !== undefined && within(layer.box, area), `${JSON.stringify(layer?.box)} in ${text}`);
          assertWhole(layer.bitmap, layer.box, caption.box);
        }
      }
    });

function assertWhole(bitmap: Bitmap, box: Box, ink: Box): void {
  assert.deepEqual([bitmap.width, bitmap.height, bitmap.data.length], [box.width, box.height, box.width * box.height * 4]);
  // The end of a soft shadow is not seen.
  const whole = painted(bitmap, 3);
  assert.ok(
    whole !== undefined && within(whole, { x: 1, y: 1, width: box.width - 2, height: box.height - 2 }),
    JSON.stringify([whole, box]),
  );
  const solid = painted(bitmap, 130);
  assert.ok(solid !== undefined && within({ ...solid, x: solid.x + box.x, y: solid.y + box.y }, ink), JSON.stringify([solid, box, ink]));
}

test('one layer follows the other without a gap; only the first of a caption springs up; their boxes do not jump', () => {
  for (const template of captionTemplates) {
    const { layers, shown } = captionLayers({ words: said(plain), seconds: 5, template, aspect: '9:16', palette });
    assert.equal(layers.filter(({ entrance }) => entrance === 'pop').length, shown.length);
    for (const { start, end } of shown) {
      const own = layers.filter((layer) => layer.start >= start - 1e-6 && layer.end <= end + 1e-6);
      assert.equal(own[0]?.entrance, 'pop');
      assert.equal(own[0]?.start, start);
      assert.equal(own.at(-1)?.end, end);
      own.slice(1).forEach((layer, at) => {
        assert.equal(layer.start, own[at]?.end);
        assert.deepEqual(layer.box, own[0]?.box);
        assert.equal(layer.entrance, 'none');
      });
    }
  }
});

test('a word lights up just before it is heard', () => {
  const words = said('Fold it twice');
  const { layers } = captionLayers({ words, seconds: 2, template: 'tiktok-bold', aspect: '9:16', palette });
  assert.deepEqual(
    layers.map(({ start }) => start.toFixed(2)),
    ['0.00', '0.31', '0.66'],
  );
});

test('the same words give the same bytes, and another lit word gives others', () => {
  const of = (): readonly Uint8Array[] =>
    captionLayers({ words: said('Fold it'), seconds: 1, template: 'tiktok-bold', aspect: '1:1', palette }).layers.map(
      ({ bitmap }) => bitmap.data,
    );
  const [first, again] = [of(), of()];
  assert.equal(first.length, 2);
  first.forEach((data, at) => assert.ok(Buffer.from(data).equals(again[at] ?? Buffer.of())));
  assert.ok(!Buffer.from(first[0] ?? []).equals(first[1] ?? Buffer.of()));
});

test('in karaoke a word fills up little by little, and what was spoken stays', () => {
  const words = [
    { text: 'Slowly', start: 0, end: 1 },
    { text: 'now', start: 1, end: 1.3 },
  ];
  const { layers } = captionLayers({ words, seconds: 1.5, template: 'karaoke', aspect: '1:1', palette });
  const lit = layers.map(({ bitmap }) => accented(bitmap));
  assert.ok(lit.length > 6);
  lit.slice(1).forEach((count, at) => assert.ok(count >= (lit[at] ?? 0), lit.join(' ')));
  assert.ok((lit[0] ?? 0) < (lit.at(-1) ?? 0) / 2);
});

/** Pixels in the accent (#ffd84d). */
function accented({ data }: Bitmap): number {
  let count = 0;
  for (let at = 0; at < data.length; at += 4) if (data[at + 2] === 0x4d && data[at] === 0xff) count++;
  return count;
}

test('emoji and what cannot be seen are left out; without words there are no captions', () => {
  const of = (text: string) => captionLayers({ words: said(text), seconds: 3, template: 'clean', aspect: '9:16', palette });
  assert.deepEqual(
    of('Fly😀 high 👨‍👩‍👧!').shown.map(({ text }) => text),
    ['Fly high'],
  );
  assert.deepEqual(of('😀 — …'), { layers: [], shown: [] });
  assert.deepEqual(captionLayers({ words: [], seconds: 3, template: 'karaoke', aspect: '9:16', palette }), { layers: [], shown: [] });
});

test('what is shown is told as it was written, broken words whole', () => {
  const { shown } = captionLayers({
    words: said('Say antidisestablishmentarianism, please.'),
    seconds: 2,
    template: 'tiktok-bold',
    aspect: '16:9',
    palette,
  });
  assert.equal(
    shown
      .map(({ text }) => text)
      .filter((text) => text !== '')
      .join(' '),
    'Say antidisestablishmentarianism, please.',
  );
});

test('times that cannot be do no harm', () => {
  const words = [
    { text: 'one', start: Number.NaN, end: 3 },
    { text: 'two', start: -4, end: -5 },
    { text: 'three', start: 100, end: 200 },
  ];
  for (const template of captionTemplates) {
    const { layers } = captionLayers({ words, seconds: 0.2, template, aspect: '9:16', palette });
    for (const { start, end } of layers) assert.ok(start >= 0 && end > start && end <= 0.2);
  }
});
