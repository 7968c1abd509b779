/** The limits of numbers: retries, timeouts, budgets, resources. */
import type { Budget, MapStep, RetryPolicy, Timeout, WorkStep } from './model.ts';
import { quote, type Report } from './problem.ts';

export function checkWhole(value: number | undefined, least: number, path: string, report: Report): void {
  if (value !== undefined && !(Number.isInteger(value) && value >= least))
    report(path, `${quote(value)} is not a whole number from ${least}`, `Give ${least} or more.`);
}

/** A duration of nothing would be over before anything could happen. */
export function checkTime(value: number | undefined, path: string, report: Report): void {
  if (value !== undefined && !(value > 0))
    report(path, `${quote(value)} leaves no time`, 'Give more than zero, or leave it out for no limit.');
}

export function checkBudget(budget: Budget | undefined, path: string, report: Report): void {
  if (budget !== undefined && !(budget.limit > 0))
    report(`${path}.limit`, `${quote(budget.limit)} is no budget`, 'Give more than zero US dollars.');
}

export function checkWork(step: WorkStep | MapStep, path: string, report: Report): void {
  const { worker, undo, memo } = step;
  for (const name of ['agentId', 'capability', 'workflow', 'action'] as const) {
    if (name in worker && (worker as Readonly<Record<string, unknown>>)[name] === '')
      report(`${path}.worker.${name}`, `the ${name} is empty`, 'Give a name.');
  }
  checkRetry(step.retryPolicy, `${path}.retryPolicy`, report);
  checkTimeout(step.timeout, `${path}.timeout`, report);
  checkTime(step.heartbeat, `${path}.heartbeat`, report);
  checkBudget(step.budget, `${path}.budget`, report);
  if (step.budget?.onLimit === 'ask')
    report(
      `${path}.budget.onLimit`,
      'a step cannot ask for more money, the plan can',
      'Say "degrade" or "stop" here, or give the plan a budget that asks.',
    );
  if (step.priority !== undefined && !Number.isInteger(step.priority))
    report(`${path}.priority`, `${quote(step.priority)} is not a whole number`, 'Give a whole number; higher goes first.');
  for (const [name, amount] of Object.entries(step.resources ?? {})) {
    if (!(amount > 0)) report(`${path}.resources.${name}`, `${quote(amount)} is no amount`, 'Give more than zero, or leave it out.');
  }
  if (memo === true && ('workflow' in worker || 'plan' in worker))
    report(`${path}.memo`, 'only the work of an agent can be remembered', 'Put "memo" on the steps of what is called.');
  const called = 'workflow' in worker || 'plan' in worker;
  for (const name of ['heartbeat', 'resources'] as const) {
    if (called && step[name] !== undefined)
      report(`${path}.${name}`, `a call has no ${name} of its own`, `Put "${name}" on the steps of what is called.`);
  }
  if (undo === undefined) return;
  if (undo.agentId === '') report(`${path}.undo.agentId`, 'the agentId is empty', 'Give a name.');
  if (undo.action === '') report(`${path}.undo.action`, 'the action is empty', 'Give a name.');
  checkRetry(undo.retryPolicy, `${path}.undo.retryPolicy`, report);
}

function checkRetry(policy: RetryPolicy | undefined, path: string, report: Report): void {
  if (policy === undefined) return;
  checkWhole(policy.maxRetries, 0, `${path}.maxRetries`, report);
  const { jitter, only = [], except = [] } = policy;
  if (jitter !== undefined && !(jitter >= 0 && jitter <= 1))
    report(`${path}.jitter`, `${quote(jitter)} is no share of a delay`, 'Give a number from 0 to 1.');
  const both = only.find((code) => except.includes(code));
  if (both !== undefined) report(`${path}.except`, `${quote(both)} stands in "only" as well`, 'Keep it in one of them.');
}

function checkTimeout(timeout: Timeout | undefined, path: string, report: Report): void {
  if (timeout === undefined) return;
  const { attempt, total } = timeout;
  checkTime(attempt, `${path}.attempt`, report);
  checkTime(total, `${path}.total`, report);
  if (attempt !== undefined && total !== undefined && total < attempt)
    report(`${path}.total`, `all attempts together have ${total} ms, one alone ${attempt} ms`, 'Let "total" be at least "attempt".');
}
