/** A way to fold something, step by step, and what is drawn for each step. */
import { creased, folded, rotated, turnedOver, type Fold, type Sheet } from './sheet.ts';
import type { Drawing } from '../drawing/marks.ts';
import type { Line, Point } from '../drawing/geometry.ts';

/** An arrow that a fold's own would not say well enough. */
export interface Hint {
  readonly from: Point;
  readonly to: Point;
  readonly bend?: number;
}

export type Move =
  | { readonly kind: 'fold'; readonly fold: Fold; readonly hint?: Hint }
  | { readonly kind: 'crease'; readonly fold: Fold; readonly hint?: Hint }
  | { readonly kind: 'turn-over' }
  | { readonly kind: 'rotate'; readonly degrees: number }
  /** More at once than one fold can say: what lies there afterwards, and where things went. */
  | { readonly kind: 'become'; readonly sheet: Sheet; readonly lines: readonly Line[]; readonly hints: readonly Hint[] };

export interface StepPlan {
  readonly name: string;
  /** All of them must be found in what a step says and shows. */
  readonly says: readonly RegExp[];
  /** None of them may. */
  readonly never?: readonly RegExp[];
  readonly moves: readonly Move[];
  /** Drawn instead of the flat sheet that the moves leave. */
  readonly after?: Drawing;
}

export interface FoldStep {
  readonly name: string;
  readonly says: readonly RegExp[];
  readonly never: readonly RegExp[];
  readonly before: Sheet;
  readonly moves: readonly Move[];
  readonly after: Sheet;
  readonly finished: Drawing | undefined;
}

export interface FoldModel {
  readonly name: string;
  /** What a film is about that folds this. */
  readonly topic: RegExp;
  readonly never: RegExp | undefined;
  readonly colours: { readonly front: string; readonly back: string };
  readonly steps: readonly FoldStep[];
  /** The thing itself, for a title or a result. */
  readonly finished: Drawing | undefined;
}

function apply(sheet: Sheet, move: Move): Sheet {
  switch (move.kind) {
    case 'fold':
      return folded(sheet, move.fold);
    case 'crease':
      return creased(sheet, move.fold);
    case 'turn-over':
      return turnedOver(sheet);
    case 'rotate':
      return rotated(sheet, move.degrees);
    case 'become':
      return move.sheet;
  }
}

/** A sheet that is turned before it is folded is shown as it lies then. */
const beforeOf = (sheet: Sheet, [first]: readonly Move[]): Sheet =>
  first?.kind === 'turn-over' || first?.kind === 'rotate' ? apply(sheet, first) : sheet;

export function sequence(start: Sheet, plans: readonly StepPlan[]): readonly FoldStep[] {
  let before = start;
  return plans.map(({ name, says, never = [], moves, after: finished }) => {
    const after = moves.reduce(apply, before);
    const step: FoldStep = { name, says, never, before: beforeOf(before, moves), moves, after, finished };
    before = after;
    return step;
  });
}

export const valley = (line: Fold['line'], moves: Point, top?: number): Fold =>
  top === undefined ? { line, moves, direction: 'valley' } : { line, moves, direction: 'valley', top };
