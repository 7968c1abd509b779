import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { createCanvas, loadImage, type Canvas } from '@napi-rs/canvas';
import { layoutOf, type Aspect, type Box } from '../../film/aspect.ts';
import type { Palette } from '../../film/palette.ts';
import { paintOver } from './photo.ts';

const night: Palette = {
  name: 'night',
  ground: ['#101830', '#203060'],
  glows: [],
  accent: '#ffc83d',
  onAccent: '#201400',
  ink: '#ffffff',
  shade: '#0b1020',
};
const overscan = { x: 60, y: 60 };

async function over(ground: string, aspect: Aspect, palette = night): Promise<Canvas> {
  const { frame } = layoutOf(aspect);
  const photo = createCanvas(90, 90);
  const pen = photo.getContext('2d');
  pen.fillStyle = ground;
  pen.fillRect(0, 0, 90, 90);
  const canvas = createCanvas(frame.width + 2 * overscan.x, frame.height + 2 * overscan.y);
  paintOver(canvas, await loadImage(photo.encodeSync('png')), { aspect, kind: 'step', palette }, overscan);
  return canvas;
}

/** The WCAG contrast of white to the brightest place in the box. */
function whiteOn(canvas: Canvas, box: Box): number {
  const pen = createCanvas(24, 24).getContext('2d');
  pen.drawImage(canvas, box.x + overscan.x, box.y + overscan.y, box.width, box.height, 0, 0, 24, 24);
  const { data } = pen.getImageData(0, 0, 24, 24);
  const linear = (value = 0): number => ((value / 255 + 0.055) / 1.055) ** 2.4;
  let brightest = 0;
  for (let at = 0; at < data.length; at += 4)
    brightest = Math.max(brightest, 0.2126 * linear(data[at]) + 0.7152 * linear(data[at + 1]) + 0.0722 * linear(data[at + 2]));
  return 1.05 / (brightest + 0.05);
}

suite('a photograph over everything', () => {
  for (const aspect of ['9:16', '16:9', '1:1'] satisfies Aspect[])
    test(`${aspect}: words can be read however bright it is, and what it shows is not veiled away`, async () => {
      const canvas = await over('#fffdf0', aspect);
      const { captions, heading, picture } = layoutOf(aspect);
      for (const box of [captions, heading]) assert.ok(whiteOn(canvas, box) >= 4.4, `${whiteOn(canvas, box)}`);
      const middle = { x: picture.x + 0.3 * picture.width, y: picture.y + 0.45 * picture.height, width: 60, height: 60 };
      assert.ok(whiteOn(canvas, middle) < 2);
    });

  test('one that is dark is hardly veiled, and dark words get a light veil', async () => {
    const { captions } = layoutOf('1:1');
    assert.ok(whiteOn(await over('#101010', '1:1'), captions) > 15);
    assert.ok(whiteOn(await over('#101010', '1:1', { ...night, ink: '#101010', shade: '#ffffff' }), captions) < 5);
  });
});
