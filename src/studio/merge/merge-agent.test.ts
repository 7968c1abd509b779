/** Films that are joined for real, and read by ffprobe and ffmpeg as a player would. */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { openMemory } from '../../backends/memory/index.ts';
import { Orchestrator } from '../../compose.ts';
import { workflow } from '../../core/plan/builder.ts';
import type { RunResult } from '../../engine/orchestrator.ts';
import type { BlobRef } from '../../ports/agent.ts';
import { findTools, type Tools } from '../ffmpeg/find.ts';
import { runTool } from '../ffmpeg/run.ts';
import { writeWav } from '../sound/wav.ts';
import { openStudioWorkers } from '../workers/studio-workers.ts';
import { listOf } from './join-segments.ts';
import { mergeAgent, type Film, type MergeInput } from './merge-agent.ts';
import { subtitlesAgent } from './subtitles-agent.ts';
import { thumbnailAgent } from './thumbnail-agent.ts';

const rate = 48_000;
const workers = openStudioWorkers({ workers: 1 });
const merger = mergeAgent({ workers });
const photographer = thumbnailAgent();
const subtitler = subtitlesAgent();
const merge = workflow<MergeInput>('merge')
  .step('film', merger, ({ input }) => input, { retry: { max: 0 } })
  .output(({ film }) => film);
const picture = workflow<{ readonly film: BlobRef; readonly at: number }>('picture')
  .step('taken', photographer, ({ input }) => input, { retry: { max: 0 } })
  .output(({ taken }) => taken);
const subtitle = workflow<{ readonly scenes: { readonly at: number; readonly words: { text: string; start: number; end: number }[] }[] }>(
  'subtitle',
)
  .step('written', subtitler, ({ input }) => input, { retry: { max: 0 } })
  .output(({ written }) => written);

let folder = '';
let tools: Tools;
let orchestrator: Orchestrator;
let segments: MergeInput['segments'] = [];
let clicks: BlobRef;
let music: BlobRef;

async function kept(bytes: Uint8Array, type: string): Promise<BlobRef> {
  const { id: blob, bytes: length } = await orchestrator.blobs.put(bytes, type, 0);
  return { blob, bytes: length, type };
}

const tags = ['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv'];

/** A scene of one colour with something moving in it, as the renderer encodes it. */
async function scene(frames: number, colour: string): Promise<MergeInput['segments'][number]> {
  const from = [
    '-f',
    'lavfi',
    '-i',
    `color=${colour}:s=128x96:r=30,drawbox=x=t*20:y=10:w=12:h=12:color=white:t=fill`,
    '-frames:v',
    `${frames}`,
  ];
  const form = [
    '-pix_fmt',
    'yuv420p',
    '-c:v',
    'libx264',
    '-preset',
    'veryfast',
    '-bf',
    '3',
    '-flags',
    '+cgop',
    ...tags,
    '-f',
    'mpegts',
    '-',
  ];
  const { stdout } = await runTool(tools.ffmpeg, ['-v', 'error', ...from, '-vf', 'scale=out_color_matrix=bt709', ...form], {
    what: 'a scene',
  });
  return { video: await kept(stdout, 'video/mp2t'), frames };
}

const wav = (seconds: number, wave: (second: number) => number): Uint8Array =>
  writeWav([Float32Array.from({ length: Math.round(seconds * rate) }, (_, index) => wave(index / rate))], rate);

async function run(change: Partial<MergeInput> = {}): Promise<RunResult<Film>> {
  const asked = { segments, voices: [{ audio: clicks, at: 1 }], music: null, title: 'Fold "it"', comment: 'made = here;' };
  return (await orchestrator.start(merge, { ...asked, ...change })).result();
}

async function fileOf({ video }: Film): Promise<string> {
  const file = join(folder, `${video.blob}.mp4`);
  await writeFile(file, await orchestrator.blobs.get(video.blob));
  return file;
}

interface Stream {
  readonly codec_type: string;
  readonly start_time: string;
  readonly duration: string;
  readonly nb_read_frames: string;
  readonly [more: string]: unknown;
}

async function probed(
  film: Film,
): Promise<{ readonly streams: readonly Stream[]; readonly format: { readonly tags: Record<string, string> } }> {
  const words = ['-v', 'warning', '-count_frames', '-show_streams', '-show_format', '-of', 'json', await fileOf(film)];
  const { stdout, stderr } = await runTool(tools.ffprobe, words, { what: 'reading the film' });
  assert.equal(stderr, '');
  // What ffprobe's -of json writes.
  return JSON.parse(stdout.toString()) as Awaited<ReturnType<typeof probed>>;
}

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'continuo-merge-'));
  tools = await findTools();
  orchestrator = await Orchestrator.open({
    backend: openMemory(),
    agents: [merger, photographer, subtitler],
    workflows: [merge, picture, subtitle],
  });
  segments = await Promise.all([scene(31, '0x20c040'), scene(44, 'blue'), scene(1, 'white'), scene(29, '0xc02020')]);
  clicks = await kept(
    wav(2, (second) => (second < 0.004 || second > 1.996 ? 0.7 * Math.sin(second * 12_000) : 0)),
    'audio/wav',
  );
  music = await kept(
    wav(8, (second) => 0.1 * Math.sin(second * 1400) * (1 + 0.5 * Math.sin(second * 3))),
    'audio/wav',
  );
});
after(async () => {
  await orchestrator.close();
  await workers.close();
  await rm(folder, { recursive: true, force: true });
});

