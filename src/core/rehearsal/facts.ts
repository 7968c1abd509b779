/**
 * Events as facts that can be compared between two plans: steps by name, instants as
 * distances, and nothing of what only numbers places.
 *
 * F1. Two events get the same key exactly when they are about the same thing: the turn of
 *     a step, an attempt, its outcome, the end of the run. What they say of it may differ.
 */
import type { Json } from '../data/json.ts';
import type { Node, Program } from '../plan/program.ts';
import { attemptNamed } from '../run/attempt-name.ts';
import type { AttemptRef, Payload, RunEvent } from '../run/events.ts';
import type { Run } from '../run/state.ts';
import { runTime } from '../run/time.ts';
import { nextVisit } from '../run/visits.ts';
import type { Place } from './causes.ts';

/** What kind of thing the fact is about. */
export type Topic = 'turn' | 'attempt' | 'outcome' | 'closed' | 'end' | 'other';

export interface Fact {
  readonly type: RunEvent['type'];
  readonly topic: Topic;
  readonly key: string;
  readonly step?: string;
  readonly item?: number;
  readonly undo?: true;
  readonly visit?: number;
  readonly attempt?: number;
  readonly says: Says;
  /** The value that it carries, which may lie in a blob. */
  readonly payload?: Payload;
}

export type Says = Readonly<Record<string, Json>>;

type Body = Pick<Fact, 'topic' | 'says'> & { readonly payload?: Payload; readonly visit?: number; readonly name?: string };

/** The fact of an event, by how the run stood before it, and by the event that led to it. */
export function factOf({ program, run, at }: Place, event: RunEvent, previous: RunEvent | undefined): Fact {
  const place = 'step' in event ? event.step : undefined;
  const node = place === undefined ? undefined : program.node(place);
  const {
    topic,
    says,
    payload,
    name,
    visit = 'visit' in event ? event.visit : undefined,
  } = bodyOf({ program, run, at }, event, node, previous);
  const ref = 'attempt' in event ? event : undefined;
  const item = 'item' in event ? event.item : undefined;
  const whose = [node?.id, item, ref?.undo === true ? 'undo' : undefined, visit, topic === 'turn' ? undefined : ref?.attempt, name];
  return {
    type: event.type,
    topic,
    key: JSON.stringify([topic === 'other' ? event.type : topic, ...whose.map((one) => one ?? null)]),
    ...(node === undefined ? {} : { step: node.id }),
    ...(item === undefined ? {} : { item }),
    ...(ref?.undo === true ? { undo: true } : {}),
    ...(visit === undefined ? {} : { visit }),
    ...(ref === undefined ? {} : { attempt: ref.attempt }),
    says,
    ...(payload === undefined ? {} : { payload }),
  };
}

/** Who would do the work of an attempt. */
function workerOf(node: Node, undo: boolean): Json {
  const { step } = node;
  if (!('worker' in step)) return null;
  return undo && step.undo !== undefined ? { agentId: step.undo.agentId, action: step.undo.action } : step.worker;
}

const optional = (key: string, value: Json | undefined): Says => (value === undefined ? {} : { [key]: value });

