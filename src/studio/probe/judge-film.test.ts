/** A good film is found good; of one planted fault each, exactly that one is found. */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { evidenceOf, faults, ffmpeg, goodScenes, makeFilm, scenesWith, tone, withSound } from './fixtures/films.ts';
import type { ShownCaption } from '../film/scene.ts';
import type { Evidence, ProbedScene } from './evidence.ts';
import type { VideoStream } from './film-streams.ts';
import type { Inspection } from './inspection.ts';
import { bytesPerSample } from './sample.ts';
import { signatureOf } from './signature.ts';
import { judgeFilm } from './judge-film.ts';
import { readFilm } from './read-film.ts';
import { scoreOf } from './score.ts';
import { readSubtitles } from './subtitle-file.ts';

let folder = '';
let good = '';
/** What was measured of the good film: faults of its scenes are planted into this. */
let known: Evidence;

const path = (name: string): string => join(folder, name);
const score = (film: Evidence): number => scoreOf(judgeFilm(film));

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'continuo-probe-'));
  good = path('good.mp4');
  await makeFilm(good);
  known = await evidenceOf(good);
});
after(() => rm(folder, { recursive: true, force: true }));

test('a good film passes every check', () => {
  const srt = readSubtitles('1\n00:00:00,000 --> 00:00:02,000\nFold it\n\n2\n00:00:02,100 --> 00:00:05,000\nnow\n', 'srt');
  const vtt = readSubtitles('WEBVTT\n\n00:00.000 --> 00:05.000\nFold it now\n', 'vtt');
  const film = { ...known, subtitles: { srt, vtt } };
  assert.deepEqual(faults(film), []);
  assert.equal(score(film), 10);
  assert.equal(judgeFilm(film).length, 34);
});

suite('a fault of the file', () => {
  const sine = 'sin(2*PI*1000*t)';
  const copied = ['-c', 'copy', '-movflags', '+faststart'];
  const planted: readonly (readonly [name: string, fault: string, make: (file: string) => Promise<unknown>])[] = [
    ['too loud', 'loudness: fail', (file) => withSound(good, file, `0.4*${sine}`)],
    ['silent', 'sound: fail', (file) => withSound(good, file, '0')],
    ['without sound', 'sound: fail', (file) => ffmpeg('-i', good, '-an', ...copied, file)],
    ['that crackles', 'true-peak: fail', (file) => withSound(good, file, `if(lt(mod(t,1),0.004),1,${tone})`)],
    ['with a gap in its sound', 'silence: fail', (file) => withSound(good, file, `if(between(t,1,3.8),0,${tone})`)],
    ['of 44.1 kHz mono', 'audio-format: fail', (file) => withSound(good, file, tone, '-ar', '44100', '-ac', '1')],
    [
      'whose sound is late',
      'sync: fail',
      (file) => ffmpeg('-i', good, '-itsoffset', '0.5', '-i', good, '-map', '0:v', '-map', '1:a', ...copied, file),
    ],
    ['without its index first', 'faststart: fail', (file) => ffmpeg('-i', good, '-c', 'copy', file)],
    ['of other colours', 'colour: fail', (file) => ffmpeg('-i', good, ...copied, '-bsf:v', 'h264_metadata=colour_primaries=5', file)],
    ['of another size', 'resolution: fail', (file) => makeFilm(file, { size: '270x480' })],
    ['that is cut off', 'whole: fail', async (file) => writeFile(file, (await readFile(good)).subarray(0, -3000))],
  ];
  for (const [name, fault, make] of planted)
    test(`is found in a film ${name}, and nothing else`, async () => {
      await make(path('film.mp4'));
      assert.deepEqual(faults(await evidenceOf(path('film.mp4'))), [fault]);
    });

  test('is found in a film of 24 frames a second, and nothing else', async () => {
    await makeFilm(path('film.mp4'), { rate: 24 });
    const scenes = goodScenes.map((scene) => ({ ...scene, inspection: { ...scene.inspection, frames: scene.seconds * 24 } }));
    const film = await evidenceOf(path('film.mp4'), { scenes });
    assert.deepEqual(faults(film), ['frame-rate: fail']);
    assert.equal(film.file.video.packets.length, 120);
  });

  const video = (change: Partial<VideoStream>): Evidence => ({
    ...known,
    file: { ...known.file, video: { ...known.file.video, ...change } },
  });
  test('in its stream is found, and nothing else', () => {
    const { packets, colour } = known.file.video;
    const shifted = packets.map((packet) =>
      packet.shown < 3 ? packet : { ...packet, shown: packet.shown + 0.05, decoded: packet.decoded + 0.05 },
    );
    const twice = packets.map((packet, index) => ({ ...packet, decoded: packets[index === 9 ? 8 : index]?.decoded ?? 0 }));
    const plain = packets.map((packet) => (packet.shown === 4 ? { ...packet, key: false } : packet));
    assert.deepEqual(faults(video({ packets: packets.filter(({ shown }) => shown < 4.95) })), ['whole: fail']);
    assert.deepEqual(faults(video({ packets: shifted })), ['continuity: fail', 'keyframes: fail']);
    assert.deepEqual(faults(video({ packets: twice })), ['continuity: fail']);
    assert.deepEqual(faults(video({ packets: plain })), ['keyframes: fail']);
    assert.deepEqual(faults(video({ profile: 'High 4:4:4 Predictive' })), ['video-codec: fail']);
    assert.deepEqual(faults(video({ pixelFormat: 'yuv444p' })), ['pixel-format: fail']);
    assert.deepEqual(faults(video({ colour: { ...colour, range: 'pc' } })), ['colour: fail']);
    assert.deepEqual(faults({ ...known, file: { ...known.file, bytes: 3e6 } }), ['size: fail']);
    assert.deepEqual(faults({ ...known, file: { ...known.file, bytes: 3e6 }, quality: 'high' }), ['size: warn']);
    assert.deepEqual(faults({ ...known, file: { ...known.file, container: { is: 'other' } } }), ['faststart: fail']);
  });
});

