/** How a level becomes numbers. */
import type { Level } from './exercise.ts';

/** From `easy` to `hard` as the difficulty grows, by the same factor all the way. */
export function scaled(level: Level, easy: number, hard: number): number {
  return Math.round(easy * (hard / easy) ** level.difficulty);
}

/** The entry for a grade: the list begins with grade 1, and its last one stands for all that follow. */
export function byGrade<T>(level: Level, entries: readonly T[]): T {
  const entry = entries[Math.min(Math.max(level.grade, 1), entries.length) - 1];
  if (entry === undefined) throw new Error('There is no entry for any grade');
  return entry;
}

export function isHard(level: Level): boolean {
  return level.difficulty >= 0.6;
}

export function isEasy(level: Level): boolean {
  return level.difficulty < 0.35;
}
