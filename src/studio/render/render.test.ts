import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { copyFile, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { createCanvas } from '@napi-rs/canvas';
import type { AgentContext, BlobRef } from '../../ports/agent.ts';
import type { SegmentInput } from '../film/scene.ts';
import { segmentSchema } from '../film/scene.ts';
import { findTools } from '../ffmpeg/find.ts';
import { runTool } from '../ffmpeg/run.ts';
import { openStudioWorkers, type StudioWorkers } from '../workers/studio-workers.ts';
import { hero, sceneOf, square } from './fixtures/scene.ts';
import { rgbOf } from './planes/colour.ts';
import { renderAgent } from './render-agent.ts';
import { perform, type Rendered, type RenderTask } from './render-segment-task.ts';

let folder = '';
let background = '';
let sprite = '';
let ffmpeg = '';
const parts: { workers: StudioWorkers } = { workers: openStudioWorkers({ workers: 1 }) };

function png(width: number, height: number, colour: string): Buffer {
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.fillStyle = colour;
  context.fillRect(0, 0, width, height);
  return canvas.toBuffer('image/png');
}

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'continuo-render-'));
  background = join(folder, 'ground.png');
  sprite = join(folder, 'sprite.png');
  await writeFile(background, png(square.width + 80, square.height + 80, '#2a4d8f'));
  await writeFile(sprite, png(hero.box.width, hero.box.height, '#e0357f'));
  ({ ffmpeg } = await findTools());
});

after(async () => {
  await parts.workers.close();
  await rm(folder, { recursive: true });
});

const still = { ...hero, entrance: 'still', float: 0 } as const;
const calm = (changes: Partial<SegmentInput> = {}): SegmentInput =>
  sceneOf({ picture: { ...sceneOf().picture, sprites: [still] }, ...changes });

async function render(name: string, segment: SegmentInput, changes: Partial<RenderTask> = {}, signal?: AbortSignal): Promise<Rendered> {
  const task: RenderTask = { segment, background, sprites: [sprite], ffmpeg, output: join(folder, name), ...changes };
  const context = { signal: signal ?? new AbortController().signal, progress: () => undefined };
  return await perform(task, context);
}

/** All frames of a film, as raw YUV. */
async function framesOf(name: string): Promise<{ readonly bytes: Buffer; readonly complaints: string }> {
  const words = ['-v', 'warning', '-i', join(folder, name), '-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-'];
  const { stdout, stderr } = await runTool(ffmpeg, words, { what: `decoding ${name}` });
  return { bytes: stdout, complaints: stderr };
}

const luma = square.width * square.height;
const frameBytes = luma * 1.5;

suite('a segment', () => {
  test('has exactly its frames, and the colours of its pictures', async () => {
    const rendered = await render('colours.ts', calm({ frames: 4 }));
    const { bytes, complaints } = await framesOf('colours.ts');
    assert.equal(complaints, '');
    assert.equal(bytes.length, 4 * frameBytes);
    const colour = (x: number, y: number): readonly number[] => {
      const chroma = (y / 2) * (square.width / 2) + x / 2;
      return rgbOf({
        y: bytes[y * square.width + x] ?? 0,
        u: bytes[luma + chroma] ?? 0,
        v: bytes[luma * 1.25 + chroma] ?? 0,
      });
    };
    const near = (found: readonly number[], wanted: readonly number[]): void =>
      assert.ok(
        found.every((part, at) => Math.abs(part - (wanted[at] ?? 0)) <= 4),
        `${found.join()} is not ${wanted.join()}`,
      );
    near(colour(100, 900), [0x2a, 0x4d, 0x8f]);
    near(colour(540, 440), [0xe0, 0x35, 0x7f]);
    assert.equal(rendered.contrast, 21);
    assert.deepEqual(rendered.captions, []);
  });

  test('is the same bytes for the same scene', async () => {
    const words = [{ text: 'Fold', start: 0, end: 0.2 }];
    const scene = sceneOf({ frames: 8, opening: 'wipe', closing: 'iris', words });
    const hash = async (name: string): Promise<string> => {
      await render(name, scene);
      return createHash('sha256')
        .update(await readFile(join(folder, name)))
        .digest('hex');
    };
    assert.equal(await hash('one.ts'), await hash('two.ts'));
  });

  test('is joined to others by copying: no frame is lost or doubled, and times go on evenly', async () => {
    await render('a.ts', calm({ frames: 7 }));
    await render('b.ts', calm({ frames: 5, index: 2 }));
    const list = [
      ['a.ts', 7],
      ['b.ts', 5],
      ['a.ts', 7],
    ].map(([name, frames]) => `file ${name}\nduration ${Number(frames) / 30}`);
    await writeFile(join(folder, 'list.txt'), list.join('\n'));
    const words = ['-v', 'warning', '-f', 'concat', '-safe', '0', '-i', join(folder, 'list.txt'), '-c', 'copy'];
    const { stderr } = await runTool(ffmpeg, [...words, join(folder, 'joined.mp4')], { what: 'joining' });
    assert.equal(stderr, '');
    const { stdout } = await runTool(ffmpeg, ['-v', 'error', '-i', join(folder, 'joined.mp4'), '-f', 'framemd5', '-'], {
      what: 'counting',
    });
    const lines = stdout
      .toString()
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => line.split(/,\s*/));
    assert.deepEqual(
      lines.map(([, , at]) => Number(at)),
      Array.from({ length: 19 }, (_, frame) => frame),
    );
    assert.equal(lines[0]?.at(-1), lines[12]?.at(-1), 'the first segment is the same picture again');
  });

  test('tells how well its texts can be read, and where its captions stand', async () => {
    const words = [{ text: 'Fold', start: 0, end: 0.4 }];
    const card = { title: null, heading: 'STEP 2 OF 4', list: [], button: null };
    const { captions, texts, contrast } = await render('texts.ts', calm({ frames: 12, words, card }));
    assert.match(captions[0]?.text ?? '', /fold/i);
    assert.equal(texts.length, 1);
    assert.ok(contrast > 1 && contrast < 21);
  });
});

