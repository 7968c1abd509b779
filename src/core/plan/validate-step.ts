/** What one step says, apart from its place among the others. */
import { parseInstant } from '../run/time.ts';
import type { AskStep, BranchStep, MapStep, Step, WaitStep } from './model.ts';
import { quote, suggest, type Report } from './problem.ts';
import { checkTime, checkWhole, checkWork } from './validate-options.ts';
import { checkSchema } from './validate-schema.ts';

export function checkStep(step: Step, path: string, report: Report): void {
  switch (step.kind) {
    case 'step':
    case 'call':
      return checkWork(step, path, report);
    case 'map':
      return checkMap(step, path, report);
    case 'branch':
      return checkBranch(step, path, report);
    case 'ask':
      return checkAsk(step, path, report);
    case 'wait':
      return checkWait(step, path, report);
    case 'emit':
      if (step.event === '') report(`${path}.event`, 'the event has no name', 'Give one, such as "video:published".');
      return;
    case 'gate':
      return;
  }
}

function checkMap(step: MapStep, path: string, report: Report): void {
  checkWork(step, path, report);
  checkWhole(step.concurrency, 1, `${path}.concurrency`, report);
  checkWhole(step.tolerate, 0, `${path}.tolerate`, report);
  checkWhole(step.enough, 1, `${path}.enough`, report);
  if (step.enough !== undefined && step.tolerate !== undefined)
    report(`${path}.tolerate`, '"enough" says already how many items may fail', 'Keep one of them.');
}

function checkBranch({ cases }: BranchStep, path: string, report: Report): void {
  if (cases.length === 0) report(`${path}.cases`, 'the branch has no cases', 'Give the names that "choose" may give.');
  checkUnique(cases, `${path}.cases`, 'case', report);
}

function checkAsk(step: AskStep, path: string, report: Report): void {
  const { question, choices, form, otherwise, quorum, who } = step;
  if (question === '' || question === null) report(`${path}.question`, 'the question is empty', 'Give its text.');
  if (choices !== undefined && form !== undefined) report(`${path}.form`, 'the question has choices and a form', 'Keep one of them.');
  if (choices === undefined && form === undefined)
    report(`${path}.choices`, 'it is not said what can be answered', 'Give "choices", a list of words, or "form", a JSON Schema.');
  if (choices?.length === 0) report(`${path}.choices`, 'there are no choices', 'Give at least one.');
  checkUnique(choices ?? [], `${path}.choices`, 'choice', report);
  if (form !== undefined) checkSchema(form, `${path}.form`, report);
  if (otherwise !== undefined && choices !== undefined && !choices.some((choice) => choice === otherwise)) {
    report(`${path}.otherwise`, `${quote(otherwise)} is not one of the choices`, suggest(otherwise, choices));
  }
  checkTime(step.deadline, `${path}.deadline`, report);
  if (otherwise !== undefined && step.deadline === undefined)
    report(`${path}.otherwise`, 'without a deadline it is never taken', 'Give "deadline" as well.');
  checkWhole(quorum, 1, `${path}.quorum`, report);
  if (who?.length === 0) report(`${path}.who`, 'nobody may answer', 'Name somebody, or leave "who" out so that everybody may.');
  checkUnique(who ?? [], `${path}.who`, 'name', report);
  if (quorum !== undefined && who !== undefined && quorum > who.length)
    report(`${path}.quorum`, `${quorum} must agree, but only ${who.length} may answer`, 'Lower the quorum, or name more people.');
}

function checkWait(step: WaitStep, path: string, report: Report): void {
  const { for: awaited, deadline, otherwise } = step;
  checkTime(deadline, `${path}.deadline`, report);
  if ('signal' in awaited || 'event' in awaited) {
    const kind = 'signal' in awaited ? 'signal' : 'event';
    if (('signal' in awaited ? awaited.signal : awaited.event) === '')
      report(`${path}.for.${kind}`, `the ${kind} has no name`, 'Give one.');
    if (otherwise !== undefined && deadline === undefined)
      report(`${path}.otherwise`, 'without a deadline it is never taken', 'Give "deadline" as well.');
    return;
  }
  if (deadline !== undefined)
    report(`${path}.deadline`, 'a wait for a time has no deadline', 'Remove it; signals and events can be late, a time cannot.');
  if (otherwise !== undefined)
    report(`${path}.otherwise`, 'a wait for a time always ends', 'Remove it; signals and events can fail to come, a time cannot.');
  if ('duration' in awaited) return;
  const { until } = awaited;
  if ((typeof until !== 'object' || until === null) && parseInstant(until) === undefined) {
    report(
      `${path}.for.until`,
      `${quote(until)} is not a date-time`,
      'Give an ISO date-time with its zone (2026-03-01T09:00:00Z), or milliseconds since 1970.',
    );
  }
}

function checkUnique(words: readonly string[], path: string, what: string, report: Report): void {
  const seen = new Set<string>();
  for (const [index, word] of words.entries()) {
    if (word === '') report(`${path}[${index}]`, `the ${what} is empty`, 'Give it a name, or remove it.');
    else if (seen.has(word)) report(`${path}[${index}]`, `the ${what} ${quote(word)} is there twice`, 'Remove one of them.');
    seen.add(word);
  }
}