suite('what is no film', () => {
  for (const [name, content] of [
    ['text', 'this is no film '.repeat(100)],
    ['nothing', ''],
    ['the begin of an MP4', '\0\0\0\u0018ftypisom\0\0\u0002\0isomiso2'],
  ] as const)
    test(`is refused: ${name}`, async () => {
      await writeFile(path('none.mp4'), content);
      await assert.rejects(readFilm(path('none.mp4'), new AbortController().signal), { code: 'MEDIA_UNREADABLE' });
    });

  test('is refused: a sound alone', async () => {
    await ffmpeg('-i', good, '-vn', '-c', 'copy', path('none.mp4'));
    await assert.rejects(readFilm(path('none.mp4'), new AbortController().signal), { code: 'MEDIA_UNREADABLE', message: /no picture/ });
  });
});

suite('a fault of a scene', () => {
  const scene = (change: Partial<ProbedScene>): readonly string[] => faults({ ...known, scenes: scenesWith(1, change) });
  const inspected = (change: Partial<Inspection>): readonly string[] => {
    const { inspection } = goodScenes[1] ?? assert.fail();
    return scene({ inspection: { ...inspection, ...change } });
  };
  const caption = goodScenes[1]?.captions[0] ?? assert.fail();
  const captions = (change: Partial<ShownCaption>): readonly string[] => scene({ captions: [{ ...caption, ...change }] });

  test('is found in its picture', () => {
    assert.deepEqual(inspected({ black: [{ start: 0, end: 1 }] }), ['black: fail']);
    assert.deepEqual(inspected({ black: [{ start: 0, end: 0.4 }] }), ['black: warn']);
    assert.deepEqual(inspected({ frozen: [{ start: 0, end: 2.5 }] }), ['frozen: fail']);
    assert.deepEqual(inspected({ frozen: [{ start: 0, end: 1.8 }] }), []);
    assert.deepEqual(inspected({ problems: ['error while decoding MB 22 77'] }), ['stream: fail']);
    assert.deepEqual(inspected({ signature: signatureOf(new Uint8Array(bytesPerSample).fill(90)) }), ['empty: fail']);
    assert.deepEqual(inspected({ signature: goodScenes[0]?.inspection.signature ?? '' }), ['variety: fail']);
  });

  test('is essential where the film is black throughout', () => {
    const scenes = goodScenes.map((one) => ({ ...one, inspection: { ...one.inspection, black: [{ start: 0, end: one.seconds }] } }));
    assert.deepEqual(faults({ ...known, scenes }), ['black: fail']);
    assert.equal(score({ ...known, scenes }), 4);
  });

  test('is found in its captions, and says which scene', () => {
    assert.deepEqual(scene({ captions: [] }), ['caption-coverage: fail']);
    assert.deepEqual(captions({ start: -0.2 }), ['caption-timing: warn']);
    assert.deepEqual(captions({ text: 'BUY IT NOW' }), ['caption-wording: fail']);
    assert.deepEqual(captions({ lines: 3 }), ['caption-lines: fail']);
    assert.deepEqual(captions({ box: { x: 200, y: 1500, width: 680, height: 200 } }), ['safe-area: fail']);
    assert.deepEqual(captions({ box: { x: 20, y: 1200, width: 680, height: 200 } }), ['safe-area: fail']);
    assert.deepEqual(captions({ box: { x: 200, y: 250, width: 680, height: 200 } }), ['overlap: fail']);
    assert.deepEqual(scene({ contrast: 4 }), ['contrast: warn']);
    assert.deepEqual(scene({ contrast: 2 }), ['contrast: fail']);
    const without = judgeFilm({ ...known, scenes: scenesWith(1, { captions: [] }) }).find(({ id }) => id === 'caption-coverage');
    assert.deepEqual(without?.scenes, [1]);
  });

  test('is found in its time', () => {
    assert.deepEqual(scene({ seconds: 14 }), ['steps: warn']);
    assert.deepEqual(faults({ ...known, target: 4.3 }), ['duration: warn']);
    assert.deepEqual(scene({ seconds: 1.9, kind: 'result' }), ['speech-fits: fail']);
    assert.deepEqual(faults({ ...known, target: 10 }), ['duration: fail']);
    assert.deepEqual(faults({ ...known, scenes: scenesWith(0, { speechSeconds: 6 }) }), ['hook: fail']);
  });

  test('is found in words that are gone too soon', () => {
    const words = [{ text: 'Fold the upper right corner down to the middle crease exactly', start: 0.1, end: 2.2 }];
    assert.deepEqual(scene({ words, captions: [{ ...caption, text: words[0]?.text ?? '', end: 2.3 }] }), ['reading-speed: fail']);
  });
});

