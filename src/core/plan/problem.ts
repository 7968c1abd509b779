/** What is wrong with a plan: where, what, and the mend. */
import { closest } from '../data/text.ts';
import { ContinuoError, type ErrorCode } from '../errors.ts';

export interface Problem {
  readonly path: string;
  readonly problem: string;
  readonly mend: string;
}

/** Collects problems, so that all of them can be told at once. */
export type Report = (path: string, problem: string, mend: string) => void;

/** So many are told at once: whoever has more mends these first, and a plan made of nothing else keeps nobody busy. */
export const mostProblems = 100;

class TooMany extends Error {}

/** Its reports belong within `untilTooMany`. */
export function collector(problems: Problem[], prefix = ''): Report {
  return (path, problem, mend) => {
    if (problems.length >= mostProblems) throw new TooMany();
    problems.push({ path: `${prefix}${path}`, problem, mend });
  };
}

/** Looks for problems until there are enough; undefined where it was left off. */
export function untilTooMany<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch (error) {
    if (error instanceof TooMany) return undefined;
    throw error;
  }
}

/** As a sentence shows it: the beginning, where it is long. */
export function quote(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length <= 200 ? text : `${text.slice(0, 200)}…`;
}

/** A way along steps; of a very long one, both ends. */
export function inArrows(steps: readonly string[]): string {
  const shown = steps.length <= 40 ? steps : [...steps.slice(0, 20), `… ${steps.length - 40} more …`, ...steps.slice(-20)];
  return shown.join(' → ');
}

/** The mend for a word that is not one of the known ones. */
export function suggest(word: unknown, known: Iterable<string>, none = 'Remove it.'): string {
  const all = [...known];
  const near = typeof word === 'string' ? closest(word, all) : undefined;
  if (near !== undefined) return `Did you mean ${quote(near)}?`;
  if (all.length === 0) return none;
  const shown = all.slice(0, 12).map(quote).join(', ');
  return `Use one of ${shown}${all.length > 12 ? ` … (${all.length} in all)` : ''}.`;
}

const lineOf = ({ path, problem, mend }: Problem): string => `${path === '' ? '' : `${path}: `}${problem}. ${mend}`;

/** All problems in one error, one a line. */
export function planError(code: ErrorCode & `PLAN_${string}`, what: string, problems: readonly Problem[]): ContinuoError {
  const lines = problems.map((one) => `  ${lineOf(one)}`);
  const more = problems.length >= mostProblems ? ['  … and there may be more'] : [];
  const message = `${what}:\n${[...lines, ...more].join('\n')}`;
  return new ContinuoError(
    code,
    message,
    problems.map(({ path, problem, mend }) => ({ path, problem, mend })),
  );
}
