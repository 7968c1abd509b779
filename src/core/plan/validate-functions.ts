/** What the functions of a workflow can be seen to do wrong before they run. */
import { linksOf, type Links } from './edges.ts';
import { isCodeRef } from './expression.ts';
import { expressionsOf, ownExpressionsOf, type Spot } from './expressions-of.ts';
import { isList, isObject } from './fields.ts';
import type { Expression, Plan } from './model.ts';
import { parameterNames } from './parameter-names.ts';
import { quote, suggest, type Report } from './problem.ts';
import type { CodeTable } from './workflow.ts';

export function checkFunctions(plan: Plan, code: CodeTable, report: Report): void {
  const links = linksOf(plan);
  const check = (spot: Spot, reader: number | undefined): void => {
    for (const name of functionsIn(spot.expression)) {
      const fn = code.get(name);
      if (fn === undefined) continue;
      const kind = Object.prototype.toString.call(fn);
      if (kind !== '[object Function]')
        report(
          spot.path,
          `the function is ${kind === '[object GeneratorFunction]' ? 'a generator' : 'asynchronous'}: the skeleton cannot wait`,
          'Do such work in an agent, and give the function its output.',
        );
      else for (const word of parameterNames(Function.prototype.toString.call(fn))) checkName(word, spot, reader, links, plan, report);
    }
  };
  for (const [place, step] of plan.steps.entries()) for (const spot of expressionsOf(step, `steps[${place}]`)) check(spot, place);
  for (const spot of ownExpressionsOf(plan)) check(spot, undefined);
}

function checkName(
  word: string,
  { path, at }: Spot,
  reader: number | undefined,
  { places, graph }: Links,
  plan: Plan,
  report: Report,
): void {
  const place = at === 'undo' || at === 'start' ? undefined : places.get(word);
  if (place === undefined) {
    const known = own[at];
    if (known.includes(word)) return;
    const steps =
      at === 'undo' || at === 'start'
        ? []
        : [...places].filter(([, one]) => reader === undefined || graph.precedes(one, reader)).map(([id]) => id);
    report(
      path,
      `the function reads ${quote(word)}, which is neither ${known.map(quote).join(' nor ')}${steps.length === 0 ? '' : ' nor a step before it'}`,
      suggest(word, [...known, ...steps]),
    );
  } else if (reader !== undefined && !graph.precedes(place, reader)) {
    const self = quote(plan.steps[reader]?.id);
    report(
      path,
      `the function reads ${quote(word)}, which does not precede ${self}`,
      place === reader
        ? '"feedback.previous" has what the last round gave.'
        : `Add ${quote(word)} to the "after" of ${self}, or read a step before it.`,
    );
  }
}

/** What a function may read besides steps. */
const own: Readonly<Record<Spot['at'], readonly string[]>> = {
  step: ['input', 'feedback'],
  item: ['input', 'feedback'],
  undo: ['input', 'output'],
  end: ['input', 'feedback'],
  start: ['input'],
};

function* functionsIn(expression: Expression): Generator<string> {
  if (isCodeRef(expression)) yield expression.$code;
  else if (isList(expression)) for (const one of expression) yield* functionsIn(one);
  else if (isObject(expression) && !('$literal' in expression)) for (const one of Object.values(expression)) yield* functionsIn(one);
}
