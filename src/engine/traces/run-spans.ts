/**
 * What a run's journal says, as spans.
 *
 * R1. A span is told by whoever wrote down the event that ended its work, and by nobody else: the journal takes an event
 *     from one writer only, so each is told once, whichever nodes and processes the run went through.
 * R2. Its times are those of the journal.
 * R3. What is in hand ends when the run goes on without it: no span is left whose parent is never told, in a run that ends.
 */
import { formatTraceparent } from '../../core/data/traceparent.ts';
import type { Program } from '../../core/plan/program.ts';
import type { RunEvent } from '../../core/run/events.ts';
import { begin, evolve } from '../../core/run/evolve.ts';
import type { Run } from '../../core/run/state.ts';
import type { Telemetry } from '../../ports/telemetry.ts';
import { endedAttempts } from './attempt-spans.ts';
import { runEvents } from './own-spans.ts';
import { runSpan, traceOf } from './span-ids.ts';
import { endedSteps } from './step-spans.ts';
import { SpanTeller, type Change } from './span-teller.ts';

export interface Standing {
  readonly program: Program;
  readonly run: Run;
}

/** Tells what ended with these events; `before` is undefined where they are a run's first. */
export function tellSpans(telemetry: Telemetry, before: Standing | undefined, events: readonly RunEvent[], after: Standing): void {
  const at = after.run.updatedAt;
  const teller = new SpanTeller(telemetry, after.run.id, traceOf(after.run));
  let { program, run } = before ?? { program: after.program, run: undefined };
  for (const event of events) {
    const next = run === undefined ? first(event, after.run.id, at) : evolve(program, run, event, at);
    if (next === undefined) return;
    if (run !== undefined && !silent.has(event.type)) tellChange(teller, { program, before: run, event, after: next, at });
    run = next;
    if (event.type === 'run.migrated') ({ program } = after);
  }
}

function first(event: RunEvent, id: string, at: number): Run | undefined {
  return event.type === 'run.started' ? begin(id, event, at) : undefined;
}

/** What is part of others goes before them. */
function tellChange(teller: SpanTeller, change: Change): void {
  endedAttempts(teller, change);
  endedSteps(teller, change);
  runEvents(teller, change);
}

/** Events with which nothing ends. */
const silent: ReadonlySet<RunEvent['type']> = new Set([
  'run.started',
  'run.paused',
  'task.recorded',
  'job.intended',
  'job.submitted',
  'map.opened',
  'item.kept',
  'step.joined',
  'ask.opened',
  'ask.answered',
  'wait.opened',
  'signal.received',
  'signal.taken',
  'emitted',
  'money.reserved',
  'money.settled',
  'money.raised',
]);

/** For a run that is begun for this one: where its own trace does not follow from its id. */
export function traceForCalled(run: Pick<Run, 'trace'>): { readonly trace?: string } {
  return run.trace === undefined ? {} : { trace: run.trace };
}

/** What a fork is told of the run that it parts from, where that does not follow from the run's id. */
export function traceForFork(run: Run): { readonly trace?: string } {
  if (run.trace === undefined && run.depth === 0) return {};
  const { trace, sampled = false } = traceOf(run);
  return { trace: formatTraceparent({ trace, span: runSpan(run.id, 0), sampled }) };
}
