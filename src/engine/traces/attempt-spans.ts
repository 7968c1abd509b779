/** Attempts, as they end: by their result, or because the run goes on without them. */
import type { Node } from '../../core/plan/program.ts';
import type { AttemptRef, RunEvent } from '../../core/run/events.ts';
import { attemptsInHand } from '../../core/run/outstanding.ts';
import type { Run, Task } from '../../core/run/state.ts';
import { epochOf, taskAt, workOf } from '../../core/run/tasks.ts';
import { attemptSpan, eventSpan, runSpan, stepSpan } from './span-ids.ts';
import type { Change, SpanTeller, Told } from './span-teller.ts';

type OfAttempt = Extract<RunEvent, { type: 'task.started' | 'task.completed' | 'task.failed' | 'task.held' }>;

export function endedAttempts(teller: SpanTeller, change: Change): void {
  const { event } = change;
  switch (event.type) {
    case 'task.started':
    case 'task.completed':
    case 'task.failed':
    case 'task.held':
      return byItsOwn(teller, change, event);
    case 'task.released':
      return heldOver(teller, change, event);
    default:
      return cutOff(teller, change);
  }
}

/** A start ends the attempt before it, when that was lost. */
function byItsOwn(teller: SpanTeller, change: Change, event: OfAttempt): void {
  const task = taskAt(change.before, event);
  if (task?.is !== 'running') return;
  const ref: AttemptRef = { ...placeOf(event), visit: event.visit, attempt: task.attempt, ...epochOf(change.before) };
  teller.tell({ ...attemptOf(change, ref, task, 'agent' in event ? event.agent : undefined), ...outcomeOf(event) });
}

function outcomeOf(event: OfAttempt): Pick<Told, 'error'> {
  if (event.type === 'task.failed') return { error: { code: event.error.code, message: event.error.message } };
  if (event.type === 'task.started') return { error: { code: 'LOST', message: 'whoever made it was lost, and it is made again' } };
  return {};
}

/** Whatever was in hand, and is no longer. */
function cutOff(teller: SpanTeller, change: Change): void {
  const { before, after, event } = change;
  if (before.active === after.active && before.phase === after.phase) return;
  // What is in hand is made again under the new plan.
  const isMoved = event.type === 'run.migrated';
  for (const ref of attemptsInHand(before)) {
    const task = taskAt(before, ref);
    if (task === undefined || (!isMoved && taskAt(after, ref) !== undefined)) continue;
    const span = attemptOf(change, ref, task, undefined);
    teller.tell({ ...span, attributes: { ...span.attributes, 'continuo.outcome': 'cut off' } });
  }
}

/** A person was needed for the attempt to go on. */
function heldOver(teller: SpanTeller, change: Change, event: Extract<RunEvent, { type: 'task.released' }>): void {
  const { before, program, at } = change;
  const { visit } = before.steps.get(event.step);
  const task = taskAt(before, { ...placeOf(event), visit });
  if (task?.is !== 'held') return;
  teller.tell({
    id: eventSpan(before.id, before.seq),
    parent: stepSpan(before, program.node(event.step).id, visit),
    name: `wait for a person ${program.node(event.step).id}`,
    from: task.at,
    to: at,
    attributes: {
      ...(task.question === undefined ? {} : { 'continuo.question.about': task.question.about }),
      ...(event.by === undefined ? {} : { 'continuo.answered_by': event.by }),
    },
  });
}

function placeOf({ step, item, undo }: Pick<AttemptRef, 'step' | 'item' | 'undo'>): Pick<AttemptRef, 'step' | 'item' | 'undo'> {
  return { step, ...(item === undefined ? {} : { item }), ...(undo === undefined ? {} : { undo }) };
}

function attemptOf({ before, program, at }: Change, ref: AttemptRef, task: Task, agent: string | undefined): Told {
  const node = program.node(ref.step);
  return {
    id: attemptSpan(before.id, ref),
    parent: ref.undo === true ? runSpan(before.id, before.again?.tries ?? 0) : stepSpan(before, node.id, ref.visit),
    ...whoMakes(node, ref, agent, before),
    from: task.at,
    to: at,
  };
}

function whoMakes(node: Node, ref: AttemptRef, known: string | undefined, run: Run): Pick<Told, 'name' | 'attributes'> {
  const { worker, undo } = workOf(node);
  const { visit, attempt, item } = ref;
  const attributes = {
    'continuo.step.id': node.id,
    'continuo.visit': visit,
    'continuo.attempt': attempt,
    ...(item === undefined ? {} : { 'continuo.item': item }),
    ...(ref.undo === true ? { 'continuo.undo': true } : {}),
  };
  const maker = ref.undo === true && undo !== undefined ? undo : worker;
  if (!('agentId' in maker) && !('capability' in maker)) {
    const called = 'workflow' in maker ? maker.workflow : 'plan';
    return { name: `call ${called}`, attributes: { ...attributes, 'continuo.called': called } };
  }
  const agent = known ?? ('agentId' in maker ? maker.agentId : maker.capability);
  return {
    name: `invoke_agent ${agent}`,
    attributes: {
      ...attributes,
      'gen_ai.operation.name': 'invoke_agent',
      'gen_ai.agent.name': agent,
      'gen_ai.workflow.name': run.workflow,
      ...('action' in maker ? { 'continuo.action': maker.action } : {}),
    },
  };
}
