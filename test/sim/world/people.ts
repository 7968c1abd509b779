/** People: they do anything at any time, and in the end they do what is wanted of them. */
import { ContinuoError } from '../../../src/core/errors.ts';
import type { Plan } from '../../../src/core/plan/model.ts';
import { parsePlan } from '../../../src/core/plan/read.ts';
import { planWorkflow } from '../../../src/core/plan/workflow.ts';
import { attemptsInHand, outstanding, type Question } from '../../../src/core/run/outstanding.ts';
import { hasEnded } from '../../../src/core/run/phases.ts';
import { Shelf } from '../../../src/core/run/scope.ts';
import { taskKey } from '../../../src/core/run/tasks.ts';
import type { Run } from '../../../src/core/run/state.ts';
import { childId } from '../../../src/engine/children.ts';
import type { Asked } from '../../../src/engine/inbox-service.ts';
import type { Orchestrator } from '../../../src/engine/orchestrator.ts';
import type { Provider } from './provider.ts';
import type { RunWatch } from './run-watch.ts';
import type { Command } from './scenario.ts';
import type { Trace } from './trace.ts';
import type { Verdict } from './verdict.ts';

/** By a call to the engine. Resolves when it was acknowledged; what is refused is refused with reason. */
export async function command(orchestrator: Orchestrator, { run, what }: Command, plans: Readonly<Record<string, object>>): Promise<void> {
  switch (what.do) {
    case 'pause':
    case 'resume':
    case 'cancel':
      return orchestrator[what.do](run);
    case 'answer':
      return orchestrator.answer(run, what.step, { choice: what.choice, by: what.by });
    case 'signal':
      return orchestrator.signal(run, what.name, what.data);
    case 'retry':
      return orchestrator.retry(run, what.step === undefined ? {} : { step: what.step });
    case 'skip':
      return orchestrator.skip(run, what.step, 'by hand');
    case 'fork':
      await orchestrator.fork(run, { id: what.id, ...(what.from === undefined ? {} : { from: what.from }) });
      return;
    case 'migrate': {
      const plan = parsePlan(plans[what.plan]);
      return orchestrator.migrate(run, planWorkflow({ ...plan, steps: plan.steps.toReversed(), version: '2' } satisfies Plan));
    }
  }
}

/** As a message for the inbox. */
export function asMessage({ what }: Command): Asked {
  switch (what.do) {
    case 'pause':
    case 'resume':
    case 'cancel':
      return { type: what.do };
    case 'answer':
      return { type: 'answer', step: what.step, choice: what.choice, by: what.by };
    case 'signal':
      return { type: 'signal', name: what.name, data: { value: what.data } };
    case 'retry':
      return { type: 'retry', ...(what.step === undefined ? {} : { step: what.step }) };
    case 'skip':
      return { type: 'skip', step: what.step, value: { value: 'by hand' } };
    case 'fork':
      return { type: 'fork', id: what.id, ...(what.from === undefined ? {} : { from: what.from }) };
    case 'migrate':
      throw new TypeError('a migration is not sent by message');
  }
}

export interface HelpParts {
  readonly orchestrator: Orchestrator;
  readonly provider: Provider;
  readonly verdict: Verdict;
  readonly trace: Trace;
  readonly watchOf: (run: string) => RunWatch;
  /** Makes an event of the bus happen. */
  readonly tellAll: () => void;
}

/** Everything that a run waits for people to do. */
export function helpAlong(id: string, watch: RunWatch, parts: HelpParts): void {
  const { run } = watch;
  if (run === undefined || hasEnded(run) || !isWanted(run, parts)) return;
  const { orchestrator } = parts;
  if (run.pausedAt !== undefined) return act(parts, id, 'resumes it', () => orchestrator.resume(id));
  for (const one of outstanding(watch.program, run, new Shelf())) {
    if (one.kind === 'question') reply(id, watch, one.question, parts);
    else if (one.kind === 'signal' && one.name.startsWith('event:')) parts.tellAll();
    else if (one.kind === 'signal') act(parts, id, `sends ${one.name}`, () => orchestrator.signal(id, one.name, 'in the end'));
  }
}

/** Nobody helps a run that nothing waits for any more: it must come to its end by itself. */
function isWanted({ id, parent }: Run, { watchOf }: HelpParts): boolean {
  if (parent === undefined) return true;
  const { run, program } = watchOf(parent.run);
  if (run === undefined || hasEnded(run)) return false;
  if (parent.ref === 'fallback') return run.phase.is === 'fallback';
  return [...attemptsInHand(run)].some((ref) => childId(parent.run, taskKey(program.node(ref.step), ref), ref.visit) === id);
}

function reply(id: string, watch: RunWatch, { step, item, held }: Question, parts: HelpParts): void {
  const { orchestrator, provider } = parts;
  if (held === undefined) {
    for (const by of ['ann', 'bob']) act(parts, id, `answers ${step}`, () => orchestrator.answer(id, step, { choice: 'y', by }));
    return;
  }
  const value =
    held.about === 'budget'
      ? 100 + (watch.run?.money.limit ?? 0)
      : held.about === 'limit'
        ? 'retry'
        : (provider.find(jobKey(watch, step, item, held.name)) ?? 'not-submitted');
  act(parts, id, `says of ${step}: ${String(value)}`, () =>
    orchestrator.answer(id, step, { value, by: 'ann', ...(item === undefined ? {} : { item }) }),
  );
}

/** The key under which the provider knows the job, as the attempt's context makes it. */
function jobKey(watch: RunWatch, step: string, item: number | undefined, name: string): string {
  const visit = watch.run?.steps.get(watch.program.place(step)).visit ?? 0;
  return `${watch.run?.id ?? ''}:${step}${item === undefined ? '' : `[${item}]`}:${visit}:${name}`;
}

function act({ verdict, trace }: HelpParts, id: string, words: string, how: () => Promise<unknown>): void {
  trace.add('person', id, () => words);
  how().catch((error: unknown) => mustBeOurs(error, id, words, verdict));
}

/** What is refused is refused with an error of the catalogue. */
export function mustBeOurs(error: unknown, run: string, words: string, verdict: Verdict): void {
  if (!(error instanceof ContinuoError))
    verdict.broken('strange error', run, `${words}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
}
