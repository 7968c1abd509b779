/** Ids, dependencies, circles, and the ways back. */
import type { Links } from './edges.ts';
import { reservedNames, type Plan, type Step } from './model.ts';
import { inArrows, quote, suggest, type Report } from './problem.ts';

const idPattern = /^[A-Za-z0-9_][A-Za-z0-9_-]{0,63}$/;
const mostRounds = 1000;

export function checkGraph(plan: Plan, links: Links, report: Report): void {
  checkIds(plan.steps, report);
  for (const [place, step] of plan.steps.entries()) {
    checkDependencies(step, place, links, report);
    checkJoin(step, place, links, report);
    checkBackTo(step, place, links, report);
    checkOnFailure(step, place, links, report);
  }
  checkCircles(plan.steps, links, report);
}

function checkIds(steps: readonly Step[], report: Report): void {
  const first = new Map<string, number>();
  for (const [place, { id }] of steps.entries()) {
    const path = `steps[${place}].id`;
    const known = first.get(id);
    if (known !== undefined) report(path, `the id ${quote(id)} is taken by steps[${known}]`, 'Give every step its own.');
    else if (reservedNames.has(id) || id === '__proto__') report(path, `the id ${quote(id)} is reserved`, 'Choose another name.');
    else if (!idPattern.test(id))
      report(path, `${quote(id)} is not an id`, 'Use letters, digits, dash and underscore, at most 64, and no dash in front.');
    else first.set(id, place);
  }
}

function checkDependencies({ id, dependencies }: Step, place: number, { places }: Links, report: Report): void {
  for (const [index, dependency] of dependencies.entries()) {
    const path = `steps[${place}].dependencies[${index}]`;
    if (dependency === id)
      report(path, `step ${quote(id)} depends on itself`, 'Remove it; to do a step again, give it retries or put a gate behind it.');
    else if (!places.has(dependency)) report(path, `there is no step ${quote(dependency)}`, suggest(dependency, others(places, id)));
  }
}

function checkJoin({ id, join, dependencies }: Step, place: number, { rescues }: Links, report: Report): void {
  if (join === undefined) return;
  const path = `steps[${place}].join`;
  const rescued = [...rescues].find(([, to]) => to === place)?.[0];
  if (rescued !== undefined)
    report(path, `step ${quote(id)} takes over when another fails, and joins nothing`, 'Put the join on a step after it.');
  else if (dependencies.length < 2)
    report(
      path,
      `step ${quote(id)} has ${dependencies.length === 0 ? 'no dependencies' : 'one dependency alone'} to join`,
      'Remove it, or let the step depend on two or more.',
    );
  else if (!Number.isInteger(join.atLeast) || join.atLeast < 1 || join.atLeast > dependencies.length)
    report(
      `${path}.atLeast`,
      `${quote(join.atLeast)} is not a number of its ${dependencies.length} dependencies`,
      `Give a whole number from 1 to ${dependencies.length}.`,
    );
}

function checkCircles(steps: readonly Step[], { graph }: Links, report: Report): void {
  const circles = graph.circles();
  const inside = new Set(circles.flat());
  const name = (place: number): string => steps[place]?.id ?? '';
  for (const circle of circles) {
    const way = graph.wayRound(circle);
    const start = way[0] ?? 0;
    report(
      `steps[${start}].dependencies`,
      `these steps wait for each other: ${inArrows([...way, start].map(name))}`,
      'Remove one of the dependencies; to go back, use a gate with "otherwise": { "backTo", "max" }.',
    );
  }
  for (const place of steps.keys()) {
    if (graph.isStuck(place) && !inside.has(place))
      report(
        `steps[${place}]`,
        `step ${quote(name(place))} is unreachable: it comes after steps that wait for each other`,
        'Undo the circle.',
      );
  }
}

function checkBackTo(step: Step, place: number, { places, graph }: Links, report: Report): void {
  if (step.kind !== 'gate' || step.otherwise === undefined) return;
  const { backTo, max } = step.otherwise;
  const path = `steps[${place}].otherwise`;
  const target = places.get(backTo);
  if (target === undefined) report(`${path}.backTo`, `there is no step ${quote(backTo)}`, suggest(backTo, others(places, step.id)));
  else if (!graph.precedes(target, place)) {
    report(
      `${path}.backTo`,
      `step ${quote(backTo)} does not precede the gate ${quote(step.id)}`,
      `Go back to a step that the gate depends on, or let it depend on ${quote(backTo)}.`,
    );
  }
  checkBound(max, `${path}.max`, report);
}

function checkOnFailure(step: Step, place: number, { places, rescues }: Links, report: Report): void {
  if (typeof step.onFailure !== 'object') return;
  const { goTo, max } = step.onFailure;
  const path = `steps[${place}].onFailure`;
  if (!places.has(goTo)) report(`${path}.goTo`, `there is no step ${quote(goTo)}`, suggest(goTo, places.keys()));
  else if (rescues.has(place)) {
    if (max !== undefined)
      report(
        `${path}.max`,
        `step ${quote(goTo)} does not precede ${quote(step.id)}, so there is no way back to bound`,
        `Remove "max" to make ${quote(goTo)} take over, or let ${quote(step.id)} depend on it.`,
      );
  } else if (step.kind === 'gate') {
    report(`${path}.goTo`, `the gate ${quote(step.id)} goes back by way of its failure`, 'Use "otherwise": { "backTo", "max" }.');
  } else if (max === undefined) {
    report(
      `${path}.max`,
      `unbounded back edge: step ${quote(step.id)} may go back to ${quote(goTo)} for ever`,
      'Give "max", how often it may.',
    );
  } else checkBound(max, `${path}.max`, report);
}

function checkBound(max: number, path: string, report: Report): void {
  if (!Number.isInteger(max) || max < 1 || max > mostRounds)
    report(path, `${quote(max)} is not a number of rounds`, `Give a whole number from 1 to ${mostRounds}.`);
}

function others(places: ReadonlyMap<string, number>, id: string): readonly string[] {
  return [...places.keys()].filter((name) => name !== id && name !== '');
}
