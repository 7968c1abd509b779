/**
 * Names of pieces of work in a trace. They are derived, not remembered: any node, and any process after a crash, tells
 * them without asking anybody, and what one tells fits to what another has told.
 */
import { hash, randomBytes } from 'node:crypto';
import { formatTraceparent, parseTraceparent } from '../../core/data/traceparent.ts';
import { attemptName } from '../../core/run/attempt-name.ts';
import type { AttemptRef } from '../../core/run/events.ts';
import type { Run } from '../../core/run/state.ts';
import type { Telemetry } from '../../ports/telemetry.ts';
import { rootOf } from '../families.ts';

/** What tells the trace of a run. */
export interface Traced {
  readonly id: string;
  /** How many runs are above it. */
  readonly depth: number;
  readonly trace?: string;
}

export interface Trace {
  readonly trace: string;
  /** What the run at its root is part of, somewhere else. */
  readonly outer?: string;
  /** What whoever gave it has said; absent where nobody did. */
  readonly sampled?: boolean;
}

/** The trace that a run was started in; otherwise that of the run at its root, whose id the ids of called runs begin with. */
export function traceOf(run: Traced): Trace {
  const given = run.trace === undefined ? undefined : parseTraceparent(run.trace);
  if (given !== undefined) return { trace: given.trace, outer: given.span, sampled: given.sampled };
  return { trace: hash('sha256', `trace/${rootOf(run)}`).slice(0, 32) };
}

const spanId = (name: string): string => hash('sha256', name).slice(0, 16);

/** A run that is tried again after its end has a span for each try. */
export function runSpan(run: string, tries: number): string {
  return spanId(`run/${run}/${tries}`);
}

/** By the step's name, which stays when the run moves to another plan. */
export function stepSpan(run: Pick<Run, 'id' | 'again'>, step: string, visit: number): string {
  return spanId(`step/${run.id}/${run.again?.tries ?? 0}/${step}/${visit}`);
}

export function attemptSpan(run: string, ref: AttemptRef): string {
  return spanId(`attempt/${run}/${attemptName(ref)}`);
}

/** Something that happened to a run at that place of its journal. */
export function eventSpan(run: string, seq: number): string {
  return spanId(`event/${run}/${seq}`);
}

/** Of what leaves no trace of its own in a journal. */
export function freshSpan(): string {
  return randomBytes(8).toString('hex');
}

/** For whoever does something as part of an attempt. */
export function attemptTraceparent(run: Traced, ref: AttemptRef, telemetry: Telemetry | undefined): string {
  const { trace, sampled = telemetry?.records(trace) ?? false } = traceOf(run);
  return formatTraceparent({ trace, span: attemptSpan(run.id, ref), sampled });
}
