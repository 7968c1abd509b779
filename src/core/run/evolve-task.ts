/** Events of attempts: plain steps, items of maps, and compensation share them. */
import type { Json } from '../data/json.ts';
import type { RunEvent } from './events.ts';
import type { Item, Records, Run, StepState, Task, Work } from './state.ts';
import { runTime } from './time.ts';
import { activate, keepUndo, retire } from './active.ts';

type TaskEvent = Extract<RunEvent, { type: `task.${string}` | `job.${string}` }>;
type MapWork = Extract<Work, { do: 'map' }>;

export function evolveTask(run: Run, event: TaskEvent, at: number): Run {
  if ('undo' in event && event.undo) return evolveUndo(run, event, at);
  if (event.item === undefined) return evolvePlain(run, event, at);
  return evolveItem(run, event.step, event.item, event, at);
}

function evolvePlain(run: Run, event: TaskEvent, at: number): Run {
  const state = run.steps.get(event.step);
  if (event.type === 'task.started') {
    const known = state.is === 'active' && state.work.do === 'task' ? state.work.task : undefined;
    const keep = state.is === 'idle' ? state.keep : undefined;
    const task = startTask(run, event, at, known, keep?.attempts ?? 0, keep?.records ?? {});
    return activate(run, event.step, event.visit, { do: 'task', task }, at);
  }
  if (state.is !== 'active' || state.work.do !== 'task') return run;
  const task = state.work.task;
  switch (event.type) {
    case 'task.completed': {
      const { source, output } = event;
      return retire(run, event.step, at, { output, attempts: task.attempt, ...(source === undefined ? {} : { source }) });
    }
    default:
      return withWork(run, event.step, state, { do: 'task', task: changeTask(task, event, at) });
  }
}

function evolveItem(run: Run, place: number, index: number, event: TaskEvent, at: number): Run {
  const state = run.steps.get(place);
  if (state.is !== 'active' || state.work.do !== 'map') return run;
  const work = state.work;
  const item = work.items.get(index);
  return withWork(run, place, state, recount(work, index, item, nextItem(run, item, event, at)));
}

function nextItem(run: Run, item: Item, event: TaskEvent, at: number): Item {
  if (event.type === 'task.started') {
    const known = item.is === 'active' ? item.task : undefined;
    return {
      is: 'active',
      task: startTask(run, event, at, known, item.is === 'failed' ? item.attempts : 0, item.is === 'failed' ? item.records : {}),
    };
  }
  if (item.is !== 'active') return item;
  if (event.type === 'task.completed') return { is: 'done', output: event.output };
  if (event.type === 'task.failed' && event.retryAt === undefined) {
    return { is: 'failed', error: event.error, attempts: item.task.attempt, records: item.task.records };
  }
  return { is: 'active', task: changeTask(item.task, event, at) };
}

function recount(work: MapWork, index: number, before: Item, after: Item): MapWork {
  const inHand = (item: Item): number => (item.is === 'active' && item.task.is === 'running' ? 1 : 0);
  const running = work.running + inHand(after) - inHand(before);
  const open = work.open + (after.is === 'active' ? 1 : 0) - (before.is === 'active' ? 1 : 0);
  const done = work.done + (after.is === 'done' ? 1 : 0) - (before.is === 'done' ? 1 : 0);
  // An item that failed in an earlier try was not counted in this one: its new start takes nothing away.
  const lost = (item: Item): number => (item.is === 'failed' && item.retry !== true ? 1 : 0);
  const failed = work.failed + lost(after) - lost(before);
  return { ...work, items: work.items.set(index, after), open, running, done, failed, next: Math.max(work.next, index + 1) };
}

function evolveUndo(run: Run, event: TaskEvent, at: number): Run {
  const phase = run.phase;
  if (phase.is !== 'undoing') return run;
  if (event.type === 'task.started') {
    const kept = run.undos?.[event.step];
    const records = kept?.visit === event.visit && event.attempt > kept.attempts ? kept.records : {};
    const task = startTask(run, event, at, phase.task, event.attempt - 1, records);
    return keepUndo({ ...run, phase: { ...phase, task } });
  }
  if (phase.task === undefined) return run;
  const done = event.type === 'task.completed';
  if (done || (event.type === 'task.failed' && event.retryAt === undefined)) {
    const { task: _, ...rest } = phase;
    const state = run.steps.get(event.step);
    const steps = done && state.is === 'done' ? run.steps.set(event.step, { ...state, undone: true }) : run.steps;
    return { ...keepUndo(run), steps, phase: { ...rest, todo: phase.todo.slice(1) } };
  }
  return { ...run, phase: { ...phase, task: changeTask(phase.task, event, at) } };
}

function startTask(
  run: Run,
  event: Extract<TaskEvent, { type: 'task.started' }>,
  at: number,
  known: Task | undefined,
  forgiven: number,
  records: Records,
): Task {
  const now = runTime(run, at);
  return {
    is: 'running',
    attempt: event.attempt,
    forgiven: (known?.forgiven ?? forgiven) + (event.lost === true ? 1 : 0),
    ...(event.lost === true ? { lost: (known?.lost ?? 0) + 1 } : {}),
    first: known?.first ?? now,
    since: now,
    at,
    records: known?.records ?? records,
  };
}

function changeTask(task: Task, event: TaskEvent, at: number): Task {
  switch (event.type) {
    case 'task.failed':
      return { ...task, is: 'backoff', at, error: event.error, ...(event.retryAt === undefined ? {} : { retryAt: event.retryAt }) };
    case 'task.held':
      return { ...task, is: 'held', at, question: event.question };
    case 'task.released':
      return { ...task, is: 'backoff', at, retryAt: task.since, forgiven: task.forgiven + 1, records: reconciled(task, event.answer) };
    case 'task.recorded':
      return { ...task, records: { ...task.records, [event.name]: { is: 'value', value: event.value } } };
    case 'job.intended':
      return { ...task, records: { ...task.records, [event.name]: { is: 'intended', attempt: event.attempt } } };
    case 'job.submitted':
      return { ...task, records: { ...task.records, [event.name]: { is: 'submitted', job: event.job } } };
    default:
      return task;
  }
}

/** What a person found out about a job whose fate nobody knew. */
function reconciled(task: Task, answer: Json): Records {
  if (task.question?.about !== 'job') return task.records;
  const { [task.question.name]: _, ...rest } = task.records;
  const job = typeof answer === 'object' && answer !== null && 'job' in answer ? answer.job : null;
  return job === null ? rest : { ...rest, [task.question.name]: { is: 'submitted', job } };
}

function withWork(run: Run, place: number, state: Extract<StepState, { is: 'active' }>, work: Work): Run {
  return { ...run, steps: run.steps.set(place, { ...state, work }) };
}
