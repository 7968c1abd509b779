/** Files that name other files, given as music, film, speech and scene: what they name is never read. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { openMemory } from '../../backends/memory/index.ts';
import { Orchestrator } from '../../compose.ts';
import { workflow } from '../../core/plan/builder.ts';
import { perform as finishSpeech } from '../cloud/finish-speech-task.ts';
import { joined } from '../merge/join-segments.ts';
import { thumbnailAgent, type ThumbnailInput } from '../merge/thumbnail-agent.ts';
import { decoded } from '../music/given-music.ts';
import { readFilm } from '../probe/read-film.ts';
import { readSegment } from '../probe/read-segment.ts';
import { readSound } from '../probe/read-sound.ts';
import { decodeSound } from '../sound/decode.ts';
import { findTools, type Tools } from './find.ts';
import { runTool } from './run.ts';

const { signal } = new AbortController();
const secretFilm = 'secret-film.ts';
const secretWords = 'the words that nobody may read';
let folder = '';
let tools: Tools;

const path = (name: string): string => join(folder, name);
const lavfi = (...words: readonly string[]): Promise<unknown> =>
  runTool(tools.ffmpeg, ['-v', 'error', '-y', '-f', 'lavfi', ...words], { what: 'making' });

const picture = ['-i', 'testsrc2=s=64x48:r=30:d=1'] as const;
const tone = ['-f', 'lavfi', '-i', 'sine=d=1'] as const;

/** Each would be read, and its secret shown, by an ffmpeg that is left to itself. */
const tricks: readonly (readonly [name: string, content: () => string])[] = [
  ['an HLS playlist', () => `#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n${path(secretFilm)}\n#EXT-X-ENDLIST\n`],
  ['an HLS playlist that joins a text to an address', () => `#EXTM3U\n#EXTINF:1,\nconcat:${path('secret.txt')}|${path(secretFilm)}\n`],
  ['a list of ffmpeg', () => `ffconcat version 1.0\nfile ${secretFilm}\n`],
  ['a description of a session', () => 'v=0\no=- 0 0 IN IP4 127.0.0.1\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio 9 RTP/AVP 0\n'],
  [
    'a manifest of DASH',
    () => `<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"><BaseURL>${path(secretFilm)}</BaseURL></MPD>`,
  ],
];

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'continuo-brought-'));
  tools = await findTools();
  const coded = ['-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-c:a', 'aac', '-shortest'];
  await lavfi(...picture, ...tone, ...coded, '-f', 'mpegts', path(secretFilm));
  await writeFile(path('secret.txt'), secretWords);
});
after(() => rm(folder, { recursive: true, force: true }));

test('a playlist is read, and what it names, by an ffmpeg that nobody bounds', async () => {
  await writeFile(path('music.mp3'), tricks[0]?.[1]() ?? '');
  const { stdout } = await runTool(tools.ffmpeg, ['-v', 'error', '-i', path('music.mp3'), '-f', 's16le', '-'], { what: 'hearing' });
  assert.ok(stdout.length > 0);
});

/** The name has an end that would speak for the trick. */
for (const [name, content] of tricks)
  suite(`${name} is refused`, () => {
    const refused = async (end: string, read: (file: string) => Promise<unknown>): Promise<void> => {
      const file = path(`brought.${end}`);
      await writeFile(file, content());
      await assert.rejects(read(file), (error: Error & { readonly code?: string }) => {
        assert.equal(error.code, 'MEDIA_UNREADABLE', error.message);
        assert.doesNotMatch(error.message, /nobody may read|secret/);
        return true;
      });
    };

    for (const end of ['m3u8', 'mp4', 'sdp', 'mpd'])
      test(`as music, film, sound of a film and scene, under .${end}`, async () => {
        await refused(end, (file) => decoded({ file, ffmpeg: tools.ffmpeg, seconds: 1 }, 48_000, signal));
        await refused(end, (file) => readFilm(file, signal));
        await refused(end, (file) => readSound(file, 1, signal));
        await refused(end, (file) => readSegment(file, 30, signal));
      });

    test('as what a model spoke', async () => {
      const audio = new TextEncoder().encode(content());
      const task = { signal, progress: () => undefined };
      await assert.rejects(finishSpeech({ audio, words: ['one'], rate: 1 }, task), { code: 'MEDIA_UNREADABLE' });
    });

    test('as a scene that is joined to a film', async () => {
      await lavfi('-i', 'sine=d=2', '-c:a', 'aac', path('sound.m4a'));
      const sound = path('sound.m4a');
      await refused('ts', (file) => {
        const segments = [
          { file: path(secretFilm), frames: 30 },
          { file, frames: 30 },
        ];
        return joined({ segments, sound, title: '', comment: '', folder, signal }, tools);
      });
      await refused('ts', (file) => joined({ segments: [{ file, frames: 30 }], sound, title: '', comment: '', folder, signal }, tools));
    });

    test('as a film whose picture is taken', async () => {
      const photographer = thumbnailAgent();
      const take = workflow<ThumbnailInput>('take')
        .step('taken', photographer, ({ input }) => input, { retry: { max: 0 } })
        .output(({ taken }) => taken);
      const orchestrator = await Orchestrator.open({ backend: openMemory(), agents: [photographer], workflows: [take] });
      try {
        const { id: blob, bytes } = await orchestrator.blobs.put(new TextEncoder().encode(content()), 'video/mp4', 0);
        const { error } = await (await orchestrator.start(take, { film: { blob, bytes, type: 'video/mp4' }, at: 0 })).result();
        assert.equal(error?.code, 'MEDIA_UNREADABLE');
      } finally {
        await orchestrator.close();
      }
    });
  });

suite('what people have is read', () => {
  const sounds: readonly (readonly [name: string, ...words: string[]])[] = [
    ['sound.wav'],
    ['sound.mp3', '-c:a', 'libmp3lame'],
    ['sound.m4a', '-c:a', 'aac'],
    ['sound.aac', '-c:a', 'aac'],
    ['sound.ogg', '-c:a', 'libvorbis'],
    ['sound.opus', '-c:a', 'libopus'],
    ['sound.webm', '-c:a', 'libopus'],
    ['sound.flac'],
    ['sound.aiff'],
  ];
  for (const [name, ...words] of sounds)
    test(`as music: ${name}`, async (t) => {
      // What this ffmpeg cannot make it is not asked to read.
      const encoder = words[1];
      const known = (await runTool(tools.ffmpeg, ['-hide_banner', '-encoders'], { what: 'asking' })).stdout.toString();
      if (encoder !== undefined && !known.includes(` ${encoder} `)) return t.skip(`no encoder ${encoder}`);
      await lavfi('-i', 'sine=d=1', ...words, path(name));
      const [left] = await decodeSound({ ffmpeg: tools.ffmpeg, file: path(name), rate: 48_000, seconds: 2, what: 'hearing', signal });
      assert.ok((left?.length ?? 0) > 40_000);
    });

  for (const name of ['film.mp4', 'film.mov', 'film.mkv', 'film.ts'])
    test(`as a film: ${name}`, async () => {
      await lavfi(...picture, ...tone, '-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-c:a', 'aac', path(name));
      assert.equal((await readSegment(path(name), 30, signal)).frames, 30);
      await readSound(path(name), 1, signal);
      const music = await decoded({ file: path(name), ffmpeg: tools.ffmpeg, seconds: 1 }, 48_000, signal);
      assert.ok((music[0]?.length ?? 0) > 40_000);
    });
});
