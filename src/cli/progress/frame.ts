/**
 * One picture of a run: a pure function of the board, the size of the terminal and
 * the time.
 *
 * F1. No line is wider than the terminal, and there are no more lines than it has:
 *     what is active stays in sight, the rest is counted.
 */
import { commandLine, quoted } from '../hints.ts';
import type { Paint } from '../terminal/screen.ts';
import { elapsed, span } from '../terminal/time.ts';
import { fit, oneLine, pad, padStart, widthOf } from '../terminal/width.ts';
import type { Board, Line } from './board.ts';
import { bar, glyph } from './glyphs.ts';

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

interface Row {
  readonly line: Line;
  readonly depth: number;
}

export function frame(board: Board, size: Size, now: number, paint: Paint): readonly string[] {
  const columns = Math.max(20, size.columns - 1);
  const rows = rowsOf(board, 0);
  const { shown, folded } = choose(rows, Math.max(1, size.rows - 7));
  const names = Math.min(
    Math.max(8, Math.floor(columns * 0.4)),
    Math.max(...shown.map(({ line, depth }) => widthOf(line.id) + depth * 2), 4),
  );
  const foot = footer(board, paint, columns);
  const lines = [
    '',
    header(board, columns, now, paint),
    '',
    ...shown.map((row) => rowText(row, names, columns, now, paint)),
    ...(folded.length === 0 ? [] : [counts(folded, columns, paint)]),
    ...foot,
  ];
  // On a terminal of a few lines the end gives way.
  return lines.slice(0, Math.max(1, size.rows - 1));
}

function header(board: Board, columns: number, now: number, paint: Paint): string {
  const time = elapsed((board.endedAt ?? now) - board.startedAt);
  const room = columns - widthOf(time) - 4;
  const name = fit(oneLine(board.workflow), room);
  const id = fit(`run ${board.runId}`, room - widthOf(name) - 2);
  const gap = ' '.repeat(Math.max(2, columns - 2 - widthOf(name) - 2 - widthOf(id) - widthOf(time)));
  return `  ${paint('bold', name)}  ${paint('dim', id)}${gap}${paint('dim', time)}`;
}

/** The run's steps, and below a call the steps of the run that it called while that goes on. */
function rowsOf(board: Board, depth: number): readonly Row[] {
  const rows: Row[] = [];
  const children = [...board.children.values()].filter((child) => !child.hasEnded || child.runId.endsWith('~fallback'));
  for (const line of board.lines.values()) {
    rows.push({ line, depth });
    for (const child of children) if (board.callerOf(child).step === line.id) rows.push(...rowsOf(child, depth + 1));
  }
  for (const child of children) if (board.callerOf(child).step === '') rows.push(...rowsOf(child, depth + 1));
  return rows;
}

const urgency: Readonly<Record<Line['state'], number>> = {
  failed: 0,
  running: 1,
  retrying: 1,
  waiting: 1,
  pending: 3,
  done: 4,
  undone: 4,
  skipped: 5,
  overtaken: 5,
};

/** Active ones first, then what comes next, then what was done last; shown in their own order. */
function choose(rows: readonly Row[], room: number): { readonly shown: readonly Row[]; readonly folded: readonly Row[] } {
  if (rows.length <= room) return { shown: rows, folded: [] };
  const at = (place: number): number => {
    const state = rows[place]?.line.state ?? 'pending';
    // Of the pending ones the nearest, of the done ones the latest.
    return urgency[state] * 1_000_000 + (state === 'pending' ? place : rows.length - place);
  };
  const wanted = new Set([...rows.keys()].sort((a, b) => at(a) - at(b)).slice(0, Math.max(1, room - 1)));
  return { shown: rows.filter((_, place) => wanted.has(place)), folded: rows.filter((_, place) => !wanted.has(place)) };
}

function counts(rows: readonly Row[], columns: number, paint: Paint): string {
  const words: Readonly<Record<Line['state'], string>> = {
    pending: 'to come',
    running: 'running',
    retrying: 'retrying',
    waiting: 'waiting',
    done: 'done',
    skipped: 'skipped',
    overtaken: 'overtaken',
    failed: 'failed',
    undone: 'undone',
  };
  const number = new Map<Line['state'], number>();
  for (const { line } of rows) number.set(line.state, (number.get(line.state) ?? 0) + 1);
  return paint('dim', fit(`  … ${[...number].map(([state, count]) => `${count} ${words[state]}`).join(' · ')}`, columns));
}

function rowText({ line, depth }: Row, names: number, columns: number, now: number, paint: Paint): string {
  const indent = ' '.repeat(depth * 2);
  const name = pad(fit(oneLine(line.id), names - depth * 2), names - depth * 2);
  const quiet = isQuiet(line);
  const head = `  ${indent}${glyph(line.state, line.waitsFor, paint, now)} ${quiet ? paint('dim', name) : name}`;
  const time = columns < 44 ? '' : `  ${padStart(timeOf(line, now), 7)}`;
  const room = columns - 4 - names - widthOf(time) - 2;
  const detail = room < 6 ? '' : joined(pieces(line, now, columns), room, paint);
  return `${head}${paint('dim', time)}${detail === '' ? '' : `  ${detail}`}`.trimEnd();
}

