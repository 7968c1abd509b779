/** An exercise as its maker knows it, before it is put into words for a learner. */
import type { RulesContext } from 'continuo';

export interface Level {
  readonly grade: number;
  /** From 0, the easiest of the grade, to 1. */
  readonly difficulty: number;
}

/** A wrong answer that tells what went wrong. */
export interface Mistake {
  readonly answer: string;
  readonly misconception: string;
}

export interface Exercise {
  readonly question: string;
  readonly kind: 'number' | 'choice' | 'text';
  readonly choices?: readonly string[];
  readonly answer: string;
  /** Other forms of the right answer. */
  readonly accepted?: readonly string[];
  /** The calculation that gives the answer, where there is one. */
  readonly working?: string;
  /** From a nudge to nearly everything. None of them says the answer. */
  readonly hints: readonly string[];
  /** The whole way to the answer. It is the last hint, too. */
  readonly explanation: string;
  readonly mistakes?: readonly Mistake[];
}

export type Maker = (level: Level, chance: RulesContext) => Exercise;

export interface Concept {
  readonly id: string;
  readonly subject: 'mathematics' | 'english' | 'science';
  readonly label: string;
  /** Other words for it. */
  readonly names: readonly string[];
  /** Where it is usually taught, first and last grade. */
  readonly grades: readonly [number, number];
  readonly make: Maker;
}
