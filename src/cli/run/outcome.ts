/** What `--json` says of a run. */
import type { RunView, StepView } from '../../engine/view.ts';
import type { OpenQuestion } from './standing.ts';

export function outcomeJson(view: RunView, extra: object = {}): object {
  return {
    runId: view.runId,
    status: view.status,
    output: view.output ?? null,
    error: view.error ?? null,
    steps: Object.fromEntries(Object.entries(view.steps).map(([id, step]) => [id, stepJson(step)])),
    ...extra,
  };
}

function stepJson({ status, attempts, visits, output, error, items, source }: StepView): object {
  return {
    status,
    attempts,
    visits,
    output: output ?? null,
    ...(error === undefined ? {} : { error }),
    ...(items === undefined ? {} : { items }),
    ...(source === undefined ? {} : { source }),
  };
}

export function questionJson(question: OpenQuestion, answerWith: string): object {
  const { runId, step, item, question: text, choices, form, who, deadline, otherwise, show } = question;
  return {
    runId,
    step,
    ...(item === undefined ? {} : { item }),
    question: text,
    ...(choices === undefined ? {} : { choices }),
    ...(form === undefined ? {} : { form }),
    ...(show === undefined ? {} : { show }),
    ...(who === undefined ? {} : { who }),
    ...(deadline === undefined ? {} : { deadline: new Date(deadline).toISOString() }),
    ...(otherwise === undefined ? {} : { otherwise }),
    answerWith,
  };
}
