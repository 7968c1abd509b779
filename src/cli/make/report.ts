/** The last words about a film. */
import { statSync } from 'node:fs';
import type { Answers } from '../../engine/answers.ts';
import type { RunView } from '../../engine/view.ts';
import type { FilmResult } from '../../studio/film/result.ts';
import { commandLine } from '../hints.ts';
import { tellAnswers } from '../run/answers.ts';
import { money } from '../terminal/money.ts';
import type { Screen } from '../terminal/screen.ts';
import type { Store } from '../store.ts';
import { elapsed } from '../terminal/time.ts';
import { oneLine, pad, wrap } from '../terminal/width.ts';
import type { Place } from './place.ts';
import type { Reuse } from './reuse.ts';

export interface Finished {
  readonly result: FilmResult;
  readonly view: RunView;
  readonly place: Place;
  readonly answers: readonly Answers[];
  readonly reuse: readonly Reuse[];
  readonly notes: readonly string[];
  readonly store: Pick<Store, 'words'>;
  /** Milliseconds since the command was given. */
  readonly took: number;
}

const nameWidth = 9;
const scriptwriting = 'script_generator';

export function reportFilm(screen: Screen, finished: Finished): void {
  const { result, place, notes } = finished;
  const { paint } = screen;
  screen.line();
  screen.line(`  ${paint('green', '✔')} ${paint('bold', oneLine(result.title))}`);
  screen.line();
  for (const [name, value, style] of rows(finished))
    for (const [at, line] of wrap(value, Math.max(30, screen.columns - nameWidth - 5)).entries())
      screen.line(`  ${paint('dim', pad(at === 0 ? name : '', nameWidth))} ${style === undefined ? line : paint(style, line)}`);
  screen.line();
  for (const note of notes)
    for (const [at, line] of wrap(note, screen.columns - 9).entries())
      screen.line(`  ${at === 0 ? `${paint('yellow', 'note')}:` : '     '} ${line}`);
  if (notes.length > 0) screen.line();
  for (const line of wrap('to change a scene, edit the script (only what changes is made again):', screen.columns - 3))
    screen.line(paint('dim', `  ${line}`));
  screen.line(paint('dim', `    ${commandLine('make', '--script', place.script, ...finished.store.words)}`));
  screen.line(paint('dim', '  to say that you like it:'));
  screen.line(paint('dim', `    ${commandLine('feedback', finished.view.runId, '--satisfied', ...finished.store.words)}`));
}

type Row = readonly [name: string, value: string, style?: 'bold' | 'green' | 'yellow' | 'red'];

function* rows({ result, place, answers, reuse, took }: Finished): Generator<Row> {
  const { width, height } = result.size;
  const megabytes = (statSync(place.film).size / 1e6).toFixed(1);
  yield ['film', place.film, 'bold'];
  yield ['', `${Math.round(result.seconds)} s · ${width}×${height} · ${result.scenes} scenes · ${megabytes} MB`];
  yield ['captions', `${place.srt}, ${place.vtt}`];
  yield ['script', place.script];
  const verdict = result.passed ? 'passed' : 'below the gate: the best of its rounds';
  const rounds = result.refinements === 0 ? '' : ` · ${result.refinements} ${result.refinements === 1 ? 'refinement' : 'refinements'}`;
  yield ['score', `${result.score.toFixed(1)} of 10 · ${result.rating} · ${verdict}${rounds}`, result.passed ? 'green' : 'yellow'];
  yield ['', result.summary];
  for (const strength of result.strengths.slice(0, 3)) yield ['', `+ ${strength}`];
  for (const problem of result.problems.slice(0, 3)) yield ['', `– ${problem}`];
  yield ['checks', checksLine(result)];
  for (const check of result.checks.filter(({ passed }) => !passed))
    yield ['', `✖ ${check.name}: ${check.measured}. ${check.sentence}`, 'yellow'];
  yield ['cost', money(result.cost)];
  // A script that was reused was asked for in an earlier run.
  const script = answers.some((one) => one.function === scriptwriting) ? undefined : result.writtenBy;
  for (const [name, value] of tellAnswers(answers)) yield [name === 'rules' ? 'by rules' : 'by models', value];
  if (script === 'rules' || script === 'model')
    yield ['', `the script ${script === 'rules' ? 'follows from rules' : 'is by a model'}, as before`];
  const reused = reuse
    .filter(({ step }) => named.has(step))
    .map(({ step, reused: old, made }) => `${old} of ${old + made} ${named.get(step)}`);
  if (reused.length > 0) yield ['reused', reused.join(', ')];
  yield ['took', elapsed(took)];
}

/** What people would ask about; the rest is bookkeeping. */
const named: ReadonlyMap<string, string> = new Map([
  ['pictures', 'pictures'],
  ['voices', 'voices'],
  ['segments', 'scenes'],
]);

function checksLine({ checks }: FilmResult): string {
  const passed = checks.filter((check) => check.passed).length;
  const telling = ['loudness', 'true-peak', 'captions', 'duration'];
  const some = checks.filter(({ name, passed: good }) => good && telling.includes(name)).map(({ name, measured }) => `${name} ${measured}`);
  return `${passed} of ${checks.length} passed${some.length === 0 ? '' : ` (${some.join(', ')})`}`;
}
