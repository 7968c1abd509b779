/**
 * Reads a plan in any accepted form and brings it to the normal one.
 *
 * R1. All problems are told at once, up to a hundred: what could be read is validated
 *     although the rest could not be.
 * R2. Reading a plan that has been read changes nothing.
 * R3. Paths of problems are those of the source, not of the normal form.
 */
import { NotJsonError } from '../data/not-json.ts';
import { toJson, type Json } from '../data/json.ts';
import { copyOf } from './copy.ts';
import type { Reading } from './fields.ts';
import type { Plan } from './model.ts';
import { collector, planError, untilTooMany, type Problem } from './problem.ts';
import { isPlanLike, readAnyPlan } from './read-plan.ts';
import { validatePlan } from './validate.ts';

export type PlanReading =
  { readonly plan: Plan; readonly problems: readonly [] } | { readonly plan: undefined; readonly problems: readonly Problem[] };

/** The plan, or everything that is wrong with it. */
export function readPlan(source: unknown): PlanReading {
  const { plan, problems } = examine(source);
  return plan !== undefined && problems.length === 0 ? { plan, problems: [] } : { plan: undefined, problems };
}

/** The problems, and the plan as far as it could be read. */
export function examine(source: unknown): { readonly plan: Plan | undefined; readonly problems: readonly Problem[] } {
  const unread: Problem[] = [];
  const problems: Problem[] = [];
  const reading: Reading = { report: collector(unread), remark: collector(problems), moved: new Map() };
  const json = jsonOf(source, reading);
  if (json === undefined) return { plan: undefined, problems: unread };
  const plan = untilTooMany(() => readAnyPlan(json, '', reading));
  if (plan === undefined) return { plan, problems: [...unread, ...problems] };
  const reported = new Set(unread.map(({ path }) => path));
  for (const problem of validatePlan(plan)) {
    const path = pathInSource(problem.path, reading.moved);
    if (!prefixes(path).some((prefix) => reported.has(prefix))) problems.push({ ...problem, path });
  }
  return { plan, problems: [...unread, ...problems].sort((a, b) => placeOf(a) - placeOf(b)) };
}

/** What is wrong with one step stands together. */
const placeOf = ({ path }: Problem): number => Number(/^steps\[(\d+)\]/.exec(path)?.[1] ?? -1);

/** The plan; throws PLAN_UNREADABLE or PLAN_INVALID, whose message lists every problem on a line of its own. */
export function parsePlan(source: unknown): Plan {
  const { plan, problems } = readPlan(source);
  if (plan !== undefined) return plan;
  const readable = isPlanLike(source as Json);
  throw readable
    ? planError('PLAN_INVALID', 'the plan is invalid', problems)
    : planError('PLAN_UNREADABLE', 'this is not a plan', problems);
}

function jsonOf(source: unknown, reading: Reading): Json | undefined {
  try {
    return toJson(copyOf(source), 'plan');
  } catch (error) {
    if (!(error instanceof NotJsonError)) throw error;
    reading.report('', error.message, 'A plan is plain JSON; functions belong into the builder.');
    return undefined;
  }
}

/** Moves may lie inside each other, so the outermost is undone first. */
function pathInSource(path: string, moved: ReadonlyMap<string, string>): string {
  for (let rounds = 0; rounds < 64; rounds++) {
    const from = prefixes(path).find((prefix) => moved.has(prefix));
    if (from === undefined) return path;
    path = `${moved.get(from) ?? from}${path.slice(from.length)}`;
  }
  return path;
}

/** `steps[1].retry.max`, `steps[1].retry`, `steps[1]`, `steps`, and nothing. */
function prefixes(path: string): readonly string[] {
  const found = [path];
  for (let end = path.length; end > 0; end--) if (path[end] === '.' || path[end] === '[') found.push(path.slice(0, end));
  return [...found, ''];
}
