/** What programs print, as several versions of them print it. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { readDecoderLog } from './decoder-log.ts';
import { readStreams } from './film-streams.ts';
import { readSoundLog } from './sound-log.ts';

const summary = (loudness: string, peak: string): string => `[Parsed_ebur128_1 @ 0x1b168d00] Summary:

  Integrated loudness:
    I:         ${loudness} LUFS
    Threshold: -24.0 LUFS

  Loudness range:
    LRA:         0.0 LU
    Threshold: -34.0 LUFS
    LRA low:   -14.0 LUFS
    LRA high:  -14.0 LUFS

  True peak:
    Peak:      ${peak} dBFS
`;

suite('the log of a sound', () => {
  test('says how loud it is, and where it is silent', () => {
    const log = `[silencedetect @ 0x3a] silence_start: 1.01
[silencedetect @ 0x3a] silence_end: 3.5 | silence_duration: 2.49
size=N/A time=00:00:06.01 bitrate=N/A speed= 237x
${summary('-14.2', '-1.6')}`;
    assert.deepEqual(readSoundLog(log, 6), { loudness: -14.2, truePeak: -1.6, silences: [{ start: 1.01, end: 3.5 }] });
  });

  test('of nothing but zeros has no loudness and no peak', () => {
    const log = `silence_start: -0.02\n${summary('-70.0', '-inf')}`;
    assert.deepEqual(readSoundLog(log, 6), { loudness: null, truePeak: null, silences: [{ start: 0, end: 6 }] });
    assert.deepEqual(readSoundLog(summary('-70.0', 'nan'), 6), { loudness: null, truePeak: null, silences: [] });
  });

  test('that was cut off says nothing', () => {
    assert.deepEqual(readSoundLog('', 6), { loudness: null, truePeak: null, silences: [] });
  });
});

suite('the log of a decoder', () => {
  test('says how many frames came out, whatever else follows', () => {
    const old = '[verbose]   Input stream #0:0 (video): 119 packets read (594476 bytes); 118 frames decoded; ';
    const recent =
      '[verbose]   Input stream #0:0 (video): 119 packets read (594476 bytes); 118 frames decoded; 0 decode errors (0 samples); ';
    assert.deepEqual(readDecoderLog(old), { frames: 118, problems: [] });
    assert.deepEqual(readDecoderLog(recent), { frames: 118, problems: [] });
  });

  test('says each thing that is wrong once', () => {
    const log = `[h264 @ 0x403ba080] [info] concealing 1921 DC, 1921 AC, 1921 MV errors in B frame
[h264 @ 0x403ba080] [error] reference picture missing during reorder
[h264 @ 0x403ba081] [error] reference picture missing during reorder
[h264 @ 0x403ba080] [verbose] Reinit context to 1088x1920, pix_fmt: yuv420p`;
    assert.deepEqual(readDecoderLog(log).problems, [
      'parts of a frame were missing and had to be guessed',
      'reference picture missing during reorder',
    ]);
  });
});

suite('what ffprobe says', () => {
  const video = { index: 0, codec_type: 'video', codec_name: 'h264', profile: 'High', width: 1080, height: 1920, duration: '5.000000' };
  const answer = (more: object): string => JSON.stringify({ format: { duration: '5.000000' }, streams: [video], ...more });

  test('is read where tags are missing', () => {
    const { seconds, video: read, audio } = readStreams(answer({}));
    assert.deepEqual(
      [seconds, read.width, read.pixelFormat, read.colour.space, read.start, audio],
      [5, 1080, 'unknown', 'unknown', 0, null],
    );
  });

  test('is read where a cover stands before the film', () => {
    const cover = { ...video, index: 0, width: 300, disposition: { attached_pic: 1 } };
    const packets = [
      { stream_index: 0, pts_time: '0.000000', dts_time: '0.000000', flags: 'K_' },
      { stream_index: 1, pts_time: '0.033333', dts_time: '0.000000', flags: '___' },
    ];
    const read = readStreams(answer({ streams: [cover, { ...video, index: 1 }], packets })).video;
    assert.deepEqual([read.width, read.packets], [1080, [{ shown: 0.033333, decoded: 0, key: false }]]);
  });

  test('of a picture alone is no film', () => {
    assert.throws(() => readStreams(answer({ streams: [] })), { code: 'MEDIA_UNREADABLE' });
  });
});