suite('a picture that cannot be used', () => {
  test('is named', async () => {
    const broken = join(folder, 'broken.png');
    for (const bytes of [
      Buffer.alloc(0),
      Buffer.from('not a picture'),
      png(40, 40, '#fff').subarray(0, 60),
      png(400, 400, '#fff').subarray(0, -20),
    ]) {
      await writeFile(broken, bytes);
      await assert.rejects(render('never.ts', calm(), { sprites: [broken] }), { code: 'MEDIA_UNREADABLE', message: /sprite 1 of scene 2/ });
    }
    await assert.rejects(render('never.ts', calm(), { background: join(folder, 'absent.png') }), {
      code: 'MEDIA_UNREADABLE',
      message: /the background of scene 2/,
    });
  });

  test('because it has another size is fitted', async () => {
    const small = join(folder, 'small.png');
    await writeFile(small, png(33, 57, '#2a4d8f'));
    await render('fitted.ts', calm({ frames: 2 }), { background: small });
    assert.equal((await framesOf('fitted.ts')).bytes.length, 2 * frameBytes);
  });
});

test('what another ffmpeg rendered is not taken for what this one renders', () => {
  const versionWith = (env: Readonly<Record<string, string>>): string => renderAgent({ ...parts, env }).version ?? '';
  assert.equal(versionWith({ PATH: '' }), versionWith({ PATH: '', LANG: 'de' }));
  assert.notEqual(versionWith({ PATH: '' }), versionWith({ PATH: '', CONTINUO_FFMPEG: '/other/ffmpeg' }));
  assert.notEqual(versionWith({ PATH: '' }), versionWith({ PATH: '', CONTINUO_FONTS: folder }));
});

test('nobody waits for a scene that is no longer wanted', async () => {
  const abort = new AbortController();
  const reason = new Error('enough');
  const context = { signal: abort.signal, progress: (share: number) => (share > 0 ? abort.abort(reason) : undefined) };
  const task: RenderTask = {
    segment: calm({ frames: 100_000 }),
    background,
    sprites: [sprite],
    ffmpeg,
    output: join(folder, 'stopped.ts'),
  };
  await assert.rejects(async () => perform(task, context), reason);
});

test('ffmpeg that fails is told with its own words', async () => {
  const output = join(folder, 'no', 'such', 'folder.ts');
  await assert.rejects(render('never.ts', calm(), { output }), { code: 'FFMPEG_FAILED', message: /No such file/ });
});

test('the agent turns blobs into a segment that is kept', async () => {
  const kept = new Map<string, string>();
  const put = async (bytes: AsyncIterable<Uint8Array>, type: string): Promise<BlobRef> => {
    const all: Uint8Array[] = [];
    for await (const piece of bytes) all.push(piece);
    const file = join(folder, `kept-${kept.size}`);
    await writeFile(file, Buffer.concat(all));
    kept.set(`blob-${kept.size}`, file);
    return { blob: `blob-${kept.size - 1}`, bytes: 1, type };
  };
  kept.set('ground', background).set('hero', sprite);
  const shares: number[] = [];
  // What the renderer asks of its context, and no more.
  const context = {
    signal: new AbortController().signal,
    progress: (share: number) => shares.push(share),
    blobs: { put, path: async ({ blob }: BlobRef) => kept.get(blob) },
  } as unknown as AgentContext;
  const agent = renderAgent(parts);
  const { picture } = calm();
  const named = (blob: string): BlobRef => ({ blob, bytes: 1, type: 'image/png' });
  const input = calm({ frames: 3, picture: { ...picture, background: named('ground'), sprites: [{ ...still, image: named('hero') }] } });
  const output = segmentSchema.parse(await agent.actions['run']?.run(input, context));
  assert.equal(output.frames, 3);
  assert.deepEqual(output.provenance.inputs, ['ground', 'hero']);
  assert.deepEqual(shares, [0]);
  await copyFile(kept.get(output.video.blob) ?? '', join(folder, 'kept.ts'));
  assert.equal((await framesOf('kept.ts')).bytes.length, 3 * frameBytes);
  await truncate(sprite, 10);
  await assert.rejects(async () => agent.actions['run']?.run(input, context), { code: 'MEDIA_UNREADABLE' });
});
