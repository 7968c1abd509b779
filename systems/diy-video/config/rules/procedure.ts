/** How something is done, as data: what the files in knowledge/ and general/ hold. */

export interface Material {
  readonly name: string;
  readonly amount: string | null;
}

/** Of a material what names it: "wick" of "wick with metal base". */
export const shortName = ({ name }: Material): string => name.split(/,| (?:with|for|from|made|of \d|in \d)\b|\(/)[0]?.trim() ?? name;

export interface ProcedureStep {
  /** An imperative sentence with one action; the shortest way to say the step. */
  readonly do: string;
  readonly how: string;
  readonly why: string;
  /** What people get wrong here, or what to do when they have. */
  readonly slip: string;
  /** What one picture of the step shows: the subject, never a style. */
  readonly picture: string;
  /** Children ask a grown-up to do it. */
  readonly grownUp?: true;
  /** The result is still right without it. */
  readonly optional?: true;
}

export interface Procedure {
  readonly id: string;
  readonly category: string;
  /** Children do it alone, with a grown-up for single steps, or watch a grown-up do all of it. */
  readonly kids: 'yes' | 'help' | 'watch';
  /** What follows "how to". */
  readonly phrase: string;
  readonly hooks: readonly [string, ...string[]];
  readonly materials: readonly Material[];
  readonly gather: { readonly short: string; readonly more: string };
  readonly safety: readonly string[];
  readonly steps: readonly ProcedureStep[];
  readonly result: { readonly short: string; readonly more: string; readonly picture: string };
  /** Worth knowing once it works. */
  readonly tips: readonly string[];
}

/** A procedure with what it is recognised by. */
export interface Topic extends Procedure {
  /** Phrases of which one must occur in the request, each with all of its words. */
  readonly names: readonly [string, ...string[]];
  /** What may be asked to be done with it; another known verb means another topic. */
  readonly verbs: readonly string[];
  /** Words that mean another topic. */
  readonly not: readonly string[];
  /** Words that may stand beside the name without changing what is meant. */
  readonly also: readonly string[];
}
