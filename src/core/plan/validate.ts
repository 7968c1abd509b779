/** Whether a plan in the normal form can run: everything that is wrong with it. */
import { linksOf } from './edges.ts';
import { innerPlanOf } from './expressions-of.ts';
import type { Plan } from './model.ts';
import { collector, quote, untilTooMany, type Problem, type Report } from './problem.ts';
import { checkGraph } from './validate-graph.ts';
import { checkBudget, checkTime, checkWhole } from './validate-options.ts';
import { checkReferences } from './validate-references.ts';
import { checkSchema } from './validate-schema.ts';
import { checkStep } from './validate-step.ts';

export function validatePlan(plan: Plan): readonly Problem[] {
  const problems: Problem[] = [];
  untilTooMany(() => checkPlan(plan, '', problems));
  return problems;
}

function checkPlan(plan: Plan, prefix: string, problems: Problem[]): void {
  const report = collector(problems, prefix);
  checkOwn(plan, report);
  const links = linksOf(plan);
  checkGraph(plan, links, report);
  for (const [place, step] of plan.steps.entries()) {
    checkStep(step, `steps[${place}]`, report);
    const inner = innerPlanOf(step);
    if (inner !== undefined) checkPlan(inner, `${prefix}steps[${place}].worker.plan.$literal.`, problems);
  }
  checkReferences(plan, links, report);
  if (plan.fallbackPlan !== undefined) checkPlan(plan.fallbackPlan, `${prefix}fallbackPlan.`, problems);
}

function checkOwn(plan: Plan, report: Report): void {
  if (!/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/.test(plan.id))
    report(
      'id',
      `${quote(plan.id)} is not an id`,
      'Use letters, digits, dot, dash and underscore, at most 128, beginning with a letter, a digit or an underscore.',
    );
  if (plan.steps.length === 0) report('steps', 'the plan is empty', 'Give it at least one step.');
  if (plan.input !== undefined) checkSchema(plan.input, 'input', report);
  checkTime(plan.timeout, 'timeout', report);
  checkBudget(plan.budget, 'budget', report);
  checkWhole(plan.concurrency?.limit, 1, 'concurrency.limit', report);
  if (plan.priority !== undefined && !Number.isInteger(plan.priority))
    report('priority', `${quote(plan.priority)} is not a whole number`, 'Give a whole number; higher goes first.');
}
