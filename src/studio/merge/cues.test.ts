import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { findTools } from '../ffmpeg/find.ts';
import { runTool } from '../ffmpeg/run.ts';
import type { Word } from '../film/speech.ts';
import { cuesOf, type Cue } from './cues.ts';
import { srtOf, vttOf } from './subtitle-files.ts';

/** Words that take as long as their letters, with a pause where a sentence ends. */
function spoken(text: string, letters = 15): readonly Word[] {
  let at = 0;
  return text.split(' ').map((word) => {
    const start = at;
    const end = start + Math.max(1, word.length) / letters;
    at = end + (/[.!?]$/.test(word) ? 0.35 : 0.04);
    return { text: word, start, end };
  });
}

const textOf = (cues: readonly Cue[]): string => cues.flatMap(({ lines }) => lines).join(' ');

const tutorial = [
  'One sheet of paper, and one very long flight.',
  'You need a sheet of paper, a flat table and a little room to throw. Ready? Then fold the sheet in half along the long side, and open it again so that the crease stays in the middle.',
  'Fold both upper corners to the middle line, so that they meet in a point; press every fold with your nail, turn the whole thing over and do exactly the same on the other side until it looks like a house.',
  'Done!',
];

function assertReadable(cues: readonly Cue[]): void {
  for (const [index, { start, end, lines }] of cues.entries()) {
    assert.ok(lines.length >= 1 && lines.length <= 2, lines.join(' / '));
    assert.ok(
      lines.every((line) => line.length > 0 && line.length <= 42),
      lines.join(' / '),
    );
    assert.ok(end - start >= 1 - 1e-9 && end - start <= 6 + 1e-9, `${lines.join(' ')} for ${end - start} s`);
    const next = cues[index + 1];
    assert.ok(next === undefined || next.start - end >= 2 / 30 - 1e-9, `${lines.join(' ')}: ${end} and ${next?.start}`);
  }
}

describe('cues', () => {
  let at = 0;
  const scenes = tutorial.map((text) => {
    const words = spoken(text);
    const scene = { at, words };
    at += (words.at(-1)?.end ?? 0) + 1.2;
    return scene;
  });

  test('are phrases of at most two lines that can be read in their time, and have every word', () => {
    const cues = cuesOf(scenes);
    assertReadable(cues);
    assert.equal(textOf(cues), tutorial.join(' '));
  });

  test('begin with their first word, and last at least until the last one is said', () => {
    const cues = cuesOf(scenes);
    const words = scenes.flatMap((scene) =>
      scene.words.map((word) => ({ ...word, start: word.start + scene.at, end: word.end + scene.at })),
    );
    for (const { start, end, lines } of cues) {
      const said = words.splice(0, lines.join(' ').split(' ').length);
      assert.ok(Math.abs((said[0]?.start ?? -1) - start) < 0.07, lines.join(' '));
      assert.ok(end >= (said.at(-1)?.end ?? Infinity) - 0.07, lines.join(' '));
    }
  });

  test('end where the sense ends', () => {
    const lines = cuesOf([
      { at: 0, words: spoken('Fold the sheet in half along the long side. Then fold both of the upper corners to the middle line.') },
    ]);
    assert.deepEqual(
      lines.map((cue) => cue.lines),
      [
        ['Fold the sheet in half', 'along the long side.'],
        ['Then fold both of the upper', 'corners to the middle line.'],
      ],
    );
  });

  test('words without end, without spaces, in other scripts and none at all are borne', () => {
    const chinese = '把纸对折，然后打开，再把上面的两个角折到中间的折线上。把飞机翻过来，再折一次，压紧每一条折线。'.split('');
    const texts = [
      { at: 0, words: spoken('Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft ist ein Wort') },
      { at: 20, words: chinese.map((text, index) => ({ text, start: index * 0.25, end: index * 0.25 + 0.25 })) },
      { at: 40, words: [] },
      {
        at: 50,
        words: [
          { text: '🎉', start: 0, end: 0 },
          { text: ' ', start: 0, end: 0 },
        ],
      },
      { at: 55, words: spoken('اطوِ الورقة من المنتصف ثم افتحها مرة أخرى.') },
    ];
    const cues = cuesOf(texts);
    assertReadable(cues);
    assert.ok(cues.some(({ lines }) => lines.join('').includes('把纸对折，然后打开')));
    assert.ok(cues.some(({ lines }) => lines[0] === '🎉'));
    assert.deepEqual(cuesOf([]), []);
  });

  test('a voice that hurries, and scenes that overlap, never put one cue over another', () => {
    const cues = cuesOf([
      { at: 0, words: spoken('This is far too fast for anyone. To read it. Or to hear it.', 60) },
      { at: 0.5, words: spoken('And this begins too soon.', 30) },
    ]);
    for (const [index, { start, end }] of cues.entries()) {
      assert.ok(end > start);
      assert.ok(index === 0 || start > (cues[index - 1]?.end ?? Infinity));
    }
  });
});

describe('the files', () => {
  const cues: readonly Cue[] = [
    { start: 0.04, end: 1.5, lines: ['Salt & pepper <b>', 'x --> y'] },
    { start: 3661.0025, end: 3663, lines: ['Grüße 🎉'] },
  ];

  test('are written as their formats are', () => {
    assert.equal(srtOf(cues), '1\n00:00:00,040 --> 00:00:01,500\nSalt & pepper <b>\nx → y\n\n2\n01:01:01,003 --> 01:01:03,000\nGrüße 🎉\n');
    assert.equal(
      vttOf(cues),
      'WEBVTT\n\n00:00:00.040 --> 00:00:01.500\nSalt &amp; pepper &lt;b&gt;\nx --&gt; y\n\n01:01:01.003 --> 01:01:03.000\nGrüße 🎉\n',
    );
    assert.equal(srtOf([]), '');
  });

  test('are read by ffmpeg, cue by cue', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'continuo-subtitles-'));
    try {
      const { ffprobe } = await findTools();
      for (const [name, text] of [
        ['film.srt', srtOf(cues)],
        ['film.vtt', vttOf(cues)],
      ] as const) {
        const file = join(folder, name);
        await writeFile(file, text);
        const words = ['-v', 'error', '-show_entries', 'packet=pts_time,duration_time', '-of', 'csv=p=0', file];
        const { stdout, stderr } = await runTool(ffprobe, words, { what: 'reading' });
        assert.equal(stderr, '');
        assert.deepEqual(stdout.toString().trim().split('\n'), ['0.040000,1.460000', '3661.003000,1.997000']);
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