function bodyOf({ program, run, at }: Place, event: RunEvent, node: Node | undefined, previous: RunEvent | undefined): Body {
  const idle = node !== undefined && run.steps.get(node.place).is === 'idle';
  const turn: Topic = idle ? 'turn' : 'closed';
  const isIn = (instant: number | undefined): Json | undefined =>
    instant === undefined ? undefined : Math.round(instant - runTime(run, at));
  const id = (place: number): string => program.node(place).id;
  switch (event.type) {
    // What a plan brings with it differs with the plan, and is told there.
    case 'run.started':
      return { topic: 'other', says: {}, payload: event.input };
    case 'run.migrated':
    case 'run.admitted':
      return { topic: 'other', says: {} };
    case 'run.paused':
    case 'run.resumed':
      return { topic: 'other', says: optional('by', event.by) };
    case 'run.failing':
      return { topic: 'other', says: { ...faultOf(event.error), drain: event.drain } };
    case 'run.cancelling':
      return { topic: 'other', says: { ...optional('by', event.by), ...optional('reason', event.reason) } };
    case 'run.undoing':
      return { topic: 'other', says: { steps: event.steps.map(id) } };
    case 'run.fallback':
      return { topic: 'other', says: { plan: event.plan } };
    case 'run.retried':
      return { topic: 'other', says: { steps: event.steps.map(id).sort(), ...optional('by', event.by) } };
    case 'run.succeeded':
      return { topic: 'end', says: { as: 'succeeded' }, payload: event.output };
    case 'run.failed':
      return { topic: 'end', says: { as: 'failed', ...faultOf(event.error) } };
    case 'run.cancelled':
      return { topic: 'end', says: { as: 'cancelled', ...optional('reason', event.reason) } };
    case 'task.started': {
      const isFirst = idle && event.item === undefined && event.undo !== true;
      return {
        topic: isFirst ? 'turn' : 'attempt',
        says: { as: 'started', by: node === undefined ? null : workerOf(node, event.undo === true) },
      };
    }
    case 'task.completed':
      return {
        topic: 'outcome',
        says: { as: 'completed', ...optional('source', event.source), ...optional('agent', event.agent) },
        payload: event.output,
      };
    case 'task.failed':
      return { topic: 'outcome', says: { as: 'failed', ...faultOf(event.error), ...optional('retryIn', isIn(event.retryAt)) } };
    case 'task.held':
      return { topic: 'outcome', says: { as: 'held', about: event.question.about, text: event.question.text } };
    case 'task.released':
      return { topic: 'other', says: { answer: event.answer, ...optional('by', event.by) } };
    case 'task.recorded':
      return { topic: 'other', name: event.name, says: {}, payload: event.value };
    case 'job.intended':
      return { topic: 'other', name: event.name, says: {} };
    case 'job.submitted':
      return { topic: 'other', name: event.name, says: { job: event.job } };
    case 'map.opened':
      return { topic: turn, says: { as: 'opened', items: event.items } };
    case 'item.kept':
      return { topic: 'other', says: {} };
    case 'map.closed':
      return { topic: 'closed', says: { as: 'completed' } };
    case 'step.completed':
      return completed(node, turn, event, previous);
    case 'step.skipped':
      return { topic: turn, visit: visitAt(run, event.step), says: { as: 'skipped', why: event.why } };
    case 'step.joined':
      return { topic: 'other', says: { live: event.live.map(id) } };
    case 'step.failed':
      // A gate's turn was its refusal.
      return {
        topic: event.error.code === 'GATE_REFUSED' ? 'closed' : turn,
        says: { as: 'failed', ...faultOf(event.error), handled: event.handled },
      };
    case 'step.reopened':
      return {
        topic: 'other',
        visit: run.steps.get(event.step).visit,
        says: { by: id(event.by), round: event.round, verdict: event.verdict },
      };
    case 'gate.refused':
      return { topic: turn, says: { as: 'gate', passed: false, verdict: event.verdict, ...optional('score', event.score) } };
    case 'gate.kept':
      return { topic: 'other', says: { round: event.round } };
    case 'ask.opened':
      return {
        topic: turn,
        says: { as: 'asked', question: event.question, ...optional('deadlineIn', isIn(event.deadline)) },
        ...(event.show === undefined ? {} : { payload: event.show }),
      };
    case 'ask.answered':
      return {
        topic: 'other',
        says: { ...optional('choice', event.choice), by: event.by, ...optional('note', event.note) },
        ...(event.value === undefined ? {} : { payload: event.value }),
      };
    case 'wait.opened':
      return {
        topic: turn,
        says: { as: 'waits', ...(event.wall === true ? optional('until', event.until) : optional('forMs', isIn(event.until))) },
      };
    case 'signal.received':
      return { topic: 'other', name: event.name, says: optional('by', event.by), payload: event.data };
    case 'signal.taken':
      return { topic: 'other', name: event.name, says: {} };
    case 'emitted':
      return {
        topic: node?.step.kind === 'emit' ? turn : 'other',
        says: { as: 'emitted', name: event.name, ...optional('agent', event.agent) },
        payload: event.data,
        ...(idle && node !== undefined ? { visit: visitAt(run, node.place) } : {}),
      };
    case 'money.reserved':
    case 'money.settled':
      return { topic: 'other', name: reservationOf(program, event.id), says: { amount: event.amount } };
    case 'money.raised':
      return { topic: 'other', says: { limit: event.limit, ...optional('by', event.by) } };
  }
}

/** Of a gate and a branch it is what they decided. A gate that is passed though it refused has had its turn. */
function completed(
  node: Node | undefined,
  turn: Topic,
  event: Extract<RunEvent, { type: 'step.completed' }>,
  previous: RunEvent | undefined,
): Body {
  const { source, by, output } = event;
  const decides = source === undefined && previous?.type !== 'gate.refused' && previous?.type !== 'gate.kept';
  if (decides && node?.step.kind === 'gate') return { topic: turn, says: { as: 'gate', passed: true }, payload: output };
  const value = 'value' in output ? output.value : null;
  if (decides && node?.step.kind === 'branch' && typeof value === 'object' && value !== null && 'choice' in value)
    return { topic: turn, says: { as: 'chose', choice: value.choice } };
  return { topic: 'closed', says: { as: 'completed', ...optional('source', source), ...optional('by', by) }, payload: output };
}

function faultOf({ code, message }: { readonly code: string; readonly message: string }): Says {
  return { code, message };
}

/** The visit that is under way or would begin now. */
function visitAt(run: Run, place: number): number {
  const state = run.steps.get(place);
  return state.is === 'idle' && (state.keep === undefined || state.visit === 0) ? nextVisit(run, place) : state.visit;
}

function reservationOf(program: Program, id: string): string {
  const slash = id.indexOf('/');
  const ref: AttemptRef | undefined = attemptNamed(id.slice(0, slash));
  if (ref === undefined) return id;
  return [program.nodes[ref.step]?.id, ref.item, ref.undo, ref.visit, ref.attempt, id.slice(slash)].join('.');
}
