/** Questions with one right answer among several, from entries that carry a level. */
import type { RulesContext } from 'continuo';
import { oneOf } from '../../../../english/chance.ts';
import type { Level } from '../activities/exercise.ts';

interface Entry {
  readonly level: number;
}

/** What suits a learner: levels 1 to 4 go along with grade and difficulty together. */
export function suitableLevel({ grade, difficulty }: Level): number {
  return Math.min(4, Math.max(1, Math.round(0.6 + grade * 0.3 + difficulty * 1.6)));
}

/** Those of the level, or else of the nearest one that there is; of two, the easier one. */
export function suitable<T extends Entry>(level: Level, entries: readonly T[]): readonly T[] {
  const wanted = suitableLevel(level);
  const [nearest] = [...entries].sort(
    (one, other) => Math.abs(one.level - wanted) - Math.abs(other.level - wanted) || one.level - other.level,
  );
  return entries.filter((entry) => entry.level === nearest?.level);
}

export function entryFor<T extends Entry>(level: Level, chance: RulesContext, entries: readonly T[]): T {
  return oneOf(chance, suitable(level, entries));
}
