/** What expressions read: it must be there, and it must precede. */
import type { Links } from './edges.ts';
import { expressionsOf, ownExpressionsOf, type Spot } from './expressions-of.ts';
import type { Plan, Step } from './model.ts';
import { quote, suggest, type Report } from './problem.ts';
import { checkExpression, type Comparison, type Found, type Reference } from './validate-expression.ts';

const roots = ['input', 'run', 'feedback', 'steps'];

export function checkReferences(plan: Plan, links: Links, report: Report): void {
  for (const [place, step] of plan.steps.entries()) {
    for (const spot of expressionsOf(step, `steps[${place}]`)) checkSpot(plan, links, spot, place, report);
  }
  for (const spot of ownExpressionsOf(plan)) checkSpot(plan, links, spot, undefined, report);
}

function checkSpot(plan: Plan, links: Links, spot: Spot, reader: number | undefined, report: Report): void {
  const found: Found = { references: [], comparisons: [] };
  checkExpression(spot.expression, spot.path, report, found);
  for (const reference of found.references) checkReference(plan, links, reference, spot, reader, report);
  for (const comparison of found.comparisons) checkComparison(plan, links, comparison, report);
}

function checkReference(
  plan: Plan,
  links: Links,
  { path, operator, to }: Reference,
  { at }: Spot,
  reader: number | undefined,
  report: Report,
): void {
  const [root = '', ...rest] = to;
  if (operator !== '$from') {
    if (at !== 'item')
      report(
        path,
        `${quote(operator)} is outside a map's input`,
        'Only the "input" of a map step is computed for each item; its "over" gives the list.',
      );
    return;
  }
  const written = quote(to.join('.'));
  if (to.some((part) => part === '')) {
    report(path, `the path ${written} has an empty part`, 'Write the names with one dot between them: "steps.draft.output.title".');
  } else if (root === 'own' && at === 'undo') {
    if (rest[0] !== 'input' && rest[0] !== 'output')
      report(path, `the path ${written} is neither the step's input nor its output`, 'Begin with "own.input" or "own.output".');
  } else if (!roots.includes(root)) {
    report(path, `the path ${written} begins with none of ${roots.join(', ')}`, beginning(links, root, to));
  } else if (root === 'run' && (rest[0] !== 'id' || rest.length > 1)) {
    report(path, `a run has nothing called ${quote(rest.join('.'))} that a plan may read`, 'Write "run.id".');
  } else if (root === 'feedback' && reader === undefined) {
    report(path, 'there is no feedback outside the steps', 'Read the output of a step.');
  } else if (root === 'steps') checkStepReference(plan, links, { path, rest, written }, at, reader, report);
}

function beginning(links: Links, root: string, to: readonly string[]): string {
  if (links.places.has(root))
    return `Write "steps.${root}.output${to
      .slice(1)
      .map((part) => `.${part}`)
      .join('')}".`;
  return `${suggest(root, roots)} A step's output is "steps.<id>.output".`;
}

interface StepPath {
  readonly path: string;
  readonly rest: readonly string[];
  readonly written: string;
}

function checkStepReference(
  plan: Plan,
  links: Links,
  { path, rest, written }: StepPath,
  at: Spot['at'],
  reader: number | undefined,
  report: Report,
): void {
  const [id = '', field, ...deeper] = rest;
  const place = links.places.get(id);
  const self = reader === undefined ? undefined : plan.steps[reader];
  if (place === undefined) {
    report(path, id === '' ? `the path ${written} names no step` : `there is no step ${quote(id)}`, suggest(id, links.places.keys()));
  } else if (at === 'start') {
    report(path, `step ${quote(id)} has not run when the key is computed`, 'Read "input" alone.');
  } else if (field !== 'output') {
    const inside = field === undefined ? '' : ['', field, ...deeper].join('.');
    report(path, `the path ${written} does not say "output"`, `Write "steps.${id}.output${inside}".`);
  } else if (reader !== undefined && self !== undefined && !links.graph.precedes(place, reader)) {
    report(path, `step ${quote(id)} does not precede ${quote(self.id)}`, mendOrder(place === reader, at, id, self));
  }
}

function mendOrder(own: boolean, at: Spot['at'], id: string, self: Step): string {
  if (own)
    return at === 'undo'
      ? 'Write "own.output".'
      : 'A step cannot read itself; when it is done again, "feedback.previous" has what it gave before.';
  return `Add ${quote(id)} to the dependencies of ${quote(self.id)}, or read a step before it.`;
}

/** A comparison with a choice that cannot be made is never true. */
function checkComparison(plan: Plan, links: Links, { path, to, value }: Comparison, report: Report): void {
  const [root, id = '', field, choice, more] = to;
  const step = plan.steps[links.places.get(id) ?? -1];
  if (root !== 'steps' || field !== 'output' || choice !== 'choice' || more !== undefined || typeof value !== 'string') return;
  const choices = step?.kind === 'branch' ? step.cases : step?.kind === 'ask' ? step.choices : undefined;
  if (choices !== undefined && !choices.includes(value))
    report(path, `${quote(id)} never chooses ${quote(value)}`, suggest(value, choices));
}
