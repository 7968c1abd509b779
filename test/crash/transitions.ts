/** What a journal says happened, each by a name of which there may be one only. */
import type { Program } from '../../src/core/plan/program.ts';
import type { AttemptRef, RunEvent } from '../../src/core/run/events.ts';
import { taskKey } from '../../src/core/run/tasks.ts';

export interface Transitions {
  readonly names: ReadonlySet<string>;
  readonly twice: readonly string[];
}

/** The piece of work: what agents know as their idempotency key. */
export const keyOf = (run: string, program: Program, ref: Omit<AttemptRef, 'attempt'>): string =>
  `${run}:${taskKey(program.node(ref.step), ref)}:${ref.visit}`;

export const started = (key: string, attempt: number): string => `started ${key}#${attempt}`;
export const ended = (key: string, attempt: number): string => `ended ${key}#${attempt}`;
export const recorded = (key: string, name: string): string => `recorded ${name} of ${key}`;
export const intended = (key: string, name: string, attempt: number | ''): string => `intended ${name} of ${key}#${attempt}`;
export const submitted = (key: string, name: string): string => `submitted ${name} of ${key}`;
export const runEnded = (run: string): string => `the end of ${run}`;

export function transitionsOf(run: string, program: Program, events: readonly RunEvent[]): Transitions {
  const names = new Set<string>();
  const twice: string[] = [];
  for (const event of events) {
    for (const name of namesOf(run, program, event)) {
      if (names.has(name)) twice.push(name);
      names.add(name);
    }
  }
  return { names, twice };
}

function namesOf(run: string, program: Program, event: RunEvent): readonly string[] {
  const key = (ref: AttemptRef): string => keyOf(run, program, ref);
  switch (event.type) {
    case 'task.started':
      return [started(key(event), event.attempt)];
    case 'task.completed':
      return [ended(key(event), event.attempt), `completed ${key(event)}`];
    case 'task.failed':
    case 'task.held':
      return [ended(key(event), event.attempt)];
    case 'task.recorded':
      return [recorded(key(event), event.name)];
    case 'job.intended':
      return [intended(key(event), event.name, event.attempt)];
    case 'job.submitted':
      return [submitted(key(event), event.name)];
    case 'step.completed':
    case 'step.failed':
    case 'map.closed':
      return [`closed ${run}:${event.step}:${event.visit}`];
    case 'map.opened':
    case 'ask.opened':
    case 'wait.opened':
      return [`opened ${run}:${event.step}:${event.visit}`];
    case 'gate.refused':
    case 'step.reopened':
      return [`${event.type} ${run}:${event.step}:${event.round}`];
    case 'step.skipped':
    case 'emitted':
      return [`${event.type} ${run}:${event.step}`];
    case 'ask.answered':
      return [`answer of ${event.by} to ${run}:${event.step}`];
    case 'signal.received':
      return [`${event.emit === undefined ? 'signal' : `emission ${event.emit}`} ${event.name} to ${run}`];
    case 'run.succeeded':
    case 'run.failed':
    case 'run.cancelled':
      return [runEnded(run)];
    case 'run.started':
    case 'run.failing':
    case 'run.undoing':
    case 'run.fallback':
      return [`${event.type} ${run}`];
    default:
      return [];
  }
}
