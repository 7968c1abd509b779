/** Answers and signals: from people and from the world, early, late or twice. */
import { ContinuoError } from '../errors.ts';
import type { Json } from '../data/json.ts';
import type { AskStep } from '../plan/model.ts';
import type { Node } from '../plan/program.ts';
import type { Command } from './commands.ts';
import { inline, type Draft } from './draft.ts';
import type { Answer, HeldQuestion, Payload } from './events.ts';
import { hasEnded, mustGoOn } from './phases.ts';
import { signalName } from './signals.ts';
import type { Run, Task } from './state.ts';
import { taskAt, taskKey } from './tasks.ts';

type Of<T extends Command['type']> = Extract<Command, { type: T }>;

export function answer(draft: Draft, command: Of<'answer'>): void {
  mustGoOn(draft.run);
  const node = draft.program.node(draft.program.place(command.step));
  const held = heldTask(draft.run, node, command.item);
  if (held !== undefined) return release(draft, node, command, held);
  if (node.step.kind !== 'ask') throw new ContinuoError('STEP_NOT_ASKING', `step ${command.step} asks nothing`);
  const state = draft.run.steps.get(node.place);
  if (state.is !== 'idle' && state.is !== 'active')
    throw new ContinuoError('STEP_DONE', `step ${command.step} is ${state.is}: its question is closed`);
  const { choice, value, by, note } = command;
  checkAnswer(node.step, command);
  draft.push({
    type: 'ask.answered',
    step: node.place,
    ...(choice === undefined ? {} : { choice }),
    ...(value === undefined ? {} : { value }),
    by,
    ...(note === undefined ? {} : { note }),
  });
  if (state.is === 'active') settleAsk(draft, node, node.step);
}

function checkAnswer(step: AskStep, command: Of<'answer'>): void {
  if (step.who !== undefined && !step.who.includes(command.by)) {
    throw new ContinuoError('ANSWER_INVALID', `${command.by} may not answer ${step.id}; ${step.who.join(', ')} may`);
  }
  if (step.choices !== undefined && (command.choice === undefined || !step.choices.includes(command.choice))) {
    throw new ContinuoError(
      'ANSWER_INVALID',
      `${step.id} cannot be answered with ${JSON.stringify(command.choice ?? null)}; its choices are ${step.choices.join(', ')}`,
    );
  }
  if (step.choices === undefined && command.value === undefined)
    throw new ContinuoError('ANSWER_INVALID', `${step.id} wants its form filled in, not a choice`);
}

/** Closes the question once enough people agree. Of answers that came early, the first that suffice decide, as they would have later. */
export function settleAsk(draft: Draft, node: Node, step: AskStep): void {
  const state = draft.run.steps.get(node.place);
  if (state.is !== 'active' || state.work.do !== 'ask') return;
  const quorum = step.quorum ?? 1;
  const all = state.work.answers;
  const agree = (last: Answer, until: number): number =>
    all.slice(0, until + 1).filter((one) => step.choices === undefined || one.choice === last.choice).length;
  const enough = all.findIndex((last, until) => agree(last, until) >= quorum);
  const last = all[enough];
  if (last === undefined) return;
  const answers = all.slice(0, enough + 1);
  const open = (payload: Payload): Json => draft.shelf.open(payload);
  const said = (one: Answer): { [key: string]: Json } => ({
    ...(one.choice === undefined ? {} : { choice: one.choice }),
    ...(one.value === undefined ? {} : { value: open(one.value) }),
    by: one.by,
    ...(one.note === undefined ? {} : { note: one.note }),
  });
  const output = quorum === 1 ? said(last) : { ...said(last), answers: answers.map(said) };
  draft.push({ type: 'step.completed', step: node.place, visit: state.visit, output: inline(output) });
  draft.settled(node.place);
}

