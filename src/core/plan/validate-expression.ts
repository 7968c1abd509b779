/** The form of expressions: which objects compute something, and whether they are whole. */
import { isCodeRef, pathOf } from './expression.ts';
import { isList, isObject } from './fields.ts';
import type { Json } from '../data/json.ts';
import type { Expression } from './model.ts';
import { quote, suggest, type Report } from './problem.ts';

/** A path that an expression reads: `steps.draft.output`, or a path into an item. */
export interface Reference {
  readonly path: string;
  readonly operator: '$from' | '$item' | '$index';
  readonly to: readonly string[];
}

/** A comparison of a path with a constant, which can be checked where the path's values are known. */
export interface Comparison {
  readonly path: string;
  readonly to: readonly string[];
  readonly value: Json;
}

export interface Found {
  readonly references: Reference[];
  readonly comparisons: Comparison[];
}

const operators = ['$from', '$item', '$index', '$first', '$compare', '$all', '$any', '$not', '$text', '$literal', '$code'];
const comparators = ['==', '!=', '<', '<=', '>', '>=', 'in', 'contains'];

/** Reports what is malformed, and collects what is referred to. */
export function checkExpression(expression: Expression, path: string, report: Report, found: Found): void {
  if (isCodeRef(expression)) return;
  if (isList(expression)) {
    for (const [index, item] of expression.entries()) checkExpression(item, `${path}[${index}]`, report, found);
  } else if (isObject(expression)) {
    const keys = Object.keys(expression);
    const operator = keys.find((key) => key.startsWith('$'));
    if (operator === undefined) for (const key of keys) checkExpression(expression[key] ?? null, `${path}.${key}`, report, found);
    else if (!operators.includes(operator)) {
      report(
        path,
        `there is no operator ${quote(operator)}`,
        `${suggest(operator, operators)} Data with such a key goes into { "$literal": … }.`,
      );
    } else if (keys.length > 1) {
      report(
        path,
        `${quote(operator)} stands beside ${keys
          .filter((key) => key !== operator)
          .map(quote)
          .join(', ')}`,
        'An object that computes has one key alone; data with such a key goes into { "$literal": … }.',
      );
    } else checkOperator(operator, expression[operator] ?? null, path, report, found);
  }
}

function checkOperator(operator: string, argument: Json, path: string, report: Report, found: Found): void {
  switch (operator) {
    case '$from':
    case '$item':
      if (typeof argument !== 'string')
        report(
          path,
          `${quote(operator)} has no path`,
          `Give a string: { ${quote(operator)}: ${operator === '$from' ? '"steps.draft.output.title"' : '"title"'} }.`,
        );
      else found.references.push({ path, operator, to: pathOf(argument) });
      break;
    case '$index':
      found.references.push({ path, operator, to: [] });
      break;
    case '$first':
    case '$all':
    case '$any':
    case '$text':
      if (!isList(argument) || argument.length === 0) report(path, `${quote(operator)} has nothing to go over`, 'Give a list.');
      else for (const [index, item] of argument.entries()) checkExpression(item, `${path}.${operator}[${index}]`, report, found);
      break;
    case '$not':
      checkExpression(argument, `${path}.$not`, report, found);
      break;
    case '$compare':
      checkComparison(argument, path, report, found);
      break;
    case '$code':
      report(
        path,
        'a function of a workflow was not written as the builder does it',
        'Functions cannot be written in JSON; use the other operators.',
      );
      break;
  }
}

function checkComparison(argument: Json, path: string, report: Report, found: Found): void {
  if (!isList(argument) || argument.length !== 3) {
    report(
      path,
      '"$compare" does not have three parts',
      'Give [left, operator, right]: { "$compare": [{ "$from": "steps.review.output.score" }, ">=", 7] }.',
    );
    return;
  }
  const [left = null, comparator = null, right = null] = argument;
  if (typeof comparator !== 'string' || !comparators.includes(comparator))
    report(`${path}.$compare[1]`, `there is no comparison ${quote(comparator)}`, `Use one of ${comparators.map(quote).join(', ')}.`);
  checkExpression(left, `${path}.$compare[0]`, report, found);
  checkExpression(right, `${path}.$compare[2]`, report, found);
  const from = isObject(left) ? left['$from'] : undefined;
  if (typeof from === 'string' && (comparator === '==' || comparator === '!='))
    found.comparisons.push({ path: `${path}.$compare[2]`, to: pathOf(from), value: right });
}