test('a voice that is mixed in at other times than its words is found', async () => {
  const voice = (late: number): string => {
    const speaks = ['0.1,1.3', '1.6,3.8', '4.1,4.8'].map((span) => `between(t-${late},${span})`).join('+');
    return `if(${speaks},1,0.1)*${tone}`;
  };
  await withSound(good, path('film.mp4'), voice(0));
  assert.deepEqual(faults(await evidenceOf(path('film.mp4'))), []);
  await withSound(good, path('film.mp4'), voice(0.4));
  assert.deepEqual(faults(await evidenceOf(path('film.mp4'))), ['voice-timing: fail']);
});

suite('loudness', () => {
  const heard = (loudness: number): Evidence => ({ ...known, sound: { ...(known.sound ?? assert.fail()), loudness } });
  test('is right within one unit, and nearly right within two', () => {
    assert.deepEqual(
      [-15, -14.4, -13].map((loudness) => faults(heard(loudness))),
      [[], [], []],
    );
    assert.deepEqual(
      [-16, -12].map((loudness) => faults(heard(loudness))),
      [['loudness: warn'], ['loudness: warn']],
    );
    assert.deepEqual(
      [-16.1, -11.9].map((loudness) => faults(heard(loudness))),
      [['loudness: fail'], ['loudness: fail']],
    );
  });

  test('of music alone may be a little lower than that of a voice', () => {
    const scenes = goodScenes.map((scene) => ({ ...scene, speechSeconds: 0 }));
    assert.deepEqual(faults({ ...heard(-16), scenes }), []);
  });
});

test('what is essential leaves four points at most, all faults together leave one', () => {
  assert.equal(score({ ...known, sound: null }), 4);
  assert.equal(score({ ...known, sound: null, aspect: '16:9', target: 60 }), 1);
});

test('a film of which nothing is known but its file is judged all the same', () => {
  assert.deepEqual(faults({ ...known, scenes: [] }), ['whole: fail']);
});

test('subtitles that cannot be read, or that lack words, are found', () => {
  const whole = readSubtitles('1\n00:00:00,000 --> 00:00:05,000\nFold it now\n', 'srt');
  const part = readSubtitles('WEBVTT\n\n00:00.000 --> 00:02.000\nFold it now\n', 'vtt');
  assert.deepEqual(faults({ ...known, subtitles: { srt: whole, vtt: whole } }), []);
  assert.deepEqual(faults({ ...known, subtitles: { srt: whole, vtt: part } }), ['subtitles: fail']);
  assert.deepEqual(faults({ ...known, subtitles: { srt: readSubtitles('no times', 'srt'), vtt: whole } }), ['subtitles: fail']);
});