function timeOf(line: Line, now: number): string {
  if (isQuiet(line)) return '';
  if (line.took !== undefined && !isActive(line)) return elapsed(line.took);
  return line.since === undefined || !isActive(line) ? '' : elapsed(now - line.since);
}

const isQuiet = ({ state }: Line): boolean => state === 'pending' || state === 'skipped' || state === 'overtaken';

const isActive = (line: Line): boolean => line.state === 'running' || line.state === 'retrying' || line.state === 'waiting';

interface Piece {
  readonly text: string;
  readonly style?: 'dim' | 'yellow' | 'red' | 'magenta' | 'cyan';
}

function* pieces(line: Line, now: number, columns: number): Generator<Piece> {
  if (line.state === 'overtaken') return yield { text: 'overtaken', style: 'dim' };
  if (line.agent !== undefined && columns >= 60) yield { text: oneLine(line.agent), style: 'dim' };
  if (line.visit > 1 && line.state !== 'pending') yield { text: `round ${line.visit}`, style: 'yellow' };
  yield* measure(line, columns >= 80 ? 10 : 5);
  if (line.state === 'retrying') {
    const when = line.retryAt === undefined ? 'soon' : `in ${span(Math.max(0, Math.ceil((line.retryAt - now) / 100) * 100))}`;
    yield { text: `retry ${Math.max(1, line.attempt)} ${when}: ${line.error ?? ''}`, style: 'yellow' };
  } else if (line.state === 'failed') yield { text: line.error ?? 'failed', style: 'red' };
  else if (line.attempt > 1) yield { text: `attempt ${line.attempt}`, style: 'yellow' };
  if (line.state === 'waiting' && line.waitsFor !== 'an answer')
    yield { text: `waits for ${oneLine(line.waitsFor ?? 'something')}`, style: 'dim' };
  else if (line.state === 'waiting') yield { text: line.said ?? 'waits for an answer', style: 'magenta' };
  else if (line.said !== undefined && line.state !== 'retrying') yield { text: line.said, style: 'dim' };
}

function* measure(line: Line, cells: number): Generator<Piece> {
  const { items, share } = line;
  if (items !== undefined && items.total > 0) {
    yield {
      text: isActive(line)
        ? `${bar(items.done / items.total, Math.min(cells, items.total))} ${items.done}/${items.total}`
        : `${items.done}/${items.total}`,
    };
    if (items.failed > 0) yield { text: `${items.failed} failed`, style: 'red' };
  } else if (share !== undefined && line.state === 'running') yield { text: `${bar(share, cells)} ${Math.round(share * 100)}%` };
}

/** As much of the pieces as there is room for. */
function joined(all: Iterable<Piece>, room: number, paint: Paint): string {
  const out: string[] = [];
  let left = room;
  for (const { text, style } of all) {
    const gap = out.length === 0 ? 0 : 2;
    if (left - gap < 4) break;
    const short = fit(text, left - gap);
    out.push(style === undefined ? short : paint(style, short));
    left -= widthOf(short) + gap;
  }
  return out.join('  ');
}

/** A word about a run as a whole that does not simply go forward, and the command that brings it on. */
function footer(board: Board, paint: Paint, columns: number): readonly string[] {
  const { word, command } = footWord(board);
  if (word === undefined) return [];
  return [
    '',
    paint('yellow', fit(`  ${word}`, columns)),
    ...(command === undefined ? [] : [fit(`  ${commandThatFits(command, columns - 2)}`, columns)]),
  ];
}

/** As it was called, where there is room for it. */
function commandThatFits(words: readonly string[], columns: number): string {
  const whole = commandLine(...words);
  return widthOf(whole) <= columns ? whole : `continuo ${words.map(quoted).join(' ')}`;
}

interface FootWord {
  readonly word?: string;
  readonly command?: readonly string[];
}

function footWord(board: Board): FootWord {
  if (board.status === 'paused') return { word: 'paused; to go on:', command: ['resume', board.runId] };
  switch (board.phase) {
    case 'queued':
      return { word: 'waits for its turn: another run has its concurrency key' };
    case 'draining':
      return { word: 'failing: what is in hand may still finish' };
    case 'undoing':
      return { word: 'failing: undoing what was done' };
    case 'fallback':
      return { word: 'the plan failed: its fallback runs' };
    default:
      return signalWord(board);
  }
}

/** How to bring on a run that only a signal can. */
function signalWord(board: Board): FootWord {
  const active = [...board.lines.values()].filter(isActive);
  const waiting = active.find(({ waitsFor }) => waitsFor?.startsWith('signal ') === true);
  if (waiting?.waitsFor === undefined || active.some(({ state }) => state !== 'waiting')) return {};
  const name = waiting.waitsFor.slice('signal '.length);
  return { word: `waits for signal ${oneLine(name)}:`, command: ['signal', board.runId, name] };
}
