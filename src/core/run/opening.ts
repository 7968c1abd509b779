/** Gates, questions and waits: what happens when their turn comes. */
import { ContinuoError, fault } from '../errors.ts';
import type { Json } from '../data/json.ts';
import { truthy } from '../plan/expression.ts';
import type { AskStep, GateStep, WaitStep } from '../plan/model.ts';
import type { Node } from '../plan/program.ts';
import { inline, type Draft } from './draft.ts';
import { overtakeAgain } from './joins.ts';
import type { Fault } from './events.ts';
import { settleAsk } from './people.ts';
import { signalName } from './signals.ts';
import { parseInstant } from './time.ts';

type FailStep = (draft: Draft, place: number, error: Fault) => void;

export function openGate(draft: Draft, node: Node, step: GateStep, visit: number, failStep: FailStep): void {
  const verdict = node.main(draft.scope(node)) ?? null;
  const passed = isObject(verdict) ? truthy(verdict['ok']) : truthy(verdict);
  const round = (draft.run.loops[node.place]?.round ?? 0) + 1;
  if (passed) return closeGate(draft, node, visit, { passed, round, verdict });
  const score = node.keepBest?.(draft.scope(node));
  draft.push({ type: 'gate.refused', step: node.place, visit, round, verdict, ...(typeof score === 'number' ? { score } : {}) });
  if (node.back !== undefined && round <= node.back.max) {
    draft.push({ type: 'step.reopened', step: node.back.to, by: node.place, round, verdict });
    draft.touched.push(node.back.to);
    overtakeAgain(draft);
    return;
  }
  const best = draft.run.loops[node.place]?.best;
  const restores = best !== undefined && best.round !== round;
  if (restores) draft.push({ type: 'gate.kept', step: node.place, visit, round: best.round });
  if (step.exhausted === 'continue')
    closeGate(draft, node, visit, { passed, round, verdict, ...(best === undefined ? {} : { kept: best.round }) });
  else {
    const rounds = node.back === undefined ? '' : ` after ${round} rounds`;
    failStep(
      draft,
      node.place,
      fault('GATE_REFUSED', `gate ${step.id} said no${rounds}: ${JSON.stringify(verdict)}`, { retryable: false }),
    );
  }
  // Beside the gate, too, steps may have waited for what is restored.
  if (restores && node.back !== undefined) draft.touched.push(...draft.program.following(node.back.to));
}

function closeGate(draft: Draft, node: Node, visit: number, output: Json): void {
  draft.push({ type: 'step.completed', step: node.place, visit, output: inline(output) });
  draft.settled(node.place);
}

function isObject(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function openAsk(draft: Draft, node: Node, step: AskStep, visit: number): void {
  const text = node.main(draft.scope(node)) ?? '';
  const show = node.show?.(draft.scope(node));
  draft.push({
    type: 'ask.opened',
    step: node.place,
    visit,
    question: typeof text === 'string' ? text : JSON.stringify(text),
    ...(show === undefined ? {} : { show: inline(show) }),
    ...(step.deadline === undefined ? {} : { deadline: draft.time + step.deadline }),
  });
  const early = draft.run.early.filter((one) => one.step === node.place);
  for (const { answer } of early) draft.push({ type: 'ask.answered', step: node.place, ...answer });
  if (early.length > 0) settleAsk(draft, node, step);
}

export function openWait(draft: Draft, node: Node, step: WaitStep, visit: number): void {
  const { until, wall } = instantOf(draft, node, step);
  draft.push({ type: 'wait.opened', step: node.place, visit, ...(until === undefined ? {} : { until }), ...(wall ? { wall: true } : {}) });
  const name = signalName(step);
  const kept = name === undefined ? undefined : draft.run.signals.find((signal) => signal.name === name);
  if (kept !== undefined && name !== undefined) {
    draft.push({ type: 'signal.taken', name, step: node.place });
    draft.push({ type: 'step.completed', step: node.place, visit, output: kept.data });
    draft.settled(node.place);
  } else if (until !== undefined && name === undefined && until <= (wall ? draft.now : draft.time)) closeGate(draft, node, visit, null);
}

function instantOf(draft: Draft, node: Node, step: WaitStep): { readonly until: number | undefined; readonly wall: boolean } {
  if ('duration' in step.for) return { until: draft.time + step.for.duration, wall: false };
  if ('until' in step.for) {
    const value = node.main(draft.scope(node)) ?? null;
    const until = parseInstant(value);
    if (until === undefined)
      throw new ContinuoError('WAIT_INVALID', `wait ${step.id} is until ${JSON.stringify(value)}, which is not a date-time`);
    return { until, wall: true };
  }
  return { until: step.deadline === undefined ? undefined : draft.time + step.deadline, wall: false };
}
