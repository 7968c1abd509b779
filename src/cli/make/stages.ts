/** The steps of a film's run, gathered into the stages that people think of. Pure. */
import type { Board, Line } from '../progress/board.ts';
import type { Stage } from '../../studio/film/film-system.ts';

export interface StageState {
  readonly name: string;
  readonly state: 'pending' | 'running' | 'waiting' | 'retrying' | 'done' | 'failed';
  /** 0..1 */
  readonly share: number;
  /** Of its largest map: how many items are done. */
  readonly items: { readonly total: number; readonly done: number } | undefined;
  /** When its first step began. */
  readonly since: number | undefined;
  readonly took: number | undefined;
  readonly said: string | undefined;
  readonly round: number;
}

export function stateOf({ name, steps }: Stage, board: Board): StageState {
  const lines = steps.map((step) => board.lines.get(step)).filter((line) => line !== undefined);
  const since = Math.min(...lines.map((line) => line.since ?? Infinity));
  const active = lines.find(({ state }) => state === 'running' || state === 'retrying' || state === 'waiting' || state === 'failed');
  const maps = lines.filter(({ items }) => items !== undefined && items.total > 0);
  const largest = maps.toSorted((a, b) => (b.items?.total ?? 0) - (a.items?.total ?? 0))[0];
  const ends = lines.map((line) => (line.since === undefined ? 0 : line.since + (line.took ?? 0)));
  return {
    name,
    state: stateFrom(lines, active),
    share: lines.length === 0 ? 0 : lines.reduce((sum, line) => sum + shareOf(line), 0) / lines.length,
    items: largest?.items,
    since: Number.isFinite(since) ? since : undefined,
    took: Number.isFinite(since) ? Math.max(0, Math.max(...ends) - since) : undefined,
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

function shareOf(line: Line): number {
  if (isOver(line)) return 1;
  if (line.items === undefined || line.items.total === 0) return line.share ?? 0;
  const parts = [...line.parts.values()].reduce((sum, share) => sum + share, 0);
  return Math.min(1, (line.items.done + parts) / line.items.total);
}
