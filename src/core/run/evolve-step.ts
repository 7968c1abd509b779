/** Events of whole steps: opened, answered, closed. */
import { Vector } from '../data/vector.ts';
import { activate, fail, keepOf, retire, skip } from './active.ts';
import type { Answer, RunEvent } from './events.ts';
import type { Item, Run, Work } from './state.ts';

type StepEvent = Extract<
  RunEvent,
  {
    type:
      | 'map.opened'
      | 'map.closed'
      | 'item.kept'
      | 'step.completed'
      | 'step.skipped'
      | 'step.joined'
      | 'step.failed'
      | 'ask.opened'
      | 'ask.answered'
      | 'wait.opened';
  }
>;

export function evolveStep(run: Run, event: StepEvent, at: number): Run {
  switch (event.type) {
    case 'map.opened':
      return openMap(run, event.step, event.visit, event.items, at);
    case 'item.kept': {
      const state = run.steps.get(event.step);
      if (state.is !== 'active' || state.work.do !== 'map') return run;
      return { ...run, steps: run.steps.set(event.step, { ...state, work: { ...state.work, next: event.item + 1 } }) };
    }
    case 'map.closed': {
      const state = run.steps.get(event.step);
      if (state.is !== 'active' || state.work.do !== 'map') return run;
      return retire(run, event.step, at, { output: { items: closed(state.work) }, attempts: 1, visit: event.visit });
    }
    case 'step.completed': {
      const { output, source, visit } = event;
      const attempts = keepOf(run.steps.get(event.step))?.attempts ?? 0;
      return retire(run, event.step, at, { output, attempts, visit, ...(source === undefined ? {} : { source }) });
    }
    case 'step.skipped':
      return skip(run, event.step, event.why);
    case 'step.joined':
      return { ...run, joins: { ...run.joins, [event.step]: event.live } };
    case 'step.failed':
      return fail(run, event.step, at, { visit: event.visit, error: event.error, handled: event.handled });
    case 'ask.opened':
      return activate(run, event.step, event.visit, askWork(event), at);
    case 'ask.answered':
      return answered(run, event.step, answerOf(event), at);
    case 'wait.opened': {
      const { until, wall } = event;
      return activate(
        run,
        event.step,
        event.visit,
        { do: 'wait', ...(until === undefined ? {} : { until }), ...(wall === undefined ? {} : { wall }) },
        at,
      );
    }
  }
}

function askWork({ question, show, deadline }: Extract<StepEvent, { type: 'ask.opened' }>): Work {
  return { do: 'ask', question, ...(show === undefined ? {} : { show }), ...(deadline === undefined ? {} : { deadline }), answers: [] };
}

/** Items that an earlier try of the same visit finished stay finished. */
function openMap(run: Run, place: number, visit: number, count: number, at: number): Run {
  const kept = keepOf(run.steps.get(place))?.items;
  const reuse = kept !== undefined && kept.length === count;
  const items = reuse ? Vector.from(kept.toArray().map(reopened)) : Vector.filled<Item>(count, { is: 'idle' });
  const done = reuse ? items.toArray().filter((item) => item.is === 'done').length : 0;
  return activate(run, place, visit, { do: 'map', items, next: 0, open: 0, running: 0, done, failed: 0 }, at);
}

/** A map that has enough closes over items in hand: nothing will come of them. */
function closed({ items, open }: Extract<Work, { do: 'map' }>): Vector<Item> {
  return open === 0 ? items : Vector.from(items.toArray().map((item): Item => (item.is === 'active' ? { is: 'idle' } : item)));
}

/** A failed item starts again with its records; one that was cut off starts again with its own. */
function reopened(item: Item): Item {
  if (item.is !== 'active') return item.is === 'failed' ? { ...item, retry: true } : item;
  return {
    is: 'failed',
    error: item.task.error ?? { code: 'ATTEMPT_STALE', message: 'cut off' },
    attempts: item.task.attempt,
    records: item.task.records,
    retry: true,
  };
}

function answerOf(event: Answer): Answer {
  const { choice, value, by, note } = event;
  return {
    ...(choice === undefined ? {} : { choice }),
    ...(value === undefined ? {} : { value }),
    by,
    ...(note === undefined ? {} : { note }),
  };
}

function answered(run: Run, place: number, answer: Answer, at: number): Run {
  const decisions = [...run.decisions, { step: place, at, answer }];
  const state = run.steps.get(place);
  if (state.is !== 'active' || state.work.do !== 'ask') return { ...run, decisions, early: [...run.early, { step: place, answer }] };
  // One person has one voice; a second answer replaces the first.
  const answers = [...state.work.answers.filter((other) => other.by !== answer.by), answer];
  const early = run.early.filter((one) => one.step !== place || one.answer.by !== answer.by);
  const steps = run.steps.set(place, { ...state, work: { ...state.work, answers } });
  return { ...run, decisions: run.early.length === early.length ? decisions : run.decisions, early, steps };
}
