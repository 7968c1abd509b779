/** Counting answers. */
export interface Interaction {
  readonly concept: string;
  readonly correct: boolean;
  readonly difficulty: number;
  readonly seconds?: number;
  readonly hintsUsed?: number;
  readonly misconception?: string | null;
}

export interface Measures {
  readonly answers: number;
  readonly accuracy: number;
  readonly trend: number;
  readonly averageSeconds: number | null;
  readonly hintsPerAnswer: number;
  readonly learningGain: number;
}

export function rounded(value: number, places = 2): number {
  return Math.round(value * 10 ** places) / 10 ** places + 0;
}

export function average(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

const right = (answers: readonly Interaction[]): number => average(answers.map(({ correct }) => (correct ? 1 : 0)));

/** Right answers count by how hard they were. */
const weighted = (answers: readonly Interaction[]): number =>
  average(answers.map(({ correct, difficulty }) => (correct ? 0.5 + Math.min(1, Math.max(0, difficulty)) / 2 : 0)));

export function measured(interactions: readonly Interaction[]): Measures {
  const half = Math.floor(interactions.length / 2);
  const [before, after] = [interactions.slice(0, half), interactions.slice(half)];
  const times = interactions.flatMap(({ seconds }) => (seconds === undefined || seconds <= 0 ? [] : [seconds]));
  return {
    answers: interactions.length,
    accuracy: rounded(right(interactions)),
    trend: half === 0 ? 0 : rounded(right(after) - right(before)),
    averageSeconds: times.length === 0 ? null : rounded(average(times), 1),
    hintsPerAnswer: rounded(average(interactions.map(({ hintsUsed }) => hintsUsed ?? 0))),
    learningGain: half === 0 ? 0 : rounded(weighted(after) - weighted(before)),
  };
}

export interface ConceptRecord {
  readonly concept: string;
  readonly answers: number;
  readonly correct: number;
  readonly accuracy: number;
  /** The misconception that showed most often, if one showed at all. */
  readonly misconception: string | undefined;
}

export function byConcept(interactions: readonly Interaction[]): readonly ConceptRecord[] {
  const groups = Map.groupBy(interactions, ({ concept }) => concept);
  return [...groups].map(([concept, answers]) => {
    const seen = Map.groupBy(
      answers.flatMap(({ misconception }) =>
        misconception === undefined || misconception === null || misconception === '' ? [] : [misconception],
      ),
      (text) => text,
    );
    const [most] = [...seen].sort(([, one], [, other]) => other.length - one.length);
    const correct = answers.filter((answer) => answer.correct).length;
    return { concept, answers: answers.length, correct, accuracy: correct / answers.length, misconception: most?.[0] };
  });
}
