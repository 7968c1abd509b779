import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { layoutOf, type Aspect, type Box } from '../film/aspect.ts';
import { brightPicture, palette } from './fixtures/rig.ts';
import { perform, type FramedPicture, type FramePictureInput } from './frame-picture-task.ts';

const context = { signal: new AbortController().signal, progress: () => undefined };
const frame = (more: Partial<FramePictureInput> = {}): Promise<FramedPicture> =>
  perform({ image: brightPicture(), aspect: '9:16', kind: 'step', palette, number: null, ...more }, context);

/** The WCAG contrast of white to the brightest place in the box. */
async function contrastIn({ jpeg, overscan }: FramedPicture, box: Box): Promise<number> {
  const canvas = createCanvas(24, 24);
  const pen = canvas.getContext('2d');
  pen.drawImage(await loadImage(Buffer.from(jpeg)), box.x + overscan.x, box.y + overscan.y, box.width, box.height, 0, 0, 24, 24);
  const { data } = pen.getImageData(0, 0, 24, 24);
  const linear = (value = 0): number => ((value / 255 + 0.055) / 1.055) ** 2.4;
  let brightest = 0;
  for (let at = 0; at < data.length; at += 4)
    brightest = Math.max(brightest, 0.2126 * linear(data[at]) + 0.7152 * linear(data[at + 1]) + 0.0722 * linear(data[at + 2]));
  return 1.05 / (brightest + 0.05);
}

suite('a photograph behind a scene', () => {
  for (const aspect of ['9:16', '16:9', '1:1'] satisfies Aspect[])
    test(`${aspect}: it is larger than the frame, and words on it can be read however bright it is`, async () => {
      const { frame: size, captions, heading } = layoutOf(aspect);
      const framed = await frame({ aspect });
      const { width, height } = await loadImage(Buffer.from(framed.jpeg));
      assert.deepEqual([width, height], [size.width + 2 * framed.overscan.x, size.height + 2 * framed.overscan.y]);
      for (const length of [width, height, framed.overscan.x, framed.overscan.y]) assert.equal(length % 2, 0);
      assert.ok(framed.overscan.x >= 0.05 * size.width && framed.overscan.y >= 0.05 * size.height);
      for (const box of [captions, heading]) assert.ok((await contrastIn(framed, box)) >= 4.3, `${await contrastIn(framed, box)}`);
      // What it shows is not veiled away.
      const { picture } = layoutOf(aspect);
      const middle = { x: picture.x + 0.3 * picture.width, y: picture.y + 0.4 * picture.height, width: 100, height: 100 };
      assert.ok((await contrastIn(framed, middle)) < 4);
    });

  test('dark words get a light veil', async () => {
    const dark = createCanvas(40, 40);
    const light = await frame({ image: new Uint8Array(dark.encodeSync('png')), palette: { ...palette, ink: '#101010', shade: '#ffffff' } });
    assert.ok((await contrastIn(light, layoutOf('9:16').captions)) < 5);
  });

  test('a step has its number on a badge that stands free of the heading', async () => {
    for (const number of [3, 12, 128]) {
      const { badge } = await frame({ number, aspect: '1:1' });
      assert.ok(badge !== undefined);
      const { width } = await loadImage(Buffer.from(badge.png));
      const { heading, picture } = layoutOf('1:1');
      assert.equal(width, badge.box.width);
      assert.ok(badge.box.y >= heading.y + heading.height && badge.box.x >= picture.x);
    }
  });

  test('the same gives the same', async () => {
    const [one, other] = [await frame({ number: 2, aspect: '1:1' }), await frame({ number: 2, aspect: '1:1' })];
    assert.deepEqual(one, other);
  });

  test('what is no picture, or half of one, says so', async () => {
    for (const image of [new Uint8Array(0), new TextEncoder().encode('hello'), brightPicture().subarray(0, 40)])
      await assert.rejects(frame({ image }), { code: 'MEDIA_UNREADABLE' });
  });
});