describe('the film', () => {
  test('has every frame of its scenes once, at an even pace, and sound of the same length', async () => {
    const { output: film } = await run({ music });
    assert.ok(film !== undefined);
    assert.deepEqual([film.frames, film.seconds, film.video.type, film.note], [105, 3.5, 'video/mp4', null]);
    const { streams, format } = await probed(film);
    const [video, audio] = streams;
    assert.ok(video !== undefined && audio !== undefined && streams.length === 2);
    assert.equal(video.nb_read_frames, '105');
    assert.deepEqual([video.start_time, audio.start_time, video.duration], ['0.000000', '0.000000', '3.500000']);
    assert.ok(Math.abs(Number(audio.duration) - 3.5) <= 0.025, audio.duration);
    const { avg_frame_rate, r_frame_rate, color_space, color_range, color_transfer, color_primaries, pix_fmt } = video;
    const said = { avg_frame_rate, r_frame_rate, color_space, color_range, color_transfer, color_primaries, pix_fmt };
    assert.deepEqual(Object.values(said), ['30/1', '30/1', 'bt709', 'tv', 'bt709', 'bt709', 'yuv420p']);
    assert.deepEqual([audio['codec_name'], audio['profile'], audio['sample_rate'], audio['channels']], ['aac', 'LC', '48000', 2]);
    assert.deepEqual([format.tags['title'], format.tags['comment']], ['Fold "it"', 'made = here;']);
    const words = [
      '-v',
      'error',
      '-select_streams',
      'v',
      '-show_entries',
      'frame=best_effort_timestamp_time',
      '-of',
      'csv=p=0',
      await fileOf(film),
    ];
    const { stdout } = await runTool(tools.ffprobe, words, { what: 'reading the frames' });
    const times = stdout
      .toString()
      .split('\n')
      .flatMap((line) => (line === '' ? [] : [Number.parseFloat(line)]));
    times.forEach((time, frame) => assert.ok(Math.abs(time - frame / 30) < 0.0001, `frame ${frame} at ${time}`));
    const bytes = await readFile(await fileOf(film));
    assert.ok(bytes.indexOf('moov') < bytes.indexOf('mdat'), 'the index comes first');
  });

  test('is heard exactly when it should be: a click at one second is decoded at one second', async () => {
    const { output: film } = await run();
    assert.ok(film !== undefined);
    const words = ['-v', 'error', '-i', await fileOf(film), '-map', '0:a', '-ac', '1', '-f', 'f32le', '-'];
    const { stdout } = await runTool(tools.ffmpeg, words, { what: 'hearing the film' });
    const heard = new Float32Array(stdout.buffer.slice(stdout.byteOffset, stdout.byteOffset + stdout.length));
    const loud = heard.findIndex((sample) => Math.abs(sample) > 0.2) / rate;
    assert.ok(Math.abs(loud - 1) < 0.002, `the click is at ${loud}`);
    const last = heard.findLastIndex((sample) => Math.abs(sample) > 0.2) / rate;
    assert.ok(Math.abs(last - 3) < 0.003, `the last click is at ${last}`);
  });

  test('is as loud as platforms want it, and its peaks stay below the limit', async () => {
    const voice = await kept(
      wav(3, (second) => 0.15 * Math.sin(second * 3000 + 4 * Math.sin(second * 9)) * Math.max(0, Math.sin(second * 14))),
      'audio/wav',
    );
    const { output: film } = await run({
      music,
      voices: [
        { audio: voice, at: 0.2 },
        { audio: null, at: 2 },
      ],
    });
    assert.ok(Math.abs((film?.loudness ?? 0) + 14) < 0.3, `${film?.loudness}`);
    assert.ok((film?.truePeak ?? 0) <= -1, `${film?.truePeak}`);
  });

  test('the same input gives the same bytes', async () => {
    const [first, second] = [await run({ music, title: 'once' }), await run({ music, title: 'once' })];
    assert.equal(first.output?.video.blob, second.output?.video.blob);
  });

  test('with music alone is quieter; with nothing it is silent, and says so', async () => {
    const led = (await run({ music, voices: [] })).output;
    assert.ok(Math.abs((led?.loudness ?? 0) + 16) < 0.3, `${led?.loudness}`);
    const silent = (await run({ voices: [] })).output;
    assert.deepEqual([silent?.loudness, silent?.truePeak], [null, null]);
    assert.equal(silent?.note, 'The film is silent: it has neither a voice nor music.');
    assert.equal((await probed(silent)).streams.length, 2);
  });

  test('a voice that goes on after the last picture is cut, and that is said', async () => {
    const { output } = await run({
      voices: [
        { audio: clicks, at: 2.5 },
        { audio: clicks, at: 99 },
      ],
    });
    assert.equal(output?.note, '2 voices go on after the last picture, and are cut.');
    assert.equal(output.seconds, 3.5);
  });

  test('a title may be anything', async () => {
    const { output } = await run({ title: '折纸 ✈️ \u0000 "x"\n; = #', comment: '' });
    assert.ok(output !== undefined);
    assert.equal((await probed(output)).format.tags['title'], '折纸 ✈️   "x" ; = #');
  });

  test('scenes and voices that are none are named', async () => {
    const noise = await kept(new TextEncoder().encode('this is no film'), 'video/mp2t');
    const [first] = segments;
    assert.ok(first !== undefined);
    const broken = await run({ segments: [first, { video: noise, frames: 30 }] });
    assert.match(broken.error?.message ?? '', /scene 2 has 0 frames, and not 30/);
    assert.equal(broken.error?.code, 'MEDIA_UNREADABLE');
    const short = await run({ segments: [{ ...first, frames: 40 }] });
    assert.match(short.error?.message ?? '', /scene 1 has 31 frames, and not 40; render its scenes anew/);
    const mute = await run({
      voices: [
        { audio: clicks, at: 0 },
        { audio: noise, at: 1 },
      ],
    });
    assert.match(mute.error?.message ?? '', /voice 2: a sound cannot be read: it is no WAV file/);
    assert.equal(mute.error?.code, 'MEDIA_UNREADABLE');
  });

  test('names of files are quoted, and times do not drift', () => {
    const list = listOf(Array.from({ length: 100 }, () => ({ file: "/it's/here", frames: 7 })));
    assert.match(list, /^ffconcat version 1.0\nfile '\/it'\\''s\/here'\nduration 0\.233333\n/);
    const total = [...list.matchAll(/duration (\S+)/g)].reduce((sum, [, seconds]) => sum + Number(seconds), 0);
    assert.ok(Math.abs(total - 700 / 30) < 1e-6);
  });
});

describe('the thumbnail', () => {
  test('is the picture of that moment, in its colours; after the end it is the last', async () => {
    const { output: film } = await run();
    assert.ok(film !== undefined);
    const shown = async (at: number): Promise<readonly number[]> => {
      const { output } = await (await orchestrator.start(picture, { film: film.video, at })).result();
      assert.ok(output !== undefined);
      assert.deepEqual([output.width, output.height, output.image.type], [128, 96, 'image/jpeg']);
      const file = join(folder, 'shown.jpg');
      await writeFile(file, await orchestrator.blobs.get(output.image.blob));
      const words = ['-v', 'error', '-i', file, '-vf', 'crop=8:8:60:70,scale=1:1', '-pix_fmt', 'rgb24', '-f', 'rawvideo', '-'];
      return [...(await runTool(tools.ffmpeg, words, { what: 'seeing' })).stdout];
    };
    for (const [at, colour] of [
      [0, [32, 192, 64]],
      [1.2, [0, 0, 255]],
      [99, [192, 32, 32]],
    ] as const) {
      const seen = await shown(at);
      assert.ok(
        seen.every((value, index) => Math.abs(value - (colour[index] ?? 0)) <= 6),
        `${at} s: ${seen.join(' ')}`,
      );
    }
  });

  test('is taken wherever temporary files lie', async () => {
    const { output: film } = await run();
    const usual = process.env['TMPDIR'];
    process.env['TMPDIR'] = await mkdtemp(join(folder, "%03d 100% o'clock: "));
    try {
      const { output, error } = await (await orchestrator.start(picture, { film: film?.video ?? clicks, at: 0 })).result();
      assert.equal(error, undefined);
      assert.equal(output?.width, 128);
    } finally {
      if (usual === undefined) delete process.env['TMPDIR'];
      else process.env['TMPDIR'] = usual;
    }
  });

  test('what is no film has none', async () => {
    const film = await kept(new TextEncoder().encode('nothing'), 'video/mp4');
    const { error } = await (await orchestrator.start(picture, { film, at: 0 })).result();
    assert.equal(error?.code, 'MEDIA_UNREADABLE');
  });
});

test('the subtitles are kept in both formats', async () => {
  const scenes = [
    {
      at: 1,
      words: [
        { text: 'Fold', start: 0.1, end: 0.4 },
        { text: 'it.', start: 0.45, end: 0.7 },
      ],
    },
  ];
  const { output } = await (await orchestrator.start(subtitle, { scenes })).result();
  assert.ok(output !== undefined);
  const text = async ({ blob }: BlobRef): Promise<string> => new TextDecoder().decode(await orchestrator.blobs.get(blob));
  assert.equal(output.lines, 1);
  assert.equal(await text(output.srt), '1\n00:00:01,100 --> 00:00:02,100\nFold it.\n');
  assert.equal(await text(output.vtt), 'WEBVTT\n\n00:00:01.100 --> 00:00:02.100\nFold it.\n');
});
