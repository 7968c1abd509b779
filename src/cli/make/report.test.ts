import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, it, type TestContext } from 'node:test';
import type { RunView } from '../../engine/view.ts';
import type { FilmResult } from '../../studio/film/result.ts';
import { Board, type Line } from '../progress/board.ts';
import { Screen } from '../terminal/screen.ts';
import { widthOf } from '../terminal/width.ts';
import { causeOf } from './farewell.ts';
import { painterOf } from './film-progress.ts';
import { placeFor } from './place.ts';
import { reportFilm } from './report.ts';

const long = 'It lasts a little longer than what was asked for, and its words come faster than anybody reads them: shorten the narration.';
const ref = { blob: 'x', bytes: 1, type: 'x' };
const result: FilmResult = {
  title: 'How to fold a paper airplane 🛩',
  film: ref,
  thumbnail: ref,
  srt: ref,
  vtt: ref,
  script: {},
  writtenBy: 'rules',
  seconds: 60,
  size: { width: 1080, height: 1920 },
  scenes: 9,
  score: 6.4,
  rating: 'FAIR',
  passed: false,
  refinements: 3,
  summary: long,
  strengths: [long],
  problems: [long, long],
  checks: [
    { name: 'loudness', passed: true, measured: '−14.0 LUFS', sentence: 'Good.' },
    { name: 'duration', passed: false, measured: '90 s', sentence: long },
  ],
  notes: [],
  cost: 0,
};

function reported(t: TestContext, columns: number): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'continuo-report-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const place = placeFor('', folder);
  writeFileSync(place.film, 'film');
  // A screen takes any stream that has a width.
  const stream = Object.assign(new PassThrough({ encoding: 'utf8' }), { columns, isTTY: false }) as unknown as NodeJS.WriteStream;
  const screen = new Screen(stream, {});
  // Its id is all that is asked of the run.
  const view = { runId: 'r1' } as unknown as RunView;
  const reuse = [{ step: 'segments', reused: 8, made: 1 }];
  reportFilm(screen, { result, view, place, answers: [], reuse, notes: [long], store: { words: [] }, took: 1000 });
  return String(stream.read()).split('\n');
}

describe('the last words about a film', () => {
  it('are its place, its score with the reasons, what it cost, who wrote it and what was reused', (t) => {
    const text = reported(t, 300).join('\n');
    assert.match(text, /film +\S+film\.mp4/);
    assert.match(text, /score +6\.4 of 10 · FAIR · below the gate: the best of its rounds · 3 refinements/);
    assert.match(text, /checks +1 of 2 passed \(loudness −14\.0 LUFS\)\n +✖ duration: 90 s/);
    assert.match(text, /cost +\$0\n.*the script follows from rules.*\n +reused +8 of 9 scenes\n +took +1\.0s/);
    assert.match(text, /note: It lasts/);
  });

  it('fit the terminal: only paths and commands, which are one word, may be longer', (t) => {
    for (const columns of [50, 80])
      for (const line of reported(t, columns)) {
        const isOneWord = /^\s*(?:film|captions|script)?\s+\S+$/.test(line) || line.startsWith('    ');
        assert.ok(isOneWord || widthOf(line) <= columns, `${widthOf(line)} columns on ${columns}: ${line}`);
      }
  });
});

it('the stages fit the terminal, whatever is said', () => {
  const board = new Board('r1', 'film', 0);
  const line: Partial<Line> = { state: 'running', since: 0, share: 0.5, said: `${long} ${'漢字'.repeat(40)}` };
  Object.assign(board.line('segments'), line, { items: { total: 11, done: 3, failed: 0 } });
  Object.assign(board.line('voices'), line, { state: 'failed', error: long });
  const paint = painterOf([
    { name: 'scenes', steps: ['segments'] },
    { name: 'voices', steps: ['voices'] },
  ]);
  for (const columns of [30, 50, 80])
    for (const drawn of paint(board, { columns, rows: 24 }, 3_600_000, (_style, text) => text))
      assert.ok(widthOf(drawn) < columns, `${widthOf(drawn)} columns on ${columns}: ${drawn}`);
});

describe('why a film was not made', () => {
  const steps = { plan: { kind: 'step', status: 'failed', attempts: 1, visits: 1 } } as const;
  it('is what the first scene failed of, and not that a map did', () => {
    const details = [{ item: 3, code: 'STORE_FULL', message: 'no room' }];
    const error = { code: 'MAP_ITEMS_FAILED', message: 'pictures: 3 of 9 items failed', details };
    assert.deepEqual(causeOf({ error, steps }), { code: 'STORE_FULL', message: 'no room' });
  });
  it('is said without the name of the step', () => {
    const error = { code: 'TEXT_UNDRAWABLE', message: 'plan: no font here has x' };
    assert.equal(causeOf({ error, steps }).message, 'no font here has x');
  });
});
