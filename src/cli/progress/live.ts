/**
 * The board on a terminal, drawn in place.
 *
 * L1. At most ten pictures a second, and none when nothing changed.
 * L2. What others print stays whole: the picture makes way for it and comes back below.
 * L3. The cursor is there again however the process ends.
 */
import type { Orchestrator } from '../../engine/orchestrator.ts';
import type { RunView } from '../../engine/view.ts';
import type { Words } from '../serving/happening.ts';
import type { Paint, Screen } from '../terminal/screen.ts';
import { oneLine, widthOf } from '../terminal/width.ts';
import { follow, type Board } from './board.ts';
import { frame, type Size } from './frame.ts';
import type { Progress } from './progress.ts';

const interval = 100;
/** Some things, such as waits that opened, no event tells of. */
const refreshEvery = 700;
const hideCursor = '\x1b[?25l';
const showCursor = '\x1b[?25h';
/** Terminals that know it show the picture at once; others ignore it. */
const together = (text: string): string => `\x1b[?2026h${text}\x1b[?2026l`;

/** What is to be seen of a board at a moment. */
export type Painter = (board: Board, size: Size, now: number, paint: Paint) => readonly string[];

export class LiveProgress implements Progress {
  readonly #board: Board;
  readonly #painter: Painter;
  readonly #screen: Screen;
  readonly #stops: (() => void)[] = [];
  readonly #restore: () => void;
  readonly #others: readonly Screen[];
  #drawn: readonly string[] = [];
  #timer: NodeJS.Timeout | undefined;
  readonly #foreign = new Map<Screen, string>();
  #refreshing: NodeJS.Timeout | undefined;
  #handBack: (() => void)[] = [];

  constructor(
    board: Board,
    orchestrator: Pick<Orchestrator, 'on' | 'get'>,
    screen: Screen,
    others: readonly Screen[],
    painter: Painter = frame,
  ) {
    this.#board = board;
    this.#painter = painter;
    this.#screen = screen;
    this.#others = others;
    this.#restore = () => screen.write(showCursor);
    this.#stops.push(follow(board, orchestrator, Date.now, () => undefined));
    this.#stops.push(screen.onResize(() => this.#draw()));
    process.on('exit', this.#restore);
    this.#refreshSoon(orchestrator, refreshEvery);
    this.resume();
  }

  resume(): void {
    if (this.#timer !== undefined) return;
    this.#handBack = this.#others.map((one) => one.takeOver((text) => this.#makeWay(one, text)));
    this.#screen.write(hideCursor);
    this.#timer = setInterval(() => this.#draw(), interval);
    this.#draw();
  }

  sync(views: readonly RunView[]): void {
    const now = Date.now();
    for (const view of views) this.#board.of(view.runId, now)?.sync(view, now);
  }

  /** A large run is looked at less often: it takes a share of the time, and no more. */
  #refreshSoon(orchestrator: Pick<Orchestrator, 'get'>, wait: number): void {
    this.#refreshing = setTimeout(() => void this.#refresh(orchestrator), wait);
  }

  async #refresh(orchestrator: Pick<Orchestrator, 'get'>): Promise<void> {
    const began = Date.now();
    for (const { runId } of this.#boards(this.#board)) {
      // A run that is not there yet, or an engine that closes, is no reason to stop.
      const view = await orchestrator.get(runId).catch(() => undefined);
      if (view !== undefined) this.sync([view]);
    }
    if (this.#refreshing !== undefined) this.#refreshSoon(orchestrator, Math.max(refreshEvery, (Date.now() - began) * 20));
  }

  #boards(board: Board): readonly Board[] {
    return board.hasEnded ? [] : [board, ...[...board.children.values()].flatMap((child) => this.#boards(child))];
  }

  pause(): void {
    if (this.#timer === undefined) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#draw();
    this.#drawn = [];
    for (const [stream, begun] of this.#foreign) if (begun !== '') this.#makeWay(stream, '\n');
    for (const stop of this.#handBack.splice(0)) stop();
    this.#screen.write(showCursor);
  }

  note({ sign, style, text }: Words): void {
    this.#makeWay(this.#screen, `${this.#screen.paint(style, sign)} ${oneLine(text)}\n`);
  }

  end(): void {
    this.pause();
    clearTimeout(this.#refreshing);
    this.#refreshing = undefined;
    for (const stop of this.#stops.splice(0)) stop();
    process.off('exit', this.#restore);
  }

  #draw(): void {
    if (this.#timer === undefined && this.#drawn.length === 0) return;
    const { columns, rows, paint } = this.#screen;
    const lines = this.#painter(this.#board, { columns, rows }, Date.now(), paint);
    if (lines.length === this.#drawn.length && lines.every((line, at) => line === this.#drawn[at])) return;
    const text = lines.map((line) => `${line}\x1b[K\n`).join('');
    this.#screen.write(together(`${this.#home()}${text}\x1b[J`));
    this.#drawn = lines;
  }

  /** To the first line of the picture, whose lines a narrower terminal may have broken since. */
  #home(): string {
    const { columns } = this.#screen;
    const height = this.#drawn.reduce((sum, line) => sum + Math.max(1, Math.ceil(widthOf(line) / columns)), 0);
    return height === 0 ? '\r' : `\r\x1b[${height}A`;
  }

  /** Whole lines go above the picture; the rest waits for its end. */
  #makeWay(stream: Screen, text: string): void {
    const said = (this.#foreign.get(stream) ?? '') + text;
    const end = said.lastIndexOf('\n') + 1;
    this.#foreign.set(stream, said.slice(end));
    if (end === 0) return;
    this.#screen.write(together(`${this.#drawn.length === 0 ? '' : `${this.#home()}\x1b[J`}${said.slice(0, end)}`));
    this.#drawn = [];
    if (this.#timer !== undefined) this.#draw();
  }
}
