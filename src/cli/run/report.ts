/** The last words about a run, for people. */
import type { Json } from '../../core/data/json.ts';
import type { RunView } from '../../engine/view.ts';
import { notes } from '../ask/show-question.ts';
import { mendOf } from '../failure.ts';
import { commandLine, quoted } from '../hints.ts';
import type { Store } from '../store.ts';
import { prettyJson } from '../terminal/pretty-json.ts';
import type { Screen } from '../terminal/screen.ts';
import { elapsed, moment } from '../terminal/time.ts';
import { oneLine, safe, wrap } from '../terminal/width.ts';
import type { OpenQuestion, Standing } from './standing.ts';

/** How to call this run again. */
export interface Again {
  readonly store: Pick<Store, 'words'>;
  readonly source: string;
  readonly agents: string | undefined;
}

export function againWith({ store, source, agents }: Again, runId: string): string {
  return commandLine('run', source, ...(agents === undefined ? [] : ['--agents', agents]), '--run-id', runId, ...store.words);
}

export function reportEnd(screen: Screen, view: RunView, again: Again): void {
  reportResult(screen, view);
  if (view.status !== 'failed' || view.error === undefined) return;
  screen.line();
  screen.line(`  ${screen.paint('cyan', 'to try again')}:`);
  screen.line(`    ${commandLine('retry', view.runId, ...again.store.words)}`);
  screen.line(`    ${againWith(again, view.runId)}`);
}

/** How it ended, and with what. */
export function reportResult(screen: Screen, view: RunView): void {
  const { paint } = screen;
  const took = elapsed((view.endedAt ?? view.updatedAt) - view.startedAt);
  screen.line();
  if (view.status === 'succeeded') {
    screen.line(`  ${paint('green', '✔ succeeded')} ${paint('dim', `in ${took}`)}`);
    screen.line();
    const lines = screen.isTerminal ? Math.max(10, Math.min(40, screen.rows - 8)) : 400;
    for (const line of prettyJson(view.output ?? null, { lines, columns: Math.max(40, screen.columns - 4) }, paint))
      screen.line(`  ${line}`);
    return;
  }
  if (view.status === 'cancelled') {
    screen.line(`  ${paint('yellow', '■ cancelled')} ${paint('dim', `after ${took}`)}`);
    return;
  }
  screen.line(`  ${paint('red', '✖ failed')} ${paint('dim', `after ${took}`)}`);
  const { error } = view;
  if (error === undefined) return;
  screen.line();
  for (const line of wrap(`${error.code}: ${error.message}`, screen.columns - 3)) screen.line(`  ${line}`);
  const mend = mendOf(error.code);
  if (mend !== undefined)
    for (const [at, line] of wrap(mend, screen.columns - 9).entries())
      screen.line(`  ${at === 0 ? `${paint('cyan', 'mend')}:` : '     '} ${line}`);
}

export function reportWaiting(screen: Screen, { is, questions, waitsFor, views: [view] }: Standing, again: Again): void {
  const { paint } = screen;
  screen.line();
  if (is === 'paused') {
    screen.line(`  ${paint('yellow', 'paused')}; to go on:`);
    screen.line();
    screen.line(`    ${commandLine('resume', view.runId, ...again.store.words)}`);
    screen.line(`    ${againWith(again, view.runId)}`);
    return;
  }
  if (questions.length > 0) screen.line(`  ${paint('magenta', 'waiting for a person')}`);
  for (const question of questions) reportQuestion(screen, question, again.store);
  for (const { runId, step, what } of waitsFor) {
    screen.line();
    screen.line(`  ${paint('blue', `${oneLine(step)} waits for ${oneLine(what)}`)}`);
    if (what.startsWith('signal ')) screen.line(`    ${commandLine('signal', runId, what.slice('signal '.length), ...again.store.words)}`);
  }
  if (view.wakeAt !== undefined && questions.length === 0)
    screen.line(`  ${paint('dim', `it goes on by itself at ${moment(view.wakeAt)}`)}`);
  screen.line();
  screen.line(`  ${paint('cyan', 'then')}: ${againWith(again, view.runId)}`);
}

function reportQuestion(screen: Screen, question: OpenQuestion, store: Pick<Store, 'words'>): void {
  const { paint } = screen;
  screen.line();
  screen.line(
    `  ${paint('magenta', '?')} ${paint('bold', safe(question.question).replaceAll('\n', '\n    '))}  ${paint('dim', oneLine(question.step))}`,
  );
  if (question.choices !== undefined) screen.line(`    ${question.choices.map(oneLine).join(' · ')}`);
  for (const line of notes(question, Date.now())) screen.line(`    ${paint('dim', line)}`);
  for (const line of answerWith(question, store)) screen.line(`    ${line}`);
}

/** The exact commands that answer: one for each choice, or one to fill in. */
export function answerWith(question: OpenQuestion, store: Pick<Store, 'words'>): readonly string[] {
  const { runId, step, item, choices, form, who } = question;
  const rest = [
    ...(item === undefined ? [] : ['--item', String(item)]),
    ...(who?.[0] === undefined ? [] : ['--by', who[0]]),
    ...store.words,
  ];
  if (choices !== undefined) return choices.map((choice) => commandLine('answer', runId, step, choice, ...rest));
  if (form !== undefined) return [commandLine('answer', runId, step, '--value', sample(form), ...rest)];
  return [`${commandLine('answer', runId, step)} ANSWER${rest.length === 0 ? '' : ` ${rest.map(quoted).join(' ')}`}`];
}

/** What a form wants, as a value to be corrected. */
function sample(form: OpenQuestion['form']): string {
  const properties = typeof form === 'object' && form !== null && 'properties' in form ? form.properties : undefined;
  if (typeof properties !== 'object' || properties === null) return JSON.stringify(sampleOf(form));
  return JSON.stringify(Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, sampleOf(property)])));
}

function sampleOf(schema: Json | undefined): Json {
  if (!isFields(schema)) return '…';
  const { type, enum: choices, default: usual } = schema;
  if (usual !== undefined) return usual;
  if (Array.isArray(choices)) return firstOf(choices);
  const samples: Readonly<Record<string, Json>> = { number: 0, integer: 0, boolean: true, array: [], object: {} };
  return typeof type === 'string' ? (samples[type] ?? '…') : '…';
}

const firstOf = ([first = null]: readonly Json[]): Json => first;

function isFields(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
