/**
 * Steps, as they end. What opens and closes at once (a gate, a result given by hand) has no length, and nothing is part
 * of it: it is told by its place in the journal, for a gate that sends back is visited again under the same number, and a
 * step that failed may be given a result.
 */
import type { RunEvent } from '../../core/run/events.ts';
import type { Run, StepState } from '../../core/run/state.ts';
import { eventSpan, runSpan, stepSpan } from './span-ids.ts';
import type { Change, SpanTeller, Told } from './span-teller.ts';

export function endedSteps(teller: SpanTeller, change: Change): void {
  const { before, after, event } = change;
  if (event.type === 'gate.refused') return refused(teller, change, event);
  // Its steps keep their names and go on under the new plan.
  if (event.type === 'run.migrated') return;
  if (before.active !== after.active) {
    for (const place of before.active) {
      const state = before.steps.get(place);
      if (state.is === 'active' && !goesOn(state, after, place)) teller.tell(closed(change, place, state));
    }
  }
  if ((event.type === 'step.completed' || event.type === 'step.failed') && before.steps.get(event.step).is !== 'active')
    atOnce(teller, change, event);
}

function goesOn(state: StepState, after: Run, place: number): boolean {
  const then = after.steps.get(place);
  return then.is === 'active' && then.visit === state.visit;
}

function stepOf({ before, program, at }: Change, place: number, visit: number): Told {
  const { id, step } = program.node(place);
  return {
    id: stepSpan(before, id, visit),
    parent: runSpan(before.id, before.again?.tries ?? 0),
    name: `${step.kind} ${id}`,
    from: at,
    to: at,
    attributes: { 'continuo.step.id': id, 'continuo.step.kind': step.kind, 'continuo.visit': visit },
  };
}

function closed(change: Change, place: number, state: Extract<StepState, { is: 'active' }>): Told {
  const span = stepOf(change, place, state.visit);
  const end = change.after.steps.get(place);
  const by = state.work.do === 'ask' ? state.work.answers.at(-1)?.by : undefined;
  return {
    ...span,
    from: state.since,
    attributes: {
      ...span.attributes,
      ...(by === undefined ? {} : { 'continuo.answered_by': by }),
      ...(state.work.do === 'map' ? { 'continuo.items': state.work.items.length } : {}),
      'continuo.outcome': end.is === 'idle' || end.is === 'active' ? 'cut off' : end.is,
      ...(end.is === 'done' && end.source !== undefined ? { 'continuo.source': end.source } : {}),
    },
    ...(end.is === 'failed' ? { error: { code: end.error.code, message: end.error.message } } : {}),
  };
}

function atOnce(teller: SpanTeller, change: Change, event: Extract<RunEvent, { type: 'step.completed' | 'step.failed' }>): void {
  // What a fork keeps was done elsewhere.
  if ('source' in event && event.source === 'fork') return;
  const span = stepOf(change, event.step, event.visit);
  const isFailed = event.type === 'step.failed';
  teller.tell({
    ...span,
    id: eventSpan(change.before.id, change.before.seq),
    attributes: {
      ...span.attributes,
      'continuo.outcome': isFailed ? 'failed' : 'done',
      ...('source' in event && event.source !== undefined ? { 'continuo.source': event.source } : {}),
    },
    ...(isFailed ? { error: { code: event.error.code, message: event.error.message } } : {}),
  });
}

function refused(teller: SpanTeller, change: Change, event: Extract<RunEvent, { type: 'gate.refused' }>): void {
  const span = stepOf(change, event.step, event.visit);
  teller.tell({
    ...span,
    id: eventSpan(change.before.id, change.before.seq),
    attributes: {
      ...span.attributes,
      'continuo.outcome': 'refused',
      'continuo.round': event.round,
      ...(event.score === undefined ? {} : { 'continuo.score': event.score }),
    },
  });
}
