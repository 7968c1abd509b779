/** Count, mean and spread of values as they come, by Welford's recurrence: it does not lose digits when the mean is large. */

export interface Moments {
  readonly n: number;
  readonly mean: number;
  /** Sum of the squared deviations from the mean. */
  readonly squares: number;
}

export const noMoments: Moments = { n: 0, mean: 0, squares: 0 };

export function including({ n, mean, squares }: Moments, value: number): Moments {
  const step = value - mean;
  const moved = mean + step / (n + 1);
  return { n: n + 1, mean: moved, squares: squares + step * (value - moved) };
}

export function momentsOf(values: Iterable<number>): Moments {
  let moments = noMoments;
  for (const value of values) moments = including(moments, value);
  return moments;
}

/** The unbiased estimate; 0 for fewer than two values. */
export function variance({ n, squares }: Moments): number {
  return n < 2 ? 0 : squares / (n - 1);
}
