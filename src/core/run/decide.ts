/**
 * The skeleton: what happens next.
 *
 * K1. `decide` is pure. It may be asked again with the same run (after a conflict, or
 *     when a blob had to be fetched) and answers the same.
 * K2. A result of an attempt that is not the present one decides to nothing.
 * K3. A command that does not fit the run's state is refused with an error from the
 *     catalogue; it never half happens.
 * K4. Every decision ends at rest: whatever could start has been started, and the run
 *     has either ended or waits for something that `outstanding` names.
 */
import type { Program } from '../plan/program.ts';
import { advance } from './advance.ts';
import { completed, failed, lost, record, intendJob, submitJob } from './attempts.ts';
import type { Command, Migrate, Start } from './commands.ts';
import { tick } from './deadlines.ts';
import { Draft, inline } from './draft.ts';
import { begin } from './evolve.ts';
import type { RunEvent } from './events.ts';
import { overtakeAgain } from './joins.ts';
import { migrate } from './migrate.ts';
import { reserve, settle } from './money.ts';
import { cancel, pause, resume, retry, skipStep } from './operations.ts';
import { answer, hear, signal } from './people.ts';
import { openOutput, Shelf } from './scope.ts';
import type { Run } from './state.ts';
import { currentTask, stale } from './tasks.ts';

export interface Decision {
  readonly events: readonly RunEvent[];
  /** The run after the events. */
  readonly run: Run;
}

export function start(program: Program, id: string, how: Start, now: number, shelf: Shelf = new Shelf()): Decision {
  const budget = smaller(program.plan.budget?.limit, how.budget);
  const priority = how.priority ?? program.plan.priority;
  const first: Extract<RunEvent, { type: 'run.started' }> = {
    type: 'run.started',
    plan: program.hash,
    workflow: program.plan.id,
    project: how.project,
    input: how.input,
    steps: program.nodes.length,
    ...(how.queued === true ? { queued: true } : {}),
    ...(priority === undefined ? {} : { priority }),
    ...(budget === undefined ? {} : { budget }),
    ...(how.depth === undefined ? {} : { depth: how.depth }),
    ...(how.parent === undefined ? {} : { parent: how.parent }),
    ...(how.fork === undefined ? {} : { forkedFrom: forkedFrom(how.fork) }),
    ...(how.by === undefined ? {} : { by: how.by }),
    ...(how.trace === undefined ? {} : { trace: how.trace }),
  };
  const draft = new Draft(program, begin(id, first, now), now, shelf);
  draft.events.push(first);
  for (const [place, live] of how.fork?.joins ?? []) draft.push({ type: 'step.joined', step: place, live });
  for (const [place, kept] of how.fork?.keep ?? []) {
    if (kept === 'skipped') draft.push({ type: 'step.skipped', step: place, why: 'when' });
    else if (kept === 'overtaken') draft.push({ type: 'step.skipped', step: place, why: 'overtaken' });
    else {
      const output = 'items' in kept ? inline(openOutput(kept, shelf)) : kept;
      draft.push({ type: 'step.completed', step: place, visit: 1, output, source: 'fork' });
    }
  }
  if (how.fork === undefined) draft.touched.push(...program.roots);
  else draft.touchAll();
  advance(draft);
  return draft;
}

function smaller(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? (one ?? other) : Math.min(one, other);
}

function forkedFrom({ run, step, trace }: NonNullable<Start['fork']>): NonNullable<Run['forkedFrom']> {
  return { run, step, ...(trace === undefined ? {} : { trace }) };
}

export function decide(program: Program, run: Run, command: Command, now: number, shelf: Shelf = new Shelf()): Decision {
  const draft = new Draft(program, run, now, shelf);
  apply(draft, command);
  advance(draft);
  return draft;
}

/** Moves a run to another plan, or refuses with the reasons. */
export function decideMigration(from: Program, run: Run, how: Migrate, now: number, shelf: Shelf = new Shelf()): Decision {
  const event = migrate(from, run, how);
  const draft = new Draft(how.to, run, now, shelf);
  draft.push(event);
  overtakeAgain(draft);
  draft.touchAll();
  advance(draft);
  return draft;
}

function apply(draft: Draft, command: Command): void {
  switch (command.type) {
    case 'completed':
      return completed(draft, command);
    case 'failed':
      return failed(draft, command.ref, command.error, command.agent);
    case 'lost':
      return lost(draft, command.ref);
    case 'fallback-ended':
      return fallbackEnded(draft, command);
    case 'tick':
      return tick(draft);
    case 'admit':
      if (draft.run.phase.is === 'queued') {
        draft.push({ type: 'run.admitted' });
        draft.touchAll();
      }
      return;
    case 'hear':
      return hear(draft, command);
    case 'record':
      return record(draft, command);
    case 'intend-job':
      return intendJob(draft, command);
    case 'submit-job':
      return submitJob(draft, command);
    case 'reserve':
      return reserve(draft, command);
    case 'settle':
      return settle(draft, command.id, command.amount);
    case 'emit': {
      if (currentTask(draft.run, command.ref) === undefined) throw stale(command.ref);
      const { name, data, agent } = command;
      return draft.push({ type: 'emitted', name, data, step: command.ref.step, ...(agent === undefined ? {} : { agent }) });
    }
    case 'answer':
      return answer(draft, command);
    case 'signal':
      return signal(draft, command);
    case 'pause':
      return pause(draft, command.by);
    case 'resume':
      return resume(draft, command.by);
    case 'cancel':
      return cancel(draft, command);
    case 'retry':
      return retry(draft, command);
    case 'skip':
      return skipStep(draft, command);
  }
}

function fallbackEnded(draft: Draft, command: Extract<Command, { type: 'fallback-ended' }>): void {
  if (draft.run.phase.is !== 'fallback') return;
  if ('output' in command.result) draft.push({ type: 'run.succeeded', output: command.result.output });
  else draft.push({ type: 'run.failed', error: command.result.error });
}
