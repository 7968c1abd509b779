/** The steps of a film's run, gathered into the stages that people think of. Pure. */
import type { Board, Line } from '../progress/board.ts';
import type { Stage } from '../../studio/film/film-system.ts';

export interface StageState {
  readonly name: string;
  readonly state: 'pending' | 'running' | 'waiting' | 'retrying' | 'done' | 'failed';
  /** 0..1 */
  readonly share: number;
  /** Of the map that is most of its work: how many items are done. */
  readonly items: { readonly total: number; readonly done: number } | undefined;
  /** How long it has been worked on: pauses between its steps do not count. Undefined before it begins. */
  readonly worked: number | undefined;
  readonly said: string | undefined;
  readonly round: number;
}

export function stateOf({ name, steps, weights = {} }: Stage, board: Board, now: number): StageState {
  const lines = steps.map((step) => board.lines.get(step)).filter((line) => line !== undefined);
  const active = lines.find(({ state }) => state === 'running' || state === 'retrying' || state === 'waiting' || state === 'failed');
  const maps = lines.filter(({ items }) => items !== undefined && items.total > 0);
  const weightOf = ({ id }: Line): number => weights[id] ?? 1;
  const main = maps.toSorted((a, b) => weightOf(b) - weightOf(a))[0];
  const whole = lines.reduce((sum, line) => sum + weightOf(line), 0);
  return {
    name,
    state: stateFrom(lines, active),
    share: whole === 0 ? 0 : lines.reduce((sum, line) => sum + shareOf(line) * weightOf(line), 0) / whole,
    items: main?.items,
    worked: workedOn(lines, now),
    said: active?.state === 'failed' || active?.state === 'retrying' ? active.error : active?.said,
    round: Math.max(1, ...lines.map(({ visit }) => visit)),
  };
}

function stateFrom(lines: readonly Line[], active: Line | undefined): StageState['state'] {
  if (active !== undefined)
    return active.state === 'running' || active.state === 'retrying' || active.state === 'waiting' ? active.state : 'failed';
  if (lines.length > 0 && lines.every(isOver)) return 'done';
  return lines.some(isOver) ? 'running' : 'pending';
}

const isOver = ({ state }: Line): boolean => state === 'done' || state === 'skipped' || state === 'overtaken' || state === 'undone';

/** Steps may be at work side by side: time that two of them share counts once. */
function workedOn(lines: readonly Line[], now: number): number | undefined {
  const spans = lines
    .flatMap(({ since, took, state }) => (since === undefined ? [] : [{ from: since, to: endOf(since, took, state, now) }]))
    .toSorted((a, b) => a.from - b.from);
  if (spans.length === 0) return undefined;
  let [sum, seen] = [0, -Infinity];
  for (const { from, to } of spans) {
    sum += Math.max(0, to - Math.max(from, seen));
    seen = Math.max(seen, to);
  }
  return sum;
}

function endOf(since: number, took: number | undefined, state: Line['state'], now: number): number {
  if (state === 'running' || state === 'retrying' || state === 'waiting') return now;
  return since + (took ?? 0);
}

function shareOf(line: Line): number {
  if (isOver(line)) return 1;
  if (line.items === undefined || line.items.total === 0) return line.share ?? 0;
  const parts = [...line.parts.values()].reduce((sum, share) => sum + share, 0);
  return Math.min(1, (line.items.done + parts) / line.items.total);
}
