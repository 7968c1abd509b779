/** How the making of a film is shown: a few stages in place on a terminal, a line for each elsewhere. */
import type { AnyWorkflow } from '../../core/plan/workflow.ts';
import type { Orchestrator } from '../../engine/orchestrator.ts';
import type { RunView } from '../../engine/view.ts';
import { Board, follow } from '../progress/board.ts';
import { bar, glyph } from '../progress/glyphs.ts';
import { LiveProgress, type Painter } from '../progress/live.ts';
import type { Progress } from '../progress/progress.ts';
import type { Words } from '../serving/happening.ts';
import type { Shell } from '../shell.ts';
import type { Paint, Screen } from '../terminal/screen.ts';
import { elapsed } from '../terminal/time.ts';
import { fit, oneLine, pad, padStart, widthOf } from '../terminal/width.ts';
import type { Stage } from '../../studio/film/film-system.ts';
import { stateOf, type StageState } from './stages.ts';

export interface Shown {
  readonly orchestrator: Pick<Orchestrator, 'on' | 'get'>;
  readonly runId: string;
  readonly workflow: AnyWorkflow;
  readonly stages: readonly Stage[];
  readonly known: RunView | undefined;
  readonly screen: Screen;
  readonly shell: Shell;
}

/** Cells of a bar. */
const cells = 16;
/** Milliseconds: what is over sooner is told when it is over. */
const longEnough = 1000;
/** In a file; what went wrong is told in full in the end. */
const widestDetail = 100;

export function filmProgress({ orchestrator, runId, workflow, stages, known, screen, shell }: Shown): Progress {
  const board = new Board(runId, workflow.id, known?.startedAt ?? Date.now());
  for (const { id } of workflow.plan.steps) board.line(id);
  if (known !== undefined) board.sync(known, Date.now());
  if (!screen.isTerminal) return new StageLog(board, stages, orchestrator, screen);
  const terminals = [shell.out, shell.err].filter((one) => one.isTerminal);
  return new LiveProgress(board, orchestrator, screen, terminals, painterOf(stages));
}

export function painterOf(stages: readonly Stage[]): Painter {
  return (board, { columns }, now, paint) => [
    '',
    ...stages.map((stage) => stageLine(stateOf(stage, board, now), Math.max(20, columns - 1), now, paint)),
  ];
}

function stageLine(stage: StageState, columns: number, now: number, paint: Paint): string {
  const { name, state, worked } = stage;
  const time = state === 'pending' || worked === undefined ? '' : elapsed(worked);
  const left = `  ${glyph(state, undefined, paint, now)} ${paint(state === 'pending' ? 'dim' : 'bold', pad(name, 10))} `;
  const room = Math.max(4, columns - widthOf(left) - widthOf(time) - 2);
  const middle = fit(detailOf(stage), room);
  const coloured = state === 'failed' ? paint('red', middle) : state === 'retrying' ? paint('yellow', middle) : middle;
  return `${left}${coloured}${' '.repeat(Math.max(1, room - widthOf(middle) + 1))}${paint('dim', time)}`;
}

function detailOf({ state, share, items, said, round }: StageState): string {
  const words: string[] = [];
  if (round > 1 && state !== 'pending') words.push(`round ${round}`);
  if (state === 'running' && share > 0) words.push(`${bar(share, cells)} ${padStart(String(Math.floor(share * 100)), 3)} %`);
  if (items !== undefined && items.total > 1 && state !== 'pending') words.push(`${items.done} of ${items.total}`);
  if (said !== undefined && state !== 'done') words.push(oneLine(said));
  return words.join('  ');
}

/** For files, pipes and logs: a line when a stage is done, and one for every quarter of a long one. */
class StageLog implements Progress {
  readonly #board: Board;
  readonly #stages: readonly Stage[];
  readonly #screen: Screen;
  readonly #stop: () => void;
  readonly #told = new Map<string, string>();

  constructor(board: Board, stages: readonly Stage[], orchestrator: Pick<Orchestrator, 'on'>, screen: Screen) {
    this.#board = board;
    this.#stages = stages;
    this.#screen = screen;
    // What a run that goes on had done before is not told again.
    for (const stage of stages) this.#told.set(stage.name, keyOf(stateOf(stage, board, Date.now())));
    this.#stop = follow(board, orchestrator, Date.now, () => this.#tell());
  }

  sync(views: readonly RunView[]): void {
    for (const view of views) this.#board.of(view.runId, Date.now())?.sync(view, Date.now());
    this.#tell();
  }

  pause(): void {
    // What is asked just stands below.
  }

  resume(): void {
    // As above.
  }

  note({ sign, style, text }: Words): void {
    this.#screen.line(`  ${this.#screen.paint(style, sign)} ${oneLine(text)}`);
  }

  end(): void {
    this.#stop();
  }

  #tell(): void {
    // What was in hand comes to its end, and is undone: nobody has to hear of it.
    if ([...this.#told.values()].some((key) => key.startsWith('failed'))) return;
    for (const stage of this.#stages) {
      const state = stateOf(stage, this.#board, Date.now());
      const key = keyOf(state);
      if (this.#told.get(stage.name) === key) continue;
      this.#told.set(stage.name, key);
      if (state.state !== 'pending' && isNews(state)) this.#line(state);
    }
  }

  #line(state: StageState): void {
    const { paint } = this.#screen;
    const time = state.state === 'done' ? `  ${paint('dim', elapsed(state.worked ?? 0))}` : '';
    const detail = fit(detailOf(state), widestDetail);
    this.#screen.line(
      `  ${glyph(state.state, undefined, paint)} ${pad(state.name, 10)}${detail === '' ? '' : ` ${detail}`}${time}`.trimEnd(),
    );
  }
}

/** That it began, and that it is about to be done, everybody can think for themselves. */
const isNews = ({ state, share, worked = 0 }: StageState): boolean =>
  state !== 'running' || (worked >= longEnough && share >= 0.25 && share < 0.95);

/** What makes a line worth writing. */
function keyOf({ state, share, round, said }: StageState): string {
  if (state === 'running') return `running ${Math.floor(share * 4)}${round > 1 ? ` ${round}` : ''}`;
  return state === 'retrying' ? `${state} ${said ?? ''}` : `${state} ${round}`;
}
