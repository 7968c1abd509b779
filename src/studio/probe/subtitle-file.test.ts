import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { readSubtitles } from './subtitle-file.ts';

const srt = (text: string) => readSubtitles(text, 'srt');
const vtt = (text: string) => readSubtitles(text, 'vtt');

suite('subtitles', () => {
  test('are read from SRT', () => {
    assert.deepEqual(srt('1\n00:00:01,000 --> 00:00:02,500\nFold it\nin half\n\n2\n01:00:03,000 --> 01:00:04,000\nPress\n'), {
      is: 'read',
      cues: [
        { start: 1, end: 2.5, text: 'Fold it\nin half' },
        { start: 3603, end: 3604, text: 'Press' },
      ],
    });
  });

  test('are read from WebVTT with names, settings, notes and styles', () => {
    const file = 'WEBVTT - film\n\nNOTE made here\n\nSTYLE\n::cue { color: red }\n\nfirst\n00:01.000 --> 00:02.500 line:80%\nFold it\n';
    assert.deepEqual(vtt(file), { is: 'read', cues: [{ start: 1, end: 2.5, text: 'Fold it' }] });
  });

  test('are read with a byte order mark and the line ends of Windows', () => {
    assert.deepEqual(srt('\uFEFF1\r\n00:00:01,000 --> 00:00:02,000\r\nFold\r\n'), {
      is: 'read',
      cues: [{ start: 1, end: 2, text: 'Fold' }],
    });
  });

  test('of a silent film are empty', () => {
    assert.deepEqual(srt(''), { is: 'read', cues: [] });
    assert.deepEqual(vtt('WEBVTT\n'), { is: 'read', cues: [] });
  });

  for (const [name, file, why] of [
    ['without their header', vtt('00:01.000 --> 00:02.000\nFold\n'), /^line 1: .*WEBVTT/],
    ['with the point of the other format', srt('1\n00:00:01.000 --> 00:00:02.000\nFold\n'), /^line 2: its times/],
    ['that end before they begin', srt('1\n00:00:02,000 --> 00:00:01,000\nFold\n'), /^line 2: it ends before/],
    ['out of order', srt('1\n00:00:05,000 --> 00:00:06,000\nFold\n\n2\n00:00:01,000 --> 00:00:02,000\nIt\n'), /^line 6: it begins before/],
    ['that say nothing', vtt('WEBVTT\n\n00:01.000 --> 00:02.000\n'), /^line 3: it says nothing/],
    ['that are no subtitles', srt('hello\nworld'), /^line 1: it has no times/],
  ] as const)
    test(`are refused ${name}, with the line`, () => {
      assert.match(file.is === 'broken' ? file.why : '', why);
    });
});