/** A task that waits for a person; without an item, the first of its step. */
function heldTask(run: Run, node: Node, item: number | undefined): { readonly task: Task; readonly item?: number } | undefined {
  const state = run.steps.get(node.place);
  if (state.is !== 'active') return undefined;
  if (state.work.do === 'map') {
    const at = item ?? state.work.items.toArray().findIndex((one) => one.is === 'active' && one.task.is === 'held');
    const task = at < 0 ? undefined : taskAt(run, { step: node.place, visit: state.visit, item: at });
    return task?.is === 'held' ? { task, item: at } : undefined;
  }
  return state.work.do === 'task' && state.work.task.is === 'held' ? { task: state.work.task } : undefined;
}

function release(draft: Draft, node: Node, command: Of<'answer'>, held: { readonly task: Task; readonly item?: number }): void {
  const { task, item } = held;
  const question = task.question;
  if (question === undefined) return;
  const said = command.value === undefined ? (command.choice ?? null) : draft.shelf.open(command.value);
  const reply = replyTo(question, said, draft.run.money.limit ?? 0, taskKey(node, item === undefined ? {} : { item }));
  if (typeof reply === 'number') draft.push({ type: 'money.raised', limit: reply, by: command.by });
  const at = { step: node.place, ...(item === undefined ? {} : { item }) };
  draft.push({ type: 'task.released', ...at, answer: reply, by: command.by });
  const state = draft.run.steps.get(node.place);
  if (draft.run.pausedAt === undefined && draft.run.phase.is === 'forward')
    draft.push({ type: 'task.started', ...at, visit: state.visit, attempt: task.attempt + 1 });
}

function replyTo(question: HeldQuestion, said: Json, limit: number, key: string): Json {
  if (question.about === 'budget') {
    const raised = typeof said === 'string' ? Number(said) : said;
    if (typeof raised === 'number' && Number.isFinite(raised) && raised > limit) return raised;
    throw new ContinuoError('ANSWER_INVALID', `${key} needs a new limit for the run's budget: a number of dollars above ${limit}`);
  }
  if (question.about === 'limit') {
    if (said === 'retry') return { retry: true };
    throw new ContinuoError('ANSWER_INVALID', `${key} waits until ${question.of} has room again: then answer "retry"`);
  }
  if (said === 'not-submitted') return { job: null };
  const job =
    typeof said === 'string' && said !== '' ? said : typeof said === 'object' && said !== null && 'job' in said ? said.job : undefined;
  if (job !== undefined && job !== null) return { job };
  throw new ContinuoError('ANSWER_INVALID', `${key} needs the id of job ${question.name}, or "not-submitted"`);
}

export function signal(draft: Draft, command: Of<'signal'>): void {
  mustGoOn(draft.run);
  deliver(draft, { name: command.name, data: command.data, ...(command.by === undefined ? {} : { by: command.by }) });
}

/** An event of the bus; each is heard once. */
export function hear(draft: Draft, command: Of<'hear'>): void {
  if (command.emission <= draft.run.heard || hasEnded(draft.run)) return;
  deliver(draft, { name: `event:${command.name}`, data: command.data, emit: command.emission });
}

function deliver(
  draft: Draft,
  received: { readonly name: string; readonly data: Payload; readonly by?: string; readonly emit?: number },
): void {
  draft.push({ type: 'signal.received', ...received });
  if (draft.run.pausedAt !== undefined || draft.run.phase.is !== 'forward') return;
  takeSignals(draft, received.name);
}

/** Hands kept signals to the steps that wait for them. */
export function takeSignals(draft: Draft, only?: string): void {
  for (const place of draft.run.active) {
    const node = draft.program.node(place);
    const state = draft.run.steps.get(place);
    if (node.step.kind !== 'wait' || state.is !== 'active') continue;
    const wanted = signalName(node.step);
    if (wanted === undefined || (only !== undefined && wanted !== only)) continue;
    const kept = draft.run.signals.find((one) => one.name === wanted);
    if (kept === undefined) continue;
    draft.push({ type: 'signal.taken', name: wanted, step: place });
    draft.push({ type: 'step.completed', step: place, visit: state.visit, output: kept.data });
    draft.settled(place);
  }
}
