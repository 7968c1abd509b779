/** Answers without a model: a function of the input, with chance from a seed. */
import type { Json } from '../../core/data/json.ts';

export interface RulesContext {
  /** The same for the same function and input. */
  readonly seed: number;
  /** In [0, 1), from the seed. */
  readonly random: () => number;
  readonly pick: <T>(list: readonly [T, ...T[]]) => T;
  /** A copy in another order. */
  readonly shuffle: <T>(list: readonly T[]) => readonly T[];
}

/**
 * A rules function, as a module exports it: `export default rules<Input, Output>((input, { pick }) => …)`.
 * It is pure: the same input gives the same answer.
 */
export type Rules<I = never, O = Json> = (input: I, ctx: RulesContext) => O;

/** Gives a rules function its types. */
export function rules<I, O>(answer: Rules<I, O>): Rules<I, O> {
  return answer;
}
